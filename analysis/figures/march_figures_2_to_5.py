"""Figures 2 to 5 of March (1991) from result files, with what the paper says of each.

    for n in 2 3 4 5; do chasm run scenarios/studies/march-figure$n.toml -o march-figure$n.h5; done
    build/venv/bin/python analysis/figures/march_figures_2_to_5.py march-figure{2,3,4,5}.h5 --output figures

The paper prints these figures without numbers, so what is compared is their shape: every statement is printed
with the numbers it is about, and the script exits with 1 where one does not hold. Differences are differences of
the same worlds; unless a line says otherwise, a statement holds where they are beyond four of their standard errors.
"""

import argparse
import sys

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from plain_axes import DARK, LIGHT, PUBLISHED, plain, prepare, save

SURE = 4  # standard errors


def parameter(results, name):
    """Of every arm; the study's value where no arm sets it."""
    variable = f"parameter_{name}"
    if variable in results:
        return results[variable].values.round(9)
    with xr.open_dataset(results.encoding["source"], group="parameters", engine="h5netcdf") as table:
        return np.full(results.sizes["arm"], float(table["value"].sel(parameter=name)))


def worlds(results, metric):
    """[arm, world]"""
    return results[metric].values.astype(float).reshape(results.sizes["arm"], -1)


def beyond(difference):
    """How many standard errors the mean of a difference lies above nothing."""
    return difference.mean() / (difference.std(ddof=1) / np.sqrt(difference.size))


def mean_course(results, series):
    """Mean over time of every arm, from its histogram: to within half a bin's width of each world's value."""
    edges = results[f"{series}_bin_edges"].values
    counts = results[f"{series}_histogram"].values.astype(float)
    return counts @ ((edges[1:] + edges[:-1]) / 2) / counts.sum(axis=2)


def errorbars(axes, x, values, **style):
    errors = values.std(axis=1, ddof=1) / np.sqrt(values.shape[1])
    axes.errorbar(x, values.mean(axis=1), 1.96 * errors, capsize=2, markersize=4, **style)


def figure_2(axes, results):
    code = worlds(results, "code_knowledge")
    share, p1 = parameter(results, "fast_share"), parameter(results, "socialisation")
    slow, fast = p1.min(), parameter(results, "socialisation_fast")[0]
    mixed = {round(slow + share[i] * (fast - slow), 6): i for i in range(share.size) if share[i] > 0}
    equal = {round(p1[i], 6): i for i in range(share.size) if share[i] == 0}
    averages = sorted(set(mixed) & set(equal))
    errorbars(
        axes, averages, code[[mixed[a] for a in averages]], color=DARK, marker="o", label="fast and slow learners"
    )
    errorbars(axes, averages, code[[equal[a] for a in averages]], color=LIGHT, marker="s", label="equal learners")
    axes.axvspan(0.3, max(averages), color=PUBLISHED, alpha=0.08, linewidth=0)
    plain(axes, "Figure 2: mixed learners know more", "Average socialisation rate", "Code knowledge at equilibrium")
    # Where everybody is fast the two are the same organization.
    inside = [a for a in averages if 0.3 <= a < max(averages)]
    gains = {a: code[mixed[a]] - code[equal[a]] for a in inside}
    yield (
        "Figure 2: from an average rate of .3 on, a mix of fast and slow learners knows more than equal ones",
        "gains " + " ".join(f"{g.mean():.3f}" for g in gains.values()),
        all(beyond(g) > SURE for g in gains.values()),
    )


def figure_3(axes, results):
    code, individual = worlds(results, "code_knowledge"), worlds(results, "individual_knowledge")
    share = parameter(results, "fast_share")
    order = np.argsort(share)
    share, code, individual = share[order], code[order], individual[order]
    errorbars(axes, share, code, color=DARK, marker="o", label="code")
    errorbars(axes, share, individual, color=LIGHT, marker="s", label="individuals")
    plain(axes, "Figure 3: slow learners teach the code", "Share of fast learners", "Knowledge at period 20")
    yield (
        "Figure 3: the more fast learners, the more individuals know",
        f"{individual[0].mean():.3f} without, {individual[-1].mean():.3f} where all are fast",
        all(beyond(b - a) > SURE for a, b in zip(individual, individual[1:], strict=False)),
    )
    some = code[share >= 0.3]
    yield (
        "Figure 3: and the less the code does, once slow learners get few",
        f"{some[0].mean():.3f} at .3, {code[-1].mean():.3f} where all are fast",
        all(beyond(a - b) > 0 for a, b in zip(some, some[1:], strict=False)) and beyond(some[0] - some[-1]) > SURE,
    )


