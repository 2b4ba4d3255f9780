"""Drives the real program, named by the environment variable CHASM, as a user would."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = os.environ["CHASM"]

STUDY = """\
schema = "chasm-study-1"
[study]
title = "Learning, quickly"
model = "march1991"
seed = 7
horizon = 30
[setting]
individuals = 12
dimensions = 20
[design]
arms = ["slow", "fast"]
baseline = "slow"
futures = 37
replications = 5
[arms.slow]
set = { socialisation = 0.1 }
[arms.fast]
set = { socialisation = 0.9 }
[uncertain]
code_learning = { uniform = [0.2, 0.8] }
"""


@dataclass
class Run:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


class Folder:
    """An empty folder with a study in it, where `chasm` runs."""

    def __init__(self, path: Path):
        self.path = path
        self.write("study.toml", STUDY)

    def write(self, name, text):
        (self.path / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def listing(self):
        """Every file with its bytes: what a refused command may not change."""
        return {str(p.relative_to(self.path)): p.read_bytes() for p in sorted(self.path.rglob("*")) if p.is_file()}

    def start(self, *arguments, env=None, **options):
        # A launcher around the tests is none of theirs.
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("OMPI_", "PMI_", "SLURM_"))}
        return subprocess.Popen(
            [PROGRAM, *map(str, arguments)],
            cwd=self.path,
            env=clean | (env or {}),
            stdin=subprocess.DEVNULL,
            stdout=options.pop("stdout", subprocess.PIPE),
            stderr=options.pop("stderr", subprocess.PIPE),
            text=True,
            **options,
        )

    def chasm(self, *arguments, code=0, **options):
        """Runs to the end; the exit code must be `code`."""
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=300)
        shown = f"chasm {' '.join(map(str, arguments))}\n{out}{err}"
        assert process.returncode == code, shown
        return Run(process.returncode, out, err)

    def refused(self, *arguments, **options):
        """Exit code 2, a message on standard error alone, and no file made, changed or removed."""
        before = self.listing()
        run = self.chasm(*arguments, code=2, **options)
        assert run.out == ""
        assert run.err.startswith("chasm: ") and run.err.endswith("\n"), run.err
        assert self.listing() == before
        return run.err

    def result(self, name="f.h5"):
        return (self.path / name).read_bytes()


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def finished(folder):
    """The study's result is there, as f.h5."""
    folder.chasm("run", "study.toml", "-o", "f.h5", "-q")
    return folder
