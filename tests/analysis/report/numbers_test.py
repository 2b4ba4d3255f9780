"""Every number of a report, computed again from the result file by other means, and rounded as its error allows.

The file is read with h5py into plain tables of pandas; nothing of the report's own code is used.
"""

from __future__ import annotations

import math
import re
from functools import wraps

import h5py
import numpy as np
import pandas as pd
import pytest
from chasm.report import write
from pages import Page

SCALES = {"billion": 1e9, "million": 1e6, "thousand": 1e3}
# Phrases of fixed text: what a quantile, a standard error or a unit means, not what this study says.
FIXED = (
    r"8 futures of 10|8 of 10|9 futures of 10|9 of 10|19 of 20|1 in 10|1 in 4|1 future in 10"
    r"|\(0 worst, 1 best\)|\d/(week|year|quarter|round)|[\w ]*10m more"
)


def kept(method):
    """Computed once for the same arguments."""

    @wraps(method)
    def look_up(self, *arguments):
        key = (method.__name__, *arguments)
        if key not in self.known:
            self.known[key] = method(self, *arguments)
        return self.known[key]

    return look_up


class File:
    """Long tables of a result file."""

    def __init__(self, path):
        self.known = {}
        self.file = h5py.File(path)
        self.arms = [name.decode() for name in self.file["arm"][:]]
        self.shape = self.file["status"].shape
        self.steps = int(np.ravel(self.file.attrs["steps"])[0])

    def table(self, values):
        arm, future, replication = np.indices(self.shape).reshape(3, -1)
        status = self.file["status"][:].reshape(-1)
        frame = pd.DataFrame({"arm": arm, "future": future, "replication": replication, "x": values.reshape(-1)})
        frame["x"] = frame["x"].astype(float).where(status == 1)
        return frame

    @kept
    def metric(self, name, week=None):
        variable = self.file[re.sub(r"\W", "_", name)]
        if week is None:
            return self.table(variable[:])
        step = int(np.flatnonzero(self.file["step"][:] == int(week))[0])
        return self.table(variable[..., step])

    @kept
    def change(self, name, arm, against=None, week=None):
        table = self.metric(name, week).set_index(["future", "replication"])
        mine = table[table.arm == self.arms.index(arm)].x
        return mine if against is None else mine - table[table.arm == self.arms.index(against)].x

    @kept
    def parameter(self, name):
        for key, variable in self.file.items():
            parameter = variable.attrs.get("parameter", b"")
            if (parameter.decode() if isinstance(parameter, bytes) else parameter) == name and not key.endswith("_set"):
                return variable[:]
        raise KeyError(name)

    def thirds(self, values):
        """Third of every future, lowest first."""
        return self.third_of(tuple(values))

    @kept
    def third_of(self, values):
        order = sorted(range(len(values)), key=lambda k: (values[k], k))
        return {future: 3 * rank // len(values) for rank, future in enumerate(order)}

    def total(self, name, arm):
        return self.file[f"total_{name}"][self.arms.index(arm)]

    def axis(self, name):
        return [x.decode() for x in self.file[name][:]]

    def ran(self, arm):
        return int((self.file["status"][self.arms.index(arm)] == 1).sum())

    @kept
    def grades(self):
        group = self.file["parameters"]
        return pd.DataFrame(
            {c: [x.decode() for x in group[c][:]] for c in ("parameter", "grade", "varies", "variable")}
        )


def mean_and_error(x):
    futures = x.groupby("future").mean().dropna()
    return futures.mean(), futures.std(ddof=1) / math.sqrt(len(futures)) if len(futures) > 1 else math.nan


def quantile_and_error(x, q, n):
    x = x.dropna()
    spread = math.sqrt(q * (1 - q) / n)
    error = (x.quantile(min(q + spread, 1)) - x.quantile(max(q - spread, 0))) / 2
    return x.quantile(q), error if n > 1 else math.nan


class Again:
    """One method a statistic: (value, standard error), nan where the error is not known, 0 where it is exact."""

    def __init__(self, path, report):
        self.known = {}
        self.file = File(path)
        self.n = self.file.shape[1]
        self.options = report

    def compute(self, of):
        name = of["statistic"]
        if name.endswith("-two-errors"):
            value, error = self.compute({**of, "statistic": name.removesuffix("-two-errors")})
            return 2 * error, error
        return getattr(self, name.replace("-", "_"))(of)

    def mean(self, of):
        value, error = mean_and_error(self.file.change(of["metric"], of["arm"], of.get("against")))
        if of.get("sign") == "less":
            value = -value
        return (value, error) if self.unit(of["metric"]) != "1" else (100 * value, 100 * error)

    def unit(self, metric):
        units = self.file.file[metric].attrs["units"]
        return units.decode() if isinstance(units, bytes) else units

    def share_above_zero(self, of):
        x = self.file.change(of["metric"], of["arm"], of.get("against"), of.get("week")).dropna()
        if "books" in of:
            books = self.file.change("net_value_series", of["arm"], None, of["books"]).groupby("future").mean()
            order = books.dropna().sort_values(kind="stable").index
            third = {future: 3 * rank // len(order) for rank, future in enumerate(order)}
            x = x[[third.get(future) == int(of["third"]) for future in x.index.get_level_values("future")]]
        return (x > 0).mean(), 0

    def quantile(self, of):
        x = self.file.change(of["metric"], of["arm"], of.get("against"), of.get("week"))
        return quantile_and_error(x, float(of["q"]), self.n)

    def regret(self, of):
        worlds = pd.DataFrame({arm: self.file.change(of["metric"], arm) for arm in self.options})
        complete = worlds.dropna()
        return quantile_and_error(complete.max(axis=1) - complete[of["arm"]], float(of["q"]), self.n)

    def weeks_of_breaking_even(self, of):
        return self.breaking_even(of["arm"], of.get("against"))

    @kept
    def breaking_even(self, arm, against):
        weeks = self.file.file["step"][:]
        paths = pd.DataFrame({w: self.file.change("net_value_series", arm, against, w) for w in weeks})
        found = []
        for path in paths.dropna().to_numpy():
            first = math.inf
            for week, value in reversed(list(zip(weeks, path, strict=True))):
                if value <= 0:
                    break
                first = week
            found.append(first)
        return np.array(found)

    def break_even(self, of):
        weeks = sorted(self.weeks_of_breaking_even(of))
        return weeks[math.ceil(len(weeks) / 2) - 1], math.nan

    def broken_even_by(self, of):
        return (self.weeks_of_breaking_even(of) <= int(of["week"])).mean(), 0

    def lowest_week(self, of):
        weeks = self.file.file["step"][:]
        middle = [self.file.change("net_value_series", of["arm"], of.get("against"), w).median() for w in weeks]
        return weeks[int(np.argmin(middle))], math.nan

    def mean_in_third(self, of):
        third = self.file.thirds(list(self.file.parameter(of["parameter"])))
        x = self.file.change(of["metric"], of["arm"], of.get("against"))
        return mean_and_error(x[[third[f] == int(of["third"]) for f in x.index.get_level_values("future")]])

    def third_limit(self, of):
        values = self.file.parameter(of["parameter"])
        third = self.file.thirds(list(values))
        return max(v for k, v in enumerate(values) if third[k] == int(of["third"])), math.nan

    def worth_of_everything(self, of):
        worlds = pd.DataFrame({arm: self.file.change("net_present_value", arm) for arm in self.options})
        best = worlds.mean().idxmax()
        return mean_and_error(worlds.max(axis=1, skipna=False) - worlds[best])

    def worth_knowing(self, of):
        worlds = pd.DataFrame({arm: self.file.change("net_present_value", arm) for arm in self.options})
        values = worlds.groupby("future").mean()
        third = pd.Series(self.file.thirds(list(self.file.parameter(of["parameter"])))).sort_index()
        fold = np.array([math.floor(10 * ((k + 1) * (math.sqrt(5) - 1) / 2 % 1)) for k in range(len(values))])
        complete = values.notna().all(axis=1).to_numpy()
        gained = pd.Series(math.nan, index=values.index)
        for f in range(10):
            learn = complete & (fold != f)
            once = values[learn].mean().idxmax()
            for t in range(3):
                here = complete & (fold == f) & (third == t).to_numpy()
                informed = values[learn & (third == t).to_numpy()].mean().idxmax()
                gained[here] = values[here][informed] - values[here][once]
        gained = gained.dropna()
        return gained.mean(), gained.std(ddof=1) / math.sqrt(len(gained))

    def of_a_hundred(self, of):
        causes = of["causes"].split(",") if "causes" in of else [of["metric"].removeprefix("waterfall.")]
        if any(key.startswith("waterfall_") for key in self.file.file):
            every = [k[10:] for k in self.file.file if k.startswith("waterfall_") and k != "waterfall_false_hypothesis"]
            sums = {c: self.file.change(f"waterfall_{c}", of["arm"]).sum() for c in every}
            parts = {c: self.file.change(f"waterfall_{c}", of["arm"]) for c in every}
            whole = sum(parts.values())
            ratio = sums[causes[0]] / sum(sums.values())
            errors = []
            for cause in causes:
                share = sums[cause] / sum(sums.values())
                errors.append(mean_and_error(parts[cause] - share * whole)[1] / whole.mean())
            ratio = sum(sums[c] for c in causes) / sum(sums.values())
            return 100 * ratio, 100 * max(errors)
        names = self.file.axis("cause")
        by = dict(zip(names, self.file.total("value_by_month", of["arm"]).sum(axis=0), strict=True))
        by.pop("false_hypothesis")
        return 100 * sum(by[c] for c in causes) / sum(by.values()), math.nan

    def explained(self, of):
        x = self.file.change(of["metric"], of["arm"], of.get("against")).unstack()
        if x.shape[1] > 1:
            n = x.shape[1]
            inside = x.var(axis=1, ddof=1).mean()
            between = max(x.mean(axis=1).var(ddof=1) - inside / n, 0)
            return 100 * between / (between + inside), 100 * math.sqrt(2 / len(x)) / n
        names = self.concerning(of["arm"])
        y = x[0].dropna()
        ranks = {n: pd.Series(self.file.parameter(n)).loc[y.index].rank(method="first") for n in names}
        design = np.column_stack([np.ones(len(y)), pd.DataFrame(ranks).to_numpy()])
        rest = y.to_numpy() - design @ np.linalg.pinv(design) @ y.to_numpy()
        rough = 1 - rest.var() / y.var(ddof=0)
        share = max(0, 1 - (1 - rough) * (len(y) - 1) / (len(y) - 1 - len(names)))
        return 100 * share, 100 * (math.sqrt(2 * len(names)) / len(y) + 2 * math.sqrt(share / len(y)))

    @kept
    def concerning(self, arm):
        levers = [name for name, s in zip(self.file.axis("lever"), self.strength(arm), strict=True) if s > 0]
        found = []
        for name in self.varied():
            parts = name.split(".")
            of_a_lever = parts[0] in ("effect", "staff") or (parts[0] == "cost" and len(parts) == 3)
            if not of_a_lever or parts[1] in levers:
                found.append(name)
        return found

    def strength(self, arm):
        return np.nan_to_num(self.file.file["lever_strength"][self.file.arms.index(arm)])

    @kept
    def varied(self):
        table = self.file.grades()
        keep = [v in self.file.file and self.file.file[v].shape == (self.n,) for v in table.variable]
        return list(table[keep].parameter)

    def mean_so_far(self, of):
        flows, months = self.file.axis("flow"), int(of["week"]) // 4
        total = 0.0
        for arm, sign in ((of["arm"], 1), (of.get("against"), -1)):
            if arm is not None:
                by = pd.DataFrame(self.file.total("cash_by_month", arm)[:months], columns=flows).sum()
                net = by["realised"] - by["levers"] - by["development"] - by["operation"]
                total += sign * net / 100 / self.file.ran(arm)
        return total, math.nan

    def portfolio(self, of):
        table = self.file.total("portfolio_by_month", of["arm"])
        weeks = min(4, self.file.steps - 4 * int(of["month"]))
        return table[int(of["month"]), self.file.axis("what").index(of["what"])] / self.file.ran(
            of["arm"]
        ) / weeks, math.nan

    def cases(self, of):
        table = self.file.file["total_early_warning"][self.file.arms.index(of["arm"])]
        low, high = (round(float(of[end]) * len(table)) for end in ("from", "to"))
        part = table[low:high].sum(axis=0)
        return dict(zip(self.file.axis("outcome"), part, strict=True))

    def early_in_use(self, of):
        cases = self.cases(of)
        n = sum(cases.values())
        p = cases["in_use"] / n
        return 100 * p, 100 * math.sqrt(max(p * (1 - p), 1 / n) / n)

    def initiatives(self, of):
        return sum(self.cases(of).values()), 0

    def books_tell(self, of):
        """First year at whose end odds differ by a fifth between the best and the worst books."""
        for year in range(1, self.file.steps // 52):
            about = {"metric": "net_present_value", "arm": of["arm"], "against": self.file.arms[0], "books": 52 * year}
            odds = [self.share_above_zero({**about, "third": third})[0] for third in (0, 2)]
            if odds[1] - odds[0] >= 0.2:
                return year, 0
        raise AssertionError("the books never tell")

    def start(self, of):
        arm, lever = self.file.arms.index(of["arm"]), self.file.axis("lever").index(of["lever"])
        return self.file.file["lever_start"][arm, lever], 0

    def parameters(self, of):
        table = self.file.grades()
        return (len(table) if "grade" not in of else int((table.grade == of["grade"]).sum())), 0

    def varied_count(self, of, wanted):
        table, varied = self.file.grades(), set(self.varied())
        rows = table if "grade" not in of else table[table.grade == of["grade"]]
        return int(rows.parameter.isin(varied).eq(wanted).sum()), 0

    def fixed(self, of):
        return self.varied_count(of, False)

    def tested(self, of):
        return len(self.concerning(of["arm"])), 0

    def deciding(self, of):
        """Two-sided Bonferroni at 1 in 20, by bisection of the normal tail."""
        names = self.concerning(of["arm"])
        low, high = 0.0, 10.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if math.erfc(middle / math.sqrt(2)) > 0.05 / len(names) else (low, middle)
        about = {
            "metric": "net_present_value",
            "arm": of["arm"],
            "against": self.file.arms[0] if len(self.file.arms) > 1 else None,
        }
        n = 0
        for name in names:
            ends = [self.mean_in_third({**about, "parameter": name, "third": t}) for t in (0, 2)]
            n += abs(ends[1][0] - ends[0][0]) > low * math.hypot(ends[0][1], ends[1][1])
        return n, 0

    def futures(self, of):
        return self.file.shape[1], 0

    def arms(self, of):
        return self.file.shape[0], 0

    def replications(self, of):
        return self.file.shape[2], 0

    def worlds(self, of):
        return math.prod(self.file.shape), 0

    def failed(self, of):
        return int((self.file.file["status"][:] == 2).sum()), 0

    def not_run(self, of):
        return int((self.file.file["status"][:] == 0).sum()), 0

    def alternatives(self, of):
        budget = self.file.file.get("parameter_budget_yearly")
        if budget is None or budget.shape != (self.file.shape[0],):
            return self.file.shape[0] - 1, 0
        return int((budget[1:] == budget[0]).sum()), 0


def digits(text):
    """(number, decimals, or minus the zeros at the end of a whole number)."""
    found = re.findall(r"[\u2212+]?\d[\d,]*(?:\.\d+)?", text)
    assert found, text
    number = found[-1].replace(",", "").replace("\u2212", "-")
    whole, _, after = number.lstrip("+-").partition(".")
    places = len(after) if after else -(len(whole) - len(whole.rstrip("0")) if int(whole) else 0)
    return float(number), places


@pytest.fixture(scope="session")
def again(report):
    path, text, page = report
    return Again(path, options_of(path))


def options_of(path):
    """The baseline; within its budget all that are not one measure of that name, and the best measure, if it wins."""
    file = File(path)
    if len(file.arms) == 1:
        return file.arms
    budget = file.file.get("parameter_budget_yearly")
    budget = budget[:] if budget is not None and budget.shape == (len(file.arms),) else np.zeros(len(file.arms))
    same = [arm for arm, b in zip(file.arms[1:], budget[1:], strict=True) if b == budget[0]] or file.arms[1:]
    levers = [x.decode() for x in file.file["lever"][:]]
    pulled = np.nan_to_num(file.file["lever_strength"][:]) > 0
    alone = [a for a in same if [lev for lev, p in zip(levers, pulled[file.arms.index(a)], strict=True) if p] == [a]]
    if len(alone) < 5 or len(alone) == len(same):
        alone = []
    gain = {a: mean_and_error(file.change("net_present_value", a, file.arms[0]))[0] for a in same}
    rest = [arm for arm in same if arm not in alone]
    if alone:
        first = max(alone, key=gain.get)
        if not rest or gain[first] > max(gain[a] for a in rest):
            rest = [first, *rest]
    return [file.arms[0], *rest]


def test_every_number_is_what_the_file_says(again, report):
    path, text, page = report
    scale = SCALES.get(page.unit.split()[0], 1)
    checked = 0
    for number in page.numbers:
        name = number["statistic"]
        if name == "given":
            continue
        value, error = again.varied_count(number, True) if name == "varied" else again.compute(number)
        about = {key: what for key, what in number.items() if what is not None}
        if name == "regret" and number["arm"] not in again.options:
            raise AssertionError(about)
        if number["exact"] is not None:
            assert number["exact"] == pytest.approx(value, rel=2e-6, abs=1e-9), about
        shows(number, value, error, scale, again, about)
        checked += 1
    assert checked > 20


def shows(number, value, error, scale, again, about):
    """Whether the text is the value, with the digits that its error allows."""
    name, shown = number["statistic"], number["shown"].replace("\N{NO-BREAK SPACE}", " ")
    if name in ("share-above-zero", "broken-even-by"):
        odds_are(
            re.search(r"(fewer than 1|more than \d+|\d+) of (\d+)", shown), value, again.n, "books" in number, about
        )
        return
    if name in ("break-even",):
        horizon = again.file.file["step"][-1]
        wanted = f"over {math.ceil(horizon / 26) / 2:g}" if value > horizon else f"{math.ceil(value / 26) / 2:g}"
        assert shown == wanted, about
        return
    if name == "lowest-week":
        value, scale = value / 52, 1
    money = name.removesuffix("-two-errors") in (
        "mean",
        "quantile",
        "regret",
        "mean-in-third",
        "worth-knowing",
        "worth-of-everything",
        "mean-so-far",
    )
    if money and not (number.get("metric", "net").startswith(("net", "cash", "spending", "lever", "realised_value"))):
        money = False
    by = scale if money else 1
    got, places = digits(shown)
    value, error = value / by, error / by
    step = 10.0**-places
    off = abs(got - value)
    if name.endswith("-two-errors"):
        # At least one step of the digits shown: never zero.
        assert off <= max(0.51 * step, 10.0 ** -max(places, 0) - value), about
    elif math.isfinite(error) and error > 0:
        allowed = 10.0 ** math.floor(math.log10(2 * error))
        if got == 0:
            # Of how many digits a zero is cannot be seen; two that stand together have those of the less known.
            step = max(step, 10 * allowed)
        assert off <= 0.51 * step, about
        assert step >= min(allowed, 1) * 0.99, (about, "more digits than the error allows")
    else:
        assert off <= 0.51 * step, about


def odds_are(match, share, futures, thirds, about):
    assert match, about
    numerator, of = match[1], int(match[2])
    n = futures // 3 if thirds else futures
    if n < 25:
        assert of == max(n, 1) or (thirds and of in (n, n + 1)), about
    else:
        assert of * 0.5 / math.sqrt(n) <= 0.5 * 1.01 or of == 5, (about, "finer odds than so many futures allow")
    if numerator.startswith("fewer"):
        assert 0 < share < 0.5 / of, about
    elif numerator.startswith("more"):
        assert 1 > share > 1 - 0.5 / of, about
    else:
        assert abs(int(numerator) - share * of) <= 0.5 + 1e-9, about


def test_no_number_is_beside_the_marked_ones(report):
    path, text, page = report
    arms = "|".join(re.escape(arm.replace("_", " ")) for arm in File(path).arms)
    for piece in page.loose:
        rest = re.sub(FIXED, "", re.sub(arms, "", piece, flags=re.I))
        assert not re.search(r"\d", rest), piece


def test_a_planted_number_is_found(wide, tmp_path):
    """The check can fail: one digit changed in the page, and one in the file."""
    text = write(wide, tmp_path / "page.html").read_text(encoding="utf-8")
    page = Page(text)
    computed = Again(wide, options_of(wide))
    number = next(n for n in page.numbers if n["statistic"] == "mean" and n["metric"] == "net_present_value")
    value, error = computed.compute(number)
    shows(number, value, error, 1e6, computed, number)
    with pytest.raises(AssertionError):
        shows({**number, "shown": "+99"}, value, error, 1e6, computed, number)
    with pytest.raises(AssertionError):
        shows({**number, "shown": f"{value / 1e6:+.3f}"}, value, error, 1e6, computed, number)
    with pytest.raises(AssertionError):
        shows(number, value + 7 * error, error, 1e6, computed, number)
