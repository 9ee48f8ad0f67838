"""What is known of a school, written by two people at once: what was sent or rests on it stays."""

import pytest
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.improvement.enums import Assignee
from supervision.improvement.external_advice import record_external_advice
from supervision.profiles.external.actions import (
    AssessmentContent,
    record_external_assessment,
    withdraw_external_assessment,
)
from supervision.profiles.sar.actions import send_annual_report
from tests.concurrency.parallel import reloaded, run_during
from tests.factories import AcademicYearFactory, EducationStandardFactory
from tests.supervision.profiles.sar.sample_report import draft_report

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_draft_is_saved_while_the_report_is_sent(school, school_director, academic_teacher):
    year = AcademicYearFactory(year=2568)
    for number in (1, 2, 3):
        EducationStandardFactory(number=number)
    report = draft_report(school, year, by=academic_teacher)
    late = run_during(
        lambda: send_annual_report(report, by=school_director),
        lambda: draft_report(school, year, by=academic_teacher, strengths="แก้ภายหลัง"),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(report).strengths == "ผู้เรียนอ่านออกทุกคน"


def test_an_assessment_is_withdrawn_while_its_advice_is_recorded(school, supervisor):
    content = AssessmentContent({"agency": "หน่วยงานประเมิน"})
    assessment = record_external_assessment(school, by=supervisor, content=content)
    late = run_during(
        lambda: record_external_advice(
            assessment,
            by=supervisor,
            text="ใช้ผลทดสอบวางแผน",
            assignee=Assignee.SUPERVISOR,
            due_on=timezone.localdate(),
        ),
        lambda: withdraw_external_assessment(reloaded(assessment), by=supervisor, reason="ซ้ำ"),
    )
    assert isinstance(late, ActionRefused)
    assert not reloaded(assessment).is_withdrawn
