"""chasm trace of worlds that tell their events: the log, the initiatives, the life of one, and docs/trace.md.

CHASM_UPDATE_GOLDEN=1 writes the outputs in docs/trace.md anew:

    CHASM_UPDATE_GOLDEN=1 ctest --preset release -R app.trace
"""

import csv
import io
import os
import re
from collections import Counter
from pathlib import Path

import h5py
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "trace.md"
WORLD = ["--world", "as_it_is/0/0"]


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """The study of docs/trace.md, run as the page says."""
    from conftest import Folder

    folder = Folder(tmp_path_factory.mktemp("trace"))
    folder.write("watched.toml", re.search(r"```toml\n(.*?)```", PAGE.read_text(), re.S)[1])
    folder.chasm("run", "watched.toml", "-o", "watched.h5", "-q")
    return folder


def traced(folder, *options):
    return folder.chasm("trace", "watched.h5", *WORLD, *options)


def stored(folder, metric):
    with h5py.File(folder.path / "watched.h5") as file:
        return float(file[metric.replace(".", "_")][0, 0, 0])


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_page_shows_what_the_program_prints(watched):
    text = PAGE.read_text()

    def now(match):
        out = watched.chasm(*match[1].split()).out.splitlines()
        return f"    $ chasm {match[1]}\n\n" + "".join(f"    {line}".rstrip() + "\n" for line in out)

    fresh = re.sub(r"    \$ chasm (trace .*)\n\n(?:(?:    .*)?\n)*(?=\n\S|\Z)", now, text)
    if os.environ.get("CHASM_UPDATE_GOLDEN"):
        PAGE.write_text(fresh)
        text = fresh
    assert text.count("    $ chasm trace ") >= 2
    assert fresh == text


def test_events_as_text_are_in_order_and_proven(watched):
    out = traced(watched, "--events").out
    assert re.search(r"^proven: status and \d+ metrics are those of the file, bit for bit$", out, re.M)
    weeks = [int(line.split()[0]) for line in out.splitlines() if re.match(r"\s+\d+  ", line)]
    assert weeks == sorted(weeks) and weeks[0] == 0 and weeks[-1] == 208
    assert re.search(r"gate +initiative \d+ +gate=framing  verdict=(passed|stopped)  waited=", out)
    assert "USD/week" in out and "{currency}" not in out and "/100" not in out


def test_events_are_the_same_in_every_form(watched):
    log = traced(watched, "--events", "--json").json
    table = rows_of(traced(watched, "--events", "--csv").out)
    assert log["proven"] is True
    values = [
        (number, event["week"], event["event"], name, value)
        for number, event in enumerate(log["events"])
        for name, value in event["values"].items()
    ]
    assert len(values) == len(table) > 1000
    for (number, week, event, name, value), row in zip(values, table, strict=True):
        assert (number, week, event, name) == (int(row["note"]), int(row["week"]), row["event"], row["value"])
        assert value == (row["label"] or float(row["is"]))
    assert {row["unit"] for row in table if row["value"] == "promise"} == {"USD/100/week"}
    described = watched.chasm("describe", "enterprise", "--decisions", "--json").json["events"]
    known = {(event["name"], value["name"]): value for event in described for value in event["values"]}
    for row in table:
        labels = known[row["event"], row["value"]].get("labels")
        assert row["label"] == (labels[int(row["is"])] if labels else "")


def test_events_add_up_to_the_metrics_of_the_file(watched):
    happened = Counter(event["event"] for event in traced(watched, "--events", "--json").json["events"])
    for event, metric in [
        ("starts", "started"),
        ("goes_live", "went_live"),
        ("dispute", "disputes"),
        ("done_again", "rework"),
        ("retrained", "retrainings"),
    ]:
        assert happened[event] == stored(watched, metric) > 0, event


