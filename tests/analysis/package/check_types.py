"""mypy over the package. Exit code 77 where mypy is missing."""

import importlib.util
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    if importlib.util.find_spec("mypy") is None:
        print("skipped: the Python package mypy is missing")
        sys.exit(77)
    analysis = Path(__file__).resolve().parents[3] / "analysis"
    command = [sys.executable, "-m", "mypy", "--cache-dir=/dev/null"]
    sys.exit(subprocess.run(command, cwd=analysis).returncode)
