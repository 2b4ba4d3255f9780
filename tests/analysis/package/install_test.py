"""pip install ./analysis, as users do: install_test.py BUILD-FOLDER. Exit code 77 where pip cannot fetch.

Three installs, each into a fresh environment: with the simulator, without it on request, and without a compiler.
What the package needs at run time comes from the environment that runs this.

Example: build/venv/bin/python tests/analysis/package/install_test.py build/release
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SKIPPED = 77
CANNOT_FETCH = ("No matching distribution found", "Could not find a version", "Failed to establish a new connection")
WITHOUT = ("CXX", "CC", "PYTHONPATH", "CMAKE_ARGS")

READS = """
import sys
import chasm
assert "site-packages" in chasm.__file__, chasm.__file__
ds = chasm.open(sys.argv[1])
assert len(chasm.paired(ds, "net_present_value", "nothing")) == 2
assert chasm.plots.effects(ds, baseline="nothing").get_xlabel()
"""
SIMULATES = """
import chasm
import numpy as np
found = chasm.simulate("march1991", {"socialisation": [0.1, 0.9]}, replications=20, seed=3)
again = chasm.simulate("march1991", {"socialisation": [0.1, 0.9]}, replications=20, seed=3, threads=1)
assert found["code_knowledge"].values.tobytes() == again["code_knowledge"].values.tobytes()
assert np.isfinite(found["code_knowledge"].values).all()
assert "enterprise" in chasm.models()
"""
SAYS_WHAT_IS_MISSING = """
import chasm
try:
    chasm.simulate("march1991")
except chasm.MachineError as error:
    assert "pip install -v ./analysis" in str(error) and "C++20" in str(error), error
else:
    raise AssertionError("worlds ran without a simulator")
"""


class Environment:
    def __init__(self, folder: Path):
        self.folder = folder
        venv.create(folder, with_pip=True)
        self.python = folder / "bin/python"
        site = Path(self.ask("import sysconfig; print(sysconfig.get_path('purelib'))").strip())
        (site / "run-time.pth").write_text(sysconfig.get_path("purelib") + "\n")

    def ask(self, code: str, *arguments: str) -> str:
        keep = {key: value for key, value in os.environ.items() if key not in WITHOUT}
        command = [str(self.python), "-c", code, *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=self.folder, env={**keep, "MPLBACKEND": "Agg"}
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def install(self, *options: str, **variables: str) -> None:
        keep = {key: value for key, value in os.environ.items() if key not in WITHOUT}
        command = [str(self.python), "-m", "pip", "install", "--no-deps", "--disable-pip-version-check", *options]
        done = subprocess.run(
            [*command, str(ROOT / "analysis")], capture_output=True, text=True, env={**keep, **variables}
        )
        said = done.stdout + done.stderr
        if done.returncode and any(words in said for words in CANNOT_FETCH):
            print("skipped: pip cannot fetch scikit-build-core and nanobind")
            sys.exit(SKIPPED)
        assert done.returncode == 0, said[-8000:]

    def files(self) -> set[str]:
        code = "import importlib.metadata as m; print(*m.files('chasm'), sep='\\n')"
        return set(self.ask(code).split())

    def reports(self, results: Path) -> None:
        page = self.folder / "report.html"
        command = [str(self.folder / "bin/chasm-report"), str(results), "-o", str(page)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder)
        assert done.returncode == 0, done.stdout + done.stderr
        text = page.read_text(encoding="utf-8")
        assert "@font-face" in text and "<script" in text and "platform first" in text.lower()


def checks_data(files: set[str]) -> None:
    package = ROOT / "analysis/chasm"
    wanted = {f"chasm/{path.relative_to(package)}" for path in package.rglob("*") if path.is_file()}
    wanted = {name for name in wanted if "__pycache__" not in name}
    assert {"chasm/report/style.css", "chasm/report/page.js"} <= wanted
    assert any(name.startswith("chasm/report/fonts/") for name in wanted)
    assert wanted <= files, sorted(wanted - files)


def main() -> None:
    build = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        results = folder / "results.h5"
        sets = ["design.futures=30", 'design.arms=["nothing", "platform_first", "council"]']
        command = [str(build / "bin/chasm"), "run", str(ROOT / "scenarios/studies/reference.toml"), "-o", str(results)]
        subprocess.run([*command, "-q", *(a for s in sets for a in ("--set", s))], check=True, capture_output=True)

        bare = Environment(folder / "bare")
        bare.install("-C", "wheel.cmake=false")
        checks_data(bare.files())
        bare.ask(READS, str(results))
        bare.ask(SAYS_WHAT_IS_MISSING)
        bare.reports(results)
        print("passed: without the simulator")

        no_compiler = Environment(folder / "no-compiler")
        no_compiler.install(CXX="/nowhere/c++", CC="/nowhere/cc")
        assert not any("_chasm_worlds" in name for name in no_compiler.files())
        no_compiler.ask(READS, str(results))
        no_compiler.ask(SAYS_WHAT_IS_MISSING)
        print("passed: without a compiler")

        whole = Environment(folder / "whole")
        whole.install()
        checks_data(whole.files())
        assert any("_chasm_worlds" in name for name in whole.files()), sorted(whole.files())
        assert not any(name.endswith((".hpp", ".cmake", ".a")) for name in whole.files()), sorted(whole.files())
        whole.ask(READS, str(results))
        whole.ask(SIMULATES)
        whole.reports(results)
        print("passed: with the simulator")


if __name__ == "__main__":
    if shutil.which("g++") is None and shutil.which("clang++") is None:
        print("skipped: no C++ compiler")
        sys.exit(SKIPPED)
    main()
