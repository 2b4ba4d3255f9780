"""Every study of scenarios/ is valid, runs, and keeps its books; README names each with its command."""

import re
from pathlib import Path

import h5py
import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
STUDIES = sorted((ROOT / "scenarios/studies").glob("*.toml"))
ENTERPRISE = [path for path in STUDIES if 'model    = "enterprise' in path.read_text()]


def arms_of(file):
    return [name.decode() for name in file["arm"][:]]


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.stem)
def test_is_valid_and_has_its_command(folder, study):
    out = folder.chasm("check", study).out
    assert "a valid study" in out
    first = study.read_text().split("schema", 1)[0]
    assert f"#   chasm run {study.name} -o {study.stem}.h5" in first


@pytest.mark.parametrize("study", ENTERPRISE, ids=lambda path: path.stem)
def test_enterprise_studies_run(folder, study):
    folder.chasm("run", study, "-o", "f.h5", "-q", "--set", "design.futures=3")
    with h5py.File(folder.path / "f.h5") as file:
        assert (file["failure"][:] == 0).all()
        value = file["net_present_value"][:]
        assert np.isfinite(value).all()
        # Futures differ, and so do arms: every one does something, but for a move that begins at the horizon.
        assert all(
            len(set(arm.ravel())) > 1 for arm, name in zip(value, arms_of(file), strict=True) if name != "stop_ai"
        )
        same = [name for name, arm in zip(arms_of(file), value, strict=True) if (arm == value[0]).all()]
        late = ["translators_too_late"] if study.stem == "timing" else []
        assert same == [arms_of(file)[0], *late]


def test_stopping_costs_and_brings_nothing(folder):
    folder.chasm("run", ROOT / "scenarios/studies/reference.toml", "-o", "f.h5", "-q", "--set", "design.futures=4")
    with h5py.File(folder.path / "f.h5") as file:
        arms = arms_of(file)
        for metric in ("net_present_value", "spending", "realised_value", "started"):
            assert (file[metric][arms.index("stop_ai")] == 0).all()
            assert (file[metric][arms.index("nothing")] != 0).all()
        levers = {name.decode() for name in file["lever"][:]}
        used = [
            {name.decode() for name in file["lever"][:][row > 0]} for row in np.nan_to_num(file["lever_strength"][:])
        ]
        alone = {arm for arm, of in zip(arms, used, strict=True) if of == {arm}}
        assert alone == levers and len(levers) == 27
        assert used[arms.index("everything")] == levers - {"strictness"}


def test_readme_names_every_study():
    readme = (ROOT / "README.md").read_text()
    rows = dict(re.findall(r"^\| `chasm run scenarios/studies/([\w-]+\.toml) -o ([\w-]+\.h5)` \|", readme, re.M))
    assert {study.name: f"{study.stem}.h5" for study in STUDIES} == rows
