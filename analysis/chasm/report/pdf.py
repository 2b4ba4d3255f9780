"""The page on paper, printed by a browser that is there already."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .evidence import ReportError

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)


def browser() -> str:
    """CHASM_BROWSER, or the first of the usual ones."""
    asked = os.environ.get("CHASM_BROWSER")
    if asked:
        return asked
    found = next((path for path in map(shutil.which, BROWSERS) if path), None) or next(
        (p for p in PLACES if Path(p).exists()), None
    )
    if not found:
        raise ReportError(
            "The page was written, but no PDF (neither Chromium, Chrome nor Edge was found). Install Chromium, "
            "name a browser in "
            "CHASM_BROWSER, or print the page from any browser."
        )
    return found


def flags(profile: str) -> list[str]:
    """Chromium's sandbox does not work for root, who is whom containers run as."""
    flags = [
        "--headless=new",
        "--disable-gpu",
        "--no-first-run",
        "--disable-extensions",
        "--hide-scrollbars",
        f"--user-data-dir={profile}",
    ]
    return [*flags, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else flags


def print_page(html: Path, pdf: Path, paper: str = "A4") -> Path:
    program = browser()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        # The command line of Chromium has no paper size: the page's own @page rule says it.
        sized = Path(scratch) / "page.html"
        text = html.read_text(encoding="utf-8").replace("</style>", f"\n@page {{ size: {paper} }}</style>", 1)
        sized.write_text(text, encoding="utf-8")
        command = [
            program,
            *flags(f"{scratch}/profile"),
            "--no-pdf-header-footer",
            f"--print-to-pdf={pdf.resolve()}",
            sized.as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        except OSError as error:
            raise ReportError(
                f"'{program}' did not start ({error.strerror}). Name a Chromium in CHASM_BROWSER."
            ) from None
        except subprocess.TimeoutExpired:
            raise ReportError(
                f"'{program}' did not print within two minutes. Print the page from a browser by hand."
            ) from None
    if done.returncode != 0 or not pdf.exists():
        raise ReportError(
            f"'{program}' did not print the page ({(done.stderr.strip().splitlines() or ['no message'])[-1]}). "
            f"Print it from a browser by hand."
        )
    return pdf
