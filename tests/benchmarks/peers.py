"""Worlds per second of one core: chasm beside what a user would pick instead, in one run.

    python tests/benchmarks/peers.py BUILD_FOLDER [--rounds 5]

Every program runs once a round, so that a machine whose speed drifts slows all of them alike; the table shows
the median of the rounds, the lowest and the highest, and the median of the ratio to the first peer within a
round. Peers that are not installed (Mesa, numpy, scipy) are left out with a line that says so.
"""

import argparse
import importlib.util
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


def programs(build: pathlib.Path) -> dict[str, list[tuple[str, list[str], str | None]]]:
    """Work -> (name, command, Python package it needs), the peer that ratios refer to first."""
    python, bench = sys.executable, build / "tests" / "benchmarks"
    work = {}
    for p1, few, some, many in ((0.5, 40, 200, 200_000), (0.1, 40, 100, 60_000)):
        work[f"March 1991, 50 people, 30 dimensions, 100 periods, p1 = {p1}, p2 = .5"] = [
            ("Mesa", [python, HERE / "march_mesa.py", few, p1], "mesa"),
            ("numpy, 50 worlds in one array", [python, HERE / "march_numpy.py", some, p1], "numpy"),
            ("straightforward C++", [bench / "march_oracle", 10 * some, p1], None),
            ("chasm, plain x 1", [bench / "march_chasm", many // 10, p1, "plain"], None),
            ("chasm, AVX2 x 8", [bench / "march_chasm", many, p1, "avx2"], None),
            ("chasm, AVX-512 x 16", [bench / "march_chasm", many, p1, "avx512"], None),
        ]
    work["Diffusion, 1,000 people, one Watts-Strogatz graph of degree 8, 100 steps"] = [
        ("Mesa", [python, HERE / "diffusion_mesa.py", 10], "mesa"),
        ("numpy and scipy.sparse", [python, HERE / "diffusion_numpy.py", 512], "scipy"),
        ("straightforward C++", [bench / "diffusion_oracle", 2000], None),
        ("chasm, plain x 1", [bench / "diffusion_chasm", 4_000, "plain"], None),
        ("chasm, AVX2 x 8", [bench / "diffusion_chasm", 40_000, "avx2"], None),
        ("chasm, AVX-512 x 16", [bench / "diffusion_chasm", 60_000, "avx512"], None),
    ]
    return work


def measure(command: list) -> tuple[float, float] | None:
    """Worlds per second of process time and the mean outcome, or None where the program cannot run here."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        print(f"left out: {command[0]} ({done.stderr.strip().splitlines()[-1:]})", file=sys.stderr)
        return None
    rate, mean = done.stdout.split()
    return float(rate), float(mean)


def table(title: str, entries: list, rounds: int) -> None:
    """Runs the rounds and prints the rows."""
    available = []
    for name, command, package in entries:
        if package and importlib.util.find_spec(package) is None:
            print(f"left out: {name} (the Python package {package} is not installed)", file=sys.stderr)
        elif measure(command) is not None:
            available.append((name, command))
    results: dict[str, list[tuple[float, float]]] = {name: [] for name, _ in available}
    for _ in range(rounds):
        for name, command in available:
            result = measure(command)
            if result is not None:
                results[name].append(result)
    first = available[0][0]
    print(f"\n| {title} | worlds/s | lowest - highest | x {first} | mean outcome |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, values in results.items():
        rates = [rate for rate, _ in values]
        ratios = [rate / base for (rate, _), (base, _) in zip(values, results[first], strict=True)]
        print(
            f"| {name} | {statistics.median(rates):,.0f} | {min(rates):,.0f} - {max(rates):,.0f} "
            f"| {statistics.median(ratios):,.1f} | {values[-1][1]:.3f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for title, entries in programs(options.build.resolve()).items():
        table(title, entries, options.rounds)


if __name__ == "__main__":
    main()
