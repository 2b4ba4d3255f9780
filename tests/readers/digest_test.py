"""The content digest computed from docs/file-format.md alone, without any code of chasm."""

import hashlib

import pytest

np = pytest.importorskip("numpy", reason="the Python package numpy is missing")
h5py = pytest.importorskip("h5py", reason="the Python package h5py is missing")

OF_HDF5 = {
    "CLASS",
    "NAME",
    "REFERENCE_LIST",
    "DIMENSION_LIST",
    "_Netcdf4Dimid",
    "_Netcdf4Coordinates",
    "_NCProperties",
}
OUTSIDE = {"content_digest", "code_version", "code_commit"}


def counted(text):
    text = text if isinstance(text, bytes) else str(text).encode()
    return str(len(text)).encode() + b":" + text


def type_name(dtype):
    return {"f": "f", "i": "i", "u": "u"}[dtype.kind] + str(8 * dtype.itemsize)


def attribute_lines(item, skip=()):
    lines = []
    for name in sorted(item.attrs):
        if name in OF_HDF5 or name in skip:
            continue
        value = np.atleast_1d(item.attrs[name])
        if value.dtype.kind in "SOU":
            text = b" ".join(counted(v) for v in value)
            lines.append(b"attribute %s str %d %s\n" % (name.encode(), value.size, text))
        else:
            little = value.astype(value.dtype.newbyteorder("<")).tobytes().hex().encode()
            kind = type_name(value.dtype).encode()
            lines.append(b"attribute %s %s %d %s\n" % (name.encode(), kind, value.size, little))
    return b"".join(lines)


def is_bare(item):
    return item.attrs.get("NAME", b"").startswith(b"This is a netCDF dimension but not")


def variable_lines(item, name):
    dimensions = [name] if h5py.h5ds.is_scale(item.id) else [axis[0].name.split("/")[-1] for axis in item.dims]
    values = item[()]
    is_text = h5py.check_string_dtype(item.dtype) is not None
    kind = "str" if is_text else type_name(item.dtype)
    shape = "".join(f" {d}={n}" for d, n in zip(dimensions, item.shape, strict=True))
    if is_text:
        data = b"".join(counted(v) for v in np.atleast_1d(values))
    else:
        if dimensions[:3] == ["arm", "future", "replication"]:
            values = np.moveaxis(values, 0, 2)
        data = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<")).tobytes()
    return (
        f"variable {name} {kind}{shape}\n".encode()
        + attribute_lines(item)
        + b"values "
        + hashlib.sha256(data).hexdigest().encode()
        + b"\n"
    )


def manifest(group, path="/"):
    text = f"group {path}\n".encode() + attribute_lines(group, OUTSIDE if path == "/" else ())
    names = sorted(group)
    datasets = [n for n in names if isinstance(group[n], h5py.Dataset)]
    for name in datasets:
        if h5py.h5ds.is_scale(group[name].id):
            text += f"dimension {name} {group[name].shape[0]}\n".encode()
    for name in datasets:
        if not is_bare(group[name]):
            text += variable_lines(group[name], name)
    for name in names:
        if name not in datasets:
            text += manifest(group[name], path + name + "/")
    return text


@pytest.mark.parametrize("name", ["bands", "full", "undated"])
def test_digest(folder, expected, name):
    with h5py.File(folder / f"{name}.h5") as file:
        digest = "sha256:" + hashlib.sha256(manifest(file)).hexdigest()
        stored = file.attrs["content_digest"]
        assert digest == (stored.decode() if isinstance(stored, bytes) else stored)
        assert digest == expected["digests"][name]
