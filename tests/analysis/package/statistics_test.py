"""Statistics against plain numpy on all worlds at once, and what they say of few, failed and missing worlds."""

from __future__ import annotations

import functools
import json
import math
import subprocess
import warnings

import chasm
import numpy as np
import pytest
import xarray as xr
from chasm import blocks, moments
from studies import PROGRAM, opened

pytestmark = pytest.mark.filterwarnings("ignore::chasm.FailedWorldsWarning")


@functools.lru_cache
def worlds(path, name):
    """[arm][future, replication] of one metric, by means of xarray alone."""
    with xr.open_dataset(path, engine="h5netcdf") as ds:
        values = ds[name].load()
        scale = 0.01 if values.attrs["units"].endswith("/100") else 1
        return dict(zip(ds["arm"].values.tolist(), values.values.astype(float) * scale, strict=True))


@pytest.fixture(params=["results", "failed"])
def path(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=[blocks.BLOCK_BYTES, 1])
def pieces(request, monkeypatch):
    """Whole at once, and future by future."""
    monkeypatch.setattr(blocks, "BLOCK_BYTES", request.param)
    monkeypatch.setattr(blocks.Worlds, "__init__", _with_limit(blocks.Worlds.__init__, request.param))
    return request.param


def _with_limit(init, limit):
    def changed(self, ds, variable, arms, baseline=None, _=None):
        init(self, ds, variable, arms, baseline, limit)

    return changed


def test_pieces_are_whole_futures(results, pieces):
    source = blocks.worlds(opened(results), "spending")
    parts = [block.shape for _, block in source.blocks()]
    assert sum(shape[1] for shape in parts) == 40
    assert len(parts) == (1 if pieces > 1 else 40)


def test_summary(path, pieces):
    table = chasm.summary(opened(path), "net_present_value")
    for arm, values in worlds(path, "net_present_value").items():
        means = np.array([f[np.isfinite(f)].mean() for f in values])
        row = table.loc[arm]
        assert row["mean"] == pytest.approx(means.mean(), rel=1e-12)
        assert row["standard_error"] == pytest.approx(means.std(ddof=1) / math.sqrt(40), rel=1e-12)
        assert row["high"] - row["mean"] == pytest.approx(2.0226909 * row["standard_error"], rel=1e-6)
        assert row["sd"] == pytest.approx(np.nanstd(values, ddof=1), rel=1e-12)
        assert (row["futures"], row["worlds"]) == (40, np.isfinite(values).sum())
        assert row["worlds"] + row["left_out"] == 80
    assert table.attrs["unit"] == "USD"


def test_cents_come_as_whole_money(results):
    table = chasm.summary(opened(results), "waterfall.adoption")
    assert table.attrs["unit"] == "USD"
    assert table.loc["nothing", "mean"] == pytest.approx(worlds(results, "waterfall_adoption")["nothing"].mean())


def test_paired(path, pieces):
    table = chasm.paired(opened(path), "net_present_value", "nothing")
    values = worlds(path, "net_present_value")
    assert list(table.index) == [arm for arm in values if arm != "nothing"]
    for arm, row in table.iterrows():
        difference = values[arm] - values["nothing"]
        known = np.isfinite(difference)
        means = np.array([f[k].mean() for f, k in zip(difference, known, strict=True) if k.any()])
        assert row["mean"] == pytest.approx(means.mean(), rel=1e-12)
        assert row["standard_error"] == pytest.approx(means.std(ddof=1) / math.sqrt(len(means)), rel=1e-12)
        assert row["above_zero"] == pytest.approx((difference[known] > 0).mean())
        assert (row["futures"], row["pairs"], row["left_out"]) == (len(means), known.sum(), 80 - known.sum())
        apart = np.nanmean(values[arm], axis=1).var(ddof=1) + np.nanmean(values["nothing"], axis=1).var(ddof=1)
        assert row["variance_reduction"] == pytest.approx(apart / means.var(ddof=1), rel=1e-9)


