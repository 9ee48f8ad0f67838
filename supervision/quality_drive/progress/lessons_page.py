"""What a school can learn from schools like it, for a box of its page in a drive."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.http import SignedInRequest
from supervision.quality_drive.exchange.similar_practices import similar_practices
from supervision.quality_drive.progress.school_page import get_school_of_drive

LESSONS_SHOWN = 2


def school_drive_lessons(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """The practices most like the school's case; the page of its drive takes the box from here."""
    drive, school = get_school_of_drive(request.user, year, pk)
    context = {
        "drive": drive,
        "school": school,
        "practices": similar_practices(school, timezone.localdate())[:LESSONS_SHOWN],
        "may_ask": can(request.user, Permission.REQUEST_STUDY_VISIT, pk),
    }
    return render(request, "quality_drive/school_drive_lessons.html", context)
