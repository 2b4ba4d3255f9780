"""The report that those who decide read: one HTML page, made from a result file of the enterprise model."""

from __future__ import annotations

from pathlib import Path

from .evidence import Evidence, ReportError
from .page import page
from .report import Report

__all__ = ["Evidence", "Report", "ReportError", "page", "write"]


def write(results: str | Path, out: str | Path) -> Path:
    """Make the report of a result file and write it to `out`. Raises ReportError where none can be made of it."""
    evidence = Evidence(results)
    with evidence.file:
        text = page(Report(evidence))
    target = Path(out)
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReportError(
            f"'{out}' cannot be written ({error.strerror}). Give -o a path in a folder that is there."
        ) from None
    return target
