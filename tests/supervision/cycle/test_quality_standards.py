"""When a step reaches the manual's quality standard."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from schools.core.thai import fiscal_year
from supervision.criteria.models import Indicator
from supervision.cycle.quality_standards import (
    QualityFacts,
    count_quality,
    quality_check,
)
from supervision.profiles.focus.coverage import focus_coverage
from supervision.profiles.focus.enums import PolicyOrigin
from supervision.profiles.models import PolicyFocus
from supervision.rounds.enums import CycleStep
from supervision.standards.models import SUPERVISION_PROCESS, StepSheet
from tests import scenarios
from tests.factories import WorkProcessFactory

TODAY, CLOSES = date(2026, 11, 18), date(2027, 4, 1)
DAY = timedelta(days=1)


def check(step, **facts):
    return quality_check(
        QualityFacts(**{"step": step, "today": TODAY, "term_closes_on": CLOSES} | facts)
    )


def test_the_data_are_current_once_confirmed_and_of_other_terms_nothing_is_said():
    assert check(CycleStep.NEEDS) is None
    assert check(CycleStep.NEEDS, asks_for_data=True) == (False, "โรงเรียนยังไม่ยืนยันข้อมูล")
    met = check(CycleStep.NEEDS, asks_for_data=True, data_confirmed_on=TODAY)
    assert met == (True, "โรงเรียนยืนยันข้อมูลเมื่อ 18 พ.ย. 2569")


def test_the_criteria_answer_every_level_and_every_policy():
    assert check(CycleStep.CRITERIA) is None
    assert check(CycleStep.CRITERIA, done_on=TODAY) is None  # nobody knows the year's policies
    assert check(CycleStep.CRITERIA, done_on=TODAY, policies=2).is_met
    lacking = {"lacking_levels": "ระดับปฐมวัย", "unanswered_policies": 2}
    assert check(CycleStep.CRITERIA, done_on=TODAY, **lacking) == (
        False,
        "ขาดชุดตัวชี้วัดของระดับปฐมวัย · จุดเน้นของปี 2 ข้อยังไม่มีตัวชี้วัดตอบ",
    )


@pytest.mark.parametrize("step", [CycleStep.SELF_ASSESSMENT, CycleStep.VISIT, CycleStep.DECISION])
def test_the_steps_of_a_term_are_done_before_it_closes(step):
    assert check(step) is None
    assert check(step, today=CLOSES - DAY) is None
    assert check(step, today=CLOSES) == (False, "ปิดภาคเรียนแล้ว ยังไม่เสร็จ")
    assert check(step, done_on=CLOSES - DAY).is_met
    assert check(step, done_on=CLOSES) == (False, "เสร็จหลังปิดภาคเรียน เมื่อ 1 เม.ย. 2570")


def test_of_the_last_two_steps_no_fact_can_tell():
    assert check(CycleStep.SUMMARY, done_on=TODAY) is None
    assert check(CycleStep.REPORT, done_on=TODAY) is None


def test_only_what_can_be_told_is_counted():
    checks = [check(CycleStep.VISIT), check(CycleStep.VISIT, done_on=TODAY)]
    late = check(CycleStep.VISIT, done_on=CLOSES)
    counted = count_quality((CycleStep.VISIT, one) for one in [*checks, late])
    assert counted == {CycleStep.VISIT: (1, 2)}


# --- As the pages show it ---


def quality(client, round_, number):
    page = client.get(reverse("round", args=[round_.pk]))
    return page.context["tasks"][number - 1].quality


def test_the_school_page_says_which_standards_are_reached(
    login, round_, term, group_director, school_director
):
    asked = scenarios.data_asked_for(term, by=group_director)
    client = login(school_director)
    assert quality(client, round_, 1) == (False, "โรงเรียนยังไม่ยืนยันข้อมูล")
    scenarios.data_confirmed(round_.school, asked, by=school_director)
    assert quality(client, round_, 1).is_met
    assert quality(client, round_, 3) is None
    scenarios.self_assessment_confirmed(round_, by=school_director)
    assert quality(client, round_, 3).is_met


def test_policies_that_no_indicator_answers_are_counted_as_on_the_page_of_policies(
    login, round_, term, school_director
):
    year = fiscal_year(term.opens_on)
    answered, unanswered = [
        PolicyFocus.objects.create(
            fiscal_year=year, origin=PolicyOrigin.OBEC, text=text, source="ตัวอย่าง", position=1
        )
        for text in ("อ่านออกเขียนได้", "ความปลอดภัย")
    ]
    answered.indicators.add(Indicator.objects.filter(standard__indicator_set__rounds=round_)[0])
    coverage = focus_coverage(round_.indicator_sets.all(), year)
    assert coverage.unanswered == [unanswered]
    said = quality(login(school_director), round_, 2)
    assert said == (False, "จุดเน้นของปี 1 ข้อยังไม่มีตัวชี้วัดตอบ")
    unanswered.indicators.set(answered.indicators.all())
    assert quality(login(school_director), round_, 2).is_met


def test_the_page_of_the_process_counts_for_the_office(
    login,
    round_,
    school_director,
    supervisor,
    academic_teacher,
    django_assert_max_num_queries,
):
    StepSheet.objects.create(process=SUPERVISION_PROCESS, number=3, detail="ประเมิน", timing="ก")
    WorkProcessFactory(code=SUPERVISION_PROCESS)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    process, counts = reverse("work_process", args=[SUPERVISION_PROCESS]), reverse("term_quality")
    client = login(supervisor)
    assert counts in client.get(process).content.decode()
    assert "1 จาก 1 โรงเรียน" in client.get(counts).content.decode()
    with django_assert_max_num_queries(15):
        client.get(counts)
    assert counts not in login(academic_teacher).get(process).content.decode()
    assert login(academic_teacher).get(counts).status_code == 403
