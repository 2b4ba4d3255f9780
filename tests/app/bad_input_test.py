"""Bad input: one message, exit 2, nothing written."""

import os
import resource
import shutil
import subprocess

import pytest
from conftest import PROGRAM, STUDY

PLANT = os.environ["CHASM_PLANT_JOURNAL"]


def changed(old, new):
    assert old in STUDY
    return STUDY.replace(old, new)


BAD_STUDIES = {
    "syntax": (changed("seed = 7", "seed = = 7"), ["study.toml:5:"]),
    "unknown key": (changed("horizon", "horizont"), ["study.toml:6:", "horizont", "horizon"]),
    "unknown parameter": (changed("code_learning", "code_lerning"), ["code_lerning", "code_learning"]),
    "unknown model": (changed('"march1991"', '"march1992"'), ["march1992", "march1991"]),
    "above its range": (changed("socialisation = 0.9", "socialisation = 1.9"), ["study.toml:", "1.9", "socialisation"]),
    "wrong unit": (changed("horizon = 30", 'horizon = "30 weeks"'), ["study.toml:6:", "period"]),
    "wrong type": (changed("futures = 37", 'futures = "many"'), ["study.toml:", "futures"]),
    "zero replications": (changed("replications = 5", "replications = 0"), ["study.toml:", "replications"]),
    "zero futures": (changed("futures = 37", "futures = 0"), ["study.toml:", "futures"]),
    "10^15 worlds": (
        changed("futures = 37", "futures = 4000000000").replace("replications = 5", "replications = 65536"),
        ["worlds"],
    ),
    "not UTF-8": (changed("quickly", "quickly").encode() + b"# \xff\xfe\n", ["study.toml"]),
    "empty": ("", ["study.toml"]),
}


@pytest.mark.parametrize("name", BAD_STUDIES)
@pytest.mark.parametrize("command", ["check", "run"])
def test_study(folder, command, name):
    text, words = BAD_STUDIES[name]
    folder.write("study.toml", text)
    message = folder.refused(command, "study.toml", "-o", "f.h5")
    for word in words:
        assert word in message


def test_a_study_too_large_for_any_disk_is_refused_at_once(folder):
    text = changed("futures = 37", "futures = 4000000").replace("replications = 5", "replications = 65536")
    folder.write("study.toml", text)
    for command in ["check", "run"]:
        message = folder.refused(command, "study.toml", "-o", "f.h5")
        assert "does not fit the disk" in message and "TB" in message


@pytest.mark.parametrize("command", ["check", "run"])
def test_study_file_that_cannot_be_read(folder, command):
    assert "absent.toml" in folder.refused(command, "absent.toml", "-o", "f.h5")
    os.mkdir(folder.path / "a_folder")
    assert "a_folder" in folder.refused(command, "a_folder", "-o", "f.h5")