def test_a_stopped_arm_still_pairs(failed):
    table = chasm.paired(opened(failed), "net_present_value", "nothing")
    assert table["left_out"].to_dict() == {
        "stop_ai": 1,
        "platform_first": 3,
        "everything": 2,
        "council": 1,
        "translators": 1,
    }


def test_the_baseline_is_a_choice(results):
    ds = opened(results)
    there, back = chasm.paired(ds, "spending", "council"), chasm.paired(ds, "spending", "nothing")
    assert there.loc["nothing", "mean"] == -back.loc["council", "mean"]
    assert there.attrs["baseline"] == "council"
    assert list(chasm.paired(ds, "spending", arms=["council"]).index) == ["council"]


@pytest.mark.parametrize("which", ["learning", "luck_only"])
def test_numbers_are_those_of_the_program(request, which):
    """`chasm info` knows the same means, errors and variance ratios."""
    path = request.getfixturevalue(which)
    out = subprocess.run([PROGRAM, "info", str(path), "--json"], check=True, capture_output=True, text=True)
    ds = opened(path)
    metrics = json.loads(out.stdout)["metrics"]
    assert metrics
    for name, metric in metrics.items():
        row = chasm.summary(ds, name).loc["fast"]
        change = chasm.paired(ds, name).loc["fast"]
        found = metric["arms"]["fast"]
        paired = found["minus_baseline"]
        pairs = [(row["sd"], found["standard_deviation"]), (row["futures"], found["independent_units"])]
        for ours, theirs in ((row, found), (change, paired)):
            pairs += [(ours[name], theirs[name]) for name in ("mean", "standard_error")]
        for ours, theirs in pairs:
            # JSON has no NaN: a metric that no world has is null.
            assert ours == pytest.approx(math.nan if theirs is None else theirs, rel=1e-9, abs=1e-12, nan_ok=True), name
        if paired["variance_reduction"] is not None:  # nor infinity, where both arms always agree
            assert change["variance_reduction"] == pytest.approx(paired["variance_reduction"], rel=1e-9)


def test_differences(failed):
    found = chasm.differences(opened(failed), "spending", "nothing", arms=["platform_first"])
    values = worlds(failed, "spending")
    np.testing.assert_array_equal(found.values[0], values["platform_first"] - values["nothing"])
    assert found.attrs["units"] == "USD" and found["arm"].values.tolist() == ["platform_first"]


def test_frequencies(path, pieces):
    table = chasm.frequencies(opened(path), "net_present_value", above=1e6, baseline="nothing")
    values = worlds(path, "net_present_value")
    for arm, row in table.iterrows():
        difference = values[arm] - values["nothing"]
        known = difference[np.isfinite(difference)]
        assert row["share"] == pytest.approx((known > 1e6).mean())
        assert row["low"] <= row["share"] <= row["high"] and row["worlds"] == len(known)
        hits, of = (int(n) for n in row["words"].replace("more than ", "").replace("fewer than ", "").split(" of "))
        assert abs(hits / of - row["share"]) <= 1 / of and of == 5  # 40 futures allow fifths


def test_replications_of_a_future_are_no_new_futures():
    """Worlds of a future that are all alike count once."""
    rng = np.random.default_rng(3)
    values = np.repeat(rng.normal(size=(1, 400, 1)), 25, axis=2)
    table = chasm.frequencies(dataset(values), "m", 0.0)
    one = chasm.frequencies(dataset(values[:, :, :1]), "m", 0.0)
    assert table.loc["a", "high"] - table.loc["a", "low"] == pytest.approx(
        one.loc["a", "high"] - one.loc["a", "low"], rel=0.01
    )


def dataset(values, **more):
    arms = [chr(ord("a") + k) for k in range(len(values))]
    dims = ("arm", "future", "replication")
    status = np.where(np.isfinite(values), 1, 2).astype("u1")
    data = {"m": (dims, values, {"units": "1", "metric": "m"}), "status": (dims, status)}
    return xr.Dataset(data | more, {"arm": arms, "future": np.arange(values.shape[1])})


