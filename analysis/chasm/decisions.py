"""Choosing among arms: regret by future, and what cannot be had cheaper or safer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import xarray as xr

from .blocks import as_result, worlds
from .errors import NotPossible
from .moments import half_width, moments, unit_means
from .moments import quantiles as stream_quantiles
from .statistics import Arms, paired, quantiles


def _regret_pieces(ds: xr.Dataset, metric: str, arms: Arms, larger_is_better: bool) -> Iterator[np.ndarray]:
    for means in unit_means(worlds(ds, metric, arms)):
        means = means if larger_is_better else -means
        # A future counts where every arm has a value: regret compares all of them.
        yield np.where(np.isfinite(means).all(axis=0), means.max(axis=0) - means, np.nan)


def _check(ds: xr.Dataset, metric: str, arms: Arms) -> list[str]:
    names = worlds(ds, metric, arms).names
    if len(names) < 2:
        raise NotPossible("regret compares arms (there is one) give two or more")
    return names


def regret(
    ds: xr.Dataset,
    metric: str = "net_present_value",
    *,
    arms: Arms = None,
    larger_is_better: bool = True,
    level: float = 0.95,
) -> pd.DataFrame:
    """What choosing an arm gives up against the arm that would have been best in a future, luck averaged.

    Returns
    -------
    pandas.DataFrame
        By arm, least regretted first: `mean`, `standard_error`, `low`, `high`, `median`, `p90`, `largest` in the
        metric's unit; `best`, the share of futures in which the arm is (among) the best. Futures in which an arm has
        no value are left out. With few replications the best of each future is partly luck, so regret is overstated.

    Examples
    --------
    >>> chasm.regret(chasm.open(results), arms=["nothing", "council"]).columns.tolist()
    ['mean', 'standard_error', 'low', 'high', 'median', 'p90', 'largest', 'best']
    """
    ds = as_result(ds)
    names = _check(ds, metric, arms)
    best = np.zeros(len(names))

    def noting() -> Iterator[np.ndarray]:
        for piece in _regret_pieces(ds, metric, arms, larger_is_better):
            best[:] += (piece == 0).sum(axis=1)
            yield piece

    found = moments(noting())
    size = len(names) * ds.sizes["future"] * (ds.sizes["replication"] if ds.sizes["future"] == 1 else 1)
    at, _ = stream_quantiles(
        lambda: _regret_pieces(ds, metric, arms, larger_is_better), len(names), size, (0.5, 0.9, 1.0)
    )
    half = half_width(found.error, found.count, level)
    frame = pd.DataFrame(
        {
            "mean": found.means,
            "standard_error": found.error,
            "low": found.means - half,
            "high": found.means + half,
            "median": at[:, 0],
            "p90": at[:, 1],
            "largest": at[:, 2],
            "best": best / np.maximum(found.count, 1),
        },
        index=pd.Index(names, name="arm"),
    ).sort_values("mean")
    frame.attrs = {"metric": metric, "unit": worlds(ds, metric).unit, "level": level}
    return frame


def regrets(
    ds: xr.Dataset, metric: str = "net_present_value", *, arms: Arms = None, larger_is_better: bool = True
) -> xr.DataArray:
    """Regret of each arm in each future, on (arm, future), in memory; futures that share luck are one.

    >>> chasm.regrets(chasm.open(results)).dims
    ('arm', 'future')
    """
    ds = as_result(ds)
    names = _check(ds, metric, arms)
    values = np.concatenate(list(_regret_pieces(ds, metric, arms, larger_is_better)), axis=1)
    unit = worlds(ds, metric).unit
    return xr.DataArray(values, {"arm": names}, ("arm", "future"), "regret", {"units": unit, "metric": metric})


def frontier(
    ds: xr.Dataset,
    cost: str = "lever_spending",
    value: str = "net_present_value",
    *,
    baseline: str | int = 0,
    at_risk: float = 0.1,
    arms: Arms = None,
) -> pd.DataFrame:
    """Arms by what they cost and what they bring in bad futures, both against the baseline; the efficient ones marked.

    Parameters
    ----------
    cost, value
        Metrics; cost is better low, value better high.
    at_risk
        Value at risk: the quantile of the difference in value below which that share of worlds lies.

    Returns
    -------
    pandas.DataFrame
        By arm, cheapest first: `cost`, `cost_error`, `value`, `value_error` (means and one standard error),
        `value_at_risk`, and `efficient`: no arm is as cheap and brings more at risk.

    Examples
    --------
    >>> bool(chasm.frontier(chasm.open(results), baseline="nothing")["efficient"].any())
    True
    """
    costs, values = paired(ds, cost, baseline, arms=arms), paired(ds, value, baseline, arms=arms)
    low = quantiles(ds, value, [at_risk], baseline=baseline, arms=arms)["value"].droplevel("quantile")
    frame = pd.DataFrame(
        {
            "cost": costs["mean"],
            "cost_error": costs["standard_error"],
            "value": values["mean"],
            "value_error": values["standard_error"],
            "value_at_risk": low,
        }
    ).sort_values(["cost", "value_at_risk"], ascending=[True, False])
    best = frame["value_at_risk"].cummax()
    frame["efficient"] = (frame["value_at_risk"] >= best) & ~frame["value_at_risk"].duplicated()
    frame.attrs = {**values.attrs, "at_risk": at_risk, "cost": cost}
    return frame
