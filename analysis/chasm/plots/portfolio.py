"""What becomes of initiatives, and what tells early."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from ..process import early_warning as early_warning_of
from ..process import funnel as funnel_of
from ..statistics import Arms
from .canvas import BLUE, GREY, axes_of, bar, columns_of, label, legend_above


def funnel(ds: xr.Dataset, *, arms: Arms = None, ax: Axes | None = None) -> Axes:
    """Of a hundred initiatives that start, how many pass each gate and come into use, by arm.

    Examples
    --------
    >>> ax = chasm.plots.funnel(chasm.open(results), arms=["nothing", "council"])
    >>> ax.get_xlabel()
    'of a hundred that started'
    """
    table = columns_of(funnel_of(ds, arms=arms)["share"], "stage") * 100
    ax = axes_of(ax, 7, 0.3 * table.size + 1.2)
    thick = 0.8 / len(table)
    rows = np.arange(table.shape[1])
    for k, (name, shares) in enumerate(table.iterrows()):
        at = rows + (k - (len(table) - 1) / 2) * thick
        ax.barh(at, shares, thick * 0.92, **bar(k), label=label(name))
        for y, share in zip(at, shares, strict=True):
            ax.text(share + 1, y, f"{share:.0f}", va="center", fontsize=8)
    ax.set_yticks(rows, [str(stage) for stage in table.columns])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(0, 108)
    ax.set_xlabel("of a hundred that started")
    legend_above(ax)
    return ax


def early_warning(ds: xr.Dataset, arm: str | int = 0, *, least: int = 20, ax: Axes | None = None) -> Axes:
    """The share of initiatives that came into use, by their indicator at 26 weeks.

    Cells of fewer than `least` initiatives are left out; the dashed line is the share of all.

    Examples
    --------
    >>> ax = chasm.plots.early_warning(chasm.open(results))
    >>> ax.get_xlabel()
    'leading indicator 26 weeks after the start'
    """
    ax = axes_of(ax)
    table = early_warning_of(ds, arm=arm)
    table = table[table["initiatives"] >= least]
    middle = table.index.to_numpy() + 0.5 / len(early_warning_of(ds, arm=arm))
    ax.vlines(middle, table["low"], table["high"], color=BLUE, linewidth=1.4)
    ax.plot(middle, table["in_use"], "o-", color=BLUE)
    everything = early_warning_of(ds, arm=arm)
    overall = (everything["in_use"] * everything["initiatives"]).sum() / max(everything["initiatives"].sum(), 1)
    ax.axhline(overall, color=GREY, linestyle="--", linewidth=1)
    ax.annotate(
        "all initiatives", (1, overall), xycoords=("axes fraction", "data"), ha="right", va="bottom", color=GREY
    )
    ax.set_xlabel("leading indicator 26 weeks after the start")
    ax.set_ylabel("share in use by week 156")
    ax.set_ylim(0, None)
    ax.set_xlim(0, 1)
    return ax


__all__ = ["early_warning", "funnel"]
