"""Which schools to act on first: reasons in words, their points, and the order."""

from datetime import date
from decimal import Decimal

import pytest

from reports.data.act_first import (
    REASON_WEIGHTS,
    ReasonKind,
    SchoolFacts,
    schools_to_act_on,
)
from supervision.results.gaps import WideGap

EXPLAINED, UNEXPLAINED = WideGap("1.2", True), WideGap("3.1", False)


def reasons(**facts) -> dict[ReasonKind, tuple[str, int]]:
    found = schools_to_act_on([SchoolFacts(1, **facts)])
    return {one.kind: (one.text, one.points) for school in found for one in school.reasons}


def test_a_school_without_a_reason_is_not_named():
    assert schools_to_act_on([SchoolFacts(1)]) == []
    assert reasons(mean=Decimal("3.00"), mean_before=Decimal("3.29")) == {}


@pytest.mark.parametrize(
    ("facts", "text", "points"),
    [
        (
            {"overdue_step": "ขั้นที่ 4 นิเทศ", "overdue_days": 6},
            "ขั้นที่ 4 นิเทศ เกินกำหนด 6 วัน",
            3,
        ),
        (
            {"overdue_step": "ขั้นที่ 3 ประเมินตนเอง", "overdue_days": 14},
            "ขั้นที่ 3 ประเมินตนเอง เกินกำหนด 14 วัน",
            5,
        ),
        (
            {"overdue_step": "ขั้นที่ 1 ข้อมูล", "overdue_days": 300},
            "ขั้นที่ 1 ข้อมูล เกินกำหนด 300 วัน",
            7,
        ),
        ({"unsigned_days": 0}, "บันทึกการนิเทศของวันนี้ยังไม่ลงนาม", 2),
        ({"unsigned_days": 8}, "บันทึกการนิเทศยังไม่ลงนาม 8 วันหลังวันนิเทศ", 3),
        (
            {
                "is_repeating": True,
                "below_target": ["มาตรฐานที่ 3"],
                "second_round": "รอบที่ 2 อยู่ขั้นที่ 3",
            },
            "ไม่บรรลุ มาตรฐานที่ 3 · รอบที่ 2 อยู่ขั้นที่ 3",
            4,
        ),
        ({"is_repeating": True}, "ไม่บรรลุ", 4),
        ({"is_visited": False}, "ยังไม่มีการนิเทศภาคเรียนนี้", 1),
        (
            {"is_visited": False, "last_seen_on": date(2026, 1, 12)},
            "ยังไม่มีการนิเทศภาคเรียนนี้ ครั้งล่าสุด 12 ม.ค. 2569",
            1,
        ),
        (
            {"is_visited": False, "terms_unvisited": 9},
            "ยังไม่มีการนิเทศภาคเรียนนี้ และใน 9 ภาคเรียนก่อน",
            4,
        ),
        ({"wide_gaps": [EXPLAINED]}, "ผลต่างตั้งแต่ 2 ระดับที่ตัวชี้วัด 1.2", 1),
        (
            {"wide_gaps": [EXPLAINED, UNEXPLAINED]},
            "ผลต่างตั้งแต่ 2 ระดับที่ตัวชี้วัด 1.2, 3.1 ยังไม่อธิบาย 1 ข้อ",
            2,
        ),
        ({"overdue_advice": 1}, "ข้อเสนอแนะเกินกำหนด 1 ข้อ", 1),
        ({"overdue_advice": 20}, "ข้อเสนอแนะเกินกำหนด 20 ข้อ", 4),
        (
            {"mean": Decimal("3.00"), "mean_before": Decimal("3.30")},
            "ค่าเฉลี่ยลดลง 0.30 จากภาคเรียนก่อน (3.30 เป็น 3.00)",
            3,
        ),
    ],
)
def test_each_reason_in_words_with_its_points(facts, text, points):
    assert list(reasons(**facts).values()) == [(text, points)]


def test_whose_visit_waits_for_its_signature_was_visited():
    assert set(reasons(is_visited=False, unsigned_days=3)) == {ReasonKind.UNSIGNED}


def test_more_points_come_first_and_equal_ones_stay_in_order():
    found = schools_to_act_on(
        [
            SchoolFacts(1, overdue_advice=1),
            SchoolFacts(2, is_repeating=True, overdue_advice=2),
            SchoolFacts(3, is_visited=False),
        ]
    )
    assert [(one.school_id, one.points) for one in found] == [(2, 6), (1, 1), (3, 1)]
    assert [reason.points for reason in found[0].reasons] == [4, 2]
    assert found[0].text == "ไม่บรรลุ · ข้อเสนอแนะเกินกำหนด 2 ข้อ"


def test_no_reason_weighs_less_than_it_begins_with_or_more_than_its_most():
    assert set(REASON_WEIGHTS) == set(ReasonKind)
    assert all(0 < weight.base <= weight.most for weight in REASON_WEIGHTS.values())
