"""Where the value of true opportunities goes, of every hundred that AI could bring."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from . import statistics
from .decision import Decision
from .evidence import Evidence
from .numbers import Number
from .words import CAUSES

FALSE, REALISED = "false_hypothesis", "realised"


@dataclass(frozen=True)
class Loss:
    cause: str
    parts: dict[int, Number]  # by arm


def causes_of(evidence: Evidence) -> list[str]:
    """In the order of the file; empty where it recorded neither metrics nor totals of the waterfall."""
    metrics = [str(name)[10:] for name in evidence.file if str(name).startswith("waterfall_")]
    if set(CAUSES) <= set(metrics):
        return metrics
    return evidence.names("cause") if evidence.has("total_value_by_month") and "cause" in evidence.file else []


def losses(decision: Decision, arms: list[int]) -> list[Loss]:
    """Causes in the order in which they take from a hundred; false hypotheses had no value to lose."""
    evidence = decision.evidence
    causes = [cause for cause in causes_of(evidence) if cause != FALSE]
    causes.sort(key=lambda cause: list(CAUSES).index(cause) if cause in CAUSES else len(CAUSES))
    found = [Loss(cause, {}) for cause in causes]
    for arm in dict.fromkeys(arms):
        for loss, number in zip(found, shares(decision, arm, causes), strict=True):
            loss.parts[arm] = number
    return found


def shares(decision: Decision, arm: int, causes: list[str]) -> list[Number]:
    evidence = decision.evidence
    of = [decision.of("of-a-hundred", f"waterfall.{cause}", arm) for cause in causes]
    if evidence.has(*(f"waterfall_{cause}" for cause in causes)):
        parts = [evidence.worlds(f"waterfall_{cause}", arm) for cause in causes]
        whole = np.sum(parts, axis=0)
        pairs = [statistics.ratio_and_error(part, whole, evidence.units) for part in parts]
        return [Number(100 * value, 100 * error, about) for (value, error), about in zip(pairs, of, strict=True)]
    total = evidence.total("value_by_month", arm)
    assert total is not None
    names = evidence.names("cause")
    sums = [float(total[:, names.index(cause)].sum()) for cause in causes]
    # Sums over worlds hold no spread: the error is not known, and two digits are shown.
    return [Number(100 * part / sum(sums), math.nan, about) for part, about in zip(sums, of, strict=True)]
