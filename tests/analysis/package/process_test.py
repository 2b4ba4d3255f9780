"""Where value goes, series, portfolios: against plain numpy, against exact totals, and what is not recorded."""

from __future__ import annotations

import math

import chasm
import numpy as np
import pytest
import xarray as xr
from chasm import moments
from conftest import ARMS
from studies import REFERENCE, opened, run

pytestmark = pytest.mark.filterwarnings("ignore::chasm.FailedWorldsWarning")


@pytest.mark.parametrize("which", ["results", "failed"])
def test_waterfall(request, which):
    path = request.getfixturevalue(which)
    table = chasm.waterfall(opened(path), baseline="nothing")
    with xr.open_dataset(path, engine="h5netcdf") as ds:
        ds = ds.load()
    causes = table.index.get_level_values("cause").unique().tolist()
    assert causes[0] == "false_hypothesis" and causes[-1] == "realised" and len(causes) == 21
    for arm in ("nothing", "platform_first"):
        parts = {cause: ds[f"waterfall_{cause}"].sel(arm=arm).values / 100 for cause in causes}
        true = sum(part for cause, part in parts.items() if cause != "false_hypothesis")
        for cause, part in parts.items():
            row = table.loc[arm, cause]
            mean, whole = (np.nanmean(np.nanmean(x, axis=1)) for x in (part, true))
            assert row["money"] == pytest.approx(mean, rel=1e-12)
            assert row["share"] == pytest.approx(mean / whole, rel=1e-12)
            residue = np.nanmean(part - mean / whole * true, axis=1)
            assert row["share_error"] == pytest.approx(residue.std(ddof=1) / math.sqrt(40) / whole, rel=1e-6)
    difference = ds["waterfall_killed"].sel(arm="council") - ds["waterfall_killed"].sel(arm="nothing")
    found = table.loc[("council", "killed"), "change"]
    assert found == pytest.approx(float(difference.mean("replication").mean()) / 100, rel=1e-9)
    assert (table.loc["nothing", "change"] == 0).all()


def test_waterfall_without_metrics_comes_from_totals(results):
    ds = opened(results)
    full = chasm.waterfall(ds)
    bare = ds.drop_vars([name for name in ds.data_vars if str(name).startswith("waterfall_")])
    sums = chasm.waterfall(bare)
    np.testing.assert_allclose(sums["money"], full["money"], rtol=1e-12)
    np.testing.assert_allclose(sums["share"], full["share"], rtol=1e-12)
    assert sums["share_error"].isna().all()
    with pytest.raises(chasm.NotRecorded, match="every world"):
        chasm.waterfall(bare, baseline="nothing")
    with pytest.raises(chasm.NotRecorded, match="no waterfall"):
        chasm.waterfall(bare.drop_vars("total_value_by_month"))


