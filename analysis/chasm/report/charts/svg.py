"""Scales, ticks and labels of charts; a figure with its title, text alternative and table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..markup import Html, html, tag
from ..numbers import plain

WIDE, NARROW = 720, 340  # user units: about CSS pixels at the widths where each is shown
CHARACTER = 6.6  # mean width of a character of a label, 13 units high


@dataclass(frozen=True)
class Scale:
    """From values to user units."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        within = min(max(value, self.low), self.high)
        return round(self.start + (within - self.low) / (self.high - self.low) * (self.end - self.start), 1)

    def ticks(self, about: int = 5) -> list[float]:
        step = nice((self.high - self.low) / max(about, 1))
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [k * step for k in range(first, last + 1)]

    def tick_text(self, value: float, sign: bool = False, about: int = 5) -> str:
        step = nice((self.high - self.low) / max(about, 1))
        return plain(value, max(0, -math.floor(math.log10(step) + 1e-9)), sign)


def nice(step: float) -> float:
    power = 10 ** math.floor(math.log10(step))
    return next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= step * (1 - 1e-9))


def span(*values: float, pad: float = 0.04) -> tuple[float, float]:
    """Least and largest of the values that are known, and zero, with some room."""
    known = [value for value in values if math.isfinite(value)] + [0.0]
    low, high = min(known), max(known)
    room = (high - low) * pad or 1.0
    return low - (room if low < 0 else 0), high + room


def text(x: float, y: float, *content: Any, class_: str = "label", anchor: str | None = None, **more: Any) -> Html:
    return tag("text", *content, x=round(x, 1), y=round(y, 1), class_=class_, text_anchor=anchor, **more)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Html:
    return tag("line", x1=round(x1, 1), y1=round(y1, 1), x2=round(x2, 1), y2=round(y2, 1), class_=class_)


def rect(x: float, y: float, width: float, height: float, class_: str, *content: Any) -> Html:
    size = {"width": round(max(width, 0), 1), "height": round(height, 1)}
    return tag("rect", *content, x=round(x, 1), y=round(y, 1), class_=class_, **size)


def dot(x: float, y: float, r: float, class_: str, *content: Any) -> Html:
    return tag("circle", *content, cx=round(x, 1), cy=round(y, 1), r=round(r, 1), class_=class_)


def path(points: list[tuple[float, float]], class_: str, closed: bool = False) -> Html:
    d = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + ("Z" if closed else "")
    return tag("path", d=d, class_=class_)


def wrapped(words: str, width: float) -> list[str]:
    """Lines that are about so wide."""
    lines, line = [], ""
    for word in words.split():
        if line and len(line) + 1 + len(word) > width / CHARACTER:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def x_axis(
    scale: Scale, top: float, bottom: float, about: int, title: str, sign: bool = True, width: float = WIDE
) -> Html:
    """Ticks with hair lines over the height of the chart, zero stronger; the title below."""
    marks = []
    for value in scale.ticks(about):
        x = scale(value)
        marks.append(line(x, top, x, bottom, "zero" if abs(value) < 1e-9 else "grid"))
        marks.append(text(x, bottom + 16, scale.tick_text(value, sign, about), class_="tick", anchor="middle"))
    marks.append(text((scale.start + scale.end) / 2, bottom + 35, title, class_="axis", anchor="middle"))
    return html(marks)


def draw(
    key: str,
    title: str,
    description: str,
    height: Callable[[float], float],
    body: Callable[[float], Html],
    of: Mapping[str, object] | None = None,
) -> Html:
    """The chart for a wide and for a narrow page, of which one is shown. `of` says what a number in the title is."""
    about = {f"data_{key}": value for key, value in (of or {}).items()}
    drawings = []
    for size, width in (("wide", WIDE), ("narrow", NARROW)):
        name = f"{key}-{size}"
        drawings.append(
            tag(
                "svg",
                tag("title", title, id=f"{name}-t", **about),
                tag("desc", description, id=f"{name}-d"),
                body(width),
                viewBox=f"0 0 {width} {round(height(width))}",
                role="img",
                aria_labelledby=f"{name}-t",
                aria_describedby=f"{name}-d",
                class_=f"chart {size}",
                xmlns="http://www.w3.org/2000/svg",
            )
        )
    return html(drawings)


def table(head: list[Any], rows: list[list[Any]], caption: str, class_: str = "numbers") -> Html:
    """The first cell of a row is its heading. A row of one cell is a heading of the rows below it."""
    body = []
    for row in rows:
        if len(row) == 1:
            body.append(tag("tr", tag("th", row[0], colspan=len(head), scope="colgroup", class_="group")))
            continue
        body.append(tag("tr", tag("th", row[0], scope="row"), [tag("td", cell) for cell in row[1:]]))
    content = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", [tag("th", cell, scope="col") for cell in head])),
        tag("tbody", body),
        class_=class_,
    )
    return tag("div", content, class_="scroll", tabindex="0", role="region", aria_label=f"Table: {caption}")


def figure(heading: Any, drawing: Html, numbers: Html | None, note: Any = None, scenario: str | None = None) -> Html:
    """A chart that pages do not split, its heading above, a remark and its table below."""
    details = tag("details", tag("summary", "The numbers of this chart"), numbers) if numbers else None
    caption = tag("figcaption", heading)
    foot = tag("p", note, class_="note") if note else None
    return tag("figure", caption, drawing, foot, details, data_scenario=scenario)
