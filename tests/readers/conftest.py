"""The files that write_example makes, and what it says is in them."""

import json
import math
import os
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("results")
    subprocess.run([os.environ["CHASM_WRITE_EXAMPLE"], str(path)], check=True)
    return path


@pytest.fixture(scope="session")
def expected(folder):
    return json.loads((folder / "expected.json").read_text(encoding="utf-8"))


class Compare:
    def __init__(self, expected):
        self.shape = (len(expected["arms"]), expected["futures"], expected["replications"])

    def worlds(self, found, wanted):
        """Equal to the last bit; `wanted` is a flat list, None where there is no number."""
        found = [float(x) for x in found.reshape(-1)]
        assert len(found) == len(wanted)
        for f, w in zip(found, wanted, strict=True):
            assert math.isnan(f) if w is None else f == w


@pytest.fixture(scope="session")
def compare(expected):
    return Compare(expected)


@pytest.fixture
def copy(folder, tmp_path):
    def make(name):
        path = Path(tmp_path) / name
        path.write_bytes((folder / name).read_bytes())
        return path

    return make
