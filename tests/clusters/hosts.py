"""Several hosts on one machine: network namespaces joined by a bridge, each with a name, a /local disk and an sshd."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

PROGRAMS = ("ip", "unshare", "nsenter", "ssh", "sshd", "ssh-keygen")


def sh(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True, **options)


def why_not():
    """Why hosts cannot be made here, or ""."""
    missing = [name for name in PROGRAMS if not shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")]
    if missing:
        return f"{', '.join(missing)} not installed"
    if os.geteuid() != 0:
        return "network namespaces need root"
    try:
        sh("ip", "netns", "add", "chasmprobe")
        try:
            sh("ip", "link", "add", "chasmprobe0", "type", "veth", "peer", "name", "chasmprobe1")
            sh("ip", "link", "del", "chasmprobe0")
        finally:
            sh("ip", "netns", "del", "chasmprobe")
    except subprocess.CalledProcessError as error:
        return f"this machine allows no network namespaces or veth pairs ({error.stderr.strip()})"
    return ""


class Host:
    def __init__(self, name, number, folder):
        self.name, self.address, self.space = name, f"10.87.0.{number}", f"chasm-{os.getpid()}-{name}"
        self.link = f"cv{os.getpid() % 100000}{number}"
        sh("ip", "netns", "add", self.space)
        sh("ip", "link", "add", self.link, "type", "veth", "peer", "name", "eth0", "netns", self.space)
        sh("ip", "link", "set", self.link, "up")
        for command in (
            ["addr", "add", f"{self.address}/24", "dev", "eth0"],
            ["link", "set", "eth0", "up"],
            ["link", "set", "lo", "up"],
        ):
            sh("ip", "-n", self.space, *command)
        local = folder / "local"
        local.mkdir(exist_ok=True)
        # Names and mounts are the host's own too; sshd stays in front, so that its number is known.
        script = (
            f"hostname {name} && mount --make-rprivate / && mount -t tmpfs -o size=64m none {local} && "
            f"exec $(command -v sshd || echo /usr/sbin/sshd) -D -f {folder}/sshd_config -o ListenAddress={self.address}"
        )
        self.sshd = subprocess.Popen(
            ["ip", "netns", "exec", self.space, "unshare", "--uts", "--mount", "sh", "-c", script],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def processes(self):
        """All of them but sshd itself: those in its network."""
        inside = sh("ip", "netns", "pids", self.space).stdout.split()
        return [int(pid) for pid in inside if int(pid) != self.sshd.pid]

    def cut(self):
        sh("ip", "link", "set", self.link, "down")

    def lose(self):
        """The cable is out and the power is gone."""
        self.cut()
        for pid in [self.sshd.pid, *self.processes()]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def remove(self):
        self.lose()
        self.sshd.wait()
        subprocess.run(["ip", "link", "del", self.link], check=False, capture_output=True)
        subprocess.run(["ip", "netns", "del", self.space], check=False, capture_output=True)


class Hosts:
    def __init__(self, folder: Path, names):
        self.folder = folder
        Path("/run/sshd").mkdir(exist_ok=True)
        for key in ("host_key", "user_key"):
            sh("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key)
        (folder / "sshd_config").write_text(
            f"Port 22\nHostKey {folder}/host_key\nAuthorizedKeysFile {folder}/user_key.pub\nStrictModes no\n"
            "PermitRootLogin yes\nPasswordAuthentication no\nUsePAM no\nPidFile none\nMaxStartups 100\n"
        )
        (folder / "ssh").write_text(
            f"#!/bin/sh\nexec ssh -q -i {folder}/user_key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
            '-o LogLevel=ERROR -o ConnectTimeout=10 "$@"\n'
        )
        (folder / "ssh").chmod(0o755)
        self.bridge = f"cb{os.getpid() % 100000}"
        sh("ip", "link", "add", self.bridge, "type", "bridge")
        sh("ip", "link", "set", self.bridge, "up")
        self.hosts = []
        try:
            for number, name in enumerate(names, 1):
                host = Host(name, number, folder)
                self.hosts.append(host)
                sh("ip", "link", "set", host.link, "master", self.bridge)
            for host in self.hosts[1:]:
                self.wait_for(host)
        except BaseException:
            self.remove()
            raise

    def wait_for(self, host):
        until = time.monotonic() + 20
        while subprocess.run(self.inside(self.hosts[0], self.folder / "ssh", host.address, "true"),
                             capture_output=True, check=False).returncode != 0:  # fmt: skip
            assert time.monotonic() < until, f"no sshd answers on {host.name}"
            time.sleep(0.2)

    def inside(self, host, *command):
        """The command line that runs a command on a host."""
        return ["nsenter", "-t", str(host.sshd.pid), "-n", "-u", "-m", *map(str, command)]

    def remove(self):
        for host in self.hosts:
            host.remove()
        subprocess.run(["ip", "link", "del", self.bridge], check=False, capture_output=True)


@pytest.fixture
def hosts(tmp_path_factory):
    reason = why_not()
    if reason:
        pytest.skip(reason)
    made = Hosts(tmp_path_factory.mktemp("hosts"), ["alpha", "beta", "gamma"])
    yield made
    made.remove()
