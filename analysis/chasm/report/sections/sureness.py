"""How sure we are: which assumptions decide, how many are judgement, what would be worth measuring."""

from __future__ import annotations

from typing import Any

from .. import words
from ..assumptions import Influence, Worth, kind
from ..charts.svg import figure, table
from ..charts.thirds import Bar, thirds_chart
from ..markup import Html, html, joined, paragraph, prose, tag
from ..numbers import Number, amount, count, mark, plain
from ..report import Report, section

SHOWN = 6
HOW = {
    "own": "One\u2019s own organization can measure it.",
    "cost": "Offers and a plan of the work would tell.",
    "effect": "Only a trial would tell.",
}
GRADES = {"A": "measured", "B": "from surveys", "C": "claims of practitioners", "D": "judgement", "I": "your own input"}
FACTS = {
    "never_in_production": (
        "AI initiatives that are not in production three years after their start",
        "87",
        "a remark on a conference panel",
    ),
    "pilots_in_production": ("pilots that come into use", "53 or 54", "two surveys"),
    "insights_with_benefit": ("insights that bring a benefit", "20", "a prediction of analysts"),
    "fell_short": ("projects that miss half of what they promised", "85", "a remark of an analyst"),
    "kept_promise": ("of what was promised, kept by solutions that came into use", "25 to 31", "a survey"),
}


def how_sure(report: Report) -> Html:
    return section(
        "sure", 5, "How sure we are", luck(report), deciding(report), worth(report), grades(report), facts(report)
    )


def meaning(report: Report, parameter: str) -> str:
    return words.assumption(parameter, str(report.evidence.parameters[parameter]["meaning"]))


def known_by(report: Report, parameter: str) -> str:
    grade = str(report.evidence.parameters[parameter]["grade"])
    return GRADES.get(grade, grade)


def luck(report: Report) -> Html:
    """What part of the spread is luck, and how little the number of futures adds to it."""
    best = report.decision.best
    gain = report.decision.gain(best)
    parts = []
    if gain.error == gain.error:
        parts.append(
            paragraph(
                "Computing more futures would hardly move the numbers here: the mean is known to{room} {unit}. That "
                "is the error of the computation only. Whether the assumptions hold is another question, and the "
                "larger one.",
                room=report.room(gain),
                unit=report.unit,
            )
        )
    explained = report.assumptions.explained(best)
    if explained is not None:
        share = Number(100 * explained.value, 100 * explained.error, explained.of)
        text = mark(plain(share.value, min(0, -1 if share.error > 5 else 0)), share.value, share.of)
        little = explained.value < 0.5
        parts.append(
            paragraph(
                "Of the spread between futures, about {share} % goes with the assumptions that vary, and the rest "
                "is luck: which ideas come up, who leaves, which build fails. "
                + (
                    "No amount of measuring takes luck away; it is part of the decision."
                    if little
                    else "Measuring the assumptions would narrow it."
                ),
                share=text,
            )
        )
    return html(parts)


def deciding(report: Report) -> Html:
    if not report.assumptions.drawn:
        return html(
            [
                tag("h3", "Which assumptions decide"),
                tag("p", "The study varies no assumption, so it cannot say which one decides."),
            ]
        )
    best = report.decision.best
    tested = len(report.assumptions.concerning([best]))
    found = report.assumptions.influences(best)
    head = tag("h3", "Which assumptions decide")
    n = count(tested, statistic="tested", arm=report.evidence.arms[best])
    if not found:
        first = paragraph(
            "None of the {n} assumptions that concern {arm} moves its result by more than chance does to one of so "
            "many.",
            n=n,
            arm=report.arm(best),
        )
        return html([head, first, others(report)])
    shown = found[:SHOWN]
    verb = "of them moves" if len(found) == 1 else "of them move"
    first = paragraph(
        "Of {n} assumptions that concern {arm}, {found} {verb} its result by more than chance does to one of so "
        "many. Where {name} is in its lowest third, it brings {low}{roomlow} {unit} on average; in its highest "
        "third, {high}{roomhigh}.",
        n=n,
        arm=report.arm(best),
        found=count(len(found), statistic="deciding", arm=report.evidence.arms[best]),
        verb=verb,
        name=tag("b", report.evidence.parameters[shown[0].parameter]["meaning"]),
        low=report.money(shown[0].thirds[0], sign=True),
        roomlow=report.room(shown[0].thirds[0]),
        high=report.money(shown[0].thirds[2], sign=True),
        roomhigh=report.room(shown[0].thirds[2]),
        unit=report.unit,
    )
    bars = [
        Bar(
            f"{meaning(report, i.parameter)} ({known_by(report, i.parameter)})",
            i.thirds,
        )
        for i in shown
    ]
    subject = report.title(best)
    title = f"What {subject} brings where an assumption is low, middling or high"
    description = (
        "One row an assumption, three dots: the mean in the third of the futures in which it is low, middling and "
        "high, with two standard errors. The table below gives the numbers."
    )
    drawing = thirds_chart("assumptions", bars, report.scale, f"{report.unit}, mean", title, description)
    numbers = table(
        ["Assumption", "How it is known", "Low", "Middle", "High"],
        [row(report, i) for i in shown],
        f"Mean net gain of {subject}, {report.unit}, by thirds of an assumption",
    )
    return html(
        [
            head,
            first,
            figure(prose("What {arm} brings, by assumption", arm=report.arm(best)), drawing, numbers),
            others(report),
        ]
    )


