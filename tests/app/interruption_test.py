"""Stopped or killed, a run goes on from what it committed, to the same bytes."""

import json
import os
import pty
import random
import re
import signal
import time

import pytest
from conftest import STUDY

# A few seconds of work in many blocks.
LONG = STUDY.replace("futures = 37", "futures = 3000").replace("horizon = 30", "horizon = 200")
LONG = LONG.replace("individuals = 12", "individuals = 60")
RUN = ["run", "study.toml", "-o", "g.h5", "--block", "128", "--threads", "1", "--lanes", "1"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    from conftest import Folder

    folder = Folder(tmp_path_factory.mktemp("whole"))
    folder.write("study.toml", LONG)
    folder.chasm("run", "study.toml", "-o", "g.h5", "-q")
    return folder.result("g.h5")


@pytest.fixture
def long(folder):
    folder.write("study.toml", LONG)
    return folder


def wait_for_blocks(folder, process, least=1):
    """Until that many blocks are in the journals; they are of 100 kB at most and at least 1 kB."""
    journals = folder.path / "g.h5.journal"
    while sum(p.stat().st_size for p in journals.glob("*")) < 1000 * least if journals.exists() else True:
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM, signal.SIGUSR1])
def test_a_signal_stops_with_75_and_the_same_command_goes_on(long, whole, which):
    process = long.start(*RUN, "-q")
    wait_for_blocks(long, process)
    process.send_signal(which)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 75, out + err
    assert "same command again" in err and out == ""
    assert not (long.path / "g.h5").exists()
    assert json.loads((long.path / "g.log.json").read_text())["runs"][-1]["outcome"] == "interrupted"
    assert "is not finished" in long.chasm("info", "g.h5").out
    assert "found in the journal" in long.chasm(*RUN, "-q").out
    assert long.result("g.h5") == whole


def test_a_second_interrupt_ends_at_once(long):
    process = long.start(*RUN[:4], "-q", "--block", "65536", "--threads", "1", "--lanes", "1")
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGINT


def test_killed_again_and_again(long, whole):
    moments = random.Random(20260105)
    kills = 0
    while kills < 12:
        process = long.start(*RUN, "-q")
        try:
            process.communicate(timeout=moments.uniform(0.01, 0.8))
            break
        except Exception:
            process.kill()
            process.communicate()
            kills += 1
    assert kills > 2
    long.chasm(*RUN, "-q")
    assert long.result("g.h5") == whole
    # A run that was killed between the rename and its log has none, and the next one finds nothing to do.
    assert {p.name for p in long.path.iterdir()} - {"g.log.json"} == {"g.h5", "study.toml"}


def test_follow_ends_with_the_run(long):
    run = long.start(*RUN, "-q")
    wait_for_blocks(long, run)
    follow = long.start("info", "g.h5", "--follow")
    assert run.wait(timeout=120) == 0
    out, err = follow.communicate(timeout=60)
    assert follow.returncode == 0, err
    assert "is not finished" in out and "code_knowledge" in out
    # Journals alone give estimates while it runs: mean and interval by arm, and the paired difference.
    so_far = out.split("so far, by ", 1)[1].split("\n")
    assert re.match(r"[\d,]+ worlds?:", so_far[0]), so_far
    means = {}
    for line in so_far[2:]:
        if found := re.match(r"  (\w*) +(slow|fast) +([\d.]+) ± ([\d.]+)", line):
            means.setdefault(found[2], (float(found[3]), float(found[4])))
    first_metric = re.match(r"  (\w+)", so_far[2])[1]
    final = json.loads(long.chasm("info", "g.h5", "--json").out)["metrics"][first_metric]["arms"]
    for arm, (mean, half) in means.items():
        # Five standard errors.
        assert abs(mean - final[arm]["mean"]) < 2.5 * half, (arm, mean, half, final[arm])
    assert set(means) == {"slow", "fast"}


def test_follow_waits_for_the_run_that_replaces_a_result(long, whole):
    (long.path / "g.h5").write_bytes(whole)
    run = long.start(*RUN, "-q", "--force", "--set", "study.seed=77")
    wait_for_blocks(long, run)
    out = long.chasm("info", "g.h5", "--follow").out
    assert run.wait(timeout=120) == 0
    assert "the run that replaces g.h5 is not finished" in out and re.search(r"seed +77\n", out), out


