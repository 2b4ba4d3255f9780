"""Method in plain words, the words used, and where the numbers come from."""

from __future__ import annotations

from ..markup import Html, html, paragraph, prose, tag
from ..numbers import count, given
from ..report import Report, section

GLOSSARY = (
    ("Arm, alternative, package", "What one decides: which measures, how strong, from when."),
    (
        "Future",
        "What one does not know, drawn once for all alternatives: how good data are, what measures cost and do, and "
        "so on.",
    ),
    ("World", "One alternative in one future, with its luck, computed week by week."),
    (
        "Net gain",
        "Value realised less money spent, in money of the first week (later money counts less), with the "
        "alternative less without it, in the same world.",
    ),
    ("8 futures of 10", "One in ten lies below the range, one in ten above it."),
    (
        "\N{PLUS-MINUS SIGN}",
        "Two standard errors: if the study were run again with other random numbers, 19 of 20 times the "
        "model\u2019s own mean would be closer than that. It says nothing about whether the model is right.",
    ),
    (
        "Breaks even",
        "The first recorded week from which net value so far, with the alternative less without it, stays above "
        "zero to the end of the horizon; the middle of all futures, up to the next half year.",
    ),
    (
        "Regret",
        "By how much the best of the compared packages, in hindsight, would have been better; carrying on as before "
        "is one of them.",
    ),
    ("Thirds", "Futures are sorted by the value of an assumption and cut into three equal groups."),
    (
        "Worth measuring",
        "Choosing by the third in which an assumption lies, instead of once for all; the choice is made in nine "
        "tenths of the futures and judged in the last tenth.",
    ),
)


def method(report: Report) -> Html:
    evidence, decision = report.evidence, report.decision
    rate = evidence.parameters.get("money.discount_rate")
    text = [
        paragraph(
            "The model follows an organization week by week: its teams, translators, incentives, council, data, "
            "systems and users. Opportunities for AI come up, are seen or not, proposed, funded, built, stopped, "
            "put into use, used or not. Measures do not add value: they change how this goes, and value follows or "
            "not. Every cent of what was possible is accounted to what took it."
        ),
        paragraph(
            "{arms} were computed in {futures} futures{luck}: {worlds} worlds. All alternatives meet the same "
            "futures and the same luck, so that what they differ by is what was decided. {failed}",
            arms=[
                count(len(evidence.arms), statistic="arms"),
                " alternatives" if len(evidence.arms) > 1 else " course of action",
            ],
            futures=count(evidence.futures, statistic="futures"),
            luck=prose(", {n} times each with other luck", n=count(evidence.replications, statistic="replications"))
            if evidence.replications > 1
            else "",
            worlds=count(evidence.status.size, statistic="worlds"),
            failed=accounted(report),
        ),
        paragraph(
            "Odds are counted over all futures and told in twentieths, or in fewer parts where there are fewer "
            "futures. Numbers have the digits that the error of the computation leaves. "
            + ("Money of later years counts less, by {rate} % a year. " if rate else "")
            + "Best means best on average within the present budget; {rule}.",
            rate=given(f"{100 * float(rate['value']):g}", 100 * float(rate["value"]), parameter="money.discount_rate")
            if rate
            else "",
            rule="it is recommended where its gain is more than two standard errors above zero"
            if decision.baseline is not None
            else "the study has one course of action",
        ),
    ]
    words = tag("dl", [tag("div", tag("dt", word), tag("dd", said)) for word, said in GLOSSARY], class_="glossary")
    return section(
        "method",
        7,
        "Method and provenance",
        text,
        tag("h3", "The words"),
        words,
        tag("h3", "Where the numbers come from"),
        provenance(report),
    )


def accounted(report: Report) -> Html:
    failed, left = report.evidence.worlds_that(2), report.evidence.worlds_that(0)
    if not failed and not left:
        return html("None failed.")
    parts = []
    if failed:
        parts.append(
            prose(
                "{n} failed and {are} left out, with their partners in every comparison.",
                n=count(failed, statistic="failed"),
                are="is" if failed == 1 else "are",
            )
        )
    if left:
        parts.append(
            prose(
                "{n} did not run and {are} left out as well.",
                n=count(left, statistic="not-run"),
                are="is" if left == 1 else "are",
            )
        )
    return Html(" ".join(parts))


def provenance(report: Report) -> Html:
    about = report.evidence.about
    price = about.get("price_year")
    rows = [
        ("Study", report.evidence.title),
        ("Question", report.evidence.question),
        ("File", [tag("code", report.evidence.path.name), ": every number above is computed from it."]),
        ("Content digest", tag("code", about.get("content_digest", "none"))),
        ("Model", f"{about.get('model')}, version {about.get('model_version')}: {about.get('model_title', '')}"),
        ("Program", f"chasm {about.get('code_version', '')} {str(about.get('code_commit', ''))[:12]}"),
        ("Seed", about.get("seed")),
        (
            "Design",
            f"{about.get('design')}, {report.evidence.futures:,d} futures, {report.evidence.replications} a future",
        ),
        ("Horizon", f"{report.evidence.steps} weeks"),
        ("Money", report.evidence.currency + (f", prices of {price}" if price else "")),
        (
            "Check it",
            [tag("code", f"chasm verify {report.evidence.path.name}"), " computes recorded worlds again and compares."],
        ),
    ]
    items = [[tag("dt", name), tag("dd", value)] for name, value in rows if value not in ("", None)]
    study = report.evidence.study_text
    whole = tag("details", tag("summary", "The study as it was run"), tag("pre", study, tabindex="0")) if study else ""
    return html([tag("dl", items, class_="provenance"), whole])
