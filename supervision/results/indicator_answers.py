"""What each school and its supervisor said of one indicator, term by term."""

from collections.abc import Iterable
from dataclasses import dataclass

from supervision.assessments.models import Answer
from supervision.criteria.models import Indicator
from supervision.results.school_terms import SchoolTerm


@dataclass(frozen=True)
class SchoolAnswer:
    """One indicator at one school in one term: the level of both sides, the finding.

    `level` is the supervisor's, `own` the school's of the same round; None where none was given.
    """

    row: SchoolTerm
    indicator_id: int
    standard_id: int
    level: int | None
    own: int | None
    not_applicable: bool
    finding: str

    @property
    def gap(self) -> int | None:
        """The supervisor's level less the school's; None where one of them is missing."""
        return None if self.level is None or self.own is None else self.level - self.own


def load_indicator_answers(
    rows: Iterable[SchoolTerm], versions: Iterable[Indicator]
) -> list[SchoolAnswer]:
    """The answers of these schools and terms on one indicator, in one query.

    `versions` are the indicator's stored rows. A school whose visit says nothing of it, neither a
    level nor that it does not apply, is left out.
    """
    found = Answer.objects.filter(
        indicator__in=[version.pk for version in versions], sheet__frozen_at__isnull=False
    )
    by_sheet = {answer.sheet_id: answer for answer in found.select_related("indicator")}
    return [
        _school_answer(row, answer, by_sheet.get(row.visit.own_sheet_id or 0))
        for row in rows
        if row.visit and (answer := by_sheet.get(row.visit.sheet_id)) and answer.is_answered
    ]


def _school_answer(row: SchoolTerm, answer: Answer, own: Answer | None) -> SchoolAnswer:
    return SchoolAnswer(
        row=row,
        indicator_id=answer.indicator_id,
        standard_id=answer.indicator.standard_id,
        level=answer.level,
        own=own.level if own else None,
        not_applicable=answer.not_applicable,
        finding=answer.note.strip(),
    )
