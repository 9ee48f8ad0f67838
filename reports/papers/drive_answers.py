"""One school's assessment by dimension, standard and point of focus on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from reports.data.signers import director_signer
from reports.papers.office_paper import SchoolPaper, paper_response
from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest
from schools.models import School, User
from supervision.quality_drive.crosswalk.answer_pages import (
    DriveYear,
    SchoolAnswers,
    load_drive_year,
    load_school_answers,
)
from supervision.quality_drive.crosswalk.answers import AnsweredPart, SchoolAssessment


@dataclass(frozen=True)
class AnswersPaper(SchoolPaper):
    """What one assessment says by dimension, standard and point of focus, as its page does."""

    template = "reports/paper/drive_answers.html"
    name = "ผลการประเมินตามด้านคุณภาพ มาตรฐานการศึกษา และจุดเน้น"

    answers: SchoolAnswers
    assessment: SchoolAssessment
    groups: Sequence[tuple[str, Sequence[AnsweredPart]]]

    @property
    def title(self) -> str:
        year = self.answers.drive.academic_year
        return f"ผลตามด้าน มาตรฐาน และจุดเน้น {self.school.short_name} ปีการศึกษา {year}"


def school_answers_paper(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """The paper to whom the school's page shows the same."""
    in_year = load_drive_year(request.user, year)
    schools = School.objects.visible_to(request.user).select_related("area")
    return paper_response(answers_paper(request.user, in_year, get_object_or_404(schools, pk=pk)))


def answers_paper(reader: User, in_year: DriveYear, school: School) -> AnswersPaper:
    """The paper as this reader may read it. Raises ActionRefused without an assessment."""
    answers = load_school_answers(reader, in_year, school, timezone.localdate())
    if answers.assessment is None:
        raise ActionRefused("ยังไม่มีผลในปีการศึกษานี้ จึงยังพิมพ์ไม่ได้")
    views = answers.views
    return AnswersPaper(
        school=school,
        is_sample=answers.is_sample,
        signers=[director_signer("ผู้รายงาน", school)],
        printed_at=timezone.now(),
        answers=answers,
        assessment=answers.assessment,
        groups=[
            ("ตามด้านคุณภาพของการขับเคลื่อน", views.dimensions),
            ("ตามมาตรฐานการศึกษา (SAR)", views.standards),
            (f"ตามจุดเน้นของปีงบประมาณ {answers.crosswalk.fiscal_year}", views.focuses),
        ],
    )
