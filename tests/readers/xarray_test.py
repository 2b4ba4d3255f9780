"""One line opens a result in xarray, with either engine."""

import pytest

np = pytest.importorskip("numpy", reason="the Python package numpy is missing")
xarray = pytest.importorskip("xarray", reason="the Python package xarray is missing")


@pytest.fixture(params=["h5netcdf", "netcdf4"])
def engine(request):
    package = {"h5netcdf": "h5netcdf", "netcdf4": "netCDF4"}[request.param]
    pytest.importorskip(package, reason=f"the Python package {package} is missing")
    return request.param


def test_values(folder, engine, expected, compare):
    with xarray.open_dataset(folder / "bands.h5", engine=engine) as ds:
        assert ds["value"].dims == ("arm", "future", "replication")
        assert ds["value"].shape == compare.shape
        assert ds["value"].dtype == np.float64 and ds["adopters"].dtype == np.float32
        compare.worlds(ds["value"].values, expected["metrics"]["value"])
        compare.worlds(ds["adopters"].values, expected["metrics"]["adopters"])
        compare.worlds(ds["payback"].values, expected["metrics"]["payback"])
        compare.worlds(ds["status_2"].values, expected["metrics"]["status"])
        assert ds["parameter_learning_rate"].values.tolist() == expected["learning.rate"]
        assert ds["parameter_cost_platform"].values.tolist() == expected["cost.platform"]
        assert ds["parameter_people"].values.tolist() == [40, 41, 42]


def test_status_stays_an_integer_with_flags(folder, engine, expected):
    with xarray.open_dataset(folder / "bands.h5", engine=engine) as ds:
        assert ds["status"].dtype == np.uint8 and ds["failure"].dtype == np.uint16
        meanings = dict(
            zip(ds["status"].attrs["flag_meanings"].split(), ds["status"].attrs["flag_values"], strict=True)
        )
        assert meanings == {"not_run": 0, "ok": 1, "failed": 2}
        wanted = [2 if failed else 1 for failed in expected["failed"]]
        assert ds["status"].values.reshape(-1).tolist() == wanted
        reasons = dict(
            zip(ds["failure"].attrs["flag_meanings"].split(), ds["failure"].attrs["flag_values"], strict=True)
        )
        assert reasons["a_stock_fell_below_zero"] == 1
        assert reasons["a_metric_is_not_a_finite_number"] == 65535
        assert ds.attrs["failed_worlds"] == sum(expected["failed"])


def test_coordinates_names_and_units(folder, engine, expected):
    with xarray.open_dataset(folder / "bands.h5", engine=engine) as ds:
        assert ds["arm"].values.tolist() == expected["arms"]
        assert ds["future"].values.tolist() == list(range(expected["futures"]))
        assert ds["replication"].values.tolist() == list(range(expected["replications"]))
        assert ds["lever"].values.tolist() == ["training", "platform"]
        strength = ds["lever_strength"].sel(arm="train them", lever="training")
        assert strength.item() == 0.5
        assert np.isinf(ds["lever_until"].sel(arm="nothing")).all()
        assert ds["value"].attrs["units"] == "cent"
        assert ds["value"].attrs["long_name"] == "what the work was worth, in whole cents"
        assert ds["value"].attrs["metric"] == "value"
        assert ds["status_2"].attrs["metric"] == "status"
        assert ds["parameter_learning_rate"].attrs["parameter"] == "learning.rate"
        assert ds.attrs["title"] == expected["title"]
        assert ds.attrs["seed"] == 20260105
        assert ds.attrs["filetype"] == "chasm-result" and ds.attrs["chasm_format_version"] == 1
        assert ds.attrs["content_digest"] == expected["digests"]["bands"]


def test_weeks_are_dates(folder, engine):
    with xarray.open_dataset(folder / "bands.h5", engine=engine) as ds:
        days = ds["time"].values.astype("datetime64[D]").astype(str).tolist()
        assert days == ["2026-01-05", "2026-01-19", "2026-02-02", "2026-02-16"]
        assert ds["step"].values.tolist() == [0, 2, 4, 6] and "step" in ds.coords


