"""One row an option: where 8 of 10 futures lie, where half of them lie, and the mean; words or numbers at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..markup import Html, html
from ..numbers import Number, said
from .svg import NARROW, WIDE, Scale, dot, draw, line, rect, span, text, x_axis


@dataclass(frozen=True)
class Row:
    name: str
    quantiles: tuple[float, float, float, float]  # .1, .25, .75, .9
    mean: Number
    right: Any  # an odds or a cost, in SVG markup
    class_: str = ""


def intervals_chart(
    key: str,
    rows: list[Row],
    scale: float,
    unit: str,
    title: str,
    description: str,
    right: str,
    breaks: tuple[int, ...] = (),
    pitch: float = 34,
) -> Html:
    """Rows whose numbers are in `breaks` have some room above them."""
    low, high = span(*(q for row in rows for q in row.quantiles), *(row.mean.value / scale for row in rows))
    gap = 16

    def place(width: float) -> list[float]:
        each = pitch if width == WIDE else max(pitch, 30) + 12
        return [48 + each * (k + 0.5) + gap * sum(b <= k for b in breaks) for k in range(len(rows))]

    def height(width: float) -> float:
        return place(width)[-1] + 64

    def body(width: float) -> Html:
        wide = width == WIDE
        axis = Scale(low, high, 222 if wide else 8, width - (86 if wide else 10))
        ys = place(width)
        parts = [x_axis(axis, 36, ys[-1] + 20, 6 if wide else 4, unit, width=width)]
        parts.append(text(width - 2, 18, right, class_="axis", anchor="end"))
        for y, row in zip(ys, rows, strict=True):
            at = [axis(q) for q in row.quantiles]
            parts += [
                text(0, y + 4.5, row.name, class_=f"label {row.class_}")
                if wide
                else text(0, y - 14, row.name, class_=f"label paper {row.class_}"),
                line(at[0], y, at[3], y, f"range {row.class_}"),
                rect(at[1], y - 3.5, at[2] - at[1], 7, f"half {row.class_}"),
                dot(
                    axis(row.mean.value / scale),
                    y,
                    5.5,
                    f"mean {row.class_}",
                    said(f"{row.name}: ", row.mean, f" {unit}", scale, sign=True, most=1),
                ),
                text(
                    width - 2, y + 4.5 if wide else y - 14, row.right, class_=f"value paper {row.class_}", anchor="end"
                ),
            ]
        return html(parts)

    assert WIDE > NARROW
    return draw(key, title, description, height, body)
