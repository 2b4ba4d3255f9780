"""Every lane operation has the same bits for each compiler, level, instruction set and width.

Run: python3 tests/identity/compare_lanes.py [COMPILER...]      (default: g++ clang++)
"""

import itertools
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
AVX2 = ["-mavx2", "-mfma", "-mbmi", "-mbmi2", "-mpopcnt"]
AVX512 = [*AVX2, "-mavx512f", "-mavx512bw", "-mavx512dq", "-mavx512vl", "-mavx512cd", "-mprefer-vector-width=512"]
SETS = {"plain": [], "avx2": AVX2, "avx512": AVX512}
PROGRAMS = {
    "float": [("plain", 1), ("plain", 8), ("avx2", 8), ("avx512", 16)],
    "double": [("plain", 1), ("avx2", 4), ("avx512", 8)],
}
LEVELS = ["-O1", "-O2", "-O3"]


def digest(folder, compiler, level, real, isa, width):
    program = Path(folder, "digest")
    defined = {"CHASM_ISA": isa, "CHASM_WIDTH": width, "CHASM_REAL": real, "CHASM_SYMBOL": "lanes"}
    command = [compiler, "-std=c++20", level, "-ffp-contract=off", "-fno-math-errno", "-Wno-psabi", "-I", ROOT]
    command += SETS[isa] + [f"-D{name}={value}" for name, value in defined.items()]
    subprocess.run([*command, ROOT / "tests/sim/bits_digest.cpp", "-o", program], check=True)
    return subprocess.run([program], check=True, capture_output=True, text=True).stdout.split()[0]


def here(isa):
    flags = Path("/proc/cpuinfo").read_text().split()
    return isa == "plain" or {"avx2": "avx2", "avx512": "avx512vl"}[isa] in flags


def main():
    compilers = sys.argv[1:] or ["g++", "clang++"]
    digests = {}
    with tempfile.TemporaryDirectory() as folder:
        for real, programs in PROGRAMS.items():
            for compiler, level, (isa, width) in itertools.product(compilers, LEVELS, programs):
                if not here(isa):
                    print(f"{isa}: not on this processor")
                    continue
                found = digest(folder, compiler, level, real, isa, width)
                digests.setdefault(real, set()).add(found)
                print(f"{found}  {real} x {width} {isa} {compiler} {level}", flush=True)
    different = [real for real, found in digests.items() if len(found) != 1]
    print("the same bits" if not different else f"DIFFERENT bits for {' and '.join(different)}")
    return bool(different) or len(digests) != len(PROGRAMS)


if __name__ == "__main__":
    sys.exit(main())
