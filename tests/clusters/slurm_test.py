"""The templates of hpc/slurm on a real Slurm of one node, started here from the distribution's packages."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from conftest import LONG, program

TEMPLATES = Path(__file__).parents[2] / "hpc" / "slurm"
# Enough for three allocations of some seconds each on three ranks of one lane.
ALLOCATIONS = LONG.replace("futures = 3000", "futures = 160000")
OPTIONS = "--block 128 --threads 1 --lanes 1 -q"
NEEDED = ["slurmctld", "slurmd", "munged", "srun", "sbatch", "scontrol"]


def find(name):
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Slurm:
    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="chasm-slurm-"))
        self.folder.chmod(0o755)
        self.daemons = []
        name, at = socket.gethostname().split(".")[0], self.folder
        for folder in ("spool", "state"):
            (at / folder).mkdir()
        (at / "key").write_bytes(os.urandom(128))
        (at / "key").chmod(0o600)
        (at / "slurm.conf").write_text(
            f"ClusterName=chasm\nSlurmctldHost={name}(127.0.0.1)\nSlurmUser=root\nSlurmdUser=root\n"
            f"SlurmctldPort={free_port()}\nSlurmdPort={free_port()}\n"
            f"AuthType=auth/munge\nCredType=cred/munge\nAuthInfo=socket={at}/munge.sock\n"
            f"StateSaveLocation={at}/state\nSlurmdSpoolDir={at}/spool\n"
            f"SlurmctldPidFile={at}/slurmctld.pid\nSlurmdPidFile={at}/slurmd.pid\n"
            f"SlurmctldLogFile={at}/slurmctld.log\nSlurmdLogFile={at}/slurmd.log\n"
            "ProctrackType=proctrack/linuxproc\nTaskPlugin=task/none\nSelectType=select/cons_tres\n"
            "SelectTypeParameters=CR_CPU\nSchedulerType=sched/builtin\nMpiDefault=none\nReturnToService=2\n"
            "AccountingStorageType=accounting_storage/none\nJobAcctGatherType=jobacct_gather/none\n"
            "JobCompType=jobcomp/none\nKillWait=5\nSlurmdParameters=config_overrides\n"
            f"NodeName={name} NodeAddr=127.0.0.1 CPUs=8 RealMemory=1000 State=UNKNOWN\n"
            f"SchedulerParameters=sched_interval=2,sched_min_interval=100000\n"
            f"PartitionName=all Nodes={name} Default=YES MaxTime=INFINITE State=UP\n"
        )
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("OMPI_", "PMI", "SLURM_"))}
        self.env = clean | {
            "SLURM_CONF": str(at / "slurm.conf"),
            "PATH": f"{Path(program.PROGRAM).parent}:{os.environ['PATH']}",
            "OMPI_ALLOW_RUN_AS_ROOT": "1",
            "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
        }
        munge = [f"--socket={at}/munge.sock", f"--key-file={at}/key", f"--pid-file={at}/munge.pid"]
        self.start("munged", "--force", "--foreground", *munge, f"--log-file={at}/munge.log", f"--seed-file={at}/seed")
        self.wait(lambda: (at / "munge.sock").exists())
        self.start("slurmctld", "-D", "-i")
        self.start("slurmd", "-D", "-f", at / "slurm.conf")
        self.wait(lambda: self.ask("sinfo", "-h", "-o", "%T").strip() == "idle")

    def start(self, name, *arguments):
        with open(self.folder / f"{name}.out", "w") as out:
            self.daemons.append(
                subprocess.Popen(
                    [find(name), *map(str, arguments)], env=self.env, stdout=out, stderr=out, stdin=subprocess.DEVNULL
                )
            )

    def wait(self, there):
        until = time.monotonic() + 120
        while not there():
            dead = [d.args[0] for d in self.daemons if d.poll() is not None]
            if dead or time.monotonic() > until:
                logs = {p.name: p.read_text()[-500:] for p in self.folder.glob("*.*o*")}
                self.stop()
                pytest.skip(f"Slurm does not start on this machine ({', '.join(dead) or 'no answer'}): {logs}")
            time.sleep(0.2)

    def ask(self, *command):
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False).stdout

    def submit(self, cluster, template, *options, **variables):
        given = ["sbatch", "--parsable", "--mem=0", f"--chdir={cluster.path}", "--output=job-%j.txt", *options]
        env = self.env | {"OPTIONS": OPTIONS, "OUTPUT": "g.h5"} | variables
        run = subprocess.run([*given, TEMPLATES / template], env=env, capture_output=True, text=True, check=True)
        return run.stdout.strip()

    def job(self, number):
        return dict(re.findall(r"(\w+)=(\S*)", self.ask("scontrol", "-o", "show", "job", number).split("\n")[0]))

    def wait_for(self, number, *states, seconds=600):
        hurried = set()
        until = time.monotonic() + seconds
        while (job := self.job(number)).get("JobState") not in states:
            assert time.monotonic() < until, job
            # A job that was requeued waits for two minutes; here its old processes are gone in a few seconds.
            if job.get("JobState") == "PENDING" and job.get("Reason") == "BeginTime":
                if job["Restarts"] not in hurried:
                    self.ask("scontrol", "update", f"JobId={number}", "StartTime=now+5")
                hurried.add(job["Restarts"])
            time.sleep(0.3)
        return job

    def stop(self):
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in self.daemons:
            try:
                daemon.wait(timeout=20)
            except subprocess.TimeoutExpired:
                daemon.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="module")
def slurm():
    missing = [name for name in NEEDED if not find(name)]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed (slurmctld, slurmd, slurm-client, munge)")
    if os.geteuid() != 0:
        pytest.skip("a Slurm of one's own needs root")
    made = Slurm()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def long_whole(tmp_path_factory):
    folder = program.Folder(tmp_path_factory.mktemp("long"))
    folder.write("study.toml", ALLOCATIONS)
    folder.chasm("run", "study.toml", "-o", "g.h5", "-q")
    return folder.result("g.h5")


def said(cluster, job):
    return (cluster.path / f"job-{job}.txt").read_text()


def test_ranks_are_stopped_twice_by_the_time_limit(slurm, cluster, long_whole):
    cluster.write("study.toml", ALLOCATIONS)
    # The limit is a minute, the least that there is; 55 s before it ranks are asked to stop.
    job = slurm.submit(cluster, "many-nodes.sh", "--nodes=1", "--ntasks-per-node=3", "--cpus-per-task=1", "--time=1",
                       "--signal=B:USR1@55")  # fmt: skip
    end = slurm.wait_for(job, "COMPLETED", "FAILED", "TIMEOUT", "CANCELLED", "NODE_FAIL", seconds=900)
    assert end["JobState"] == "COMPLETED", (end, said(cluster, job))
    assert int(end["Restarts"]) >= 2, said(cluster, job)
    assert said(cluster, job).count("same command again") == int(end["Restarts"])
    assert "on 3 ranks of 1 machine" in said(cluster, job)
    assert cluster.result("g.h5") == long_whole


def test_one_node_is_preempted(slurm, cluster, whole):
    """Requeued by somebody else while it runs: SIGTERM, and SIGKILL after KillWait."""
    job = slurm.submit(cluster, "one-node.sh", "--cpus-per-task=1")
    slurm.wait_for(job, "RUNNING")
    while cluster.committed() < 20_000:
        time.sleep(0.01)
    slurm.ask("scontrol", "requeue", job)
    slurm.wait_for(job, "PENDING")
    end = slurm.wait_for(job, "COMPLETED", "FAILED")
    assert end["JobState"] == "COMPLETED" and int(end["Restarts"]) >= 1, (end, said(cluster, job))
    assert cluster.result("g.h5") == whole


def test_an_array_of_shards_and_its_finish(slurm, cluster, whole):
    shards = slurm.submit(cluster, "array.sh", "--array=1-3", "--cpus-per-task=1")
    finish = slurm.submit(cluster, "finish.sh", f"--dependency=afterok:{shards}")
    end = slurm.wait_for(finish, "COMPLETED", "FAILED", "CANCELLED")
    assert end["JobState"] == "COMPLETED", (end, said(cluster, finish))
    assert cluster.result("g.h5") == whole


def test_bad_input_is_not_run_again(slurm, cluster):
    cluster.write("study.toml", LONG.replace("horizon = 200", "horizon = -1"))
    job = slurm.submit(cluster, "many-nodes.sh", "--nodes=1", "--ntasks-per-node=2", "--cpus-per-task=1")
    end = slurm.wait_for(job, "COMPLETED", "FAILED")
    assert (end["JobState"], end["ExitCode"], end["Restarts"]) == ("FAILED", "2:0", "0"), said(cluster, job)
    assert said(cluster, job).count("chasm: ") == 1


def test_srun_without_pmix_is_refused(slurm, cluster):
    run = subprocess.run(["srun", "--mpi=none", "-n", "2", "chasm", "run", "study.toml", "-o", "g.h5"],
                         env=slurm.env, cwd=cluster.path, capture_output=True, text=True, check=False)  # fmt: skip
    assert run.returncode == 2 and "--mpi=pmix" in run.stderr, run.stderr
    assert not (cluster.path / "g.h5").exists()
