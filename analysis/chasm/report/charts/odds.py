"""Twenty futures as dots: as many on each side of zero as the odds say (a quantile dot plot)."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from ..markup import Html, html
from ..numbers import Number, said
from .svg import Scale, dot, draw, text, x_axis

MOST = 20


def ranks_of(worlds: int) -> list[float]:
    """Quantiles that the dots show: each stands for as many futures as any other; all of them where they are few."""
    if worlds <= MOST:
        return [k / max(worlds - 1, 1) for k in range(worlds)]
    return [(k + 0.5) / MOST for k in range(MOST)]


def stacked(values: np.ndarray, width: float) -> list[tuple[float, int]]:
    """(middle of its column, row) of each dot; a column never holds dots of both sides of zero."""
    rows: dict[int, int] = {}
    places = []
    for value in values:
        column = math.floor(value / width)
        rows[column] = rows.get(column, 0) + 1
        places.append(((column + 0.5) * width, rows[column] - 1))
    return places


def odds_chart(
    key: str,
    dots: list[Number],
    scale: float,
    unit: str,
    title: str,
    description: str,
    sides: tuple[str, str],
    of: Mapping[str, object],
) -> Html:
    values = np.array([number.value for number in dots]) / scale
    low, high = min(values.min(), 0), max(values.max(), 0)
    column = (high - low) / 18 or 1.0
    places = stacked(values, column)
    tallest = 1 + max(row for _, row in places)

    def geometry(width: float) -> tuple[Scale, float]:
        left = math.floor(low / column) * column
        right = math.ceil(high / column) * column
        axis = Scale(left - column / 2, right + column / 2, 6, width - 6)
        return axis, abs(axis(column) - axis(0))

    def height(width: float) -> float:
        return 30 + tallest * geometry(width)[1] + 48

    def body(width: float) -> Html:
        axis, size = geometry(width)
        bottom = 30 + tallest * size + 4
        parts = [x_axis(axis, 26, bottom, 7 if width > 500 else 4, f"{unit}, present value", width=width)]
        for number, value, (middle, row) in zip(dots, values, places, strict=True):
            side = "gain" if value > 0 else "loss"
            what = said("As many futures as any other dot, around ", number, f" {unit}", scale, sign=True)
            parts.append(dot(axis(middle), bottom - 3 - (row + 0.5) * size, size * 0.43, f"future {side}", what))
        zero = axis(0)
        if (values <= 0).any():
            parts.append(
                text(zero - 8, 16, f"\u2190 {sides[0]}", class_="side", anchor="end") if zero > 72 else Html("")
            )
        parts.append(text(zero + 8, 16, f"{sides[1]} \u2192", class_="side gain"))
        return html(parts)

    return draw(key, title, description, height, body, of)
