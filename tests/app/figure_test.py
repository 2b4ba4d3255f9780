"""The demo's figure is drawn from a result file that the program wrote."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROGRAM

ROOT = Path(__file__).parents[2]


def test_figure_1_of_march(tmp_path):
    pytest.importorskip("matplotlib", reason="the Python package matplotlib is missing")
    pytest.importorskip("xarray", reason="the Python package xarray is missing")
    study, results = ROOT / "scenarios/studies/march-figure1.toml", tmp_path / "results.h5"
    subprocess.run([PROGRAM, "run", study, "-o", results, "--set", "design.futures=400", "-q"], check=True)
    script = ROOT / "analysis/figures/march_figure1.py"
    drawn = subprocess.run(
        [sys.executable, script, results, "--output", tmp_path / "figure"],
        check=True,
        capture_output=True,
        text=True,
        env={"MPLBACKEND": "Agg", "HOME": str(tmp_path)},
    ).stdout
    rows = re.findall(r"^ +0\.[159] +0\.\d +[\d.]+ +([\d.]+) +([\d.]+) +[+-][\d.]+$", drawn, re.M)
    assert len(rows) == 27
    # 400 worlds of standard deviation .04 to .11 a point.
    assert all(0.7 < float(mean) < 1 and 0.001 < float(error) < 0.006 for mean, error in rows)
    assert float(re.search(r"Sum of z squared ([\d.]+)", drawn)[1]) < 55.5
    assert (tmp_path / "figure.png").read_bytes()[:4] == b"\x89PNG"
    assert b"<svg" in (tmp_path / "figure.svg").read_bytes()
