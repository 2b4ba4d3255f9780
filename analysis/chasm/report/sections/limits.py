"""What the model does not know."""

from __future__ import annotations

from ..markup import Html, html, tag
from ..report import Report, section

KNOWN_UNKNOWNS = (
    (
        "What causes what",
        "No study was found that measured what translators, councils, gates, scorecards, culture or platforms "
        "<em>cause</em>. There are surveys, in which successful companies have more of them, and claims of those "
        "who sell them. Effects and costs are therefore swept over a wide range, and what comes out is what would "
        "follow <em>if</em> they lie there.",
    ),
    (
        "Which organization you are",
        "Organizations that look the same in every survey can gain much or little from the same measure. What one "
        "can measure of oneself, such as how well teams and business units understand one another, is worth more "
        "than another decimal of a survey.",
    ),
    (
        "Shocks from outside",
        "There is no competitor who answers, no recession, no new law and no leap of technology. Prices and wages "
        "stay as they are.",
    ),
    (
        "Combinations that nobody asked about",
        "The study compares the alternatives that it lists, and only at the strengths and dates that they have "
        "there. Something better may lie between them.",
    ),
    (
        "People as they are",
        "Persons follow rules for learning, contact and effort. There is no politics beyond rewards and reviews, "
        "and nobody games the model.",
    ),
    (
        "What lies beyond the horizon",
        "Value and costs after the last week are not counted: what pays late looks worse than it is.",
    ),
)


def what_is_not_known(report: Report) -> Html:
    items = [
        (title, text)
        for title, text in KNOWN_UNKNOWNS
        if report.decision.baseline is not None or not title.startswith("Combinations")
    ]
    lead = "This is a thinking aid that keeps the books straight, not a prophecy. Its odds are odds inside the model."
    return section(
        "limits",
        6,
        "What the model does not know",
        tag("p", lead),
        tag("dl", [[tag("dt", title), tag("dd", html_of(text))] for title, text in items], class_="unknowns"),
    )


def html_of(text: str) -> Html:
    return html(Html(text))
