"""The page on paper and as a picture, by a browser that is there already."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .evidence import ReportError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
TIME = 120  # seconds; it takes about two


def browser() -> str:
    """CHASM_BROWSER, or the first of the usual ones."""
    asked = os.environ.get("CHASM_BROWSER")
    found = asked or next((path for path in map(shutil.which, BROWSERS) if path), None)
    found = found or next((path for path in PLACES if Path(path).exists()), None)
    if not found:
        raise ReportError(
            "The page was written, but nothing else (neither Chromium, Chrome nor Edge was found to print it). "
            "Install Chromium, name a browser in CHASM_BROWSER, or print the page from any browser."
        )
    return found


def flags(profile: str) -> list[str]:
    """Chromium's sandbox does not work for root, who is whom containers run as."""
    quiet = ["--headless=new", "--disable-gpu", "--no-first-run", "--disable-extensions", "--hide-scrollbars"]
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*quiet, f"--user-data-dir={profile}", *(["--no-sandbox"] if root else [])]


def run(command: list[str], made: Path, what: str) -> Path:
    """Run a browser; what it was to make must be there."""
    made.unlink(missing_ok=True)
    by_hand = "Do it from a browser by hand."
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIME)
    except OSError as error:
        message = f"'{command[0]}' did not start ({error.strerror}). Name a Chromium in CHASM_BROWSER."
        raise ReportError(message) from None
    except subprocess.TimeoutExpired:
        raise ReportError(f"'{command[0]}' did not {what} within {TIME} seconds. {by_hand}") from None
    if done.returncode != 0 or not made.exists():
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise ReportError(f"'{command[0]}' did not {what} ({last}). {by_hand}")
    return made


def print_page(html: Path, pdf: Path, paper: str = "A4") -> Path:
    program = browser()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        # The command line of Chromium has no paper size: the page's own @page rule says it.
        sized = Path(scratch) / "page.html"
        text = html.read_text(encoding="utf-8").replace("</style>", f"\n@page {{ size: {paper} }}</style>", 1)
        sized.write_text(text, encoding="utf-8")
        printing = ["--no-pdf-header-footer", f"--print-to-pdf={pdf.resolve()}", sized.as_uri()]
        return run([program, *flags(f"{scratch}/profile"), *printing], pdf, "print the page")


def take_picture(html: Path, png: Path, width: int = 1000, height: int = 1300) -> Path:
    """The top of the page in its light colours, two pixels for one."""
    program = browser()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        size = [f"--window-size={width},{height}", "--force-device-scale-factor=2"]
        taking = [f"--screenshot={png.resolve()}", html.resolve().as_uri()]
        return run([program, *flags(profile), *size, *taking], png, "take a picture")
