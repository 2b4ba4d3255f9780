"""Which uncertain parameters decide: Sobol' indices (Saltelli), elementary effects (Morris), rank correlations."""

from __future__ import annotations

import math
import sys

import numpy as np
import pandas as pd
import xarray as xr

from .blocks import arm_number, as_result, worlds
from .errors import NotPossible, no_worlds
from .files import study_text
from .moments import means_of_rows, tails
from .sketches import keeps_worlds

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

RESAMPLES = 400


def drawn(ds: xr.Dataset) -> dict[str, np.ndarray]:
    """Parameters that vary from future to future, by exact name: [future]."""
    if not keeps_worlds(ds):
        raise no_worlds("which assumptions decide")
    found = {
        str(v.attrs["parameter"]): v.values.astype(float)
        for v in ds.data_vars.values()
        if "parameter" in v.attrs and v.dims == ("future",)
    }
    if not found:
        raise NotPossible(
            "no parameter varies from future to future (there is nothing to attribute differences to) put parameters "
            "under [uncertain] and run the study again"
        )
    return found


def _outcome(ds: xr.Dataset, metric: str, arm: str | int, baseline: str | int | None) -> tuple[np.ndarray, str]:
    """Mean over the replications of each future, [future]."""
    source = worlds(ds, metric, [arm], baseline)
    return np.concatenate([means_of_rows(block) for _, block in source.blocks()], axis=1)[0], source.unit


def _need_design(ds: xr.Dataset, design: str, what: str, lines: str) -> None:
    if ds.attrs.get("design") != design:
        raise NotPossible(
            f"{what} need the design {design} (the futures of this result are {ds.attrs.get('design', 'of no design')})"
            f" put {lines} under [design], or use chasm.importance"
        )


def _groups(ds: xr.Dataset, rows: int) -> np.ndarray:
    """Futures that share their luck, in the order of the design: [group, row]. Whole groups alone."""
    futures = ds.sizes["future"]
    return np.arange(futures - futures % rows).reshape(-1, rows)


def sobol(
    ds: xr.Dataset,
    metric: str,
    *,
    arm: str | int = 0,
    baseline: str | int | None = None,
    level: float = 0.95,
    seed: int = 1,
) -> pd.DataFrame:
    """Sobol' indices of a metric (or of its difference against a baseline) in one arm; needs the design `saltelli`.

    Rows of a base point share their luck: indices are those of the mean over replications, free of noise between rows.

    Returns
    -------
    pandas.DataFrame
        By parameter, the largest total first: `first`, `total` (shares of the variance), `first_low`, `first_high`,
        `total_low`, `total_high` (percentiles of resampled base points). First order after Saltelli et al. (2010),
        total after Jansen (1999). `attrs["base"]` is the number of base points used, `attrs["variance"]` the variance.

    Raises
    ------
    NotPossible
        Another design, or fewer than two complete base points.

    Examples
    --------
    >>> table = chasm.sobol(chasm.open(saltelli), "code_knowledge", arm="fast")
    >>> bool((table["total_low"] <= table["total"]).all())
    True
    """
    ds = as_result(ds)
    _need_design(ds, "saltelli", "Sobol' indices", 'method = "saltelli" and base = 256')
    parameters = drawn(ds)
    names = list(parameters)
    values, unit = _outcome(ds, metric, arm, baseline)
    d = len(names)
    share = ds["random_future"].values if "random_future" in ds else np.arange(len(values))
    rows = int(np.count_nonzero(share == share[0]))
    if rows not in (d + 2, 2 * d + 2):
        raise NotPossible(
            f"base points have {rows} rows, not {d + 2} (the result was changed) use the file as the program wrote it"
        )
    at = _groups(ds, rows)
    y = values[at]  # [base, A | AB_1 .. AB_d | (BA_1 .. BA_d) | B]
    y = y[np.isfinite(y).all(axis=1)]
    if len(y) < 2:
        raise NotPossible(
            "fewer than two base points are complete (those with failed worlds are left out) raise design.base"
        )
    order = _columns_moved(parameters, names, at[0])
    a, b, ab = y[:, 0], y[:, -1], y[:, 1 : d + 1]
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(y), (RESAMPLES, len(y)))
    first, total = _indices(a, b, ab)
    resampled = np.array([_indices(a[p], b[p], ab[p]) for p in picks])
    low, high = np.quantile(resampled, tails(level), axis=0)
    frame = pd.DataFrame(
        {
            "first": first,
            "first_low": low[0],
            "first_high": high[0],
            "total": total,
            "total_low": low[1],
            "total_high": high[1],
        },
        index=pd.Index([names[k] for k in order], name="parameter"),
    ).sort_values("total", ascending=False)
    frame.attrs = {
        "metric": metric,
        "unit": unit,
        "arm": str(ds["arm"].values[arm_number(ds, arm)]),
        "base": len(y),
        "variance": float(np.concatenate([a, b]).var(ddof=1)),
        "level": level,
    }
    return frame


