"""Totals, money and conditions from a study file to a result file, with the urn of tests/recipe as the model."""

import shutil

import h5py
import numpy as np
import pytest

STUDY = """\
schema = "chasm-study-1"
[study]
title = "Paint"
model = "urn"
seed = 7
horizon = "25 draws"
[money]
currency = "EUR"
price_year = 2026
[setting]
urns = 3
[interventions.paint]
levers = { paint = { count = 4 } }
[interventions.rescue]
levers = { paint = 1 }
ramp = "1 draw"
when = "red_share < 0.4 at draw 6"
[interventions.late]
levers = { paint = 1 }
start = "draw 25"
[packages]
nothing = []
paint = ["paint"]
rescue = ["rescue"]
late = ["late"]
[arms.full]
set = { balls.most = 20 }
[design]
futures = 37
replications = 5
[outputs]
failed_share = 1
series = { metrics = "all", keep = "full" }
"""


@pytest.fixture
def urns(folder):
    folder.write("study.toml", STUDY)
    folder.chasm("run", "study.toml", "-o", "f.h5", "-q")
    return folder


def test_totals_are_the_sums_of_worlds(urns):
    with h5py.File(urns.path / "f.h5") as file:
        paid, worlds, ok = file["total_paid"], file["paid"][:], file["status"][:] == 1
        assert paid.dtype == np.int64 and paid.shape == (5, 3, 3)
        assert paid.attrs["units"] == b"cEUR" and file["paid"].attrs["units"] == b"cEUR"
        assert file.attrs["currency"] == b"EUR" and file.attrs["price_year"] == 2026
        assert [c.decode() for c in file["colour"][:]] == ["black", "red"]
        for arm in range(5):
            assert paid[arm].sum() == sum(int(x) for x in worlds[arm][ok[arm]])
            assert file["total_draws"][arm].sum() == 25 * 3 * ok[arm].sum()
            assert file["total_ended"][arm].sum() == 3 * ok[arm].sum()
        assert not ok[4].any() and paid[4].sum() == 0 and paid[0].sum() > 2**40


def test_a_condition_decides_world_by_world(urns):
    with h5py.File(urns.path / "f.h5") as file:
        arms = [name.decode() for name in file["arm"][:]]
        share = {arm: file["red_share_series"][i] for i, arm in enumerate(arms)}
        holds = share["nothing"][:, :, 6] < np.float32(0.4)
        assert 0 < holds.sum() < holds.size
        same = (share["rescue"] == share["nothing"]).all(axis=2)
        assert same[~holds].all() and not same[holds].any()
        assert (share["late"] == share["nothing"]).all()
        assert file["lever_conditional"][:, 0].tolist() == [0, 0, 1, 0, 0]
        assert file["lever_ramp"][arms.index("rescue"), 0] == 1


def test_lanes_threads_blocks_and_shards_change_nothing(urns):
    whole = urns.result()
    for options in [["--lanes", "1"], ["--threads", "1", "--block", "7"], ["--block", "1000"]]:
        urns.chasm("run", "study.toml", "-o", "g.h5", "-q", *options)
        assert urns.result("g.h5") == whole, options
        (urns.path / "g.h5").unlink()
    for k in [3, 1, 2]:
        urns.chasm("run", "study.toml", "-o", "g.h5", "-q", "--shard", f"{k}/3", "--block", "20")
    urns.chasm("finish", "g.h5", "-q")
    assert urns.result("g.h5") == whole


def test_verify_adds_totals_up_again(urns):
    out = urns.chasm("verify", "f.h5", "--all", "-q").out
    assert "925 of 925 worlds run again" in out and "every value is the same" in out
    shutil.copy(urns.path / "f.h5", urns.path / "g.h5")
    with h5py.File(urns.path / "g.h5", "a") as file:
        file["total_paid"][1, 2, 0] += 1
    out = urns.chasm("verify", "g.h5", "--all", "-q", code=1).out
    assert "cell 6 of the total paid in arm paint is" in out
    out = urns.chasm("diff", "f.h5", "g.h5", code=1).out
    assert out == "values of total_paid differ\n"
    assert "bit for bit" in urns.chasm("trace", "f.h5", "--world", "rescue/3/0").out


def test_a_study_keeps_the_totals_it_names(urns):
    urns.chasm("run", "study.toml", "-o", "g.h5", "-q", "--set", 'outputs.totals=["ended"]')
    out = urns.chasm("diff", "f.h5", "g.h5", code=1).out
    for name in ["total_draws", "total_paid", "colour", "ten", "urn"]:
        assert f"variable {name} is only in the first\n" in out
    assert "values of" not in out
    urns.chasm("verify", "g.h5", "--all", "-q")
    urns.chasm("run", "study.toml", "-o", "h.h5", "-q", "--set", "outputs.totals=none")
    assert urns.chasm("info", "h.h5", "--json").json["totals"] == {}


def test_info_describe_and_check_tell_of_totals(urns):
    assert "totals     draws (colour x ten), ended (red), paid (urn x ten)\n" in urns.chasm("info", "f.h5").out
    assert urns.chasm("info", "f.h5", "--json").json["totals"]["paid"]["dimensions"] == ["arm", "urn", "ten"]
    out = urns.chasm("describe", "urn", "--metrics").out
    assert "Totals (sums over the worlds of an arm)" in out and "colour 2 x ten 10" in out
    assert "c{currency}" in out
    axes = urns.chasm("describe", "urn", "--json").json["totals"][0]["axes"]
    assert axes == [{"name": "colour", "size": 2, "labels": ["black", "red"]}, {"name": "ten", "size": 10}]
    assert "to 1; 1 is 4 painters" in urns.chasm("describe", "urn", "--levers").out
    out = urns.chasm("check", "study.toml").out
    assert 'note          arm "late" has levers that start at the horizon or after it, and so never act\n' in out
    said = urns.chasm("check", "study.toml", "--json").json
    assert len(said["notes"]) == 1
    costs = {c["what"]: c["bytes"] for c in said["outputs"]}
    cells = 2 * 3 + 26 + 3 * 3
    assert 5 * cells * 8 <= costs["3 totals"] <= 5 * cells * 8 + 6 * 4096


def test_a_new_study_is_in_a_currency(folder):
    folder.chasm("new", "mine.toml", "--model", "urn")
    assert 'currency = "USD"' in (folder.path / "mine.toml").read_text()
    assert "a valid study" in folder.chasm("check", "mine.toml").out
