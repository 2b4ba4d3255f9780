"""Worlds from Python: studies and points run in this process by the same code as the program, to the same bits."""

from __future__ import annotations

import importlib
import json
import math
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from .blocks import WORLD
from .errors import InputError, MachineError

Points = pd.DataFrame | Mapping[str, Any] | Sequence[Mapping[str, Any]]
MOST_THREADS = 4096
BASELINE = "chasm.simulate"  # an arm that points are added to, and that is left out again


def _library() -> ModuleType:
    try:
        return importlib.import_module("_chasm_worlds")
    except ImportError as error:
        raise MachineError(
            f"worlds cannot be run from Python here (this package has no simulator: {error}) install it where a C++20 "
            "compiler and the libraries of tools/packages.txt are: pip install -v ./analysis; or run the study with "
            "the program chasm and open its result"
        ) from None


def models() -> list[str]:
    """Names of the models that `simulate` knows.

    >>> "enterprise" in chasm.models()
    True
    """
    return list(_library().models())


def describe(model: str) -> dict[str, pd.DataFrame]:
    """What a model has: tables `parameters` (unit, default, low, high, plausible_low, plausible_high, whole, grade,
    meaning, source), `metrics`, `series` (unit, meaning, group, low, high), `levers` (meaning, largest, counted),
    `sizes`, by exact name.

    >>> float(chasm.describe("march1991")["parameters"].loc["socialisation", "high"])
    1.0
    """
    if not isinstance(model, str):
        raise InputError(f"{model!r} is no model (it is of type {type(model).__name__}) give its name")
    found = _call(_library().describe, model)
    return {kind: pd.DataFrame(rows, columns=columns).set_index("name") for kind, (columns, rows) in found.items()}


def simulate(
    model: str | os.PathLike[str],
    points: Points | None = None,
    replications: int | None = None,
    seed: int | None = None,
    outputs: str | Sequence[str] | None = None,
    *,
    luck: str | Sequence[int] | np.ndarray = "shared",
    futures: int | None = None,
    series: str | Sequence[str] | None = None,
    every: int = 1,
    settings: Mapping[str, Any] | None = None,
    arm: str | None = None,
    threads: int = 0,
) -> xr.Dataset:
    """Run worlds in this process. The bits are those of `chasm run`, whatever the threads; Python goes on meanwhile.

    Parameters
    ----------
    model
        Name of a model, or path of a study file (`.toml`).
    points
        A table with a row a point: a DataFrame, a mapping of columns, or a list of mappings. Columns are parameters by
        exact name and, with shared luck, every key that `[design] list` knows: `levers.NAME`, `levers.NAME.count`,
        `interventions.NAME.start`... Values are numbers, or texts with a unit. None: the arms of the study.
    replications, futures
        Worlds a point and future, and how many futures are drawn; the study's (1 where it says none).
    seed
        Of all luck; the study's (1).
    outputs
        "all", a group, or names of metrics and groups; the study's.
    luck
        "shared": points are decisions. All live through the same futures with the same luck, so their differences are
        paired and an objective is smooth in them. "own": points are futures, each with luck of its own, as rows of a
        table of futures. Or a number a point: points with one number share their luck (rows of a Saltelli base point).
    series, every
        Series to keep for every world, each so many steps.
    settings
        What `--set` sets: `{"study.horizon": 104, "setting.teams": 8, "parameters.budget.yearly": 12}`.
    arm
        Named arm of the study from which points start.
    threads
        Processor threads; 0: as many as OpenMP gives (OMP_NUM_THREADS, else one a core).

    Returns
    -------
    xarray.Dataset
        Without points as a result file: metrics on (arm, future, replication). With shared luck on (point, future,
        replication), else on (point, replication). `status` and `failure` as in a file, NaN in worlds that failed;
        columns of points are coordinates on `point`. f32 or f64 as the file would have. `attrs["study"]` is the
        study as resolved (with own luck, without its table of points).

    Raises
    ------
    InputError
        What the program would refuse, in its words.
    MachineError
        The simulator was not built, or the machine failed.

    Examples
    --------
    >>> pay = chasm.simulate("march1991", {"socialisation": [0.1, 0.9]}, replications=20, outputs=["code_knowledge"])
    >>> pay["code_knowledge"].mean(("future", "replication")).dims
    ('point',)
    """
    library = _library()
    columns = _columns(points)
    shared = isinstance(luck, str) and luck == "shared"
    if isinstance(luck, str) and luck not in ("shared", "own"):
        raise InputError(f'luck "{luck}" is unknown (it is "shared", "own" or a number a point) give one of those')
    if settings is not None and not isinstance(settings, Mapping):
        raise InputError(f"settings {settings!r} are no table (they map keys of a study to values) give a mapping")
    for what, names in (("outputs", outputs), ("series", series)):
        if names is not None and not isinstance(names, (str, Sequence)):
            raise InputError(f"{what} {names!r} are no names (a text or a list of texts) give such")
    count = len(next(iter(columns.values()))) if columns else 0
    sets = [f"{key}={_toml(value)}" for key, value in (settings or {}).items()]
    for key, value in (("study.seed", seed), ("design.replications", replications), ("design.futures", futures)):
        if value is not None:
            sets.append(f"{key}={_toml(value)}")
    if outputs is not None:
        sets.append(f"outputs.metrics={_toml(outputs if isinstance(outputs, str) else list(outputs))}")
    if series is not None:
        kept = _toml(series if isinstance(series, str) else list(series))
        sets.append(f'outputs.series={{metrics = {kept}, every = {int(every)}, keep = "full"}}')
    request = library.Request()
    _name_study(request, model)
    if not 0 <= int(threads) <= MOST_THREADS:
        raise InputError(f"{threads} threads are out of range (0 to {MOST_THREADS}) leave threads out for one a core")
    request.threads = int(threads)
    request.keep_series = series is not None
    which = np.arange(count)
    if columns and shared:
        which, distinct = _distinct(columns, count)
        start = {} if arm is None else {"arm": arm}
        rows = [{**start, **{key: columns[key][k] for key in columns}} for k in distinct]
        # A named arm that changes nothing beside others that change nothing would be refused: only points run.
        sets += [f'arms."{BASELINE}"={{}}', f'design.arms=["{BASELINE}"]', f'design.baseline="{BASELINE}"']
        sets.append("design.list=[" + ", ".join(_table(row) for row in rows) + "]")
        request.drop_first_arm = True
    elif columns:
        if arm is not None:
            sets += [f"design.arms=[{_toml(arm)}]", f"design.baseline={_toml(arm)}"]
        if futures is not None:
            raise InputError("futures are given twice (points with luck of their own are futures) leave futures out")
        sets.append(f"design.futures={count}")
        request.columns = list(columns)
        request.values = [_numbers(key, column).tolist() for key, column in columns.items()]
        request.addresses = _addresses(luck, count)
    elif arm is not None:
        sets += [f"design.arms=[{_toml(arm)}]", f"design.baseline={_toml(arm)}"]
    request.sets = sets
    return _labelled(_call(library.run, request), columns, shared, which)


