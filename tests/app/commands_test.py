"""Every subcommand does what its help text says."""

import json
import math
import os

import h5py
import numpy as np
import pytest
from conftest import STUDY


def test_version(folder):
    text = folder.chasm("--version").out
    versions = folder.chasm("--version", "--json").json
    assert text.startswith(f"chasm {versions['version']} (commit ")
    for library in [
        "Boost",
        "CLI11",
        "Eigen",
        "fmt",
        "HDF5",
        "libcsv",
        "nlohmann-json",
        "OpenMP",
        "OpenSSL",
        "toml++",
        "xxHash",
    ]:
        assert versions["libraries"][library].split(".")[0].isdigit()
        assert library in text
    assert versions["compiler"] and versions["build"]
    assert versions["models"]["march1991"] >= 1
    assert versions["libraries"]["HDF5"].startswith("1.")


@pytest.mark.parametrize("model", ["march1991", "diffusion"])
def test_new_study_passes_check_and_runs(folder, model):
    out = folder.chasm("new", "mine.toml", "--model", model).out
    assert "next: chasm check mine.toml" in out
    assert "a valid study" in folder.chasm("check", "mine.toml").out
    folder.chasm("run", "mine.toml", "-o", "mine.h5", "-q")
    assert folder.chasm("info", "mine.h5", "--json").json["model"] == model


def test_check_counts_what_run_makes(folder):
    said = folder.chasm("check", "study.toml", "--json").json
    assert said["worlds"] == 2 * 37 * 5 and said["arms"] == 2 and said["steps"] == 30
    assert sorted(p.name for p in folder.path.iterdir()) == ["study.toml"]
    large = ["study.toml", "--set", "design.futures=20000"]
    said = folder.chasm("check", *large, "--json").json
    folder.chasm("run", *large, "-o", "f.h5", "-q")
    assert abs(said["result_bytes"] / len(folder.result()) - 1) < 0.1
    said = folder.chasm("check", "study.toml", "--json", "--block", "32", "--threads", "2").json
    assert said["blocks"] == math.ceil(37 * 5 / 16) and said["threads"] == 2


def test_check_says_what_outputs_cost(folder):
    folder.write(
        "study.toml",
        STUDY + '[outputs]\nmetrics = ["code_knowledge"]\nseries = { metrics = "all", every = 5, keep = "full" }\n',
    )
    text = folder.chasm("check", "study.toml").out
    assert (
        "*  1 metric" in text and "all 4 metrics" in text and "*  2 series every 5 steps, every world in full" in text
    )
    costs = {c["what"]: c for c in folder.chasm("check", "study.toml", "--json").json["outputs"]}
    # 370 worlds x 2 series x 7 rows x 4 bytes before compression.
    full = costs["2 series every 5 steps, every world in full"]
    assert full["chosen"] and 0.5 * 370 * 2 * 7 * 4 < full["bytes"] < 2 * 370 * 2 * 7 * 4 + 40000
    # A value of a series takes three times as long as a metric's.
    one = costs["1 metric"]["core_seconds"]
    assert one > 0 and abs(full["core_seconds"] - 3 * 2 * 7 * one) < 1e-9
    text_of_study = (folder.path / "study.toml").read_text()
    folder.write("bare.toml", text_of_study.replace("series =", "# series ="))
    kept, bare = (folder.chasm("check", name, "--json").json for name in ("study.toml", "bare.toml"))
    cores = min(kept["threads"], kept["blocks"])
    assert abs((kept["seconds"] - bare["seconds"]) * cores - full["core_seconds"]) < 1e-9
    for word in ["memory", "disk", "time", "journals", "temporary", "free"]:
        assert word in text


def test_run_says_where_the_result_is_and_what_comes_next(folder):
    out = folder.chasm("run", "study.toml", "-o", "f.h5").out
    assert out.startswith("f.h5: 370 worlds") and "0 failed" in out and out.endswith("next: chasm info f.h5\n")
    assert sorted(p.name for p in folder.path.iterdir()) == ["f.h5", "f.log.json", "study.toml"]
    again = folder.chasm("run", "study.toml", "-o", "f.h5").out
    assert "is finished" in again
    with h5py.File(folder.path / "f.h5") as file:
        assert file["code_knowledge"].shape == (2, 37, 5)