def test_initiatives(watched):
    table = rows_of(traced(watched, "--initiatives", "--csv").out)
    assert len(table) == stored(watched, "started")
    assert sum(row["live"] != "0" for row in table) == stored(watched, "went_live")
    causes = [name for name in table[0] if name.startswith("waterfall.")]
    for row in table:
        weeks = 208 - int(row["started"]) + 1
        assert sum(int(row[cause]) for cause in causes) == int(row["value"]) * weeks
        assert row["is_true"] == "1" or int(row["waterfall.realised"]) == 0
    for cause in causes[4:]:
        assert sum(int(row[cause]) for row in table) == stored(watched, cause), cause
    lines = traced(watched, "--initiatives").out.splitlines()
    assert len(lines) == len(table) + 3
    for line, row in zip(lines[2:-1], table, strict=True):
        assert line.split()[:7] == [row[c] for c in ["number", "kind", "class", "unit", "started", "reached", "ended"]]
    told = traced(watched, "--initiatives", "--json").json["initiatives"]
    assert [r["waterfall"]["realised"] for r in told] == [int(row["waterfall.realised"]) for row in table]


def test_every_initiative_has_a_story_that_keeps_the_truth_to_its_end(watched):
    for row in rows_of(traced(watched, "--initiatives", "--csv").out):
        out = traced(watched, "--initiative", row["number"]).out
        assert f"Initiative {row['number']}: {row['kind']}," in out and f"of unit {row['unit']}\n" in out
        life, truth = out.split("What nobody knew:")
        assert "hypothesis" not in life
        assert (" was true, worth " if row["is_true"] == "1" else " was false. ") in re.sub(r"\s+", " ", truth)
        assert f"In week {row['started']} it was started" in re.sub(r"\s+", " ", life)
        assert ("In use from week " in life) == (row["live"] != "0")
        shares = [int(s) for s in re.findall(r" (\d+) %$", truth, re.M)]
        assert shares[-1] == 100 and abs(sum(shares[:-1]) - 100) <= len(shares)


def test_one_initiative_in_numbers(watched):
    number = rows_of(traced(watched, "--initiatives", "--csv").out)[0]["number"]
    one = traced(watched, "--initiative", number, "--json").json
    assert [r["number"] for r in one["initiatives"]] == [int(number)]
    assert one["events"][0]["event"] == "arises" and one["events"][-1]["event"] == "waterfall"
    assert {e.get("initiative", e.get("opportunity")) for e in one["events"]} == {int(number)}
    everything = traced(watched, "--events", "--json").json["events"]
    assert one["events"] == [e for e in everything if e.get("initiative", e.get("opportunity")) == int(number)]
    log = traced(watched, "--initiative", number, "--events").out
    assert log.count(f" {number}") >= len(one["events"])


def test_what_is_wrong_is_said(watched, finished):
    started = [int(row["number"]) for row in rows_of(traced(watched, "--initiatives", "--csv").out)]
    missing = next(n for n in range(started[0], 10000) if n not in started)
    below, above = max(n for n in started if n < missing), min((n for n in started if n > missing), default=None)
    message = watched.refused("trace", "watched.h5", *WORLD, "--initiative", missing)
    assert f"started no initiative of that number (it started {len(started)}; nearest: {below}" in message
    assert above is None or f"{below} and {above})" in message
    assert "--initiatives" in message
    for options in [["--initiative", "-1"], ["--initiative", "many"], ["--initiatives", "--initiative", "3"]]:
        assert "--initiative" in watched.refused("trace", "watched.h5", *WORLD, *options)
    assert "--events" in watched.refused("trace", "watched.h5", *WORLD, "--initiatives", "--events")
    for options in [["--events"], ["--initiatives"], ["--initiative", "0"]]:
        message = finished.refused("trace", "f.h5", "--world", "0/0/0", *options)
        assert f"{options[0]}: march1991 has n" in message


def test_a_changed_world_tells_nothing(watched, tmp_path):
    from conftest import Folder

    folder = Folder(tmp_path)
    folder.write("watched.h5", watched.result("watched.h5"))
    with h5py.File(folder.path / "watched.h5", "r+") as file:
        file["started"][0, 0, 0] += 1
    run = folder.chasm("trace", "watched.h5", *WORLD, "--events", code=1)
    assert run.out == "" and "started of world as_it_is/0/0" in run.err
