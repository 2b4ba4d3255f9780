"""Ten million worlds: memory stays below what `chasm check` says, and files do not pile up."""

import os
import re
import time
from pathlib import Path

TINY = """\
schema = "chasm-study-1"
[study]
title = "Ten million tiny worlds"
model = "march1991"
horizon = 1
[setting]
individuals = 1
dimensions = 1
[design]
futures = 100_000
replications = 100
"""


def test_ten_million_worlds(folder):
    folder.write("study.toml", TINY)
    for threads in ["1", "4"]:
        # Small blocks: what is kept of each would add up.
        options = ["--block", "4096", "--threads", threads]
        most = folder.chasm("check", "study.toml", *options, "--json").json["memory_bytes"]
        run = folder.start("run", "study.toml", "-o", "soak.h5", "-q", *options)
        memory, files = 0, []
        while run.poll() is None:
            try:
                status = Path(f"/proc/{run.pid}/status").read_text()
                memory = max(memory, 1024 * int(re.search(r"VmHWM:\s*(\d+)", status)[1]))
                files.append(len(os.listdir(f"/proc/{run.pid}/fd")))
            except (OSError, TypeError):
                pass  # it has just ended
            time.sleep(0.02)
        out, err = run.communicate()
        assert run.returncode == 0, out + err
        print(f"{threads} threads: {memory / 1e6:.0f} MB of {most / 1e6:.0f} MB, {max(files)} files open")
        assert len(files) > 20
        assert memory < most
        assert max(files) <= 12
        (folder.path / "soak.h5").unlink()