def test_run_writes_its_log(finished):
    log = json.loads((finished.path / "f.log.json").read_text())
    entry = (log["runs"] if isinstance(log, dict) else log)[-1]
    assert entry["outcome"] == "done" and entry["worlds"] == 370
    assert entry["content_digest"] == finished.chasm("info", "f.h5", "--json").json["content_digest"]


def test_set_replaces_values_of_the_study(folder):
    folder.chasm("run", "study.toml", "-o", "f.h5", "-q", "--set", "study.seed=11", "--set", "design.replications=2")
    info = folder.chasm("info", "f.h5", "--json").json
    assert info["seed"] == 11 and info["replications"] == 2


def test_finish_makes_the_result_of_shards(folder):
    for shard in ["2/3", "1/3", "3/3"]:
        out = folder.chasm("run", "study.toml", "-o", "f.h5", "--shard", shard, "--block", "32", "-q").out
        assert "chasm finish f.h5" in out
    assert not (folder.path / "f.h5").exists()
    running = folder.chasm("info", "f.h5", "--json").json
    assert running["finished"] is False and running["worlds_done"] == running["worlds"] == 370
    out = folder.chasm("finish", "f.h5").out
    assert out.startswith("f.h5: 370 worlds")
    assert not (folder.path / "f.h5.journal").exists()
    whole = folder.result()
    assert "is finished" in folder.chasm("finish", "f.h5").out
    assert folder.result() == whole


def test_a_study_of_fewer_blocks_than_shards(folder):
    for shard in ["1/3", "2/3", "3/3"]:
        folder.chasm("run", "study.toml", "-o", "f.h5", "--shard", shard, "-q")
    folder.chasm("finish", "f.h5")
    folder.chasm("verify", "f.h5")


def test_info_on_a_running_study(folder):
    folder.chasm("run", "study.toml", "-o", "f.h5", "--shard", "1/2", "--block", "32", "-q")
    text = folder.chasm("info", "f.h5").out
    assert text.startswith("f.h5 is not finished: 6 of 12 blocks") and "march1991 version" in text
    assert "next: chasm run STUDY.toml -o f.h5" in text


def test_info_numbers_are_those_of_numpy(folder):
    """Replications of a future share its draw, so the standard error is that of the futures' means."""
    folder.chasm("run", "study.toml", "-o", "f.h5", "-q")
    info = folder.chasm("info", "f.h5", "--json").json
    with h5py.File(folder.path / "f.h5") as file:
        values = file["code_knowledge"][...].astype(float)
    for arm, name in enumerate(["slow", "fast"]):
        said = info["metrics"]["code_knowledge"]["arms"][name]
        means = values[arm].mean(axis=1)
        assert said["n"] == 185 and said["independent_units"] == 37
        assert said["mean"] == pytest.approx(values[arm].mean(), rel=1e-12)
        assert said["standard_deviation"] == pytest.approx(values[arm].std(ddof=1), rel=1e-12)
        assert said["standard_error"] == pytest.approx(means.std(ddof=1) / np.sqrt(37), rel=1e-12)
        assert [said["q05"], said["q50"], said["q95"]] == pytest.approx(np.quantile(values[arm], [0.05, 0.5, 0.95]))
    difference = (values[1] - values[0]).mean(axis=1)
    said = info["metrics"]["code_knowledge"]["arms"]["fast"]["minus_baseline"]
    assert said["mean"] == pytest.approx(difference.mean(), rel=1e-9)
    assert said["standard_error"] == pytest.approx(difference.std(ddof=1) / np.sqrt(37), rel=1e-9)
    separate = values[0].mean(axis=1).var(ddof=1) + values[1].mean(axis=1).var(ddof=1)
    assert said["variance_reduction"] == pytest.approx(separate / difference.var(ddof=1), rel=1e-9)
    assert "minus_baseline" not in info["metrics"]["code_knowledge"]["arms"]["slow"]


