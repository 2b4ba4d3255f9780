"""What the report reads of a result file, one variable at a time; what it needs, and what it does without."""

from __future__ import annotations

import math
import warnings
from functools import cached_property
from pathlib import Path

import numpy as np
import xarray as xr

from .. import files
from ..errors import ChasmError, FailedWorldsWarning, FileError, NotRecorded

NEEDED = ("net_present_value", "realised_value", "spending", "lever_spending")
KEEP_BELOW = 256 << 20  # bytes


class ReportError(ChasmError):
    """What a report cannot be made from, in words for who asked for it."""


class Evidence:
    """A result of the enterprise model. Money is in the study's currency, worlds are [future, replication]."""

    def __init__(self, path: str | Path):
        self.path = Path(path)
        self.kept: dict[str, np.ndarray] = {}
        self.file = open_result(self.path)
        self.about = self.file.attrs
        if self.about.get("model") != "enterprise":
            raise ReportError(
                f"No report can be made of '{path}' (it holds the model '{self.about.get('model')}'; the report "
                "reads money, odds and causes of loss of the model 'enterprise'). Use `chasm info`, or the "
                "notebooks, for other models."
            )
        if "status" not in self.file:
            raise ReportError(
                f"No report can be made of '{path}' (it keeps no world: outputs.worlds is \"none\"). Write "
                '`worlds = "all"` under `[outputs]` and run the study again; a few thousand futures are enough.'
            )
        missing = [name for name in NEEDED if name not in self.file]
        if missing:
            raise ReportError(
                f"No report can be made of '{path}' (the study did not record {', '.join(missing)}). Put them among "
                "the "
                '`metrics` of `[outputs]`, or write `metrics = "all"`, and run the study again.'
            )
        self.arms = [str(arm) for arm in self.file["arm"].values]
        self.status = self.file["status"].values
        if not (self.status == 1).any(axis=(1, 2)).all():
            worst = self.arms[int(np.argmin((self.status == 1).any(axis=(1, 2))))]
            raise ReportError(
                f"No report can be made of '{path}' (no world of the arm '{worst}' came to its end). `chasm info` "
                "tells why."
            )
        for arm in range(len(self.arms)):
            if not (self.ran(arm) & self.ran(0)).any():
                raise ReportError(
                    f"No report can be made of '{path}' (no world ended both with '{self.arms[arm]}' and with "
                    f"'{self.arms[0]}'). `chasm info` tells why."
                )

    @property
    def title(self) -> str:
        return str(self.about.get("title", self.path.stem))

    @property
    def question(self) -> str:
        return str(self.about.get("question", ""))

    @property
    def currency(self) -> str:
        return str(self.about.get("currency", self.file["net_present_value"].attrs.get("units", "")))

    @property
    def futures(self) -> int:
        return int(self.status.shape[1])

    @property
    def replications(self) -> int:
        return int(self.status.shape[2])

    @cached_property
    def units(self) -> np.ndarray:
        """Which futures are independent of one another: designs may let several share their luck."""
        if "random_future" in self.file:
            return self.file["random_future"].values
        return np.arange(self.futures)

    @property
    def steps(self) -> int:
        return int(self.about["steps"])

    @property
    def years(self) -> float:
        return self.steps / 52

    def has(self, *names: str) -> bool:
        return all(name in self.file for name in names)

    def ran(self, arm: int) -> np.ndarray:
        return self.status[arm] == 1

    def worlds(self, metric: str, arm: int) -> np.ndarray:
        """[future, replication], nan where a world failed or has no such value. Cents come back as whole money."""
        variable = self.file[metric]
        values = self.of_arm(metric, arm)
        if str(variable.attrs.get("units", "")).endswith("/100"):
            values = values / 100
        return np.where(self.ran(arm), values, math.nan)

    def of_arm(self, name: str, arm: int) -> np.ndarray:
        """A variable of one arm. Chunks hold all arms, so one that is not large is read once and kept."""
        variable = self.file[name]
        if variable.nbytes > KEEP_BELOW:
            return variable[arm].values.astype(float)
        if name not in self.kept:
            self.kept[name] = variable.values
        return self.kept[name][arm].astype(float)

    def change(self, metric: str, arm: int, against: int | None) -> np.ndarray:
        """World by world, against another arm that shares its luck; against nothing where that is None."""
        values = self.worlds(metric, arm)
        return values if against is None else values - self.worlds(metric, against)

    @cached_property
    def weeks(self) -> np.ndarray:
        """Weeks of the kept series, empty where there is none of each future."""
        return self.file["step"].values.astype(float) if self.has("net_value_series", "step") else np.empty(0)

    def paths(self, arm: int, against: int | None) -> np.ndarray:
        """Net value so far, [future, replication, time]."""
        values = self.of_arm("net_value_series", arm)
        values = np.where(self.ran(arm)[..., None], values, math.nan)
        return values if against is None else values - self.paths(against, None)

    def total(self, name: str, arm: int) -> np.ndarray | None:
        """A total of an arm by world that ran, or None."""
        variable = f"total_{name}"
        if variable not in self.file:
            return None
        values = self.file[variable]
        by = 100 if str(values.attrs.get("units", "")).startswith(f"{self.currency}/100") else 1
        return self.of_arm(variable, arm) / by / self.ran(arm).sum()

    def names(self, axis: str) -> list[str]:
        return [str(name) for name in self.file[axis].values]

    @cached_property
    def levers(self) -> list[list[tuple[str, float, float]]]:
        """By arm: the levers that it pulls, with strength and first week."""
        if "lever" not in self.file:
            return [[] for _ in self.arms]
        names = self.names("lever")
        strength = np.nan_to_num(self.file["lever_strength"].values)
        start = np.nan_to_num(self.file["lever_start"].values)
        pulled = [
            [(names[j], row[j], start[arm][j]) for j in np.flatnonzero(row > 0)] for arm, row in enumerate(strength)
        ]
        return [sorted(levers, key=lambda lever: lever[2]) for levers in pulled]

    @cached_property
    def budget(self) -> np.ndarray:
        """Yearly budget by arm, where arms differ in it; zeros else. Only comparisons are meant."""
        name = "parameter_budget_yearly"
        if name in self.file and self.file[name].dims == ("arm",):
            return self.file[name].values
        return np.zeros(len(self.arms))

    @cached_property
    def parameters(self) -> dict[str, dict[str, str | float]]:
        """By exact name: meaning, grade, unit, value, varies, variable."""
        try:
            table = files.parameters(self.file)
        except NotRecorded:
            return {}
        return {str(name): {str(key): value for key, value in row.items()} for name, row in table.iterrows()}

    @cached_property
    def drawn(self) -> dict[str, np.ndarray]:
        """Assumptions that vary from future to future, by exact name: [future]."""
        return {
            name: self.file[str(row["variable"])].values
            for name, row in self.parameters.items()
            if str(row["variable"]) in self.file and self.file[str(row["variable"])].dims == ("future",)
        }

    def worlds_that(self, status: int) -> int:
        return int((self.status == status).sum())

    @cached_property
    def study_text(self) -> str:
        try:
            return files.study_text(self.file)
        except NotRecorded:
            return ""


def open_result(path: Path) -> xr.Dataset:
    """As `chasm.open`, whose words these are; failed worlds are said on the page."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FailedWorldsWarning)
            return files.open(path, chunks=None)
    except FileError as error:
        raise ReportError(f"No report can be made: {error}.") from None
