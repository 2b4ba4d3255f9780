"""chasm diff: what two results differ in, and what they share all the same."""

import h5py
import pytest


@pytest.fixture
def two(finished):
    def run(*settings):
        sets = [word for setting in settings for word in ("--set", setting)]
        finished.chasm("run", "study.toml", "-o", "other.h5", "-q", *sets)
        return finished.chasm("diff", "f.h5", "other.h5", code=1).out.splitlines()

    return run


def test_a_study_that_grew_keeps_its_worlds(two):
    text = two("design.futures=40", "design.replications=6")
    assert "futures: 37 | 40" in text and "replications: 5 | 6" in text
    assert "values of agreement: the same in 370 worlds that both have" in text
    assert not any("differ" in line for line in text)


def test_an_arm_more_leaves_the_others_as_they_were(two):
    text = two("arms.faster.set={socialisation=1}", 'design.arms=["slow","faster","fast"]')
    assert "arms: slow, fast | slow, faster, fast" in text
    assert "values of code_knowledge: the same in 370 worlds that both have" in text
    assert "variable status: (arm 2 x future 37 x replication 5) | (arm 3 x future 37 x replication 5)" in text


def test_a_difference_in_common_worlds_is_found_whatever_their_place(two):
    text = two("design.futures=40", "arms.fast.set={socialisation=0.8}")
    [line] = [line for line in text if line.startswith("values of code_knowledge: ")]
    assert " of 370 worlds that both have differ, by at most 0." in line and "first in world fast/0/" in line


def test_a_value_that_is_missing_is_no_distance(two):
    # Worlds that are not at rest by then have no equilibrium_period.
    [line] = [line for line in two("study.horizon=12") if line.startswith("values of equilibrium_period: ")]
    assert "differ, all in having a value at all; first in world" in line and " | nan" in line


def test_a_line_more_in_the_study_is_one_difference(two):
    text = two("parameters.turnover=0")
    assert [line for line in text if line.startswith("study")] == [
        "study, line 13, only in the second: [parameters]",
        "study, line 14, only in the second: turnover = 0",
        "study, line 15, only in the second: ",
    ]


def test_who_computed_a_result_is_no_difference(finished):
    finished.write("other.h5", finished.result())
    with h5py.File(finished.path / "other.h5", "r+") as file:
        file.attrs["code_version"] = "9.9.9"
    text = finished.chasm("diff", "f.h5", "other.h5").out
    assert "code: 0." in text and "| 9.9.9 " in text and text.endswith("are the same result\n")


def test_an_attribute_alone_is_seen_by_the_digest(finished):
    finished.write("other.h5", finished.result())
    with h5py.File(finished.path / "other.h5", "r+") as file:
        digest = bytes(file.attrs["content_digest"])
        file.attrs["content_digest"] = digest[:-1] + (b"0" if digest.endswith(b"1") else b"1")
    assert "content digest: sha256:" in finished.chasm("diff", "f.h5", "other.h5", code=1).out
