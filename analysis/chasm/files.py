"""Opening result files (docs/file-format.md): lazily, and with words for every way in which a path can be wrong."""

from __future__ import annotations

import importlib.util
import os
import re
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pandas as pd
import xarray as xr

from . import sketches
from .blocks import a_result, as_result, future_blocks
from .errors import FailedWorldsWarning, FileError, FormatError, InputError, NotRecorded

FORMAT = 1
ENGINES = ("h5netcdf", "netcdf4")
CHUNK_BYTES = 64 << 20
LARGE = 256 << 20  # bytes of a file from which on variables come in chunks, where dask is installed

_SIGNATURE = b"\x89HDF\r\n\x1a\n"
_REMOTE = re.compile(r"^(?!file:)[A-Za-z][A-Za-z0-9+.-]+://")


def open(path: str | os.PathLike[str], *, chunks: Any = "auto", engine: str = "h5netcdf") -> xr.Dataset:  # noqa: A001
    """Open a result file. Nothing but names, coordinates and attributes is read until values are asked for.

    Parameters
    ----------
    path
        The file that `chasm run STUDY -o FILE` wrote.
    chunks
        As in `xarray.open_dataset`. "auto" leaves variables whole in files below 256 MB or without dask, else cuts
        them along `future` into pieces of about 64 MB.
    engine
        "h5netcdf" or "netcdf4".

    Returns
    -------
    xarray.Dataset
        Metrics on (arm, future, replication), with `units` and `long_name`; NaN in worlds that failed. Close it, or
        use it in a `with` block, where many are opened.

    Raises
    ------
    FileError
        No such file, not a result of chasm, truncated, locked, not readable, or not on this machine.
    FormatError
        A format version other than 1.

    Warns
    -----
    FailedWorldsWarning
        Worlds failed. `chasm.failures` counts them.

    Examples
    --------
    >>> ds = chasm.open(results)
    >>> ds["net_present_value"].dims
    ('arm', 'future', 'replication')
    >>> ds["net_present_value"].attrs["units"]
    'USD'
    """
    if not isinstance(path, (str, os.PathLike)):
        raise FileError(f"{path!r} is no path (it is of type {type(path).__name__}) give the name of a result file")
    if engine not in ENGINES:
        raise InputError(
            f'engine "{engine}" is unknown (results are read by {" and ".join(ENGINES)}) give one of those'
        )
    name = os.fspath(path)
    _check(name)
    about = _about(name)
    if chunks == "auto":
        large = os.path.getsize(name) > LARGE and importlib.util.find_spec("dask") is not None
        chunks = {"future": _futures_a_chunk(name)} if large else None
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*separate the stored chunks.*")
            ds = xr.open_dataset(name, engine=engine, chunks=chunks)
    except (OSError, RuntimeError, KeyError) as error:
        raise FileError(_damaged(name, error)) from None
    if "status" not in ds:
        # No variable has these dimensions, and xarray does not show them.
        with h5py.File(name, "r") as file:
            ds.attrs |= {dim + "s": file[dim].shape[0] for dim in ("future", "replication") if dim in file}
    failed = int(about.get("failed_worlds", 0))
    if failed:
        warnings.warn(
            f"'{name}': {failed} of {_worlds(ds)} worlds failed (chasm.failures says why). Statistics leave them "
            "out and count them.",
            FailedWorldsWarning,
            stacklevel=2,
        )
    return ds


def parameters(ds: xr.Dataset) -> pd.DataFrame:
    """All parameters of the model, whether they vary or not, by exact name.

    Columns: `value` (before arms and futures), `unit`, `low`, `high` (allowed range), `grade` (A measured, B survey,
    C claim, D judgement, I given), `source`, `meaning`, `varies` (no, future, arm, arm and future), `variable`.

    >>> table = chasm.parameters(chasm.open(results))
    >>> table.loc["budget.yearly", "unit"]
    'MUSD/year'
    """
    with _group(ds, "parameters") as group:
        return group.to_dataframe()


def study_text(ds: xr.Dataset) -> str:
    """The study as it was resolved, one TOML text. Written to a file it is the same study again.

    >>> chasm.study_text(chasm.open(results)).splitlines()[0]
    'schema = "chasm-study-1"'
    """
    with _group(ds, "provenance") as group:
        return str(group["study"].item())


def failures(ds: xr.Dataset) -> pd.DataFrame:
    """Worlds that did not come to their end, by arm and reason: column `worlds`, and none where all did.

    >>> chasm.failures(chasm.open(results)).empty
    True
    """
    ds = as_result(ds)
    if not sketches.keeps_worlds(ds):
        return sketches.failures(ds)
    reason = ds["failure"]
    codes = np.atleast_1d(reason.attrs["flag_values"])
    words = dict(zip(codes.tolist(), str(reason.attrs["flag_meanings"]).split(), strict=True))
    counts: Counter[tuple[str, str]] = Counter()
    for part in future_blocks(ds, ["status", "failure"]):
        state, why = ds["status"][:, part].values, reason[:, part].values
        for arm, name in enumerate(ds["arm"].values):
            for code, count in zip(*np.unique(why[arm][state[arm] == 2], return_counts=True), strict=True):
                counts[str(name), words.get(int(code), str(code)).replace("_", " ")] += int(count)
            counts[str(name), "not run"] += int((state[arm] == 0).sum())
    found = sorted(key for key, count in counts.items() if count)
    index = pd.MultiIndex.from_arrays([[a for a, _ in found], [r for _, r in found]], names=["arm", "reason"])
    return pd.DataFrame({"worlds": [counts[key] for key in found]}, index=index, dtype=int)


