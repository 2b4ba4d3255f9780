"""ncdump prints a result, names of dimensions and units included."""

import re
import shutil
import subprocess

import pytest

if shutil.which("ncdump") is None:
    pytest.skip("the program ncdump (package netcdf-bin) is missing", allow_module_level=True)


def ncdump(*arguments):
    return subprocess.run(["ncdump", *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def test_header(folder):
    header = ncdump("-h", folder / "bands.h5")
    for line in [
        "arm = 3 ;",
        "bin_edge = 65 ;",
        "string arm(arm) ;",
        "int future(future) ;",
        "ubyte status(arm, future, replication) ;",
        'status:flag_meanings = "not_run ok failed" ;',
        "status:flag_values = 0UB, 1UB, 2UB ;",
        "double value(arm, future, replication) ;",
        'value:units = "cent" ;',
        "float adopters(arm, future, replication) ;",
        'time:units = "days since 2026-01-05" ;',
        'time:calendar = "standard" ;',
        "int64 adopters_histogram(arm, time, bin) ;",
        ":seed = 20260105ULL ;",
        "group: provenance {",
        "string study ;",
    ]:
        assert line in header, line
    assert not re.search(r"ubyte status.*\n.*_FillValue", header)


def test_values(folder, expected):
    text = ncdump("-v", "status", "-p", "9,17", folder / "bands.h5")
    numbers = re.search(r"status =\s*([\d,\s]+);", text).group(1)
    assert [int(n) for n in numbers.split(",")] == [2 if f else 1 for f in expected["failed"]]
    text = ncdump("-v", "arm", folder / "bands.h5")
    for arm in expected["arms"]:
        assert f'"{arm}"' in text
    text = ncdump("-p", "9,17", "-v", "parameter_learning_rate", folder / "bands.h5")
    numbers = re.search(r"parameter_learning_rate = ([^;]+);", text).group(1)
    assert [float(n) for n in numbers.split(",")] == expected["learning.rate"]


def test_whole_file(folder):
    assert ncdump(folder / "full.h5").rstrip().endswith("}")
