"""How the difference unfolds: bands of futures around the middle one, and some futures as they go."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from ..markup import Html, html, tag
from .svg import WIDE, Scale, draw, line, path, span, text

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def fan_chart(
    key: str,
    weeks: np.ndarray,
    bands: np.ndarray,
    samples: np.ndarray,
    labels: list[tuple[float, str, Any]],
    unit: str,
    title: str,
    description: str,
) -> Html:
    """`bands` is [quantile, time], or one row for a mean; `labels` are (value, words, number) at the right end."""
    low, high = span(*bands.ravel(), *samples.ravel(), pad=0.03)

    def height(width: float) -> float:
        return 380 if width == WIDE else 330

    def body(width: float) -> Html:
        wide = width == WIDE
        x = Scale(weeks[0], weeks[-1], 44, width - (150 if wide else 10))
        y = Scale(low, high, height(width) - 46, 34)
        parts = [text(0, 14, unit, class_="axis")]
        for value in y.ticks(6):
            parts.append(line(x.start, y(value), x.end, y(value), "zero" if abs(value) < 1e-9 else "grid"))
            parts.append(text(x.start - 8, y(value) + 4, y.tick_text(value, True, 6), class_="tick", anchor="end"))
        for year in range(0, int(weeks[-1] // 52) + 1):
            parts.append(line(x(52 * year), y.start, x(52 * year), y.start + 5, "grid"))
            parts.append(text(x(52 * year), y.start + 20, str(year), class_="tick", anchor="middle"))
        parts.append(text((x.start + x.end) / 2, y.start + 40, "years from now", class_="axis", anchor="middle"))
        points = [[(x(w), y(v)) for w, v in zip(weeks, band, strict=True)] for band in bands]
        if len(bands) == len(QUANTILES):
            parts.append(path(points[0] + points[4][::-1], "band outer", closed=True))
            parts.append(path(points[1] + points[3][::-1], "band inner", closed=True))
        parts += [path([(x(w), y(v)) for w, v in zip(weeks, sample, strict=True)], "sample") for sample in samples]
        parts.append(path(points[len(points) // 2], "middle"))
        if wide:
            for value, words, number in spread(labels, y):
                parts.append(text(x.end + 10, value, words, " ", number, class_="note"))
        data = json.dumps(
            {"x": [x(w) for w in weeks], "weeks": [int(w) for w in weeks], "bands": np.round(bands, 1).tolist()}
        )
        parts.append(tag("g", class_="hover", data_series=data, data_top=34, data_bottom=y.start))
        return html(parts)

    return draw(key, title, description, height, body)


def spread(labels: list[tuple[float, str, Any]], y: Scale, least: float = 17) -> list[tuple[float, str, Any]]:
    """Labels from top to bottom, at their heights or as much lower as those above them need."""
    placed, last = [], -1e9
    for value, words, number in sorted(labels, key=lambda label: -label[0]):
        last = max(y(value) + 4, last + least)
        placed.append((last, words, number))
    return placed
