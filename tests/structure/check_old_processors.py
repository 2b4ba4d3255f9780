"""chasm runs without AVX-512, without AVX, and on the first x86-64: the same results, and no SIGILL.

Run: python3 tests/structure/check_old_processors.py CHASM      (exit 77: qemu-user is not installed)
"""

import shutil
import sys
import tempfile
from pathlib import Path

IDENTITY = Path(__file__).parents[1] / "identity"
sys.path.insert(0, str(IDENTITY))
from builds import content_digest  # noqa: E402

# The emulator's processors: AVX2 without AVX-512; SSE4.2; SSE3.
PROCESSORS = ["Haswell", "Nehalem", "qemu64"]


def main():
    chasm = sys.argv[1]
    emulator = shutil.which("qemu-x86_64")
    if emulator is None:
        print("Skipped: qemu-x86_64 not found (package qemu-user).")
        return 77
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        for study in sorted(IDENTITY.glob("*.toml")):
            wanted = content_digest(chasm, study, folder)
            for processor in PROCESSORS:
                digest = content_digest([emulator, "-cpu", processor, chasm], study, folder, "--threads", "1")
                differing += digest != wanted
                print(f"{'same' if digest == wanted else 'DIFFERS'}  {study.stem} on {processor}")
    return differing > 0


if __name__ == "__main__":
    sys.exit(main())
