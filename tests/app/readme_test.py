"""The commands of README.md run as they stand there, and print what it shows."""

import re
import shlex
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text()


def block(heading):
    return README.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


@pytest.fixture
def first(folder):
    """What the commands of "A study of your own" leave."""
    commands = re.findall(r"^    \$ chasm ([^#\n]*)", block("A study of your own"), re.M)
    assert [shlex.split(command)[0] for command in commands] == ["new", "check", "run", "info"]
    folder.printed = [folder.chasm(*shlex.split(command)).out for command in commands]
    return folder


def test_a_study_of_your_own(first):
    shown = block("A study of your own").split("chasm info first.h5\n", 1)[1].split("\n\n`chasm`", 1)[0]
    lines = [line[4:] for line in shown.splitlines() if line.strip()]
    assert len(lines) == 4
    printed = first.printed[-1].splitlines()
    assert lines == printed[printed.index(lines[0]) :][:4]


def test_in_a_notebook(first, monkeypatch):
    pytest.importorskip("xarray", reason="the Python package xarray is missing")
    monkeypatch.chdir(first.path)
    code = re.findall(r"^    >>> (.*)", block("A study of your own"), re.M)
    names = {}
    exec(code[0], names)
    mean = eval(code[1], names)
    assert mean.dims == ("arm",) and round(float(mean[0]), 4) == 0.8122 and round(float(mean[1]), 4) == 0.7642


def test_what_the_table_offers(first):
    commands = re.findall(r"^\|[^|`]+\| `([^|]*) \|$", block("A study of your own"), re.M)
    assert len(commands) == 7
    first.write("study.toml", (first.path / "first.toml").read_text())
    for name in ("a.h5", "b.h5"):
        first.write(name, first.result("first.h5"))
    for row in commands:
        for command in re.findall(r"chasm ([^`>]*)", row):
            if command.startswith("finish"):
                for k in (2, 3, 4):
                    first.chasm("run", "study.toml", "-o", "r.h5", "--shard", f"{k}/4")
            first.chasm(*shlex.split(command))
