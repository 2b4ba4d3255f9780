"""Generated pages are what the program says now.

CHASM=build/program/bin/chasm python3 tests/app/pages_test.py writes them anew.
"""

import json
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARAMETERS = ROOT / "docs/models/enterprise-parameters.md"
ODD = ROOT / "docs/odd.md"
MARKS = ("<!-- levers -->\n", "<!-- end of levers -->\n")


def described(*arguments):
    program = os.environ["CHASM"]
    return subprocess.run(
        [program, "describe", "enterprise", *arguments], check=True, capture_output=True, text=True
    ).stdout


def lever_table(model):
    """Every lever with what it acts on, how fast, and what it costs."""
    parameters = {p["name"]: p for p in model["parameters"]}
    lines = [
        "| | lever | what it is | acts on, at full strength | ramp, half-life | once, yearly | staff |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for number, lever in enumerate(model["levers"], 1):
        name = lever["name"]
        start = f"effect.{name}."
        acts = [
            f"`{p['name'].removeprefix(start)}` {p['meaning']} ({p['default']:g})"
            for p in parameters.values()
            if p["name"].startswith(start)
        ]
        if name == "translators":
            acts.insert(0, f"{lever['count']:g} translators more")
        once, yearly, staff = (
            parameters[n]["default"] for n in (f"cost.{name}.once", f"cost.{name}.yearly", f"staff.{name}")
        )
        pace, cost = f"{lever['ramp']:g}, {lever['half_life']:g}", f"{once:g}, {yearly:g}"
        lines.append(f"| L{number} | `{name}` | {lever['meaning']} | {'; '.join(acts)} | {pace} | {cost} | {staff:g} |")
    return "\n" + "\n".join(lines) + "\n\n"


def cut(text):
    before, rest = text.split(MARKS[0], 1)
    table, after = rest.split(MARKS[1], 1)
    return before, table, after


def test_the_list_of_parameters():
    assert PARAMETERS.read_text() == described("--markdown")


def test_the_levers_of_the_description():
    assert cut(ODD.read_text())[1] == lever_table(json.loads(described("--json")))


def test_the_description_names_what_there_is():
    """Names in code type are names of the model, and a number right behind a parameter is its default."""
    model = json.loads(described("--json"))
    defaults = {p["name"]: p["default"] for p in model["parameters"]} | {
        s["name"]: s["default"] for s in model["sizes"]
    }
    text = "".join(cut(ODD.read_text())[::2])
    named = re.findall(r"(?<![\w.])((?:[a-z_]+\.)+[a-z_]+)`? (-?[\d.]*\d)(?![\d/.]*\d|/)", text)
    checked = 0
    for name, number in named:
        assert name in defaults, name
        assert float(number) == defaults[name], (name, number, defaults[name])
        checked += 1
    assert checked > 60
    known = set(defaults) | {m["name"] for m in model["metrics"] + model["series"] + model["totals"] + model["levers"]}
    dotted = {name for name in re.findall(r"`((?:[a-z_]+\.)+[a-z_]+)`", text) if not name.endswith((".md", ".py"))}
    assert dotted <= known, dotted - known


if __name__ == "__main__":
    PARAMETERS.write_text(described("--markdown"))
    first, _, last = cut(ODD.read_text())
    ODD.write_text(first + MARKS[0] + lever_table(json.loads(described("--json"))) + MARKS[1] + last)
