"""From a hundred to what arrives: each cause takes its part, before and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..markup import Html, html
from ..numbers import Number, said
from .svg import WIDE, Scale, draw, line, rect, text


@dataclass(frozen=True)
class Step:
    where: str
    name: str
    before: Number
    after: Number | None
    last: bool = False


def cascade_chart(
    key: str, steps: list[Step], show: Callable[[Number], Html], title: str, description: str, labels: tuple[str, str]
) -> Html:
    both = steps[0].after is not None
    groups = [k for k, step in enumerate(steps) if k == 0 or step.where != steps[k - 1].where]

    def places(width: float) -> list[float]:
        pitch = 25 if width == WIDE else 42
        return [58 + 25 + pitch * k + 28 * sum(g <= k for g in groups if g > 0) for k in range(len(steps))]

    def height(width: float) -> float:
        return places(width)[-1] + 26

    def body(width: float) -> Html:
        wide = width == WIDE
        columns = [width - 62, width - 4] if both else [width - 4]
        axis = Scale(0, 100, 250 if wide else 0, columns[0] - 44 if wide else width)
        ys = places(width)
        parts = [
            text(column, 18, label, class_="axis", anchor="end") for column, label in zip(columns, labels, strict=False)
        ]
        if wide:
            parts.append(text(axis(0), 18, "of every hundred that AI could bring", class_="axis"))
        left = [100.0, 100.0]
        for k, (y, step) in enumerate(zip(ys, steps, strict=True)):
            if k in groups:
                parts.append(text(0, y - (20 if wide else 30), step.where, class_="group"))
                parts.append(line(0, y - (14 if wide else 24), width, y - (14 if wide else 24), "rule"))
            row = [step.before, step.after]
            parts.append(text(0, y + 4 if wide else y - 8, step.name, class_="label last" if step.last else "label"))
            for side, number in enumerate(row):
                if number is None:
                    continue
                start = 0.0 if step.last else left[side] - number.value
                bar = y + (-6 if side == 0 else 1) + (0 if wide else 4)
                kind = ("before" if side == 0 else "after") + (" last" if step.last else "")
                about = said(f"{step.name}, {labels[side]}: ", number, " of a hundred", most=1)
                parts.append(rect(axis(start), bar, axis(start + number.value) - axis(start), 5.5, kind, about))
                parts.append(
                    text(columns[side], y + 4 if wide else y - 8, show(number), class_=f"value {kind}", anchor="end")
                )
                left[side] -= number.value
        return html(parts)

    return draw(key, title, description, height, body)
