"""Runs the tests of the report: run_report_tests.py CHASM. Exit code 77 where a package is missing.

Example: build/venv/bin/python tests/analysis/report/run_report_tests.py build/release/bin/chasm
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

SKIPPED = 77
NEEDED = ("pytest", "numpy", "pandas", "xarray", "h5py", "h5netcdf")

if __name__ == "__main__":
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        print(f"skipped: missing Python packages: {', '.join(missing)}")
        sys.exit(SKIPPED)
    here = Path(__file__).resolve().parent
    paths = [str(here.parents[2] / "analysis"), os.environ.get("PYTHONPATH", "")]
    environment = {
        "CHASM_PROGRAM": str(Path(sys.argv[1]).resolve()),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(here)]
    sys.exit(subprocess.run(command, env={**os.environ, **environment}).returncode)
