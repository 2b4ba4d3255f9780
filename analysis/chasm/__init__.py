"""chasm: results of the simulator as labelled arrays, tables, statistics and plots; worlds from Python.

    import chasm
    ds = chasm.open("results.h5")
    chasm.paired(ds, "net_present_value", baseline="nothing")

docs/analysis.md has a section a task.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from .decisions import frontier, regret, regrets
from .errors import (
    ChasmError,
    FailedWorldsWarning,
    FileError,
    FormatError,
    InputError,
    MachineError,
    NotPossible,
    NotRecorded,
    UnknownName,
)
from .files import failures, open, parameters, study_text  # noqa: A004
from .process import adoption, early_warning, funnel, portfolio, series, total, waterfall
from .sensitivity import importance, morris, sobol
from .simulator import describe, models, simulate
from .statistics import differences, frequencies, paired, quantiles, summary, table

if TYPE_CHECKING:
    from . import plots, report

__all__ = [
    "ChasmError",
    "FailedWorldsWarning",
    "FileError",
    "FormatError",
    "InputError",
    "MachineError",
    "NotPossible",
    "NotRecorded",
    "UnknownName",
    "adoption",
    "describe",
    "differences",
    "early_warning",
    "failures",
    "frequencies",
    "frontier",
    "funnel",
    "importance",
    "models",
    "morris",
    "open",
    "paired",
    "parameters",
    "plots",
    "portfolio",
    "quantiles",
    "regret",
    "regrets",
    "report",
    "series",
    "simulate",
    "sobol",
    "study_text",
    "summary",
    "table",
    "total",
    "waterfall",
]


def __getattr__(name: str) -> Any:
    # matplotlib takes half a second to import, and many need none of it; nor of the report.
    if name in ("plots", "report"):
        return importlib.import_module(f".{name}", __name__)
    raise AttributeError(f"module 'chasm' has no attribute {name!r}")