def test_info_text(finished):
    text = finished.chasm("info", "f.h5").out
    for words in [
        "Learning, quickly",
        "march1991 version 1",
        "2 arms x 37 futures x 5 replications",
        "sha256:",
        "code_knowledge",
        "equilibrium_period",
        "variance /",
        "baseline",
    ]:
        assert words in text


def test_info_counts_absent_values(folder):
    """Few worlds are at rest after 5 periods; the others have no equilibrium period."""
    folder.chasm("run", "study.toml", "-o", "f.h5", "-q", "--set", "study.horizon=5")
    info = folder.chasm("info", "f.h5", "--json").json
    with h5py.File(folder.path / "f.h5") as file:
        absent = np.isnan(file["equilibrium_period"][...]).sum(axis=(1, 2))
    assert absent.max() > 0
    for arm, name in enumerate(["slow", "fast"]):
        said = info["metrics"]["equilibrium_period"]["arms"][name]
        assert said["absent"] == absent[arm] and said["n"] == 185 - absent[arm]


def test_describe_lists_models(folder):
    text = folder.chasm("describe").out
    assert "march1991" in text and "next: chasm describe" in text
    names = [m["name"] for m in folder.chasm("describe", "--json").json]
    assert names == sorted(names) and "march1991" in names
    assert "march1991" in json.dumps(folder.chasm("describe", "--schema").json)


def test_describe_model(folder):
    everything = folder.chasm("describe", "march1991", "--json").json
    assert {p["name"] for p in everything["parameters"]} >= {"socialisation", "code_learning"}
    assert [m["name"] for m in everything["metrics"]][:2] == ["code_knowledge", "individual_knowledge"]
    assert everything["decisions"][0]["number"] == 0
    text = folder.chasm("describe", "march1991").out
    for entry in everything["parameters"] + everything["metrics"] + everything["sizes"] + everything["decisions"]:
        assert entry["name"] in text


def test_describe_parts(folder):
    assert set(folder.chasm("describe", "march1991", "--json", "--metrics").json) >= {"metrics", "series"}
    assert "parameters" not in folder.chasm("describe", "march1991", "--json", "--metrics").json
    text = folder.chasm("describe", "march1991", "--parameters").out
    assert "socialisation" in text and "agreement" not in text
    assert "Random decisions" in folder.chasm("describe", "march1991", "--decisions").out


def test_describe_markdown_is_a_table_of_equal_rows(folder):
    text = folder.chasm("describe", "march1991", "--markdown").out
    assert text.startswith("# march1991\n")
    widths = {}
    section = None
    for line in text.splitlines():
        if line.startswith("## "):
            section = line
        elif line.startswith("|"):
            widths.setdefault(section, set()).add(line.replace("\\|", "").count("|"))
    assert len(widths) >= 4 and all(len(w) == 1 for w in widths.values())


def test_schema_accepts_the_study(folder):
    import jsonschema
    import tomllib

    schema = folder.chasm("describe", "march1991", "--schema").json
    jsonschema.validate(tomllib.loads(STUDY), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(STUDY.replace("horizon", "horizont")), schema)


def test_trace_prints_each_step_and_proves_itself(finished):
    text = finished.chasm("trace", "f.h5", "--world", "fast/3/2").out
    assert "proven: status and 4 metrics are those of the file, bit for bit" in text
    rows = [line.split() for line in text.splitlines() if line.split()[0].isdigit()]
    assert [int(r[0]) for r in rows] == list(range(31))
    with h5py.File(finished.path / "f.h5") as file:
        stored = file["code_knowledge"][1, 3, 2]
    traced = finished.chasm("trace", "f.h5", "--world", "1/3/2", "--json").json
    assert traced["world"] == "fast/3/2" and traced["status"] == "ok" and traced["proven"] is True
    assert np.float32(traced["metrics"]["code_knowledge"]) == stored
    assert np.float32(traced["series"]["code_knowledge"][-1]) == stored
    assert len(traced["period"]) == len(traced["series"]["code_knowledge"]) == 31
    table = finished.chasm("trace", "f.h5", "--world", "1/3/2", "--csv").out.splitlines()
    assert table[0] == "period,code_knowledge,individual_knowledge" and len(table) == 32
    assert np.float32(table[-1].split(",")[1]) == stored


