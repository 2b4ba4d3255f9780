"""Axes, colours and units that all plots share.

Colours are those of Okabe and Ito (2008), which people of every colour vision tell apart; where order matters, a
map that grows evenly lighter. Hatching, hollow marks and labels repeat what colours say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator

BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
SKY, AMBER, GREY = "#56B4E9", "#E69F00", "#767676"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, AMBER, GREY)
SEQUENTIAL = "cividis"
LINES = ("-", (0, (6, 2)), (0, (1, 1.2)), (0, (7, 2, 1, 2)))
HATCHES = ("", "///", "...", "xxx")

_CURRENCY = re.compile(r"^[A-Z]{3}$")


def axes_of(ax: Axes | None, width: float = 7, height: float = 4) -> Axes:
    """The axes to draw on: those given, else those of a new figure of that size in inches."""
    if ax is None:
        _, ax = plt.subplots(figsize=(width, height), layout="constrained")
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    return ax


def label(name: object) -> str:
    return str(name).replace("_", " ")


def readable(unit: str, values: Iterable[float]) -> tuple[float, str]:
    """What to divide by so that numbers are short, and the unit that they then have.

    >>> readable("USD", [25_000_000])
    (1000000.0, 'million USD')
    >>> readable("week", [3])
    (1.0, 'week')
    """
    known = np.abs(np.asarray(list(values), float))
    known = known[np.isfinite(known)]
    largest = known.max() if len(known) else 0
    if _CURRENCY.match(unit):
        for factor, word in ((1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
            if largest >= factor:
                return factor, f"{word} {unit}"
    return 1.0, unit


def quantity(name: str, unit: str) -> str:
    return label(name) if unit in ("1", "") else f"{label(name)} ({unit})"


def colour(k: int) -> str:
    return COLOURS[k % len(COLOURS)]


def columns_of(series: pd.Series, level: str) -> pd.DataFrame:
    """A level of the index as columns; rows and columns in the order in which they come."""
    table = series.unstack(level)
    rows = table.index.name
    return table.loc[series.index.unique(rows), series.index.unique(level)]


def line(k: int) -> dict[str, Any]:
    """Colour and pattern of the k-th line: who sees no colours tells them by their dashes."""
    return {"color": colour(k), "linestyle": LINES[k % len(LINES)]}


def bar(k: int) -> dict[str, Any]:
    """Colour and hatching of the k-th kind of bar."""
    return {"color": colour(k), "hatch": HATCHES[k % len(HATCHES)], "edgecolor": "white"}


def legend_above(ax: Axes, title: str = "") -> None:
    """A legend in rows between the axes and their title, where it hides nothing."""
    words = ax.get_legend_handles_labels()[1]
    # Letters of the legend's size that fit above the axes.
    letters = 15 * ax.bbox.width / ax.figure.dpi
    columns = int(np.clip(letters // (max(map(len, words)) + 5), 1, len(words)))
    rows = -(-len(words) // columns)
    ax.set_title(title, loc="left", pad=8 + 16 * rows)
    ax.legend(
        frameon=False,
        loc="lower left",
        bbox_to_anchor=(-0.01, 1),
        ncols=columns,
        borderaxespad=0.1,
        columnspacing=1.2,
        handlelength=1.8,
    )


def weeks_in_years(ax: Axes, ds: xr.Dataset, steps: np.ndarray) -> None:
    """A tick a year (or every few) where a step is a week and the axis counts steps."""
    if float(ds.attrs.get("days_per_step", 0)) == 7 and steps.dtype.kind in "iu" and np.ptp(steps) >= 104:
        ax.xaxis.set_major_locator(MultipleLocator(52 * max(1, round(np.ptp(steps) / 52 / 8))))
