"""What a drive has put into the ledger: of one school, and of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from schools.models import School, User
from supervision.improvement.enums import OFFICE_ASSIGNEES, AdviceOrigin, Assignee
from supervision.improvement.ledger import LEDGER_RELATIONS, LedgerEntry
from supervision.improvement.models import Recommendation

# Who of the office may have promised something: a school's supervisor too.
PROMISING = (Assignee.SUPERVISOR, *OFFICE_ASSIGNEES)


@dataclass(frozen=True)
class DriveAdvice:
    """What a drive has put into the ledger for a school, still open, by who carries it out."""

    office: Sequence[LedgerEntry]
    school: Sequence[LedgerEntry]


def open_drive_advice(user: User, today: date) -> list[LedgerEntry]:
    """All open advice and promises of drives that the person may see, by due day, in one query."""
    return [LedgerEntry(one, today) for one in _open_advice(user)]


def drive_advice(school: School, user: User, today: date) -> DriveAdvice:
    """The open advice and promises of one school, by due day, in one query."""
    entries = [LedgerEntry(one, today) for one in _open_advice(user).filter(school=school)]

    def owed_by(office: bool) -> list[LedgerEntry]:
        return [one for one in entries if (one.recommendation.assignee in PROMISING) == office]

    return DriveAdvice(owed_by(True), owed_by(False))


def _open_advice(user: User) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.visible_to(user).agreed().still_open()
    rows = rows.filter(origin=AdviceOrigin.QUALITY_DRIVE)
    return rows.select_related(*LEDGER_RELATIONS).order_by("due_on", "pk")
