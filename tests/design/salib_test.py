"""SALib analyses rows of our Saltelli and Morris designs as they come, without reordering.

python3 tests/design/salib_test.py build/dev/tests/design/design_rows
"""

import subprocess
import sys

import numpy as np
from SALib.analyze import morris, sobol

PROBLEM = {
    "num_vars": 3,
    "names": ["x1", "x2", "x3"],
    "bounds": [[-np.pi, np.pi]] * 3,
}
VARIANCE = 0.5 + 49 / 8 + 0.1 * np.pi**4 / 5 + 0.01 * np.pi**8 / 18


def rows(method, count):
    out = subprocess.run([sys.argv[1], method, str(count)], check=True, capture_output=True, text=True)
    return np.loadtxt(out.stdout.splitlines())


def ishigami(x):
    return np.sin(x[:, 0]) * (1 + 0.1 * x[:, 2] ** 4) + 7 * np.sin(x[:, 1]) ** 2


def expect_near(what, found, exact, tolerance):
    found, exact, tolerance = map(np.asarray, (found, exact, tolerance))
    assert np.all(np.abs(found - exact) <= tolerance), f"{what}: {found}, not {exact} +- {tolerance}"
    print(f"{what}: {np.round(found, 4)}, exact {np.round(exact, 4)}")


def check_sobol(method, second_order):
    y = ishigami(rows(method, 4096))
    s = sobol.analyze(PROBLEM, y, calc_second_order=second_order, seed=1)
    v1 = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2
    v13 = 8 * 0.01 * np.pi**8 / 225
    first = np.array([v1, 49 / 8, 0]) / VARIANCE
    total = np.array([v1 + v13, 49 / 8, v13]) / VARIANCE
    # SALib's own 95 % half-widths of independent rows; scrambled Sobol' rows lie well inside.
    assert np.all(s["S1_conf"] < 0.06) and np.all(s["ST_conf"] < 0.06)
    expect_near(f"{method} S1", s["S1"], first, s["S1_conf"])
    expect_near(f"{method} ST", s["ST"], total, s["ST_conf"])
    if second_order:
        pairs = s["S2"][np.triu_indices(3, 1)]
        expect_near(f"{method} S2", pairs, [0, v13 / VARIANCE, 0], 0.02)


def check_morris():
    x = rows("morris", 50)
    y = x @ np.array([3.0, -0.5, 0.25])
    s = morris.analyze(PROBLEM, x, y, num_levels=4, seed=1)
    expect_near("morris mu", s["mu"], 2 * np.pi * np.array([3.0, -0.5, 0.25]), 1e-12)
    expect_near("morris sigma", s["sigma"], 0, 1e-12)


check_sobol("saltelli", False)
check_sobol("saltelli2", True)
check_morris()
