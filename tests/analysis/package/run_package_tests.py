"""Runs one file of tests of the package: run_package_tests.py PART CHASM FOLDER. The folder is that of the module
_chasm_worlds. Exit code 77 where a package is missing.

Example: python tests/analysis/package/run_package_tests.py open build/release/bin/chasm build/release/python
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

SKIPPED = 77
NEEDED = {
    "": ("pytest", "numpy", "pandas", "xarray", "h5py", "h5netcdf", "scipy"),
    "plots": ("matplotlib",),
    "documentation": ("matplotlib",),
    "notebooks": ("matplotlib", "nbclient", "nbformat", "ipykernel"),
}

if __name__ == "__main__":
    part, program, modules = sys.argv[1:]
    missing = [name for name in (*NEEDED[""], *NEEDED.get(part, ())) if importlib.util.find_spec(name) is None]
    if missing:
        print(f"skipped: missing Python packages: {', '.join(missing)}")
        sys.exit(SKIPPED)
    if part in ("simulate", "notebooks") and not list(Path(modules).glob("_chasm_worlds*")):
        print(f"skipped: no module _chasm_worlds in {modules} (nanobind or Python's headers were missing)")
        sys.exit(SKIPPED)
    here = Path(__file__).resolve().parent
    paths = [str(here.parents[2] / "analysis"), str(Path(modules).resolve()), os.environ.get("PYTHONPATH", "")]
    environment = {
        "CHASM_PROGRAM": str(Path(program).resolve()),
        "MPLBACKEND": "Agg",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(here / f"{part}_test.py")]
    sys.exit(subprocess.run(command, env={**os.environ, **environment}, cwd=here).returncode)
