"""The books of the enterprise, added again in whole cents from a result file, by readers that know nothing of chasm."""

import h5py
import numpy as np
import pytest
from conftest import Folder

STUDY = """\
schema = "chasm-study-1"
[study]
title = "The books"
model = "enterprise"
seed = 11
horizon = 156
[design]
arms = ["as it is", "much at once"]
baseline = "as it is"
futures = 1100
[arms."as it is"]
[arms."much at once"]
set = { "budget.yearly" = 60 }
levers = { translators = 1, platform = 1, mlops = 0.5, decisions = 1, responsible_architecture = 1 }
[uncertain]
"hypothesis.true_share" = { uniform = [0.2, 0.5] }
"opportunity.spread" = { uniform = [0.5, 1.4] }
[outputs]
metrics = "all"
"""

BARS = [
    "false_hypothesis", "undiscovered", "misprioritised", "capacity", "lead_time", "gate_wait", "killed", "data_wait",
    "technical", "silo", "last_mile", "abandoned", "incident", "data_quality", "technical_quality", "fidelity",
    "rollout", "adoption", "drift", "review", "realised",
]  # fmt: skip


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("books"))
    folder.write("books.toml", STUDY)
    folder.chasm("run", "books.toml", "-o", "books.h5", "-q")
    return folder.path / "books.h5"


def cents(values):
    """Whole numbers, every one of them held exactly."""
    values = np.asarray(values)
    assert values.dtype == np.float64 and np.all(values == np.floor(values)) and np.all(np.abs(values) < 2**53)
    return values.astype(np.int64)


def unexplained(read):
    """What the bars leave of the believed potential, world by world, in cents."""
    return cents(read("believed_value")) - sum(cents(read(f"waterfall.{bar}")) for bar in BARS)


def with_h5py(path):
    def metric(item):
        name = item.attrs.get("metric", b"")
        return name.decode() if isinstance(name, bytes) else str(name)

    with h5py.File(path) as f:
        return {metric(item): item[...] for item in f.values() if isinstance(item, h5py.Dataset) and metric(item)}


def test_bars_add_up_to_the_believed_potential(result):
    data = with_h5py(result)
    assert data["believed_value"].size == 2200
    assert not np.any(unexplained(data.__getitem__))
    assert np.all(cents(data["believed_value"]) > 0)
    for bar in BARS:
        assert np.all(cents(data[f"waterfall.{bar}"]) >= 0), bar


def test_xarray_adds_up_to_the_same(result):
    xarray = pytest.importorskip("xarray", reason="the Python package xarray is missing")
    pytest.importorskip("h5netcdf", reason="the Python package h5netcdf is missing")
    with xarray.open_dataset(result, engine="h5netcdf") as ds:
        by_name = {ds[v].attrs["metric"]: v for v in ds.data_vars if "metric" in ds[v].attrs}
        assert not np.any(unexplained(lambda metric: ds[by_name[metric]].values))


def test_a_planted_cent_is_found(result):
    data = with_h5py(result)
    data["waterfall.silo"][1, 700, 0] += 1
    assert np.argwhere(unexplained(data.__getitem__)).tolist() == [[1, 700, 0]]


def test_users_times_benefit_is_the_last_bar(result):
    """Accumulated apart, in floats of 24 digits: a cent a factor and 2^-19 of the value, initiative by initiative."""
    data = with_h5py(result)
    bar, users = cents(data["waterfall.realised"]), cents(data["realised_by_users"])
    assert np.count_nonzero(bar) > 1500
    assert np.all(np.abs(bar - users) <= 8 * 156 * 40 + bar * 2.0**-17)
    assert np.any(bar != users)
    share = data["realised_share"][bar > 0]
    potential = cents(data["believed_value"]) - cents(data["waterfall.false_hypothesis"])
    np.testing.assert_allclose(share, (users / potential)[bar > 0], rtol=1e-5)
