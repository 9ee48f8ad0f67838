"""What a school can learn from schools like it, for a box of its page in a drive."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.http import SignedInRequest
from schools.core.url_cache import cached_url
from schools.models import School, Term
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.exchange.similar_practices import similar_practices
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.progress.school_page import get_school_of_drive
from supervision.quality_drive.scores import load_design, load_signed_levels, weakest_dimensions

LESSONS_SHOWN = 2


def school_drive_lessons(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """The practices most like the school's case; the page of its drive takes the box from here."""
    drive, school = get_school_of_drive(request.user, year, pk)
    today = timezone.localdate()
    weak = _weak_dimensions(drive, school, today)
    context = {
        "drive": drive,
        "school": school,
        "practices": similar_practices(school, today, weak=weak)[:LESSONS_SHOWN],
        "more_url": f"{cached_url('similar_schools', year, pk)}?{urlencode({'weak': weak}, True)}",
        "may_ask": can(request.user, Permission.REQUEST_STUDY_VISIT, pk),
    }
    return render(request, "quality_drive/school_drive_lessons.html", context)


def _weak_dimensions(drive: QualityDrive, school: School, today: date) -> list[DimensionCode]:
    """Where the school's signed visit of the year scored lowest; none before the first."""
    design, terms = load_design(drive), list(Term.objects.filter(academic_year=drive.academic_year))
    levels = load_signed_levels(design, [school], terms, today).get(school.pk, {})
    return [DimensionCode(one.dimension.code) for one in weakest_dimensions(design, levels)]
