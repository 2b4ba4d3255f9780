"""Where value is lost, before and after."""

from __future__ import annotations

from .. import words
from ..charts.cascade import Step, cascade_chart
from ..charts.svg import figure, table
from ..losses import REALISED, Loss, losses
from ..markup import Html, html, joined, paragraph, prose, tag
from ..numbers import Number, amount
from ..report import Report, section

SMALL = 0.75  # of a hundred: what is less before and after is told in one row


def where_value_is_lost(report: Report) -> Html:
    decision = report.decision
    arms = [0, *report.scenarios]
    found = losses(decision, arms)
    if not found:
        return section(
            "losses",
            3,
            "Where value is lost",
            tag(
                "p",
                "The study did not record where value goes. Among its outputs, ",
                tag("code", 'totals = "all"'),
                " or the metrics of the waterfall do.",
            ),
        )
    intro = tag(
        "p",
        "Take everything that true opportunities for AI could bring if all of them were found at once and worked "
        "perfectly, and call it a hundred. What arrives is what no cause has taken on the way.",
    )
    parts = [chart(report, found, arm) for arm in report.scenarios]
    return section("losses", 3, "Where value is lost", intro, report.switch("losses"), parts)


def hundredth(number: Number, element: str = "data") -> Html:
    return amount(number, element=element)


def chart(report: Report, found: list[Loss], arm: int) -> Html:
    alone = report.decision.baseline is None
    key = f"losses-{arm}"
    shown = [
        loss for loss in found if loss.cause == REALISED or max(loss.parts[0].value, loss.parts[arm].value) >= SMALL
    ]
    small = [loss for loss in found if loss not in shown]
    steps = [step(loss, arm, alone) for loss in shown]
    if small:
        steps.insert(-1, together(small, arm, alone))
    name = report.title(arm)
    labels = (report.before if len(report.before) < 10 else "before", "with it")
    title = f"Where value is lost, with {name} and without" if not alone else "Where value is lost"
    description = (
        "A cascade from a hundred to what arrives. Each row is a cause and the part that it takes; the last row is "
        "what arrives. The table below gives all numbers."
    )
    drawing = cascade_chart(key, steps, lambda number: hundredth(number, "tspan"), title, description, labels)
    rows = [
        [words.CAUSES.get(loss.cause, ("", words.name(loss.cause), ""))[1], hundredth(loss.parts[0])]
        + ([] if alone else [hundredth(loss.parts[arm])])
        + [words.CAUSES.get(loss.cause, ("", "", ""))[2]]
        for loss in found
    ]
    head = ["Cause", labels[0]] + ([] if alone else [name]) + ["What it means"]
    numbers = table(head, rows, "Of every hundred that AI could bring")
    heading = (
        html("Where value goes")
        if alone
        else prose("Where value goes, {before} and with {arm}", before=report.before, arm=report.arm(arm))
    )
    text = says(report, found, arm)
    scenario = str(arm) if len(report.scenarios) > 1 else None
    return tag("div", text, figure(heading, drawing, numbers), data_scenario=scenario)


def step(loss: Loss, arm: int, alone: bool) -> Step:
    where, name, _ = words.CAUSES.get(loss.cause, ("On the way", words.name(loss.cause), ""))
    return Step(where, name, loss.parts[0], None if alone else loss.parts[arm], loss.cause == REALISED)


def together(small: list[Loss], arm: int, alone: bool) -> Step:
    causes = ",".join(loss.cause for loss in small)

    def total(of: int) -> Number:
        parts = [loss.parts[of] for loss in small]
        about = {**parts[0].of, "metric": "waterfall", "causes": causes}
        return Number(sum(part.value for part in parts), max(part.error for part in parts), about)

    return Step("In use, but", "smaller losses", total(0), None if alone else total(arm))


def says(report: Report, found: list[Loss], arm: int) -> Html:
    """What arrives, what takes most, and what the package changes most."""
    by = {loss.cause: loss for loss in found}
    arrives = by[REALISED].parts
    lost = [loss for loss in found if loss.cause != REALISED]
    most = sorted(lost, key=lambda loss: -loss.parts[0].value)[:3]
    names = [
        prose(
            "\u201c{name}\u201d ({part})",
            name=words.CAUSES.get(loss.cause, ("", loss.cause))[1],
            part=hundredth(loss.parts[0]),
        )
        for loss in most
    ]
    before = report.before[:1].upper() + report.before[1:]
    first = paragraph(
        "{before}, {today} of the hundred arrive. Most is lost to {most}.",
        before=before,
        today=hundredth(arrives[0]),
        most=joined(names),
    )
    if report.decision.baseline is None:
        return first
    moved = sorted(lost, key=lambda loss: loss.parts[arm].value - loss.parts[0].value)
    less, more = moved[0], moved[-1]
    second = paragraph(
        "With {arm}, {after} arrive. Most is won back from \u201c{less}\u201d ({less0} to {less1}); "
        "\u201c{more}\u201d grows ({more0} to {more1}), since what is saved in one place can be lost in the next.",
        arm=report.arm(arm),
        after=hundredth(arrives[arm]),
        less=words.CAUSES.get(less.cause, ("", less.cause))[1],
        less0=hundredth(less.parts[0]),
        less1=hundredth(less.parts[arm]),
        more=words.CAUSES.get(more.cause, ("", more.cause))[1],
        more0=hundredth(more.parts[0]),
        more1=hundredth(more.parts[arm]),
    )
    return html([first, second])
