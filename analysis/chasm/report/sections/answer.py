"""What to do, with what odds: one sentence, one picture, and what to know before acting on it."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import words
from ..charts.odds import odds_chart, ranks_of
from ..charts.svg import figure, table
from ..markup import Html, html, joined, paragraph, prose, tag
from ..numbers import count, in_futures, mark
from ..report import Report, section


def answer(report: Report) -> Html:
    decision = report.decision
    if decision.baseline is None:
        headline, lead = one_arm(report)
    elif decision.recommended is None:
        headline, lead = nothing_pays(report)
    else:
        headline, lead = recommendation(report)
    return section(
        "answer",
        1,
        "The answer",
        tag("p", headline, class_="headline"),
        lead,
        picture(report),
        facts(report),
        caveats(report),
    )


def recommendation(report: Report) -> tuple[Html, Html]:
    decision, best = report.decision, report.decision.best
    headline = prose(
        '<span class="take">{arm}.</span> In {odds} it returns more than it costs within {horizon}, '
        "compared with {baseline}.",
        arm=report.arm(best),
        odds=tag("em", in_futures(decision.odds(best), noun=True)),
        horizon=report.horizon,
        baseline=report.baseline,
    )
    return headline, paragraph(
        "On average it leaves the organization {gain}{room} {unit} better off; in 8 futures of 10 the difference "
        "lies between {between}. A future is one way in which things could turn out: what we do not know, and luck.",
        class_="lead",
        gain=report.money(decision.gain(best)),
        room=report.room(decision.gain(best)),
        unit=report.unit,
        between=report.between(decision.quantile(best, 0.1), decision.quantile(best, 0.9), "{low} and {high}"),
    )


def nothing_pays(report: Report) -> tuple[Html, Html]:
    decision, best = report.decision, report.decision.best
    headline = prose(
        "None of the {n} alternatives returns more than it costs beyond doubt, compared with {baseline}.",
        n=count(len(decision.affordable), statistic="alternatives"),
        baseline=report.baseline,
    )
    return headline, paragraph(
        "The best of them on average, {arm}, changes the result by {gain}{room} {unit} and comes out ahead in "
        "{odds}: too close to zero for a study of this size to tell.",
        class_="lead",
        arm=report.arm(best),
        gain=report.money(decision.gain(best), sign=True),
        room=report.room(decision.gain(best)),
        unit=report.unit,
        odds=in_futures(decision.odds(best), noun=True),
    )


def one_arm(report: Report) -> tuple[Html, Html]:
    decision = report.decision
    headline = prose(
        "In {odds} AI work returns more than it costs within {horizon}.",
        odds=tag("em", in_futures(decision.odds(0), noun=True)),
        horizon=report.horizon,
    )
    return headline, paragraph(
        "On average it leaves the organization {gain}{room} {unit} better off than no AI work at all. The study "
        "looks at one course of action ({arm}), so it cannot say what to change.",
        class_="lead",
        gain=report.money(decision.gain(0), sign=True),
        room=report.room(decision.gain(0)),
        unit=report.unit,
        arm=report.arm(0),
    )


def picture(report: Report) -> Html:
    decision, best = report.decision, report.decision.best
    odds = decision.odds(best)
    if report.evidence.futures < 2 and report.evidence.replications < 2:
        return tag("p", "One world was computed: there is no picture of odds to draw.", class_="note")
    subject = report.title(best)
    than = report.baseline if decision.baseline is not None else "no AI work"
    title = f"{subject}: {odds.numerator} of {odds.denominator} futures return more than they cost"
    description = (
        "A dot plot. Each dot stands for as many futures as any other. Dots right of zero are futures in which "
        f"{subject} leaves the organization better off than {than}. The table below gives the numbers."
    )
    worlds = int(np.isfinite(decision.outcomes(best)).sum())
    dots = [decision.quantile(best, q) for q in ranks_of(worlds)]
    sides = ("costs more", "returns more")
    drawing = odds_chart("odds", dots, report.scale, report.unit, title, description, sides, odds.of)
    rows = [
        [label, report.money(decision.quantile(best, q), sign=True)]
        for q, label in (
            (0.1, "1 in 10 below"),
            (0.25, "1 in 4 below"),
            (0.5, "half below"),
            (0.75, "1 in 4 above"),
            (0.9, "1 in 10 above"),
        )
    ]
    rows.append(["returns more than it costs", in_futures(odds, noun=True)])
    numbers = table(["Futures", report.unit.capitalize()], rows, f"What {subject} changes, against {than}")
    heading = prose("What {arm} changes, future by future", arm=report.arm(best))
    return figure(heading, drawing, numbers)


def facts(report: Report) -> Html:
    """Cost, time to break even, least regret: three facts in a row."""
    decision, best = report.decision, report.decision.best
    if decision.baseline is None:
        return Html("")
    items: list[tuple[str, Any, Html]] = [
        (
            "Cost",
            prose("{cost} {unit}", cost=report.money(decision.cost(best)), unit=report.unit),
            spending(report, best),
        )
    ]
    even = decision.breaks_even(best)
    if even is not None:
        in_time = decision.broken_even(best, report.evidence.weeks[-1])
        if even.value <= report.evidence.weeks[-1]:
            value = prose("{years} years", years=break_even(report, best))
            note = prose(
                "until half of the futures have earned it back for good; {odds} do by the end.",
                odds=in_futures(in_time),
            )
        else:
            value = html("Not in half")
            note = prose(
                "of the futures within {horizon}; {odds} have earned it back for good by then.",
                horizon=report.horizon,
                odds=in_futures(in_time),
            )
        items.append(("Breaks even", value, note))
    if len(decision.options) > 2:
        least = decision.least_regret
        regret = prose("{regret} {unit}", regret=report.money(decision.regret(least)), unit=report.unit)
        wording = (
            "In 9 futures of 10, no other package would have brought more than {regret} beyond it: less than for "
            "any other choice."
        )
        if least != best:
            wording = (
                "In 9 futures of 10, nothing else would have brought more than {regret} beyond it. For {best} that "
                "is {more}."
            )
        more = report.money(decision.regret(best))
        items.append(
            ("Least regret", html(report.title(least)), prose(wording, regret=regret, best=report.arm(best), more=more))
        )
    return tag(
        "dl",
        [tag("div", tag("dt", name), tag("dd", value, class_="big"), tag("dd", note)) for name, value, note in items],
        class_="facts",
    )


def spending(report: Report, arm: int) -> Html:
    more = report.decision.more_spent(arm)
    way = "rises by {more}" if more.value > 0 else "falls by {less}"
    return prose(
        "for its measures over {horizon}; spending as a whole " + way + ".",
        horizon=report.horizon,
        more=report.money(more),
        less=report.money(-more),
    )


def break_even(report: Report, arm: int, element: str = "data") -> Html:
    """Years, up to the next half; or that it does not."""
    even = report.decision.breaks_even(arm)
    if even is None:
        return html("not recorded")
    if even.value > report.evidence.weeks[-1]:
        return mark(f"over {words.years(report.evidence.weeks[-1])}", even.value, even.of, element)
    return mark(words.years(even.value), even.value, even.of, element)


def caveats(report: Report) -> Html:
    decision, evidence, best = report.decision, report.evidence, report.decision.best
    items = []
    if decision.baseline is not None:
        whole = (
            "Is AI work worth it at all? {Before}, it returns more than it costs in {today}; with {arm}, in {after}."
            if decision.recommended is not None
            else "Is AI work worth it at all? {Before}, it returns more than it costs in {today}."
        )
        items.append(
            prose(
                whole,
                Before=report.before[:1].upper() + report.before[1:],
                today=in_futures(decision.worth_it(0), noun=True),
                after=in_futures(decision.worth_it(best)),
                arm=report.arm(best),
            )
        )
        stop = [arm for arm in decision.alternatives if decision.mean("spending", arm).value == 0]
        if stop:
            sentence = "Stopping all of it, at no cost, would beat carrying on unchanged in {odds}." + (
                " {arm} is better than stopping by {gain}{room} {unit} on average."
                if decision.behind(stop[0]).value > 0
                else ""
            )
            items[-1] = prose(
                "{first} " + sentence,
                first=items[-1],
                odds=in_futures(decision.odds(stop[0])),
                arm=report.arm(best),
                gain=report.money(decision.behind(stop[0])),
                room=report.room(decision.behind(stop[0])),
                unit=report.unit,
            )
    if decision.recommended is not None and len(decision.packages) > 1:
        close = decision.not_told_apart
        second = decision.packages[1]
        if close:
            items.append(
                prose(
                    "Not to be told apart from it in this study: {arms}.",
                    arms=joined([report.arm(arm) for arm in close]),
                )
            )
        else:
            items.append(
                prose(
                    "The next best, {arm}, is {less}{room} {unit} behind on average; {best} beats it in {odds}.",
                    arm=report.arm(second),
                    less=report.money(decision.behind(second)),
                    room=report.room(decision.behind(second)),
                    unit=report.unit,
                    best=report.arm(best),
                    odds=in_futures(decision.beats(second), noun=True),
                )
            )
    richer = [
        arm
        for arm in decision.other_budget
        if evidence.levers[arm] and not decision.behind(arm).value > -2 * decision.behind(arm).error
    ]
    if decision.recommended is not None and richer:
        arm = richer[0]
        items.append(
            prose(
                "With another budget, {arm} brings more on average: {gain}{room}, with {odds} returning more than "
                "they cost. All spending then changes by {more}, and 1 future in 10 ends below {low}.",
                arm=report.arm(arm),
                gain=report.money(decision.gain(arm), sign=True),
                room=report.room(decision.gain(arm)),
                odds=in_futures(decision.odds(arm), noun=True),
                more=report.money(decision.more_spent(arm), sign=True),
                low=report.money(decision.quantile(arm, 0.1), sign=True),
            )
        )
    varied = report.assumptions.drawn
    judged = [name for name in varied if evidence.parameters[name]["grade"] == "D"]
    if varied:
        items.append(
            prose(
                "These odds hold if the assumptions do. {judged} of the {varied} assumptions that vary here are "
                "judgement: nobody has measured what any of these measures <em>causes</em>.",
                judged=count(len(judged), statistic="varied", grade="D"),
                varied=count(len(varied), statistic="varied"),
            )
        )
    else:
        items.append(
            html(
                "These odds are too sure of themselves: the study varies no assumption, so they hold luck only. And "
                "nobody has measured what any of these measures causes: their effects are judgement."
            )
        )
    caution = {"saltelli", "morris", "table"} & {str(evidence.about.get("design"))}
    if caution:
        items.append(
            html(
                "The futures of this study were laid out to test assumptions, not drawn as they are likely: read "
                "its odds as counts, not as chances."
            )
        )
    return tag(
        "div", tag("h3", "Before you act on it"), tag("ul", [tag("li", item) for item in items]), class_="caveats"
    )
