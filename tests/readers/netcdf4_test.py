"""The netCDF library reads a result, and can add to it."""

import pytest

netCDF4 = pytest.importorskip("netCDF4", reason="the Python package netCDF4 is missing")

FIRST = ["arm", "future", "replication", "time", "step", "status", "failure", "value", "adopters"]


def test_values_in_the_order_of_the_file(folder, expected, compare):
    with netCDF4.Dataset(folder / "bands.h5") as file:
        assert list(file.variables)[: len(FIRST)] == FIRST
        assert list(file.dimensions) == [
            "arm",
            "future",
            "replication",
            "time",
            "bin",
            "bin_edge",
            "lever",
            "month",
            "cause",
            "cause_2",
            "lever_2",
        ]
        assert len(file.dimensions["bin"]) == 64 and "bin" not in file.variables
        compare.worlds(file["value"][:].filled(float("nan")), expected["metrics"]["value"])
        assert file["arm"][:].tolist() == expected["arms"]
        assert file["provenance"]["study"][...] == expected["text"]
        assert file.getncattr("seed") == 20260105


def test_appending(copy, expected, compare):
    path = copy("bands.h5")
    with netCDF4.Dataset(path, "a") as file:
        file.setncattr("note", "my own")
        file.createDimension("mine", 2)
        mine = file.createVariable("ranking", "f8", ("arm", "mine"))
        mine[:] = 7
        mine.units = "1"
        file["value"].setncattr("remark", "seen")
        file["provenance"].createVariable("more", "i4", ("table",))[:] = 5
    with netCDF4.Dataset(path) as file:
        assert list(file.variables)[: len(FIRST)] == FIRST
        assert list(file.variables)[-1] == "ranking"
        assert file["ranking"][:].tolist() == [[7, 7]] * 3
        assert file["value"].remark == "seen" and file.note == "my own"
        assert file["provenance"]["more"][:].tolist() == [5]
        compare.worlds(file["value"][:].filled(float("nan")), expected["metrics"]["value"])
