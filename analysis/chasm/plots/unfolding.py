"""How it unfolds: fans of futures and users."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from ..blocks import WORLD, Worlds, arm_number, arm_numbers, as_result, series_variable
from ..process import adoption as adoption_of
from ..process import series as series_of
from ..statistics import Arms
from .canvas import BLUE, GREY, axes_of, label, legend_above, line, quantity, readable, weeks_in_years


def fan_chart(
    ds: xr.Dataset,
    name: str,
    arm: str | int = 0,
    *,
    baseline: str | int | None = None,
    paths: int = 8,
    ax: Axes | None = None,
) -> Axes:
    """Bands in which 5, 8 and 9 futures of 10 lie at each time, the middle, and some futures as they went.

    Paths are drawn where the study kept every world's values; which futures they are does not depend on what they show.

    Examples
    --------
    >>> ax = chasm.plots.fan_chart(chasm.open(results), "net_value", "council", baseline="nothing")
    >>> len(ax.collections)
    3
    """
    ax = axes_of(ax)
    q = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
    bands = series_of(ds, name, q, arms=[arm], baseline=baseline).isel(arm=0)
    factor, unit = readable(str(bands["value"].attrs["units"]), bands["value"].values.ravel())
    time, at = bands["time"].values, bands["value"].values / factor
    for low, high, alpha, words in ((0, 6, 0.15, "9 of 10"), (1, 5, 0.25, "8 of 10"), (2, 4, 0.35, "5 of 10")):
        ax.fill_between(time, at[:, low], at[:, high], color=BLUE, alpha=alpha, linewidth=0, label=f"{words} futures")
    ax.plot(time, at[:, 3], color=BLUE, linewidth=2, label="middle")
    ds = as_result(ds)
    variable = series_variable(ds, name)
    if paths and variable.dims[:3] == WORLD:
        # Evenly spread over the futures, first replication.
        chosen = np.unique(np.linspace(0, ds.sizes["future"] - 1, paths).astype(int))
        source = Worlds(ds, variable, [arm_number(ds, arm)], None if baseline is None else arm_number(ds, baseline))
        wanted = source.arms if source.baseline is None else [*source.arms, source.baseline]
        for k, future in enumerate(chosen):
            values = source.read(slice(int(future), int(future) + 1), wanted)
            path = (values[0] if source.baseline is None else values[0] - values[1])[0, 0] / factor
            ax.plot(time, path, color=GREY, linewidth=0.7, label="some futures" if k == 0 else None)
    ax.axhline(0, color=GREY, linewidth=0.8)
    name_of_arm = label(ds["arm"].values[arm_number(ds, arm)])
    ax.set_xlabel(str(ds["time"].attrs.get("long_name", "time")))
    ax.set_ylabel(quantity(name, unit))
    weeks_in_years(ax, ds, time)
    legend_above(ax, name_of_arm if baseline is None else f"{name_of_arm} against {label(baseline)}")
    return ax


def adoption_curves(ds: xr.Dataset, *, arms: Arms = None, ax: Axes | None = None) -> Axes:
    """Active users over time, mean of a world, by arm.

    Examples
    --------
    >>> ax = chasm.plots.adoption_curves(chasm.open(results), arms=["nothing", "council"])
    >>> len(ax.lines)
    2
    """
    ax = axes_of(ax)
    users = adoption_of(ds)
    numbers = arm_numbers(as_result(ds), arms)
    for k, number in enumerate(numbers):
        curve = users[number]
        ax.plot(users["week"].values, curve.values, **line(k), label=label(curve["arm"].item()))
    ax.set_xlabel(f"{ds.attrs.get('step', 'step')}s since the start")
    ax.set_ylabel("active users")
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_formatter("{x:,.0f}")
    weeks_in_years(ax, ds, users["week"].values)
    legend_above(ax)
    return ax


__all__ = ["adoption_curves", "fan_chart"]
