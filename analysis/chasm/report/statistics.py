"""Statistics over futures. Worlds of one future share what is not known, so futures are the independent units."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np


def by_unit(worlds: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Means over the worlds of each independent unit that has any."""
    known = np.isfinite(worlds)
    sums = np.where(known, worlds, 0).sum(axis=1)
    counts = known.sum(axis=1)
    _, group = np.unique(units, return_inverse=True)
    sums, counts = np.bincount(group, sums), np.bincount(group, counts)
    return sums[counts > 0] / counts[counts > 0]


def mean_and_error(worlds: np.ndarray, units: np.ndarray) -> tuple[float, float]:
    """Mean of the futures' means, and its standard error (nan for a single future)."""
    means = by_unit(worlds, units)
    if len(means) == 0:
        return math.nan, math.nan
    return float(means.mean()), float(means.std(ddof=1) / math.sqrt(len(means))) if len(means) > 1 else math.nan


def share_above(worlds: np.ndarray, limit: float = 0) -> float:
    known = worlds[np.isfinite(worlds)]
    return float((known > limit).mean()) if len(known) else math.nan


def quantile_and_error(worlds: np.ndarray, q: float, units: int) -> tuple[float, float]:
    """A quantile of all worlds; its error from the ranks one standard deviation around it, for so many units."""
    known = np.sort(worlds[np.isfinite(worlds)])
    if len(known) == 0:
        return math.nan, math.nan
    value = float(np.quantile(known, q))
    if units < 2:
        return value, math.nan
    spread = math.sqrt(q * (1 - q) / units)
    low, high = np.quantile(known, [max(q - spread, 0), min(q + spread, 1)])
    return value, float(high - low) / 2


def ratio_and_error(part: np.ndarray, whole: np.ndarray, units: np.ndarray) -> tuple[float, float]:
    """Ratio of sums, error by linearisation."""
    known = np.isfinite(part) & np.isfinite(whole)
    if whole[known].sum() == 0:
        return math.nan, math.nan
    ratio = part[known].sum() / whole[known].sum()
    rest = np.where(known, part - ratio * whole, math.nan)
    _, error = mean_and_error(rest, units)
    return float(ratio), error / float(whole[known].mean())


def of_futures(worlds: np.ndarray) -> np.ndarray:
    """Mean of each future's worlds, nan where there is none."""
    known = np.isfinite(worlds)
    count = known.sum(axis=1)
    return np.where(count > 0, np.where(known, worlds, 0).sum(axis=1) / np.maximum(count, 1), math.nan)


def third(values: np.ndarray) -> np.ndarray:
    """0, 1, 2: in which third of the futures, from the lowest value up; -1 where the value is not known."""
    known = np.flatnonzero(np.isfinite(values))
    found = np.full(len(values), -1)
    found[known[np.argsort(values[known], kind="stable")]] = np.arange(len(known)) * 3 // max(len(known), 1)
    return found


def folds(futures: int, n: int = 10) -> np.ndarray:
    """n groups of futures, to choose in some and judge in the others. Golden-ratio steps: the low bits of a future's
    number are what Sobol' designs are built on."""
    golden = (math.sqrt(5) - 1) / 2
    return np.floor(n * ((np.arange(futures) + 1) * golden % 1)).astype(int)


def beyond_chance(tests: int, sides: int = 2) -> float:
    """Standard errors that chance alone exceeds anywhere among so many tests in 1 of 20 studies (Bonferroni)."""
    return NormalDist().inv_cdf(1 - 0.05 / sides / max(tests, 1))
