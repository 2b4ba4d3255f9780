"""Runs the test of one reader: run_reader.py READER WRITE_EXAMPLE. Exit code 77 where its package is missing.

Example: python3 tests/readers/run_reader.py xarray build/dev/tests/readers/write_example
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

SKIPPED = 77

if __name__ == "__main__":
    reader, writer = sys.argv[1:]
    if importlib.util.find_spec("pytest") is None:
        print("skipped: the Python package pytest is missing")
        sys.exit(SKIPPED)
    test = Path(__file__).with_name(f"{reader}_test.py")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(test)],
        env={**os.environ, "CHASM_WRITE_EXAMPLE": writer, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    print(done.stdout, done.stderr)
    nothing_ran = done.returncode in (0, 5) and " passed" not in done.stdout
    sys.exit(SKIPPED if nothing_ran else done.returncode)