def test_intervals_hold_the_truth_as_often_as_they_say():
    """Normal futures with a known mean, share and quantile; 400 studies, so 380 +- 4 x 4.4 hold it."""
    rng = np.random.default_rng(11)
    studies = 400
    luck = rng.normal(size=(studies, 60, 4)) + 1.5 * rng.normal(size=(studies, 60, 1))
    ds = dataset(luck)
    total = math.sqrt(1 + 1.5**2)
    least = 0.95 * studies - 4 * math.sqrt(studies * 0.95 * 0.05)
    mean = chasm.summary(ds, "m")
    held = ((mean["low"] <= 0) & (mean["high"] >= 0)).sum()
    assert least <= held <= studies - 3
    share = chasm.frequencies(ds, "m", above=total)
    held = ((share["low"] <= 0.1586553) & (share["high"] >= 0.1586553)).sum()
    assert held >= least
    at = chasm.quantiles(ds, "m", [0.5, 0.84134475])
    for q, truth in ((0.5, 0.0), (0.84134475, total)):
        part = at.xs(q, level="quantile")
        assert ((part["low"] <= truth) & (truth <= part["high"])).sum() >= least


def test_quantiles(path, pieces):
    table = chasm.quantiles(opened(path), "net_present_value", [0, 0.1, 0.5, 1], baseline="nothing")
    values = worlds(path, "net_present_value")
    for arm in ("platform_first", "council"):
        difference = values[arm] - values["nothing"]
        known = difference[np.isfinite(difference)]
        np.testing.assert_allclose(table.loc[arm, "value"], np.quantile(known, [0, 0.1, 0.5, 1]), rtol=1e-12)
    middle = table.xs(0.5, level="quantile")
    assert ((middle["low"] < middle["value"]) & (middle["value"] < middle["high"])).all()
    # 40 futures hold no lower limit of a quantile that one of them lies below.
    assert table.xs(0, level="quantile")["low"].isna().all() and table.attrs["resolution"] == 0


def test_quantiles_that_do_not_fit_come_from_fine_bins(results, monkeypatch):
    ds = opened(results)
    exact = chasm.quantiles(ds, "net_present_value", [0.1, 0.5, 0.9])
    monkeypatch.setattr(moments, "HELD_BYTES", 0)
    binned = chasm.quantiles(ds, "net_present_value", [0.1, 0.5, 0.9])
    width = binned.attrs["resolution"]
    values = worlds(results, "net_present_value")
    assert 0 < width <= max(np.ptp(v) for v in values.values()) / 1000
    # numpy interpolates between neighbours: the bins' quantile lies between the same two, to within a bin.
    for (arm, q), row in binned.iterrows():
        known = np.sort(values[arm].ravel())
        at = q * (len(known) - 1)
        low, high = known[max(math.floor(at) - 1, 0)], known[min(math.ceil(at) + 1, len(known) - 1)]
        assert low - width <= row["value"] <= high + width
    assert exact.attrs["resolution"] == 0


def test_fine_bins_are_exact_to_their_width(monkeypatch):
    """So many values that neighbours are closer than three bins."""
    values = np.random.default_rng(8).uniform(size=(1, 100_000, 1))
    monkeypatch.setattr(moments, "HELD_BYTES", 0)
    q = [0.0, 0.1, 0.5, 0.9, 1.0]
    binned = chasm.quantiles(dataset(values), "m", q)
    assert 1 / binned.attrs["resolution"] == pytest.approx(1 << 16, rel=1e-3)
    np.testing.assert_allclose(binned["value"], np.quantile(values, q), atol=3 * binned.attrs["resolution"])


def test_table(failed):
    table = chasm.table(opened(failed), "net_present_value", "waterfall.realised", parameters=True)
    assert len(table) == 476 and not table["net_present_value"].isna().any()
    values = worlds(failed, "waterfall_realised")["council"]
    row = table[(table.arm == "council") & (table.future == 5) & (table.replication == 1)]
    assert row["waterfall.realised"].item() == values[5, 1]
    assert row["budget.yearly"].item() == 15 or "budget.yearly" in table
    everything = chasm.table(opened(failed), arms=["nothing"])
    assert len(everything) == 79 and "spending" in everything


