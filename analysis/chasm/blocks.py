"""Reading worlds piece by piece. A piece is a run of whole futures with all arms, so memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import xarray as xr

from .errors import FileError, InputError, NotPossible, NotRecorded, no_worlds, unknown

WORLD = ("arm", "future", "replication")
BLOCK_BYTES = 32 << 20


def a_result(ds: object) -> None:
    if isinstance(ds, xr.Dataset):
        return
    what = "an array of a result" if isinstance(ds, xr.DataArray) else f"of type {type(ds).__name__}"
    raise InputError(f"this is no result (it is {what}) give the dataset that chasm.open or chasm.simulate gave")


def as_result(ds: xr.Dataset) -> xr.Dataset:
    """Points of `chasm.simulate` as what they are to statistics: arms where they share their luck, else futures."""
    a_result(ds)
    if "point" not in ds.dims:
        return ds
    if "future" in ds.dims:
        return ds.rename(point="arm")
    return ds.rename(point="future").expand_dims(arm=["points"])


def outcomes(ds: xr.Dataset) -> xr.DataArray:
    """Worlds by (arm, outcome) of a result that keeps none of them."""
    counts = ds["worlds"]
    return counts.rename({counts.dims[1]: "outcome"})


def exact_name(variable: xr.DataArray) -> str:
    for kind in ("metric", "series", "parameter", "total"):
        if kind in variable.attrs:
            return str(variable.attrs[kind])
    return str(variable.name)


def metric(ds: xr.Dataset, name: str) -> xr.DataArray:
    """A variable on (arm, future, replication), by its name here or by the model's exact name.

    >>> metric(chasm.open(results), "waterfall.adoption").name
    'waterfall_adoption'
    """
    if name in ds and ds[name].dims[:3] == WORLD and ds[name].ndim == 3:
        return ds[name]
    known = {exact_name(v): str(n) for n, v in ds.data_vars.items() if v.dims == WORLD and "metric" in v.attrs}
    if name in known:
        return ds[known[name]]
    if "status" not in ds and any("summary_of" in v.attrs for v in ds.data_vars.values()):
        raise no_worlds(f"this statistic of {name}")
    raise unknown("metric of this result", name, [*known.values(), *known])


def arm_number(ds: xr.Dataset, arm: str | int) -> int:
    names = [str(name) for name in ds["arm"].values]
    if isinstance(arm, (int, np.integer)):
        if -len(names) <= arm < len(names):
            return int(arm) % len(names)
        raise unknown("arm", arm, names)
    if arm not in names:
        raise unknown("arm", arm, names)
    return names.index(arm)


def arm_numbers(ds: xr.Dataset, arms: Sequence[str | int] | None) -> list[int]:
    if arms is None:
        return list(range(ds.sizes["arm"]))
    if isinstance(arms, str):
        arms = [arms]
    if len(arms) == 0:
        raise NotPossible("no arm is chosen (arms is empty) name one or more, or leave arms out for all")
    return [arm_number(ds, arm) for arm in arms]


def future_blocks(ds: xr.Dataset, names: Sequence[str], limit: int = BLOCK_BYTES) -> Iterator[slice]:
    """Runs of futures whose values, as f64, take at most `limit` bytes, in multiples of the stored chunks."""
    futures = ds.sizes["future"]
    per_future = max(sum(8 * ds[name].size for name in names) // max(futures, 1), 1)
    stored = 1
    for name in names:
        sizes = ds[name].encoding.get("chunksizes") or ds[name].encoding.get("preferred_chunks", {}).get("future", 1)
        chunk = sizes if isinstance(sizes, int) else sizes[1]
        stored = max(stored, int(chunk))
    step = max(1, limit // per_future)
    if step > stored:
        step -= step % stored
    for first in range(0, futures, step):
        yield slice(first, min(first + step, futures))


def money_scale(variable: xr.DataArray) -> tuple[float, str]:
    """Cents are kept because they add exactly; people read whole money. (factor, unit)"""
    unit = str(variable.attrs.get("units", "1"))
    return (0.01, unit[: -len("/100")]) if unit.endswith("/100") else (1.0, unit)


def units_of_luck(ds: xr.Dataset) -> np.ndarray | None:
    """Which futures are independent of one another, as numbers 0.. by future; None where each is on its own."""
    if "random_future" not in ds:
        return None
    return np.unique(ds["random_future"].values, return_inverse=True)[1]


@dataclass
class Worlds:
    """One metric of some arms; against a baseline, the differences world by world. Shares its luck by construction.

    `blocks()` gives f64 [arm, future, replication(, time)], NaN where a world, or its partner, failed.
    """

    ds: xr.Dataset
    variable: xr.DataArray
    arms: list[int]
    baseline: int | None = None
    limit: int = BLOCK_BYTES
    scale: float = field(init=False)
    unit: str = field(init=False)

    def __post_init__(self) -> None:
        self.scale, self.unit = money_scale(self.variable)

    @property
    def names(self) -> list[str]:
        return [str(name) for name in self.ds["arm"].values[self.arms]]

    def index(self) -> pd.Index:
        return pd.Index(self.names, name="arm")

    def read(self, part: slice, arms: Sequence[int]) -> np.ndarray:
        # Chunks hold all arms: reading them together reads each once.
        try:
            values, state = self.variable[:, part].values, self.ds["status"][:, part].values
        except (OSError, RuntimeError) as error:
            source = self.ds.encoding.get("source", "the result")
            why = " ".join(str(error).split())[:120]
            raise FileError(
                f"'{source}' is damaged: {self.variable.name} cannot be read ({why}) "
                "copy it again, or run the study again"
            ) from None
        if list(arms) != list(range(self.ds.sizes["arm"])):
            values, state = values[arms], state[arms]
        values = values.astype(float)
        if self.scale != 1:
            values *= self.scale
        values[state != 1] = np.nan
        return values

    def blocks(self) -> Iterator[tuple[slice, np.ndarray]]:
        wanted = self.arms if self.baseline is None else [*self.arms, self.baseline]
        for part in future_blocks(self.ds, [str(self.variable.name), "status"], self.limit):
            values = self.read(part, wanted)
            yield part, (values if self.baseline is None else values[:-1] - values[-1:])


def worlds(
    ds: xr.Dataset,
    name: str,
    arms: Sequence[str | int] | None = None,
    baseline: str | int | None = None,
) -> Worlds:
    ds = as_result(ds)
    variable = metric(ds, name)
    against = None if baseline is None else arm_number(ds, baseline)
    chosen = arm_numbers(ds, arms)
    if against is not None:
        if ds.sizes["arm"] < 2:
            raise NotPossible("a difference needs two arms (the result has one) add arms to the study")
        if arms is None:
            chosen = [arm for arm in chosen if arm != against]
    return Worlds(ds, variable, chosen, against)


def series_variable(ds: xr.Dataset, name: str) -> xr.DataArray:
    """A series as the study kept it: every world's value, else the histogram."""
    kept: dict[str, dict[str, str]] = {}
    for key, variable in ds.data_vars.items():
        if "series" in variable.attrs and ("time" in variable.dims):
            full = variable.dims[:3] == WORLD
            kept.setdefault(str(variable.attrs["series"]), {})["full" if full else "bands"] = str(key)
    if not kept:
        raise NotRecorded(
            "the result has no series (the study keeps none) put "
            'series = { metrics = "all", every = "4 weeks", keep = "full" } under [outputs] and run it again'
        )
    wanted = name
    if wanted not in kept:
        for exact, variables in kept.items():
            if name in variables.values():
                wanted = exact
    if wanted not in kept:
        raise unknown("series of this result", name, kept)
    return ds[kept[wanted].get("full", kept[wanted].get("bands", ""))]
