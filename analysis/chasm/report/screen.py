"""The answer on one screen, as plain text: what the page says, in fewer words."""

from __future__ import annotations

from . import words
from .losses import REALISED, losses
from .numbers import Number, Odds, plain, rounded, rounded_room
from .report import Report

HEADING = [
    ["", "returns more", "net present", "8 futures of 10", "levers", "spending", "breaks even"],
    ["", "than it costs", "value", "lie within", "cost", "changes by", "after"],
]
MOST = 6  # of a kind in one sentence


def screen(report: Report) -> str:
    """Baseline, arms, recommendation: about 25 lines."""
    decision, evidence = report.decision, report.evidence
    luck = f" x {evidence.replications} replications" if evidence.replications > 1 else ""
    against = f", differences against {evidence.arms[0]}" if decision.baseline is not None else ""
    head = f"{evidence.title}. {futures(evidence.futures)}{luck}, money in {report.unit}{against}."
    alone = "One future has no odds, and no error can be known: these are numbers of that future."
    parts = [
        [head, alone] if decision.n_units == 1 else [head],
        baseline(report),
    ]
    if decision.baseline is not None:
        parts += [table(report), measures(report), recommendation(report)]
    parts.append(
        ["No causal estimate of any lever was found: effects and costs are judgement, from half to twice a default."]
    )
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def futures(count: int) -> str:
    return f"{count:,} future{'' if count == 1 else 's'}"


def odds(of: Odds) -> str:
    """`17 of 20 futures`."""
    return f"{of.numerator} of {futures(of.denominator)}"


def give_or_take(report: Report, number: Number, sign: bool = False) -> str:
    """`+15 ± 2`: the mean and two standard errors."""
    room = rounded_room(number, report.scale)
    return rounded(number, report.scale, sign) + (f" ± {room}" if room else "")


def baseline(report: Report) -> list[str]:
    decision, evidence = report.decision, report.evidence
    spent, value = (rounded(decision.mean(metric, 0), report.scale) for metric in ("spending", "realised_value"))
    arm = evidence.arms[0]
    name = words.baseline(arm).capitalize() if arm in words.TODAY else arm
    lines = [f"{name}: {spent} spent, {value} of value; AI returns more than it costs in {odds(decision.worth_it(0))}."]
    late = decision.mean("never_in_production", 0) if evidence.has("never_in_production") else None
    if late and late.known:  # nothing is three years old where the horizon is shorter
        share = rounded(late, 0.01, most=0)
        lines.append(f"{share} % of AI initiatives are not in production three years after their start.")
    parts = {loss.cause: loss.parts[0] for loss in losses(decision, [0])}
    if parts and parts[REALISED].known:
        realised = rounded(parts.pop(REALISED))
        largest = sorted(parts, key=lambda cause: -parts[cause].value)[:4]
        lost = [f"{words.CAUSES[cause][1]} {rounded(parts[cause], most=0)}" for cause in largest]
        lines.append(f"Of 100 that AI could bring, {realised} arrive as value; lost to: {', '.join(lost)}.")
    return lines


def row(report: Report, arm: int) -> list[str]:
    decision = report.decision
    low, high = (decision.quantile(arm, q).value / report.scale for q in (0.1, 0.9))
    return [
        report.evidence.arms[arm],
        decision.odds(arm).text,
        give_or_take(report, decision.gain(arm), sign=True),
        f"{plain(low, 0, sign=True)} to {plain(high, 0, sign=True)}",
        rounded(decision.cost(arm), report.scale),
        rounded(decision.more_spent(arm), report.scale, sign=True),
        break_even(report, arm),
    ]


def break_even(report: Report, arm: int) -> str:
    """The middle future."""
    weeks = report.decision.breaks_even(arm)
    if weeks is None or not report.evidence.levers[arm]:
        return ""
    if weeks.value > report.evidence.weeks[-1]:
        return f"not in {words.years(report.evidence.weeks[-1])} years"
    return f"{words.years(weeks.value)} years"


def table(report: Report) -> list[str]:
    decision = report.decision
    rows = [*HEADING, *(row(report, arm) for arm in [*decision.packages, *decision.other_budget])]
    even = len(report.evidence.weeks) > 0
    if not even:
        rows = [cells[:-1] for cells in rows]
    width = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for cells in rows:
        aligned = [cells[0].ljust(width[0]), *(cell.rjust(w) for cell, w in zip(cells[1:], width[1:], strict=True))]
        lines.append("  " + "  ".join(aligned).rstrip())
    last = "; arms with another budget are last" if decision.other_budget else ""
    if any("±" in cells[2] for cells in rows):
        lines.append(f"  (± is two standard errors{last})")
    if not even:
        keep = '`series = { metrics = ["net_value"], every = "13 weeks", keep = "full" }` under `[outputs]`'
        lines.append(f"  (when an arm breaks even is not recorded: {keep} records it)")
    return lines


def measures(report: Report) -> list[str]:
    decision = report.decision
    sure = [arm for arm in decision.measures if decision.gain(arm).sure]
    if not sure:
        return []
    named = {arm: f"{report.evidence.arms[arm]} {rounded(decision.gain(arm), report.scale, sign=True)}" for arm in sure}
    better = [named[arm] for arm in sure if decision.gain(arm).value > 0]
    worse = [named[arm] for arm in sure if decision.gain(arm).value < 0]
    return [
        f"One lever alone, best: {', '.join(better[:MOST]) or 'none'}.",
        f"Worse than {report.evidence.arms[0]}: {', '.join(worse) or 'none'}.",
    ]


def recommendation(report: Report) -> list[str]:
    """The best arm, those that cannot be told from it, and what decides about it."""
    decision, best = report.decision, report.decision.best
    name = report.evidence.arms[best]
    if decision.recommended is None:
        lines = ["Nothing here returns more than it costs beyond the error of this study."]
    else:
        lines = [
            f"First: {name}. It returns more than it costs in {odds(decision.odds(best))}, "
            f"{give_or_take(report, decision.gain(best))} {report.unit} on average."
        ]
        close = [report.evidence.arms[arm] for arm in decision.not_told_apart]
        if close:
            lines.append(f"Not to be told from it: {', '.join(close)}.")
    decides = [
        f"{one.parameter} ({rounded(one.thirds[0], report.scale, sign=True)} where low, "
        f"{rounded(one.thirds[2], report.scale, sign=True)} where high)"
        for one in report.assumptions.influences(best)[:3]
    ]
    if decides:
        lines.append(f"What decides most about {name}: {', '.join(decides)}.")
    return lines
