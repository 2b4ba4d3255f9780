"""The recommended package against the alternatives: what it consists of, odds, cost, time to break even, regret."""

from __future__ import annotations

from typing import Any

from .. import words
from ..charts.intervals import Row, intervals_chart
from ..charts.svg import figure, table
from ..markup import Html, html, joined, paragraph, prose, tag
from ..numbers import count, in_futures, mark
from ..report import Report, section
from .answer import break_even


def choice(report: Report) -> Html:
    decision = report.decision
    if decision.baseline is None:
        return section(
            "choice",
            2,
            "The choice",
            tag("p", "The study has one course of action. Add arms to it to compare it with others."),
        )
    return section("choice", 2, "The choice", contents(report), packages(report), measures(report))


def contents(report: Report) -> Html:
    """What the best package does, in the order in which it starts."""
    levers = report.evidence.levers[report.decision.best]
    if not levers:
        return Html("")
    best = report.arm(report.decision.best)
    items = []
    for start in dict.fromkeys(lever[2] for lever in levers):
        now = [lever for lever in levers if lever[2] == start]
        when = (
            html("From the first week")
            if start <= 0
            else prose(
                "From week {week}",
                week=mark(
                    f"{start:g}",
                    start,
                    {"statistic": "start", "arm": report.evidence.arms[report.decision.best], "lever": now[0][0]},
                ),
            )
        )
        items.append(
            tag(
                "li",
                tag("span", when, class_="when"),
                tag("span", Html("; ".join(words.lever(lever[0]) for lever in now)), "."),
            )
        )
    return html([paragraph("What {arm} is:", arm=best), tag("ul", items, class_="plan")])


def packages(report: Report) -> Html:
    decision, unit = report.decision, report.unit
    groups: list[tuple[str | None, list[int]]] = [(None, decision.packages)]
    if decision.other_budget:
        groups.append(("With another budget", decision.other_budget))
    rows: list[Row] = []
    cells: list[list[Any]] = []
    breaks: list[int] = []
    head: list[Any] = [
        "Package",
        "Returns more than it costs",
        f"Net gain, {unit}",
        "8 futures of 10",
        "Cost of measures",
        "All spending",
        "Breaks even after, years",
        "Regret, 9 of 10 below",
    ]
    for group, arms in groups:
        if group:
            breaks.append(len(rows))
            cells.append([group])
        for arm in arms:
            rows.append(
                interval(report, arm, in_futures(decision.odds(arm), "tspan"), "best" if arm == decision.best else "")
            )
            cells.append(
                [
                    report.arm(arm) if arm == decision.best else report.title(arm),
                    in_futures(decision.odds(arm)),
                    [report.money(decision.gain(arm), sign=True), report.room(decision.gain(arm))],
                    between(report, arm),
                    report.money(decision.cost(arm)),
                    report.money(decision.more_spent(arm), sign=True),
                    break_even(report, arm) if report.evidence.levers[arm] else "\N{EN DASH}",
                    report.money(decision.regret(arm)) if arm in decision.options else "\N{EN DASH}",
                ]
            )
    if not len(report.evidence.weeks):
        head.pop(6)
        for row in cells:
            if len(row) > 1:
                row.pop(6)
    title = f"Net gain of each alternative, against {report.baseline}"
    description = (
        "One row an alternative. The thin line spans 8 of 10 futures, the thick one half of them, the dot is the "
        "mean. The table below gives all numbers."
    )
    drawing = intervals_chart(
        "packages",
        rows,
        report.scale,
        f"{unit}, against {report.baseline}",
        title,
        description,
        "returns more",
        tuple(breaks),
        pitch=30,
    )
    note = prose(
        "Thin line: 8 of 10 futures. Thick line: half of them. Dot: the mean. All alternatives meet the same {n} "
        "futures, so that differences are due to what one does and not to luck.",
        n=count(report.evidence.futures, statistic="futures"),
    )
    remark = ""
    if any(decision.more_spent(arm).value < decision.cost(arm).value / 2 for arm in decision.packages):
        remark = tag(
            "p",
            "Within a fixed budget, measures take the place of other AI work. Spending then rises by less than the "
            "measures cost, and what they crowd out is part of the result.",
        )
    heading = prose("What each alternative changes, against {baseline}", baseline=report.baseline)
    compared = table(
        head,
        cells,
        f"The alternatives. Money in {unit}, against {report.baseline}; \N{PLUS-MINUS SIGN} is two standard errors",
        "numbers compare",
    )
    return html([figure(heading, drawing, None, note), compared, remark, what_they_are(report)])