def figure_4(axes, results):
    code = worlds(results, "code_knowledge")
    p1, p3 = parameter(results, "socialisation"), parameter(results, "turnover")
    for rate, colour, marker in ((0.1, LIGHT, "s"), (0.9, DARK, "o")):
        arms = sorted(np.flatnonzero(p1 == rate), key=lambda arm: p3[arm])
        errorbars(axes, p3[arms], code[arms], color=colour, marker=marker, label=f"$p_1$ = {rate}")
        if rate == 0.1:
            slow = code[arms]
        else:
            fast, turnover = code[arms], p3[arms]
    axes.axvspan(0.2, 0.5, color=PUBLISHED, alpha=0.08, linewidth=0)
    plain(axes, "Figure 4: some turnover helps fast socialisation", "Turnover $p_3$", "Code knowledge at period 20")
    yield (
        "Figure 4: with slow socialisation turnover only hurts",
        f"{slow[0].mean():.3f} without, {slow[-1].mean():.3f} at .9",
        # Steps get small at the end: their sign is asked for, and all of the decline beyond doubt.
        all(beyond(a - b) > 0 for a, b in zip(slow, slow[1:], strict=False)) and beyond(slow[0] - slow[-1]) > SURE,
    )
    best = int(fast.mean(axis=1).argmax())
    yield (
        "Figure 4: with fast socialisation the code knows most at a turnover between .2 and .5",
        f"{fast[0].mean():.3f} without, {fast[best].mean():.3f} at {turnover[best]:.1f}, {fast[-1].mean():.3f} at .9",
        0.2 <= turnover[best] <= 0.5 and beyond(fast[best] - fast[0]) > SURE and beyond(fast[best] - fast[-1]) > SURE,
    )


def figure_5(axes, results):
    p3 = parameter(results, "turnover")
    time = results["time"].values
    courses = mean_course(results, "code_knowledge")
    code = worlds(results, "code_knowledge")
    without, newcomers = courses[p3 == 0][0], courses[p3 > 0][0]
    axes.plot(time, newcomers, color=DARK, label="turnover .1")
    axes.plot(time, without, color=LIGHT, label="no turnover")
    axes.axhline(0, color=PUBLISHED, linewidth=0.8, alpha=0.6)
    plain(axes, "Figure 5: turnover under turbulence (.02)", "Period", "Code knowledge")
    last = code[p3 == 0][0]
    error = last.std(ddof=1) / np.sqrt(last.size)
    yield (
        "Figure 5: without turnover knowledge rises, then decays to nothing",
        f"{without.max():.3f} at period {time[without.argmax()]}, {last.mean():.3f} (s.e. {error:.3f}) at {time[-1]}",
        0 < without.argmax() < 30 and without.max() > 0.5 and abs(beyond(last)) < SURE,
    )
    late = newcomers[time >= time[-1] / 2]
    yield (
        "Figure 5: with turnover it settles",
        f"{late.min():.3f} to {late.max():.3f} from period {time[-1] // 2} on",
        late.min() > 0.4 and late.max() - late.min() < 0.02,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("results", nargs=4, help="result files of scenarios/studies/march-figure2.toml to 5.toml")
    parser.add_argument("--output", default="march-figures-2-to-5", help="path of the figure, without its ending")
    arguments = parser.parse_args()
    prepare()
    figure, axes = plt.subplots(2, 2, figsize=(9, 7), layout="constrained")
    holds = True
    print("  published                                                                   ours")
    for draw, panel, path in zip((figure_2, figure_3, figure_4, figure_5), axes.flat, arguments.results, strict=True):
        with xr.open_dataset(path, engine="h5netcdf") as results:
            for statement, ours, true in draw(panel, results):
                print(f"  {statement}\n      {ours}{'' if true else '   DOES NOT HOLD'}")
                holds = holds and bool(true)
        panel.legend()
    figure.text(
        0.5,
        -0.03,
        "Bars: 95 % intervals. Shaded: where the paper has the mix ahead (Figure 2) and the best turnover (Figure 4); "
        "red line: where it has knowledge end without turnover.",
        ha="center",
        fontsize=7.5,
        color="#444444",
    )
    save(figure, arguments.output)
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
