"""Runs the notebooks of analysis/notebooks and writes each as a page with pictures: docs/notebooks/NAME.md, NAME-1.png.

    build/venv/bin/python tools/render_notebooks.py [NAME...] [--strip]

CHASM_PROGRAM names the program, else it is on the PATH or in build/program/bin. With --strip outputs are taken out of
the notebooks, as they are kept in git, and nothing runs.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import hashlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "analysis/notebooks"
PAGES = ROOT / "docs/notebooks"
CELL_SECONDS = 300

# Tables as Markdown: pages show no HTML.
PREPARATION = """
def _tables_as_markdown():
    import numpy, pandas

    def texts(column):
        if not pandas.api.types.is_float_dtype(column):
            return [str(value) for value in column]
        values = column.to_numpy(float)
        known = values[numpy.isfinite(values)]
        digits = next((d for d in range(6) if numpy.allclose(known, known.round(d), rtol=0, atol=1e-9)), None)
        return [f"{value:.4g}" if digits is None else f"{value:.{digits}f}" for value in values]

    def markdown(frame):
        if frame.index.names != [None] or frame.index.dtype.kind not in "iu":
            frame = frame.reset_index()
        columns = [texts(frame.iloc[:, k]) for k in range(frame.shape[1])]
        numbers = [pandas.api.types.is_numeric_dtype(frame.iloc[:, k]) for k in range(frame.shape[1])]
        lines = [[str(name) for name in frame.columns], ["---:" if number else "---" for number in numbers]]
        lines += zip(*columns)
        return "\\n".join("| " + " | ".join(line) + " |" for line in lines)

    formatter = get_ipython().display_formatter.formatters["text/markdown"]
    formatter.for_type(pandas.DataFrame, markdown)
    formatter.for_type(pandas.Series, lambda series: markdown(series.to_frame(series.name or "value")))


