"""The answer that the demo prints is what the result file says."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

pytest.importorskip("xarray", reason="the Python package xarray is missing")

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "analysis/answer.py"
spec = importlib.util.spec_from_file_location("answer", SCRIPT)
answer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(answer)


def test_the_numbers_of_a_study(folder):
    study = ROOT / "scenarios/studies/reference.toml"
    wanted = ["nothing", "stop_ai", "platform_first", "everything", "council", "strictness"]
    arms = f"design.arms={wanted}".replace("'", '"')
    folder.chasm("run", study, "-o", "f.h5", "-q", "--set", "design.futures=60", "--set", arms)
    run = subprocess.run([sys.executable, SCRIPT, folder.path / "f.h5"], check=True, capture_output=True, text=True)
    lines = run.stdout.splitlines()
    assert len(lines) <= 30 and max(map(len, lines)) <= 200
    with h5py.File(folder.path / "f.h5") as file:
        arms = [name.decode() for name in file["arm"][:]]
        value = {arm: file["net_present_value"][k].ravel() / 1e6 for k, arm in enumerate(arms)}
        cost = {arm: file["lever_spending"][k].mean() / 1e6 for k, arm in enumerate(arms)}
    shown = {}
    for line in lines:
        found = re.match(
            r"  (\w[\w ]*?)  +(over |under |)(\d+) of (\d+) +([+-][\d.]+|0) ± ([\d.]+) .*? to [+-]?[\d,]+ +([\d.]+) ",
            line,
        )
        if found:
            shown[found[1].replace(" ", "_")] = [found[2], *(float(x) for x in found.groups()[2:])]
    assert set(shown) == set(wanted[1:])
    for arm, (word, hits, of, mean, error, spent) in shown.items():
        gain = (value[arm] - value["nothing"]).astype(float)
        share = (gain > 0).mean() * of
        assert {"": abs(hits - share) <= 0.5, "over ": hits < share < of, "under ": 0 < share < hits}[word]
        true_error = gain.std(ddof=1) / len(gain) ** 0.5
        assert abs(mean - gain.mean()) <= true_error and abs(error - true_error) <= 0.5 * true_error
        assert spent == pytest.approx(cost[arm], abs=0.51)
    # Best first, and a clear loser is said to be one.
    means = [row[3] for row in shown.values()]
    assert means == sorted(means, reverse=True)


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (14.83, 1.2, "+15"),
        (0.52, 0.06, "+0.5"),
        (-7.04, 0.9, "-7"),
        (0.2, 0.6, "0"),
        (1234.6, 30, "+1,235"),
        (3, 0, "+3"),
    ],
)
def test_numbers_have_the_digits_that_their_error_leaves(value, error, text):
    assert answer.rounded(value, error, sign=True) == text


@pytest.mark.parametrize(
    ("hits", "futures", "text"),
    [
        (700, 1000, "14 of 20"),
        (7, 10, "4 of 5"),
        (100, 100, "10 of 10"),
        (999, 1000, "over 19 of 20"),
        (1, 1000, "under 1 of 20"),
    ],
)
def test_odds_in_words(hits, futures, text):
    gain = np.full((futures, 1), -1.0)
    gain[:hits] = 1
    assert answer.odds(gain) == text
