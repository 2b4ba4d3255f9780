"""chasm-report: the report of a result file, as a page and as a PDF."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import PAGE, ReportError, check_target, text, write
from .numbers import MINUS
from .pdf import print_page, take_picture


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="chasm-report",
        description="Make the report that those who decide read: one HTML page that works offline, from a result file.",
        epilog="Examples: chasm-report results.h5 -o report.html --pdf; chasm-report results.h5 --text",
    )
    parser.add_argument("results", help="the file that `chasm run STUDY -o FILE` wrote (model: enterprise)")
    parser.add_argument("-o", "--output", metavar="HTML", help="the page (default: beside the results, .html)")
    parser.add_argument(
        "--pdf",
        nargs="?",
        const="",
        metavar="PDF",
        help="print it too (default: beside the page, .pdf); needs Chromium or Chrome",
    )
    parser.add_argument("--picture", metavar="PNG", help="take a picture of its top too; needs the same")
    parser.add_argument("--paper", choices=("A4", "Letter"), default="A4", help="size of the PDF's pages (default: A4)")
    parser.add_argument("--text", action="store_true", help="print the answer on one screen, and write nothing")
    given = parser.parse_args(arguments)
    if given.text and any(name is not None for name in (given.output, given.pdf, given.picture)):
        parser.error("--text writes nothing: leave out -o, --pdf and --picture")
    try:
        if given.text:
            print(printable(text(given.results), sys.stdout.encoding or "utf-8"))
            return 0
        html = check_target(Path(given.results).with_suffix(".html") if given.output is None else given.output, PAGE)
        # Before anything is written.
        pdf = None if given.pdf is None else check_target(given.pdf or html.with_suffix(".pdf"), (".pdf",))
        picture = None if given.picture is None else check_target(given.picture, (".png",))
        print(write(given.results, html))
        if pdf:
            print(print_page(html, pdf, given.paper))
        if picture:
            print(take_picture(html, picture))
    except ReportError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def printable(text: str, encoding: str) -> str:
    """With plainer signs where a terminal or file of that encoding has none."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        plain = text.translate({ord(MINUS): "-", ord("±"): "+-"})
        return plain.encode(encoding, "replace").decode(encoding)
    return text


if __name__ == "__main__":
    sys.exit(main())
