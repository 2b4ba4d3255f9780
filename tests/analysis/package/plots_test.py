"""Every plot draws what the statistics say, on axes of its own or those given, in colours that everyone tells apart."""

from __future__ import annotations

import chasm
import matplotlib.pyplot as plt
import numpy as np
import pytest
from chasm import plots
from chasm.plots.canvas import COLOURS
from matplotlib.colors import to_rgb
from studies import opened


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


CASES = {
    "quantile_dotplot": lambda ds, ax: plots.quantile_dotplot(ds, "spending", "council", baseline="nothing", ax=ax),
    "exceedance": lambda ds, ax: plots.exceedance(ds, "spending", target=1e6, ax=ax),
    "fan_chart": lambda ds, ax: plots.fan_chart(ds, "net_value", "council", baseline="nothing", ax=ax),
    "adoption_curves": lambda ds, ax: plots.adoption_curves(ds, ax=ax),
    "waterfall": lambda ds, ax: plots.waterfall(ds, "nothing", "platform_first", ax=ax),
    "effects": lambda ds, ax: plots.effects(ds, baseline="nothing", ax=ax),
    "tornado": lambda ds, ax: plots.tornado(ds, "net_present_value", "council", baseline="nothing", ax=ax),
    "funnel": lambda ds, ax: plots.funnel(ds, arms=["nothing", "council"], ax=ax),
    "early_warning": lambda ds, ax: plots.early_warning(ds, ax=ax),
    "regret_map": lambda ds, ax: plots.regret_map(ds, columns=7, ax=ax),
    "efficient_frontier": lambda ds, ax: plots.efficient_frontier(ds, baseline="nothing", ax=ax),
    "sobol_bars": None,
}


def test_every_plot_is_tried():
    assert set(CASES) == set(plots.__all__)


@pytest.mark.parametrize("name", [name for name, draw in CASES.items() if draw])
def test_axes_come_back(results, name):
    ds = opened(results)
    own = CASES[name](ds, None)
    assert isinstance(own, plt.Axes) and own.has_data()
    _, given = plt.subplots()
    before = len(plt.get_fignums())
    assert CASES[name](ds, given) is given
    assert len(plt.get_fignums()) == before
    given.figure.canvas.draw()
    assert given.get_xlabel()


@pytest.mark.filterwarnings("ignore::chasm.FailedWorldsWarning")
@pytest.mark.parametrize("name", [name for name, draw in CASES.items() if draw])
def test_failed_worlds_leave_no_holes(failed, name):
    CASES[name](opened(failed), None).figure.canvas.draw()


def test_dots_are_quantiles(results):
    ds = opened(results)
    ax = plots.quantile_dotplot(ds, "net_present_value", "council", baseline="nothing")
    above, below = (len(dots.get_offsets()) for dots in ax.collections)
    assert above + below == 20
    share = chasm.frequencies(ds, "net_present_value", baseline="nothing", arms=["council"])["share"].iloc[0]
    assert abs(above / 20 - share) <= 0.05
    offsets = np.concatenate([dots.get_offsets() for dots in ax.collections])
    assert len({tuple(np.round(place, 6)) for place in offsets}) == 20


def test_exceedance_meets_the_share_above_the_target(results):
    ds = opened(results)
    ax = plots.exceedance(ds, "net_present_value", arms=["council"], baseline="nothing", target=0)
    x, y = ax.lines[0].get_data()
    at_zero = np.interp(0, x, y)
    share = chasm.frequencies(ds, "net_present_value", baseline="nothing", arms=["council"])["share"].iloc[0]
    assert at_zero == pytest.approx(share, abs=0.03)


@pytest.mark.parametrize("metric", ["net_present_value", "spending"])
def test_effects_are_filled_where_they_are_sure(results, metric):
    ds = opened(results)
    ax = plots.effects(ds, metric, "nothing")
    table = chasm.paired(ds, metric, "nothing")
    sure = ((table["low"] > 0) | (table["high"] < 0)).sum()
    assert len(ax.collections[1].get_offsets()) == sure
    assert len(ax.collections[2].get_offsets()) == len(table) - sure
    assert "million USD" in ax.get_xlabel()


def test_unsure_and_negative_effects_are_both_there(results):
    """Else filling could follow anything."""
    value, spending = (chasm.paired(opened(results), name, "nothing") for name in ("net_present_value", "spending"))
    assert ((value["low"] < 0) & (value["high"] > 0)).any() and (spending["high"] < 0).any()


def test_waterfall_ends_with_what_is_realised(results):
    ds = opened(results)
    ax = plots.waterfall(ds, "nothing", "platform_first")
    shares = chasm.waterfall(ds)["share"]
    widths = [bar.get_width() for bar in ax.patches]
    half = len(widths) // 2
    for first, arm in ((0, "nothing"), (half, "platform_first")):
        assert sum(widths[first : first + half]) == pytest.approx(100)
        assert widths[first + half - 1] == pytest.approx(100 * shares[arm, "realised"])
        bars = ax.patches[first : first + half]
        ends = [100, *(bar.get_x() for bar in bars[:-1])]
        # Each cause begins where the one before it ends; what is left is realised.
        for bar, end in zip(bars[:-1], ends, strict=False):
            assert bar.get_x() + bar.get_width() == pytest.approx(end)
        assert ends[-1] == pytest.approx(bars[-1].get_width())


def test_regret_map_has_all_futures(results):
    ds = opened(results)
    ax = plots.regret_map(ds, columns=1000)
    shown = ax.images[0].get_array()
    wanted = chasm.regrets(ds).values / 1e6
    assert shown.shape == wanted.shape
    assert sorted(shown.mean(axis=1)) == pytest.approx(sorted(wanted.mean(axis=1)))


def test_sobol_bars(saltelli):
    ax = plots.sobol_bars(opened(saltelli), "code_knowledge")
    table = chasm.sobol(opened(saltelli), "code_knowledge")
    assert sorted(bar.get_width() for bar in ax.patches) == pytest.approx(
        sorted([*table["first"], *table["total"]]), abs=1e-9
    )


DICHROMATS = {  # Viénot, Brettel and Mollon (1999), on linear RGB
    "protanope": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    "deuteranope": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def distance(a, b, matrix):
    """CIELAB distance of two colours as a dichromat sees them."""

    def lab(colour):
        seen = np.clip(np.array(matrix) @ np.array(to_rgb(colour)) ** 2.2, 0, 1)
        x, y, z = np.cbrt(TO_XYZ @ seen / TO_XYZ.sum(axis=1))
        return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])

    return np.linalg.norm(lab(a) - lab(b))


@pytest.mark.parametrize("who", DICHROMATS)
def test_colours_are_told_apart_by_everyone(who):
    # The first three stand beside one another most often.
    for k, a in enumerate(COLOURS[:3]):
        for b in COLOURS[:k]:
            assert distance(a, b, DICHROMATS[who]) > 25, (a, b)
    assert distance("#d62728", "#8c7d2c", DICHROMATS["deuteranope"]) < 25


def test_unknown_names_are_words(results):
    ds = opened(results)
    with pytest.raises(chasm.UnknownName, match="did you mean"):
        plots.effects(ds, "net_presnt_value")
    with pytest.raises(chasm.NotPossible, match="saltelli"):
        plots.sobol_bars(ds, "spending")