def test_trace_agrees_with_series_that_were_kept(folder):
    folder.write("study.toml", STUDY + '[outputs.series]\nmetrics = "all"\nkeep = "full"\n')
    folder.chasm("run", "study.toml", "-o", "f.h5", "-q")
    traced = folder.chasm("trace", "f.h5", "--world", "slow/36/4", "--json").json
    with h5py.File(folder.path / "f.h5") as file:
        kept = file["code_knowledge_series"][0, 36, 4, :]
    assert np.array_equal(np.array(traced["series"]["code_knowledge"], dtype=np.float32), kept)


def change(path, variable, index, value):
    with h5py.File(path, "r+") as file:
        before = file[variable][index]
        assert before != value
        file[variable][index] = value


def test_verify(finished):
    text = finished.chasm("verify", "f.h5").out
    assert "370 of 370 worlds run again" in text and "sha256:" in text
    assert "of 370 worlds run again" in finished.chasm("verify", "f.h5", "--sample", "16", "--lanes", "1").out
    finished.chasm("verify", "f.h5", "--all", "--threads", "2")


@pytest.mark.parametrize("keep", ["bands", "full"])
def test_verify_all_compares_series_too(folder, keep):
    folder.write("study.toml", STUDY + f'[outputs.series]\nmetrics = "all"\nevery = 10\nkeep = "{keep}"\n')
    folder.chasm("run", "study.toml", "-o", "f.h5", "-q")
    folder.chasm("verify", "f.h5", "--all")
    assert "of 370 worlds run again" in folder.chasm("verify", "f.h5", "--sample", "8").out
    if keep == "full":
        change(folder.path / "f.h5", "individual_knowledge_series", (1, 3, 2, 2), 0.125)
        words = "individual_knowledge of world fast/3/2 at period 20 is 0.125 in the file"
    else:
        change(folder.path / "f.h5", "individual_knowledge_histogram", (1, 2, 40), 999)
        words = "bin 40 of individual_knowledge in arm fast at period 20 counts 999 worlds in the file"
    assert words in folder.chasm("verify", "f.h5", "--all", code=1).out


def test_verify_names_a_changed_value(finished):
    change(finished.path / "f.h5", "agreement", (1, 17, 3), 0.123)
    run = finished.chasm("verify", "f.h5", code=1)
    assert "agreement of world fast/17/3 is 0.123" in run.out
    assert "content was changed" in run.err and "1 difference" in run.err


def test_verify_sees_a_change_outside_of_its_sample_by_the_digest(finished):
    change(finished.path / "f.h5", "agreement", (1, 17, 3), 0.123)
    run = finished.chasm("verify", "f.h5", "--sample", "1", code=1)
    assert "content was changed" in run.err and "--all" in run.err


def test_verify_sees_a_world_marked_as_failed(finished):
    change(finished.path / "f.h5", "status", (0, 0, 0), 2)
    assert "world slow/0/0 is failed" in finished.chasm("verify", "f.h5", code=1).out


def test_verify_and_trace_name_the_model_version_they_need(finished):
    with h5py.File(finished.path / "f.h5", "r+") as file:
        version = int(file.attrs["model_version"][0])
        file.attrs["model_version"] = version + 1
    for command in [["verify"], ["trace", "--world", "0/0/0"]]:
        message = finished.refused(command[0], "f.h5", *command[1:])
        assert f"needs march1991 version {version + 1} (this chasm has version {version})" in message
    finished.chasm("info", "f.h5")


def test_trace_refuses_to_prove_a_changed_world(finished):
    change(finished.path / "f.h5", "agreement", (1, 17, 3), 0.123)
    run = finished.chasm("trace", "f.h5", "--world", "fast/17/3", code=1)
    assert run.out == "" and "agreement of world fast/17/3 is 0.123" in run.err
    finished.chasm("trace", "f.h5", "--world", "fast/17/2")


