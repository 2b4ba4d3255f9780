"""Opening: lazily, in pieces where a file is large; every way in which a path can be wrong has its own words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import chasm
import h5py
import numpy as np
import pytest
import xarray as xr
from studies import ROOT


def refused(path, error=chasm.FileError, **options):
    with pytest.raises(error) as caught:
        chasm.open(path, **options)
    message = str(caught.value)
    assert str(path) in message and "(" in message and ") " in message, message
    assert caught.value.__context__ is None or caught.value.__suppress_context__, "a traceback from the depths"
    return message


@pytest.fixture
def copy(results, tmp_path):
    return shutil.copy(results, tmp_path / "copy.h5")


def test_nothing_is_read_until_it_is_asked_for(results):
    ds = chasm.open(results)
    assert ds["net_present_value"].dims == ("arm", "future", "replication")
    assert not any(v._in_memory for v in ds.variables.values() if v.dims[:1] != v.dims)
    with xr.open_dataset(results, engine="h5netcdf") as plain:
        xr.testing.assert_identical(ds.load(), plain.load())


def test_both_engines_read_the_same(results):
    pytest.importorskip("netCDF4", reason="the Python package netCDF4 is missing")
    a, b = chasm.open(results), chasm.open(results, engine="netcdf4")
    np.testing.assert_array_equal(a["spending"].values, b["spending"].values)
    assert chasm.summary(a, "spending").equals(chasm.summary(b, "spending"))


def test_chunks_follow_the_file(results, monkeypatch):
    pytest.importorskip("dask", reason="the Python package dask is missing")
    monkeypatch.setattr(chasm.files, "LARGE", 1)
    monkeypatch.setattr(chasm.files, "CHUNK_BYTES", 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ds = chasm.open(results)
    stored = h5py.File(results)["net_value_series"].chunks[1]
    assert set(ds["net_value_series"].chunks[1][:-1]) <= {stored}
    assert chasm.summary(ds, "spending").equals(chasm.summary(chasm.open(results, chunks=None), "spending"))


def test_tables_beside_the_worlds(results):
    ds = chasm.open(results)
    table = chasm.parameters(ds)
    assert table.loc["budget.yearly", "varies"] == "arm" and table["value"].dtype == float
    assert 'baseline = "nothing"' in chasm.study_text(ds) or "baseline" in chasm.study_text(ds)
    with pytest.raises(chasm.NotRecorded, match="did not come from a file"):
        chasm.parameters(xr.Dataset())


def test_failed_worlds_are_announced_and_counted(failed, results):
    with pytest.warns(chasm.FailedWorldsWarning, match="3 of 480 worlds failed"):
        ds = chasm.open(failed)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert chasm.failures(chasm.open(results)).empty
    counts = chasm.failures(ds)["worlds"].to_dict()
    assert counts == {
        ("everything", "not run"): 1,
        ("nothing", "a metric is not a finite number"): 1,
        ("platform_first", "a metric is not a finite number"): 2,
    }


def test_no_such_file(tmp_path, results):
    assert "nor does its folder" in refused(tmp_path / "nowhere" / "r.h5")
    assert "no .h5 file" in refused(tmp_path / "r.h5")
    shutil.copy(results, tmp_path / "right.h5")
    assert "right.h5" in refused(tmp_path / "rigth.h5")
    (tmp_path / "r.h5.journal").write_bytes(b"x")
    assert "has not ended" in refused(tmp_path / "r.h5")


def test_a_folder(tmp_path):
    assert "is a folder" in refused(tmp_path)


def test_another_machine():
    for path in ("https://example.org/r.h5", "s3://bucket/r.h5", "ssh://host/r.h5"):
        assert "copy it here first" in refused(path)


def test_not_hdf5(tmp_path):
    study = tmp_path / "study.toml"
    study.write_text("schema = 1")
    assert "chasm finish" in refused(study)
    empty = tmp_path / "empty.h5"
    empty.touch()
    assert "it is empty" in refused(empty)


def test_hdf5_of_somebody_else(tmp_path):
    path = tmp_path / "other.h5"
    with h5py.File(path, "w") as file:
        file["x"] = np.arange(3)
    assert "filetype is absent" in refused(path)
    with h5py.File(path, "a") as file:
        file.attrs["filetype"] = "statepoint"
    assert "filetype is statepoint" in refused(path)


def test_truncated(copy):
    data = copy.read_bytes()
    for share in (0.9, 0.5, 0.01):
        copy.write_bytes(data[: int(len(data) * share)])
        assert "is truncated" in refused(copy)


def test_damaged_chunk(copy):
    with h5py.File(copy) as file:
        info = file["spending"].id.get_chunk_info(0)
    with copy.open("r+b") as file:
        file.seek(info.byte_offset + 10)
        file.write(b"\xff\x13\x7a")
    with pytest.raises(chasm.FileError, match="is damaged"):
        chasm.summary(chasm.open(copy), "spending")


@pytest.mark.parametrize(("version", "word"), [(0, "an unknown"), (2, "a newer")])
def test_other_format_versions(copy, version, word):
    with h5py.File(copy, "a") as file:
        file.attrs.modify("chasm_format_version", np.int32(version))
    message = refused(copy, chasm.FormatError)
    assert word in message and f"version {version}" in message


HOLD = """
import fcntl, sys
file = open(sys.argv[1], "r+b")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


def test_locked(copy):
    command = [sys.executable, "-c", HOLD, str(copy)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        message = refused(copy)
        holder.communicate("")
    assert "is locked" in message and "HDF5_USE_FILE_LOCKING" in message
    assert chasm.open(copy).sizes["future"] == 40


def test_no_permission(results):
    """Also where root runs the tests, who may read every file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(results, folder))
        path.chmod(0)
        Path(folder).chmod(0o755)
        somebody = os.geteuid()
        if somebody == 0:
            os.seteuid(65534)
        try:
            assert "Permission denied" in refused(path)
        finally:
            os.seteuid(somebody)


def test_every_version_of_the_format_opens():
    files = sorted((ROOT / "tests/golden").glob("format-*.h5"))
    assert files
    for path in files:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", chasm.FailedWorldsWarning)
            ds = chasm.open(path)
        name = next(str(n) for n, v in ds.data_vars.items() if "metric" in v.attrs)
        assert len(chasm.summary(ds, name)) == ds.sizes["arm"]
