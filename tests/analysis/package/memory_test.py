"""Files larger than memory may grow: statistics of gigabytes within a limit, enforced by the kernel.

The file says more than it holds: chunks that were never written read as the fill value, at the cost of real ones.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import h5py
import numpy as np
import pytest

MEBI = 1 << 20

WORK = """
import resource, sys
import chasm  # imported before the limit: code is not what is measured
import scipy.stats
ds = chasm.open(sys.argv[1], chunks=None)
held = int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize()
effect = chasm.paired(ds, "value", "a")
assert effect.loc["b", "mean"] == 1.0 and effect.loc["b", "pairs"] == ds.sizes["future"], effect
at = chasm.quantiles(ds, "value", [0.1, 0.9])
assert abs(at.loc[("a", 0.1), "value"]) <= 1e-3, at
odds = chasm.frequencies(ds, "value", 0.5)
assert odds.loc["a", "share"] == 0 and odds.loc["c", "share"] == 1, odds
regret = chasm.regret(ds, "value")
assert regret.loc["d", "mean"] == 0 and regret.loc["a", "mean"] == 3, regret
if "path_series" in ds:
    bands = chasm.series(ds, "path", [0.5])
    assert bands["mean"].values.min() == bands["mean"].values.max() == 7, bands
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(held // (1 << 20), peak // (1 << 20))
"""


def sparse(path, futures, times):
    """Four arms worth 0, 1, 2 and 3 in every future, and a series that is 7 throughout."""
    with h5py.File(path, "w", libver=("v108", "v108"), track_order=True) as file:
        file.attrs.update({"filetype": "chasm-result", "chasm_format_version": np.int32(1), "steps": np.int32(times)})
        scales = {"arm": np.array(["a", "b", "c", "d"], h5py.string_dtype()), "future": np.arange(futures, dtype="i4")}
        scales |= {"replication": np.arange(1, dtype="i4"), "time": np.arange(times, dtype="i4")}
        for name, values in scales.items():
            file.create_dataset(name, data=values).make_scale(name)
        world = ("arm", "future", "replication")
        shape = (4, futures, 1)
        chunk = (4, min(futures, 32768), 1)
        file.create_dataset("status", shape, "u1", chunks=chunk, fillvalue=1)
        file.create_dataset("value", shape, "f4", chunks=chunk, fletcher32=True)
        for first in range(0, futures, chunk[1]):
            part = slice(first, min(first + chunk[1], futures))
            file["value"][:, part] = np.repeat(np.arange(4, dtype="f4"), part.stop - first).reshape(4, -1, 1)
        file["value"].attrs.update({"metric": "value", "units": "1"})
        if times > 1:
            file.create_dataset(
                "path_series", (*shape, times), "f4", chunks=(4, 512, 1, times), fillvalue=7, compression="gzip"
            )
            file["path_series"].attrs.update({"series": "path", "units": "1"})
        file.create_dataset("step", data=np.arange(times, dtype="i4"))
        for name, dims in {"status": world, "value": world, "path_series": (*world, "time"), "step": ("time",)}.items():
            for axis, dim in enumerate(dims if name in file else ()):
                file[name].dims[axis].attach_scale(file[dim])
        return sum(v.size * v.dtype.itemsize for v in file.values() if v.dtype.kind != "O")


def measured(path, limit):
    """Peak memory of all statistics in a process that may not have more than `limit` bytes of data."""

    def limited():
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    environment = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(path)],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        preexec_fn=limited,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [int(x) * MEBI for x in done.stdout.split()]


def test_a_limit_that_is_too_small_is_felt(tmp_path):
    path = tmp_path / "small.h5"
    sparse(path, 3_000_000, 1)
    with pytest.raises(AssertionError, match="MemoryError|memory|malloc"):
        measured(path, 192 * MEBI)


def within(path, futures, limit):
    size = sparse(path, futures, 25)
    held, peak = measured(path, limit)
    print(f"{size / 1e9:.1f} GB; peak {peak / MEBI:.0f} MB, of them {held / MEBI:.0f} MB before the statistics")
    return size, peak


def test_within_bounds(tmp_path):
    """As f64 its series take 0.8 GB."""
    size, peak = within(tmp_path / "middle.h5", 1_000_000, 600 * MEBI)
    assert size >= 0.4e9 and peak < 450 * MEBI


@pytest.mark.long
def test_gigabytes_within_bounds(tmp_path):
    path = tmp_path / "large.h5"
    size, peak = within(path, 12_000_000, 1800 * MEBI)
    assert size >= 5e9 and path.stat().st_size < 0.5e9
    assert peak < 1500 * MEBI