def test_one_future_counts_replications(luck_only):
    ds = opened(luck_only)
    table = chasm.paired(ds, "code_knowledge", "slow")
    values = worlds(luck_only, "code_knowledge")
    difference = (values["fast"] - values["slow"])[0]
    assert table.loc["fast", "futures"] == 50
    assert table.loc["fast", "standard_error"] == pytest.approx(difference.std(ddof=1) / math.sqrt(50), rel=1e-12)


def test_one_world_has_a_mean_and_no_error(one_world):
    ds = opened(one_world)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        row = chasm.summary(ds, "code_knowledge").loc["slow"]
        odds = chasm.frequencies(ds, "code_knowledge").loc["slow"]
        at = chasm.quantiles(ds, "code_knowledge")
    assert math.isfinite(row["mean"]) and math.isnan(row["standard_error"]) and math.isnan(row["low"])
    assert odds["share"] in (0, 1) and at["low"].isna().all()
    with pytest.raises(chasm.NotPossible, match="two arms"):
        chasm.paired(ds, "code_knowledge")
    with pytest.raises(chasm.NotPossible, match="two or more"):
        chasm.regret(ds, "code_knowledge")


def test_designs_that_share_luck_count_base_points(saltelli):
    ds = opened(saltelli)
    values = worlds(saltelli, "code_knowledge")["slow"]
    groups = ds["random_future"].values
    means = np.array([values[groups == g].mean() for g in np.unique(groups)])
    row = chasm.summary(ds, "code_knowledge").loc["slow"]
    assert row["futures"] == 64
    assert row["standard_error"] == pytest.approx(means.std(ddof=1) / 8, rel=1e-9)


def test_names_that_are_not_there(results, luck_only):
    ds = opened(results)
    with pytest.raises(chasm.UnknownName, match='"relised_value".*did you mean "realised_value"'):
        chasm.summary(ds, "relised_value")
    with pytest.raises(chasm.UnknownName, match='"platfrom_first".*"platform_first"'):
        chasm.paired(ds, "spending", "platfrom_first")
    with pytest.raises(chasm.UnknownName, match="no arm"):
        chasm.summary(ds, "spending", arms=["council", "x"])
    with pytest.raises(chasm.UnknownName, match="no metric"):
        chasm.paired(opened(luck_only), "net_present_value")
    with pytest.raises(KeyError):
        chasm.summary(ds, "status_of")
    with pytest.raises(chasm.NotPossible, match="from 0 to 1"):
        chasm.quantiles(ds, "spending", [95])


def test_regret(path, pieces):
    values = worlds(path, "net_present_value")
    means = np.array(
        [[f[np.isfinite(f)].mean() if np.isfinite(f).any() else np.nan for f in v] for v in values.values()]
    )
    wanted = means.max(axis=0) - means
    ds = opened(path)
    table = chasm.regret(ds)
    for arm, own in zip(values, wanted, strict=True):
        assert table.loc[arm, "mean"] == pytest.approx(np.nanmean(own), rel=1e-12)
        assert table.loc[arm, "p90"] == pytest.approx(np.nanquantile(own, 0.9), rel=1e-12)
        assert table.loc[arm, "best"] == pytest.approx((own == 0).mean())
    assert table["mean"].is_monotonic_increasing and table["best"].sum() == pytest.approx(1)
    np.testing.assert_allclose(chasm.regrets(ds).values, wanted)
    least = chasm.regret(ds, "spending", larger_is_better=False)
    assert least.index[0] == "stop_ai" and least.loc["stop_ai", "mean"] == 0


def test_frontier(results):
    table = chasm.frontier(opened(results), baseline="nothing")
    for _, row in table.iterrows():
        better = (table["cost"] <= row["cost"]) & (table["value_at_risk"] > row["value_at_risk"])
        assert row["efficient"] == (not better.any())
    assert table["cost"].is_monotonic_increasing