def what_they_are(report: Report) -> Html:
    """What the other packages consist of."""
    arms = [
        arm
        for arm in [*report.decision.packages, *report.decision.other_budget]
        if report.evidence.levers[arm] and arm != report.decision.best
    ]
    rows = [[report.title(arm), consists_of(report, arm)] for arm in arms]
    return table(["Alternative", "Consists of"], rows, "What the alternatives are") if rows else Html("")


def consists_of(report: Report, arm: int) -> Html:
    """Measures by the week in which they start."""
    levers = report.evidence.levers[arm]
    every = report.evidence.names("lever")
    pulled = {lever[0] for lever in levers}
    if len(pulled) > 0.8 * len(every) and len({lever[2] for lever in levers}) == 1:
        missing = [measure(lever) for lever in every if lever not in pulled]
        return prose("every measure but {missing}", missing=joined(missing)) if missing else html("every measure")
    parts = []
    for start in dict.fromkeys(lever[2] for lever in levers):
        names = joined([measure(lever[0]) for lever in levers if lever[2] == start])
        of = {
            "statistic": "start",
            "arm": report.evidence.arms[arm],
            "lever": next(lever[0] for lever in levers if lever[2] == start),
        }
        parts.append(
            prose("from week {week} {names}", week=mark(f"{start:g}", start, of), names=names) if start > 0 else names
        )
    return Html("; ".join(parts))


def measure(lever: str) -> str:
    return words.MEASURES.get(lever, words.title(lever))


def between(report: Report, arm: int) -> Html:
    return report.between(report.decision.quantile(arm, 0.1), report.decision.quantile(arm, 0.9))


def interval(report: Report, arm: int, right: Html, class_: str) -> Row:
    q = [report.decision.quantile(arm, q).value / report.scale for q in (0.1, 0.25, 0.75, 0.9)]
    mean = report.decision.gain(arm)
    return Row(report.title(arm), (q[0], q[1], q[2], q[3]), mean, right, class_)


def measures(report: Report) -> Html:
    """Each lever alone."""
    decision, unit = report.decision, report.unit
    if not decision.measures:
        return Html("")
    rows = [interval(report, arm, report.money(decision.cost(arm), element="tspan"), "") for arm in decision.measures]
    cells = [
        [
            report.title(arm),
            words.lever(report.evidence.arms[arm]),
            [report.money(decision.gain(arm), sign=True), report.room(decision.gain(arm))],
            in_futures(decision.odds(arm)),
            report.money(decision.cost(arm)),
        ]
        for arm in decision.measures
    ]
    first = decision.measures[0]
    worse = [arm for arm in decision.measures if decision.gain(arm).sure and decision.gain(arm).value < 0]
    text = paragraph(
        "Of single measures, {arm} ({what}) brings most: {gain}{room} {unit} on average, at a cost of {cost}.",
        arm=report.arm(first),
        what=words.lever(report.evidence.arms[first]),
        gain=report.money(decision.gain(first), sign=True),
        room=report.room(decision.gain(first)),
        unit=unit,
        cost=report.money(decision.cost(first)),
    )
    if worse:
        text = html(
            [
                text,
                paragraph(
                    "On its own, each of these costs more than it returns: {arms}. Inside a package it may still be "
                    "needed.",
                    arms=joined([report.arm(arm) for arm in worse]),
                ),
            ]
        )
    title = f"Net gain of each measure alone, against {report.baseline}"
    description = (
        "One row a measure. The thin line spans 8 of 10 futures, the thick one half of them, the dot is the mean; "
        "at the right, what the measure costs."
    )
    drawing = intervals_chart(
        "measures", rows, report.scale, f"{unit}, against {report.baseline}", title, description, "costs", pitch=21
    )
    numbers = table(
        ["Measure", "What it is", f"Net gain, {unit}", "Returns more", "Costs"],
        cells,
        f"Each measure alone, against {report.baseline}",
    )
    return html(
        [
            tag("h3", "One measure at a time"),
            text,
            figure("What each measure changes on its own, and what it costs", drawing, numbers),
        ]
    )
