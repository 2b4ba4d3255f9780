"""mpirun chasm run: one file whatever the ranks, and everything wrong is said once, before anything runs."""

import json

import pytest
from conftest import LONG, RUN, program

SMALL = program.STUDY + '[outputs]\nmetrics = "all"\nseries = { metrics = "all", every = 4, keep = "bands" }\n'


@pytest.fixture
def small(cluster):
    cluster.write("study.toml", SMALL)
    cluster.chasm("run", "study.toml", "-o", "f.h5", "-q")
    return cluster


def digest(folder, name):
    return folder.chasm("info", name, "--json").json["content_digest"]


def test_the_same_file_for_any_number_of_ranks_and_threads(small):
    for ranks in [1, 2, 3, 4, 7]:
        for threads in [1, 2, 5] if ranks in (2, 3) else [1]:
            small.ranks(ranks, "run", "study.toml", "-o", "g.h5", "-q", "--threads", threads, "--block", "16")
            assert small.result("g.h5") == small.result("f.h5"), (ranks, threads)
            assert digest(small, "g.h5") == digest(small, "f.h5")
            (small.path / "g.h5").unlink()


def test_lanes_may_differ_between_ranks(small):
    one = [program.PROGRAM, "run", "study.toml", "-o", "g.h5", "-q", "--threads", "1", "--block", "16"]
    line = [*one, "--lanes", "1", ":", "-np", "2", *one]
    small.ranks(1, program_line=line)
    assert small.result("g.h5") == small.result("f.h5")


def test_a_shard_first_and_ranks_then(small):
    small.chasm("run", "study.toml", "-o", "g.h5", "-q", "--shard", "2/3", "--block", "16")
    run = small.ranks(3, "run", "study.toml", "-o", "g.h5", "-q", "--block", "16", "--threads", "1")
    assert "found in the journal" in run.out
    assert small.result("g.h5") == small.result("f.h5")


def test_a_finished_study_is_not_run_again(small):
    run = small.ranks(3, "run", "study.toml", "-o", "f.h5")
    assert run.out.startswith("f.h5 is finished") and run.out.count("\n") == 2
    assert run.err == ""


def test_what_happened_is_said_in_one_place(cluster, whole):
    run = cluster.ranks(3, *RUN)
    assert cluster.result("g.h5") == whole
    assert run.out.count("worlds/s") == 1 and "on 3 ranks of 1 machine" in run.out
    assert run.err == ""
    log = json.loads((cluster.path / "g.log.json").read_text())["runs"]
    assert len(log) == 1
    assert (log[0]["ranks"], log[0]["threads"], log[0]["lost_ranks"], log[0]["block_copies"]) == (3, 3, 0, 0)
    assert log[0]["worlds"] == 30_000
    assert {p.name for p in cluster.path.iterdir()} == {"g.h5", "g.log.json", "study.toml"}


def test_bad_input_is_said_once(cluster):
    cluster.write("study.toml", LONG.replace("slow", "slaw", 1))
    before = cluster.listing()
    run = cluster.ranks(3, *RUN, code=2)
    assert run.err.count("chasm: ") == 1, run.err
    assert cluster.listing() == before


@pytest.mark.parametrize("difference", ["--set study.seed=8", "--block 64"])
def test_ranks_that_differ_are_refused(cluster, difference):
    before = cluster.listing()
    one = [program.PROGRAM, *RUN]
    two = list(one)
    if difference.startswith("--block"):
        two[two.index("--block") + 1] = "64"
    else:
        two += difference.split()
    run = cluster.ranks(2, program_line=[*one, ":", "-np", "1", *two], code=2)
    message = [line for line in run.err.splitlines() if line.startswith("chasm: ")]
    assert len(message) == 1 and "rank 2" in message[0] and "has another study or build" in message[0], run.err
    assert cluster.listing() == before


def test_a_study_that_one_rank_cannot_read(cluster):
    cluster.write("other.toml", LONG.replace("horizon = 200", "horizon = -1"))
    one = [program.PROGRAM, *RUN]
    two = [word.replace("study.toml", "other.toml") for word in one]
    run = cluster.ranks(1, program_line=[*one, ":", "-np", "1", *two], code=2)
    assert "rank 1" in run.err and "other.toml" in run.err, run.err


def test_another_output_folder_is_refused(cluster, tmp_path):
    """Ranks that write elsewhere: rank 0 would never see their journals."""
    (cluster.path / "elsewhere").mkdir()
    one = [program.PROGRAM, *RUN]
    run = cluster.ranks(1, program_line=[*one, ":", "-np", "1", "-wdir", tmp_path / "elsewhere", program.PROGRAM,
                                         *[w.replace("study.toml", "../study.toml") for w in RUN]], code=2)  # fmt: skip
    assert "that all machines of the run share" in run.err, run.err
