"""What a study of the enterprise model answers, in one screen: odds, value, cost and payback of every arm.

    build/program/bin/chasm run scenarios/studies/reference.toml -o results.h5
    build/venv/bin/python analysis/answer.py results.h5

Arms share their luck and their futures, so every number is of differences world by world, against the baseline. Numbers
are rounded to what their Monte Carlo error allows; futures, not worlds, are the independent units.
"""

import argparse
import math

import numpy as np
import xarray as xr

MILLION = 1e6


class Study:
    """A result file, its worlds in rows of [arm][future, replication]."""

    def __init__(self, path):
        with xr.open_dataset(path, engine="h5netcdf") as file:
            self.file = file.load()
        self.title = self.file.attrs["title"]
        self.arms = [str(arm) for arm in self.file["arm"].values]
        self.currency = str(self.file["net_present_value"].attrs["units"])
        levers = [str(lever) for lever in self.file["lever"].values]
        strength = np.nan_to_num(self.file["lever_strength"].values)
        self.levers = [[lever for lever, s in zip(levers, row, strict=True) if s > 0] for row in strength]
        self.horizon = float(self.file["step"].values[-1]) if "step" in self.file else math.nan

    def has(self, *names):
        return all(name in self.file for name in names)

    def worlds(self, metric, arm):
        return self.file[metric].values[arm].astype(float)

    def change(self, metric, arm):
        return self.worlds(metric, arm) - self.worlds(metric, 0)


def mean_and_error(worlds):
    """Over futures, each the mean of its replications."""
    with np.errstate(invalid="ignore"):
        futures = np.array([f[np.isfinite(f)].mean() for f in worlds if np.isfinite(f).any()])
    if len(futures) < 2:
        return (futures.mean() if len(futures) else math.nan), math.nan
    return futures.mean(), futures.std(ddof=1) / math.sqrt(len(futures))


def rounded(value, error, sign=False):
    """As many digits as twice the standard error leaves, and one decimal at most."""
    places = min(1, max(0, -math.floor(math.log10(2 * error)))) if error > 0 else 0
    text = f"{round(value, places):,.{places}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    return f"+{text}" if sign and float(text.replace(",", "")) > 0 else text


def odds(worlds):
    """\"14 of 20\": in so many of so many futures it is above zero; fewer of fewer where they are few."""
    known = worlds[np.isfinite(worlds)]
    share = (known > 0).mean()
    error = 0.5 / math.sqrt(max(len(worlds), 1))
    of = next((n for n in (20, 10) if n * error <= 0.5), 5)
    if 0 < share < 0.5 / of:
        return f"under 1 of {of}"
    if 1 > share > 1 - 0.5 / of:
        return f"over {of - 1} of {of}"
    return f"{math.floor(share * of + 0.5)} of {of}"


def payback(study, arm):
    """Years until the mean of what it brings, net of what it costs, stays above zero."""
    if not study.has("net_value_series") or not study.levers[arm]:
        return ""
    change = study.change("net_value_series", arm).reshape(-1, study.file["net_value_series"].shape[-1])
    mean = np.nanmean(change, axis=0)
    weeks = study.file["step"].values
    if mean[-1] <= 2 * mean_and_error(change[:, -1:])[1]:
        return f"not in {weeks[-1] / 52:g} years"
    above = len(mean) - next((k for k, value in enumerate(mean[::-1]) if value <= 0), len(mean))
    if above <= 1:
        return "at once"
    return f"{math.ceil(weeks[above] / 26) / 2:g} years"


def row(study, arm):
    gain = study.change("net_present_value", arm) / MILLION
    mean, error = mean_and_error(gain)
    known = gain[np.isfinite(gain)]
    low, high = np.quantile(known, [0.1, 0.9])
    # Quantiles of so many worlds are not known better than whole millions.
    between = " to ".join(f"{round(x):+,d}" if round(x) else "0" for x in (low, high))
    cost = [mean_and_error(study.change(metric, arm) / MILLION) for metric in ("lever_spending", "spending")]
    return [
        study.arms[arm].replace("_", " "),
        odds(gain),
        f"{rounded(mean, error, sign=True)} ± {rounded(error, error)}",
        between,
        *(rounded(*pair) for pair in cost),
        payback(study, arm),
    ]


def show(rows, heading):
    width = [max(len(row[k]) for row in [*heading, *rows]) for k in range(len(rows[0]))]
    for row in [*heading, *rows]:
        cells = [cell.ljust(w) if k == 0 else cell.rjust(w) for k, (cell, w) in enumerate(zip(row, width, strict=True))]
        print("  " + "  ".join(cells).rstrip())


HEADING = [
    ["", "returns more", "net present", "8 futures of 10", "levers", "spending", "pays back"],
    ["", "than it costs", "value", "lie within", "cost", "changes by", "after"],
]


def say_baseline(study):
    name = study.arms[0].replace("_", " ")
    spent, value = (mean_and_error(study.worlds(m, 0) / MILLION) for m in ("spending", "realised_value"))
    doing = "Doing nothing more" if name == "nothing" else f"With {name}"
    print(f"{doing}: {rounded(*spent)} M{study.currency} spent, {rounded(*value)} M{study.currency} of value.")
    if study.has("never_in_production"):
        share, error = mean_and_error(100 * study.worlds("never_in_production", 0))
        print(f"{rounded(share, error)} % of AI initiatives are not in production three years after their start.")
    bars = [name for name in study.file if str(name).startswith("waterfall_")]
    if bars:
        sums = {str(bar): np.nansum(study.worlds(bar, 0)) for bar in bars}
        true = sum(sums.values()) - sums.pop("waterfall_false_hypothesis")
        realised = 100 * sums.pop("waterfall_realised") / true
        largest = sorted(sums, key=sums.get, reverse=True)[:4]
        words = [f"{BARS.get(bar, bar)} {100 * sums[bar] / true:.0f}" for bar in largest]
        print(f"Of 100 that AI could bring, {realised:.1f} are realised; lost to: {', '.join(words)}.")


