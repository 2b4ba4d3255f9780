"""Two builds of chasm give the same results, bit for bit, at every lane width that this processor runs.

Run: python3 tests/identity/compare_builds.py CHASM OTHER-CHASM
"""

import sys
import tempfile
from pathlib import Path

from builds import content_digest

STUDIES = sorted(Path(__file__).parent.glob("*.toml"))


def main():
    first, second = sys.argv[1:]
    compared, differing = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for study in STUDIES:
            wanted = content_digest(first, study, folder)
            print(f"  {study.stem}: {wanted}")
            for lanes in (16, 8, 1):
                digest = content_digest(second, study, folder, "--lanes", str(lanes), "--threads", "1")
                if digest is None:
                    print(f"    {lanes:2} lanes: not in {second}, or not on this processor")
                    continue
                compared += 1
                differing += digest != wanted
                print(f"    {lanes:2} lanes: {'the same' if digest == wanted else 'DIFFERENT'} from {second}")
    return differing > 0 or compared < len(STUDIES) or not STUDIES


if __name__ == "__main__":
    sys.exit(main())
