"""Numbers as the report prints them: no more digits than their Monte Carlo error allows, each marked with what it is.

Every number of the page is an element with `data-statistic` and what that statistic is of, so that a test (or a reader)
finds all of them and computes them again from the result file. docs/report.md lists the statistics.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from .markup import Html, tag

MINUS, NARROW = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Number:
    """A value and its standard error (nan: not known, 0: exact), with what it is: statistic, metric, arm..."""

    value: float
    error: float
    of: Mapping[str, object]

    def __neg__(self) -> Number:
        return Number(-self.value, self.error, {**self.of, "sign": "less"})

    @property
    def known(self) -> bool:
        return math.isfinite(self.value)

    @property
    def sure(self) -> bool:
        """Further than two standard errors from zero."""
        return self.known and abs(self.value) > 2 * (self.error if math.isfinite(self.error) else math.inf)


def decimals(value: float, error: float, most: int = 1) -> int:
    """Decimals so that the last digit is worth a step of 1, 10, 100... next below twice the error; negative: tens."""
    if math.isfinite(error) and error > 0:
        places = -math.floor(math.log10(2 * error))
    elif error == 0:
        places = 2 - math.floor(math.log10(abs(value))) if value else 0
    else:
        places = 1 - math.floor(math.log10(abs(value))) if value else 0
    return min(places, most)


def plain(value: float, places: int, sign: bool = False) -> str:
    """`1,234.5`, with a real minus; `+` where asked. Zero has no sign."""
    rounded = round(value, places)
    text = f"{abs(rounded):,.{max(places, 0)}f}"
    if float(text.replace(",", "")) == 0:
        return "0"
    return (MINUS if rounded < 0 else "+" if sign else "") + text


def mark(text: str, value: float, of: Mapping[str, object], element: str = "data") -> Html:
    """A number of the page. In HTML the exact value is in `value`, in SVG in `data-value`."""
    about = {f"data_{key}": what for key, what in of.items()}
    exact = f"{value:.9g}"
    if element == "data":
        return tag("data", text, value=exact, **about)
    return tag(element, text, data_value=exact, **about)


def rounded(number: Number, scale: float = 1, sign: bool = False, most: int = 1) -> str:
    """The value by `scale`, rounded to what its error allows."""
    if not number.known:
        return "not known"
    value, error = number.value / scale, number.error / scale
    return plain(value, decimals(value, error, most), sign)


def amount(number: Number, scale: float = 1, sign: bool = False, most: int = 1, element: str = "data") -> Html:
    """The same, marked."""
    text = rounded(number, scale, sign, most)
    return mark(text, number.value, number.of, element) if number.known else Html(text)


def amounts(numbers: list[Number], scale: float = 1, sign: bool = False, most: int = 1) -> list[Html]:
    """Several that stand together, with the digits that the least known of them has."""
    places = min(decimals(n.value / scale, n.error / scale, most) for n in numbers)
    return [mark(plain(n.value / scale, places, sign), n.value, n.of) for n in numbers]


def rounded_room(number: Number, scale: float = 1, most: int = 1) -> str:
    """Twice the standard error, with the digits of the value; "" where it is not known."""
    value, error = number.value / scale, number.error / scale
    if not (math.isfinite(error) and error > 0):
        return ""
    places = decimals(value, error, most)
    return plain(max(2 * error, 10.0**-places), places)


def give_or_take(number: Number, scale: float = 1, most: int = 1) -> Html:
    """Twice the standard error: 19 of 20 studies like this one would come closer than that to the model's own mean."""
    text = rounded_room(number, scale, most)
    if not text:
        return Html("")
    return mark(text, 2 * number.error, {**number.of, "statistic": f"{number.of['statistic']}-two-errors"})


@dataclass(frozen=True)
class Odds:
    """A share of worlds, counted over futures."""

    share: float
    futures: int
    of: Mapping[str, object]

    @property
    def known(self) -> bool:
        return math.isfinite(self.share)

    @property
    def denominator(self) -> int:
        """20 where chance moves the numerator by less than a half, else 10 or 5; all there are, where they are few."""
        if self.futures < 25:
            return max(self.futures, 1)
        error = 0.5 / math.sqrt(self.futures)
        return next((n for n in (20, 10) if n * error <= 0.5), 5)

    @property
    def numerator(self) -> str:
        of = self.denominator
        if self.futures >= 25 and 0 < self.share < 0.5 / of:
            return "fewer than 1"
        if self.futures >= 25 and 1 > self.share > 1 - 0.5 / of:
            return f"more than {of - 1}"
        # Halves up, as one counts; Python's round() sends them to the even neighbour.
        return str(math.floor(self.share * of + 0.5))

    @property
    def text(self) -> str:
        """`17 of 20`."""
        return f"{self.numerator} of {self.denominator}" if self.known else "not known"


def said(before: str, number: Number, after: str, scale: float = 1, sign: bool = False, most: int = 0) -> Html:
    """What a mark of a chart says when one points at it."""
    return mark(before + rounded(number, scale, sign, most) + after, number.value, number.of, "title")


def in_futures(odds: Odds, element: str = "data", noun: bool = False) -> Html:
    """`17 of 20`, or `17 of 20 futures`."""
    if not odds.known:
        return Html("not known")
    text = odds.text
    if noun:
        text += " future" if odds.denominator == 1 else " futures"
    return mark(text.replace(" of ", f"{NARROW}of{NARROW}"), odds.share, odds.of, element)


def count(value: float, **of: object) -> Html:
    """A whole number that is exact."""
    return mark(f"{int(value):,d}", value, of)


def given(text: str, value: float, **of: object) -> Html:
    """A number that the study file states."""
    return mark(text, value, {"statistic": "given", **of})
