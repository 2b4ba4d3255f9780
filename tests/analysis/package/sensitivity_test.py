"""Indices against SALib on the same rows, and against closed forms."""

from __future__ import annotations

import chasm
import numpy as np
import pytest
from studies import opened

PROBLEM = {"num_vars": 3, "names": ["socialisation", "code_learning", "turbulence"]}


def outcome(ds, arm):
    return ds["code_knowledge"][arm].astype(float).mean("replication").values


@pytest.mark.parametrize("which", ["saltelli", "saltelli_second_order"])
def test_sobol_agrees_with_salib(request, which):
    analyze = pytest.importorskip("SALib.analyze.sobol", reason="the Python package SALib is missing").analyze
    ds = opened(request.getfixturevalue(which))
    second = which == "saltelli_second_order"
    problem = {**PROBLEM, "bounds": [[0, 1]] * 3}
    for arm in (0, 1):
        y = outcome(ds, arm)
        wanted = analyze(problem, y, calc_second_order=second, seed=1)
        table = chasm.sobol(ds, "code_knowledge", arm=arm)
        names = [
            str(v.attrs["parameter"]) for v in ds.data_vars.values() if v.dims == ("future",) and "parameter" in v.attrs
        ]
        for k, name in enumerate(names):
            row = table.loc[name]
            # SALib divides by another estimate of the variance and does not centre; both differ by O(1/base).
            assert row["first"] == pytest.approx(wanted["S1"][k], abs=0.02)
            assert row["total"] == pytest.approx(wanted["ST"][k], abs=0.02)
            assert row["total_low"] <= row["total"] <= row["total_high"]
            half = (row["total_high"] - row["total_low"]) / 2
            assert half == pytest.approx(wanted["ST_conf"][k], rel=0.5)
        assert table.attrs["base"] == 64 and table["total"].is_monotonic_decreasing


def test_sobol_leaves_out_base_points_with_failed_worlds(saltelli):
    ds = chasm.open(saltelli).load()
    for name in ("code_knowledge", "status"):
        ds[name] = ds[name].astype(float if name == "code_knowledge" else "u1")
    ds["status"][0, 7] = 2
    ds["code_knowledge"][0, 7] = np.nan
    assert chasm.sobol(ds, "code_knowledge").attrs["base"] == 63
    assert chasm.sobol(ds, "code_knowledge", arm="fast").attrs["base"] == 64
    assert chasm.sobol(ds, "code_knowledge", arm="fast", baseline="slow").attrs["base"] == 63


def test_sobol_of_a_sum(saltelli):
    """y = 3 a + b with uniform a of width .8 and b of width .1: shares 9 * .64 : .01, no interaction."""
    ds = chasm.open(saltelli).load()
    a, b = ds["parameter_socialisation"].values, ds["parameter_turbulence"].values
    ds["code_knowledge"] = ds["code_knowledge"].astype(float)
    ds["code_knowledge"][:] = (3 * a + b)[None, :, None]
    table = chasm.sobol(ds, "code_knowledge")
    exact = 9 * 0.64 / (9 * 0.64 + 0.01)
    assert table.index[0] == "socialisation"
    for name, share in (("socialisation", exact), ("turbulence", 1 - exact)):
        for kind in ("first", "total"):
            assert table.loc[name, f"{kind}_low"] <= share <= table.loc[name, f"{kind}_high"]
    assert table.loc["turbulence", "total"] < 0.003
    assert table.loc["code_learning", "total"] == 0


def test_morris_agrees_with_salib(morris):
    analyze = pytest.importorskip("SALib.analyze.morris", reason="the Python package SALib is missing").analyze
    ds = opened(morris)
    names = [
        str(v.attrs["parameter"]) for v in ds.data_vars.values() if v.dims == ("future",) and "parameter" in v.attrs
    ]
    # SALib wants places on the levels; ranks of the six values of each parameter are these.
    places = [np.unique(ds[f"parameter_{name}"].values.round(12), return_inverse=True)[1] / 5 for name in names]
    problem = {"num_vars": 3, "names": names, "bounds": [[0, 1]] * 3}
    wanted = analyze(problem, np.column_stack(places), outcome(ds, 0), num_levels=6, seed=1)
    table = chasm.morris(ds, "code_knowledge")
    for k, name in enumerate(names):
        assert table.loc[name, "mu"] == pytest.approx(wanted["mu"][k], rel=1e-9)
        assert table.loc[name, "mu_star"] == pytest.approx(wanted["mu_star"][k], rel=1e-9)
        assert table.loc[name, "sigma"] == pytest.approx(wanted["sigma"][k], rel=1e-9)
    assert (table["trajectories"] == 30).all()


def test_importance(learning, results):
    ds = opened(learning)
    table = chasm.importance(ds, "code_knowledge", arm="fast")
    from scipy.stats import spearmanr

    y = outcome(ds, 1)
    for name, row in table.iterrows():
        x = ds[f"parameter_{name}"].values
        assert row["correlation"] == pytest.approx(spearmanr(x, y)[0])
        assert row["low"] < row["correlation"] < row["high"]
        order = np.argsort(x, kind="stable")
        assert row["low_third"] == pytest.approx(y[order[:10]].mean())
    # Costs of levers that nobody pulls cannot matter.
    table = chasm.importance(opened(results), "net_present_value", arm="council", baseline="nothing")
    assert "cost.council.once" in table.index and "cost.mlops.once" not in table.index


def test_parameters_that_do_not_matter_are_seldom_called_important(learning):
    ds = chasm.open(learning).load()
    rng = np.random.default_rng(5)
    found = 0
    for _ in range(200):
        ds["code_knowledge"][:] = rng.normal(size=(1, 30, 1))
        found += chasm.importance(ds, "code_knowledge")["beyond_chance"].any()
    # 1 in 20 studies: 10 of 200, standard error 3.1.
    assert found <= 10 + 4 * 3.1


def test_other_designs_are_refused(learning, luck_only, saltelli):
    with pytest.raises(chasm.NotPossible, match="saltelli.*independent"):
        chasm.sobol(opened(learning), "code_knowledge")
    with pytest.raises(chasm.NotPossible, match="morris.*saltelli"):
        chasm.morris(opened(saltelli), "code_knowledge")
    with pytest.raises(chasm.NotPossible, match="no parameter varies"):
        chasm.importance(opened(luck_only), "code_knowledge")
    ds = opened(learning).isel(future=slice(0, 3))
    with pytest.raises(chasm.NotPossible, match="four futures"):
        chasm.importance(ds, "code_knowledge")
