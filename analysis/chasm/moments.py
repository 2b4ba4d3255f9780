"""Means, errors and quantiles of values that come piece by piece.

Futures are the independent units: worlds of one future share what is not known. Where there is one future, its
replications are. Where a design lets futures share luck (Saltelli, Morris), those that do are one unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from .blocks import Worlds, units_of_luck
from .errors import NotPossible

Blocks = Iterable[np.ndarray]
HELD_BYTES = 512 << 20  # exact quantiles hold all values; beyond it they come from fine histograms
CELLS = 1 << 22  # of those histograms


class Moments:
    """Count, mean and variance of columns [k, n], NaN left out; pieces are merged exactly (Chan et al. 1979)."""

    def __init__(self, k: int) -> None:
        self.count = np.zeros(k)
        self.mean = np.zeros(k)
        self.squares = np.zeros(k)

    def add(self, values: np.ndarray) -> None:
        known = np.isfinite(values)
        n = known.sum(axis=1)
        filled = np.where(known, values, 0)
        mean = np.divide(filled.sum(axis=1), n, out=np.zeros(len(n)), where=n > 0)
        squares = (np.where(known, values - mean[:, None], 0) ** 2).sum(axis=1)
        total = self.count + n
        share = np.divide(n, total, out=np.zeros(len(n)), where=total > 0)
        delta = mean - self.mean
        self.squares += squares + delta**2 * self.count * share
        self.mean += delta * share
        self.count = total

    @property
    def means(self) -> np.ndarray:
        return np.where(self.count > 0, self.mean, np.nan)

    @property
    def variance(self) -> np.ndarray:
        return np.where(self.count > 1, self.squares / np.maximum(self.count - 1, 1), np.nan)

    @property
    def error(self) -> np.ndarray:
        return np.sqrt(self.variance / np.maximum(self.count, 1))


def tails(level: float) -> tuple[float, float]:
    """Probabilities between which the middle `level` lies.

    >>> tails(0.5)
    (0.25, 0.75)
    """
    if not 0 < level < 1:
        raise NotPossible(f"level {level} is no confidence (it lies between 0 and 1) give a number such as 0.95")
    return 0.5 - level / 2, 0.5 + level / 2


def probabilities_of(q: Sequence[float] | np.ndarray) -> np.ndarray:
    given = np.asarray(q, float)
    if given.ndim != 1 or len(given) == 0 or not ((given >= 0) & (given <= 1)).all():
        raise NotPossible(f"quantiles {q} are no list of probabilities (they lie from 0 to 1) give such numbers")
    return given


def half_width(error: np.ndarray, count: np.ndarray, level: float = 0.95) -> np.ndarray:
    """Of a confidence interval of a mean, by Student's t."""
    from scipy.stats import t

    enough = count > 1
    return np.where(enough, t.ppf(tails(level)[1], np.maximum(count - 1, 1)) * error, np.nan)


def means_of_rows(values: np.ndarray) -> np.ndarray:
    """Mean over the last axis of what is known, NaN where nothing is."""
    known = np.isfinite(values)
    n = known.sum(axis=-1)
    return np.where(n > 0, np.where(known, values, 0).sum(axis=-1) / np.maximum(n, 1), np.nan)


def unit_means(worlds: Worlds, make: Callable[[np.ndarray], np.ndarray] | None = None) -> Iterator[np.ndarray]:
    """Means of independent units, [arm, unit] a piece. `make` turns a block [arm, future, replication] into columns."""
    units = units_of_luck(worlds.ds)
    one_future = worlds.ds.sizes["future"] == 1
    sums: np.ndarray | None = None
    for part, values in worlds.blocks():
        block = values if make is None else make(values)
        if one_future:
            yield block[:, 0]
        elif units is None:
            yield means_of_rows(block)
        else:
            known = np.isfinite(block)
            if sums is None:
                sums = np.zeros((2, len(block), int(units.max()) + 1))
            for to, what in zip(sums, (np.where(known, block, 0).sum(axis=2), known.sum(axis=2)), strict=True):
                np.add.at(to.T, units[part], what.T)
    if sums is not None:
        yield np.where(sums[1] > 0, sums[0] / np.maximum(sums[1], 1), np.nan)


