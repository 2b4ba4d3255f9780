"""Kernels compile to arithmetic that rounds as the processor's does.

No approximation, no flushing of subnormal numbers, nothing fused that the source does not name.

Run: python3 tests/kernels/check_ptx.py BUILD-FOLDER [MODEL...]
"""

import json
import re
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

# Of floating-point numbers. An `add` or `mul` without `.rn` may be fused with its neighbour by the assembler.
OPERATION = re.compile(r"^\s*(?:@!?%p\d+ )?(\w+)((?:\.\w+)*)\.(f32|f64|f16|bf16)\b", re.M)
ROUNDED = {"add", "sub", "mul", "fma", "div", "rcp", "sqrt"}
# What does not round. Not min and max: they take the number where one side is none, and select() does not.
EXACT = {"mov", "ld", "st", "setp", "set", "selp", "neg", "abs", "cvt", "testp", "copysign"}


def problems_in(ptx):
    """What rounds otherwise; an empty list where nothing does."""
    found = Counter()
    for name, options, kind in OPERATION.findall(ptx):
        options = options.split(".")[1:]
        what = ".".join([name, *options, kind])
        otherwise = {"approx", "ftz", "full", "sat"} & set(options)
        if otherwise or (name in ROUNDED and "rn" not in options) or name not in ROUNDED | EXACT:
            found[what] += 1
    return [f"{what} ({count} times)" for what, count in sorted(found.items())]


def ptx_of(entry, folder):
    """The PTX of the compile command, for the first of its architectures."""
    command = shlex.split(entry["command"])
    if Path(command[0]).name == "ccache":
        command = command[1:]
    code = next(a for a in command if a.startswith("--generate-code"))
    skipped = {"-MD", "-MT", "-MF", "-o", "-c"}
    kept, at = [], 0
    while at < len(command):
        argument = command[at]
        if argument in {"-MT", "-MF", "-o"}:
            at += 2
            continue
        # What concerns the assembler alone is refused with -ptx.
        if argument not in skipped and not argument.startswith(
            ("--generate-code", "--resource-usage", "-maxrregcount", "-Werror")
        ):
            kept.append(argument)
        at += 1
    architecture = re.search(r"arch=compute_(\d+\w?)", code)[1]
    output = Path(folder, "kernel.ptx")
    run = [*kept, f"-arch=compute_{architecture}", "-ptx", "-o", str(output)]
    subprocess.run(run, cwd=entry["directory"], check=True, capture_output=True)
    return output.read_text()


def main():
    build, wanted = Path(sys.argv[1]), sys.argv[2:]
    seen, different = 0, 0
    for entry in json.loads((build / "compile_commands.json").read_text()):
        if not entry["file"].endswith("kernels/kernel.cu"):
            continue
        model = re.search(r"-DCHASM_MODEL=(\w+)", entry["command"])[1]
        if wanted and model not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            ptx = ptx_of(entry, folder)
        problems = problems_in(ptx)
        operations = len(OPERATION.findall(ptx))
        print(f"{model}: {operations} floating-point instructions, {len(problems)} kind(s) that round otherwise")
        print(*(f"  {problem}" for problem in problems), sep="\n")
        seen += 1
        different += bool(problems) or operations == 0
    return different > 0 or seen == 0


if __name__ == "__main__":
    sys.exit(main())