BARS = {
    "waterfall_undiscovered": "nobody knows of it",
    "waterfall_capacity": "no room for it",
    "waterfall_misprioritised": "the wrong projects",
    "waterfall_lead_time": "the time that work takes",
    "waterfall_gate_wait": "waiting for the council",
    "waterfall_killed": "stopped at a gate",
    "waterfall_data_wait": "waiting for data",
    "waterfall_silo": "misunderstanding",
    "waterfall_last_mile": "the last mile",
    "waterfall_abandoned": "given up or withdrawn",
    "waterfall_fidelity": "not what was needed",
    "waterfall_adoption": "not used",
}


def concerns(parameter, levers):
    """Whether a parameter can matter to an arm with these levers."""
    part = parameter.split(".")
    return part[0] not in ("effect", "staff", "cost") or len(part) < 3 and part[0] == "cost" or part[1] in levers


def budgets(study):
    """The yearly budget of every arm, where arms differ in it."""
    name = "parameter_budget_yearly"
    if study.has(name) and study.file[name].dims == ("arm",):
        return study.file[name].values
    return np.zeros(len(study.arms))


def say_what_to_do(study, arms):
    """The best arm, and those that cannot be told from it. Gives the best."""
    best = arms[0]
    gain = study.change("net_present_value", best) / MILLION
    mean, error = mean_and_error(gain)
    if mean < 2 * error:
        print("Nothing here returns more than it costs beyond the error of this run.")
        return best
    print(
        f"First: {study.arms[best].replace('_', ' ')}. It returns more than it costs in {odds(gain)} futures, "
        f"{rounded(mean, error)} ± {rounded(error, error)} M{study.currency} on average."
    )
    close = []
    for arm in arms[1:]:
        less, error = mean_and_error(gain - study.change("net_present_value", arm) / MILLION)
        if less < 2 * error:
            close.append(study.arms[arm].replace("_", " "))
    if close:
        print(f"Not to be told from it: {', '.join(close)}.")
    return best


def ranks(values):
    return np.argsort(np.argsort(values)).astype(float)


def say_what_decides(study, arm):
    """Parameters whose rank goes with the arm's gain, beyond four standard errors of chance."""
    gain = np.nanmean(study.change("net_present_value", arm), axis=1)
    known = np.isfinite(gain)
    found = []
    for values in study.file.values():
        if "parameter" in values.attrs and values.dims == ("future",):
            parameter = str(values.attrs["parameter"])
            drawn = values.values[known]
            if concerns(parameter, study.levers[arm]) and drawn.std() > 0:
                found.append((np.corrcoef(ranks(drawn), ranks(gain[known]))[0, 1], parameter))
    found = [pair for pair in found if abs(pair[0]) > 4 / math.sqrt(max(known.sum(), 1))]
    found.sort(key=lambda pair: -abs(pair[0]))
    if found:
        words = [f"{name} ({r:+.2f})" for r, name in found[:4]]
        print(f"What decides most about {study.arms[arm].replace('_', ' ')} (rank correlation): {', '.join(words)}.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", help="a result file of a study of the enterprise model")
    study = Study(parser.parse_args().results)
    futures, replications = study.worlds("net_present_value", 0).shape
    luck = f" x {replications} replications" if replications > 1 else ""
    print(
        f"{study.title}. {futures:,} futures{luck}, money in M{study.currency}, differences against {study.arms[0]}.\n"
    )
    say_baseline(study)
    by_gain = sorted(
        range(1, len(study.arms)), key=lambda arm: -mean_and_error(study.change("net_present_value", arm))[0]
    )
    alone = [arm for arm in by_gain if len(study.levers[arm]) == 1 and study.arms[arm] in study.levers[arm]]
    rest = [arm for arm in by_gain if arm not in alone]
    if len(alone) < 8:
        alone, rest = [], by_gain
    print()
    show([row(study, arm) for arm in rest], HEADING)
    if alone:
        gains = {arm: mean_and_error(study.change("net_present_value", arm) / MILLION) for arm in alone}
        sure = [arm for arm in alone if abs(gains[arm][0]) > 2 * gains[arm][1]]
        name = lambda arm: f"{study.arms[arm].replace('_', ' ')} {rounded(*gains[arm], sign=True)}"  # noqa: E731
        print(f"\nOne lever alone, best: {', '.join(name(arm) for arm in sure[:6] if gains[arm][0] > 0)}.")
        print(f"Worse than nothing: {', '.join(name(arm) for arm in sure if gains[arm][0] < 0) or 'none'}.")
    budget = budgets(study)
    print()
    best = say_what_to_do(study, [arm for arm in by_gain if study.levers[arm] and budget[arm] == budget[0]] or by_gain)
    say_what_decides(study, best)
    print("\nNo causal estimate of any lever was found: effects and costs are judgement, from half to twice a default.")


if __name__ == "__main__":
    main()
