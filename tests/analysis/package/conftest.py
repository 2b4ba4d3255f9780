"""Results of small studies, each run once a session."""

from __future__ import annotations

import shutil

import h5py
import pytest
from studies import REFERENCE, UNCERTAIN, march, run

ARMS = ["nothing", "stop_ai", "platform_first", "everything", "council", "translators"]


def pytest_configure(config):
    config.addinivalue_line("markers", "long: takes minutes; has a test of its own, labelled long")


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="session")
def results(folder):
    """The reference study, six arms, 40 futures, two replications."""
    arms = str(ARMS).replace("'", '"')
    return run(REFERENCE, folder / "reference.h5", f"design.arms={arms}", "design.futures=40", "design.replications=2")


@pytest.fixture(scope="session")
def failed(folder, results):
    """The same with worlds that failed, and one that did not run."""
    path = folder / "failed.h5"
    shutil.copy(results, path)
    with h5py.File(path, "r+") as file:
        status, failure = file["status"][:], file["failure"][:]
        worlds = ((0, 3, 0, 2), (2, 7, 1, 2), (2, 8, 0, 2), (3, 9, 1, 0))
        for arm, future, replication, what in worlds:
            status[arm, future, replication] = what
            failure[arm, future, replication] = 65535 if what == 2 else 0
            for variable in file.values():
                whole = isinstance(variable, h5py.Dataset) and variable.shape[:3] == status.shape
                if whole and variable.dtype.kind == "f":
                    variable[arm, future, replication] = float("nan")
        file["status"][:], file["failure"][:] = status, failure
        file.attrs["failed_worlds"] = 3
    return path


@pytest.fixture(scope="session")
def learning(folder):
    """March's model: two arms, 30 futures, three replications, every world's series."""
    more = UNCERTAIN + (
        "[design]\nfutures = 30\nreplications = 3\n[outputs]\nmetrics = 'all'\n"
        "series = { metrics = 'all', every = 10, keep = 'full' }\n"
    )
    return march(folder, "learning", more)


@pytest.fixture(scope="session")
def sketches(folder):
    """200 futures of three replications, of which no world is kept."""
    more = "[design]\nfutures = 200\nreplications = 3\n[outputs]\nmetrics = 'all'\nworlds = 'none'\n"
    return march(folder, "sketches", UNCERTAIN + more)


@pytest.fixture(scope="session")
def bands(folder):
    """The same futures, with histograms over time."""
    more = UNCERTAIN + (
        "[design]\nfutures = 30\nreplications = 3\n[outputs]\nmetrics = 'all'\n"
        "series = { metrics = 'all', every = 10, keep = 'bands' }\n"
    )
    return march(folder, "bands", more)


@pytest.fixture(scope="session")
def luck_only(folder):
    return march(folder, "luck", "[design]\nreplications = 50\n")


@pytest.fixture(scope="session")
def one_world(folder):
    return march(folder, "one", "[design]\narms = ['slow']\nbaseline = 'slow'\n")


@pytest.fixture(scope="session")
def saltelli(folder):
    return march(folder, "saltelli", UNCERTAIN + "[design]\nmethod = 'saltelli'\nbase = 64\nreplications = 2\n")


@pytest.fixture(scope="session")
def saltelli_second_order(folder):
    more = UNCERTAIN + "[design]\nmethod = 'saltelli'\nbase = 64\nsecond_order = true\n"
    return march(folder, "saltelli2", more)


@pytest.fixture(scope="session")
def morris(folder):
    return march(folder, "morris", UNCERTAIN + "[design]\nmethod = 'morris'\ntrajectories = 30\nlevels = 6\n")
