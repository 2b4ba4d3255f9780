"""The examples of docs/file-format.md run as they stand, on a written file."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "file-format.md"


def examples(language):
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def on_the_example(code, folder):
    return code.replace("results.h5", str(folder / "bands.h5")).replace("code_knowledge", "adopters")


@pytest.mark.parametrize("code", examples("python"), ids=["xarray", "h5py"])
def test_python(code, folder, capsys):
    for package in set(re.findall(r"^import (\w+)", code, flags=re.MULTILINE)) | {"h5netcdf"}:
        pytest.importorskip(package, reason=f"the Python package {package} is missing")
    exec(compile(on_the_example(code, folder), str(PAGE), "exec"), {})
    assert "adopters" in capsys.readouterr().out or "h5py" in code


def test_r(folder):
    if shutil.which("Rscript") is None:
        pytest.skip("the program Rscript (package r-base-core) is missing")
    if subprocess.run(["Rscript", "-e", "library(ncdf4)"], capture_output=True).returncode != 0:
        pytest.skip("the R package ncdf4 is missing")
    (code,) = examples("r")
    done = subprocess.run(["Rscript", "-e", on_the_example(code, folder)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "4 7 3" in done.stdout and "person" in done.stdout


def test_ncdump(folder):
    if shutil.which("ncdump") is None:
        pytest.skip("the program ncdump (package netcdf-bin) is missing")
    (code,) = examples("sh")
    for line in on_the_example(code, folder).splitlines():
        done = subprocess.run(line, shell=True, capture_output=True, text=True)
        assert done.returncode == 0 and done.stdout.startswith("netcdf bands {"), done.stderr


def test_every_name_is_on_the_page(folder):
    """A variable, attribute or group that the page does not tell of is a gap in the contract."""
    h5py = pytest.importorskip("h5py", reason="the Python package h5py is missing")
    page = PAGE.read_text(encoding="utf-8")
    told = set(re.findall(r"`([A-Za-z_0-9]+)`", page))
    missing = set()
    axes = set()

    def look(name, item):
        if "total" in item.attrs:
            axes.update(item.file[ref[0]].name[1:] for ref in item.attrs["DIMENSION_LIST"])
        missing.update(a for a in item.attrs if a not in told)
        short = name.rsplit("/", 1)[-1]
        if name.startswith("parameter_") or {"metric", "series", "total"} & set(item.attrs):
            return
        if short.endswith("_bin_edges") or f"/{short}" in page:
            return
        if short not in told:
            missing.add(short)

    for example in ["bands.h5", "full.h5", "undated.h5"]:
        with h5py.File(folder / example) as file:
            missing.update(a for a in file.attrs if a not in told)
            file.visititems(look)
    ours = {"calendar", "standard_name"}
    assert missing - ours - axes == set()


def test_units_and_long_names_stand_where_the_page_says(folder):
    h5py = pytest.importorskip("h5py", reason="the Python package h5py is missing")
    row = next(line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `units` |"))
    without = set(re.findall(r"`(\w+)`", row.split("|")[2]))
    assert without == {"future", "replication", "random_future", "status", "failure"}
    files = sorted(folder.glob("*.h5"))
    assert files
    for path in files:
        with h5py.File(path) as file:
            for name, item in file.items():
                if isinstance(item, h5py.Group) or name in ("bin", "bin_edge"):
                    continue
                assert "long_name" in item.attrs, name
                is_number = h5py.check_string_dtype(item.dtype) is None
                assert ("units" in item.attrs) == (is_number and name not in without), name
