"""The report that those who decide read: one HTML page, made from a result file of the enterprise model."""

from __future__ import annotations

from pathlib import Path

from .evidence import Evidence, ReportError
from .page import page
from .report import Report
from .screen import screen

__all__ = ["Evidence", "Report", "ReportError", "page", "screen", "text", "write"]


def text(results: str | Path) -> str:
    """The answer of a result file on one screen. Raises ReportError where none can be given."""
    evidence = Evidence(results)
    with evidence.file:
        return screen(Report(evidence))


def write(results: str | Path, out: str | Path) -> Path:
    """Make the report of a result file and write it to `out`. Raises ReportError where none can be made of it."""
    evidence = Evidence(results)
    with evidence.file:
        html = page(Report(evidence))
    target = Path(out)
    try:
        target.write_text(html, encoding="utf-8")
    except OSError as error:
        raise ReportError(
            f"'{out}' cannot be written ({error.strerror}). Give -o a path in a folder that is there."
        ) from None
    return target
