"""What may come out: dots to count, and the chance of more than a target."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from ..blocks import worlds
from ..errors import NotPossible
from ..moments import unit_means
from ..statistics import Arms, frequencies, quantiles, wilson
from .canvas import BLUE, GREY, ORANGE, axes_of, colour, label, legend_above, line, quantity, readable


def quantile_dotplot(
    ds: xr.Dataset,
    metric: str,
    arm: str | int = 0,
    *,
    baseline: str | int | None = None,
    dots: int = 20,
    target: float = 0,
    ax: Axes | None = None,
) -> Axes:
    """So many dots, each as likely as another: count those beyond the target (Kay et al. 2016).

    Parameters
    ----------
    metric, arm, baseline
        A metric of an arm, or its difference against a baseline.
    dots
        How many equally likely futures to show.
    target
        In the metric's unit; dots below it are hollow.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = chasm.plots.quantile_dotplot(chasm.open(results), "net_present_value", "council", baseline="nothing")
    >>> len(ax.collections)
    2
    """
    if dots < 1:
        raise NotPossible(f"{dots} dots cannot be counted (each is an equally likely future) give 20, or 10 or 50")
    ax = axes_of(ax, 7, 2.6)
    at = quantiles(ds, metric, (np.arange(dots) + 0.5) / dots, baseline=baseline, arms=[arm])
    unit = at.attrs["unit"]
    values = at["value"].to_numpy()
    factor, shown = readable(unit, values)
    values, limit = values / factor, target / factor
    width = max(np.ptp(values), 1e-12) / (2.4 * np.sqrt(dots))
    above = values > limit
    # Dots whose places overlap are stacked; no stack holds dots of both sides of the target.
    column = np.where(above, np.ceil((values - limit) / width), np.floor((values - limit) / width) + 1)
    height = np.array([np.sum((column[:k] == c) & (above[:k] == above[k])) for k, c in enumerate(column)])
    places = limit + (column - 0.5) * width
    size = 2600 / dots
    ax.scatter(places[above], height[above] + 0.5, s=size, color=BLUE, zorder=3, label=f"above {limit:g}")
    ax.scatter(
        places[~above], height[~above] + 0.5, s=size, facecolor="white", edgecolor=ORANGE, linewidth=1.6, zorder=3
    )
    ax.axvline(limit, color=GREY, linewidth=1)
    name = worlds(ds, metric, [arm], baseline).names[0]
    words = frequencies(ds, metric, target, baseline=baseline, arms=[arm])["words"].iloc[0]
    against = "" if baseline is None else f" against {label(baseline)}"
    target_words = f"{limit:g}" if shown == "1" else f"{limit:g} {shown}"
    ax.set_title(f"{label(name)}{against}: above {target_words} in {words} futures", loc="left", fontsize="medium")
    ax.set_xlabel(quantity(metric, shown))
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_ylim(0, max(height.max() + 1.5, 4))
    return ax


def exceedance(
    ds: xr.Dataset,
    metric: str,
    *,
    arms: Arms = None,
    baseline: str | int | None = None,
    target: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The chance that a metric is above a value, with a band of 95 %, by arm; the target as a line.

    Examples
    --------
    >>> ax = chasm.plots.exceedance(chasm.open(results), "net_present_value", arms=["council"], target=0)
    >>> ax.get_ylabel()
    'share of worlds above'
    """
    ax = axes_of(ax)
    probabilities = np.linspace(0, 1, 101)
    at = quantiles(ds, metric, probabilities, baseline=baseline, arms=arms)
    unit = at.attrs["unit"]
    factor, shown = readable(unit, at["value"])
    source = worlds(ds, metric, arms, baseline)
    futures = np.sum([np.isfinite(piece).sum(axis=1) for piece in unit_means(source)], axis=0)
    for k, (name, part) in enumerate(at.groupby("arm", sort=False)):
        low, high = wilson(1 - probabilities, np.full(101, futures[k]))
        values = part["value"].to_numpy() / factor
        ax.plot(values, 1 - probabilities, **line(k), label=label(name), zorder=3)
        ax.fill_between(values, low, high, color=colour(k), alpha=0.15, linewidth=0)
    if target is not None:
        ax.axvline(target / factor, color=GREY, linewidth=1, label="target")
    ax.set_xlabel(quantity(metric if baseline is None else f"{metric} against {label(baseline)}", shown))
    ax.set_ylabel("share of worlds above")
    ax.set_ylim(0, 1)
    legend_above(ax)
    return ax


__all__: Sequence[str] = ["exceedance", "quantile_dotplot"]
