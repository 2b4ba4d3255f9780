"""Results that keep no world (`outputs.worlds = "none"`): what their statistics by arm still say.

Errors are over independent futures, as everywhere; quantiles and shares come from 512 cells of the metric's range.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from .blocks import a_result, arm_number, arm_numbers, money_scale, outcomes
from .errors import NotPossible, unknown
from .moments import half_width, histogram_quantiles, rank_limits

Arms = Sequence[str | int] | None


def keeps_worlds(ds: xr.Dataset) -> bool:
    a_result(ds)
    return "status" in ds or not any("summary_of" in variable.attrs for variable in ds.data_vars.values())


class Sketches:
    """Statistics of one metric by arm, in whole money where it is kept in cents."""

    def __init__(self, ds: xr.Dataset, metric: str, arms: Arms) -> None:
        self.ds, self.arms = ds, arm_numbers(ds, arms)
        self.names = {}
        for name, variable in ds.data_vars.items():
            if variable.attrs.get("summary_of") in (metric, metric.replace(".", "_")) or name == f"{metric}_mean":
                self.names[str(variable.attrs.get("statistic"))] = str(name)
        if "mean" not in self.names:
            known = {str(v.attrs["summary_of"]) for v in ds.data_vars.values() if "summary_of" in v.attrs}
            raise unknown("metric of this result", metric, known)
        self.scale, self.unit = money_scale(ds[self.names["mean"]])
        units = ds.attrs.get("futures", 0)
        self.units = int(units if units > 1 else ds.attrs.get("replications", 0))

    def __getitem__(self, statistic: str) -> np.ndarray:
        """f64 [arm], in the metric's unit."""
        return self.ds[self.names[statistic]].values[self.arms].astype(float) * self.scale

    def count(self, statistic: str) -> np.ndarray:
        return self.ds[self.names[statistic]].values[self.arms].astype(int)

    def left_out(self) -> np.ndarray:
        return self.ds["worlds"].values[self.arms].sum(axis=1) - self.count("worlds")

    def histogram(self) -> tuple[np.ndarray, np.ndarray]:
        """Counts [arm, cell] and limits of cells [cell + 1]."""
        return self.count("counts"), self.ds[self.names["count_edges"]].values * self.scale

    def half_width(self, error: np.ndarray, level: float) -> np.ndarray:
        return half_width(error, np.full(len(error), self.units), level)

    def index(self) -> pd.Index:
        return pd.Index([str(name) for name in self.ds["arm"].values[self.arms]], name="arm")


def summary(ds: xr.Dataset, metric: str, arms: Arms, level: float) -> pd.DataFrame:
    kept = Sketches(ds, metric, arms)
    half = kept.half_width(kept["standard_error"], level)
    frame = pd.DataFrame(
        {
            "mean": kept["mean"],
            "standard_error": kept["standard_error"],
            "low": kept["mean"] - half,
            "high": kept["mean"] + half,
            "sd": kept["standard_deviation"],
            "futures": kept.units,
            "worlds": kept.count("worlds"),
            "left_out": kept.left_out(),
        },
        index=kept.index(),
    )
    frame.attrs = {"metric": metric, "unit": kept.unit, "level": level}
    return frame


def paired(ds: xr.Dataset, metric: str, baseline: str | int, arms: Arms, level: float) -> pd.DataFrame:
    first = arm_number(ds, baseline)
    if first != 0:
        raise NotPossible(
            f"differences to the arm {ds['arm'].values[first]} are not known (a result that keeps no world has summed "
            f"those to its first arm, {ds['arm'].values[0]}) make it the design's baseline and run the study again"
        )
    chosen = [arm for arm in arm_numbers(ds, arms) if arm != 0]
    if not chosen:
        raise NotPossible("there is nothing to compare (the result has one arm) compare two")
    kept, base = Sketches(ds, metric, chosen), Sketches(ds, metric, [0])
    error = kept["difference_standard_error"]
    half = kept.half_width(error, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        less = (kept["standard_error"] ** 2 + base["standard_error"] ** 2) / error**2
    frame = pd.DataFrame(
        {
            "mean": kept["difference"],
            "standard_error": error,
            "low": kept["difference"] - half,
            "high": kept["difference"] + half,
            "above_zero": np.nan,
            "variance_reduction": less,
            "futures": kept.units,
            "pairs": np.minimum(kept.count("worlds"), base.count("worlds")),
            "left_out": np.maximum(kept.left_out(), base.left_out()),
        },
        index=kept.index(),
    )
    frame.attrs = {"metric": metric, "unit": kept.unit, "baseline": str(ds["arm"].values[0]), "level": level}
    return frame


def share_above(ds: xr.Dataset, metric: str, above: float, arms: Arms) -> tuple[Sketches, np.ndarray, float]:
    """Share of worlds above a limit by arm, values spread evenly over their cell; the width of a cell."""
    kept = Sketches(ds, metric, arms)
    counts, edges = kept.histogram()
    below = np.concatenate([np.zeros((len(counts), 1)), np.cumsum(counts, axis=1)], axis=1)
    at = np.array([np.interp(above, edges, row) for row in below])
    with np.errstate(divide="ignore", invalid="ignore"):
        return kept, 1 - at / below[:, -1], float(edges[1] - edges[0])


def quantiles(ds: xr.Dataset, metric: str, probabilities: np.ndarray, arms: Arms, level: float) -> pd.DataFrame:
    kept = Sketches(ds, metric, arms)
    counts, edges = kept.histogram()
    limits = np.array([rank_limits(p, kept.units, level) for p in probabilities])
    asked = np.concatenate([probabilities, np.nan_to_num(limits[:, 0]), np.nan_to_num(limits[:, 1], nan=1)])
    shape = (len(counts), len(asked))
    cells = np.broadcast_to(edges, (len(counts), len(edges)))
    values = histogram_quantiles(counts, cells, np.broadcast_to(asked, shape)).reshape(len(counts), 3, -1)
    known = np.isfinite(limits)
    frame = pd.DataFrame(
        {
            "value": values[:, 0].ravel(),
            "low": np.where(known[:, 0], values[:, 1], np.nan).ravel(),
            "high": np.where(known[:, 1], values[:, 2], np.nan).ravel(),
        },
        index=pd.MultiIndex.from_product([kept.index(), probabilities], names=["arm", "quantile"]),
    )
    width = float(edges[1] - edges[0])
    frame.attrs = {"metric": metric, "unit": kept.unit, "level": level, "resolution": width}
    return frame


def failures(ds: xr.Dataset) -> pd.DataFrame:
    counts = outcomes(ds).to_series()
    counts = counts[(counts > 0) & (counts.index.get_level_values("outcome") != "ok")]
    reasons = [str(reason).replace("_", " ") for reason in counts.index.get_level_values("outcome")]
    arms = [str(arm) for arm in counts.index.get_level_values("arm")]
    index = pd.MultiIndex.from_arrays([arms, reasons], names=["arm", "reason"])
    return pd.DataFrame({"worlds": counts.to_numpy(int)}, index=index)
