"""Every claim of the coverage table is carried by code that is there, and docs/coverage.md shows the table as it is."""

import csv
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
with (HERE / "coverage.csv").open(newline="") as table:
    ROWS = list(csv.DictReader(table))
KINDS = {"SV": "state", "AB": "behaviour", "IV": "lever", "OM": "output"}
# Rows of each part of what is claimed; a row that is dropped is missed here.
PARTS = {"A": 19, "B": 19, "C": 17, "D": 13, "E": 10, "F": 7, "G": 8, "H": 7, "I": 4, "J": 6, "K": 6, "L": 2}


def code(path):
    text = path.read_text()
    return (
        re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)
        if path.suffix in {".hpp", ".cpp"}
        else re.sub(r"#.*", "", text)
    )


def carried_by(row):
    """[(file, identifier)] that carry the row; none where the cell says nothing that can be looked up."""
    return re.findall(r"([\w/.-]+):([\w.]+)", row["code"])


def missing(row):
    found = carried_by(row)
    if not found:
        return ["nothing"]
    return [
        f"{path}:{name}"
        for path, name in found
        if not (ROOT / path).is_file() or not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", code(ROOT / path))
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_is_carried(row):
    assert row["claim"] and row["kind"] in KINDS
    assert not missing(row)
    # Nothing of the cell is left unread.
    assert len(carried_by(row)) == len([part for part in row["code"].split(";") if part.strip()])


def test_every_part_is_there():
    expected = [f"{part}{k}" for part, count in PARTS.items() for k in range(1, count + 1)]
    assert [row["id"] for row in ROWS] == expected


@pytest.mark.parametrize(
    "cell", ["", "by judgement", "models/enterprise/data.hpp:no_such_thing", "models/gone.hpp:data"]
)
def test_a_row_without_code_is_found(cell):
    assert missing({"code": cell})


def test_every_lever_carries_a_claim():
    levers = re.findall(r'\.name = "(\w+)"', (ROOT / "models/enterprise/levers.hpp").read_text())
    named = {name for row in ROWS for path, name in carried_by(row) if path.endswith("levers.hpp")}
    assert len(levers) == 27 and set(levers) <= named


def page():
    lines, part = [], None
    for row in ROWS:
        if row["part"] != part:
            part = row["part"]
            lines += ["", f"## {part}", "", "| | claim | as | carried by |", "| --- | --- | --- | --- |"]
        where = ", ".join(f"`{name}` in [{Path(path).name}](../{path})" for path, name in carried_by(row))
        lines.append(f"| {row['id']} | {row['claim']} | {KINDS[row['kind']]} | {where} |")
    return "\n".join(lines).strip() + "\n"


def test_the_page_shows_the_table():
    text = (ROOT / "docs/coverage.md").read_text()
    assert text.split("<!-- table -->\n\n", 1)[1] == page()


if __name__ == "__main__":
    head = (ROOT / "docs/coverage.md").read_text().split("<!-- table -->\n\n", 1)[0]
    (ROOT / "docs/coverage.md").write_text(f"{head}<!-- table -->\n\n{page()}")
