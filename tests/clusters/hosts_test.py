"""Several hosts, for real: own names, networks and disks; Open MPI starts its daemons through ssh."""

import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import HANG, MPIRUN, RUN, program
from hosts import hosts, sh  # noqa: F401  (a fixture)

# A host that is gone is noticed by its silence, not after minutes.
KEEPALIVE = ["oob_tcp_keepalive_time", "5", "oob_tcp_keepalive_intvl", "2", "oob_tcp_keepalive_probes", "3"]


def start(cluster, hosts, *arguments, line=None):  # noqa: F811
    mca = [
        "plm_rsh_agent",
        hosts.folder / "ssh",
        "oob_tcp_if_include",
        "eth0",
        "btl_tcp_if_include",
        "eth0",
        *KEEPALIVE,
    ]
    options = [word for pair in zip(mca[::2], mca[1::2], strict=True) for word in ("--mca", *pair)]
    allow = ["OMPI_ALLOW_RUN_AS_ROOT=1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1"]
    where = ["-H", ",".join(f"{host.address}:2" for host in hosts.hosts), "--map-by", "node", "--bind-to", "none"]
    first = ["env", *allow, MPIRUN, *options, *where]
    ranks = ["-np", "3", "-wdir", cluster.path, program.PROGRAM, *(line or [*RUN, *arguments])]
    return subprocess.Popen(
        hosts.inside(hosts.hosts[0], *first, *ranks),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_three_hosts_make_the_same_file(cluster, hosts, whole):  # noqa: F811
    process = start(cluster, hosts)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, out + err
    assert "on 3 ranks of 3 machines" in out, out
    assert cluster.result("g.h5") == whole


def test_a_host_is_lost(cluster, hosts, whole):  # noqa: F811
    """The others go on, or the run ends resumable; in both cases within half a minute of the silence."""
    process = start(cluster, hosts)
    cluster.wait_for_bytes(process, 20_000)
    hosts.hosts[2].lose()
    began = time.monotonic()
    out, err = process.communicate(timeout=3 * HANG)
    assert time.monotonic() - began < 2 * HANG, out + err
    if not (cluster.path / "g.h5").exists():
        cluster.ranks(2, *RUN, "-q")
    assert cluster.result("g.h5") == whole


def test_a_cut_link(cluster, hosts, whole):  # noqa: F811
    process = start(cluster, hosts)
    cluster.wait_for_bytes(process, 20_000)
    hosts.hosts[1].cut()
    out, err = process.communicate(timeout=3 * HANG)
    if not (cluster.path / "g.h5").exists():
        cluster.ranks(2, *RUN, "-q")
    assert cluster.result("g.h5") == whole, out + err
    # What the cut host computed meanwhile is no harm: it stops by itself.
    until = time.monotonic() + HANG
    while any("chasm" in Path(f"/proc/{pid}/comm").read_text() for pid in hosts.hosts[1].processes()):
        assert time.monotonic() < until, "ranks behind the cut link live on"
        time.sleep(0.5)


def test_a_slow_link(cluster, hosts, whole):  # noqa: F811
    for host in hosts.hosts[1:]:
        try:
            sh("tc", "qdisc", "add", "dev", host.link, "root", "netem", "delay", "100ms", "20ms", "loss", "1%")
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"this kernel has no netem ({getattr(error, 'stderr', error)})")
    process = start(cluster, hosts)
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    assert cluster.result("g.h5") == whole


def test_a_disk_of_its_own_is_refused(cluster, hosts):  # noqa: F811
    """The output lies on a disk that only the first host has."""
    local = [word.replace("g.h5", str(hosts.folder / "local" / "g.h5")) for word in RUN]
    process = start(cluster, hosts, line=[*local, "-q"])
    out, err = process.communicate(timeout=120)
    assert process.returncode == 2, out + err
    assert "that all machines of the run share" in err, err


def test_a_signal_to_mpirun_reaches_all_hosts(cluster, hosts, whole):  # noqa: F811
    process = start(cluster, hosts, "-q")
    cluster.wait_for_bytes(process, 20_000)
    process.send_signal(signal.SIGUSR1)
    out, err = process.communicate(timeout=HANG)
    assert process.returncode == 75, out + err
    cluster.ranks(2, *RUN, "-q")
    assert cluster.result("g.h5") == whole
