"""Examples run as they stand: those of docstrings, and the code of docs/analysis.md, on small results so named."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
import shutil
import subprocess
import warnings

import chasm
import h5py
import matplotlib.pyplot as plt
import pytest
from chasm import plots
from studies import ROOT, opened

PAGE = ROOT / "docs/analysis.md"
HAS_SIMULATOR = importlib.util.find_spec("_chasm_worlds") is not None
OF_THE_SIMULATOR = ("describe", "models", "simulate")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def modules():
    names = [m.name for m in pkgutil.walk_packages(chasm.__path__, "chasm.") if "report" not in m.name]
    return [chasm, *(importlib.import_module(name) for name in names)]


def examples():
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for module in modules() for test in finder.find(module) if test.examples]
    return {test.name: test for test in found}


EXAMPLES = examples()


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_of_a_docstring(name, request, monkeypatch):
    test = EXAMPLES[name]
    if name.rsplit(".", 1)[-1] in OF_THE_SIMULATOR and not HAS_SIMULATOR:
        pytest.skip("the module _chasm_worlds is missing (nanobind or Python's headers)")
    monkeypatch.setattr(chasm, "open", opened)
    source = "".join(example.source for example in test.examples)
    test.globs["chasm"] = chasm
    for result in ("results", "saltelli", "morris"):
        if re.search(rf"open\({result}\)", source):
            test.globs[result] = request.getfixturevalue(result)
    said: list[str] = []
    outcome = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=said.append)
    assert outcome.attempted == len(test.examples) and outcome.failed == 0, "".join(said)


def test_every_public_function_has_an_example():
    functions = {name for name in chasm.__all__ if inspect.isfunction(getattr(chasm, name))}
    functions |= set(plots.__all__)
    assert len(functions) > 30
    assert functions <= {name.rsplit(".", 1)[-1] for name in EXAMPLES}


def test_the_page_names_every_public_function():
    text = PAGE.read_text(encoding="utf-8")
    told = set(re.findall(r"chasm\.(?:plots\.)?([a-z_]+)", text))
    functions = {name for name in chasm.__all__ if inspect.isfunction(getattr(chasm, name))}
    assert (functions | set(plots.__all__)) - told == set()


def blocks(language):
    """Code of the page by the heading that it stands under, in order."""
    found, heading = [], ""
    for match in re.finditer(r"^## ([^\n]+)$|^```(\w+)\n(.*?)^```", PAGE.read_text("utf-8"), flags=re.M | re.S):
        if match[1]:
            heading = match[1]
        elif match[2] == language:
            found.append((heading, match[3]))
    return found


@pytest.fixture(scope="session")
def desk(tmp_path_factory, results, saltelli, morris, bands, sketches):
    """A folder with results under the names that the page uses."""
    folder = tmp_path_factory.mktemp("desk")
    files = {"results": results, "saltelli": saltelli, "morris": morris, "bands": bands, "sketches": sketches}
    for name, path in files.items():
        shutil.copy(path, folder / f"{name}.h5")
    return folder


SECTIONS = list(dict.fromkeys(heading for heading, _ in blocks("python")))


@pytest.mark.parametrize("section", SECTIONS)
def test_section_of_the_page(section, desk, monkeypatch, capsys):
    """Each section runs on its own: after `import chasm` and `ds = chasm.open("results.h5")`."""
    code = "\n".join(block for heading, block in blocks("python") if heading == section)
    if any(f"chasm.{name}" in code for name in OF_THE_SIMULATOR) and not HAS_SIMULATOR:
        pytest.skip("the module _chasm_worlds is missing (nanobind or Python's headers)")
    for package in re.findall(r"^(?:from|import) (SALib|dask)", code, flags=re.M):
        pytest.importorskip(package, reason=f"the Python package {package} is missing")
    monkeypatch.chdir(desk)
    with warnings.catch_warnings():
        warnings.simplefilter("error", chasm.FailedWorldsWarning)
        exec(compile(code, f"{PAGE} ({section})", "exec"), {"chasm": chasm, "ds": opened(desk / "results.h5")})


def test_sections_are_there():
    assert len(SECTIONS) >= 10


@pytest.mark.parametrize("package", ["ncdf4", "rhdf5"])
def test_r(package, desk):
    codes = [code for _, code in blocks("r") if f"library({package})" in code]
    assert len(codes) == 1
    if shutil.which("Rscript") is None:
        pytest.skip("the program Rscript (package r-base-core) is missing")
    if subprocess.run(["Rscript", "-e", f"library({package})"], capture_output=True).returncode != 0:
        pytest.skip(f"the R package {package} is missing")
    done = subprocess.run(["Rscript", "-e", codes[0]], capture_output=True, text=True, cwd=desk)
    assert done.returncode == 0, done.stderr
    table = chasm.paired(opened(desk / "results.h5"), "net_present_value", "nothing")
    printed = dict(re.findall(r"(\w+) (-?[0-9.e+]+)", done.stdout))
    assert set(table.index) <= set(printed)
    for arm, mean in table["mean"].items():
        assert float(printed[arm]) == pytest.approx(mean, rel=1e-5)


def test_h5py_alone(desk, monkeypatch, capsys):
    """The block that uses h5py and nothing of ours gives the same means."""
    (code,) = [code for heading, code in blocks("python") if "import h5py" in code]
    assert "chasm" not in code
    monkeypatch.chdir(desk)
    exec(compile(code, str(PAGE), "exec"), {})
    printed = dict(re.findall(r"(\w+) (-?[0-9.e+]+)", capsys.readouterr().out))
    table = chasm.paired(opened(desk / "results.h5"), "net_present_value", "nothing")
    for arm, mean in table["mean"].items():
        assert float(printed[arm]) == pytest.approx(mean, rel=1e-5)
    with h5py.File(desk / "results.h5") as file:
        assert set(printed) == set(file["arm"].asstr()[:])
