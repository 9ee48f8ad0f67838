"""An answer sheet as it is paged through: its standards, and how far each is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from supervision.assessments.enums import SheetKind
from supervision.assessments.models import Answer, AnswerSheet
from supervision.assessments.queries import answers_by_indicator, sheet_indicators
from supervision.criteria.models import Indicator, Standard

TEXTS_TITLE = "สรุปผลการนิเทศ"


@dataclass(frozen=True)
class SheetPart:
    """One page of the sheet: a standard, or the texts at its end."""

    url: str
    label: str
    title: str
    answered: int = 0
    total: int = 0
    standard: int | None = None

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.answered == self.total


@dataclass(frozen=True)
class LoadedSheet:
    """The sheet with its indicators and answers, loaded once for a page."""

    row: AnswerSheet
    indicators: list[Indicator]
    answers: dict[int, Answer]

    @classmethod
    def load(cls, row: AnswerSheet) -> "LoadedSheet":
        return cls(row, sheet_indicators(row), answers_by_indicator(row))

    @property
    def total(self) -> int:
        return len(self.indicators)

    @property
    def answered(self) -> int:
        return len(self._answered(self.indicators))

    @property
    def standards(self) -> list[Standard]:
        return list({i.standard_id: i.standard for i in self.indicators}.values())

    def of_standard(self, pk: int) -> list[Indicator]:
        return [i for i in self.indicators if i.standard_id == pk]

    def parts(self) -> list[SheetPart]:
        """Every page of the sheet in order; a visit's sheet ends with its texts."""
        parts = [self._part(standard) for standard in self.standards]
        if self.row.kind == SheetKind.VISIT:
            parts.append(
                SheetPart(reverse("sheet_texts", args=[self.row.pk]), "ข้อความสรุป", TEXTS_TITLE)
            )
        return parts

    def first_incomplete_part(self) -> SheetPart | None:
        """Where to go on: the first part that is not answered."""
        parts = self.parts()
        return next((part for part in parts if not part.is_done), parts[0] if parts else None)

    def _part(self, standard: Standard) -> SheetPart:
        indicators = self.of_standard(standard.pk)
        return SheetPart(
            url=reverse("sheet_standard", args=[self.row.pk, standard.pk]),
            label=standard.label,
            title=standard.name,
            answered=len(self._answered(indicators)),
            total=len(indicators),
            standard=standard.pk,
        )

    def _answered(self, indicators: Iterable[Indicator]) -> list[Indicator]:
        return [i for i in indicators if i.pk in self.answers and self.answers[i.pk].is_answered]
