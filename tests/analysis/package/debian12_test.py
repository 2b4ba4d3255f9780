"""The same tests with the versions of Debian 12: debian12_test.py CHASM FOLDER-OF-MODULE VENV.

The environment VENV is made once and kept. Exit code 77 where pip cannot fetch those versions.

Example: build/venv/bin/python tests/analysis/package/debian12_test.py build/release/bin/chasm build/release/python \\
  build/venv-debian12
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from run_package_tests import SKIPPED, environment, tests

HERE = Path(__file__).resolve().parent
WANTED = HERE / "requirements-debian12.txt"
PARTS = ("open", "mistakes", "statistics", "process", "sensitivity", "plots", "documentation", "simulate", "notebooks")
OF_THE_REPORT = ("numbers", "cases")


def made(folder: Path) -> bool:
    """Whether the environment is there, or could be made."""
    stamp = folder / "installed"
    if stamp.is_file() and stamp.read_text() == WANTED.read_text():
        return True
    venv.create(folder, with_pip=True, clear=True)
    command = [str(folder / "bin/python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    done = subprocess.run([*command, "--only-binary", ":all:", "-r", str(WANTED)])
    if done.returncode == 0:
        stamp.write_text(WANTED.read_text())
    return done.returncode == 0


def main(program: str, modules: str, folder: str) -> int:
    if sys.version_info >= (3, 12):
        print("skipped: the versions of Debian 12 have no packages for Python 3.12 and newer")
        return SKIPPED
    if not made(Path(folder).resolve()):
        print("skipped: pip cannot fetch the versions of Debian 12")
        return SKIPPED
    python = str(Path(folder).resolve() / "bin/python")
    surroundings = environment(program, modules)
    files = [str(HERE / f"{part}_test.py") for part in PARTS]
    status = subprocess.run(tests(python, "-m", "not long", *files), env=surroundings, cwd=HERE).returncode
    report = HERE.parent / "report"
    files = [str(report / f"{part}_test.py") for part in OF_THE_REPORT]
    return status or subprocess.run(tests(python, *files), env=surroundings, cwd=report).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