def _worlds(ds: xr.Dataset) -> int:
    return ds["status"].size if "status" in ds else int(ds["worlds"].sum())


def _group(ds: xr.Dataset, name: str) -> xr.Dataset:
    a_result(ds)
    source = ds.encoding.get("source")
    if not source:
        raise NotRecorded(f"/{name} is not here (the dataset did not come from a file) open the file with chasm.open")
    try:
        return xr.open_dataset(source, group=name, engine="h5netcdf")
    except (OSError, KeyError, ValueError):
        raise NotRecorded(f"'{source}' has no group /{name} (another program wrote it) run the study again") from None


def _check(name: str) -> None:
    if _REMOTE.match(name):
        raise FileError(
            f"'{name}' is on another machine (a result is read in place, piece by piece) copy it here first"
        )
    path = Path(name)
    if path.is_dir():
        raise FileError(f"'{name}' is a folder (a result is one file) give the file in it")
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except FileNotFoundError:
        hint = _close_by(path)
        raise FileError(f"'{name}' does not exist ({hint}) give the file that `chasm run -o` wrote") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise FileError(f"{name!r} cannot be read ({why}) see to its permissions, or copy it") from None
    if head != _SIGNATURE:
        what = "it is empty" if not head else "it is not HDF5"
        if name.endswith((".journal", ".toml", ".json")):
            what += "; the result is the .h5 file, which `chasm finish` makes of journals"
        raise FileError(f"'{name}' is not a result of chasm ({what}) give the file that `chasm run -o` wrote")


def _close_by(path: Path) -> str:
    journals = sorted(path.parent.glob(path.name + ".journal*")) if path.parent.is_dir() else []
    if journals:
        return f"its run has not ended: {journals[0].name} is there; `chasm finish` or the same `chasm run` ends it"
    if not path.parent.is_dir():
        return "nor does its folder"
    others = sorted(other.name for other in path.parent.glob("*.h5"))[:4]
    return f"in its folder are {', '.join(others)}" if others else "there is no .h5 file in its folder"


def _about(name: str) -> dict[str, Any]:
    try:
        with h5py.File(name, "r") as file:
            wanted = ("filetype", "chasm_format_version", "failed_worlds")
            about = {key: np.ravel(file.attrs[key])[0] for key in wanted if key in file.attrs}
    except OSError as error:
        raise FileError(_damaged(name, error)) from None
    kind = about.get("filetype", "absent")
    kind = kind.decode() if isinstance(kind, bytes) else str(kind)
    if kind != "chasm-result" or "chasm_format_version" not in about:
        raise FileError(
            f"'{name}' is not a result of chasm (its filetype is {kind}) give the file that `chasm run -o` wrote"
        )
    version = int(about["chasm_format_version"])
    if version != FORMAT:
        newer = "a newer" if version > FORMAT else "an unknown"
        raise FormatError(
            f"'{name}' has {newer} format (version {version}; this package reads {FORMAT}) install the chasm of that "
            "version, or read it with xarray.open_dataset"
        )
    return about


def _damaged(name: str, error: BaseException) -> str:
    why = " ".join(str(error).split())
    if "truncated" in why:
        return f"'{name}' is truncated (it was not copied whole) copy it again, or run the study again"
    if "unable to lock" in why.lower() or getattr(error, "errno", None) in (11, 35, 37, 77):
        return (
            f"'{name}' is locked (another program writes it, or its disk knows no locks) close that program; on a "
            "network disk set HDF5_USE_FILE_LOCKING=FALSE before Python starts"
        )
    return f"'{name}' is damaged ({why[:160]}) `chasm info` says more; copy it again, or run the study again"


def _futures_a_chunk(name: str) -> int:
    """Futures whose worlds fill about CHUNK_BYTES in the widest variable, a multiple of the stored chunk."""
    most, stored, futures = 1, 1, 1
    with h5py.File(name, "r") as file:
        for variable in file.values():
            if isinstance(variable, h5py.Dataset) and variable.ndim >= 3 and variable.chunks:
                if "status" not in file or variable.shape[:3] != file["status"].shape:
                    continue
                futures = variable.shape[1]
                a_future = variable.dtype.itemsize * variable.size // futures
                if a_future > most:
                    most, stored = a_future, variable.chunks[1]
    return min(futures, max(1, CHUNK_BYTES // most // stored) * stored)
