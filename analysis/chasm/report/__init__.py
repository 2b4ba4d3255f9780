"""The report that those who decide read: one HTML page, made from a result file of the enterprise model."""

from __future__ import annotations

from pathlib import Path

from .evidence import Evidence, ReportError
from .page import page
from .report import Report
from .screen import screen

PAGE = (".html", ".htm")

__all__ = ["Evidence", "Report", "ReportError", "page", "screen", "text", "write"]


def text(results: str | Path) -> str:
    """The answer of a result file on one screen. Raises ReportError where none can be given."""
    evidence = Evidence(results)
    with evidence.file:
        return screen(Report(evidence))


def check_target(path: str | Path, endings: tuple[str, ...]) -> Path:
    """`path`, where something of the report may be written to it: by its ending it can be no result and no study."""
    target = Path(path)
    if target.suffix.lower() not in endings:
        raise ReportError(
            f"'{path}' is not written (its name does not end with {' or '.join(endings)}, so that it may be a result "
            "or a study). Give it such a name."
        )
    if target.is_dir():
        raise ReportError(f"'{path}' is not written (it is a folder). Give the name of a file in it.")
    if not target.parent.is_dir():
        raise ReportError(f"'{path}' is not written (there is no folder '{target.parent}'). Make it first.")
    return target


def write(results: str | Path, out: str | Path) -> Path:
    """Make the report of a result file and write it to `out`, whose name ends with .html. Raises ReportError where that
    cannot be done."""
    target = check_target(out, PAGE)
    evidence = Evidence(results)
    if target.exists() and target.samefile(evidence.path):
        raise ReportError(f"'{out}' is not written (it is the result itself). Give the page another name.")
    with evidence.file:
        html = page(Report(evidence))
    try:
        target.write_text(html, encoding="utf-8")
    except OSError as error:
        raise ReportError(f"'{out}' cannot be written ({error.strerror}). Give -o a path that can be.") from None
    return target
