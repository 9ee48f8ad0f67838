"""A school's seven steps in a drive, what comes next, its own projects and the drive's advice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.models import School, User
from supervision.improvement.enums import OFFICE_ASSIGNEES, AdviceOrigin, Assignee
from supervision.improvement.ledger import LEDGER_RELATIONS, LedgerEntry
from supervision.improvement.models import Recommendation
from supervision.quality_drive.drives.queries import terms_of_drive
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.progress.projects import load_school_projects
from supervision.quality_drive.progress.school_page import get_school_of_drive
from supervision.quality_drive.school_steps import school_steps
from supervision.quality_drive.step_rows import DriveStepRow
from supervision.visits.enums import VisitKind, VisitState
from supervision.visits.models import Visit

# Who of the office may have promised something: a school's supervisor too.
PROMISING = (Assignee.SUPERVISOR, *OFFICE_ASSIGNEES)
STEPS_SHOWN = 3  # of those whose turn it is, in the box of what comes next
# Whose turn is the reader's, what is late, what somebody else has to do.
TURN_ORDER = (StatusKind.YOURS, StatusKind.LATE, StatusKind.WAITING)


@dataclass(frozen=True)
class DriveAdvice:
    """What a drive has put into the ledger for a school, still open, by who carries it out."""

    office: Sequence[LedgerEntry]
    school: Sequence[LedgerEntry]


def drive_advice(school: School, user: User, today: date) -> DriveAdvice:
    """The open advice and promises, by due day, in one query."""
    rows = Recommendation.objects.visible_to(user).agreed().still_open()
    rows = rows.filter(origin=AdviceOrigin.QUALITY_DRIVE, school=school)
    entries = [LedgerEntry(one, today) for one in rows.select_related(*LEDGER_RELATIONS)]

    def owed_by(office: bool) -> list[LedgerEntry]:
        return [one for one in entries if (one.recommendation.assignee in PROMISING) == office]

    return DriveAdvice(owed_by(True), owed_by(False))


def next_mentoring(drive: QualityDrive, school: School, today: date) -> Visit | None:
    """The next mentoring visit that is planned at the school; its dimensions are recorded there."""
    rows = Visit.objects.filter(
        kind=VisitKind.MENTORING,
        round__term__academic_year=drive.academic_year_id,
        round__school=school,
        state=VisitState.PLANNED,
        visit_on__gte=today,
    )
    return rows.order_by("visit_on", "pk").first()


def next_steps(steps: Sequence[DriveStepRow]) -> list[DriveStepRow]:
    """The steps whose turn it is, the reader's first."""
    waiting = [one for one in steps if one.waits and one.kind in TURN_ORDER]
    return sorted(waiting, key=lambda one: TURN_ORDER.index(one.kind))[:STEPS_SHOWN]


def school_drive_steps(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """The steps as a task list; the page of the school's drive takes its parts from here."""
    drive, school = get_school_of_drive(request.user, year, pk)
    today = timezone.localdate()
    steps = school_steps(drive, school, request.user, terms_of_drive(drive), today)
    context = {
        "drive": drive,
        "school": school,
        "steps": steps,
        "next_steps": next_steps(steps),
        "mentoring": next_mentoring(drive, school, today),
        "advice": drive_advice(school, request.user, today),
        "projects": load_school_projects(drive, school),
        "may_report": drive.is_at_work and can(request.user, Permission.REPORT_PROGRESS, pk),
    }
    return render(request, "quality_drive/school_drive_steps.html", context)