def _call(function: Any, *arguments: Any) -> Any:
    library = _library()
    try:
        return function(*arguments)
    except library.InputError as error:
        # Points reach the study as its list of arms.
        text = re.sub(r"^--set design\.list=.*?: design\.list\[", "points[", str(error), flags=re.M)
        raise InputError(text) from None
    except library.SystemError as error:
        raise MachineError(str(error)) from None


def _name_study(request: Any, model: str | os.PathLike[str]) -> None:
    if not isinstance(model, (str, os.PathLike)):
        raise InputError(
            f"{model!r} is no model (it is of type {type(model).__name__}) give its name, or a study's path"
        )
    name = os.fspath(model)
    if isinstance(model, str) and not name.endswith(".toml") and os.sep not in name:
        _call(_library().known, name)
        request.name = name
        request.text = f'schema = "chasm-study-1"\n[study]\ntitle = "{name} from Python"\nmodel = "{name}"\n'
    else:
        request.path = name


def _columns(points: Points | None) -> dict[str, np.ndarray]:
    if points is None:
        return {}
    try:
        if isinstance(points, Mapping):
            frame = pd.DataFrame({key: np.atleast_1d(np.asarray(value)) for key, value in points.items()})
        else:
            frame = points if isinstance(points, pd.DataFrame) else pd.DataFrame(list(points))
    except (TypeError, ValueError) as error:
        raise InputError(
            f"points are no table ({error}) give a DataFrame, a mapping of columns of one length, or a list of mappings"
        ) from None
    if frame.shape[0] == 0 or frame.shape[1] == 0:
        raise InputError("points are empty (each row is a point, each column a parameter) give one of each at least")
    holes = frame.columns[frame.isna().any()]
    if len(holes):
        raise InputError(f"points lack values of {', '.join(map(str, holes))} (every point needs all) fill them in")
    return {str(key): frame[key].to_numpy() for key in frame.columns}


