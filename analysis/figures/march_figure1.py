"""Figure 1 of March (1991) from a result file: the published points beside ours.

    build/program/bin/chasm run scenarios/studies/march-figure1.toml -o results.h5
    build/venv/bin/python analysis/figures/march_figure1.py results.h5 --output march-figure1

Writes march-figure1.svg and march-figure1.png, and prints the 27 values. The published values
(march1991_figure1.csv) were read off the printed figure, to about .005; each is a mean of 80 runs.
"""

import argparse
import csv
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import xarray as xr

PUBLISHED = Path(__file__).with_name("march1991_figure1.csv")
PUBLISHED_RUNS = 80
# Lines of one hue apart in lightness, readable in print and to the colour-blind; markers say it again.
STYLES = {0.1: ("#8fb8de", "o"), 0.5: ("#3b78b5", "s"), 0.9: ("#0b2f57", "^")}


def read_published():
    """{(p1, p2): code knowledge} as printed."""
    with PUBLISHED.open(newline="") as rows:
        return {(float(r["p1"]), float(r["p2"])): float(r["code_knowledge"]) for r in csv.DictReader(rows)}


def read_ours(path):
    """{(p1, p2): (mean, standard error, standard deviation, worlds)}; futures are the independent units."""
    with xr.open_dataset(path, engine="h5netcdf") as results:
        p1 = results["parameter_socialisation"].values
        p2 = results["parameter_code_learning"].values
        values = results["code_knowledge"].values.astype(float)
    ours = {}
    for arm, worlds in enumerate(values):
        alive = worlds[np.isfinite(worlds)]
        means = np.nanmean(worlds, axis=1) if worlds.shape[0] > 1 else worlds[0]
        error = np.nanstd(means, ddof=1) / np.sqrt(np.isfinite(means).sum())
        ours[round(float(p1[arm]), 9), round(float(p2[arm]), 9)] = alive.mean(), error, alive.std(ddof=1), alive.size
    return ours


def draw(ours, published):
    figure, axes = plt.subplots(figsize=(7.2, 5.0), layout="constrained")
    for p2, (colour, marker) in STYLES.items():
        ps = sorted(p1 for p1, other in published if other == p2)
        mean, error, spread, _ = (np.array(column) for column in zip(*(ours[p1, p2] for p1 in ps), strict=True))
        axes.errorbar(ps, mean, 1.96 * error, color=colour, capsize=2, label=f"$p_2$ = {p2}: chasm")
        axes.errorbar(
            [p1 + 0.006 for p1 in ps],
            [published[p1, p2] for p1 in ps],
            1.96 * spread / np.sqrt(PUBLISHED_RUNS),
            color=colour,
            marker=marker,
            markerfacecolor="white",
            linestyle="none",
            elinewidth=0.7,
            label=f"$p_2$ = {p2}: published",
        )
    axes.set_xlabel("Socialisation rate $p_1$ (chance a period that a belief moves one step toward the code)")
    axes.set_ylabel("Average code knowledge at equilibrium")
    axes.set_ylim(0.65, 1.0)
    axes.grid(alpha=0.25, linewidth=0.6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(frameon=False, ncols=3, loc="upper right", fontsize=8)
    axes.set_title("March (1991), Figure 1: slow learners make a knowing organization", loc="left", fontsize=11)
    runs = sorted({cell[3] for cell in ours.values()})
    figure.text(
        0.99,
        -0.03,
        f"Bars: 95 % intervals. chasm: {runs[0]:,} worlds a point. Published: read off the printed figure (+- .005), "
        f"{PUBLISHED_RUNS} runs a point.",
        ha="right",
        fontsize=7.5,
        color="#444444",
    )
    return figure


def print_table(ours, published):
    print("  p2    p1   published   chasm    s.e.     z")
    total = 0.0
    for (p1, p2), value in sorted(published.items(), key=lambda cell: (cell[0][1], cell[0][0])):
        mean, error, spread, _ = ours[p1, p2]
        z = (value - mean) / np.hypot(error, spread / np.sqrt(PUBLISHED_RUNS))
        total += z * z
        print(f"  {p2:.1f}   {p1:.1f}     {value:.3f}     {mean:.4f}  {error:.4f}  {z:+.2f}")
    print(f"  Sum of z squared {total:.1f} over {len(published)} points (z: published minus chasm, in standard errors)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("results", help="result file of scenarios/studies/march-figure1.toml")
    parser.add_argument("--output", default="march-figure1", help="path of the figure, without its ending")
    arguments = parser.parse_args()
    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "chasm"  # equal results give equal files
    published = read_published()
    ours = read_ours(arguments.results)
    missing = sorted(set(published) - set(ours))
    if missing:
        parser.error(
            f"{arguments.results}: no arm for (p1, p2) = {missing[0]}: run scenarios/studies/march-figure1.toml"
        )
    figure = draw(ours, published)
    for ending, options in {"svg": {"metadata": {"Date": None}}, "png": {"dpi": 150}}.items():
        figure.savefig(f"{arguments.output}.{ending}", bbox_inches="tight", **options)
    print_table(ours, published)


if __name__ == "__main__":
    main()
