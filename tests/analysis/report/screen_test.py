"""The answer on one screen is what the result file says."""

import math
import os
import re
import shutil
import subprocess
import sys

import h5py
import numpy as np
import pytest
from chasm.report import ReportError, text
from chasm.report.command import printable
from chasm.report.numbers import MINUS, Number, Odds, rounded, rounded_room

ROW = re.compile(
    r"  ([\w.]+)  +((?:fewer than |more than )?\d+ of \d+) +([+-][\d,.]+|0)(?: ± ([\d,.]+))? +"
    r"([+-][\d,]+|0) to ([+-][\d,]+|0) +([\d,.]+) +([+-][\d,.]+|0)(?: +(.*))?$"
)


def number(written):
    return float(written.replace(",", ""))


def rows_of(shown):
    found = [ROW.match(line.replace(MINUS, "-")) for line in shown.splitlines()]
    return {row[1]: row.groups()[1:] for row in found if row}


def test_the_table_is_what_the_file_says(wide):
    shown = text(wide)
    rows = rows_of(shown)
    with h5py.File(wide) as file:
        arms = [name.decode() for name in file["arm"][:]]
        worlds = {name: file[name][:, :, 0] / 1e6 for name in ("net_present_value", "lever_spending", "spending")}
        paths = file["net_value_series"][:, :, 0].astype(float)
        weeks = file["step"][:]
        singles = {"value_mapping", "connectors", "portfolio", "mlops", "strictness"}
    assert set(rows) == set(arms) - {"nothing"} - singles
    for name, (odds, mean, room, low, high, cost, spent, even) in rows.items():
        arm = arms.index(name)
        gain = (worlds["net_present_value"][arm] - worlds["net_present_value"][0]).astype(float)
        error = gain.std(ddof=1) / math.sqrt(len(gain))
        # A printed value is off by half its last digit at most, and its last digit is worth twice the error at most.
        assert abs(number(mean) - gain.mean()) <= max(error, 0.05) * 1.001, name
        assert abs(number(room) - 2 * error) <= max(error, 0.05) * 1.001, name
        lowest, highest = np.quantile(gain, [0.1, 0.9])
        assert abs(number(low) - lowest) <= 0.501 and abs(number(high) - highest) <= 0.501, name
        assert odds == Odds((gain > 0).mean(), len(gain), {}).text
        for written, metric in ((cost, "lever_spending"), (spent, "spending")):
            change = (worlds[metric][arm] - worlds[metric][0]).astype(float)
            assert abs(number(written) - change.mean()) <= max(change.std() / math.sqrt(len(change)), 0.05) * 1.01, name
        ahead = paths[arm] - paths[0] > 0
        stays = np.flip(np.logical_and.accumulate(np.flip(ahead, -1), axis=-1), -1)
        first = np.sort(np.where(stays.any(axis=-1), weeks[np.argmax(stays, axis=-1)], np.inf))
        median = first[math.ceil(len(first) / 2) - 1]
        if name == "stop_ai":
            assert even is None
        elif np.isinf(median):
            assert even == "not in 4 years"
        else:
            assert even == f"{math.ceil(median / 26) / 2:g} years"
    # Within the baseline's budget, best first.
    own = [row for name, row in rows.items() if name not in ("stop_ai", "richer")]
    assert [number(row[1]) for row in own] == sorted((number(row[1]) for row in own), reverse=True)
    assert list(rows)[-2:] == ["richer", "stop_ai"] or list(rows)[-2:] == ["stop_ai", "richer"]
    assert "arms with another budget are last" in shown and "One lever alone, best: " in shown


