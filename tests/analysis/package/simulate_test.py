"""Worlds from Python have the bits of the program; points in every form; errors in its words; threads, signals."""

from __future__ import annotations

import os
import signal
import threading
import time

import chasm
import numpy as np
import pandas as pd
import pytest
from studies import MARCH, REFERENCE, UNCERTAIN, opened, run


def same_bits(ours, theirs):
    """Type and every bit; the one kind of NaN is stored alike."""
    ours, theirs = np.ascontiguousarray(ours), np.ascontiguousarray(theirs)
    assert ours.dtype == theirs.dtype and ours.shape == theirs.shape
    assert ours.tobytes() == theirs.tobytes()


def same_result(simulated, file):
    compared = 0
    for name in simulated.data_vars:
        if name in file and name not in ("time",):
            same_bits(simulated[name].values, file[name].values)
            compared += 1
    return compared


def study(folder, name, more):
    path = folder / f"{name}.toml"
    path.write_text(MARCH + more, encoding="utf-8")
    return path


def test_a_study_is_what_the_program_makes_of_it(results):
    arms = {"design.arms": ["nothing", "stop_ai", "platform_first", "everything", "council", "translators"]}
    found = chasm.simulate(REFERENCE, futures=40, replications=2, settings=arms)
    ds = opened(results)
    assert same_result(found, ds) > 100
    assert found["arm"].values.tolist() == ds["arm"].values.tolist()
    for name in ("units", "long_name", "group", "metric"):
        assert found["spending"].attrs[name] == ds["spending"].attrs[name]
    assert str(found["failure"].attrs["flag_meanings"]) == str(ds["failure"].attrs["flag_meanings"])
    assert found.attrs["seed"] == int(ds.attrs["seed"]) and found.attrs["design"] == ds.attrs["design"]


def test_statistics_take_it_like_a_file(results, learning, folder):
    study_file = folder / "learning.toml"
    found = chasm.simulate(study_file, settings={"design.baseline": "slow"})
    ds = opened(learning)
    assert chasm.paired(found, "code_knowledge").equals(chasm.paired(ds, "code_knowledge"))
    assert chasm.importance(found, "code_knowledge").equals(chasm.importance(ds, "code_knowledge"))


def test_series(learning, folder):
    found = chasm.simulate(
        folder / "learning.toml", series=["code_knowledge"], every=10, settings={"design.baseline": "slow"}
    )
    ds = opened(learning)
    same_bits(found["code_knowledge_series"].values, ds["code_knowledge_series"].values)
    same_bits(found["step"].values, ds["step"].values)


POINTS = {"socialisation": [0.1, 0.55, 0.9], "turnover": [0.0, 0.013, 1 / 3]}


def test_points_with_shared_luck_are_arms(tmp_path):
    rows = ", ".join(f"{{ socialisation = {s!r}, turnover = {t!r} }}" for s, t in zip(*POINTS.values(), strict=True))
    more = f"[design]\narms = []\nfutures = 5\nreplications = 4\nlist = [{rows}]\n"
    path = study(tmp_path, "list", more)
    ds = opened(run(path, tmp_path / "list.h5"))
    plain = study(tmp_path, "plain", "[design]\nfutures = 5\nreplications = 4\n")
    found = chasm.simulate(plain, POINTS)
    assert found["code_knowledge"].dims == ("point", "future", "replication")
    same_bits(found["code_knowledge"].values, ds["code_knowledge"].values[1:])
    np.testing.assert_array_equal(found["turnover"], POINTS["turnover"])
    # Same luck: a point that is there twice is there twice to the bit, and in any order.
    again = chasm.simulate(plain, {key: [*values[::-1], values[0]] for key, values in POINTS.items()})
    same_bits(again["code_knowledge"].values[[2, 1, 0, 3]], found["code_knowledge"].values[[0, 1, 2, 0]])