def moments(pieces: Blocks) -> Moments:
    found: Moments | None = None
    for piece in pieces:
        found = found or Moments(len(piece))
        found.add(piece)
    assert found is not None
    return found


def quantiles(
    pieces: Callable[[], Blocks], cells: int, size: int, probabilities: Sequence[float] | np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Quantiles of each of `cells` rows, whose values come as pieces [cells, n]; `size` values in all.

    `probabilities` is one list for all rows, or one a row. Gives [cells, probability] and, by cell, the width within
    which they are known: 0 where all values were held, else that of the bins (twice through the data).
    """
    chosen = np.broadcast_to(np.atleast_2d(np.asarray(probabilities, float)), (cells, np.shape(probabilities)[-1]))
    if size * 8 <= HELD_BYTES:
        values = np.concatenate(list(pieces()), axis=1)
        out = np.full(chosen.shape, np.nan)
        for k, row in enumerate(values):
            known = row[np.isfinite(row)]
            if len(known):
                out[k] = np.quantile(known, chosen[k])
        return out, np.zeros(cells)
    low, high = np.full(cells, np.inf), np.full(cells, -np.inf)
    for piece in pieces():
        low = np.fmin(low, np.nanmin(np.where(np.isfinite(piece), piece, np.inf), axis=1))
        high = np.fmax(high, np.nanmax(np.where(np.isfinite(piece), piece, -np.inf), axis=1))
    bins = max(64, min(1 << 16, CELLS // cells))
    width = np.where(high > low, (high - low) / bins, 1.0)
    counts = np.zeros((cells, bins), np.int64)
    for piece in pieces():
        for k, row in enumerate(piece):
            place = ((row[np.isfinite(row)] - low[k]) / width[k]).astype(np.int64)
            counts[k] += np.bincount(np.clip(place, 0, bins - 1), minlength=bins)
    edges = low[:, None] + width[:, None] * np.arange(bins + 1)
    return histogram_quantiles(counts, edges, chosen), width


def histogram_quantiles(counts: np.ndarray, edges: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """Quantiles [cells, q] of histograms [cells, bins] with limits [cells, bins + 1], values spread evenly in a bin."""
    out = np.full((len(counts), probabilities.shape[-1]), np.nan)
    for k, row in enumerate(counts):
        total = row.sum()
        if total == 0:
            continue
        cumulative = np.concatenate([[0], np.cumsum(row)]) / total
        at = np.clip(np.searchsorted(cumulative, probabilities[k], side="left"), 1, len(row))
        # The first bin that holds something, where the probability is 0.
        at = np.where(probabilities[k] <= 0, np.flatnonzero(row)[0] + 1, at)
        inside = row[at - 1] / total
        share = np.where(inside > 0, (probabilities[k] - cumulative[at - 1]) / np.where(inside > 0, inside, 1), 0)
        out[k] = edges[k, at - 1] + share * (edges[k, at] - edges[k, at - 1])
    return out


def rank_limits(probability: float, units: float, level: float = 0.95) -> tuple[float, float]:
    """Probabilities between whose quantiles a quantile lies with that confidence, for so many independent units.

    By order statistics of a sample of that size (binomial); NaN where the sample is too small to hold such a limit.
    """
    from scipy.stats import binom

    lower, upper = tails(level)
    n = int(units)
    if n < 2:
        return (np.nan, np.nan)
    low = float(binom.ppf(lower, n, probability))
    high = float(binom.ppf(upper, n, probability)) + 1
    return (
        (low - 1) / (n - 1) if low >= 1 else np.nan,
        (high - 1) / (n - 1) if high <= n else np.nan,
    )
