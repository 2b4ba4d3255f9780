"""One study, one file: threads, lanes, blocks, shards and interruptions change no byte."""

import itertools
import random

import pytest
from conftest import STUDY

OUTPUTS = '[outputs]\nmetrics = "all"\nseries = { metrics = "all", every = 4, keep = "%s" }\n'


@pytest.fixture(params=["bands", "full"])
def study(request, folder):
    folder.write("study.toml", STUDY + OUTPUTS % request.param)
    folder.chasm("run", "study.toml", "-o", "f.h5", "-q")
    return folder


def lanes_here(folder):
    usable = []
    for lanes in ["1", "8", "16"]:
        run = folder.start("check", "study.toml", "--lanes", lanes)
        run.communicate(timeout=60)
        if run.returncode == 0:
            usable.append(lanes)
    return usable


def test_threads_lanes_and_blocks(study):
    whole = study.result()
    usable = lanes_here(study)
    assert "1" in usable
    for threads, lanes in itertools.product(["1", "2", "5"], usable):
        for block in ["2", "34", "1000"]:
            study.chasm(
                "run", "study.toml", "-o", "g.h5", "-q", "--threads", threads, "--lanes", lanes, "--block", block
            )
            assert study.result("g.h5") == whole, (threads, lanes, block)
            (study.path / "g.h5").unlink()


def test_shards_in_any_order(study):
    whole = study.result()
    shuffle = random.Random(1)
    for count in [1, 2, 5, 40]:
        order = list(range(1, count + 1))
        shuffle.shuffle(order)
        for k in order:
            study.chasm("run", "study.toml", "-o", "g.h5", "-q", "--shard", f"{k}/{count}", "--block", "16")
        if count > 1:
            study.chasm("finish", "g.h5", "-q")
        assert study.result("g.h5") == whole, (count, order)
        (study.path / "g.h5").unlink()


def test_shards_at_the_same_time(study):
    runs = [
        study.start("run", "study.toml", "-o", "g.h5", "-q", "--shard", f"{k}/4", "--block", "16") for k in range(1, 5)
    ]
    for run in runs:
        _, err = run.communicate(timeout=120)
        assert run.returncode == 0, err
    study.chasm("finish", "g.h5", "--study", "study.toml", "-q")
    assert study.result("g.h5") == study.result()


def test_a_shard_first_and_the_whole_study_then(study):
    study.chasm("run", "study.toml", "-o", "g.h5", "-q", "--shard", "2/3", "--block", "16")
    out = study.chasm("run", "study.toml", "-o", "g.h5", "-q", "--block", "16").out
    assert "found in the journal" in out
    assert study.result("g.h5") == study.result()
