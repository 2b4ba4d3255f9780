"""Whatever is passed by mistake, functions answer in words of ours, not with a traceback from the depths."""

from __future__ import annotations

import inspect
import warnings

import chasm
import matplotlib.pyplot as plt
import pytest
from chasm import plots
from studies import opened

FUNCTIONS = {
    name: function
    for name, function in {**vars(chasm), **vars(plots)}.items()
    if inspect.isfunction(function) and next(iter(inspect.signature(function).parameters), "") == "ds"
}
RESULTS = ["results", "luck_only", "one_world"]


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def arguments(name, ds):
    """What the function needs beside the result."""
    first = "net_present_value" if "net_present_value" in ds else "code_knowledge"
    series = "net_value" if "net_present_value" in ds else "code_knowledge"
    of = {"metric": first, "name": "promises" if name == "total" else series}
    needed = [p for p in inspect.signature(FUNCTIONS[name]).parameters.values() if p.name in of]
    return {p.name: of[p.name] for p in needed}


def words_of(call):
    """The message of a ChasmError; None where the call succeeds. Anything else fails the test, warnings too."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # Of libraries about one another.
            warnings.simplefilter("ignore", DeprecationWarning)
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            call()
    except chasm.ChasmError as error:
        message = str(error)
        assert " (" in message and ") " in message, message
        assert error.__cause__ is None
        return message
    return None


def test_they_are_all_tried():
    assert len(FUNCTIONS) >= 30 and {"paired", "sobol", "failures", "fan_chart"} <= set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_something_else_than_a_result(name, results):
    ds = opened(results)
    needed = arguments(name, ds)
    for other in (str(results), ds["status"], None):
        assert "chasm.open" in words_of(lambda other=other: FUNCTIONS[name](other, **needed))


@pytest.mark.parametrize("which", RESULTS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_a_result_does_not_have(name, which, request):
    """Also whole results that lack what is asked for: one scenario, one replication, no series, another model."""
    ds = opened(request.getfixturevalue(which))
    function, needed = FUNCTIONS[name], arguments(name, ds)
    words_of(lambda: function(ds, **needed))
    parameters = inspect.signature(function).parameters
    wrong = {
        "metric": ["net_presnt_value", 3],
        "name": ["net_valu", 3],
        "arms": [[], ["nope"], [99]],
        "arm": ["nope", 99],
        "baseline": ["nope", 99],
        "level": [95, 0],
        "q": [[2], 0.5, [], [float("nan")]],
        "at_risk": [10],
        "dots": [0],
    }
    for key in set(wrong) & set(parameters):
        for value in wrong[key]:
            answer = words_of(lambda key=key, value=value: function(ds, **{**needed, key: value}))
            assert answer, (key, value)


@pytest.mark.parametrize("path", [None, 3, b"x", "", "a\0b"])
def test_no_path(path):
    assert words_of(lambda: chasm.open(path))


def test_engine(results):
    assert "h5netcdf and netcdf4" in words_of(lambda: chasm.open(results, engine="zarr"))