def row(report: Report, influence: Influence) -> list[Any]:
    return [meaning(report, influence.parameter), known_by(report, influence.parameter)] + [
        [report.money(t, sign=True), report.room(t)] for t in influence.thirds
    ]


def others(report: Report) -> Html:
    """What decides about the other packages: where the choice might turn."""
    rows = []
    for arm in report.scenarios[1:]:
        for influence in report.assumptions.influences(arm)[:2]:
            rows.append([report.title(arm), *row(report, influence)])
    if not rows:
        return Html("")
    head = ["Alternative", "Assumption", "How it is known", "Low", "Middle", "High"]
    return tag(
        "details",
        tag("summary", "What decides about the alternatives"),
        table(head, rows, f"Mean net gain, {report.unit}, by thirds of an assumption"),
    )


def worth(report: Report) -> Html:
    """What to find out before deciding."""
    decision = report.decision
    if len(decision.options) < 2 or not report.assumptions.drawn:
        return Html("")
    found = report.assumptions.worth_knowing()[:3]
    perfect = report.assumptions.perfect()
    head = tag("h3", "What would be worth measuring")
    bound = paragraph(
        "Knowing everything beforehand, luck included, would be worth {perfect} {unit} on average. No study and no "
        "survey can bring more than that.",
        perfect=report.money(perfect),
        unit=report.unit,
    )
    if not found:
        none = paragraph(
            "Knowing any one assumption better would not lead to a better choice, as far as {n} futures can tell: "
            "{best} stays first.",
            n=count(report.evidence.futures, statistic="futures"),
            best=report.arm(decision.best),
        )
        return html([head, none, bound])
    items = []
    for what in found:
        thirds = ("lowest", "middle", "highest")
        usual = decision.best
        turns = [
            prose(
                "in the {third} third ({limits}), {arm}",
                third=thirds[k],
                limits=limits(report, what, k),
                arm=report.arm(arm),
            )
            for k, arm in enumerate(what.choices)
            if arm != usual
        ]
        items.append(
            tag(
                "li",
                prose(
                    "<b>{name}</b>: {turns}; else {best}. Knowing it is worth {worth}{room} {unit}{doubt}. {how}",
                    name=meaning(report, what.parameter),
                    turns=joined(turns),
                    best=report.arm(usual),
                    worth=report.money(what.worth),
                    room=report.room(what.worth),
                    unit=report.unit,
                    doubt="" if what.beyond_chance else " (a hint: among so many assumptions chance could do it)",
                    how=HOW[kind(what.parameter)],
                ),
            )
        )
    return html([head, tag("p", "It pays to know what would change the choice:"), tag("ul", items), bound])


def limits(report: Report, what: Worth, third: int) -> Html:
    """`below 0.5 1/week`, `above ...`, `... to ...`."""
    unit = str(report.evidence.parameters[what.parameter]["unit"])
    unit = "" if unit in ("", "1") else f" {unit}"
    ends = [
        mark(f"{end:.2g}", end, {"statistic": "third-limit", "parameter": what.parameter, "third": k})
        for k, end in enumerate(what.limits)
    ]
    if third == 1:
        return prose("{low} to {high}{unit}", low=ends[0], high=ends[1], unit=unit)
    return prose("{way} {end}{unit}", way="above" if third else "below", end=ends[1 if third else 0], unit=unit)


def grades(report: Report) -> Html:
    """How well the assumptions are known."""
    parameters = report.evidence.parameters
    if not parameters:
        return Html("")
    rows = []
    for grade, said in GRADES.items():
        varied = sum(row["grade"] == grade and name in report.evidence.drawn for name, row in parameters.items())
        fixed = sum(row["grade"] == grade and name not in report.evidence.drawn for name, row in parameters.items())
        rows.append(
            [
                f"{said[:1].upper()}{said[1:]} ({grade})",
                count(varied, statistic="varied", grade=grade),
                count(fixed, statistic="fixed", grade=grade),
            ]
        )
    judged = sum(row["grade"] == "D" for row in parameters.values())
    text = paragraph(
        "The model has {n} assumptions; {judged} of them are judgement. Those that vary are drawn anew in every "
        "future, so that their uncertainty is in the odds. Those that are held fixed are not: if they are wrong, so "
        "may be the odds.",
        n=count(len(parameters), statistic="parameters"),
        judged=count(judged, statistic="parameters", grade="D"),
    )
    return html(
        [
            tag("h3", "How well the assumptions are known"),
            text,
            table(
                ["How it is known (grade)", "Vary in this study", "Held fixed"],
                rows,
                "Assumptions by how they are known",
            ),
        ]
    )


def facts(report: Report) -> Html:
    """Whether the organization as it is today looks like those that surveys describe."""
    rows = []
    for metric, (said, survey, source) in FACTS.items():
        if metric not in report.evidence.file:
            continue
        number = report.decision.mean(metric, 0)
        if number.known:
            share = Number(100 * number.value, 100 * number.error, number.of)
            shown = amount(share, most=0)
            rows.append([said[:1].upper() + said[1:], shown, mark(survey, 0, {"statistic": "given"}), source])
    if not rows:
        return Html("")
    text = tag(
        "p",
        "The organization as it is, beside what surveys say of others. The surveys are soft themselves, and they do "
        "not tell which measure works: organizations that look alike in them can gain much or little from the same "
        "measure.",
    )
    return html(
        [
            tag("h3", "Does it look like the world?"),
            text,
            table(["Of a hundred", f"Here, {report.before}", "Surveys say", "Source"], rows, "Simulated and surveyed"),
        ]
    )
