"""What h5py sees: plain HDF5, filters and all."""

import pytest

np = pytest.importorskip("numpy", reason="the Python package numpy is missing")
h5py = pytest.importorskip("h5py", reason="the Python package h5py is missing")


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def test_values(folder, expected, compare):
    with h5py.File(folder / "full.h5") as file:
        assert [text(name) for name in file["arm"][:]] == expected["arms"]
        compare.worlds(file["value"][:], expected["metrics"]["value"])
        compare.worlds(file["share_series"][:], expected["series"]["share"])
        assert text(file["provenance/study"][()]) == expected["text"]
        assert text(file.attrs["title"]) == expected["title"]


def test_filters(folder):
    with h5py.File(folder / "full.h5") as file:
        for name in ["status", "failure", "value", "adopters"]:
            assert file[name].fletcher32 and file[name].compression is None, name
        series = file["share_series"]
        assert series.fletcher32 and series.shuffle
        assert series.compression == "gzip" and series.compression_opts == 1


def test_fill_values(folder):
    with h5py.File(folder / "full.h5") as file:
        for name in ["value", "adopters", "share_series", "parameter_learning_rate"]:
            fill = file[name].attrs["_FillValue"]
            assert fill.dtype == file[name].dtype and np.isnan(fill).all(), name
            assert np.isnan(file[name].fillvalue), name
        for name in ["status", "failure", "future", "replication"]:
            assert "_FillValue" not in file[name].attrs, name


def test_every_dimension_is_a_scale(folder):
    with h5py.File(folder / "bands.h5") as file:
        numbers = []

        def look(name, item):
            if not isinstance(item, h5py.Dataset):
                return
            if item.attrs.get("CLASS") == b"DIMENSION_SCALE":
                numbers.append(int(item.attrs["_Netcdf4Dimid"]))
                return
            for axis, dimension in enumerate(item.dims):
                assert len(dimension) == 1, name
                assert dimension[0].shape[0] == item.shape[axis], name

        file.visititems(look)
        assert sorted(numbers) == list(range(len(numbers))) and len(numbers) == 16


def test_creation_order_is_tracked(folder):
    with h5py.File(folder / "bands.h5") as file:
        for group in [file["/"], file["parameters"], file["provenance"]]:
            properties = group.id.get_create_plist()
            both = h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED
            assert properties.get_link_creation_order() == both
            assert properties.get_attr_creation_order() == both
        assert file["value"].id.get_create_plist().get_attr_creation_order() == both
        assert not file["value"].id.get_create_plist().get_obj_track_times()


def test_chunks_hold_at_most_a_megabyte(folder):
    with h5py.File(folder / "bands.h5") as file:
        for name in ["value", "adopters_histogram"]:
            assert np.prod(file[name].chunks) * file[name].dtype.itemsize <= 2**20
