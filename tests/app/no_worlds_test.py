"""outputs.worlds = "none": no world is kept, and what is said of arms is what worlds would say."""

import json

import h5py
import numpy as np
import pytest
from conftest import STUDY

# A metric that no world of an arm has.
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

METRICS = ["code_knowledge", "individual_knowledge", "agreement", "equilibrium_period"]


def outputs(worlds):
    return f'[outputs]\nworlds = "{worlds}"\nseries = {{ metrics = "all", every = 4, keep = "bands" }}\n'


@pytest.fixture
def both(folder):
    folder.write("study.toml", STUDY + outputs("none"))
    folder.write("all.toml", STUDY + outputs("all"))
    folder.chasm("run", "study.toml", "-o", "f.h5", "-q")
    folder.chasm("run", "all.toml", "-o", "all.h5", "-q")
    return folder


def test_it_says_what_worlds_say(both):
    with h5py.File(both.path / "f.h5") as none, h5py.File(both.path / "all.h5") as kept:
        assert "status" not in none and none.attrs["failed_worlds"] == kept.attrs["failed_worlds"]
        assert none["worlds"][:, 0].tolist() == [185, 185]
        for name in METRICS:
            worlds = kept[name][:].reshape(2, 37, 5).astype(float)
            get = lambda what, name=name: none[f"{name}_{what}"][:]  # noqa: E731
            # Half a step of 2^-31 of the scale a value.
            near = {"rtol": 1e-12, "atol": 2e-9 * max(1, np.nanmax(abs(worlds)))}
            flat = worlds.reshape(2, -1)
            np.testing.assert_allclose(get("mean"), np.nanmean(flat, axis=1), **near)
            np.testing.assert_allclose(get("standard_deviation"), np.nanstd(flat, axis=1, ddof=1), rtol=1e-7, atol=1e-8)
            np.testing.assert_allclose(get("minimum"), np.nanmin(flat, axis=1), **near)
            np.testing.assert_allclose(get("maximum"), np.nanmax(flat, axis=1), **near)
            assert get("worlds").tolist() == np.isfinite(flat).sum(axis=1).tolist()
            futures = np.nanmean(worlds, axis=2)
            seen = np.isfinite(futures).sum(axis=1)
            error = np.nanstd(futures, axis=1, ddof=1) / np.sqrt(seen)
            np.testing.assert_allclose(get("standard_error"), error, rtol=1e-6, atol=1e-8)
            paired = worlds[1] - worlds[0]
            np.testing.assert_allclose(
                get("difference")[1], np.nanmean(np.nanmean(paired, axis=1)), rtol=1e-6, atol=1e-8
            )
            assert np.isnan(get("difference")[0])
            edges = get("count_edges")
            for arm in range(2):
                inside = np.clip(flat[arm][np.isfinite(flat[arm])], edges[0], edges[-1])
                assert get("counts")[arm].tolist() == np.histogram(inside, edges)[0].tolist()
        np.testing.assert_array_equal(none["code_knowledge_histogram"][:], kept["code_knowledge_histogram"][:])


def test_check_tells_of_blocks_that_take_long(folder):
    few = STUDY.replace("futures = 37", "futures = 2").replace("replications = 5", "replications = 65536")
    few = few.replace("individuals = 12", "individuals = 2000").replace("horizon = 30", "horizon = 100")
    folder.write("study.toml", few + outputs("none"))
    said = folder.chasm("check", "study.toml", "--json").json
    assert len(said["notes"]) == 1 and "at most 2 threads can work at a time" in said["notes"][0], said["notes"]
    folder.write("kept.toml", few + outputs("all"))
    assert folder.chasm("check", "kept.toml", "--json").json["notes"] == []


def test_the_same_bytes_however_it_is_run(both):
    whole = both.result("f.h5")
    for block, threads, lanes in [("10", 1, "1"), ("34", 2, "1"), ("1000", 5, None), ("7", 2, None)]:
        more = ["--lanes", lanes] if lanes else []
        both.chasm("run", "study.toml", "-o", "g.h5", "-q", "--block", block, "--threads", threads, *more)
        assert both.result("g.h5") == whole, (block, threads, lanes)
        (both.path / "g.h5").unlink()
    for k in (2, 3, 1):
        both.chasm("run", "study.toml", "-o", "g.h5", "-q", "--shard", f"{k}/3", "--block", "10")
    both.chasm("finish", "g.h5", "-q")
    assert both.result("g.h5") == whole


def test_info_shows_it(both):
    none = both.chasm("info", "f.h5", "--json").json["metrics"]
    kept = both.chasm("info", "all.h5", "--json").json["metrics"]
    assert none.keys() == kept.keys()
    for name in METRICS:
        for arm in ("slow", "fast"):
            a, b = none[name]["arms"][arm], kept[name]["arms"][arm]
            assert a["n"] == b["n"]
            for what, near in (("mean", 1e-8), ("standard_error", 1e-6)):
                assert (a[what] is None) == (b[what] is None)
                if a[what] is not None:
                    assert a[what] == pytest.approx(b[what], rel=near, abs=1e-8)
    assert "No world is kept" in both.chasm("info", "f.h5").out


def test_size_does_not_grow_with_worlds(both):
    sizes = []
    for futures in (1_000, 100_000):
        both.chasm("run", "study.toml", "-o", "g.h5", "-q", "--force", "--set", f"design.futures={futures}")
        sizes.append((both.path / "g.h5").stat().st_size)
    # Compressed counts alone may differ.
    assert sizes[1] < 1.3 * sizes[0]


def test_what_needs_worlds_says_so(both):
    for command in (["verify", "f.h5"], ["trace", "f.h5", "--world", "slow/0/0"]):
        assert "keeps no world" in both.chasm(*command, code=2).err


def test_check_says_what_each_choice_costs(both):
    choices = {c["what"]: c for c in both.chasm("check", "study.toml", "--json").json["outputs"]}
    none = next(c for what, c in choices.items() if "no world kept" in what)
    assert none["chosen"] and not choices["4 metrics"]["chosen"]
    log = json.loads((both.path / "f.log.json").read_text())["runs"]
    assert log[-1]["outcome"] == "done"