def test_verify_asks_for_tables_and_takes_them_from_elsewhere(folder):
    folder.write("futures.csv", "code_learning\n0.3\n0.5\n0.7\n")
    text = STUDY.split("[uncertain]")[0].replace("futures = 37", 'method = "table"\npath = "futures.csv"')
    folder.write("study.toml", text)
    folder.chasm("run", "study.toml", "-o", "f.h5", "-q")
    folder.chasm("verify", "f.h5")
    (folder.path / "futures.csv").rename(folder.path / "moved.csv")
    assert "futures.csv" in folder.refused("verify", "f.h5")
    folder.chasm("verify", "f.h5", "--tables", "moved.csv")
    folder.write("moved.csv", "code_learning\n0.3\n0.5\n0.8\n")
    folder.refused("verify", "f.h5", "--tables", "moved.csv")


def test_diff(finished):
    finished.chasm("run", "study.toml", "-o", "same.h5", "-q", "--threads", "1", "--lanes", "1")
    assert "are the same result" in finished.chasm("diff", "f.h5", "same.h5").out
    finished.chasm("run", "study.toml", "-o", "other.h5", "-q", "--set", "study.seed=8")
    text = finished.chasm("diff", "f.h5", "other.h5", code=1).out
    assert "seed: 7 | 8" in text and "values of code_knowledge: " in text
    finished.chasm("run", "study.toml", "-o", "shorter.h5", "-q", "--set", "design.replications=4")
    text = finished.chasm("diff", "f.h5", "shorter.h5", code=1).out
    assert "replications: 5 | 4" in text and "replication 5" in text


def test_diff_names_one_changed_value(finished):
    finished.write("g.h5", finished.result())
    change(finished.path / "g.h5", "agreement", (1, 17, 3), 0.123)
    text = finished.chasm("diff", "f.h5", "g.h5", code=1).out
    assert "values of agreement: 1 of 370 worlds differ" in text and "first in world fast/17/3" in text


def test_bench(folder):
    result = folder.chasm("bench", "march1991", "--seconds", "0.02", "--json").json
    runs = result["models"]["march1991"]["runs"]
    assert {(r["isa"], r["width"]) for r in runs} >= {("plain", 1)}
    for rate in [result["random_words_per_second"], *(r["worlds_per_second"] for r in runs)]:
        assert 0 < rate["low"] <= rate["median"] <= rate["high"]
    assert "worlds/s" in folder.chasm("bench", "march1991", "--seconds", "0.02").out


def test_output_that_cannot_be_written_is_an_error(folder):
    with open("/dev/full", "w") as full:
        run = folder.start("describe", "march1991", stdout=full)
        err = run.communicate(timeout=60)[1]
    assert run.returncode == 1 and "standard output" in err


def test_a_closed_pipe_ends_quietly(folder):
    read, write = os.pipe()
    os.close(read)
    run = folder.start("describe", "march1991", stdout=write)
    os.close(write)
    assert run.communicate(timeout=60)[1] == ""


FAILING = """\
schema = "chasm-study-1"
[study]
title = "More seeds than agents"
model = "diffusion"
horizon = 3
[setting]
agents = 40
"network.kind" = "ring"
[arms.many]
set = { seeds = 41 }
[design]
futures = 10
[outputs]
failed_share = %s
"""


def test_too_many_failed_worlds_are_an_error_after_the_file_is_written(folder):
    folder.write("study.toml", FAILING % "0.4")
    run = folder.chasm("run", "study.toml", "-o", "f.h5", "-q", code=1)
    assert "10 of 20 worlds failed (50 %, and the study allows 40 %)" in run.err and "10 failed" in run.out
    info = folder.chasm("info", "f.h5", "--json").json
    assert info["failed"] == 10 and list(info["failures"]) == ["many"]
    assert info["metrics"]["adopted"]["arms"]["many"]["n"] == 0
    assert "more seeds than agents" in folder.chasm("info", "f.h5").out
    assert "more seeds than agents" in folder.chasm("trace", "f.h5", "--world", "many/0/0").out
    folder.chasm("verify", "f.h5", "--all")


def test_failed_worlds_that_the_study_allows_are_no_error(folder):
    folder.write("study.toml", FAILING % "0.5")
    assert "10 failed" in folder.chasm("run", "study.toml", "-o", "f.h5", "-q").out
