"""When a step reaches the manual's quality standard."""

from datetime import date, timedelta

import pytest

from supervision.cycle.quality_standards import (
    QualityFacts,
    count_quality,
    quality_check,
)
from supervision.rounds.enums import CycleStep

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
    assert check(CycleStep.CRITERIA, done_on=TODAY).is_met
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