def _columns_moved(parameters: dict[str, np.ndarray], names: list[str], rows: np.ndarray) -> list[int]:
    """Which parameter row 1 + k of a base point takes from B."""
    table = np.array([parameters[name] for name in names])[:, rows]
    moved = table[:, 1 : len(names) + 1] != table[:, :1]
    order = [int(np.flatnonzero(column)[0]) if column.sum() == 1 else -1 for column in moved.T]
    # Parameters that take few values may have the same one in A and B: those left over belong to the open rows.
    rest = [k for k in range(len(names)) if k not in order]
    return [k if k >= 0 else rest.pop(0) for k in order]


def _indices(a: np.ndarray, b: np.ndarray, ab: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    variance = np.concatenate([a, b]).var()
    if variance == 0:
        return np.zeros(ab.shape[1]), np.zeros(ab.shape[1])
    middle = (a.mean() + b.mean()) / 2
    first = ((b - middle)[:, None] * (ab - a[:, None])).mean(axis=0) / variance
    total = ((a[:, None] - ab) ** 2).mean(axis=0) / (2 * variance)
    return first, total


def morris(
    ds: xr.Dataset, metric: str, *, arm: str | int = 0, baseline: str | int | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Elementary effects of a metric (or of its difference against a baseline) in one arm; needs the design `morris`.

    Returns
    -------
    pandas.DataFrame
        By parameter, the largest `mu_star` first: `mu_star` (mean absolute effect), `mu_star_low`, `mu_star_high`,
        `mu` (mean), `sigma` (standard deviation: interactions and curvature), `trajectories`. Effects are changes of
        the metric by a step, scaled to the whole range of a parameter's probability (as SALib does).

    Raises
    ------
    NotPossible
        Another design.

    Examples
    --------
    >>> chasm.morris(chasm.open(morris), "code_knowledge").columns[:3].tolist()
    ['mu_star', 'mu_star_low', 'mu_star_high']
    """
    ds = as_result(ds)
    _need_design(ds, "morris", "elementary effects", 'method = "morris" and trajectories = 20')
    parameters = drawn(ds)
    values, unit = _outcome(ds, metric, arm, baseline)
    rows = len(parameters) + 1
    at = _groups(ds, rows)
    levels = int(tomllib.loads(study_text(ds)).get("design", {}).get("levels", 4)) if "source" in ds.encoding else 4
    step = levels / (2 * (levels - 1))
    effects: dict[str, list[float]] = {name: [] for name in parameters}
    for trajectory in at:
        change = np.diff(values[trajectory])
        for name, column in parameters.items():
            moved = np.diff(column[trajectory])
            where = np.flatnonzero(moved)
            if len(where) == 1 and math.isfinite(change[where[0]]):
                effects[name].append(change[where[0]] / (math.copysign(step, moved[where[0]])))
    table = []
    for name, found in effects.items():
        e = np.array(found)
        n = len(e)
        mu_star = np.abs(e).mean() if n else math.nan
        error = np.abs(e).std(ddof=1) / math.sqrt(n) if n > 1 else math.nan
        half = _t(level, n) * error
        table.append((name, mu_star, mu_star - half, mu_star + half, e.mean() if n else math.nan, _sd(e), n))
    columns = ["parameter", "mu_star", "mu_star_low", "mu_star_high", "mu", "sigma", "trajectories"]
    frame = pd.DataFrame(table, columns=columns).set_index("parameter").sort_values("mu_star", ascending=False)
    frame.attrs = {"metric": metric, "unit": unit, "arm": str(ds["arm"].values[arm_number(ds, arm)]), "level": level}
    return frame


def importance(
    ds: xr.Dataset,
    metric: str,
    *,
    arm: str | int = 0,
    baseline: str | int | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Rank correlations of a metric (or of its difference) with every parameter that varies; works for every design.

    Left out are costs, staff and effects of levers that neither arm pulls: they cannot matter.

    Returns
    -------
    pandas.DataFrame
        By parameter, the strongest first: `correlation` (Spearman), `low`, `high` (Fisher's interval), `low_third` and
        `high_third`: means of the metric where the parameter is in its lowest and highest third; `beyond_chance`:
        stronger than the strongest of so many parameters would be by chance in 1 of 20 studies (Bonferroni).

    Examples
    --------
    >>> table = chasm.importance(chasm.open(results), "net_present_value")
    >>> bool((table["correlation"].abs() <= 1).all())
    True
    """
    from scipy.stats import norm, rankdata

    ds = as_result(ds)
    values, unit = _outcome(ds, metric, arm, baseline)
    parameters = _that_can_matter(ds, drawn(ds), [arm] if baseline is None else [arm, baseline])
    known = np.isfinite(values)
    independent = len(np.unique(ds["random_future"].values[known])) if "random_future" in ds else int(known.sum())
    if independent < 4:
        raise NotPossible(f"correlations need four futures or more (there are {independent}) raise design.futures")
    ranks = rankdata(values[known])
    error = 1 / math.sqrt(independent - 3)
    chance = norm.ppf(1 - 0.025 / len(parameters)) * error
    table = []
    for name, column in parameters.items():
        x = rankdata(column[known])
        r = float(np.corrcoef(x, ranks)[0, 1]) if np.ptp(x) > 0 and np.ptp(ranks) > 0 else math.nan
        z, half = math.atanh(max(min(r, 1 - 1e-12), -1 + 1e-12)), norm.ppf(tails(level)[1]) * error
        third = np.floor(3 * (np.argsort(np.argsort(x, kind="stable"), kind="stable")) / len(x)).astype(int)
        outer = [float(values[known][third == k].mean()) for k in (0, 2)]
        table.append((name, r, math.tanh(z - half), math.tanh(z + half), *outer, abs(z) > chance))
    columns = ["parameter", "correlation", "low", "high", "low_third", "high_third", "beyond_chance"]
    frame = pd.DataFrame(table, columns=columns).set_index("parameter")
    frame = frame.sort_values("correlation", key=lambda r: -r.abs())
    frame.attrs = {"metric": metric, "unit": unit, "arm": str(ds["arm"].values[arm_number(ds, arm)]), "level": level}
    return frame


def _that_can_matter(ds: xr.Dataset, parameters: dict[str, np.ndarray], arms: list[str | int]) -> dict[str, np.ndarray]:
    if "lever_strength" not in ds:
        return parameters
    from .report.assumptions import concerns

    strength = ds["lever_strength"].values[[arm_number(ds, arm) for arm in arms]]
    pulled = {str(lever) for lever in ds["lever"].values[(strength > 0).any(axis=0)]}
    return {name: values for name, values in parameters.items() if concerns(name, pulled)}


def _t(level: float, n: int) -> float:
    from scipy.stats import t

    return float(t.ppf(tails(level)[1], n - 1)) if n > 1 else math.nan


def _sd(values: np.ndarray) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else math.nan


__all__ = ["drawn", "importance", "morris", "sobol"]