CONTRADICTIONS = {
    "odd degree": ("ring", "agents = 40\nnetwork.degree = 3\n", "study.toml:9:18: setting.network.degree: 3 is odd"),
    "a default": ("ring", "agents = 2\n", "study.toml: network.degree: 8 neighbours are more than there are"),
    "unused": (
        "ring",
        "[tables]\nnetwork.edges = 'e.csv'\n",
        "study.toml:9:17: tables.network.edges: a table that is not",
    ),
    "no table": ("file", "agents = 3\n", "study.toml: network.edges: no table"),
    "in the table": ("file", "agents = 2\n[tables]\nnetwork.edges = 'e.csv'\n", "chasm: e.csv: row 2"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
@pytest.mark.parametrize("command", ["check", "run"])
def test_what_a_model_refuses_has_its_place(folder, command, name):
    kind, more, words = CONTRADICTIONS[name]
    head = 'schema = "chasm-study-1"\n[study]\ntitle = "d"\nmodel = "diffusion"\nhorizon = 3\n'
    folder.write("e.csv", "from,to\n0,0\n")
    folder.write("study.toml", head + f'[setting]\nnetwork.kind = "{kind}"\n' + more)
    assert words in folder.refused(command, "study.toml", "-o", "f.h5")
    folder.write("study.toml", head + "[setting]\nnetwork.kind = 'ring'\n")
    message = folder.refused(command, "study.toml", "-o", "f.h5", "--set", "setting.network.degree=3")
    assert "--set setting.network.degree=3: setting.network.degree: 3 is odd" in message


TABLES = {
    "not a number": ("code_learning\n0.3\nnan\n", ["futures.csv", "nan"]),
    "ragged": ("code_learning,turnover\n0.3,0.1\n0.4\n", ["futures.csv", "3"]),
    "missing column": ("learning\n0.3\n", ["design.path", "learning", "code_learning"]),
    "no rows": ("code_learning\n", ["futures.csv"]),
    "out of range": ("code_learning\n0.3\n1.5\n", ["1.5"]),
}


@pytest.mark.parametrize("name", TABLES)
def test_table(folder, name):
    table, words = TABLES[name]
    folder.write("futures.csv", table)
    text = STUDY.split("[uncertain]")[0].replace("futures = 37", 'method = "table"\npath = "futures.csv"')
    folder.write("study.toml", text)
    message = folder.refused("run", "study.toml", "-o", "f.h5")
    for word in words:
        assert word in message


def test_missing_table(folder):
    text = STUDY.split("[uncertain]")[0].replace("futures = 37", 'method = "table"\npath = "futures.csv"')
    folder.write("study.toml", text)
    assert "futures.csv" in folder.refused("run", "study.toml", "-o", "f.h5")


@pytest.mark.parametrize("shard", ["5/4", "0/4", "1/0", "1", "a/b", "-1/4", "1/4x"])
def test_shard(folder, shard):
    message = folder.refused("run", "study.toml", "-o", "f.h5", f"--shard={shard}")
    assert "--shard " + shard in message


def test_output_path(folder):
    assert "no folder" in folder.refused("run", "study.toml", "-o", "nowhere/f.h5")
    assert "folder" in folder.refused("run", "study.toml", "-o", ".")
    folder.write("f.h5", "my only copy of something else")
    message = folder.refused("run", "study.toml", "-o", "f.h5")
    assert "f.h5" in message and "--force" in message


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_no_study_or_table_is_written_over(folder, force):
    assert "the study itself" in folder.refused("run", "study.toml", "-o", "./study.toml", *force)
    os.link(folder.path / "study.toml", folder.path / "again.h5")
    assert "the study itself" in folder.refused("run", "study.toml", "-o", "again.h5", *force)
    folder.write("futures.csv", "code_learning\n0.3\n")
    for name in ["futures.csv", "common.toml"]:
        assert "call it " + name.split(".")[0] + ".h5" in folder.refused("run", "study.toml", "-o", name, *force)


def test_output_path_that_is_a_link_to_nothing(folder):
    os.symlink("nowhere/f.h5", folder.path / "f.h5")
    assert "link to nothing" in folder.refused("run", "study.toml", "-o", "f.h5")
    assert not (folder.path / "f.h5.journal").exists()


@pytest.mark.parametrize("length", [159, 252, 300])
def test_output_path_whose_name_leaves_no_room_for_files_beside_it(folder, length):
    message = folder.refused("run", "study.toml", "-o", "a" * (length - 3) + ".h5")
    assert f"too long (it has {length} bytes" in message
    folder.chasm("run", "study.toml", "-o", "b" * 155 + ".h5", "-q")


def test_result_of_another_study_is_not_overwritten(finished):
    finished.write("study.toml", changed("seed = 7", "seed = 8"))
    message = finished.refused("run", "study.toml", "-o", "f.h5")
    assert "seed" in message and "--force" in message
    finished.chasm("run", "study.toml", "-o", "f.h5", "--force", "-q")
    assert finished.chasm("info", "f.h5", "--json").json["seed"] == 8


def unprivileged():
    """How to run a command as somebody who may not write everywhere, or None."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv"):
        return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    return None


def test_folder_without_write_permission(folder, tmp_path_factory):
    as_nobody = unprivileged()
    if as_nobody is None:
        pytest.skip("running as root without setpriv: every folder is writable")
    locked = folder.path / "locked"
    locked.mkdir()
    locked.chmod(0o555)
    # Everybody may look into the temporary folders above.
    for parent in [folder.path, *folder.path.parents][:3]:
        parent.chmod(parent.stat().st_mode | 0o055)
    program = folder.path / "chasm"
    shutil.copy(PROGRAM, program)
    run = subprocess.run(
        [*as_nobody, program, "run", "study.toml", "-o", "locked/f.h5"],
        cwd=folder.path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2, run.stderr
    assert "locked" in run.stderr and "ermission" in run.stderr
    assert list(locked.iterdir()) == []

    checked = subprocess.run(
        [*as_nobody, program, "check", "study.toml", "-o", "locked/f.h5"],
        cwd=folder.path,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 2 and checked.stderr == run.stderr


def test_check_refuses_the_output_paths_that_run_refuses(folder):
    os.mkdir(folder.path / "a_folder")
    for path in ["nowhere/f.h5", "a_folder", "study.toml", "a" * 200 + ".h5"]:
        assert folder.refused("check", "study.toml", "-o", path) == folder.refused("run", "study.toml", "-o", path)
    folder.chasm("check", "study.toml")


def test_a_limit_on_the_size_of_files_is_like_a_full_disk(folder):
    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    study = ["run", "study.toml", "-o", "f.h5", "-q", "--set", "design.futures=2000"]
    run = folder.start(*study, preexec_fn=limited)
    err = run.communicate(timeout=60)[1]
    assert run.returncode == 1 and "too large" in err and "f.h5.journal/" in err, err
    folder.chasm(*study)


OTHERS = {
    "study": "seed",
    "code": "commit",
    "model": "version of the model",
    "address": "address",
}


@pytest.mark.parametrize("what", OTHERS)
def test_journal_of_another(folder, what):
    subprocess.run([PLANT, "study.toml", "f.h5", what], cwd=folder.path, check=True)
    for arguments in [
        ["run", "study.toml", "-o", "f.h5", "--block", "32"],
        ["finish", "f.h5", "--study", "study.toml"],
    ]:
        message = folder.refused(*arguments)
        assert OTHERS[what] in message, message


def test_a_planted_journal_of_this_very_study_is_taken(folder):
    subprocess.run([PLANT, "study.toml", "f.h5", "nothing"], cwd=folder.path, check=True)
    assert "found in the journal" in folder.chasm("run", "study.toml", "-o", "f.h5", "--block", "32", "-q").out


def test_finish_without_journals_or_with_missing_blocks(folder):
    assert "no journal" in folder.refused("finish", "f.h5")
    folder.chasm("run", "study.toml", "-o", "f.h5", "--shard", "1/2", "--block", "32", "-q")
    message = folder.refused("finish", "f.h5")
    assert "not complete" in message and "missing" in message


def test_finish_of_what_is_finished_with_another_study(finished):
    assert "is finished" in finished.chasm("finish", "f.h5", "--study", "study.toml").out
    finished.write("other.toml", changed("seed = 7", "seed = 8"))
    message = finished.refused("finish", "f.h5", "--study", "other.toml")
    assert "the seed is 7 there, 8 here" in message


def test_other_blocks_are_no_other_study(folder):
    folder.chasm("run", "study.toml", "-o", "f.h5", "--shard", "1/2", "--block", "32", "-q")
    message = folder.refused("run", "study.toml", "-o", "f.h5", "--block", "64")
    assert "is 32 there, 64 here" in message and "give --block 32" in message
    assert "another study" not in message
    assert "found in the journal" in folder.chasm("run", "study.toml", "-o", "f.h5", "--block", "32", "-q").out


def test_finish_with_another_study(folder):
    folder.chasm("run", "study.toml", "-o", "f.h5", "--shard", "1/2", "--block", "32", "-q")
    folder.write("other.toml", changed("seed = 7", "seed = 8"))
    assert "seed" in folder.refused("finish", "f.h5", "--study", "other.toml")


@pytest.mark.parametrize("command", [["info"], ["verify"], ["trace", "--world", "0/0/0"], ["diff", "study.toml"]])
def test_not_a_result(folder, command):
    folder.write("f.h5", "not HDF5 at all")
    assert "f.h5" in folder.refused(command[0], "f.h5", *command[1:])
    assert "absent.h5" in folder.refused(command[0], "absent.h5", *command[1:])


def test_truncated_result(finished):
    whole = finished.result()
    for share in [0.1, 0.5, 0.99]:
        finished.write("f.h5", whole[: int(len(whole) * share)])
        for command in [["info"], ["verify"], ["trace", "--world", "0/0/0"]]:
            assert "f.h5" in finished.refused(command[0], "f.h5", *command[1:])


@pytest.mark.parametrize(
    "world", ["slow/0", "slow/37/0", "slow/0/5", "medium/0/0", "2/0/0", "slow/-1/0", "", "/", "slow/a/0"]
)
def test_world(finished, world):
    assert "--world" in finished.refused("trace", "f.h5", "--world=" + world)


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "study.toml"],
        ["run", "-o", "f.h5"],
        ["run", "study.toml", "-o", "f.h5", "--threads", "0"],
        ["run", "study.toml", "-o", "f.h5", "--threads", "many"],
        ["run", "study.toml", "-o", "f.h5", "--lanes", "3"],
        ["run", "study.toml", "-o", "f.h5", "--threads", "-1"],
        ["run", "study.toml", "-o", "f.h5", "--threads", "1e3"],
        ["run", "study.toml", "-o", "f.h5", "--block", "99999999999999999999999"],
        ["run", "study.toml", "-o", "f.h5", "--block", ""],
        ["check", "study.toml", "--block", "+3"],
        ["bench", "march1991", "--seconds", "nan"],
        ["bench", "march1991", "--seconds", "-1"],
        ["run", "study.toml", "-o", "f.h5", "--backend", "abacus"],
        ["run", "study.toml", "-o", "f.h5", "--blok", "3"],
        ["run", "study.toml", "-o", "f.h5", "--set", "study.sed=3"],
        ["run", "study.toml", "-o", "f.h5", "--set", "nonsense"],
        ["describe", "march"],
        ["describe", "march1991", "--json", "--schema"],
        ["completion", "csh"],
        ["verify", "f.h5", "--all", "--sample", "3"],
        ["verify", "f.h5", "--sample", "0"],
        ["run", "study.toml", "-o", "f.h5", "--block", "-1"],
        ["check", "study.toml", "--block", "0"],
        ["rn", "study.toml"],
        ["--json"],
        ["--nonsense"],
    ],
    ids=" ".join,
)
def test_command_line(folder, arguments):
    folder.refused(*arguments)


def test_a_mistyped_command_is_told_the_right_one(folder):
    assert '"run"' in folder.refused("rum", "study.toml")


def test_cuda_says_what_is_missing(folder):
    process = folder.start("check", "study.toml", "--backend", "cuda")
    process.communicate(timeout=300)
    if process.returncode == 0:
        pytest.skip("this machine has a CUDA device, and this build runs on it")
    for command in [("run", "study.toml", "-o", "f.h5"), ("check", "study.toml")]:
        message = folder.refused(*command, "--backend", "cuda")
        assert "--backend cpu" in message
        assert any(f"CUDA {part}" in message for part in ["kernels", "device"]) or "driver" in message
    message = folder.refused("run", "study.toml", "-o", "f.h5", "--backend", "cuda", "--lanes", "1")
    assert "--lanes 1" in message and "leave one of the two out" in message


LAUNCHERS = {
    "mpirun": {"OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "1"},
    "mpiexec": {"PMI_SIZE": "2", "PMI_RANK": "0"},
    "srun": {"SLURM_NTASKS": "3", "SLURM_PROCID": "2"},
    "srun step": {"SLURM_NTASKS": "3", "SLURM_STEP_NUM_TASKS": "3", "SLURM_PROCID": "0"},
}


@pytest.mark.parametrize("launcher", LAUNCHERS)
def test_a_launcher_with_several_ranks(folder, launcher):
    message = folder.refused("run", "study.toml", "-o", "f.h5", env=LAUNCHERS[launcher])
    # Nobody started these variables' processes: a build with MPI finds none of them.
    assert "no MPI" in message or ("MPI sees" in message and "--mpi=pmix" in message)
    assert "--shard" in message
    folder.chasm("run", "study.toml", "-o", "f.h5", "--shard", "1/1", "-q", env=LAUNCHERS[launcher])


def test_one_rank_of_a_launcher_and_a_batch_script_run(folder):
    folder.chasm(
        "run", "study.toml", "-o", "f.h5", "-q", env={"OMPI_COMM_WORLD_SIZE": "1", "OMPI_COMM_WORLD_RANK": "0"}
    )
    # The script of a job with eight tasks is one process.
    script = {"SLURM_NTASKS": "8", "SLURM_STEP_NUM_TASKS": "1", "SLURM_PROCID": "0"}
    folder.chasm("run", "study.toml", "-o", "g.h5", "-q", env=script)


def test_windows_line_ends_and_byte_order_mark_are_accepted(finished):
    finished.write("study.toml", b"\xef\xbb\xbf" + STUDY.replace("\n", "\r\n").encode())
    finished.chasm("run", "study.toml", "-o", "g.h5", "-q")
    assert finished.result("g.h5") == finished.result("f.h5")


def test_more_threads_than_cores_warns(folder):
    run = folder.chasm("run", "study.toml", "-o", "f.h5", "--threads", "4000", "-q")
    assert "warning: 4000 threads" in run.err


def test_new_does_not_overwrite(folder):
    assert "exists" in folder.refused("new", "study.toml")
    assert "nowhere" in folder.refused("new", "nowhere/study.toml")
    assert "march1991" in folder.refused("new", "other.toml", "--model", "march1990")
    assert "march1991.toml" in folder.refused("new", "march1991")
