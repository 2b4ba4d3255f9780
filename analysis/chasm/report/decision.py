"""What the study says about each arm: what it changes, with what odds, at what cost, and which to take."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property, wraps
from typing import TypeVar

import numpy as np

from . import statistics
from .evidence import Evidence
from .numbers import Number, Odds

GAIN = "net_present_value"
REGRET_QUANTILE = 0.9
MEASURES_LIST = 5  # from so many single measures on they are a list of their own


T = TypeVar("T")


def once(method: Callable[[Decision, int], T]) -> Callable[[Decision, int], T]:
    """Computed once for each arm, and kept as long as the decision is."""

    @wraps(method)
    def look_up(self: Decision, arm: int) -> T:
        key = (method.__name__, arm)
        if key not in self.known:
            self.known[key] = method(self, arm)
        return self.known[key]  # type: ignore[return-value]

    return look_up


class Decision:
    """Arms of a study, compared world by world with the baseline; with nothing where there is only one arm."""

    def __init__(self, evidence: Evidence):
        self.evidence = evidence
        self.known: dict[tuple[str, int], object] = {}
        self.baseline = 0 if len(evidence.arms) > 1 else None

    # Which arms

    @cached_property
    def alternatives(self) -> list[int]:
        return list(range(1, len(self.evidence.arms))) if self.baseline is not None else []

    @cached_property
    def affordable(self) -> list[int]:
        """Alternatives within the baseline's budget; all of them where none is."""
        budget = self.evidence.budget
        same = [arm for arm in self.alternatives if budget[arm] == budget[0]]
        return same or self.alternatives

    @cached_property
    def other_budget(self) -> list[int]:
        return self.by_gain([arm for arm in self.alternatives if arm not in self.affordable])

    @cached_property
    def measures(self) -> list[int]:
        """Arms of one lever that bear its name, where there are enough of them to be a list."""
        single = [
            arm
            for arm in self.affordable
            if [lever[0] for lever in self.evidence.levers[arm]] == [self.evidence.arms[arm]]
        ]
        return self.by_gain(single) if len(single) >= MEASURES_LIST and len(single) < len(self.affordable) else []

    @cached_property
    def packages(self) -> list[int]:
        """What the report compares: affordable arms but single measures, and the best of those where it beats them."""
        rest = self.by_gain([arm for arm in self.affordable if arm not in self.measures])
        if self.measures and (not rest or self.gain(self.measures[0]).value > self.gain(rest[0]).value):
            return [self.measures[0], *rest]
        return rest

    @cached_property
    def options(self) -> list[int]:
        """Among which regret is felt: the baseline and the packages."""
        return [0, *self.packages] if self.baseline is not None else [0]

    @cached_property
    def best(self) -> int:
        """Best on average within the budget; the only arm where there is one."""
        return self.packages[0] if self.packages else 0

    @cached_property
    def recommended(self) -> int | None:
        """The best one, where it is better than the baseline beyond the error of the study."""
        return self.best if self.packages and self.gain(self.best).sure and self.gain(self.best).value > 0 else None

    @cached_property
    def not_told_apart(self) -> list[int]:
        """Packages whose mean is within two standard errors of the best one's."""
        return [arm for arm in self.packages[1:] if not self.behind(arm).sure]

    @cached_property
    def least_regret(self) -> int:
        return min(self.options, key=lambda arm: self.regret(arm).value)

    def by_gain(self, arms: list[int]) -> list[int]:
        return sorted(arms, key=lambda arm: -self.gain(arm).value)

    # What about an arm

    def against(self, arm: int) -> int | None:
        return self.baseline if arm != self.baseline else None

    def of(
        self, statistic: str, metric: str, arm: int, against: int | None = None, **more: object
    ) -> dict[str, object]:
        names = self.evidence.arms
        about: dict[str, object] = {"statistic": statistic, "metric": metric, "arm": names[arm]}
        if against is not None:
            about["against"] = names[against]
        return about | more

    def mean(self, metric: str, arm: int, against: int | None = None) -> Number:
        value, error = statistics.mean_and_error(self.evidence.change(metric, arm, against), self.evidence.units)
        return Number(value, error, self.of("mean", metric, arm, against))

    @once
    def gain(self, arm: int) -> Number:
        return self.mean(GAIN, arm, self.against(arm))

    @once
    def outcomes(self, arm: int) -> np.ndarray:
        """What an arm changes in net present value, [future, replication]."""
        return self.evidence.change(GAIN, arm, self.against(arm))

    def odds(self, arm: int) -> Odds:
        share = statistics.share_above(self.outcomes(arm))
        return Odds(share, self.n_units, self.of("share-above-zero", GAIN, arm, self.against(arm)))

    def worth_it(self, arm: int) -> Odds:
        """That all AI work of the arm, not only the change, returns more than it costs."""
        share = statistics.share_above(self.evidence.worlds(GAIN, arm))
        return Odds(share, self.n_units, self.of("share-above-zero", GAIN, arm))

    @property
    def n_units(self) -> int:
        return len(np.unique(self.evidence.units))

    def quantile(self, arm: int, q: float) -> Number:
        value, error = statistics.quantile_and_error(self.outcomes(arm), q, self.n_units)
        return Number(value, error, self.of("quantile", GAIN, arm, self.against(arm), q=q))

    @once
    def behind(self, arm: int) -> Number:
        """By how much the best package is better on average, world by world."""
        return self.mean(GAIN, self.best, arm)

    def beats(self, arm: int) -> Odds:
        share = statistics.share_above(self.evidence.change(GAIN, self.best, arm))
        return Odds(share, self.n_units, self.of("share-above-zero", GAIN, self.best, arm))

    def cost(self, arm: int) -> Number:
        return self.mean("lever_spending", arm, self.against(arm))

    def more_spent(self, arm: int) -> Number:
        return self.mean("spending", arm, self.against(arm))

    # Regret

    @cached_property
    def best_of_options(self) -> np.ndarray:
        return np.max([self.evidence.worlds(GAIN, arm) for arm in self.options], axis=0)

    @once
    def regret(self, arm: int) -> Number:
        """What another option would have brought more, in 9 of 10 worlds at most."""
        missed = self.best_of_options - self.evidence.worlds(GAIN, arm)
        value, error = statistics.quantile_and_error(missed, REGRET_QUANTILE, self.n_units)
        return Number(value, error, self.of("regret", GAIN, arm, q=REGRET_QUANTILE))

    # Breaking even

    @once
    def break_even_weeks(self, arm: int) -> np.ndarray:
        """First recorded week from which what an arm brought, less its cost, stays above zero; infinity: never."""
        paths = self.evidence.paths(arm, self.against(arm))
        known = np.isfinite(paths).all(axis=-1)
        above = paths > 0
        stays = np.flip(np.logical_and.accumulate(np.flip(above, -1), axis=-1), -1)
        first = np.where(stays.any(axis=-1), self.evidence.weeks[np.argmax(stays, axis=-1)], math.inf)
        return np.where(known, first, math.nan)

    def breaks_even(self, arm: int) -> Number | None:
        """Median week; None without paths of each future."""
        if not len(self.evidence.weeks):
            return None
        weeks = self.break_even_weeks(arm)
        value = float(np.quantile(weeks[~np.isnan(weeks)], 0.5, method="inverted_cdf"))
        return Number(value, math.nan, self.of("break-even", "net_value_series", arm, self.against(arm), q=0.5))

    def broken_even(self, arm: int, week: float) -> Odds:
        weeks = self.break_even_weeks(arm)
        share = float((weeks[~np.isnan(weeks)] <= week).mean())
        of = self.of("broken-even-by", "net_value_series", arm, self.against(arm), week=int(week))
        return Odds(share, self.n_units, of)
