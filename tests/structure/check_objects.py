"""No processor is handed an instruction that it does not have.

Objects compiled for AVX2 or AVX-512 may not define code that the linker could pick for everybody (a weak `std::`
template, a function outside of the instruction set's own inline namespace), nor run anything before main(). All
other objects may not contain a ymm or zmm register, an opmask, an AVX encoding or a bit instruction of AVX2's time.

Run: python3 tests/structure/check_objects.py BUILD-FOLDER
"""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

ISA = re.compile(r"-DCHASM_ISA=(\w+)")
AVX = re.compile(
    r"%[yz]mm\d|%k[0-7]\b|:\s+v\w+ .*%xmm\d|:\s+(?:andn|bextr|bzhi|mulx|pdep|pext|rorx|sarx|shlx|shrx|popcnt)\b"
)


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def objects(build):
    """(object file, instruction set or "") of every compiled file."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        command = entry.get("command") or shlex.join(entry["arguments"])
        path = Path(entry["directory"], re.search(r"\s-o (\S+)", command)[1])
        named = ISA.search(command)
        wide = "-mavx" in command
        assert not wide or named, f"{path}: compiled with -mavx but without CHASM_ISA"
        if path.exists():
            yield path, named[1] if named and wide else ""


def shared_code(path, isa):
    """Functions that this object offers to others under a name that does not say its instruction set."""
    for line in output("nm", "-C", "--defined-only", path).splitlines():
        _, kind, name = line.split(maxsplit=2)
        if kind in "TWi" and f"{isa}::" not in name:
            yield f"{path}: {isa} code under a name that plain code may use: {name}"
    sections = output("objdump", "-h", path)
    if re.search(r"\.init_array|\.ctors", sections):
        yield f"{path}: {isa} code that runs before main()"


def wide_code(path):
    function = "?"
    for line in output("objdump", "-dC", "--no-show-raw-insn", path).splitlines():
        if line.endswith(">:"):
            function = line.split("<", 1)[1][:-2]
        elif AVX.search(line):
            yield f"{path}: AVX in plain code: {function}: {line.strip()}"


def main():
    build = Path(sys.argv[1]).resolve()
    problems, plain, wide = [], 0, 0
    for path, isa in objects(build):
        if isa:
            wide += 1
            problems += shared_code(path, isa)
        else:
            plain += 1
            problems += list(wide_code(path))[:3]
    print(*problems[:40], sep="\n")
    print(f"{plain} plain and {wide} wide objects, {len(problems)} problem(s)")
    return bool(problems) or plain == 0


if __name__ == "__main__":
    sys.exit(main())