def test_steps_without_a_length_stay_numbers(folder, engine):
    with xarray.open_dataset(folder / "undated.h5", engine=engine) as ds:
        assert ds["time"].values.tolist() == [0, 2, 4, 6]
        assert np.issubdtype(ds["time"].dtype, np.integer)
        assert ds["time"].attrs["units"] == "1"


def test_full_series(folder, engine, expected, compare):
    with xarray.open_dataset(folder / "full.h5", engine=engine) as ds:
        assert ds["share_series"].dims == ("arm", "future", "replication", "time")
        compare.worlds(ds["share_series"].values, expected["series"]["share"])
        compare.worlds(ds["adopters_series"].values, expected["series"]["adopters"])
        assert ds["adopters_series"].attrs["series"] == "adopters"


def test_histograms_count_the_worlds_that_did_not_fail(folder, engine, expected, compare):
    with xarray.open_dataset(folder / "bands.h5", engine=engine) as ds:
        counts, edges = ds["share_histogram"], ds[ds["share_histogram"].attrs["bin_edges"]].values
        assert counts.dims == ("arm", "time", "bin") and np.issubdtype(counts.dtype, np.integer)
        values = np.array([np.nan if v is None else v for v in expected["series"]["share"]], dtype=float).reshape(
            compare.shape[0], -1, ds.sizes["time"]
        )
        for arm in range(compare.shape[0]):
            for row in range(ds.sizes["time"]):
                column = values[arm, :, row]
                wanted, _ = np.histogram(column[~np.isnan(column)], bins=edges)
                assert counts.values[arm, row].tolist() == wanted.tolist()


def test_totals_are_whole_numbers_on_their_axes(folder, engine, expected):
    with xarray.open_dataset(folder / "bands.h5", engine=engine) as ds:
        lost = ds["total_lost"]
        assert lost.dims == ("arm", "month", "cause") and lost.dtype == np.int64
        assert ds["cause"].values.tolist() == ["drift", "Verzögerung", "silos"]
        assert ds["month"].values.tolist() == [0, 1]
        for name in ["lost", "lost.to", "training"]:
            found = ds["total_" + name.replace(".", "_")]
            assert found.attrs["total"] == name
            assert found.values.reshape(-1).tolist() == expected["totals"][name]
        assert ds["total_lost_to"].attrs["axes"] == "cause, cause"
        assert lost.sel(arm="nothing", cause="silos").sum() == sum(expected["totals"]["lost"][2:6:3])


def test_money(folder, engine):
    with xarray.open_dataset(folder / "bands.h5", engine=engine) as ds:
        assert ds.attrs["currency"] == "EUR" and ds.attrs["price_year"] == 2026
        assert ds["parameter_cost_platform"].attrs["units"] == "EUR/week"
        assert ds["lever_conditional"].values.sum() == 1


def test_groups(folder, engine, expected):
    with xarray.open_dataset(folder / "bands.h5", engine=engine, group="parameters") as table:
        frame = table.to_dataframe()
        assert frame.loc["people", "value"] == 40 and frame.loc["people", "varies"] == "arm"
        assert frame.loc["learning.rate", "grade"] == "A"
        assert frame.loc["learning.rate", "variable"] == "parameter_learning_rate"
        assert frame.loc["cost.platform", "unit"] == "EUR/week"
    with xarray.open_dataset(folder / "bands.h5", engine=engine, group="provenance") as found:
        assert str(found["study"].values) == expected["text"]
        assert found["decision"].values.tolist() == ["hire", "adopt", "leave"]
        assert found["decision_number"].values.tolist() == [0, 1, 9]
        assert found["table_sha256"].values.tolist() == ["a" * 64]
        sizes = dict(zip(found["size"].values.tolist(), found["size_value"].values.tolist(), strict=True))
        assert sizes == {"teams": 4, "assets": 250}


def test_round_trip_through_xarray(folder, engine, tmp_path):
    with xarray.open_dataset(folder / "full.h5", engine=engine) as ds:
        ds.load()
        ds.to_netcdf(tmp_path / "again.nc", engine=engine)
        with xarray.open_dataset(tmp_path / "again.nc", engine=engine) as again:
            assert again.identical(ds)