_tables_as_markdown()
"""


def sources() -> list[Path]:
    return sorted(NOTEBOOKS.glob("*.ipynb"))


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def digest(notebook: NotebookNode) -> str:
    """Of what a person wrote: the kinds and texts of the cells, and the words for their pictures."""
    content = hashlib.sha256()
    for cell in notebook.cells:
        for part in (cell.cell_type, cell.source, cell.metadata.get("alt", "")):
            content.update(part.encode() + b"\0")
    return content.hexdigest()


@contextlib.contextmanager
def desk() -> Iterator[Path]:
    """A folder that lies to the scenarios as analysis/notebooks does, so that a run leaves nothing in the checkout."""
    with tempfile.TemporaryDirectory(prefix="chasm-notebooks-") as folder:
        notebooks = Path(folder, "analysis/notebooks")
        notebooks.mkdir(parents=True)
        for name in ("scenarios", "build"):
            if (ROOT / name).exists():
                Path(folder, name).symlink_to(ROOT / name)
        yield notebooks


def execute(notebook: NotebookNode) -> NotebookNode:
    """The notebook with its outputs. Raises nbclient's CellExecutionError where a cell does."""
    preparation = nbformat.v4.new_code_cell(PREPARATION)
    run = nbformat.from_dict({**notebook, "cells": [preparation, *notebook.cells]})
    environment = {**os.environ, "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    with desk() as folder:
        # No network port: sockets in the file system.
        quiet = Config(KernelManager={"transport": "ipc", "connection_file": str(folder / "kernel.json")})
        where = {"metadata": {"path": str(folder)}}
        client = NotebookClient(run, timeout=CELL_SECONDS, resources=where, record_timing=False, config=quiet)
        client.execute(env=environment)
    run.cells = run.cells[1:]
    return run


def outputs(cell: NotebookNode) -> list[tuple[str, str]]:
    """What a code cell shows, as (kind, content): "text", "markdown" or "png"."""
    found: list[tuple[str, str]] = []
    for output in cell.outputs:
        if output.output_type == "stream":
            # Streams come in pieces, cut where the pipe was.
            before = found.pop()[1] if found and found[-1][0] == "text" else ""
            found.append(("text", before + output.text))
            continue
        for kind, name in (("image/png", "png"), ("text/markdown", "markdown"), ("text/plain", "text")):
            if kind in output.data:
                found.append((name, output.data[kind]))
                break
    return found


def listing(source: str) -> str:
    magic, _, rest = source.partition("\n")
    if magic == "%%bash":
        return f"```bash\n{rest}\n```"
    if magic.startswith("%%writefile "):
        file = magic.split()[1]
        return f"`{file}`:\n\n```{Path(file).suffix[1:]}\n{rest}\n```"
    return f"```python\n{source}\n```"


def page(notebook: NotebookNode, name: str) -> tuple[str, dict[str, bytes]]:
    """The executed notebook as a Markdown page, and its pictures by file name."""
    parts: list[str] = []
    pictures: dict[str, bytes] = {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            # Links lead from page to page as from notebook to notebook.
            words = cell.source.replace("](../../docs/notebooks/", "](")
            parts.append(re.sub(r"\]\(([\w-]+)\.ipynb\)", r"](\1.md)", words))
            continue
        parts.append(listing(cell.source))
        # What %%writefile says is no news.
        shown = [] if cell.source.startswith("%%writefile") else outputs(cell)
        for kind, content in shown:
            if kind == "png":
                file = f"{name}-{len(pictures) + 1}.png"
                pictures[file] = base64.b64decode(content)
                parts.append(f"![{cell.metadata['alt']}]({file})")
            elif kind == "markdown":
                parts.append(content)
            elif content.strip():
                lines = [line.rstrip() for line in content.strip("\n").split("\n")]
                parts.append("\n".join(["```text", *lines, "```"]))
    parts.append(f"Everything above is [a notebook](../../analysis/notebooks/{name}.ipynb) and what it printed.")
    source = f"analysis/notebooks/{name}.ipynb"
    parts.append(f"<!-- Made of {source} by tools/render_notebooks.py. Cells: sha256:{digest(notebook)} -->")
    return "\n\n".join(part.strip("\n") for part in parts) + "\n", pictures


def numbers(text: str) -> list[float]:
    """Numbers in what a page shows, without code, comments and the names of files and types."""
    text = re.sub(r"^```(?!text$)\w+\n.*?^```$|<!--.*?-->|\]\([^)]*\)", "", text, flags=re.M | re.S)
    found = re.findall(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?", text)
    return [float(number.replace(",", "")) for number in found]


def strip(path: Path) -> None:
    notebook = read(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        cell.metadata = NotebookNode({key: cell.metadata[key] for key in ("alt", "tags") if key in cell.metadata})
    notebook.metadata = NotebookNode(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    nbformat.write(notebook, path)


def render(path: Path) -> None:
    text, pictures = page(execute(read(path)), path.stem)
    PAGES.mkdir(parents=True, exist_ok=True)
    for old in PAGES.glob(f"{path.stem}-[0-9]*.png"):
        old.unlink()
    (PAGES / f"{path.stem}.md").write_text(text, encoding="utf-8")
    for file, content in pictures.items():
        (PAGES / file).write_bytes(content)
    sizes = ", ".join(f"{len(content) // 1000} kB" for content in pictures.values())
    print(f"docs/notebooks/{path.stem}.md; pictures: {sizes or 'none'}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="notebooks; all where none is named")
    parser.add_argument("--strip", action="store_true", help="take outputs out of the notebooks; runs nothing")
    arguments = parser.parse_args()
    chosen = [path for path in sources() if not arguments.names or path.stem in arguments.names]
    unknown = set(arguments.names) - {path.stem for path in sources()}
    if unknown:
        sys.exit(f"no notebook is called {', '.join(sorted(unknown))} (see analysis/notebooks) choose one of those")
    for path in chosen:
        (strip if arguments.strip else render)(path)
