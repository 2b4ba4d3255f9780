"""Completion scripts load in their shells and offer what the command line takes."""

import shutil
import subprocess

import pytest
from conftest import PROGRAM


def complete(folder, words):
    """What bash offers for the last of `words`."""
    script = f"""
set -u
source <({PROGRAM} completion bash)
COMP_WORDS=({" ".join(repr(w) for w in words)})
COMP_CWORD={len(words) - 1}
_chasm
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    run = subprocess.run(["bash", "-c", script], cwd=folder.path, capture_output=True, text=True)
    assert run.returncode == 0 and run.stderr == "", run.stderr
    return run.stdout.split()


def test_bash(folder):
    folder.write("results.h5", "")
    folder.write("notes.txt", "")
    (folder.path / "sub").mkdir()
    assert complete(folder, ["chasm", ""]) == [
        "new",
        "check",
        "run",
        "finish",
        "info",
        "describe",
        "trace",
        "verify",
        "diff",
        "bench",
        "completion",
    ]
    assert complete(folder, ["chasm", "de"]) == ["describe"]
    assert complete(folder, ["chasm", "--v"]) == ["--version"]
    assert sorted(complete(folder, ["chasm", "run", ""])) == ["study.toml", "sub"]
    assert sorted(complete(folder, ["chasm", "info", ""])) == ["results.h5", "sub"]
    assert complete(folder, ["chasm", "run", "study.toml", "--backend", ""]) == ["auto", "cpu", "cuda"]
    assert complete(folder, ["chasm", "run", "study.toml", "--lanes", ""]) == ["16", "8", "1"]
    assert sorted(complete(folder, ["chasm", "run", "study.toml", "-o", ""])) == ["results.h5", "sub"]
    assert "--threads" in complete(folder, ["chasm", "run", "study.toml", "--"])
    assert "--threads" not in complete(folder, ["chasm", "describe", "--"])
    assert "march1991" in complete(folder, ["chasm", "describe", ""])
    assert sorted(complete(folder, ["chasm", "verify", "results.h5", "--tables", ""])) == [
        "notes.txt",
        "results.h5",
        "study.toml",
        "sub",
    ]
    assert complete(folder, ["chasm", "completion", ""]) == ["bash", "zsh", "fish"]


def options_of(folder, command):
    text = folder.chasm(command, "--help").out
    return {w for line in text.splitlines() if line.startswith("  -") for w in line.split()[0].split(",")}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_no_option_is_missing(folder, shell):
    script = folder.chasm("completion", shell).out
    for command in ["run", "verify", "describe", "check"]:
        for option in options_of(folder, command):
            name = option.lstrip("-")
            wanted = {"bash": option, "zsh": option, "fish": f"-l {name}" if option.startswith("--") else f"-s {name}"}
            assert wanted[shell] in script, (command, option)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_loads(folder, shell):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    folder.write("completion", folder.chasm("completion", shell).out)
    load = {
        "bash": "source completion && complete -p chasm",
        "zsh": "autoload -Uz compinit && compinit -u -D && source ./completion && print $_comps[chasm]",
        "fish": "source completion; and complete -c chasm | head -3",
    }
    run = subprocess.run([shell, "-c", load[shell]], cwd=folder.path, capture_output=True, text=True)
    assert run.returncode == 0 and run.stderr == "" and "chasm" in run.stdout, run.stderr


def test_fish_offers_commands_and_files(folder):
    if not shutil.which("fish"):
        pytest.skip("fish is not installed")
    folder.write("completion", folder.chasm("completion", "fish").out)

    def offered(line):
        run = subprocess.run(
            ["fish", "-c", f"source completion; complete -C '{line}'"], cwd=folder.path, capture_output=True, text=True
        )
        return [word.split("\t")[0] for word in run.stdout.splitlines()]

    assert offered("chasm des") == ["describe"]
    assert "study.toml" in offered("chasm run ")
    assert "cuda" in offered("chasm run study.toml --backend ")
