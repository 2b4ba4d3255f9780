"""Choosing: regret by future, and what is efficient."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from ..decisions import frontier as frontier_of
from ..decisions import regrets
from ..statistics import Arms
from .canvas import BLUE, GREY, ORANGE, SEQUENTIAL, axes_of, label, legend_above, quantity, readable


def regret_map(
    ds: xr.Dataset, metric: str = "net_present_value", *, arms: Arms = None, columns: int = 200, ax: Axes | None = None
) -> Axes:
    """Regret of each arm (least regretted on top) in each future, dark where it is small.

    Futures go from those where the top arm is regretted least to those where most; with more than `columns` of them, a
    column is the mean of several.

    Examples
    --------
    >>> ax = chasm.plots.regret_map(chasm.open(results), arms=["nothing", "council"])
    >>> len(ax.get_yticks())
    2
    """
    table = regrets(ds, metric, arms=arms)
    values = table.values[:, np.isfinite(table.values).all(axis=0)]
    order = np.argsort(values.mean(axis=1))
    values = values[order][:, np.argsort(values[order[0]], kind="stable")]
    parts = np.array_split(values, min(columns, values.shape[1]), axis=1)
    shown = np.column_stack([part.mean(axis=1) for part in parts])
    ax = axes_of(ax, 7, 0.28 * len(order) + 1.4)
    factor, unit = readable(str(table.attrs["units"]), shown.ravel())
    # Few futures hold the largest regrets: shades are for the other nineteen of twenty.
    largest = max(float(np.quantile(shown, 0.95)), float(shown.max()) * 1e-3) / factor
    image = ax.imshow(shown / factor, aspect="auto", cmap=SEQUENTIAL, interpolation="nearest", vmin=0, vmax=largest)
    ax.set_yticks(np.arange(len(order)), [label(name) for name in table["arm"].values[order]])
    ax.set_xticks([])
    ax.set_xlabel(f"{values.shape[1]} futures, by regret of {label(table['arm'].values[order[0]])}")
    ax.figure.colorbar(image, ax=ax, label=quantity("regret", unit), extend="max")
    return ax


def efficient_frontier(
    ds: xr.Dataset,
    cost: str = "lever_spending",
    value: str = "net_present_value",
    *,
    baseline: str | int = 0,
    at_risk: float = 0.1,
    arms: Arms = None,
    ax: Axes | None = None,
) -> Axes:
    """Cost against value at risk (what 9 of 10 exceed), both against the baseline; efficient arms joined and named.

    Examples
    --------
    >>> ax = chasm.plots.efficient_frontier(chasm.open(results), baseline="nothing")
    >>> ax.get_legend() is not None
    True
    """
    table = frontier_of(ds, cost, value, baseline=baseline, at_risk=at_risk, arms=arms)
    ax = axes_of(ax, 7, 4.5)
    factor, unit = readable(table.attrs["unit"], table[["cost", "value_at_risk"]].to_numpy().ravel())
    best, rest = table[table["efficient"]], table[~table["efficient"]]
    ax.scatter(rest["cost"] / factor, rest["value_at_risk"] / factor, facecolor="white", edgecolor=GREY, label="others")
    ax.plot(best["cost"] / factor, best["value_at_risk"] / factor, "o-", color=BLUE, label="efficient")
    ax.axhline(0, color=ORANGE, linewidth=0.8)
    ax.annotate(
        label(table.attrs["baseline"]),
        (1, 0),
        xycoords=("axes fraction", "data"),
        ha="right",
        va="bottom",
        color=ORANGE,
    )
    _name(ax, [(label(name), row["cost"] / factor, row["value_at_risk"] / factor) for name, row in best.iterrows()])
    ax.set_xlabel(quantity(f"{cost}, mean against {label(table.attrs['baseline'])}", unit))
    ax.set_ylabel(quantity(f"{value} that {100 - 100 * at_risk:g} % of worlds exceed", unit))
    legend_above(ax)
    return ax


def _name(ax: Axes, points: list[tuple[str, float, float]], line: float = 11) -> None:
    """Names right of points, one below another where points lie close (`line` points apart), joined to them."""
    low, high = ax.get_ylim()
    height = ax.bbox.height / ax.figure.dpi * 72
    above = np.inf
    for name, x, y in sorted(points, key=lambda point: -point[2]):
        there = (y - low) / (high - low) * height
        at = min(there + 4, above - line)
        above = at
        ax.annotate(
            name,
            (x, y),
            xytext=(16, at - there),
            textcoords="offset points",
            fontsize=8,
            va="center",
            bbox={"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 0.4},
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.5, "shrinkA": 1, "shrinkB": 3},
        )


__all__ = ["efficient_frontier", "regret_map"]