def test_follow_does_not_take_an_earlier_result_for_that_of_the_run(folder, whole):
    (folder.path / "g.h5").write_bytes(whole)
    for shard in ("1/2", "2/2"):
        folder.chasm("run", "study.toml", "-o", "g.h5", "-q", "--shard", shard, "--block", "1000", "--force")
    out = folder.chasm("info", "g.h5", "--follow").out
    assert "next: chasm finish g.h5 --force" in out and "title" not in out, out


def test_follow_says_that_no_block_comes(long):
    """Of a run that was killed nothing comes; its journals are all there is to see."""
    run = long.start(*RUN, "-q")
    wait_for_blocks(long, run)
    run.kill()
    run.communicate()
    follow = long.start("info", "g.h5", "--follow")
    assert any("no block has been committed for 20 s" in line for line in follow.stderr)
    follow.send_signal(signal.SIGINT)
    out, err = follow.communicate(timeout=30)
    assert follow.returncode == 75, out + err


def test_follow_ends_where_shards_wait_to_be_finished(folder):
    folder.chasm("run", "study.toml", "-o", "g.h5", "-q", "--shard", "1/2", "--block", "1000")
    folder.chasm("run", "study.toml", "-o", "g.h5", "-q", "--shard", "2/2", "--block", "1000")
    assert "chasm finish g.h5" in folder.chasm("info", "g.h5", "--follow").out


@pytest.mark.parametrize("futures, replications", [(20, 1000), (1, 200)])
def test_intervals_while_it_runs_are_those_of_the_result(folder, futures, replications):
    text = STUDY.replace("futures = 37", f"futures = {futures}").replace(
        "replications = 5", f"replications = {replications}"
    )
    folder.write("study.toml", text)
    # Blocks that end inside of futures.
    for shard in ("1/2", "2/2"):
        folder.chasm("run", "study.toml", "-o", "g.h5", "-q", "--shard", shard, "--block", "140")
    out = folder.chasm("info", "g.h5", "--follow").out
    assert folder.chasm("finish", "g.h5", "-q").code == 0
    final = json.loads(folder.chasm("info", "g.h5", "--json").out)["metrics"]["code_knowledge"]["arms"]
    table = out.split("so far, by ", 1)[1]
    slow = re.search(r"code_knowledge +slow +([\d.]+) ± ([\d.]+)", table)
    fast = re.search(r"\n +fast +([\d.]+) ± ([\d.]+) +(-?[\d.]+) ± ([\d.]+)", table)
    for mean, half, of in (
        (slow[1], slow[2], final["slow"]),
        (fast[1], fast[2], final["fast"]),
        (fast[3], fast[4], final["fast"]["minus_baseline"]),
    ):
        assert float(mean) == pytest.approx(of["mean"], rel=1e-3)
        # Printed with two digits.
        assert float(half) == pytest.approx(1.96 * of["standard_error"], rel=0.06)


def on_terminal(folder, arguments, columns):
    """Runs with standard error on a terminal of that many columns; returns what it was sent."""
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = folder.start(*arguments, stderr=theirs)
    os.close(theirs)
    sent = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        sent += piece
    os.close(ours)
    process.communicate(timeout=60)
    assert process.returncode == 0
    return sent.decode()


@pytest.mark.parametrize("columns", [100, 30])
def test_progress_on_a_terminal_is_one_line(long, columns):
    sent = on_terminal(long, RUN, columns)
    shown = [line for line in re.split(r"\r|\x1b\[K", sent) if line]
    assert "\n" not in sent and len(shown) >= 3
    assert all(len(line) < columns for line in shown)
    assert any(re.match(r"\d+ % of 30,000 worlds", line) for line in shown)
    if columns == 100:
        assert any(re.search(r"worlds/s, .* left", line) for line in shown)
    # The line is gone at the end.
    assert sent.endswith("\r\x1b[K")


def test_no_progress_when_told_so_or_soon_done_in_a_log(long):
    assert on_terminal(long, [*RUN, "-q"], 80) == ""
    assert long.chasm(*RUN, "--force").err == ""