def test_points_with_luck_of_their_own_are_futures(tmp_path):
    frame = pd.DataFrame(POINTS)
    frame.to_csv(tmp_path / "points.csv", index=False, float_format="%.17g")
    more = "[design]\narms = ['slow']\nmethod = 'table'\npath = 'points.csv'\nreplications = 4\n"
    (tmp_path / "plain.toml").write_text(MARCH.split("[arms.slow]")[0], encoding="utf-8")
    path = tmp_path / "table.toml"
    path.write_text(MARCH.split("[arms.slow]")[0] + more.replace("arms = ['slow']\n", ""), encoding="utf-8")
    ds = opened(run(path, tmp_path / "table.h5"))
    found = chasm.simulate(tmp_path / "plain.toml", frame, replications=4, luck="own")
    assert found["code_knowledge"].dims == ("point", "replication")
    same_bits(found["code_knowledge"].values, ds["code_knowledge"].values[0])


@pytest.mark.parametrize("which", ["saltelli", "morris"])
def test_rows_of_a_design_share_luck_as_told(request, which, folder):
    """The program's own Saltelli and Morris rows, given back to it as points."""
    ds = opened(request.getfixturevalue(which))
    names = [
        str(v.attrs["parameter"]) for v in ds.data_vars.values() if v.dims == ("future",) and "parameter" in v.attrs
    ]
    points = {name: ds[f"parameter_{name}"].values for name in names}
    plain = folder / "certain.toml"
    plain.write_text(MARCH, encoding="utf-8")
    found = chasm.simulate(
        plain, points, replications=ds.sizes["replication"], luck=ds["random_future"].values, arm="fast"
    )
    same_bits(found["code_knowledge"].values, ds["code_knowledge"].values[1])
    same_bits(found["random_future"].values, ds["random_future"].values)


def test_levers_are_decisions():
    found = chasm.simulate(
        "enterprise",
        [{"levers.council": 0.0}, {"levers.council": 1.0}],
        replications=8,
        outputs=["spending", "lever_spending"],
        settings={"study.horizon": "60 weeks"},
    )
    spent = found["lever_spending"].mean(("future", "replication")).values
    assert spent[0] == 0 and spent[1] > 0
    alone = chasm.simulate("enterprise", replications=8, outputs=["spending"], settings={"study.horizon": "60 weeks"})
    same_bits(found["spending"].values[0], alone["spending"].values[0])


def test_points_of_one_study_may_start_from_its_arms(tmp_path):
    path = study(tmp_path, "arms", "[design]\nreplications = 6\n")
    found = chasm.simulate(path, {"socialisation": [0.2]}, arm="fast")
    wanted = chasm.simulate(path, {"socialisation": [0.2], "turnover": [0.2]})
    same_bits(found["code_knowledge"].values, wanted["code_knowledge"].values)


def test_many_points_and_few_worlds_use_all_threads_and_change_no_bit():
    points = {"socialisation": np.linspace(0.01, 0.99, 203)}
    runs = [chasm.simulate("march1991", points, 3, threads=threads) for threads in (1, 2, 3, 0)]
    for other in runs[1:]:
        same_bits(runs[0]["code_knowledge"].values, other["code_knowledge"].values)


def test_the_seed_matters():
    a, b, c = (chasm.simulate("march1991", None, 20, seed, "all")["code_knowledge"].values for seed in (1, 2, 1))
    same_bits(a, c)
    assert (a != b).any()
    top = chasm.simulate("march1991", None, 2, 2**64 - 1)
    assert int(top.attrs["seed"]) == 2**64 - 1


def test_the_study_that_it_names_is_the_study(tmp_path):
    found = chasm.simulate("march1991", POINTS, 5, 3, ["code_knowledge"])
    path = tmp_path / "again.toml"
    path.write_text(found.attrs["study"], encoding="utf-8")
    ds = opened(run(path, tmp_path / "again.h5"))
    same_bits(ds["code_knowledge"].values[1:], found["code_knowledge"].values)


def long_run(**more):
    big = {"setting.individuals": 120, "study.horizon": 400}
    return chasm.simulate("march1991", replications=60000, outputs=["code_knowledge"], settings=big, **more)


