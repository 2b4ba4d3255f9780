"""What happens on the way: where value goes, how it unfolds, what is in the portfolio, what warns early."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from .blocks import (
    BLOCK_BYTES,
    WORLD,
    Worlds,
    arm_number,
    arm_numbers,
    as_result,
    money_scale,
    outcomes,
    series_variable,
    units_of_luck,
    worlds,
)
from .errors import NotRecorded, unknown
from .moments import Moments, histogram_quantiles, means_of_rows, moments, probabilities_of, unit_means
from .moments import quantiles as stream_quantiles
from .statistics import Arms, wilson

NEVER_THERE = "false_hypothesis"  # believed value that was never there cannot be lost


def waterfall(ds: xr.Dataset, *, arms: Arms = None, baseline: str | int | None = None) -> pd.DataFrame:
    """Where potential value goes, by arm and cause; what is realised is the last cause.

    Parameters
    ----------
    baseline
        Also what an arm changes against this one, world by world: `change`, `change_error`.

    Returns
    -------
    pandas.DataFrame
        By (arm, cause), in the order of the model: `money` (mean of a world, whole currency), `money_error`, `share` of
        the value of true opportunities (they add up to 1 without `false_hypothesis`, which was never there),
        `share_error` (errors: one standard error over futures; NaN where only sums were kept), `meaning`.

    Raises
    ------
    NotRecorded
        Neither `waterfall.*` metrics nor the total `value_by_month` are in the result.

    Examples
    --------
    >>> lost = chasm.waterfall(chasm.open(results))
    >>> lost.drop("false_hypothesis", level="cause")["share"].groupby("arm").sum().round(9).unique().tolist()
    [1.0]
    """
    ds = as_result(ds)
    chosen = arm_numbers(ds, arms)
    bars = {
        str(v.attrs["metric"]).removeprefix("waterfall."): str(n)
        for n, v in ds.data_vars.items()
        if v.dims == WORLD and str(v.attrs.get("metric", "")).startswith("waterfall.")
    }
    if len(bars) > 2 and "realised" in bars:
        return _waterfall_of_metrics(ds, bars, chosen, None if baseline is None else arm_number(ds, baseline))
    if baseline is not None:
        raise NotRecorded(
            'differences of causes need the value of every world (metrics "waterfall.*" are not in the result) put the '
            'group "waterfall" into outputs.metrics, or leave out the baseline'
        )
    if "total_value_by_month" not in ds:
        raise NotRecorded(
            'the result has no waterfall (neither metrics "waterfall.*" nor totals) put the group "waterfall" into '
            'outputs.metrics, or totals = "all" under [outputs]; only some models have one'
        )
    by_month = total(ds, "value_by_month").isel(arm=chosen)
    sums = by_month.sum("month")
    true = sums.sum("cause") - (sums.sel(cause=NEVER_THERE) if NEVER_THERE in sums["cause"] else 0)
    frame = sums.to_dataframe("money").reset_index().set_index(["arm", "cause"])[["money"]]
    frame["money_error"] = np.nan
    frame["share"] = (sums / true).to_dataframe("share")["share"]
    frame["share_error"] = np.nan
    frame["meaning"] = [cause.replace("_", " ") for _, cause in frame.index]
    frame.attrs = {"unit": by_month.attrs["units"]}
    return frame


def _waterfall_of_metrics(ds: xr.Dataset, bars: dict[str, str], arms: list[int], baseline: int | None) -> pd.DataFrame:
    names = [str(name) for name in ds["arm"].values[arms]]
    unit = money_scale(ds[bars["realised"]])[1]
    causes = list(bars)
    within = np.array([cause != NEVER_THERE for cause in causes])
    size = len(causes) * len(arms)

    def pieces(less: int | None = None) -> Iterator[np.ndarray]:
        """[cause x arm, unit]"""
        limit = BLOCK_BYTES // len(bars)
        streams = [unit_means(Worlds(ds, ds[name], arms, less, limit)) for name in bars.values()]
        for parts in zip(*streams, strict=True):
            yield np.stack(parts).reshape(size, -1)

    money = moments(pieces())
    mean = money.means.reshape(len(causes), len(arms))
    whole = mean[within].sum(axis=0)
    share = mean / whole

    def residues() -> Iterator[np.ndarray]:
        for piece in pieces():
            parts = piece.reshape(len(causes), len(arms), -1)
            yield (parts - share[:, :, None] * parts[within].sum(axis=0)).reshape(size, -1)

    share_error = moments(residues()).error.reshape(mean.shape) / whole
    columns: dict[str, np.ndarray] = {
        "money": mean.T.ravel(),
        "money_error": money.error.reshape(mean.shape).T.ravel(),
        "share": share.T.ravel(),
        "share_error": share_error.T.ravel(),
    }
    if baseline is not None:
        change = moments(pieces(baseline))
        columns["change"] = change.means.reshape(mean.shape).T.ravel()
        columns["change_error"] = change.error.reshape(mean.shape).T.ravel()
    meanings = [str(ds[bars[cause]].attrs.get("long_name", cause)).split("lost to: ")[-1] for cause in causes]
    index = pd.MultiIndex.from_product([names, causes], names=["arm", "cause"])
    frame = pd.DataFrame(columns, index=index)
    frame["meaning"] = meanings * len(arms)
    frame.attrs = {"unit": unit}
    return frame


def series(
    ds: xr.Dataset,
    name: str,
    q: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95),
    *,
    arms: Arms = None,
    baseline: str | int | None = None,
) -> xr.Dataset:
    """How a series unfolds: quantiles of worlds at every recorded time, and the mean.

    Parameters
    ----------
    name
        The model's name of the series, as in `[outputs]`.
    baseline
        Differences against this arm, world by world; needs `keep = "full"`.

    Returns
    -------
    xarray.Dataset
        `value` on (arm, time, quantile), `mean` and `standard_error` on (arm, time), in the unit of the series. From
        histograms (`keep = "bands"`) the error is NaN and `attrs["resolution"]` is the width of a bin, within
        which values are known; 0 where values are exact.

    Raises
    ------
    NotRecorded
        The study kept no series, or histograms where differences are asked for.
    UnknownName
        It kept others.

    Examples
    --------
    >>> bands = chasm.series(chasm.open(results), "net_value", [0.1, 0.5, 0.9])
    >>> bands["value"].dims
    ('arm', 'time', 'quantile')
    """
    ds = as_result(ds)
    variable = series_variable(ds, name)
    chosen = arm_numbers(ds, arms)
    against = None if baseline is None else arm_number(ds, baseline)
    if against is not None and arms is None:
        chosen = [arm for arm in chosen if arm != against]
    probabilities = probabilities_of(q)
    coordinates = {
        "arm": ("arm", [str(a) for a in ds["arm"].values[chosen]]),
        "time": ds["time"],
        "step": ("time", ds["step"].values),
        "quantile": ("quantile", probabilities),
    }
    if variable.dims[:3] != WORLD:
        if against is not None:
            raise NotRecorded(
                f'differences of "{name}" need every world\'s values (the study kept histograms) put '
                'keep = "full" into outputs.series and run it again'
            )
        values, mean, error, width = _bands(ds, variable, chosen, probabilities)
    else:
        values, mean, error, width = _full(Worlds(ds, variable, chosen, against), probabilities)
    unit = money_scale(variable)[1]
    about = {"units": unit, "long_name": str(variable.attrs.get("long_name", name))}
    return xr.Dataset(
        {
            "value": (("arm", "time", "quantile"), values, about),
            "mean": (("arm", "time"), mean, about),
            "standard_error": (("arm", "time"), error, {"units": unit}),
        },
        coordinates,
        {"series": name, "resolution": width},
    )


def _bands(ds: xr.Dataset, variable: xr.DataArray, arms: list[int], q: np.ndarray) -> tuple:
    counts = variable.values[arms]
    edges = ds[str(variable.attrs["bin_edges"])].values
    shape = counts.shape[:2]
    flat = counts.reshape(-1, counts.shape[2])
    cells = len(flat)
    values = histogram_quantiles(
        flat, np.broadcast_to(edges, (cells, len(edges))), np.broadcast_to(q, (cells, len(q)))
    ).reshape(*shape, len(q))
    middle = (edges[1:] + edges[:-1]) / 2
    n = counts.sum(axis=2)
    mean = np.where(n > 0, (counts * middle).sum(axis=2) / np.maximum(n, 1), np.nan)
    return values, mean, np.full(shape, np.nan), float(variable.attrs.get("bin_width", edges[1] - edges[0]))


def _full(source: Worlds, q: np.ndarray) -> tuple:
    arms, times = len(source.arms), source.variable.sizes["time"]
    cells = arms * times
    size = cells * source.ds.sizes["future"] * source.ds.sizes["replication"]

    def pieces() -> Iterator[np.ndarray]:
        for _, block in source.blocks():
            yield np.moveaxis(block, 3, 1).reshape(cells, -1)

    values, width = stream_quantiles(pieces, cells, size, q)
    found = Moments(cells)
    one_future = source.ds.sizes["future"] == 1
    luck = units_of_luck(source.ds)
    for part, block in source.blocks():
        by_unit = np.moveaxis(block, 3, 1).reshape(cells, block.shape[1], -1)
        if one_future:
            found.add(by_unit[:, 0])
        elif luck is None:
            found.add(means_of_rows(by_unit))
        else:
            found.add(by_unit.reshape(cells, -1))
        del part
    error = found.error if luck is None else np.full(cells, np.nan)
    shape = (arms, times)
    return values.reshape(*shape, -1), found.means.reshape(shape), error.reshape(shape), float(width.max())


def total(ds: xr.Dataset, name: str) -> xr.DataArray:
    """A total by world that came to its end, on (arm, its axes); money in whole currency.

    >>> chasm.total(chasm.open(results), "gate_decisions").dims
    ('arm', 'gate', 'verdict')
    """
    ds = as_result(ds)
    known = {str(v.attrs["total"]): str(n) for n, v in ds.data_vars.items() if "total" in v.attrs}
    if not known:
        raise NotRecorded('the result has no totals (the study keeps none) put totals = "all" under [outputs]')
    key = known.get(name, name if name in known.values() else None)
    if key is None:
        raise unknown("total of this result", name, known)
    variable = ds[key]
    scale, unit = money_scale(variable)
    if "/100/" in unit:
        scale, unit = 0.01, unit.replace("/100/", "/")
    ran = (
        (ds["status"] == 1).sum(("future", "replication"))
        if "status" in ds
        else outcomes(ds).sel(outcome="ok", drop=True)
    )
    values = variable.astype(float) * scale / ran.where(ran > 0)
    values.attrs = {"units": unit, "long_name": str(variable.attrs.get("long_name", name)), "total": name}
    return values


def portfolio(ds: xr.Dataset) -> xr.DataArray:
    """Initiatives by stage, and active users, at a time: mean of a world, on (arm, month, what).

    >>> "in_use" in chasm.portfolio(chasm.open(results))["what"].values
    True
    """
    values = total(ds, "portfolio_by_month")
    steps = int(ds.attrs["steps"])
    month = -(-steps // values.sizes["month"])
    # Sums over the weeks of a month; the last one may be shorter.
    weeks = np.minimum(month, steps - month * values["month"].values)
    return (values / xr.DataArray(weeks, dims="month")).assign_coords(
        week=("month", month * values["month"].values + weeks)
    )


def adoption(ds: xr.Dataset) -> xr.DataArray:
    """Active users of all solutions at a time, mean of a world, on (arm, month), with coordinate `week`.

    >>> bool((chasm.adoption(chasm.open(results)) >= 0).all())
    True
    """
    return portfolio(ds).sel(what="active_users", drop=True)


def funnel(ds: xr.Dataset, *, arms: Arms = None) -> pd.DataFrame:
    """How many initiatives reach which stage, by arm: decisions at the gates, then what comes into use.

    Returns
    -------
    pandas.DataFrame
        By (arm, stage): `reached`, mean number of a world; `share` of those that started. Stages: started, the gates
        (those that passed), in use.

    >>> chasm.funnel(chasm.open(results)).loc["nothing", "share"].is_monotonic_decreasing
    True
    """
    ds = as_result(ds)
    decisions = total(ds, "gate_decisions")
    chosen = arm_numbers(ds, arms)
    started, live = (moments(unit_means(worlds(ds, name, arms))).means for name in ("started", "went_live"))
    gates = [str(gate) for gate in decisions["gate"].values]
    passed = decisions.sel(verdict="passed").values[chosen]
    reached = np.column_stack([started, passed, live])
    names = [str(name) for name in ds["arm"].values[chosen]]
    stages = ["started", *(f"passed {gate.replace('_', '-')}" for gate in gates), "in use"]
    index = pd.MultiIndex.from_product([names, stages], names=["arm", "stage"])
    with np.errstate(divide="ignore", invalid="ignore"):
        share = reached / reached[:, :1]
    return pd.DataFrame({"reached": reached.ravel(), "share": share.ravel()}, index=index)


def early_warning(ds: xr.Dataset, *, arm: str | int = 0, level: float = 0.95) -> pd.DataFrame:
    """How often initiatives with a weak or strong indicator at 26 weeks were in use by week 156.

    Returns
    -------
    pandas.DataFrame
        By lower end of the indicator's cell: `initiatives` (all worlds), `in_use` (share of them), `low`, `high`
        (Wilson's interval as if initiatives were independent: those of a world are not, so it is a lower bound of
        what is unknown).

    >>> chasm.early_warning(chasm.open(results)).columns.tolist()
    ['initiatives', 'in_use', 'low', 'high']
    """
    ds = as_result(ds)
    if "total_early_warning" not in ds:
        raise NotRecorded(
            'the result has no early warnings (it lacks the total "early_warning") put totals = "all" under [outputs]'
        )
    counts = ds["total_early_warning"][arm_number(ds, arm)]
    n, hits = counts.sum("outcome").values, counts.sel(outcome="in_use").values
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / n
    low, high = wilson(share, n, level)
    cells = counts.sizes["indicator"]
    index = pd.Index(np.arange(cells) / cells, name="indicator")
    return pd.DataFrame({"initiatives": n, "in_use": share, "low": low, "high": high}, index=index)


__all__ = ["adoption", "early_warning", "funnel", "portfolio", "series", "total", "waterfall"]
