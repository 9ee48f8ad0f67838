"""What a drive has of cooperation (H) on one page: partners, events and climate surveys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, rights_of
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.models import User
from supervision.quality_drive.cooperation.enums import ClimateState
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.models import ClimateSurvey, DriveEvent, Partner, QualityDrive

EVENTS_ON_A_PAGE = 30


@dataclass(frozen=True)
class DrivePartnerRow:
    """A partner as the list shows it; `with_own` says that the reader's school works with it."""

    partner: Partner
    schools: int
    with_own: bool
    is_over: bool


@dataclass(frozen=True)
class ClimateSurveyRow:
    """A climate survey as the list shows it, with how many of the schools asked have answered."""

    survey: ClimateSurvey
    word: str
    kind: StatusKind
    taken: int
    asked: int


def drive_cooperation(request: SignedInRequest, year: int) -> HttpResponse:
    """Schools see partners, the events to which they were invited, and surveys that were opened."""
    drive, today = get_drive(request.user, year), timezone.localdate()
    partners = drive_partner_rows(drive, request.user, today)
    events = DriveEvent.objects.visible_to(request.user).filter(drive=drive)
    counted = events.annotate(invited=Count("schools", distinct=True))
    pages = Paginator(counted.order_by("-held_on", "-pk"), EVENTS_ON_A_PAGE)
    context = {
        "drive": drive,
        "partners": [row for row in partners if not row.is_over],
        "former_partners": [row for row in partners if row.is_over],
        "page": pages.get_page(request.GET.get("page")),
        "surveys": climate_survey_rows(drive, request.user, today),
        "sees_area": can(request.user, Permission.VIEW_AREA),
        "may_edit": can(request.user, Permission.MANAGE_DRIVE),
    }
    return render(request, "quality_drive/cooperation/overview.html", context)


def drive_partner_rows(drive: QualityDrive, reader: User, today: date) -> list[DrivePartnerRow]:
    """The drive's partners, those inside the area first; two queries."""
    own = rights_of(reader).schools(Permission.VIEW_SCHOOL)
    with_own = set(
        Partner.objects.filter(drive=drive, schools__in=own).values_list("pk", flat=True)
    )
    rows = drive.partners.annotate(school_count=Count("schools"))
    return [
        DrivePartnerRow(row, row.school_count, row.pk in with_own, row.is_over(today))
        for row in rows.order_by("is_outside", "organisation", "pk")
    ]


def climate_survey_rows(
    drive: QualityDrive, reader: User, today: date
) -> Sequence[ClimateSurveyRow]:
    """The drive's surveys that the reader may know of; a survey past its day is over."""
    rows = ClimateSurvey.objects.visible_to(reader).filter(drive=drive)
    is_taken = Q(turns__is_taken=True)
    counted = rows.annotate(asked=Count("turns"), taken=Count("turns", filter=is_taken))
    return [
        _survey_row(row, row.taken, row.asked, today)
        for row in counted.order_by("-opens_on", "-pk")
    ]


def _survey_row(row: ClimateSurvey, taken: int, asked: int, today: date) -> ClimateSurveyRow:
    is_over = row.is_over_on(today)
    state = ClimateState.CLOSED if is_over else ClimateState(row.state)
    kind = StatusKind.DONE if is_over else row.pill
    return ClimateSurveyRow(row, state.label, kind, taken, asked)
