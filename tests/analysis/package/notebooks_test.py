"""Notebooks run as they are, hold no outputs, state no number that they did not compute; their pages are of them.

After a change: build/venv/bin/python tools/render_notebooks.py
"""

from __future__ import annotations

import copy
import importlib.util
import re
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parents[3]
PICTURE_BYTES = 60_000

_found = importlib.util.spec_from_file_location("render_notebooks", ROOT / "tools/render_notebooks.py")
pages = importlib.util.module_from_spec(_found)
_found.loader.exec_module(pages)

EVERY = pytest.mark.parametrize("path", pages.sources(), ids=lambda path: path.stem)
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
CODE_OR_LINK = re.compile(r"`[^`]*`|\]\([^)]*\)")


def left_in(notebook) -> list[str]:
    """What a run leaves in a notebook and git should not keep."""
    wrong = []
    for cell in notebook.cells:
        if cell.get("outputs") or cell.get("execution_count") is not None:
            wrong.append(f"{cell.id}: outputs")
        if set(cell.metadata) - {"alt", "tags"}:
            wrong.append(f"{cell.id}: metadata {sorted(cell.metadata)}")
    return wrong


def stated(notebook) -> list[str]:
    """Lines of prose that hold a number which no cell computed. Names and commands in backticks may."""
    prose = [line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.split("\n")]
    return [line for line in prose if re.search(r"(?<!^)\d|^\d(?!\. )", CODE_OR_LINK.sub("", line))]


def stale(page: str, notebook) -> bool:
    return f"sha256:{pages.digest(notebook)} -->" not in page


def test_there_are_notebooks():
    assert len(pages.sources()) == 6


@EVERY
def test_git_keeps_no_outputs(path):
    notebook = pages.read(path)
    nbformat.validate(notebook)
    assert left_in(notebook) == []


@EVERY
def test_prose_states_no_number(path):
    assert stated(pages.read(path)) == []


@EVERY
def test_the_page_is_of_the_notebook(path):
    page = (pages.PAGES / f"{path.stem}.md").read_text(encoding="utf-8")
    assert not stale(page, pages.read(path)), f"run tools/render_notebooks.py {path.stem}"
    assert "Warning" not in page and "Traceback" not in page


@EVERY
def test_links_lead_somewhere(path):
    for file in (path, pages.PAGES / f"{path.stem}.md"):
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".ipynb":
            text = "\n".join(cell.source for cell in pages.read(file).cells if cell.cell_type == "markdown")
        for link in LINK.findall(re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)):
            assert "://" in link or (file.parent / link).exists(), f"{file.name}: {link}"


@EVERY
def test_runs_and_shows_what_its_page_shows(path):
    page, pictures = pages.page(pages.execute(pages.read(path)), path.stem)
    kept = (pages.PAGES / f"{path.stem}.md").read_text(encoding="utf-8")
    assert pages.numbers(page) == pytest.approx(pages.numbers(kept), rel=1e-6, nan_ok=True)
    assert set(pictures) == {file.name for file in pages.PAGES.glob(f"{path.stem}-[0-9]*.png")}
    for name in pictures:
        assert 2_000 < (pages.PAGES / name).stat().st_size < PICTURE_BYTES, name


def test_every_notebook_is_in_the_list():
    text = (pages.PAGES / "README.md").read_text(encoding="utf-8")
    links = LINK.findall(text)
    for path in pages.sources():
        assert f"{path.stem}.md" in links and f"../../analysis/notebooks/{path.name}" in links
    assert all("://" in link or (pages.PAGES / link).exists() for link in links)


# The checks above, given what they are to find.


def small(*cells: str):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def test_a_cell_that_raises_is_found():
    with pytest.raises(CellExecutionError, match="no such thing"):
        pages.execute(small("raise ValueError('no such thing')"))
    with pytest.raises(CellExecutionError, match="non-zero exit status 2"):
        pages.execute(small("%%bash\nexit 2"))


def test_outputs_are_found_and_taken_out(tmp_path):
    run = pages.execute(small("print(1 + 1)"))
    assert left_in(run) == [f"{run.cells[0].id}: outputs"]
    assert pages.outputs(run.cells[0]) == [("text", "2\n")]
    file = tmp_path / "run.ipynb"
    nbformat.write(run, file)
    pages.strip(file)
    assert left_in(pages.read(file)) == []
    assert pages.digest(pages.read(file)) == pages.digest(run)


def test_a_changed_notebook_makes_its_page_stale():
    for path in pages.sources():
        page = (pages.PAGES / f"{path.stem}.md").read_text(encoding="utf-8")
        for kind in ("code", "markdown"):
            changed = copy.deepcopy(pages.read(path))
            next(cell for cell in changed.cells if cell.cell_type == kind).source += " "
            assert stale(page, changed)


def test_numbers_in_prose_are_found():
    def prose(line):
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(line)])

    assert stated(prose("It pays in 17 of 20 futures.")) and stated(prose("4 of 5 do."))
    assert not stated(prose("1. What `--shard 1/4` does, see [there](page-2.md)."))


def test_numbers_of_a_page():
    text = "In 17 of 20\n\n```python\nx = 5\n```\n\n```text\na 1,200 -3.5e-2 float64\n```\n\n![alt](name-1.png)\n"
    assert pages.numbers(text) == [17, 20, 1200, -0.035]
