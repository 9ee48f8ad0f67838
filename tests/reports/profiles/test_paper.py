"""The profile on paper: one page, whatever is known of the school."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from reports.papers.round_papers import papers_of_round, rounds_with_papers
from reports.profiles.paper import SchoolProfilePaper
from schools.enums import EducationLevel, Grade
from schools.models import School
from supervision.improvement.models import Recommendation
from supervision.needs.models import NeedsSurvey
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.profiles.models import (
    AnnualReport,
    Circumstance,
    ExternalResult,
)
from supervision.profiles.sar.enums import AnnualReportState
from supervision.visits import actions as visits
from tests import scenarios
from tests.factories import (
    AcademicYearFactory,
    ExternalAssessmentFactory,
    IndicatorSetFactory,
    LearningResultFactory,
    RoundFactory,
    SchoolFactory,
    TermFactory,
    TestSubjectFactory,
    YearlyCountFactory,
)
from tests.reports.conftest import normalized

EARLY = EducationLevel.EARLY_CHILDHOOD
WANTED = ("wanted_first", "wanted_second", "wanted_third")
pytestmark = pytest.mark.db_agnostic
LONG = "จัดกิจกรรมซ่อมเสริมการอ่านออกเขียนได้เป็นรายบุคคลโดยใช้แบบฝึกที่ครูพัฒนาขึ้นและบันทึกผลทุกสัปดาห์" * 3


def pages_of(client, school):
    response = client.get(reverse("school_profile_paper", args=[school.pk]))
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    return [normalized(page.extract_text()) for page in reader.pages]


def bundled(round_, reader):
    papers = papers_of_round(rounds_with_papers(reader).get(pk=round_.pk), reader)[0].papers
    [found] = [one for one in papers if one.title == SchoolProfilePaper.name]
    return found.make


def test_a_bundle_has_it_while_the_term_goes_on(round_, supervisor):
    assert bundled(round_, supervisor)().title == "ข้อมูลโรงเรียน ของเรา"
    opened = timezone.localdate() - timedelta(days=200)
    ended = TermFactory(number=1, opens_on=opened, closes_on=opened + timedelta(days=140))
    assert bundled(RoundFactory(school=round_.school, term=ended), supervisor) is None


def test_a_new_school_has_a_page(login, school, supervisor):
    [text] = pages_of(login(supervisor), school)
    for words in ("โรงเรียนของเรา", "ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว", "ยังไม่มีนัดหมาย"):
        assert normalized(words) in text


def set_of_three(level):
    """As the standards of 2561 are: three of each level."""
    chosen = IndicatorSetFactory(level=level)
    third = chosen.standards.create(number=3, name=LONG[:150])
    third.indicators.create(position=1, code="3.1", text="ตัวชี้วัดทดสอบ")
    return chosen


def fill_profile(school, supervisor):
    """Fifteen subjects over five years, many circumstances, two assessments from outside."""
    years = [AcademicYearFactory(year=year) for year in range(2564, 2569)]
    for number in range(15):
        subject = TestSubjectFactory(name=f"วิชาที่ {number} {LONG[:60]}")
        for year in years:
            LearningResultFactory(
                school=school, academic_year=year, subject=subject, source=LONG[:200]
            )
    for number, kind in enumerate(CircumstanceKind):
        Circumstance.objects.create(
            school=school,
            kind=kind,
            detail="" if kind == CircumstanceKind.INCLUSION else LONG[:300],
            main_school=SchoolFactory() if kind == CircumstanceKind.BRANCH else None,
            pupils=5 if kind == CircumstanceKind.INCLUSION else None,
            source="โรงเรียนแจ้ง",
            starts_on=timezone.localdate() - timedelta(days=number),
            checked_on=timezone.localdate(),
            checked_by=supervisor,
        )
    report = AnnualReport.objects.create(
        school=school,
        academic_year=years[-1],
        state=AnnualReportState.SENT,
        sent_on=timezone.localdate(),
        sent_at=timezone.now(),
        sent_by=supervisor,
    )
    for level in (EducationLevel.BASIC, EARLY):
        report.overalls.create(level=level, quality_level=5)
        for number in (1, 2, 3):
            report.standards.create(level=level, number=number, name="ก", quality_level=1)
    for _ in range(2):
        assessment = ExternalAssessmentFactory(school=school, agency=LONG[:200])
        for position in range(4):
            ExternalResult.objects.create(
                assessment=assessment, position=position, aspect=LONG[:200], level="ดี"
            )


def test_the_longest_texts_stay_on_one_page(
    login, round_, supervisor, school_director, group_director
):
    round_.indicator_sets.set([set_of_three(EducationLevel.BASIC), set_of_three(EARLY)])
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    School.objects.filter(pk=round_.school_id).update(
        name="โรงเรียน" + "บ้านตัวอย่างชื่อยาว" * 6, phone="042-000000 " * 5, district="อ" * 90
    )
    counted = YearlyCountFactory(school=round_.school, pupils=999, counted_on=timezone.localdate())
    for grade in (Grade.K2, Grade.M1):
        counted.grades.create(grade=grade, boys=999, girls=999, rooms=20)
    advice = round_.recommendations.get()
    for _ in range(9):
        advice.pk = None
        advice.save()
    Recommendation.objects.update(text=LONG)
    fill_profile(round_.school, supervisor)
    NeedsSurvey.objects.update(**dict.fromkeys(WANTED, LONG[:300]))
    visit_on = scenarios.working_day() + timedelta(days=7)
    visits.plan_visit(round_, by=supervisor, visit_on=visit_on, purpose=LONG, leader=supervisor)
    [text] = pages_of(login(supervisor), round_.school)
    for words in ("ยังไม่ปิดอีก ๗ ข้อ ดูต่อในระบบ", "อีก ๗ วิชาดูต่อในระบบ", "อีก ๗ รายการดูต่อในระบบ"):
        assert normalized(words) in text