def _distinct(columns: dict[str, np.ndarray], count: int) -> tuple[np.ndarray, list[int]]:
    """Which distinct point each point is, and where each is first: the program refuses arms that repeat."""
    seen: dict[tuple, int] = {}
    which = np.empty(count, int)
    first: list[int] = []
    for k, row in enumerate(zip(*columns.values(), strict=True)):
        if row not in seen:
            seen[row] = len(first)
            first.append(k)
        which[k] = seen[row]
    return which, first


def _numbers(key: str, column: np.ndarray) -> np.ndarray:
    try:
        return column.astype(float)
    except (TypeError, ValueError):
        raise InputError(
            f'the column "{key}" has values that are no numbers (points with luck of their own are rows of a table, in '
            "the units of the model) give numbers"
        ) from None


def _addresses(luck: Any, count: int) -> list[int]:
    if isinstance(luck, str):
        return []
    numbers = np.asarray(luck)
    if numbers.shape != (count,) or numbers.dtype.kind not in "iu" or numbers.min() < 0 or numbers.max() >= 1 << 32:
        raise InputError(
            f"luck has shape {numbers.shape} (it is one whole number from 0 to 2^32 - 1 a point, of which there are "
            f"{count}) give such numbers"
        )
    return numbers.tolist()


def _toml(value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (int, np.integer)):
        # TOML's numbers end at 2^63 - 1; seeds beyond are texts.
        return str(int(value)) if abs(int(value)) < 1 << 63 else f'"{int(value)}"'
    if isinstance(value, (float, np.floating)):
        if not math.isfinite(value):
            raise InputError(f"{value} is no value (numbers are finite) give a finite one")
        return repr(float(value))
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, Mapping):
        return _table(value)
    if isinstance(value, Iterable):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    raise InputError(f"{value!r} is no value (numbers, texts, lists and tables are) give one of those")


def _table(row: Mapping[str, Any]) -> str:
    return "{ " + ", ".join(f"{_key(key)} = {_toml(value)}" for key, value in row.items()) + " }"


def _key(key: str) -> str:
    return ".".join(
        part if part.replace("_", "").replace("-", "").isalnum() else json.dumps(part) for part in key.split(".")
    )


def _reasons(numbers: list[int], meanings: list[str]) -> dict[str, Any]:
    words = [re.sub("[^A-Za-z0-9]+", "_", meaning).strip("_") for meaning in meanings]
    return {"flag_values": [0, *numbers], "flag_meanings": " ".join(["none", *words])}


def _labelled(run: dict[str, Any], columns: dict[str, np.ndarray], shared: bool, which: np.ndarray) -> xr.Dataset:
    """Arrays as they come, [future, replication, arm, ...], under their names."""
    arms, futures, replications = len(run["arms"]), run["futures"], run["replications"]

    def shaped(values: np.ndarray) -> np.ndarray:
        worlds = values.reshape(futures, replications, arms, *values.shape[1:])
        worlds = np.moveaxis(worlds, 2, 0)
        if columns and shared:
            return worlds[which]
        return worlds[0] if columns else worlds

    dims: tuple[str, ...] = WORLD
    coordinates: dict[str, Any] = {"replication": np.arange(replications)}
    if columns:
        dims = ("point", "future", "replication") if shared else ("point", "replication")
        size = len(next(iter(columns.values())))
        coordinates["point"] = np.arange(size)
        coordinates.update({key: ("point", column) for key, column in columns.items()})
        if shared:
            coordinates["future"] = np.arange(futures)
    else:
        coordinates |= {"arm": run["arms"], "future": np.arange(futures)}
    if run["addresses"] is not None:
        coordinates["random_future"] = ("future" if "future" in dims else "point", run["addresses"])
    if run["series"]:
        coordinates |= {"time": run["steps_kept"], "step": ("time", run["steps_kept"])}
    data: dict[str, Any] = {
        "status": (dims, shaped(run["status"]), {"flag_values": [0, 1, 2], "flag_meanings": "not_run ok failed"}),
        "failure": (dims, shaped(run["failure"]), _reasons(*run["failures"])),
    }
    for name, about, values in run["metrics"]:
        data[name] = (dims, shaped(values), about)
    for name, about, values in run["series"]:
        data[name] = ((*dims, "time"), shaped(values), about)
    for name, about, values in run["drawn"]:
        if "future" in dims:
            data[name] = ("future", values, about)
    return xr.Dataset(data, coordinates, run["attributes"])
