"""Small studies that the program under test runs."""

from __future__ import annotations

import functools
import os
import subprocess
import warnings
from pathlib import Path

import chasm
import xarray as xr

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("CHASM_PROGRAM", str(ROOT / "build/release/bin/chasm"))
REFERENCE = ROOT / "scenarios/studies/reference.toml"

MARCH = """\
schema = "chasm-study-1"
[study]
title   = "Learning"
model   = "march1991"
seed    = 7
horizon = 60
[setting]
individuals = 12
dimensions  = 20
[arms.slow]
set = { turnover = 0.01 }
[arms.fast]
set = { turnover = 0.2 }
"""
UNCERTAIN = """
[uncertain]
socialisation = { uniform = [0.1, 0.9] }
code_learning = { triangular = [0.1, 0.3, 0.9] }
turbulence    = { uniform = [0, 0.1] }
"""


def run(study: Path, result: Path, *sets: str) -> Path:
    arguments = [argument for setting in sets for argument in ("--set", setting)]
    command = [PROGRAM, "run", str(study), "-o", str(result), "-q", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return result


def march(folder: Path, name: str, more: str = "", *sets: str) -> Path:
    study = folder / f"{name}.toml"
    study.write_text(MARCH + more, encoding="utf-8")
    return run(study, folder / f"{name}.h5", 'design.baseline="slow"', *sets)


@functools.lru_cache
def opened(path: Path) -> xr.Dataset:
    """Opening takes longer than most statistics. Whoever changes the dataset opens one of their own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", chasm.FailedWorldsWarning)
        return chasm.files.open(path)
