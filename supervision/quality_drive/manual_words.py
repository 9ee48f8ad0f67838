"""What the office's manual says of the quality drive: its goals, dimensions, phases and steps.

The words are those of the manual and are shown as such. A year's drive begins with a copy of its
goals, which the office may change; the steps are never changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from supervision.quality_drive.drives.enums import ResultKind
from supervision.quality_drive.enums import STEP_LETTERS, DimensionCode, DriveStep

DATA = settings.BASE_DIR / "supervision" / "manual" / "data" / "quality_drive.yaml"


@dataclass(frozen=True)
class ManualDriveDimension:
    """A dimension of quality as the manual names it, and whether its headline 4Q has it."""

    code: DimensionCode
    name: str
    in_4q: bool


@dataclass(frozen=True)
class ManualExpectedResult:
    """One of the expected results 1.1–2.5; the quantitative ones belong to no dimension."""

    kind: ResultKind
    code: str
    text: str
    dimension_code: str = ""


@dataclass(frozen=True)
class ManualDriveStep:
    """One of the seven steps: its letter in TUMHOME, its phase, and what is done in it."""

    step: DriveStep
    phase: str
    keyword: str
    name: str
    text: str
    motto: str = ""
    items: Sequence[str] = ()

    @property
    def letter(self) -> str:
        return STEP_LETTERS[self.step]


@dataclass(frozen=True)
class ManualDrive:
    """The model TUMHOME Plus Inno as the manual has it."""

    model_name: str
    headline: str
    purpose: str
    provenance: str
    dimensions: Sequence[ManualDriveDimension]
    expected_results: Sequence[ManualExpectedResult]
    steps: Sequence[ManualDriveStep]


@cache
def manual_drive() -> ManualDrive:
    """Read once: the file changes with the program only."""
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return ManualDrive(
        model_name=data["model_name"],
        headline=data["headline"],
        purpose=data["purpose"],
        provenance=data["provenance"],
        dimensions=[
            ManualDriveDimension(DimensionCode(row["code"]), row["name"], row["in_4q"])
            for row in data["dimensions"]
        ],
        expected_results=[_result(row) for row in data["expected_results"]],
        steps=[_step(phase, row) for phase in data["phases"] for row in phase["steps"]],
    )


def _result(row: dict[str, Any]) -> ManualExpectedResult:
    return ManualExpectedResult(
        ResultKind(row["kind"]), row["code"], row["text"], row.get("dimension_code", "")
    )


def _step(phase: dict[str, Any], row: dict[str, Any]) -> ManualDriveStep:
    return ManualDriveStep(
        step=DriveStep(row["number"]),
        phase=f"ระยะที่ {phase['number']} {phase['name']}",
        keyword=row["keyword"],
        name=row["name"],
        text=row["text"],
        motto=row.get("motto", ""),
        items=row.get("items", ()),
    )
