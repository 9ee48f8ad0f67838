"""A school's seven steps in a drive, and what comes next."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.models import School
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.progress.queries import load_drive_progress
from supervision.quality_drive.progress.school_page import get_school_of_drive
from supervision.quality_drive.school_steps import school_steps
from supervision.quality_drive.step_rows import DriveStepRow
from supervision.visits.enums import VisitKind, VisitState
from supervision.visits.models import Visit

STEPS_SHOWN = 3  # of those whose turn it is, in the box of what comes next
# Whose turn is the reader's, what is late, what somebody else has to do.
TURN_ORDER = (StatusKind.YOURS, StatusKind.LATE, StatusKind.WAITING)


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
    steps = school_steps(load_drive_progress(drive, [school], today), request.user, today)
    context = {
        "drive": drive,
        "school": school,
        "steps": steps,
        "next_steps": next_steps(steps),
        "mentoring": next_mentoring(drive, school, today),
    }
    return render(request, "quality_drive/school_drive_steps.html", context)
