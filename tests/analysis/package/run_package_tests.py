"""Runs one file of tests of the package: run_package_tests.py PART CHASM FOLDER. The folder is that of the module
_chasm_worlds; PART-long are the long tests of a file. Exit code 77 where a package is missing.

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
    "mistakes": ("matplotlib",),
    "documentation": ("matplotlib",),
    "notebooks": ("matplotlib", "nbclient", "nbformat", "ipykernel"),
}


def environment(program: str, modules: str) -> dict[str, str]:
    analysis = Path(__file__).resolve().parents[3] / "analysis"
    paths = [str(analysis), str(Path(modules).resolve()), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "CHASM_PROGRAM": str(Path(program).resolve()),
        "MPLBACKEND": "Agg",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
    }


def tests(python: str, *arguments: str) -> list[str]:
    return [python, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", *arguments]


def main(part: str, program: str, modules: str) -> int:
    file, _, long = part.partition("-")
    missing = [name for name in (*NEEDED[""], *NEEDED.get(file, ())) if importlib.util.find_spec(name) is None]
    if missing:
        print(f"skipped: missing Python packages: {', '.join(missing)}")
        return SKIPPED
    if file in ("simulate", "notebooks") and not list(Path(modules).glob("_chasm_worlds*")):
        print(f"skipped: no module _chasm_worlds in {modules} (nanobind or Python's headers were missing)")
        return SKIPPED
    here = Path(__file__).resolve().parent
    chosen = ["-m", "long" if long else "not long", str(here / f"{file}_test.py")]
    return subprocess.run(tests(sys.executable, *chosen), env=environment(program, modules), cwd=here).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
