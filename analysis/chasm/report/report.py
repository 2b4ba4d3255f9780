"""What all sections share: the study, its unit of money, the packages that the reader can switch between."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from . import words
from .assumptions import Assumptions
from .decision import Decision
from .evidence import Evidence
from .markup import Html, html, prose, tag
from .numbers import Number, amount, amounts, give_or_take, given

SCALES = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"))
SWITCH_MOST = 12
IN_WORDS: dict[float, str] = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 10: "ten"}


class Report:
    def __init__(self, evidence: Evidence):
        self.evidence = evidence
        self.decision = Decision(evidence)
        self.assumptions = Assumptions(self.decision)
        size = max(abs(self.decision.mean("spending", 0).value), abs(self.decision.mean("realised_value", 0).value))
        self.scale, name = next(((by, name) for by, name in SCALES if size >= 2 * by), (1.0, ""))
        self.unit = f"{name} {evidence.currency}".strip()

    def money(self, number: Number, sign: bool = False, element: str = "data") -> Html:
        return amount(number, self.scale, sign, element=element)

    def between(self, low: Number, high: Number, words: str = "{low} to {high}") -> Html:
        shown = amounts([low, high], self.scale, sign=True)
        return prose(words, low=shown[0], high=shown[1])

    def room(self, number: Number) -> Html:
        """` ± 2`: two standard errors; nothing where they are not known."""
        twice = give_or_take(number, self.scale)
        return Html(f"\N{NO-BREAK SPACE}\N{PLUS-MINUS SIGN}\N{NO-BREAK SPACE}{twice}") if twice else Html("")

    def arm(self, arm: int) -> Html:
        return tag("b", self.title(arm), class_="arm")

    def title(self, arm: int) -> str:
        """An arm's name; the measure's, where it is one measure alone and bears its name."""
        name = self.evidence.arms[arm]
        alone = [lever[0] for lever in self.evidence.levers[arm]] == [name]
        return words.MEASURES.get(name, words.title(name)) if alone else words.title(name)

    @property
    def before(self) -> str:
        """A column's name for the baseline."""
        return words.today(self.evidence.arms[0])

    @property
    def baseline(self) -> str:
        return words.baseline(self.evidence.arms[0])

    @cached_property
    def horizon(self) -> Html:
        years = self.evidence.years
        text: dict[float, str] = {
            1: "one year",
            2: "two years",
            3: "three years",
            4: "four years",
            5: "five years",
            10: "ten years",
        }
        if years in text:
            return html(text[years])
        return prose("{n} years", n=given(f"{years:.2g}", years))

    @cached_property
    def scenarios(self) -> list[int]:
        """The best package first, then the others; the one arm there is, else."""
        decision = self.decision
        if not decision.packages:
            return [0]
        others = [arm for arm in decision.other_budget if self.evidence.levers[arm]]
        return [*decision.packages, *others][:SWITCH_MOST]

    def switch(self, key: str) -> Html:
        """A choice of packages for one section; it works without scripts."""
        if len(self.scenarios) < 2:
            return Html("")
        choices = [
            tag(
                "label",
                tag("input", type="radio", name=key, id=f"{key}-{arm}", value=arm, checked=arm == self.scenarios[0]),
                tag("span", self.title(arm)),
            )
            for arm in self.scenarios
        ]
        return tag("fieldset", tag("legend", "Show"), choices, class_="switch")

    def switched(self, key: str) -> Html:
        """Style rules of a switch: what belongs to a package that is not chosen is not shown."""
        if len(self.scenarios) < 2:
            return Html("")
        rules = [
            f'#{key}:has(#{key}-{arm}:checked) [data-scenario]:not([data-scenario="{arm}"]){{display:none}}'
            for arm in self.scenarios
        ]
        first = self.scenarios[0]
        hidden = f'#{key} [data-scenario]:not([data-scenario="{first}"]),#{key} .switch{{display:none}}'
        return Html("\n".join([*rules, f"@supports not selector(:has(a)){{{hidden}}}"]))


def section(key: str, number: int, title: str, *content: Any) -> Html:
    heading = tag("h2", tag("span", f"{number}", class_="number", aria_hidden="true"), title, id=f"{key}-title")
    return tag("section", heading, *content, id=key, aria_labelledby=f"{key}-title")
