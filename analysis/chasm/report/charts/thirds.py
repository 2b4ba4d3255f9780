"""What an assumption moves: the mean where it is low, middling and high, with two standard errors."""

from __future__ import annotations

from dataclasses import dataclass

from ..markup import Html, html
from ..numbers import Number, said
from .svg import WIDE, Scale, dot, draw, line, span, text, wrapped, x_axis


@dataclass(frozen=True)
class Bar:
    name: str
    thirds: list[Number]


def thirds_chart(key: str, bars: list[Bar], scale: float, unit: str, title: str, description: str) -> Html:
    ends = [t.value / scale + s * 2 * t.error / scale for bar in bars for t in bar.thirds for s in (-1, 1)]
    low, high = span(*ends)

    def rows(width: float) -> list[tuple[float, list[str]]]:
        placed, y = [], 18.0
        for bar in bars:
            lines = wrapped(bar.name, width)
            placed.append((y, lines))
            y += 17 * len(lines) + 72
        return placed

    def height(width: float) -> float:
        y, lines = rows(width)[-1]
        return y + 17 * len(lines) + 102

    def body(width: float) -> Html:
        axis = Scale(low, high, 64, width - 10)
        bottom = height(width) - 44
        parts = [x_axis(axis, 8, bottom, 7 if width == WIDE else 4, unit, width=width)]
        for bar, (y, lines) in zip(bars, rows(width), strict=True):
            parts += [text(0, y + 17 * k, words, class_="label paper") for k, words in enumerate(lines)]
            for k, (third, word) in enumerate(zip(bar.thirds, ("low", "middle", "high"), strict=True)):
                at = y + 17 * len(lines) + 2 + 19 * k
                value, room = third.value / scale, 2 * third.error / scale
                parts.append(text(0, at + 4, word, class_="tick"))
                parts.append(line(axis(value - room), at, axis(value + room), at, "error"))
                parts.append(
                    dot(axis(value), at, 5, f"third {word}", said(f"{word}: ", third, f" {unit}", scale, sign=True))
                )
        return html(parts)

    return draw(key, title, description, height, body)
