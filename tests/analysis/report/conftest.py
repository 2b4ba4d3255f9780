"""Small studies that the program under test runs, and their reports."""

from __future__ import annotations

import shutil
import subprocess

import h5py
import pytest
from chasm.report import write
from pages import Page
from studies import ARMS, LEAST, LEVERS, PROGRAM, ROOT, run


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="session")
def wide(folder):
    """Packages, another budget, stopping, single measures: 120 futures."""
    single = "".join(f"[arms.{lever}]\nlevers = {{ {lever} = 1 }}\n" for lever in LEVERS)
    return run(folder, "wide", arms=ARMS + single, futures=120)


@pytest.fixture(scope="session")
def failed(folder, wide):
    """The same, with worlds that failed and worlds that did not run."""
    path = folder / "failed.h5"
    shutil.copy(wide, path)
    with h5py.File(path, "r+") as file:
        status = file["status"][:]
        for arm, future, what in ((0, 5, 2), (3, 17, 2), (4, 17, 2), (3, 100, 0)):
            status[arm, future, 0] = what
            for variable in file.values():
                if (
                    isinstance(variable, h5py.Dataset)
                    and variable.shape[:3] == status.shape
                    and variable.dtype.kind == "f"
                ):
                    variable[arm, future, 0] = float("nan")
        file["status"][:] = status
        file.attrs["failed_worlds"] = int((status == 2).sum())
    return path


@pytest.fixture(scope="session")
def luck_only(folder):
    """No assumption varies; replications; another currency."""
    arms = "[arms.as_today]\n[arms.council]\nlevers = { council = 1 }\n[arms.data]\nlevers = { catalog = 1 }\n"
    return run(folder, "luck", arms=arms, include=False, baseline="as_today", futures=8, replications=3, currency="JPY")


@pytest.fixture(scope="session")
def one_arm(folder):
    return run(folder, "one-arm", arms="[arms.nothing]\n", include=False, baseline="", futures=30)


@pytest.fixture(scope="session")
def one_world(folder):
    return run(folder, "one-world", arms="[arms.nothing]\n", include=False, baseline="", futures=1)


@pytest.fixture(scope="session")
def bare(folder):
    """Nothing but what a report needs."""
    return run(folder, "bare", arms=ARMS, futures=12, outputs=LEAST + '\ntotals = "none"')


@pytest.fixture(scope="session")
def sums_only(folder):
    """Totals, but neither series nor the waterfall of each world."""
    return run(folder, "sums", arms=ARMS, futures=12, outputs=LEAST + '\ntotals = "all"')


@pytest.fixture(scope="session")
def organization(folder):
    """The example organization, as tables, in few futures."""
    study = folder / "own.toml"
    text = (ROOT / "scenarios/studies/own-organization.toml").read_text(encoding="utf-8")
    text = (
        text.replace('"../', f'"{ROOT}/scenarios/').replace("64", "4").replace("replications = 8", "replications = 2")
    )
    study.write_text(text, encoding="utf-8")
    result = folder / "own.h5"
    done = subprocess.run([PROGRAM, "run", str(study), "-o", str(result)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return result


STUDIES = ("wide", "failed", "luck_only", "one_arm", "one_world", "bare", "sums_only", "organization")


@pytest.fixture(scope="session", params=STUDIES)
def results(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def report(results):
    """(result file, text of its report, what is on the page)"""
    out = results.with_suffix(".html")
    if not out.exists():
        write(results, out)
    text = out.read_text(encoding="utf-8")
    return results, text, Page(text)
