"""Bass (1969) and Centola & Macy (2007) from result files, what was published beside ours.

    chasm run scenarios/studies/diffusion-bass.toml -o bass.h5
    chasm run scenarios/studies/diffusion-long-ties.toml -o ties.h5
    build/venv/bin/python analysis/figures/diffusion_figures.py bass.h5 ties.h5 --output diffusion-figures

Published are Bass's closed form (his equation 9, and the time of its peak) and Centola and Macy's finding for a ring
of 500 people with six neighbours. Prints the tables, and exits with 1 where ours is not what was published.
"""

import argparse
import sys

import matplotlib.pyplot as plt
import numpy as np
import xarray as xr
from plain_axes import DARK, LIGHT, MIDDLE, PUBLISHED, plain, prepare, save

YEARS = (1, 3, 5, 10)
WEEK = 1 / 52  # [year]


def arm_values(results, name):
    with xr.open_dataset(results.encoding["source"], group="parameters", engine="h5netcdf") as table:
        value = float(table["value"].sel(parameter=name))
    variable = "parameter_" + name.replace(".", "_")
    return results[variable].values.round(9) if variable in results else np.full(results.sizes["arm"], value)


def closed_form(p, q, years):
    fallen = np.exp(-(p + q) * years)
    return (1 - fallen) / (1 + q / p * fallen)


def histogram_means(results, series):
    """[arm, time]: mean over worlds, and the standard deviation between them, from counts in bins."""
    edges = results[f"{series}_bin_edges"].values
    middles = (edges[1:] + edges[:-1]) / 2
    counts = results[f"{series}_histogram"].values.astype(float)
    worlds = counts.sum(axis=2)
    mean = counts @ middles / worlds
    return mean, np.sqrt(np.maximum(counts @ middles**2 / worlds - mean**2, 0)), edges[1] - edges[0]


def bass(axes, peak_axes, results):
    p, q = arm_values(results, "innovation"), arm_values(results, "imitation")
    time = results["time"].values * WEEK
    mean, _, width = histogram_means(results, "adopted")
    fine = np.linspace(0, time[-1], 500)
    print(f"  Bass: share of adopters; ours is read from a histogram, to half a bin ({width / 2:.4f})")
    print("     q    years   closed form     ours")
    worst = 0.0
    for arm in np.argsort(q):
        shade = plt.matplotlib.colors.to_rgb(DARK)
        strength = 0.35 + 0.65 * (q[arm] - q.min()) / max(np.ptp(q), 1e-9)
        colour = tuple(1 - strength * (1 - part) for part in shade)
        axes.plot(fine, closed_form(p[arm], q[arm], fine), color=PUBLISHED, linewidth=0.9, zorder=1)
        axes.plot(time[::6], mean[arm][::6], "o", color=colour, markersize=3.5, label=f"q = {q[arm]:g}")
        for year in YEARS:
            published, ours = closed_form(p[arm], q[arm], year), float(np.interp(year, time, mean[arm]))
            worst = max(worst, abs(published - ours))
            print(f"  {q[arm]:5.2f}   {year:4d}      {published:.4f}       {ours:.4f}")
    axes.plot([], [], color=PUBLISHED, linewidth=0.9, label="closed form")
    plain(axes, "Bass (1969): adopters, p = .03 a year", "Years", "Share of adopters")
    axes.legend(loc="lower right")
    # 10,000 agents in weekly periods: the largest rate of single weeks lies above the curve's, their time around it.
    peak_time = results["peak_time"].values.reshape(q.size, -1)
    published = np.log(q / p) / (p + q)
    order = np.argsort(q)
    several = np.linspace(q.min(), q.max(), 100)
    peak_axes.plot(
        several,
        np.log(several / p[0]) / (p[0] + several),
        color=PUBLISHED,
        linewidth=0.9,
        label="$t^*$ of the closed form",
    )
    low, high = np.quantile(peak_time[order], [0.05, 0.95], axis=1)
    middle = np.median(peak_time[order], axis=1)
    peak_axes.errorbar(
        q[order],
        middle,
        [middle - low, high - middle],
        fmt="o",
        color=DARK,
        capsize=2,
        markersize=4,
        label="median world, 5 % and 95 %",
    )
    plain(peak_axes, "Bass (1969): week of most adopters", "Imitation q a year", "Years")
    peak_axes.legend()
    print("     q    peak, years    ours: median (5 % to 95 % of worlds)")
    inside = True
    for at, arm in enumerate(order):
        print(f"  {q[arm]:5.2f}      {published[arm]:.3f}       {middle[at]:.2f} ({low[at]:.2f} to {high[at]:.2f})")
        inside = inside and low[at] < published[arm] < high[at]
    # Weekly periods lag by up to .0025, and a bin is half a width off at most.
    return worst < width / 2 + 0.003 and inside


