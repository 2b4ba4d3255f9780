"""What a result says: by arm, world by world against a baseline, as odds and as quantiles, each with its interval.

All read the file piece by piece; all leave out worlds that failed and say how many. Intervals are of 95 % unless asked
otherwise, over independent futures (`chasm.moments`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from . import sketches
from .blocks import WORLD, Worlds, arm_numbers, as_result, worlds
from .errors import no_worlds
from .moments import Moments, half_width, moments, probabilities_of, rank_limits, tails, unit_means
from .moments import quantiles as stream_quantiles

Arms = Sequence[str | int] | None


def table(ds: xr.Dataset, *metrics: str, arms: Arms = None, parameters: bool = False) -> pd.DataFrame:
    """Worlds as a tidy table, one row a world that came to its end.

    Parameters
    ----------
    metrics
        Names; all metrics of the result where none is given. Money that the file keeps in cents comes in whole units.
    parameters
        Also the columns of the parameters that vary, by exact name.

    Returns
    -------
    pandas.DataFrame
        Columns `arm`, `future`, `replication`, then one a metric (and parameter).

    Raises
    ------
    UnknownName
        A metric or arm that the result does not have.

    Examples
    --------
    >>> chasm.table(chasm.open(results), "net_present_value").columns.tolist()
    ['arm', 'future', 'replication', 'net_present_value']
    """
    ds = as_result(ds)
    if not sketches.keeps_worlds(ds):
        raise no_worlds("a table of worlds")
    names = list(metrics) or [str(n) for n, v in ds.data_vars.items() if v.dims == WORLD and "metric" in v.attrs]
    chosen = arm_numbers(ds, arms)
    sizes = (len(chosen), ds.sizes["future"], ds.sizes["replication"])
    labels = (ds["arm"].values[chosen].astype(str), ds["future"].values, ds["replication"].values)
    columns: dict[str, np.ndarray] = {
        dim: np.broadcast_to(np.reshape(label, [-1 if k == axis else 1 for k in range(3)]), sizes).ravel()
        for axis, (dim, label) in enumerate(zip(WORLD, labels, strict=True))
    }
    whole = slice(0, ds.sizes["future"])
    for name in names:
        source = worlds(ds, name, arms)
        columns[name] = source.read(whole, source.arms).ravel()
    if parameters:
        for variable in ds.data_vars.values():
            if "parameter" in variable.attrs and variable.dims in (("future",), ("arm",)):
                values = variable.values
                values = values[None, :, None] if variable.dims == ("future",) else values[chosen][:, None, None]
                columns[str(variable.attrs["parameter"])] = np.broadcast_to(values, sizes).ravel()
    ok = ds["status"].values[chosen].ravel() == 1
    return pd.DataFrame({name: column[ok] for name, column in columns.items()})


def summary(ds: xr.Dataset, metric: str, *, arms: Arms = None, level: float = 0.95) -> pd.DataFrame:
    """A metric by arm: `mean`, its `standard_error` and interval (`low`, `high`), `sd` of worlds, counts.

    `futures` counts independent units, `worlds` those with a value, `left_out` those that failed or have none.

    >>> chasm.summary(chasm.open(results), "spending").columns.tolist()
    ['mean', 'standard_error', 'low', 'high', 'sd', 'futures', 'worlds', 'left_out']
    """
    if not sketches.keeps_worlds(ds):
        return sketches.summary(ds, metric, arms, level)
    source = worlds(ds, metric, arms)
    of_worlds = Moments(len(source.arms))
    found = moments(_noting(source, of_worlds))
    half = half_width(found.error, found.count, level)
    size = source.ds.sizes["future"] * source.ds.sizes["replication"]
    frame = pd.DataFrame(
        {
            "mean": found.means,
            "standard_error": found.error,
            "low": found.means - half,
            "high": found.means + half,
            "sd": np.sqrt(of_worlds.variance),
            "futures": found.count.astype(int),
            "worlds": of_worlds.count.astype(int),
            "left_out": (size - of_worlds.count).astype(int),
        },
        index=source.index(),
    )
    frame.attrs = {"metric": metric, "unit": source.unit, "level": level}
    return frame


def differences(ds: xr.Dataset, metric: str, baseline: str | int = 0, *, arms: Arms = None) -> xr.DataArray:
    """Each world less its partner in the baseline: same future, same luck. On (arm, future, replication), in memory.

    >>> chasm.differences(chasm.open(results), "net_present_value").dims
    ('arm', 'future', 'replication')
    """
    source = worlds(ds, metric, arms, baseline)
    values = np.concatenate([block for _, block in source.blocks()], axis=1)
    about = {
        "units": source.unit,
        "long_name": f"{source.variable.attrs.get('long_name', metric)}, less that of "
        f"{source.ds['arm'].values[source.baseline]}",
    }
    coordinates = {"arm": source.names, "future": source.ds["future"], "replication": source.ds["replication"]}
    return xr.DataArray(values, coordinates, WORLD, f"{metric}_difference", about)


def paired(
    ds: xr.Dataset, metric: str, baseline: str | int = 0, *, arms: Arms = None, level: float = 0.95
) -> pd.DataFrame:
    """What an arm changes, world by world: differences against an arm that shares its futures and its luck.

    Parameters
    ----------
    metric
        Name of a metric, as in the file or exact.
    baseline
        Name or number of the arm that is subtracted; the first one by default.
    arms
        Which arms; all others by default.
    level
        Confidence of the interval.

    Returns
    -------
    pandas.DataFrame
        By arm: `mean`, `standard_error`, `low`, `high` in the metric's unit; `above_zero`, the share of pairs that are;
        `variance_reduction`, how many times more futures an unpaired comparison would need for the same error;
        `futures` (independent units), `pairs`, and `left_out`, pairs of which a world failed or has no value.

    Raises
    ------
    UnknownName
        A metric or arm that the result does not have.
    NotPossible
        The result has one arm.

    Examples
    --------
    >>> effect = chasm.paired(chasm.open(results), "net_present_value", baseline="nothing")
    >>> bool((effect["variance_reduction"] > 0).all())
    True
    """
    if not sketches.keeps_worlds(ds):
        return sketches.paired(ds, metric, baseline, arms, level)
    source = worlds(ds, metric, arms, baseline)
    alone = worlds(ds, metric, source.arms)
    against = worlds(ds, metric, [source.baseline or 0])
    of_pairs, above = Moments(len(source.arms)), np.zeros(len(source.arms))
    found = moments(_noting(source, of_pairs, above))
    # As many units where a partner is missing count in neither: the ratio is of the same futures up to failures.
    apart = moments(unit_means(alone)).variance + moments(unit_means(against)).variance
    half = half_width(found.error, found.count, level)
    size = source.ds.sizes["future"] * source.ds.sizes["replication"]
    with np.errstate(divide="ignore", invalid="ignore"):
        frame = pd.DataFrame(
            {
                "mean": found.means,
                "standard_error": found.error,
                "low": found.means - half,
                "high": found.means + half,
                "above_zero": above / of_pairs.count,
                "variance_reduction": apart / found.variance,
                "futures": found.count.astype(int),
                "pairs": of_pairs.count.astype(int),
                "left_out": (size - of_pairs.count).astype(int),
            },
            index=source.index(),
        )
    name = str(source.ds["arm"].values[source.baseline])
    frame.attrs = {"metric": metric, "unit": source.unit, "baseline": name, "level": level}
    return frame


def _noting(source: Worlds, of_worlds: Moments, above: np.ndarray | None = None, limit: float = 0) -> Iterator:
    def note(block: np.ndarray) -> np.ndarray:
        of_worlds.add(block.reshape(len(block), -1))
        if above is not None:
            above[:] += (block > limit).reshape(len(block), -1).sum(axis=1)
        return block

    return unit_means(source, note)


def frequencies(
    ds: xr.Dataset,
    metric: str,
    above: float = 0,
    *,
    baseline: str | int | None = None,
    arms: Arms = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """In how many futures a metric (or, with a baseline, its difference) exceeds a limit, in natural frequencies.

    Returns
    -------
    pandas.DataFrame
        By arm: `share`, `low`, `high` (Wilson's interval; where worlds of a future are alike, it counts futures, not
        worlds), `words` ("14 of 20", rounded to what the number of futures allows), `futures`, `worlds`.

    Examples
    --------
    >>> odds = chasm.frequencies(chasm.open(results), "net_present_value", baseline="nothing")
    >>> bool(odds["words"].str.contains(" of ").all())
    True
    """
    about: dict[Any, Any] = {"metric": metric, "above": above, "level": level}
    if not sketches.keeps_worlds(ds):
        if baseline is not None:
            raise no_worlds("in how many worlds a difference exceeds a limit")
        kept, share, width = sketches.share_above(ds, metric, above, arms)
        independent = np.full(len(share), kept.units)
        frame = _in_frequencies(share, independent, independent, kept.count("worlds"), kept.index(), level)
        frame.attrs = about | {"unit": kept.unit, "resolution": width}
        return frame
    source = worlds(ds, metric, arms, baseline)
    of_worlds, counted = Moments(len(source.arms)), np.zeros(len(source.arms))

    def exceeds(block: np.ndarray) -> np.ndarray:
        of_worlds.add(block.reshape(len(block), -1))
        counted[:] += (block > above).reshape(len(block), -1).sum(axis=1)
        return np.where(np.isfinite(block), (block > above).astype(float), np.nan)

    found = moments(unit_means(source, exceeds))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = counted / of_worlds.count
        # As many independent worlds as would have this error.
        effective = np.where(found.error > 0, share * (1 - share) / found.error**2, found.count)
    effective = np.minimum(effective, of_worlds.count)
    frame = _in_frequencies(share, effective, found.count, of_worlds.count, source.index(), level)
    frame.attrs = about | {"unit": source.unit}
    return frame


def _in_frequencies(
    share: np.ndarray, effective: np.ndarray, futures: np.ndarray, of_worlds: np.ndarray, index: pd.Index, level: float
) -> pd.DataFrame:
    from .report.numbers import Odds

    low, high = wilson(share, effective, level)
    words = [Odds(s, int(n), {}) for s, n in zip(share, futures, strict=True)]
    return pd.DataFrame(
        {
            "share": share,
            "low": low,
            "high": high,
            "words": [f"{o.numerator} of {o.denominator}" if o.known else "not known" for o in words],
            "futures": futures.astype(int),
            "worlds": of_worlds.astype(int),
        },
        index=index,
    )


def wilson(share: np.ndarray, n: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's interval of a share of n."""
    from scipy.stats import norm

    z = norm.ppf(tails(level)[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def quantiles(
    ds: xr.Dataset,
    metric: str,
    q: Sequence[float] | np.ndarray = (0.05, 0.25, 0.5, 0.75, 0.95),
    *,
    baseline: str | int | None = None,
    arms: Arms = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Quantiles of all worlds of an arm (or of the differences against a baseline), with intervals.

    Returns
    -------
    pandas.DataFrame
        By (arm, quantile): `value`, `low`, `high` in the metric's unit. The interval is that of order statistics of as
        many independent worlds as there are futures, so it is too wide where replications tell something new; NaN where
        the futures are too few to hold such a limit.
        `attrs["resolution"]` is 0 where values are exact; above 512 MB they come from bins of that width.

    Examples
    --------
    >>> chasm.quantiles(chasm.open(results), "net_present_value", [0.1, 0.9]).index.names
    FrozenList(['arm', 'quantile'])
    """
    probabilities = probabilities_of(q)
    if not sketches.keeps_worlds(ds):
        if baseline is not None:
            raise no_worlds("quantiles of differences")
        return sketches.quantiles(ds, metric, probabilities, arms, level)
    source = worlds(ds, metric, arms, baseline)
    units = moments(unit_means(source)).count
    limits = np.array([[rank_limits(p, n, level) for p in probabilities] for n in units])
    asked = np.concatenate(
        [
            np.broadcast_to(probabilities, (len(units), len(probabilities))),
            np.nan_to_num(limits[:, :, 0]),
            np.nan_to_num(limits[:, :, 1], nan=1),
        ],
        axis=1,
    )
    size = len(source.arms) * source.ds.sizes["future"] * source.ds.sizes["replication"]
    pieces = lambda: (block.reshape(len(block), -1) for _, block in source.blocks())  # noqa: E731
    values, width = stream_quantiles(pieces, len(units), size, asked)
    k = len(probabilities)
    known = np.isfinite(limits)
    frame = pd.DataFrame(
        {
            "value": values[:, :k].ravel(),
            "low": np.where(known[:, :, 0], values[:, k : 2 * k], np.nan).ravel(),
            "high": np.where(known[:, :, 1], values[:, 2 * k :], np.nan).ravel(),
        },
        index=pd.MultiIndex.from_product([source.names, probabilities], names=["arm", "quantile"]),
    )
    frame.attrs = {"metric": metric, "unit": source.unit, "level": level, "resolution": float(width.max())}
    return frame