def test_series_of_every_world(results, monkeypatch):
    ds = opened(results)
    found = chasm.series(ds, "net_value", [0.1, 0.5, 0.9], baseline="nothing")
    values = ds["net_value_series"].values.astype(float)
    difference = values[3] - values[0]
    at = found.sel(arm="everything")
    wanted = np.quantile(difference.reshape(80, -1), [0.1, 0.5, 0.9], axis=0)
    np.testing.assert_allclose(at["value"].values.T, wanted, rtol=1e-12)
    by_future = difference.mean(axis=1)
    np.testing.assert_allclose(at["mean"], by_future.mean(axis=0), rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(at["standard_error"], by_future.std(axis=0, ddof=1) / math.sqrt(40), rtol=1e-9)
    assert found.attrs["resolution"] == 0 and "nothing" not in found["arm"]
    monkeypatch.setattr(moments, "HELD_BYTES", 0)
    binned = chasm.series(ds, "net_value", [0.1, 0.5, 0.9], baseline="nothing")
    width = binned.attrs["resolution"]
    assert 0 < width < np.ptp(difference) / 1000
    between_neighbours(binned["value"].sel(arm="everything").values, difference.reshape(80, -1), width)


def between_neighbours(found, worlds, width):
    """Found quantiles [time, (.1, .5, .9)] lie between the worlds [world, time] next to them, to a bin."""
    ordered = np.sort(worlds, axis=0)
    for k, q in enumerate((0.1, 0.5, 0.9)):
        at = q * (len(ordered) - 1)
        low, high = ordered[max(math.floor(at) - 1, 0)], ordered[min(math.ceil(at) + 1, len(ordered) - 1)]
        assert (low - width <= found[:, k]).all() and (found[:, k] <= high + width).all()


def test_histograms_agree_with_worlds_to_a_bin(learning, bands):
    full, binned = (chasm.series(opened(path), "code_knowledge", [0.1, 0.5, 0.9]) for path in (learning, bands))
    width = binned.attrs["resolution"]
    assert width > 0
    values = opened(learning)["code_knowledge_series"].values.astype(float)
    for arm in (0, 1):
        between_neighbours(binned["value"].values[arm], values[arm].reshape(90, -1), width)
    assert np.abs(binned["mean"] - full["mean"]).max() <= width / 2
    assert binned["standard_error"].isnull().all()
    with pytest.raises(chasm.NotRecorded, match='keep = "full"'):
        chasm.series(opened(bands), "code_knowledge", baseline="slow")


def test_series_that_are_not_there(results, luck_only):
    with pytest.raises(chasm.NotRecorded, match="has no series"):
        chasm.series(opened(luck_only), "code_knowledge")
    with pytest.raises(chasm.UnknownName, match='did you mean "net_value"'):
        chasm.series(opened(results), "net_valeu")


def test_totals_are_by_world_that_ran(failed):
    ds = opened(failed)
    found = chasm.total(ds, "gate_decisions")
    assert found.sel(arm="platform_first", gate="data", verdict="passed") == ds["total_gate_decisions"][2, 1, 0] / 78
    cash = chasm.total(ds, "cash_by_month")
    assert cash.attrs["units"] == "USD"
    assert chasm.total(ds, "promises").attrs["units"] == "USD/week"
    with pytest.raises(chasm.UnknownName, match="gate_decisions"):
        chasm.total(ds, "gate_decision")
    bare = ds.drop_vars([name for name in ds.data_vars if str(name).startswith("total_")])
    with pytest.raises(chasm.NotRecorded, match="no totals"):
        chasm.total(bare, "gate_decisions")
    with pytest.raises(chasm.NotRecorded, match="early warnings"):
        chasm.early_warning(bare)


def test_a_result_without_worlds_has_totals_and_bands(folder, results):
    """The same futures, of which no world is kept: sums are the same, and the rest is asked for in words."""
    sets = [
        "design.futures=40",
        "design.replications=2",
        'outputs.worlds="none"',
        'outputs.series.keep="bands"',
        'outputs.metrics=["spending"]',
    ]
    path = run(REFERENCE, folder / "no_worlds.h5", *sets, f"design.arms={str(ARMS)}".replace("'", '"'))
    ds, full = opened(path), opened(results)
    xr.testing.assert_allclose(chasm.total(ds, "gate_decisions"), chasm.total(full, "gate_decisions"))
    assert chasm.waterfall(ds)["share"].equals(chasm.waterfall(ds, arms=ARMS)["share"])
    assert chasm.failures(ds).empty
    np.testing.assert_allclose(ds["spending_mean"], chasm.summary(full, "spending")["mean"], rtol=1e-6)
    for ask in (chasm.regret, chasm.differences, chasm.importance):
        with pytest.raises(chasm.NotRecorded, match='worlds = "all"'):
            ask(ds, "spending")


def test_money_of_totals_is_the_money_of_metrics(results):
    ds = opened(results)
    realised = chasm.total(ds, "cash_by_month").sum("month").sel(flow="realised")
    # Metrics are f32, totals exact.
    np.testing.assert_allclose(realised, chasm.summary(ds, "realised_value")["mean"], rtol=1e-6)


def test_portfolio_and_adoption(results):
    ds = opened(results)
    weeks = chasm.portfolio(ds)["week"].values
    assert weeks[-1] == ds.attrs["steps"] and (np.diff(weeks) > 0).all()
    users = chasm.adoption(ds)
    raw = ds["total_portfolio_by_month"].sel(what="active_users")
    np.testing.assert_allclose(users[:, -1], raw[:, -1] / 4 / 80)
    assert users.dims == ("arm", "month")


def test_funnel(results):
    ds = opened(results)
    table = chasm.funnel(ds, arms=["council"])
    assert table.loc["council", "reached"].iloc[0] == pytest.approx(chasm.summary(ds, "started").loc["council", "mean"])
    assert table.loc[("council", "in use"), "reached"] == pytest.approx(
        chasm.summary(ds, "went_live").loc["council", "mean"]
    )
    assert table.loc[("council", "passed data"), "reached"] == pytest.approx(
        float(ds["total_gate_decisions"].sel(arm="council", gate="data", verdict="passed")) / 80
    )


def test_early_warning(results):
    ds = opened(results)
    table = chasm.early_warning(ds, arm="council")
    counts = ds["total_early_warning"].sel(arm="council").values
    assert (table["initiatives"] == counts.sum(axis=1)).all()
    some = table["initiatives"] > 0
    share = (counts[:, 1] / np.maximum(counts.sum(axis=1), 1))[some]
    np.testing.assert_allclose(table["in_use"][some], share)
    assert (table["low"][some] <= share).all() and (share <= table["high"][some]).all()
