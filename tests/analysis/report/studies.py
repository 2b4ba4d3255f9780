"""Studies as text, and running them with the program under test."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("CHASM_PROGRAM", str(ROOT / "build/program/bin/chasm"))

INCLUDES = """\
schema  = "chasm-study-1"
include = ["{root}/scenarios/packages/enterprise.toml", "{root}/scenarios/uncertain/levers.toml",
           "{root}/scenarios/uncertain/organization.toml"]
"""
STUDY = """
[study]
title    = "{title}"
question = "What pays?"
model    = "enterprise-1"
seed     = 7
horizon  = "{weeks} weeks"

[money]
currency = "{currency}"

{arms}

[design]
{baseline}
futures      = {futures}
replications = {replications}

[outputs]
{outputs}
"""
ARMS = """
[arms.nothing]
[arms.stop_ai]
set = { budget.yearly = 0 }
[arms.richer]
set           = { budget.yearly = 25 }
interventions = ["leadership", "data", "architecture"]
"""  # and the packages of the included file
LEVERS = ("value_mapping", "connectors", "portfolio", "mlops", "strictness")
EVERYTHING = 'metrics = "all"\ntotals = "all"\nseries = { metrics = ["net_value"], every = "13 weeks", keep = "full" }'
LEAST = 'metrics = ["net_present_value", "realised_value", "spending", "lever_spending"]'


def run(folder: Path, name: str, *, arms: str, include: bool = True, baseline: str = "nothing", **about) -> Path:
    """Run a study; gives the result file."""
    values = {"title": name, "weeks": 208, "currency": "USD", "futures": 3, "replications": 1, "outputs": EVERYTHING}
    study = folder / f"{name}.toml"
    head = INCLUDES.format(root=ROOT) if include else 'schema = "chasm-study-1"\n'
    chosen = f'baseline = "{baseline}"' if baseline else ""
    study.write_text(head + STUDY.format(arms=arms, baseline=chosen, **(values | about)), encoding="utf-8")
    result = folder / f"{name}.h5"
    done = subprocess.run([PROGRAM, "run", str(study), "-o", str(result)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return result
