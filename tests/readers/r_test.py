"""R reads a result, with ncdf4 and with rhdf5."""

import math
import shutil
import subprocess
from pathlib import Path

import pytest

if shutil.which("Rscript") is None:
    pytest.skip("the program Rscript (package r-base-core) is missing", allow_module_level=True)

NAMES = ["value", "status", "arm", "units", "title", "time", "learning.rate", "study"]


@pytest.fixture(params=["ncdf4", "rhdf5"])
def found(request, folder):
    has = subprocess.run(["Rscript", "-e", f"quit(status = !requireNamespace('{request.param}', quietly = TRUE))"])
    if has.returncode != 0:
        pytest.skip(f"the R package {request.param} is missing")
    script = Path(__file__).with_name(f"read_with_{request.param}.R")
    done = subprocess.run(
        ["Rscript", str(script), str(folder / "bands.h5")],
        check=True,
        capture_output=True,
        text=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    out, name = {}, None
    for line in done.stdout.splitlines():
        if line in NAMES and line not in out:
            name = line
            out[name] = []
        elif line:
            out[name].append(line)
    return out


def test_numbers(found, expected):
    assert len(found["value"]) == len(expected["metrics"]["value"])
    for text, wanted in zip(found["value"], expected["metrics"]["value"], strict=True):
        number = float("nan") if text in ("NA", "NaN") else float(text)
        assert math.isnan(number) if wanted is None else number == wanted
    assert [int(s) for s in found["status"]] == [2 if f else 1 for f in expected["failed"]]
    assert [float(x) for x in found["learning.rate"]] == expected["learning.rate"]


def test_texts(found, expected):
    assert found["arm"] == expected["arms"]
    assert found["units"] == ["cent"]
    assert found["title"] == [expected["title"]]
    assert found["time"] == ["days since 2026-01-05"]
    assert "\n".join(found["study"]).strip() == expected["text"].strip()
