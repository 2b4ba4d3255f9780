"""Threads and ranks on one machine against one thread: the same work (strong scaling), and as much work each (weak).

    python tests/benchmarks/rank_scaling.py build/release/bin/chasm scenarios/studies/reference.toml --futures 100

Ways run one after the other within a round, so that a machine whose speed drifts slows all alike; the table shows
the median of the rounds, the lowest and the highest, and the median ratio to one thread within a round. Ranks beyond
the machine's cores show that the result is the same, not speed. Times are those of the run itself, from its log: what
mpirun takes to start, and the file, are left out.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

# (name, ranks, threads of each, times the work)
WAYS = [
    ("1 thread", 0, 1, 1),
    ("2 threads", 0, 2, 1),
    ("1 rank of 1 thread", 1, 1, 1),
    ("2 ranks of 1 thread", 2, 1, 1),
    ("2 ranks of 1 thread, twice the work", 2, 1, 2),
    ("4 ranks of 1 thread", 4, 1, 1),
    ("7 ranks of 1 thread", 7, 1, 1),
]


def run(program: str, study: str, futures: int, ranks: int, threads: int, folder: pathlib.Path) -> tuple[float, str]:
    """Worlds per second, and the digest of what the file holds."""
    output = folder / "r.h5"
    launch = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(ranks)] if ranks else []
    command = [*launch, program, "run", study, "-o", str(output), "-q", "--force", "--threads", str(threads)]
    environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    for old in folder.iterdir():
        old.unlink()
    done = subprocess.run(
        [*command, "--set", f"design.futures={futures}"], capture_output=True, text=True, env=environment
    )
    if done.returncode != 0:
        sys.exit(done.stderr)
    log = json.loads((folder / "r.log.json").read_text())["runs"][-1]
    return log["worlds"] / log["seconds_running"], log["content_digest"]


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program")
    arguments.add_argument("study")
    arguments.add_argument("--futures", type=int, default=100)
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    rates: dict[str, list[float]] = {name: [] for name, *_ in WAYS}
    digests: dict[int, set[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(given.rounds):
            for name, ranks, threads, work in WAYS:
                futures = given.futures * work
                rate, digest = run(given.program, given.study, futures, ranks, threads, pathlib.Path(folder))
                rates[name].append(rate)
                digests.setdefault(work, set()).add(digest)
    if any(len(found) > 1 for found in digests.values()):
        sys.exit(f"results differ: {digests}")
    print("| | worlds/s | lowest to highest | of one thread |\n| --- | ---: | ---: | ---: |")
    for name, found in rates.items():
        ratio = statistics.median(rate / one for rate, one in zip(found, rates["1 thread"], strict=True))
        print(f"| {name} | {statistics.median(found):,.0f} | {min(found):,.0f} to {max(found):,.0f} | {ratio:.2f} |")
    print("\nOne content digest for every way of the same work.")
