"""What results said before they were changed, as one reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from schools.models import School, User
from supervision.profiles.learning.visibility import SMALL_GROUP_WORDS, may_see_result
from supervision.profiles.models import EarlierLearningResult

LABELS = {"enrolled": "ทั้งหมด", "tested": "เข้าสอบ", "mean": "ค่าเฉลี่ย", "sd": "S.D."}


@dataclass(frozen=True)
class EarlierLine:
    """One change: of which result, what it said until then, who changed it when and why."""

    subject: str
    said: str
    replaced_at: datetime
    replaced_by: str
    reason: str
    was_deleted: bool


def earlier_results(user: User, school: School, year: int) -> Sequence[EarlierLine]:
    """The changes to a school's results of a year, the latest first."""
    rows = EarlierLearningResult.objects.filter(school=school, academic_year__year=year)
    return [
        EarlierLine(
            subject=str(row.subject),
            said=_figures_in_words(row)
            if may_see_result(user, row.figures["tested"], school.pk)
            else SMALL_GROUP_WORDS,
            replaced_at=row.replaced_at,
            replaced_by=str(row.replaced_by or ""),
            reason=row.reason,
            was_deleted=row.was_deleted,
        )
        for row in rows.select_related("subject__kind", "replaced_by")
    ]


def _figures_in_words(row: EarlierLearningResult) -> str:
    said = [f"{label} {row.figures[name]}" for name, label in LABELS.items() if row.figures[name]]
    said += [f"{level} {percent}" for level, percent in row.figures["shares"].items()]
    return " · ".join(said)