def test_python_goes_on_meanwhile():
    """With its lock held, nothing here would run before the worlds are done."""
    worker = threading.Thread(target=long_run, kwargs={"futures": 3})
    before = len(os.listdir("/proc/self/task"))
    worker.start()
    turns, most = 0, 0
    while worker.is_alive() and turns < 20:
        time.sleep(0.01)
        most = max(most, len(os.listdir("/proc/self/task")))
        turns += 1
    worker.join()
    assert turns == 20
    assert most >= before + min(os.cpu_count() or 1, 2)


def test_interrupted():
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        long_run(threads=1, futures=20)
    timer.join()
    assert chasm.simulate("march1991", replications=2)["status"].values.min() == 1


REFUSED = [
    (lambda: chasm.simulate("march"), 'unknown model "march"'),
    (
        lambda: chasm.simulate("march1991", {"socialistion": [0.1]}),
        'points.0..socialistion.*did you mean "socialisation"',
    ),
    (
        lambda: chasm.simulate("march1991", {"socialisation": [0.1, 1.5]}),
        "points.1..socialisation: 1.5 is out of range",
    ),
    (lambda: chasm.simulate("march1991", {"socialisation": [1.5]}, luck="own"), "row 1.*1.5 is out of range"),
    (lambda: chasm.simulate("march1991", {"levers.x": [1]}, luck="own"), "levers.x"),
    (lambda: chasm.simulate("march1991", {"socialisation": ["a"]}, luck="own"), "no numbers"),
    (lambda: chasm.simulate("march1991", {"socialisation": [np.nan]}), "points lack values of socialisation"),
    (lambda: chasm.simulate("march1991", {"socialisation": [np.inf]}), "numbers are finite"),
    (lambda: chasm.simulate("march1991", {"socialisation": []}), "points are empty"),
    (lambda: chasm.simulate("march1991", POINTS, luck="mine"), 'luck "mine" is unknown'),
    (lambda: chasm.simulate("march1991", POINTS, luck=[1, 2]), "luck has shape"),
    (lambda: chasm.simulate("march1991", POINTS, luck=[-1, 0, 1]), "luck has shape"),
    (lambda: chasm.simulate("march1991", POINTS, luck="own", futures=3), "futures are given twice"),
    (lambda: chasm.simulate("march1991", outputs=["code_knowlege"]), "code_knowlege"),
    (lambda: chasm.simulate("march1991", series=["x"]), "is no series|no metric"),
    (lambda: chasm.simulate("march1991", replications=0), "out of range"),
    (lambda: chasm.simulate("nowhere.toml"), "nowhere.toml: cannot be opened"),
    (lambda: chasm.simulate("march1991", settings={"design.futurs": 3}), 'did you mean "futures"'),
    (lambda: chasm.simulate("march1991", arm="fast"), 'no arm is called "fast"'),
    (lambda: chasm.simulate(3), "is no model"),
    (lambda: chasm.describe(None), "is no model"),
    (lambda: chasm.simulate("march1991", 3), "points are no table"),
    (lambda: chasm.simulate("march1991", {"socialisation": [0.1, 0.2], "turnover": [0.1]}), "points are no table"),
    (lambda: chasm.simulate("march1991", threads=-1), "threads are out of range"),
    (lambda: chasm.simulate("march1991", threads=10**6), "threads are out of range"),
    (lambda: chasm.simulate("march1991", settings=3), "settings 3 are no table"),
    (lambda: chasm.simulate("march1991", outputs=3), "outputs 3 are no names"),
    (lambda: chasm.simulate("march1991", series="all", every=0), "every"),
    (lambda: chasm.simulate("march1991", replications=1.5), "replications"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED)
def test_refused_in_the_words_of_the_program(call, words):
    with pytest.raises(chasm.InputError, match=words) as caught:
        call()
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert "chasm.simulate" not in str(caught.value) or "known" in str(caught.value)


def test_what_a_point_and_the_study_both_say_is_refused(tmp_path):
    path = study(tmp_path, "uncertain", UNCERTAIN)
    with pytest.raises(chasm.InputError, match="socialisation.*uncertain"):
        chasm.simulate(path, {"socialisation": [0.5]}, luck="own")
    with pytest.raises(chasm.InputError, match="uncertain"):
        chasm.simulate(path, {"socialisation": [0.5]})
    with pytest.raises(chasm.InputError, match='turnover is set by the arm "fast"'):
        chasm.simulate(study(tmp_path, "set", ""), {"turnover": [0.5]}, luck="own", arm="fast")
    broken = tmp_path / "broken.toml"
    broken.write_text("schema = 'chasm-study-1'\n[study]\ntitle = 'x'\nmodel = 'march1991'\nhorizn = 3\n")
    with pytest.raises(chasm.InputError, match=r"broken.toml:5:1: study.horizn"):
        chasm.simulate(broken)


def test_without_the_module_there_are_words(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "_chasm_worlds", None)
    with pytest.raises(chasm.MachineError, match="pip install -v ./analysis"):
        chasm.simulate("march1991")


def test_describe():
    tables = chasm.describe("enterprise")
    assert set(tables) == {"parameters", "metrics", "series", "levers", "sizes"}
    assert "council" in tables["levers"].index and tables["levers"].loc["translators", "counted"]
    row = tables["parameters"].loc["opportunity.value"]
    assert row["low"] <= row["plausible_low"] <= row["default"] <= row["plausible_high"] <= row["high"]
    with pytest.raises(chasm.InputError, match="unknown model"):
        chasm.describe("x")


def test_salib_drives_it():
    sample = pytest.importorskip("SALib.sample.sobol", reason="the Python package SALib is missing")
    analyze = pytest.importorskip("SALib.analyze.sobol", reason="the Python package SALib is missing")
    table = chasm.describe("march1991")["parameters"].loc[["socialisation", "code_learning"]]
    problem = {"num_vars": 2, "names": list(table.index), "bounds": table[["low", "high"]].to_numpy().tolist()}
    x = sample.sample(problem, 32, calc_second_order=False)
    luck = np.repeat(np.arange(32), 4)
    y = chasm.simulate("march1991", pd.DataFrame(x, columns=problem["names"]), 10, luck=luck)["code_knowledge"]
    found = analyze.analyze(problem, y.astype(float).mean("replication").values, calc_second_order=False, seed=1)
    assert np.isfinite(found["ST"]).all() and (found["ST"] > -0.1).all()


def test_scipy_drives_it():
    from scipy.optimize import minimize_scalar

    def lost(x):
        found = chasm.simulate("march1991", {"socialisation": [float(x)]}, replications=50, outputs=["code_knowledge"])
        return -float(found["code_knowledge"].mean())

    best = minimize_scalar(lost, bounds=(0.05, 0.95), method="bounded", options={"maxiter": 12})
    assert best.x < 0.5  # March (1991): slow learners know more in the end


def test_pymoo_drives_it():
    problem = pytest.importorskip("pymoo.core.problem", reason="the Python package pymoo is missing")
    nsga2 = pytest.importorskip("pymoo.algorithms.moo.nsga2", reason="the Python package pymoo is missing")
    minimize = pytest.importorskip("pymoo.optimize", reason="the Python package pymoo is missing").minimize

    class Learning(problem.Problem):
        def __init__(self):
            super().__init__(n_var=1, n_obj=2, xl=0.05, xu=0.95)

        def _evaluate(self, x, out):
            found = chasm.simulate("march1991", {"socialisation": x[:, 0]}, replications=20)
            means = found.astype(float).mean(("future", "replication"))
            out["F"] = np.column_stack([-means["code_knowledge"], means["individual_knowledge"]])

    found = minimize(Learning(), nsga2.NSGA2(pop_size=8), ("n_gen", 3), seed=1)
    assert len(found.F) >= 1 and np.isfinite(found.F).all()


def test_models():
    assert chasm.models() == ["diffusion", "enterprise", "march1991"]
