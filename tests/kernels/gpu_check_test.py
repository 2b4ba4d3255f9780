"""tools/gpu-check.sh with programs that only pretend: run twice, or without leave to profile, it ends with 0."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRETEND = {
    "nvcc": "echo 'Cuda compilation tools, release 13.0'",
    "nvidia-smi": "echo 'a device'",
    "compute-sanitizer": "exit 0",
    "ncu": "echo '==ERROR== ERR_NVGPUCTRPERM'; exit 1",
    # Configures nothing; compiles once.
    "cmake": """
[[ $1 == --build ]] || exit 0
[[ ! -e $2/tests/kernels/device_check ]] || exit 0
mkdir -p $2/tests/kernels
cat >$2/tests/kernels/device_check <<'CHECK'
#!/bin/bash
[[ $1 != identity ]] || echo "same  1 world"
[[ -z ${DIFFERS:-} ]] || exit 1
echo; echo "| table |"
CHECK
chmod +x $2/tests/kernels/device_check
echo "ptxas info    : Compiling entry function 'march1991' for 'sm_90'"
echo "    16 bytes stack frame, 8 bytes spill stores, 8 bytes spill loads"
echo "ptxas info    : Used 64 registers"
""",
}


def check(tree, **also):
    env = os.environ | {"PATH": f"{tree}/bin:{os.environ['PATH']}"} | also
    run = subprocess.run([tree / "tools" / "gpu-check.sh"], env=env, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr, (tree / "build" / "gpu-check" / "report.md").read_text()


with tempfile.TemporaryDirectory() as folder:
    tree = Path(folder)
    for name in ("tools", "bin"):
        (tree / name).mkdir()
    shutil.copy(ROOT / "tools" / "gpu-check.sh", tree / "tools")
    for name, does in PRETEND.items():
        (tree / "bin" / name).write_text(f"#!/bin/bash\n{does}\n")
        (tree / "bin" / name).chmod(0o755)
    for _ in range(2):
        code, text, report = check(tree)
        assert code == 0, text
        assert "0 failed" in text and "1 comparisons with the same bits" in text, text
        assert "| table |" in report and "Used 64 registers" in report and "ERR_NVGPUCTRPERM" in report, report
    code, text, _ = check(tree, DIFFERS="1")
    assert code == 1 and "0 failed" not in text, text
