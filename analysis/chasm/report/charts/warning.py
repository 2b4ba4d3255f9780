"""What half-year-old initiatives with a weak or a strong early indicator come to."""

from __future__ import annotations

from ..markup import Html, html
from ..numbers import Number, said
from .svg import WIDE, Scale, dot, draw, line, path, text

Points = list[tuple[float, Number, float]]  # indicator, in use of a hundred, initiatives


def warning_chart(key: str, series: list[tuple[str, Points]], title: str, description: str) -> Html:
    """`series` are (class, points)."""
    points = [point for _, some in series for point in some]
    low = max(0.0, min(p[0] for p in points) - 0.05)
    high = min(1.0, max(p[0] for p in points) + 0.05)
    top = min(1.0, max(p[1].value for p in points) / 100 * 1.15)
    most = max(p[2] for p in points)

    def height(width: float) -> float:
        return 300 if width == WIDE else 280

    def body(width: float) -> Html:
        x = Scale(low, high, 44, width - 16)
        y = Scale(0, 100 * top, height(width) - 46, 36)
        parts = [text(0, 14, "in use after three years, of a hundred initiatives", class_="axis")]
        for value in y.ticks(5):
            parts.append(line(x.start, y(value), x.end, y(value), "zero" if value == 0 else "grid"))
            parts.append(text(x.start - 8, y(value) + 4, y.tick_text(value), class_="tick", anchor="end"))
        for value in x.ticks(5 if width == WIDE else 4):
            parts.append(text(x(value), y.start + 20, x.tick_text(value, about=5), class_="tick", anchor="middle"))
        parts.append(
            text(
                (x.start + x.end) / 2,
                y.start + 40,
                "early indicator at the age of half a year (0 worst, 1 best)",
                class_="axis",
                anchor="middle",
            )
        )
        for class_, some in series:
            parts.append(path([(x(p[0]), y(p[1].value)) for p in some], f"link {class_}"))
            for at, number, n in some:
                about = said("In use of a hundred initiatives: ", number, "")
                parts.append(dot(x(at), y(number.value), 3 + 5 * (n / most) ** 0.5, f"cell {class_}", about))
        return html(parts)

    return draw(key, title, description, height, body)
