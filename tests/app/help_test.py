"""Help texts teach: each has an example, and each example runs as it stands."""

import re
import shlex

import pytest

COMMANDS = ["new", "check", "run", "finish", "info", "describe", "trace", "verify", "diff", "bench", "completion"]


def examples(text):
    block = text.split("Example:\n", 1)[1].split("\n\n", 1)[0]
    return [line.strip() for line in block.splitlines()]


@pytest.fixture
def learned(folder):
    """What the examples of `chasm --help` leave: learning.toml and learning.h5, here of a smaller study."""
    folder.chasm("new", "learning.toml", "--model", "march1991")
    folder.chasm("run", "learning.toml", "-o", "learning.h5", "-q")
    return folder


def run_line(folder, line):
    words = shlex.split(line)
    assert words[0] == "chasm"
    folder.chasm(*words[1:])


def test_the_program_lists_its_commands_and_its_examples_run(folder):
    text = folder.chasm("--help").out
    for command in COMMANDS:
        assert re.search(rf"^  {command}  ", text, re.M)
    lines = examples(text)
    assert len(lines) == 4
    for line in lines:
        run_line(folder, line)


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_run(learned, command):
    text = learned.chasm(command, "--help").out
    assert text == learned.chasm(command, "-h").out
    assert "Exit codes:\n  0   " in text
    assert re.search(rf"^Usage: chasm {command}( [A-Z\[b][^ ]*)* \[options\]$", text, re.M), text
    lines = examples(text)
    assert lines and all(line.startswith("chasm ") for line in lines)
    if command == "new":
        (learned.path / "learning.toml").unlink()
    if command in ("run", "finish"):
        (learned.path / "learning.h5").unlink()
    if command == "diff":
        run_line(learned, lines[0])
        learned.chasm(*shlex.split(lines[1])[1:], code=1)
        return
    for line in lines:
        run_line(learned, line)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_is_for(folder, command):
    text = folder.chasm(command, "--help").out
    options = text.split("Options:\n", 1)[1].split("\n\n", 1)[0]
    names = re.findall(r"^  (?:-\w,)?(--[\w-]+)", options, re.M)
    assert "--help" in names and len(names) == len(set(names))
    for entry in re.split(r"^  (?=-)", options, flags=re.M)[1:]:
        assert len(" ".join(entry.split()).split(" ", 1)[1]) > 5, entry


def test_no_command_shows_the_help_and_is_a_usage_error(folder):
    run = folder.chasm(code=2)
    assert "Usage: chasm COMMAND" in run.err


def test_help_fits_a_terminal(folder):
    for command in COMMANDS:
        for line in folder.chasm(command, "--help").out.splitlines():
            assert len(line) <= 120, (command, line)