def long_ties(axes, results):
    threshold, rewiring = arm_values(results, "threshold"), arm_values(results, "network.rewiring")
    share = results["adopted"].values.astype(float).reshape(threshold.size, -1).mean(axis=1)
    weeks = results["time_to_90"].values.astype(float).reshape(threshold.size, -1) / WEEK
    at = {(threshold[arm], rewiring[arm]): arm for arm in range(threshold.size)}
    swapped = sorted(set(rewiring))
    places = np.arange(len(swapped))
    for rank, colour, marker in ((1, LIGHT, "s"), (2, DARK, "o")):
        axes.plot(
            places,
            [share[at[rank, b]] for b in swapped],
            color=colour,
            marker=marker,
            markersize=4,
            label=f"takes {rank:.0f}: share that adopts",
        )
    ends = [places[0], places[swapped.index(0.3)]]
    axes.plot(ends, [1, 0], "x", color=PUBLISHED, markersize=9, label="published, takes 2: all, almost none")
    speed = [1 / np.nanmean(weeks[at[1, b]]) for b in swapped]
    axes.plot(
        places,
        np.array(speed) / max(speed),
        color=MIDDLE,
        linestyle="--",
        linewidth=1,
        label="takes 1: speed, share of the fastest",
    )
    axes.set_xticks(places, [f"{b:g}" for b in swapped])
    plain(axes, "Centola & Macy (2007): a ring of 500 people", "Share of ties that are swapped", "")
    axes.legend(fontsize=7, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.16))
    print("  Centola & Macy: threshold, share swapped: share that adopts, periods to 90 %")
    for (rank, b), arm in sorted(at.items()):
        reached = weeks[arm][np.isfinite(weeks[arm])]
        print(f"  {rank:.0f}  {b:5.2f}   {share[arm]:.4f}   {f'{reached.mean():.1f}' if reached.size else '-'}")
    faster = all(np.nanmean(weeks[at[1, b]]) < np.nanmean(weeks[at[1, 0]]) for b in swapped if b > 0)
    return faster and share[at[2, 0]] == 1 and share[at[2, 0.3]] < 0.05 and all(share[at[1, b]] == 1 for b in swapped)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bass", help="result file of scenarios/studies/diffusion-bass.toml")
    parser.add_argument("ties", help="result file of scenarios/studies/diffusion-long-ties.toml")
    parser.add_argument("--output", default="diffusion-figures", help="path of the figure, without its ending")
    arguments = parser.parse_args()
    prepare()
    figure, axes = plt.subplots(1, 3, figsize=(12, 3.8), layout="constrained")
    with xr.open_dataset(arguments.bass, engine="h5netcdf") as results:
        as_bass = bass(axes[0], axes[1], results)
    with xr.open_dataset(arguments.ties, engine="h5netcdf") as results:
        as_centola_and_macy = long_ties(axes[2], results)
    save(figure, arguments.output)
    for who, holds in (("Bass", as_bass), ("Centola & Macy", as_centola_and_macy)):
        print(f"  {who}: {'as' if holds else 'NOT as'} published")
    sys.exit(0 if as_bass and as_centola_and_macy else 1)


if __name__ == "__main__":
    main()
