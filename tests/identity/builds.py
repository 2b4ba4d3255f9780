"""Runs studies with one build of chasm."""

import json
import subprocess
import tempfile
from pathlib import Path


def content_digest(chasm, study, folder, *options):
    """Runs the study; gives the content digest of its result, None where build or processor have no such lanes.

    `chasm` may be a command of several words.
    """
    command = [chasm] if isinstance(chasm, str) else list(chasm)
    output = Path(tempfile.mkdtemp(dir=folder), "results.h5")
    run = subprocess.run(
        [*command, "run", study, "-o", output, "--no-progress", *options], capture_output=True, text=True
    )
    if run.returncode == 2 and "lanes" in run.stderr:
        return None
    if run.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} run {study}: exit {run.returncode}\n{run.stdout}{run.stderr}")
    info = subprocess.run([*command, "info", output, "--json"], capture_output=True, text=True, check=True)
    return json.loads(info.stdout)["content_digest"]
