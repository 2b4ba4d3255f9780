"""How it unfolds: the fan of futures, milestones, and early warnings to watch."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import statistics, words
from ..charts.fan import QUANTILES, fan_chart
from ..charts.svg import figure, table
from ..charts.warning import warning_chart
from ..markup import Html, html, paragraph, prose, tag
from ..numbers import Number, Odds, amount, in_futures, mark, plain
from ..report import Report, section

SAMPLES = 6
KEEP_PATHS = 'series = { metrics = ["net_value"], every = "13 weeks", keep = "full" }'
TELLING = 0.2  # difference of odds from which a sign is worth watching
LEAST_CASES = 50  # of a cell of the early-warning chart


def how_it_unfolds(report: Report) -> Html:
    parts = [scenario(report, arm) for arm in report.scenarios]
    if not any(parts):
        note = ["The study kept nothing over time. Among its outputs, ", tag("code", KEEP_PATHS), " does."]
        return section("unfold", 4, "How it unfolds", tag("p", note))
    return section("unfold", 4, "How it unfolds", report.switch("unfold"), parts)


def scenario(report: Report, arm: int) -> Html:
    parts = [
        fan(report, arm) or mean_curve(report, arm),
        milestones(report, arm),
        early_warning(report, arm),
        own_books(report, arm),
    ]
    if not any(parts):
        return Html("")
    return tag("div", parts, data_scenario=str(arm) if len(report.scenarios) > 1 else None)


def subject(report: Report, arm: int) -> str:
    return f"against {report.baseline}" if report.decision.baseline is not None else "against no AI work"


def at_week(report: Report, arm: int, k: int, q: float) -> Number:
    """Quantile over futures of what the arm has changed so far."""
    against = report.decision.against(arm)
    value, error = statistics.quantile_and_error(
        report.evidence.paths(arm, against)[..., k], q, report.decision.n_units
    )
    of = report.decision.of("quantile", "net_value_series", arm, against, week=int(report.evidence.weeks[k]), q=q)
    return Number(value, error, of)


def fan(report: Report, arm: int) -> Html:
    weeks = report.evidence.weeks
    if len(weeks) < 2:
        return Html("")
    paths = report.evidence.paths(arm, report.decision.against(arm)).reshape(-1, len(weeks)) / report.scale
    paths = paths[np.isfinite(paths).all(axis=1)]
    bands = np.quantile(paths, QUANTILES, axis=0)
    order = np.argsort(paths[:, -1], kind="stable")
    picked = order[np.unique(((np.arange(SAMPLES) + 0.5) / SAMPLES * len(order)).astype(int))]
    end = {q: at_week(report, arm, len(weeks) - 1, q) for q in (0.1, 0.5, 0.9)}
    words_at = ((0.9, "1 in 10 above"), (0.5, "half above"), (0.1, "1 in 10 below"))
    labels = [
        (end[q].value / report.scale, said, report.money(end[q], sign=True, element="tspan")) for q, said in words_at
    ]
    name = report.title(arm)
    title = f"Net value so far of {name}, {subject(report, arm)}, over time"
    description = (
        "A fan chart. The inner band holds half of the futures, the outer one 8 of 10; the line is the middle "
        "future, thin lines are single futures. The table below gives the numbers."
    )
    drawing = fan_chart(
        f"fan-{arm}", weeks, bands, paths[picked], labels, f"{report.unit}, {subject(report, arm)}", title, description
    )
    years = [k for k, week in enumerate(weeks) if week > 0 and week % 52 < (weeks[1] - weeks[0])]
    rows = [
        [prose("Year {year}", year=mark(f"{weeks[k] / 52:.0f}", weeks[k], {"statistic": "given"}))]
        + [report.money(at_week(report, arm, k, q), sign=True) for q in QUANTILES]
        for k in years
    ]
    numbers = table(
        ["End of", "1 in 10 below", "1 in 4 below", "half below", "1 in 4 above", "1 in 10 above"],
        rows,
        f"Net value so far, {report.unit}, {subject(report, arm)}",
    )
    heading = prose("Net value so far with {arm}, {subject}", arm=report.arm(arm), subject=subject(report, arm))
    note = (
        "Inner band: half of the futures. Outer band: 8 of 10. Line: the middle future. Thin lines: single futures, "
        "as they go. Before discounting."
    )
    return html([dip(report, arm, bands), figure(heading, drawing, numbers, note)])


def dip(report: Report, arm: int, bands: np.ndarray) -> Html:
    """It costs first, and when it is worst."""
    if report.decision.baseline is None:
        return Html("")
    middle = bands[QUANTILES.index(0.5)]
    k = int(middle.argmin())
    even = report.decision.breaks_even(arm)
    in_time = report.decision.broken_even(arm, report.evidence.weeks[-1])
    if middle[k] >= 0 or even is None:
        return Html("")
    weeks = report.evidence.weeks
    lowest = at_week(report, arm, k, 0.5)
    when = mark(
        plain(weeks[k] / 52, 1),
        weeks[k],
        report.decision.of("lowest-week", "net_value_series", arm, report.decision.against(arm)),
    )
    ends = (
        prose(
            "Half of the futures have earned it back for good within {years} years, {odds} by the end.",
            years=mark(words.years(even.value), even.value, even.of),
            odds=in_futures(in_time),
        )
        if even.value <= weeks[-1]
        else prose("By the end, {odds} futures have earned it back.", odds=in_futures(in_time))
    )
    return paragraph(
        "It costs before it pays: the middle future is at {low} {unit} at its lowest, after {when} years. {ends}",
        low=report.money(lowest, sign=True),
        unit=report.unit,
        when=when,
        ends=ends,
    )


def mean_curve(report: Report, arm: int) -> Html:
    """Where no future's path was kept: the mean, from the sums of cash by month."""
    cash = report.evidence.total("cash_by_month", arm)
    against = report.decision.against(arm)
    if cash is None:
        return Html("")
    flows = report.evidence.names("flow")

    def net(months: np.ndarray) -> np.ndarray:
        spent = sum(months[:, flows.index(flow)] for flow in ("levers", "development", "operation"))
        return np.cumsum(months[:, flows.index("realised")] - spent)

    curve = net(cash)
    if against is not None:
        other = report.evidence.total("cash_by_month", against)
        assert other is not None
        curve = curve - net(other)
    weeks = np.minimum(4.0 * np.arange(len(curve) + 1), report.evidence.steps)
    values = np.concatenate([[0.0], curve])
    unit = f"{report.unit}, {subject(report, arm)}"
    name = report.title(arm)
    title = f"Mean net value so far of {name}, {subject(report, arm)}"

    def at(k: int) -> Number:
        return Number(
            float(values[k]),
            math.nan,
            report.decision.of("mean-so-far", "cash_by_month", arm, against, week=int(weeks[k])),
        )

    labels: list[tuple[float, str, Any]] = [
        (values[-1] / report.scale, "mean", report.money(at(-1), sign=True, element="tspan"))
    ]
    drawing = fan_chart(
        f"fan-{arm}",
        weeks,
        values[None] / report.scale,
        np.empty((0, 0)),
        labels,
        unit,
        title,
        "A line: the mean over all futures. Single futures were not kept by the study.",
    )
    rows = [
        [
            prose("Year {year}", year=mark(str(year), year, {"statistic": "given"})),
            report.money(at(13 * year), sign=True),
        ]
        for year in range(1, int(weeks[-1] // 52) + 1)
    ]
    numbers = table(["End of", report.unit.capitalize()], rows, f"Mean net value so far, {unit}")
    heading = prose("Mean net value so far with {arm}, {subject}", arm=report.arm(arm), subject=subject(report, arm))
    note = [
        "The mean only, before discounting: the study did not keep the paths of single futures. Among its outputs, ",
        tag("code", KEEP_PATHS),
        " does.",
    ]
    return figure(heading, drawing, numbers, note)


def milestones(report: Report, arm: int) -> Html:
    """At the end of each year: odds to be ahead, solutions in use and their users."""
    evidence, decision = report.evidence, report.decision
    weeks = evidence.weeks
    portfolio = evidence.has("total_portfolio_by_month")
    compared = decision.baseline is not None
    if not len(weeks) and not portfolio:
        return Html("")
    rows = []
    for year in range(1, int(evidence.steps // 52) + 1):
        row: list[Any] = [prose("Year {year}", year=mark(str(year), year, {"statistic": "given"}))]
        if len(weeks):
            k = int(np.flatnonzero(weeks <= 52 * year)[-1])
            share = statistics.share_above(evidence.paths(arm, decision.against(arm))[..., k])
            of = decision.of("share-above-zero", "net_value_series", arm, decision.against(arm), week=int(weeks[k]))
            row.append(in_futures(Odds(share, decision.n_units, of)))
            row.append(report.money(at_week(report, arm, k, 0.5), sign=True))
        if portfolio:
            for what in words.STAGES:
                row += [in_use(report, a, what, year) for a in ([0, arm] if compared else [arm])]
        rows.append(row)
    head: list[Any] = ["End of"]
    if len(weeks):
        head += ["Ahead in", f"Half of futures above, {report.unit}"]
    if portfolio:
        for words_of in words.STAGES.values():
            head += [f"{words_of.capitalize()}, {report.before}", "with it"] if compared else [words_of.capitalize()]
    name = report.title(arm)
    return html(
        [
            tag("h3", "Milestones"),
            table(head, rows, f"What to expect with {name}, {subject(report, arm)}", "numbers compare"),
        ]
    )


def in_use(report: Report, arm: int, what: str, year: int) -> Html:
    """Mean number in the last four weeks of a year; totals hold no spread, so two digits are shown."""
    total = report.evidence.total("portfolio_by_month", arm)
    assert total is not None
    month = min(13 * year, len(total)) - 1
    last = report.evidence.steps - 4 * month
    value = float(total[month, report.evidence.names("what").index(what)]) / min(4, last)
    return amount(
        Number(
            value, math.nan, {"statistic": "portfolio", "arm": report.evidence.arms[arm], "what": what, "month": month}
        )
    )


def cells(report: Report, arm: int) -> list[tuple[float, int, int]]:
    """(lower limit of the cell, never in use, in use), summed over worlds."""
    counts = report.evidence.file["total_early_warning"][arm].values
    outcome = report.evidence.names("outcome")
    bad, good = outcome.index("never_in_use"), outcome.index("in_use")
    return [(k / len(counts), int(row[bad]), int(row[good])) for k, row in enumerate(counts)]


def tails(some: list[tuple[float, int, int]]) -> list[tuple[float, float, int, int]] | None:
    """(from, to, in use, of) of the weakest and the strongest third of the initiatives, in whole cells."""
    n = sum(bad + good for _, bad, good in some)
    width = 1 / len(some)
    found = []
    for order in (some, some[::-1]):
        taken, good_ones, limits = 0, 0, []
        for low, bad, good in order:
            if taken >= n / 3:
                break
            taken, good_ones = taken + bad + good, good_ones + good
            limits += [low, low + width]
        found.append((min(limits), max(limits), good_ones, taken))
    weak, strong = found
    return found if weak[1] <= strong[0] + 1e-9 and min(weak[3], strong[3]) >= LEAST_CASES else None


def early_warning(report: Report, arm: int) -> Html:
    if not report.evidence.has("total_early_warning"):
        return Html("")
    some = cells(report, arm)
    if sum(bad + good for _, bad, good in some) < 3 * LEAST_CASES:
        return Html("")
    width = 1 / len(some)
    compared = report.decision.baseline is not None
    series = []
    for of, class_ in ((0, "before"), (arm, "after")) if compared else ((arm, "after"),):
        points = [
            (low + width / 2, in_use_later(report, of, low, low + width, good, bad + good), float(bad + good))
            for low, bad, good in cells(report, of)
            if bad + good >= LEAST_CASES
        ]
        if points:
            series.append((class_, points))
    if not series:
        return Html("")
    found = tails(some)
    name = report.title(arm)
    said = Html("")
    if found:
        weak, strong = found
        said = paragraph(
            "Half a year after its start, an initiative begins to show whether it will be used. Of a hundred in the "
            "weaker third by the early indicator (below {below}), {weak} are in use after three years; of a hundred "
            "in the stronger third ({above} and more), {strong}. The indicator is the mean of four things that one "
            "can ask for: shared understanding, readiness of the data, trust, and how close the solution is to what "
            "is needed.",
            below=mark(plain(weak[1], 2), weak[1], {"statistic": "given"}),
            weak=hundred(report, arm, *weak),
            above=mark(plain(strong[0], 2), strong[0], {"statistic": "given"}),
            strong=hundred(report, arm, *strong),
        )
    title = f"Initiatives in use after three years, by their early indicator, with {name}"
    description = (
        "Dots, one for each range of the early indicator: how many of 100 initiatives come into use. The size of a "
        "dot says how many initiatives there are."
    )
    drawing = warning_chart(f"warning-{arm}", series, title, description)
    rows = [
        [
            f"{low:.2f} to {low + width:.2f}",
            mark(f"{bad + good:,d}", bad + good, cell(report, arm, "initiatives", low, low + width)),
            hundred(report, arm, low, low + width, good, bad + good),
        ]
        for low, bad, good in some
        if bad + good >= LEAST_CASES
    ]
    numbers = table(
        ["Indicator", "Initiatives in all worlds", "In use after three years, of a hundred"],
        [[mark(row[0], 0, {"statistic": "given"}), *row[1:]] for row in rows],
        f"Early warning, with {name}",
    )
    key = (
        f"Grey: {report.before}. Colour: with it. Larger dots: more initiatives."
        if compared
        else "Larger dots: more initiatives."
    )
    heading = prose("What half-year-old initiatives come to, with {arm}", arm=report.arm(arm))
    return html([tag("h3", "Early warnings to watch"), said, figure(heading, drawing, numbers, key)])


def cell(report: Report, arm: int, statistic: str, low: float, high: float) -> dict[str, object]:
    return {
        "statistic": statistic,
        "metric": "early_warning",
        "arm": report.evidence.arms[arm],
        "from": f"{low:.2f}",
        "to": f"{high:.2f}",
    }


def in_use_later(report: Report, arm: int, low: float, high: float, good: int, n: int) -> Number:
    """Of a hundred; initiatives counted as if independent."""
    share = good / n
    error = 100 * math.sqrt(max(share * (1 - share), 1 / n) / n)
    return Number(100 * share, error, cell(report, arm, "early-in-use", low, high))


def hundred(report: Report, arm: int, low: float, high: float, good: int, n: int) -> Html:
    return amount(in_use_later(report, arm, low, high, good, n), most=0)


def own_books(report: Report, arm: int) -> Html:
    """Whether the books of the first years tell if the choice was right."""
    evidence, decision = report.evidence, report.decision
    weeks = evidence.weeks
    if decision.baseline is None or not len(weeks) or evidence.futures < 100:
        return Html("")
    books = evidence.paths(arm, None)
    outcomes = decision.outcomes(arm)
    rows, gaps = [], []
    for year in range(1, int(evidence.steps // 52)):
        k = int(np.flatnonzero(weeks <= 52 * year)[-1])
        group = statistics.third(statistics.of_futures(books[..., k]))
        row: list[Any] = [prose("Year {year}", year=mark(str(year), year, {"statistic": "given"}))]
        shares = []
        for third in (0, 1, 2):
            shares.append(statistics.share_above(outcomes[group == third]))
            of = decision.of(
                "share-above-zero", "net_present_value", arm, decision.against(arm), books=int(weeks[k]), third=third
            )
            row.append(in_futures(Odds(shares[-1], int((group == third).sum()), of)))
        rows.append(row)
        gaps.append((year, shares[2] - shares[0]))
    tells = [year for year, gap in gaps if gap >= TELLING]
    if not rows:
        return Html("")
    said = prose(
        "The programme\u2019s own books hardly tell whether the choice was right: even at the end of year {year}, "
        "it proves right in {low} where they stand worst, and in {high} where they stand best. What would have "
        "happened without it is in no book.",
        year=mark(str(gaps[-1][0]), gaps[-1][0], {"statistic": "given"}),
        low=rows[-1][1],
        high=rows[-1][3],
    )
    if tells:
        said = prose(
            "From the end of year {year} on, the programme\u2019s own books say something about whether the choice "
            "was right; before, they say little.",
            year=mark(str(tells[0]), tells[0], {"statistic": "books-tell", "arm": evidence.arms[arm]}),
        )
    head = [
        "Own net result so far, at the end of",
        "in the lowest third",
        "in the middle third",
        "in the highest third",
    ]
    return html(
        [
            tag("p", said),
            table(
                head,
                rows,
                f"In how many futures {report.title(arm)} returns more than it costs in the end, by how its books "
                "stand",
                "numbers compare",
            ),
        ]
    )
