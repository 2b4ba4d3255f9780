"""Which assumptions decide, and what knowing one of them would be worth before choosing.

Futures are cut into thirds by an assumption's value: no shape of the dependence is assumed, and a reader can follow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from . import statistics
from .decision import GAIN, Decision
from .numbers import Number


@dataclass(frozen=True)
class Influence:
    """What an arm changes in the thirds of the futures in which an assumption is low, middling and high."""

    parameter: str
    thirds: list[Number]
    difference: Number


@dataclass(frozen=True)
class Worth:
    """What choosing by the third of an assumption brings more than choosing once, and what one would choose."""

    parameter: str
    worth: Number
    choices: list[int]
    limits: tuple[float, float]
    beyond_chance: bool


def concerns(parameter: str, levers: set[str]) -> bool:
    """Whether a parameter can matter to arms that pull these levers: costs, staff and effects of the others cannot."""
    part = parameter.split(".")
    if part[0] == "effect" or part[0] == "staff" or (part[0] == "cost" and len(part) > 2):
        return part[1] in levers
    return True


def kind(parameter: str) -> str:
    """How one would find out: `cost` by asking for offers, `effect` by trying, `own` by measuring in-house."""
    first = parameter.split(".")[0]
    return {"effect": "effect", "cost": "cost", "staff": "cost"}.get(first, "own")


class Assumptions:
    def __init__(self, decision: Decision):
        self.decision = decision
        self.evidence = decision.evidence
        self.drawn = {name: values for name, values in self.evidence.drawn.items() if np.ptp(values) > 0}

    def concerning(self, arms: list[int]) -> list[str]:
        levers = {lever[0] for arm in arms for lever in self.evidence.levers[arm]}
        return [name for name in self.drawn if concerns(name, levers)]

    def influences(self, arm: int) -> list[Influence]:
        """Assumptions that move an arm's mean beyond what chance does to any of them, the strongest first."""
        names = self.concerning([arm])
        least = statistics.beyond_chance(len(names))
        outcomes, against = self.decision.outcomes(arm), self.decision.against(arm)
        found = []
        for name in names:
            third = statistics.third(self.drawn[name])
            thirds = []
            for k in range(3):
                value, error = statistics.mean_and_error(outcomes[third == k], self.evidence.units[third == k])
                of = self.decision.of("mean-in-third", GAIN, arm, against, parameter=name, third=k)
                thirds.append(Number(value, error, of))
            error = math.hypot(thirds[0].error, thirds[2].error)
            difference = Number(thirds[2].value - thirds[0].value, error, {})
            if abs(difference.value) > least * error:
                found.append(Influence(name, thirds, difference))
        return sorted(found, key=lambda influence: -abs(influence.difference.value))

    def worth_knowing(self) -> list[Worth]:
        """Assumptions that would change the choice for the better by more than two standard errors, and whether that is
        beyond what chance does to any of them. Chosen in nine tenths of the futures, judged in the tenth, so that luck
        is not taken for knowledge."""
        options = self.decision.options
        if len(options) < 2 or self.evidence.futures < 100:
            return []
        values = np.array([statistics.of_futures(w) for w in self.worlds(options)])
        known = np.isfinite(values).all(axis=0)
        fold = statistics.folds(self.evidence.futures)
        names = self.concerning(options)
        least = statistics.beyond_chance(len(names), sides=1)
        found = []
        for name in names:
            third = statistics.third(self.drawn[name])
            gained = np.full(self.evidence.futures, math.nan)
            for f in range(fold.max() + 1):
                learn, judge = known & (fold != f), known & (fold == f)
                once = values[:, learn].mean(axis=1).argmax()
                for k in range(3):
                    informed = values[:, learn & (third == k)].mean(axis=1).argmax()
                    here = judge & (third == k)
                    gained[here] = values[informed, here] - values[once, here]
            value, error = statistics.mean_and_error(gained[:, None], self.evidence.units)
            choices = [options[values[:, known & (third == k)].mean(axis=1).argmax()] for k in range(3)]
            if value > 2 * error and name in self.concerning(choices):
                of = {"statistic": "worth-knowing", "parameter": name}
                drawn = self.drawn[name]
                limits = (float(drawn[third == 0].max()), float(drawn[third == 1].max()))
                found.append(Worth(name, Number(value, error, of), choices, limits, value > least * error))
        return sorted(found, key=lambda worth: -worth.worth.value)

    def worlds(self, options: list[int]) -> list[np.ndarray]:
        return [self.evidence.worlds(GAIN, arm) for arm in options]

    def perfect(self) -> Number:
        """What knowing everything, luck included, would be worth: no study and no survey can bring more."""
        worlds = self.worlds(self.decision.options)
        best = max(worlds, key=lambda w: np.nanmean(w))
        value, error = statistics.mean_and_error(np.max(worlds, axis=0) - best, self.evidence.units)
        return Number(value, error, {"statistic": "worth-of-everything"})

    def explained(self, arm: int) -> Number | None:
        """Share of the variance of what an arm changes that goes with assumptions, the rest being luck inside a future.
        From replications where there are any, else from a linear fit of ranks, where futures are many enough."""
        outcomes = self.decision.outcomes(arm)
        of = self.decision.of("explained", GAIN, arm, self.decision.against(arm))
        if outcomes.shape[1] > 1 and np.isfinite(outcomes).all() and len(outcomes) > 1:
            n = outcomes.shape[1]
            inside = outcomes.var(axis=1, ddof=1).mean()
            between = max(outcomes.mean(axis=1).var(ddof=1) - inside / n, 0)
            share = between / (between + inside) if between + inside > 0 else 0.0
            return Number(share, math.sqrt(2 / len(outcomes)) / n, of)
        names = self.concerning([arm])
        values = statistics.of_futures(outcomes)
        known = np.isfinite(values)
        if not names or known.sum() < 3 * len(names) + 30:
            return None
        columns = [ranks(self.drawn[name][known]) for name in names]
        design = np.column_stack([np.ones(known.sum()), *columns])
        fit = design @ np.linalg.lstsq(design, values[known], rcond=None)[0]
        rough = 1 - ((values[known] - fit) ** 2).sum() / ((values[known] - values[known].mean()) ** 2).sum()
        n, p = int(known.sum()), len(names)
        share = max(0.0, 1 - (1 - rough) * (n - 1) / (n - 1 - p))
        error = math.sqrt(2 * p) / n + 2 * math.sqrt(share / n)
        return Number(share, error, of)


def ranks(values: np.ndarray) -> np.ndarray:
    rank = np.empty(len(values))
    rank[np.argsort(values, kind="stable")] = np.arange(len(values))
    return rank / len(values)
