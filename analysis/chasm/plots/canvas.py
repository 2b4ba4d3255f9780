"""Axes, colours and units that all plots share.

Colours are those of Okabe and Ito (2008), which people of every colour vision tell apart; where order matters, a
map that grows evenly lighter. Hatching, hollow marks and labels repeat what colours say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
SKY, AMBER, GREY = "#56B4E9", "#E69F00", "#767676"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, AMBER, GREY)
SEQUENTIAL = "cividis"

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
    (1000000.0, 'MUSD')
    >>> readable("week", [3])
    (1.0, 'week')
    """
    known = np.abs(np.asarray(list(values), float))
    known = known[np.isfinite(known)]
    largest = known.max() if len(known) else 0
    if _CURRENCY.match(unit):
        for factor, prefix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
            if largest >= factor:
                return factor, prefix + unit
    return 1.0, unit


def quantity(name: str, unit: str) -> str:
    return label(name) if unit in ("1", "") else f"{label(name)} ({unit})"


def colour(k: int) -> str:
    return COLOURS[k % len(COLOURS)]
