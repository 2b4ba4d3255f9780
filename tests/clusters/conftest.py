"""Drives the real program under mpirun: CHASM names it, CHASM_MPIRUN the launcher that belongs to its MPI."""

import contextlib
import importlib.util
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("program", Path(__file__).parents[1] / "app" / "conftest.py")
program = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(program)

MPIRUN = os.environ.get("CHASM_MPIRUN", "mpirun")
# A few seconds of work on one lane, in 235 blocks.
LONG = program.STUDY.replace("futures = 37", "futures = 3000").replace("horizon = 30", "horizon = 200")
LONG = LONG.replace("individuals = 12", "individuals = 60")
RUN = ["run", "study.toml", "-o", "g.h5", "--block", "128", "--threads", "1", "--lanes", "1"]
HANG = 30  # [s] nothing takes longer to end than this


class Cluster(program.Folder):
    """A folder in which `mpirun chasm` runs."""

    def start_ranks(self, ranks, *arguments, mpirun=(), env=None, program_line=None, **options):
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("OMPI_", "PMI_", "PMIX_", "SLURM_"))}
        clean |= {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
        command = [MPIRUN, "--oversubscribe", "--bind-to", "none", "-np", str(ranks), *mpirun]
        return subprocess.Popen(
            [*command, *(program_line or [program.PROGRAM]), *map(str, arguments)],
            cwd=self.path,
            env=clean | (env or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def ranks(self, ranks, *arguments, code=0, **options):
        process = self.start_ranks(ranks, *arguments, **options)
        out, err = process.communicate(timeout=300)
        assert process.returncode == code, f"{process.returncode}\n{out}{err}"
        return program.Run(process.returncode, out, err)

    def committed(self):
        """Bytes in journals beside g.h5."""
        return sum(p.stat().st_size for p in self.path.glob("g.h5.journal/*.journal"))

    def wait_for_bytes(self, process, least):
        while self.committed() < least:
            assert process.poll() is None, process.communicate()
            time.sleep(0.005)


def ranks_of(mpirun_process):
    """Processes of chasm below mpirun, by rank."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent != mpirun_process.pid:
                continue
            variables = dict(
                v.split("=", 1)
                for v in (entry / "environ").read_bytes().decode(errors="replace").split("\0")
                if "=" in v
            )
        except (OSError, ValueError):
            continue
        if "OMPI_COMM_WORLD_RANK" in variables:
            found[int(variables["OMPI_COMM_WORLD_RANK"])] = int(entry.name)
    return found


def ends_in_time(process):
    """Exit code and what was said. Ranks that live on are a failure.

    mpirun 4.1.4 with PMIx 4.2.2 itself may stand still in PMIx_server_finalize once its ranks are gone, where one was
    killed while it connected ("PMIX ERROR: UNREACHABLE"): then it is ended here, with code 137.
    """
    try:
        out, err = process.communicate(timeout=HANG)
        return process.returncode, out, err
    except subprocess.TimeoutExpired:
        left = ranks_of(process)
        for pid in [*left.values(), process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        out, err = process.communicate(timeout=60)
        assert not left, f"ranks {sorted(left)} hang\n{out}{err}"
        print("mpirun stood still without ranks")
        return 137, out, err


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path)
    made.write("study.toml", LONG)
    return made


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """The bytes of an undisturbed run on one rank."""
    folder = program.Folder(tmp_path_factory.mktemp("whole"))
    folder.write("study.toml", LONG)
    folder.chasm("run", "study.toml", "-o", "g.h5", "-q")
    return folder.result("g.h5")
