"""Plain words for what the model names."""

from __future__ import annotations

import math
import re

# Cause: (where, a few words, a sentence). In the order in which value passes them.
CAUSES = {
    "undiscovered": ("Never started", "nobody knows of it", "The opportunity exists, but nobody has seen it yet."),
    "misprioritised": (
        "Never started",
        "the wrong projects were picked",
        "Known and worth more than what is being worked on.",
    ),
    "capacity": (
        "Never started",
        "no room for it",
        "Known, and rightly behind better ones: people and money are taken.",
    ),
    "lead_time": ("On the way", "the time that good work takes", "Nominal weeks of work, without waits and rework."),
    "gate_wait": ("On the way", "waiting for a decision", "The council has not met, or has no time for it yet."),
    "data_wait": ("On the way", "waiting for data", "Data are asked for, cleaned or cleared."),
    "silo": (
        "On the way",
        "misunderstanding and disputes",
        "Business and technology meant different things; work is redone.",
    ),
    "technical": ("On the way", "builds redone or failed", "Technical tests failed."),
    "killed": ("On the way", "stopped at a gate", "Good ideas that the council stopped."),
    "last_mile": ("On the way", "stuck between pilot and use", "Old systems, release dates, pilots that go nowhere."),
    "abandoned": ("On the way", "given up or withdrawn", "Patience ran out, or a solution was taken out of use."),
    "incident": ("In use, but", "paused after incidents", "Something went wrong, and use stopped for a while."),
    "data_quality": ("In use, but", "data of poor quality", "The solution works as well as its data let it."),
    "technical_quality": ("In use, but", "technically weak", "The solution is right less often than it could be."),
    "fidelity": ("In use, but", "not quite what was needed", "It answers a question that is close to the real one."),
    "rollout": (
        "In use, but",
        "not at all sites, not part of the work",
        "Some sites do not have it, or it stands beside their work.",
    ),
    "adoption": ("In use, but", "people do not use it", "Those who have it work as before."),
    "drift": ("In use, but", "ages unnoticed", "The world moved on, the solution did not."),
    "review": ("In use, but", "human review", "People check what it says, and that takes some of its speed."),
    "realised": ("Arrives", "arrives as value", "What the business in the end has of it."),
}

# Lever: a few words. The model's own table (docs/odd.md, 7.0) is the reference.
LEVERS = {
    "sponsorship": "executives say what AI is for, and stand behind it",
    "value_mapping": "pain points are mapped and their value estimated",
    "feasibility": "feasibility, data and build-or-buy are assessed before anything is built",
    "roadmap": "integration is planned from the start",
    "translators": "people who know both sides, in a role of their own",
    "literacy": "literacy programmes, rotation and communities",
    "framing": "workshops that state what value an idea is meant to bring",
    "cross_functional": "teams of business and technology that own a result from end to end",
    "portfolio": "fewer initiatives at once, and a managed share of exploration",
    "council": "an AI council that meets often, decides and resolves",
    "strictness": "stricter gates",
    "joint_reviews": "business and technology review together",
    "scorecard": "a balanced scorecard that tracks value and warns early",
    "responsible_review": "ethical review of high-risk initiatives",
    "data_governance": "data quality and privacy are somebody\u2019s job, judged by outcome",
    "catalog": "a catalogue, self-service and pipelines for data",
    "platform": "a platform with reusable components",
    "connectors": "interfaces to the old systems",
    "mlops": "continuous delivery and monitoring of models",
    "incentives": "pay and recognition for business results and for bridging",
    "safety": "it is safe to say what does not work; failures are learned from",
    "experimentation": "cheap early experiments decide",
    "change": "those whom a solution concerns take part in it",
    "training": "user-centred design, training and help among peers",
    "knowledge": "repositories, lessons learned and a library of cases",
    "decisions": "workflows and decisions are redesigned around solutions",
    "responsible_architecture": "explanations, a human in the loop, audit trails",
}

# What an arm that pulls one lever alone is called.
MEASURES = {
    "sponsorship": "Executive sponsorship",
    "value_mapping": "Value mapping",
    "feasibility": "Feasibility studies",
    "roadmap": "Integration roadmap",
    "translators": "Translators",
    "literacy": "Literacy",
    "framing": "Framing workshops",
    "cross_functional": "Cross-functional teams",
    "portfolio": "Fewer projects at once",
    "council": "AI council",
    "strictness": "Stricter gates",
    "joint_reviews": "Joint reviews",
    "scorecard": "Balanced scorecard",
    "responsible_review": "Ethical review",
    "data_governance": "Data governance",
    "catalog": "Data catalogue",
    "platform": "Shared platform",
    "connectors": "Connectors to old systems",
    "mlops": "Delivery and monitoring",
    "incentives": "Incentives",
    "safety": "Psychological safety",
    "experimentation": "Early experiments",
    "change": "Change management",
    "training": "Training and support",
    "knowledge": "Knowledge sharing",
    "decisions": "Redesigned decisions",
    "responsible_architecture": "Human in the loop",
}

TODAY = ("nothing", "as_today", "as_is", "today", "baseline")  # what baselines are usually called
STAGES = {"in_use": "solutions in use", "active_users": "people who use them"}


def name(arm: str) -> str:
    """An arm as it stands in a sentence: `platform_first` is `platform first`, `laxer_by_0_5` is `laxer by 0.5`."""
    return re.sub(r"(?<=\d)_(?=\d)", ".", arm).replace("_", " ")


def title(arm: str) -> str:
    text = name(arm)
    text = text[:1].upper() + text[1:]
    return text.replace(" ai", " AI").replace("Ai ", "AI ")


def lever(lever: str) -> str:
    """`mlops: continuous delivery ...` without the technical name where there are words for it."""
    return LEVERS.get(lever, name(lever))


def baseline(arm: str) -> str:
    """What one is compared with."""
    if arm in TODAY:
        return "doing nothing more" if arm == "nothing" else "carrying on as today"
    return f"\u201c{title(arm)}\u201d"


def today(arm: str) -> str:
    """The baseline as the head of a column or in a sentence."""
    return "as today" if arm in TODAY else name(arm)


def years(weeks: float) -> str:
    """`3`, `2.5`: years, up to the next half."""
    return f"{math.ceil(weeks / 26 - 1e-9) / 2:g}"


def assumption(parameter: str, meaning: str) -> str:
    """What an assumption is about, with the measure that an effect belongs to."""
    parts = parameter.split(".")
    text = meaning[:1].upper() + meaning[1:]
    if parts[0] in ("effect", "cost", "staff") and len(parts) > 1:
        return f"{MEASURES.get(parts[1], title(parts[1]))}: {meaning}"
    return text