def test_the_baseline_is_what_the_file_says(wide):
    lines = text(wide).splitlines()
    with h5py.File(wide) as file:
        spent, value = (file[m][0, :, 0].astype(float) / 1e6 for m in ("spending", "realised_value"))
        share = file["never_in_production"][0, :, 0].astype(float).mean()
        bars = {n[10:]: file[n][0].astype(float).sum() for n in file if n.startswith("waterfall_")}
    said = re.match(r"Doing nothing more: ([\d.]+) spent, ([\d.]+) of value;", lines[2])
    for written, worlds in ((said[1], spent), (said[2], value)):
        assert abs(number(written) - worlds.mean()) <= worlds.std() / math.sqrt(len(worlds)) + 0.05
    assert abs(number(lines[3].split()[0]) - 100 * share) <= 1
    true = sum(bars.values()) - bars["false_hypothesis"]
    realised = re.match(r"Of 100 that AI could bring, ([\d.]+) arrive as value", lines[4])[1]
    assert abs(number(realised) - 100 * bars["realised"] / true) <= 1


def test_every_study_has_an_answer(results):
    """One arm, one world, no series, failed worlds, another currency: what is not there is left out."""
    shown = text(results)
    lines = shown.splitlines()
    assert len(lines) <= 40 and max(map(len, lines)) <= 240, shown
    assert not re.search(r"\b(nan|inf|None|not known|1 futures)\b", shown), shown
    with h5py.File(results) as file:
        alone = len(file["arm"]) == 1
    assert bool(rows_of(shown)) != alone
    assert ("First: " in shown or "Nothing here returns more" in shown) != alone


@pytest.mark.parametrize(
    ("value", "error", "shown"),
    [
        (14.83, 1.2, "+15 ± 2"),
        (0.52, 0.06, "+0.5 ± 0.1"),
        (-7.04, 0.9, f"{MINUS}7 ± 2"),
        (0.2, 0.6, "0 ± 1"),
        (1234.6, 30, "+1,230 ± 60"),
        (3, 0, "+3.0"),
    ],
)
def test_numbers_have_the_digits_that_their_error_leaves(value, error, shown):
    number = Number(value, error, {})
    room = rounded_room(number)
    assert rounded(number, sign=True) + (f" ± {room}" if room else "") == shown


@pytest.mark.parametrize(
    ("hits", "futures", "shown"),
    [
        (700, 1000, "14 of 20"),
        (7, 10, "7 of 10"),
        (100, 100, "10 of 10"),
        (999, 1000, "more than 19 of 20"),
        (1, 1000, "fewer than 1 of 20"),
    ],
)
def test_odds_in_words(hits, futures, shown):
    assert Odds(hits / futures, futures, {}).text == shown


def test_what_is_not_there_is_said(bare, one_world):
    assert "when an arm breaks even is not recorded" in text(bare) and "breaks even" not in text(bare).split("(")[0]
    assert "One future has no odds" in text(one_world)


def test_arms_without_a_common_world_are_refused(folder, bare):
    path = folder / "apart.h5"
    shutil.copy(bare, path)
    with h5py.File(path, "r+") as file:
        file["status"][0, ::2] = 2
        file["status"][2, 1::2] = 2
    with pytest.raises(ReportError, match="no world ended both with"):
        text(path)


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", f"+15 ± 2, {MINUS}3"),
        ("cp1252", "+15 +- 2, -3"),
        ("latin-1", "+15 +- 2, -3"),
        ("ascii", "+15 +- 2, -3"),
    ],
)
def test_plainer_signs_where_there_are_no_others(encoding, shown):
    assert printable(f"+15 ± 2, {MINUS}3", encoding) == shown


def test_the_command(wide, tmp_path):
    call = [sys.executable, "-m", "chasm.report"]
    done = subprocess.run([*call, wide, "--text"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout == text(wide) + "\n" and not list(tmp_path.iterdir())
    done = subprocess.run([*call, wide, "--text", "--pdf"], capture_output=True, text=True)
    assert done.returncode == 2 and "--text writes nothing" in done.stderr
    plain = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run([*call, wide, "--text"], env=plain, capture_output=True, encoding="cp1252")
    assert done.returncode == 0 and "+-" in done.stdout
    done = subprocess.run([*call, tmp_path / "none.h5", "--text"], capture_output=True, text=True)
    assert done.returncode == 2 and "does not exist" in done.stderr and "Traceback" not in done.stderr
