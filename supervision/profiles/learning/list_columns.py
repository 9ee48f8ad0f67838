"""The columns of the list of results: which figure of which subject each of them shows."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models

from supervision.profiles.learning.results import ResultFigures
from supervision.profiles.learning.sums import ResultSum
from supervision.profiles.models import ReferenceResult, TestSubject

Shown = Decimal | int | str | None


class ColumnPart(models.TextChoices):
    """Which figure of a result a column shows."""

    MEAN = "mean", "ค่าเฉลี่ย"
    TESTED = "tested", "เข้าสอบ (คน)"
    SD = "sd", "S.D."
    SHARE = "share", "ร้อยละ"
    BEFORE = "before", "ค่าเฉลี่ยปีก่อน"


@dataclass(frozen=True)
class ResultColumn:
    """One column of the list: a figure of a subject; of a level where it is a share."""

    subject: TestSubject
    part: ColumnPart
    label: str
    level_id: int | None = None

    def of_figures(self, figures: ResultFigures | ResultSum | ReferenceResult) -> Shown:
        """What a result, a sum of schools or a value of the country has in this column."""
        if self.part == ColumnPart.SHARE:
            return _share(figures, self.level_id)
        return getattr(figures, self.part) if self.part != ColumnPart.BEFORE else None


@dataclass(frozen=True)
class ListCell:
    """What stands in one column of a row."""

    label: str
    value: Shown

    @property
    def text(self) -> str:
        """The figure as people read it; a mean has two decimals."""
        if self.value is None:
            return "–"
        return f"{self.value:.2f}" if isinstance(self.value, Decimal) else str(self.value)

    @property
    def is_words(self) -> bool:
        """Whether words stand there instead of a figure."""
        return isinstance(self.value, str)


def _share(
    figures: ResultFigures | ResultSum | ReferenceResult, level_id: int | None
) -> Decimal | None:
    if isinstance(figures, ResultFigures):
        return next((one.percent for one in figures.shares if one.level_id == level_id), None)
    if isinstance(figures, ResultSum) and level_id is not None:
        return figures.shares.get(level_id)
    return None
