"""Results that keep no world against those of the same study that keep all."""

from __future__ import annotations

import chasm
import numpy as np
import pandas as pd
import pytest
from studies import REFERENCE, UNCERTAIN, march, opened, run

METRIC = "code_knowledge"


@pytest.fixture(scope="module")
def worlds(folder):
    more = "[design]\nfutures = 200\nreplications = 3\n[outputs]\nmetrics = 'all'\n"
    return opened(march(folder, "kept", UNCERTAIN + more))


@pytest.fixture(scope="module")
def sketches(sketches):
    return opened(sketches)


def same(found: pd.DataFrame, expected: pd.DataFrame, but: tuple[str, ...] = ()) -> None:
    assert list(found.columns) == list(expected.columns)
    assert {**found.attrs, "resolution": 0} == {**expected.attrs, "resolution": 0}
    columns = [name for name in found.columns if name not in but]
    pd.testing.assert_frame_equal(found[columns], expected[columns], rtol=1e-6, check_dtype=False)


def test_summary_and_paired_are_those_of_the_worlds(worlds, sketches):
    same(chasm.summary(sketches, METRIC), chasm.summary(worlds, METRIC))
    same(
        chasm.summary(sketches, METRIC, arms=["fast"], level=0.5),
        chasm.summary(worlds, METRIC, arms=["fast"], level=0.5),
    )
    pairs = chasm.paired(sketches, METRIC)
    same(pairs, chasm.paired(worlds, METRIC), but=("above_zero",))
    assert pairs["above_zero"].isna().all()


def test_quantiles_and_frequencies_are_known_to_within_a_cell(worlds, sketches):
    found, exact = chasm.quantiles(sketches, METRIC), chasm.quantiles(worlds, METRIC)
    width = found.attrs["resolution"]
    assert width == pytest.approx(2 / 512)
    assert np.nanmax(np.abs(found - exact).to_numpy()) <= width
    assert (found["low"] <= found["value"]).all() and (found["value"] <= found["high"]).all()
    odds, really = (chasm.frequencies(ds, METRIC, above=0.4) for ds in (sketches, worlds))
    values = chasm.table(worlds, METRIC)
    near = values[METRIC].between(0.4 - width, 0.4 + width).groupby(values["arm"]).mean()
    assert ((odds["share"] - really["share"]).abs() <= near.reindex(odds.index) + 1e-12).all()
    assert list(odds["worlds"]) == [600, 600] and list(odds["futures"]) == [200, 200]


def test_replications_count_where_there_is_one_future(folder):
    kept, sketched = (
        opened(march(folder, f"one_future_{keep}", f"[design]\nreplications = 50\n[outputs]\nworlds = '{keep}'\n"))
        for keep in ("all", "none")
    )
    same(chasm.summary(sketched, METRIC), chasm.summary(kept, METRIC))


def test_money_comes_in_whole_units(folder):
    kept, sketched = (
        opened(
            run(
                REFERENCE,
                folder / f"money_{keep}.h5",
                'design.arms=["nothing","platform_first"]',
                "design.futures=30",
                'outputs.series={metrics=["net_value"],every="52 weeks",keep="bands"}',
                f'outputs.worlds="{keep}"',
            )
        )
        for keep in ("all", "none")
    )
    for metric in ("net_present_value", "waterfall.adoption"):
        same(chasm.summary(sketched, metric), chasm.summary(kept, metric))


def test_failed_worlds_are_counted(folder, sketches):
    assert chasm.failures(sketches).empty
    ds = sketches.copy(deep=True)
    ds = ds.assign_coords(outcome=["ok", "not_a_number"])
    ds["worlds"] = ("arm", "outcome"), np.array([[600, 0], [597, 3]]), ds["worlds"].attrs
    assert chasm.failures(ds)["worlds"].to_dict() == {("fast", "not a number"): 3}
    ds["code_knowledge_worlds"] = "arm", np.array([600, 597]), ds["code_knowledge_worlds"].attrs
    assert list(chasm.summary(ds, METRIC)["left_out"]) == [0, 3]


@pytest.mark.parametrize(
    "ask",
    [
        lambda ds: chasm.table(ds),
        lambda ds: chasm.differences(ds, METRIC),
        lambda ds: chasm.regret(ds, METRIC),
        lambda ds: chasm.frequencies(ds, METRIC, baseline="slow"),
        lambda ds: chasm.quantiles(ds, METRIC, baseline="slow"),
        lambda ds: chasm.importance(ds, METRIC),
    ],
)
def test_what_needs_worlds_says_so(sketches, ask):
    with pytest.raises(chasm.ChasmError) as error:
        ask(sketches)
    assert 'worlds = "all"' in str(error.value)


def test_other_baselines_and_names_are_refused(sketches):
    with pytest.raises(chasm.NotPossible, match="slow"):
        chasm.paired(sketches, METRIC, baseline="fast")
    with pytest.raises(chasm.UnknownName, match='did you mean "code_knowledge"'):
        chasm.summary(sketches, "code_knowlege")
    with pytest.raises(chasm.UnknownName, match="fast"):
        chasm.summary(sketches, METRIC, arms=["fastest"])
