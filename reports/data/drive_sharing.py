"""What a drive shares: honours that a meeting released, exchange events, requests, practices."""

from collections import Counter

from django.db.models import Count

from reports.data.drive_schema import (
    DriveCount,
    DrivePractice,
    ExchangeFigures,
    HonourFigures,
)
from supervision.practices.enums import AwardLevel, PracticeState
from supervision.practices.models import GoodPractice
from supervision.programmes.networks.enums import ForumState
from supervision.quality_drive.exchange.enums import StudyRequestKind, StudyRequestState
from supervision.quality_drive.models import ExchangeEvent, Honour, QualityDrive, StudyRequest


def honour_figures(drive: QualityDrive) -> list[HonourFigures]:
    """By category; what a meeting gave and has not released yet is not among them."""
    rows = Honour.objects.released().filter(category__drive=drive)
    rows = rows.select_related("category", "school", "release_meeting")
    return [
        {
            "pk": row.pk,
            "category": row.category.name,
            "school": row.school.name,
            "reason": row.reason,
            "meeting_no": row.release_meeting.label if row.release_meeting else "",
            "meeting_on": row.release_meeting.held_on.isoformat() if row.release_meeting else "",
        }
        for row in rows.order_by("category__position", "category__pk", "school__sort_key")
    ]


def exchange_figures(drive: QualityDrive) -> list[ExchangeFigures]:
    """The events that were held, first to last."""
    rows = ExchangeEvent.objects.filter(drive=drive, forum__state=ForumState.HELD)
    rows = rows.select_related("forum").prefetch_related("forum__attendance")
    return [
        {
            "title": row.forum.title,
            "held_on": row.forum.starts_on.isoformat(),
            "people": row.forum.attendance_total,
            "takeaways": row.takeaway_count,
        }
        for row in rows.annotate(takeaway_count=Count("takeaways")).order_by("forum__starts_on")
    ]


def study_counts(drive: QualityDrive) -> list[DriveCount]:
    """How many requests to learn from another school were carried out, by kind."""
    rows = StudyRequest.objects.filter(drive=drive, state=StudyRequestState.DONE)
    counts = Counter(rows.order_by().values_list("kind", flat=True))
    return [
        {"key": kind.value, "name": str(kind.label), "count": counts[kind]}
        for kind in StudyRequestKind
    ]


def practices_of_drive_year(drive: QualityDrive) -> list[DrivePractice]:
    """Good practices of schools that were selected in the year, the widest level first."""
    rows = GoodPractice.objects.filter(
        state=PracticeState.SELECTED, round__term__academic_year=drive.academic_year_id
    ).select_related("round__school")
    places = {level: place for place, level in enumerate(AwardLevel)}
    found = sorted(rows.order_by("pk"), key=lambda one: -places[AwardLevel(one.level)])
    return [
        {
            "title": one.title,
            "school": one.round.school.name if one.round else "",
            "level": str(one.get_level_display()),
        }
        for one in found
    ]
