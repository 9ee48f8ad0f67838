"""Enter once, report many: what one assessment says by dimension, standard and point of focus."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.thai import fiscal_year
from schools.models import School, Term, User
from supervision.quality_drive.crosswalk.answers import (
    AssessmentViews,
    PartCounts,
    SchoolAssessment,
    assessment_views,
    count_parts,
    day_of_year,
    indicator_places,
    load_assessments,
    load_scale_bands,
    with_unanswered,
)
from supervision.quality_drive.crosswalk.lines import Crosswalk, load_crosswalk
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.scores import DriveDesign, load_design
from supervision.results.school_terms import load_school_terms


@dataclass(frozen=True)
class SchoolAnswers:
    """One school's assessment of a drive's year, told by dimension, standard and point of focus.

    `assessment` is None while nothing was signed or confirmed in the year.
    """

    drive: QualityDrive
    school: School
    crosswalk: Crosswalk
    assessment: SchoolAssessment | None
    views: AssessmentViews

    @property
    def is_sample(self) -> bool:
        return self.drive.is_sample or (self.assessment is not None and self.assessment.is_sample)


@dataclass(frozen=True)
class DriveYear:
    """A drive with the terms of its academic year, first to last."""

    drive: QualityDrive
    terms: list[Term]

    def crosswalk(self, today: date) -> Crosswalk:
        """The crosswalk of the year; points of focus are of the fiscal year then in course."""
        day = day_of_year(self.terms, today)
        return load_crosswalk(self.drive.academic_year.year, fiscal_year(day))


def load_drive_year(user: User, year: int) -> DriveYear:
    """The year's drive as far as the person may see it, in one query.

    Raises Http404 without one, and while its year has no terms.
    """
    rows = Term.objects.filter(
        academic_year__year=year,
        academic_year__quality_drive__in=QualityDrive.objects.visible_to(user),
    )
    terms = list(
        rows.select_related("academic_year__quality_drive", "academic_year__area").order_by(
            "opens_on"
        )
    )
    if not terms:
        raise Http404
    return DriveYear(terms[0].academic_year.quality_drive, terms)


def load_school_answers(
    user: User, in_year: DriveYear, school: School, today: date
) -> SchoolAnswers:
    """What the school's newest assessment of the year says, in ten queries."""
    drive, design = in_year.drive, load_design(in_year.drive)
    rows = load_school_terms(user, [school], in_year.terms, today, with_clusters=False)
    assessment = load_assessments(rows).get(school.pk)
    crosswalk = in_year.crosswalk(today)
    lines = with_unanswered(assessment.lines if assessment else [], design)
    places = indicator_places(design, crosswalk, [line.indicator for line in lines])
    views = assessment_views(design, crosswalk, lines, places, load_scale_bands())
    found = None if assessment is None or assessment.is_empty else assessment
    return SchoolAnswers(drive, school, crosswalk, found, views)


def school_answers_page(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """One school's assessment, told three times."""
    in_year = load_drive_year(request.user, year)
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    answers = load_school_answers(request.user, in_year, school, timezone.localdate())
    context = {
        "drive": in_year.drive,
        "school": school,
        "answers": answers,
        "views": answers.views,
    }
    return render(request, "quality_drive/school_answers.html", context)


# --- The area ---


@dataclass(frozen=True)
class AreaAnswers:
    """How many schools came to which level, by dimension, standard and point of focus."""

    drive: QualityDrive
    crosswalk: Crosswalk
    schools: int
    assessed: int
    dimensions: list[PartCounts]
    standards: list[PartCounts]
    focuses: list[PartCounts]
    is_sample: bool


def load_area_answers(user: User, in_year: DriveYear, today: date) -> AreaAnswers:
    """The area's figures, for who sees it: of each school the newest counted visit of the year."""
    drive, design = in_year.drive, load_design(in_year.drive)
    schools = School.objects.all()
    rows = load_school_terms(user, schools, in_year.terms, today, with_clusters=False)
    assessments = load_assessments(rows, with_own=False)
    crosswalk, bands = in_year.crosswalk(today), load_scale_bands()
    indicators = {line.indicator for one in assessments.values() for line in one.lines}
    places = indicator_places(design, crosswalk, indicators)
    visited = [one for one in assessments.values() if one.visit]
    views = [assessment_views(design, crosswalk, one.lines, places, bands) for one in visited]
    views = views or [_no_answers(design, crosswalk)]
    return AreaAnswers(
        drive=drive,
        crosswalk=crosswalk,
        schools=len(assessments),
        assessed=len(visited),
        dimensions=count_parts([one.dimensions for one in views], bands),
        standards=count_parts([one.standards for one in views], bands),
        focuses=count_parts([one.focuses for one in views], bands),
        is_sample=drive.is_sample or any(one.is_sample for one in assessments.values()),
    )


def _no_answers(design: DriveDesign, crosswalk: Crosswalk) -> AssessmentViews:
    """All parts by name while no school has been visited."""
    return assessment_views(design, crosswalk, [], {}, {})


def area_answers(request: SignedInRequest, year: int) -> HttpResponse:
    """How many schools came to which level; no school is named."""
    require(request.user, Permission.VIEW_AREA)
    in_year = load_drive_year(request.user, year)
    answers = load_area_answers(request.user, in_year, timezone.localdate())
    groups = [
        ("ด้านคุณภาพของการขับเคลื่อน", answers.dimensions),
        ("มาตรฐานการศึกษาตามประกาศ", answers.standards),
        (f"จุดเน้นของปีงบประมาณ {answers.crosswalk.fiscal_year}", answers.focuses),
    ]
    context = {"drive": in_year.drive, "answers": answers, "groups": groups}
    return render(request, "quality_drive/area_answers.html", context)
