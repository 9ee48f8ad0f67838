"""What tests and assessors found of a school: who reads it, on the page's parts and on paper."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.profiles.paper import school_profile_paper
from schools.enums import EducationLevel
from schools.models import School
from supervision.improvement.enums import AdviceOrigin, Assignee, RecommendationState
from supervision.improvement.models import Recommendation
from supervision.profiles.external.enums import ExternalAssessmentState
from supervision.profiles.learning.enums import DataOwner, ReferenceScope
from supervision.profiles.models import (
    AnnualReport,
    ExternalAssessment,
    ExternalResult,
    ReferenceResult,
)
from supervision.profiles.sar.enums import AnnualReportState, QualityLevel
from tests.factories import (
    AcademicYearFactory,
    ExternalAssessmentFactory,
    LearningResultFactory,
    SchoolFactory,
    TestKindFactory,
    TestSubjectFactory,
)

pytestmark = pytest.mark.db_agnostic
PARTS = ("school_profile", "school_profile_findings", "school_profile_background")
SEES_FINDINGS = (
    *("supervisor", "school_director", "academic_teacher", "work_group_head", "group_director"),
    *("deputy_area_director", "area_director", "clerk"),
)
SEES_SMALL_RESULTS = ("supervisor", "school_director", "academic_teacher", "group_director")
LOOKS_ON = ("other_supervisor", "committee_member", "subcommittee_member")
KNOWS_NO_CHILD = (*LOOKS_ON, "work_group_head", "deputy_area_director", "area_director", "clerk")


def everything_read_by(client, user, school):
    """All parts of the page and the paper, as text."""
    pages = [client.get(reverse(name, args=[school.pk])).content.decode() for name in PARTS]
    pages.append(school_profile_paper(school.pk, reader=user).as_html())
    return " ".join(re.sub("<[^>]*>", " ", " ".join(pages)).split())


def kinds_read_by(client, school):
    page = client.get(reverse("school_profile_findings", args=[school.pk]))
    return page.context["findings"].kinds


@pytest.fixture
def read(request, login):
    """What one of the cast reads of a school, wherever it is shown."""

    def reading(who, school):
        user = request.getfixturevalue(who)
        return everything_read_by(login(user), user, school)

    return reading


def result_in(year, school, **figures):
    return LearningResultFactory(
        school=school, academic_year=AcademicYearFactory(year=year), **figures
    )


def reference_in(year, scope, mean):
    return ReferenceResult.objects.create(
        academic_year=AcademicYearFactory(year=year),
        subject=TestSubjectFactory(),
        scope=scope,
        mean=mean,
        updated_at=timezone.now(),
    )


# --- Learning results ---


def test_a_subject_is_shown_over_five_years_beside_area_and_country(
    login, school, supervisor, term
):
    for year, mean in ((2563, 10), (2564, 41), (2566, 45), (2568, "47.13")):
        result_in(year, school, mean=mean)
    reference_in(2568, ReferenceScope.AREA, 46)
    reference_in(2568, ReferenceScope.NATION, 50)
    [kind] = kinds_read_by(login(supervisor), school)
    [line] = kind.lines
    assert kind.years == [2564, 2565, 2566, 2567, 2568]
    assert [year.mean for year in line.years] == [41, None, 45, None, Decimal("47.13")]
    assert (line.latest.area, line.latest.nation) == (46, 50)
    page = login(supervisor).get(reverse("school_profile_findings", args=[school.pk]))
    [panel] = page.context["panels"]
    assert [drawn.label for drawn in panel.charts[0].chart.lines] == ["โรงเรียน", "เขตพื้นที่", "ประเทศ"]
    assert "ที่มา: ตารางผลสอบของสำนักงาน" in page.content.decode()


def test_what_the_school_examines_itself_is_a_table(login, school, supervisor, term):
    own_test = TestKindFactory(name="ผลสัมฤทธิ์", entered_by=DataOwner.SCHOOL)
    for number in range(2):
        subject = TestSubjectFactory(kind=own_test, name=f"วิชาที่ {number}")
        result_in(2568, school, subject=subject)
    response = login(supervisor).get(reverse("school_profile_findings", args=[school.pk]))
    [panel] = response.context["panels"]
    assert (panel.rows, panel.charts) == ([], [])
    assert [line.label for line in panel.year_lines] == ["ป.3 วิชาที่ 0", "ป.3 วิชาที่ 1"]


@pytest.mark.parametrize("who", SEES_SMALL_RESULTS)
def test_results_of_two_pupils_are_known_to_their_school(read, who, school, term):
    result_in(2568, school, mean=Decimal("47.13"), tested=2)
    text = read(who, school)
    assert "47.13" in text
    assert "๔๗.๑๓" in text
    assert "น้อยกว่า 3 คน" not in text


@pytest.mark.parametrize("who", KNOWS_NO_CHILD)
def test_others_read_no_figure_of_two_pupils(read, who, school, term):
    result_in(2568, school, mean=Decimal("47.13"), sd=Decimal("8.57"), tested=2, enrolled=2)
    text = read(who, school)
    assert "น้อยกว่า 3 คน" in text
    assert "* น้อยกว่า ๓ คน" in text
    for figure in ("47.13", "๔๗.๑๓", "8.57", "๘.๕๗", " 2 คน", " ๒ คน"):
        assert figure not in text


def test_the_past_of_a_merged_school_follows_and_says_whose_it_was(
    login, school, school_director, term
):
    closed = timezone.localdate() - timedelta(days=30)
    merged = SchoolFactory(name="โรงเรียนต้นทาง", merged_into=school, closed_on=closed)
    result_in(2568, school)
    result_in(2567, merged, mean=Decimal("33.33"))
    [kind] = kinds_read_by(login(school_director), school)
    own, past = kind.lines
    assert (own.origin_note, own.latest.year) == ("", 2568)
    assert past.origin_note.startswith("จากโรงเรียนต้นทาง (รวมเมื่อ")
    assert past.latest.mean == Decimal("33.33")


# --- What was found from outside ---


@pytest.fixture
def assessed(school, supervisor):
    """Our school was assessed from outside, and advised."""
    assessment = ExternalAssessmentFactory(
        school=school, agency="QZAGENCY", summary="QZSUMMARY", recorded_by=supervisor
    )
    ExternalResult.objects.create(
        assessment=assessment, position=1, aspect="QZASPECT", level="QZLEVEL"
    )
    Recommendation.objects.create(
        school=school,
        origin=AdviceOrigin.EXTERNAL_ASSESSMENT,
        external_assessment=assessment,
        state=RecommendationState.OPEN,
        text="QZADVICE",
        assignee=Assignee.SCHOOL_DIRECTOR,
        due_on=timezone.localdate(),
        agreed_at=timezone.now(),
    )
    return assessment


@pytest.fixture
def reported(school, school_director):
    """Our school sent its annual report."""
    report = AnnualReport.objects.create(
        school=school,
        academic_year=AcademicYearFactory(year=2568),
        state=AnnualReportState.SENT,
        strengths="QZSTRENGTHS",
        improvement_points="QZPOINTS",
        plan="QZPLAN",
        sent_on=timezone.localdate(),
        sent_at=timezone.now(),
        sent_by=school_director,
    )
    report.standards.create(
        level=EducationLevel.BASIC, number=1, name="QZSTANDARD", quality_level=QualityLevel.FAIR
    )
    return report


@pytest.mark.parametrize("who", SEES_FINDINGS)
def test_who_knows_the_school_reads_what_it_and_others_found(read, who, assessed, reported, term):
    text = read(who, assessed.school)
    for word in ("AGENCY", "SUMMARY", "ASPECT", "LEVEL", "ADVICE", "STRENGTHS", "PLAN", "STANDARD"):
        assert f"QZ{word}" in text


@pytest.mark.parametrize("who", LOOKS_ON)
def test_who_looks_on_reads_nothing_of_it(read, who, assessed, reported, term):
    text = read(who, assessed.school)
    for word in ("QZ", "การประเมินภายนอก", "SAR", "ปานกลาง"):
        assert word not in text


def test_a_report_that_is_not_sent_is_asked_for(read, reported, term):
    AnnualReport.objects.update(
        state=AnnualReportState.DRAFT, sent_on=None, sent_at=None, sent_by=None
    )
    text = read("supervisor", reported.school)
    assert "ปีการศึกษา 2568 โรงเรียนยังไม่ส่ง" in text
    assert "QZ" not in text


def test_no_report_is_asked_of_a_closed_school(read, reported, term):
    AnnualReport.objects.update(
        state=AnnualReportState.DRAFT, sent_on=None, sent_at=None, sent_by=None
    )
    School.objects.filter(pk=reported.school_id).update(closed_on=timezone.localdate())
    assert "โรงเรียนยังไม่ส่ง" not in read("supervisor", reported.school)


def test_a_withdrawn_assessment_is_not_shown(read, assessed, term):
    ExternalAssessment.objects.update(state=ExternalAssessmentState.WITHDRAWN)
    assert "QZSUMMARY" not in read("supervisor", assessed.school)


def test_findings_follow_a_merged_school(read, assessed, other_school, outsider_director, term):
    today = timezone.localdate()
    School.objects.filter(pk=assessed.school_id).update(closed_on=today, merged_into=other_school)
    text = read("outsider_director", other_school)
    assert f"QZAGENCY รอบห้า จาก{assessed.school} (รวมเมื่อ" in text
