"""Where value goes."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from ..process import NEVER_THERE
from ..process import waterfall as waterfall_of
from ..report.words import CAUSES
from .canvas import BLUE, GREEN, GREY, ORANGE, axes_of, columns_of, label, legend_above


def waterfall(
    ds: xr.Dataset,
    arm: str | int = 0,
    compare: str | int | None = None,
    *,
    least: float = 0.005,
    ax: Axes | None = None,
) -> Axes:
    """Of a hundred that AI could bring: what each cause takes, down to what is realised; beside it another arm.

    Parameters
    ----------
    compare
        Second arm, drawn hatched below the first.
    least
        Causes that take a smaller share in both arms are drawn together.

    Examples
    --------
    >>> ax = chasm.plots.waterfall(chasm.open(results), "nothing", compare="council")
    >>> [text.get_text() for text in ax.get_yticklabels()][-1]
    'arrives as value'
    """
    arms = [arm] if compare is None else [arm, compare]
    lost = columns_of(waterfall_of(ds, arms=arms)["share"], "cause") * 100
    lost = lost.drop(columns=[NEVER_THERE], errors="ignore")
    causes = [cause for cause in lost.columns if cause != "realised"]
    small = [cause for cause in causes if (lost[cause] < 100 * least).all()]
    causes = sorted((c for c in causes if c not in small), key=lambda c: -lost[c].iloc[0])
    rows = causes + (["other causes"] if small else []) + ["realised"]
    ax = axes_of(ax, 7, 0.32 * len(rows) + 1.2)
    thick = 0.8 / len(arms)
    for k, name in enumerate(lost.index):
        left = 100.0
        for row, cause in enumerate(rows):
            share = float(lost.loc[name, small].sum() if cause == "other causes" else lost.loc[name, cause])
            kept = cause == "realised"
            ax.barh(
                row + (k - (len(arms) - 1) / 2) * thick,
                share,
                thick * 0.92,
                left=0 if kept else left - share,
                color=GREEN if kept else (BLUE if k == 0 else ORANGE),
                hatch=None if k == 0 else "///",
                edgecolor="white",
                label=label(name) if row == 0 else None,
            )
            x = share if kept else left
            ax.text(x + 0.7, row + (k - (len(arms) - 1) / 2) * thick, f"{share:.1f}", va="center", fontsize=8)
            left -= 0 if kept else share
    ax.set_yticks(np.arange(len(rows)), [_in_words(row) for row in rows])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(0, 108)
    ax.set_xlabel("of a hundred that AI could bring")
    ax.axvline(0, color=GREY, linewidth=0.8)
    if compare is not None:
        legend_above(ax)
    else:
        ax.set_title(label(lost.index[0]), loc="left")
    return ax


def _in_words(cause: str) -> str:
    return CAUSES[cause][1] if cause in CAUSES else label(cause)


__all__ = ["waterfall"]
