"""One self-contained HTML page: no request, no need of scripts."""

from __future__ import annotations

import base64
from importlib.resources import files

from .markup import Html, tag
from .report import Report
from .sections.answer import answer
from .sections.choice import choice
from .sections.limits import what_is_not_known
from .sections.losses import where_value_is_lost
from .sections.method import method
from .sections.sureness import how_sure
from .sections.unfolding import how_it_unfolds

CONTENTS = (
    ("answer", "The answer"),
    ("choice", "The choice"),
    ("losses", "Where value is lost"),
    ("unfold", "How it unfolds"),
    ("sure", "How sure we are"),
    ("limits", "What is not known"),
    ("method", "Method"),
)


FACES = {
    "regular": "font-weight:400;font-style:normal",
    "semibold": "font-weight:600;font-style:normal",
    "italic": "font-weight:400;font-style:italic",
}


def resource(name: str) -> Html:
    return Html(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def fonts() -> Html:
    """The text face, as data: the page looks the same everywhere, and asks nobody for it."""
    faces = []
    for style, about in FACES.items():
        data = files(__package__).joinpath("fonts", f"serif-{style}.woff2").read_bytes()
        url = f"data:font/woff2;base64,{base64.b64encode(data).decode()}"
        faces.append(f'@font-face{{font-family:"Chasm Report Serif";{about};src:url({url}) format("woff2")}}\n')
    return Html("".join(faces))


def page(report: Report) -> str:
    sections = [
        answer(report),
        choice(report),
        where_value_is_lost(report),
        how_it_unfolds(report),
        how_sure(report),
        what_is_not_known(report),
        method(report),
    ]
    header = tag(
        "header",
        tag("p", "What a simulated enterprise says", class_="kicker"),
        tag("h1", report.evidence.title),
        tag("p", report.evidence.question, class_="question") if report.evidence.question else None,
        tag(
            "nav",
            tag("ol", [tag("li", tag("a", name, href=f"#{key}")) for key, name in CONTENTS]),
            aria_label="Contents",
        ),
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="generator", content="chasm-report"),
        tag("title", report.evidence.title),
        Html('<link rel="icon" href="data:,">'),
        tag("style", fonts(), resource("style.css"), report.switched("losses"), "\n", report.switched("unfold")),
    )
    skip = tag("a", "Skip to the answer", href="#answer", class_="skip")
    body = tag("body", skip, header, tag("main", sections, data_unit=report.unit), tag("script", resource("page.js")))
    return "<!DOCTYPE html>\n" + tag("html", head, body, lang="en") + "\n"
