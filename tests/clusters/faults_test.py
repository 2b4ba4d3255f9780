"""Ranks killed, stopped, starved and signalled. CHASM_DEATHS sets how many are killed (12; the long test: 100)."""

import json
import os
import random
import signal
import subprocess
import time

import pytest
from conftest import HANG, RUN, ends_in_time, program, ranks_of

DEATHS = int(os.environ.get("CHASM_DEATHS", "12"))
NO_SPACE = 28  # ENOSPC


def resumes(cluster, whole, ranks=3):
    """The same command goes on, to the bytes of an undisturbed run, and nothing is left behind."""
    cluster.ranks(ranks, *RUN, "-q")
    assert cluster.result("g.h5") == whole
    assert {p.name for p in cluster.path.iterdir()} - {"g.log.json"} == {"g.h5", "study.toml"}


def wait_for_ranks(process, count):
    until = time.monotonic() + HANG
    while len(found := ranks_of(process)) < count:
        assert time.monotonic() < until and process.poll() is None, process.communicate()
        time.sleep(0.01)
    return found


# Of an undisturbed run on this machine: starting, running, and finishing.
PHASES = ["start", "first blocks", "running", "late", "finish"]


@pytest.mark.parametrize("phase", PHASES)
def test_a_rank_is_killed(cluster, whole, phase):
    moments = random.Random(PHASES.index(phase))
    deaths = 0
    for _ in range(-(-DEATHS // len(PHASES))):
        if (cluster.path / "g.h5").exists():
            (cluster.path / "g.h5").unlink()
        process = cluster.start_ranks(3, *RUN, "-q")
        found = wait_for_ranks(process, 3)
        least = {"start": 0, "first blocks": 500, "running": 100_000, "late": 300_000, "finish": 0}[phase]
        if phase == "finish":
            until = time.monotonic() + HANG
            while not list(cluster.path.glob("g.h5.*.tmp")) and process.poll() is None:
                assert time.monotonic() < until
                time.sleep(0.001)
        while cluster.committed() < least and process.poll() is None:
            time.sleep(0.002)
        time.sleep(moments.uniform(0, 0.2 if phase in ("start", "running") else 0.02))
        rank = moments.randrange(3)
        try:
            os.kill(found[rank], signal.SIGKILL)
            deaths += 1
        except ProcessLookupError:
            pass
        code, out, err = ends_in_time(process)
        # A rank that dies once the result is there changes nothing any more.
        assert code != 0 or cluster.result("g.h5") == whole, out + err
        resumes(cluster, whole)
    assert deaths > 0 or phase == "finish"


@pytest.mark.parametrize("which", [signal.SIGUSR1, signal.SIGTERM])
def test_a_signal_at_one_rank_stops_all_with_75(cluster, whole, which):
    for rank in [0, 2]:
        process = cluster.start_ranks(3, *RUN, "-q")
        before = cluster.committed()
        found = wait_for_ranks(process, 3)
        cluster.wait_for_bytes(process, before + 20_000)
        os.kill(found[rank], which)
        code, out, err = ends_in_time(process)
        assert code == 75, out + err
        assert err.count("same command again") == 1 and not (cluster.path / "g.h5").exists()
        assert json.loads((cluster.path / "g.log.json").read_text())["runs"][-1]["outcome"] == "interrupted"
    resumes(cluster, whole)


def test_mpirun_forwards_usr1(cluster, whole):
    """What the templates of hpc/slurm rely on."""
    process = cluster.start_ranks(3, *RUN, "-q")
    cluster.wait_for_bytes(process, 20_000)
    process.send_signal(signal.SIGUSR1)
    code, out, err = ends_in_time(process)
    assert code == 75, out + err
    resumes(cluster, whole)


def test_mpirun_is_terminated(cluster, whole):
    """It kills its ranks a second after it tells them."""
    process = cluster.start_ranks(3, *RUN, "-q")
    cluster.wait_for_bytes(process, 20_000)
    process.send_signal(signal.SIGTERM)
    code, _, _ = ends_in_time(process)
    assert code != 0
    resumes(cluster, whole)


def test_the_disk_of_one_rank_is_full(cluster, whole):
    """It stops and says so; the others go on with its blocks."""
    full = ["env", f"LD_PRELOAD={os.environ['CHASM_FAILING_IO']}", f"FAIL_UNDER={cluster.path}/g.h5.journal"]
    full += ["FAIL_CALL=write", "FAIL_AT=6", f"FAIL_WITH={NO_SPACE}", f"FAIL_MARK={cluster.path}/mark", program.PROGRAM]
    line = [
        program.PROGRAM,
        *RUN,
        "-q",
        ":",
        "-np",
        "1",
        *full,
        *RUN,
        "-q",
        ":",
        "-np",
        "1",
        program.PROGRAM,
        *RUN,
        "-q",
    ]
    run = cluster.ranks(1, program_line=line)
    (cluster.path / "mark").unlink()
    assert cluster.result("g.h5") == whole
    assert run.err.count("warning") == 1 and "rank 1" in run.err and "No space left" in run.err, run.err
    assert "on 3 ranks" in run.out


def test_a_rank_that_stands_still_is_replaced(cluster, whole):
    """Stopped for good, as behind a cut link: its blocks go to others, and the run ends with the result."""
    process = cluster.start_ranks(3, *RUN, "-q")
    found = wait_for_ranks(process, 3)
    cluster.wait_for_bytes(process, 20_000)
    os.kill(found[2], signal.SIGSTOP)
    began = time.monotonic()
    try:
        out, err = process.communicate(timeout=2 * HANG)
    finally:
        subprocess.run(["kill", "-KILL", str(found[2])], check=False, capture_output=True)
    assert process.returncode == 0, out + err
    assert "rank 2" in err and "taken for lost" in err, out + err
    assert cluster.result("g.h5") == whole
    assert time.monotonic() - began < 2 * HANG
    assert json.loads((cluster.path / "g.log.json").read_text())["runs"][-1]["lost_ranks"] == 1


def test_rank_0_stands_still(cluster, whole):
    """The others commit what they have, and end."""
    process = cluster.start_ranks(2, *RUN, "-q")
    found = wait_for_ranks(process, 2)
    cluster.wait_for_bytes(process, 20_000)
    os.kill(found[0], signal.SIGSTOP)
    code, out, err = ends_in_time(process)
    assert code != 0 and "nothing was heard of rank 0" in err, out + err
    resumes(cluster, whole)


def test_a_slow_rank_holds_up_nobody(cluster, whole):
    """A tenth of the speed, by stopping it nine tenths of the time."""
    process = cluster.start_ranks(2, *RUN, "-q")
    found = wait_for_ranks(process, 2)
    while process.poll() is None:
        try:
            os.kill(found[1], signal.SIGSTOP)
            time.sleep(0.09)
            os.kill(found[1], signal.SIGCONT)
            time.sleep(0.01)
        except ProcessLookupError:
            break
    code, out, err = ends_in_time(process)
    assert code == 0, out + err
    assert cluster.result("g.h5") == whole


def test_no_locks_and_no_clock_are_relied_on(cluster, whole):
    """Every kind of file lock fails, and one rank lives a day earlier."""
    source = cluster.path / "odd.c"
    source.write_text(
        "#include <errno.h>\n#include <fcntl.h>\n#include <sys/file.h>\n#include <time.h>\n#include <unistd.h>\n"
        "#include <stdlib.h>\n"
        "int flock(int f, int o) { (void)f; (void)o; errno = ENOLCK; return -1; }\n"
        "int lockf(int f, int c, off_t n) { (void)f; (void)c; (void)n; errno = ENOLCK; return -1; }\n"
        "time_t time(time_t* t) { struct timespec n; clock_gettime(CLOCK_REALTIME, &n);\n"
        '  time_t v = n.tv_sec - (getenv("YESTERDAY") ? 86400 : 0); if (t) *t = v; return v; }\n'
    )
    subprocess.run(["cc", "-shared", "-fPIC", "-o", "odd.so", "odd.c"], cwd=cluster.path, check=True)
    odd = ["env", f"LD_PRELOAD={cluster.path}/odd.so", program.PROGRAM, *RUN, "-q"]
    late = ["env", "YESTERDAY=1", *odd[1:]]
    cluster.ranks(1, program_line=[*odd, ":", "-np", "1", *late])
    assert cluster.result("g.h5") == whole
