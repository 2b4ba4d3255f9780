"""What interventions change, and what decides about it."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from ..sensitivity import importance, sobol
from ..statistics import Arms, paired
from .canvas import BLUE, GREY, ORANGE, axes_of, label, legend_above, quantity, readable


def effects(
    ds: xr.Dataset,
    metric: str = "net_present_value",
    baseline: str | int = 0,
    *,
    arms: Arms = None,
    level: float = 0.95,
    ax: Axes | None = None,
) -> Axes:
    """Mean paired difference of each arm against the baseline with its interval, the largest on top.

    Filled where the interval leaves zero out.

    Examples
    --------
    >>> ax = chasm.plots.effects(chasm.open(results), "net_present_value", "nothing")
    >>> ax.get_title(loc="left")
    'differences against nothing'
    """
    table = paired(ds, metric, baseline, arms=arms, level=level).sort_values("mean")
    ax = axes_of(ax, 7, 0.26 * len(table) + 1.2)
    factor, unit = readable(table.attrs["unit"], table[["low", "high", "mean"]].to_numpy().ravel())
    rows = np.arange(len(table))
    mean, low, high = (table[column].to_numpy() / factor for column in ("mean", "low", "high"))
    ax.hlines(rows, low, high, color=BLUE, linewidth=1.6)
    sure = (low > 0) | (high < 0)
    ax.scatter(mean[sure], rows[sure], color=BLUE, zorder=3)
    ax.scatter(mean[~sure], rows[~sure], facecolor="white", edgecolor=BLUE, zorder=3)
    ax.axvline(0, color=GREY, linewidth=1)
    ax.set_yticks(rows, [label(name) for name in table.index])
    ax.set_ylim(-0.7, len(rows) - 0.3)
    ax.set_xlabel(f"{quantity(metric, unit)}, mean and {100 * level:g} % interval")
    ax.set_title(f"differences against {label(table.attrs['baseline'])}", loc="left")
    return ax


def tornado(
    ds: xr.Dataset,
    metric: str,
    arm: str | int = 0,
    *,
    baseline: str | int | None = None,
    most: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """Mean of a metric where a parameter is in its lowest and in its highest third, for those that move it most.

    Examples
    --------
    >>> ax = chasm.plots.tornado(chasm.open(results), "net_present_value", most=5)
    >>> len(ax.get_yticks())
    5
    """
    table = importance(ds, metric, arm=arm, baseline=baseline)
    width = (table["high_third"] - table["low_third"]).abs()
    table = table.assign(width=width).sort_values("width").tail(most)
    ax = axes_of(ax, 7, 0.3 * len(table) + 1.2)
    factor, unit = readable(table.attrs["unit"], table[["low_third", "high_third"]].to_numpy().ravel())
    rows = np.arange(len(table))
    low, high = table["low_third"].to_numpy() / factor, table["high_third"].to_numpy() / factor
    middle = (low + high) / 2
    ax.barh(rows, low - middle, left=middle, color=ORANGE, label="in the lowest third of the parameter")
    ax.barh(rows, high - middle, left=middle, color=BLUE, hatch="///", edgecolor="white", label="in the highest")
    ax.set_yticks(rows, [str(name) for name in table.index])
    ax.set_ylim(-0.6, len(rows) - 0.4)
    against = "" if baseline is None else f" against {label(baseline)}"
    ax.set_xlabel(f"{quantity(metric + against, unit)}, mean")
    legend_above(ax)
    return ax


def sobol_bars(
    ds: xr.Dataset,
    metric: str,
    arm: str | int = 0,
    *,
    baseline: str | int | None = None,
    most: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """First-order and total Sobol' indices with their intervals, the largest on top; needs the design `saltelli`.

    Examples
    --------
    >>> ax = chasm.plots.sobol_bars(chasm.open(saltelli), "code_knowledge")
    >>> ax.get_xlabel()
    'share of the variance of code knowledge'
    """
    table = sobol(ds, metric, arm=arm, baseline=baseline).head(most).iloc[::-1]
    ax = axes_of(ax, 7, 0.36 * len(table) + 1.2)
    rows = np.arange(len(table))
    for offset, kind, color, hatch, words in (
        (0.19, "first", BLUE, None, "on its own"),
        (-0.19, "total", ORANGE, "///", "with its interactions"),
    ):
        value = table[kind].to_numpy()
        spread = np.abs(table[[f"{kind}_low", f"{kind}_high"]].to_numpy().T - value)
        ax.barh(rows + offset, value, 0.36, color=color, hatch=hatch, edgecolor="white", label=words, xerr=spread)
    ax.set_yticks(rows, [str(name) for name in table.index])
    ax.axvline(0, color=GREY, linewidth=1)
    ax.set_ylim(-0.6, len(rows) - 0.4)
    ax.set_xlabel(f"share of the variance of {label(metric)}")
    legend_above(ax)
    return ax


__all__ = ["effects", "sobol_bars", "tornado"]
