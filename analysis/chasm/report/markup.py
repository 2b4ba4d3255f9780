"""HTML and SVG as text that cannot be injected into: what is not `Html` is escaped."""

from __future__ import annotations

from html import escape
from typing import Any


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def html(value: Any) -> Html:
    """`value` as markup: lists are joined, text is escaped, None is nothing."""
    if isinstance(value, Html):
        return value
    if value is None:
        return Html("")
    if isinstance(value, list | tuple):
        return Html("".join(html(part) for part in value))
    return Html(escape(str(value), quote=False))


VOID = {"meta", "input", "br", "circle", "line", "rect", "path", "col"}


def tag(name: str, /, *content: Any, **attributes: Any) -> Html:
    """An element. `class_` is class, `data_arm` is data-arm; attributes that are None or False are left out."""
    text = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in VOID and not content:
        return Html(f"<{name}{text}/>" if name in {"circle", "line", "rect", "path"} else f"<{name}{text}>")
    return Html(f"<{name}{text}>{html(content)}</{name}>")


def prose(template: str, /, **values: Any) -> Html:
    """A sentence of ours (it may hold tags) with values put in, escaped where they are not markup."""
    return Html(template.format_map({key: html(value) for key, value in values.items()}))


def paragraph(template: str, /, class_: str | None = None, **values: Any) -> Html:
    return tag("p", prose(template, **values), class_=class_)


def joined(words: list[Any], last: str = "and") -> Html:
    """`a, b and c`."""
    if len(words) < 2:
        return html(words)
    return Html(", ".join(html(word) for word in words[:-1]) + f" {last} " + html(words[-1]))
