"""chasm-report: the report of a result file, as a page and as a PDF."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import ReportError, text, write
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
    if given.text and (given.output or given.pdf is not None or given.picture):
        parser.error("--text writes nothing: leave out -o, --pdf and --picture")
    try:
        if given.text:
            print(text(given.results))
            return 0
        html = write(given.results, given.output or Path(given.results).with_suffix(".html"))
        print(html)
        if given.pdf is not None:
            print(print_page(html, Path(given.pdf) if given.pdf else html.with_suffix(".pdf"), given.paper))
        if given.picture:
            print(take_picture(html, Path(given.picture)))
    except ReportError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
