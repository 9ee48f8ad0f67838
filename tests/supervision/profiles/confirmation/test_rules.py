"""What is asked about a school's data: properties that hold for all data, and each rule once."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.enums import Grade
from supervision.profiles.confirmation.enums import DataKind
from supervision.profiles.confirmation.rules import (
    CountFacts,
    ResultFacts,
    SchoolDataFacts,
    data_questions,
    is_jump,
)

YEAR, TODAY = 2569, date(2026, 11, 18)
numbers = st.integers(0, 60)
counts = st.builds(
    CountFacts,
    year=st.integers(YEAR - 2, YEAR),
    pupils=st.dictionaries(st.sampled_from(Grade), numbers, max_size=4),
    rooms=st.none() | st.integers(0, 8),
    teachers=st.none() | st.integers(0, 20),
)
means = st.none() | st.decimals(0, 120, places=2)
results = st.builds(
    ResultFacts,
    year=st.integers(YEAR - 2, YEAR),
    test=st.sampled_from(["NT", "RT"]),
    grade=st.sampled_from([Grade.P1, Grade.P3]),
    subject=st.sampled_from(["ภาษาไทย", "คณิตศาสตร์", "รวม"]),
    tested=numbers,
    enrolled=st.none() | numbers,
    mean=means,
    shares_total=st.none() | st.decimals(0, 200, places=2),
    by_school=st.booleans(),
)
schools = st.builds(
    SchoolDataFacts,
    year=st.just(YEAR),
    today=st.just(TODAY),
    first_grade=st.sampled_from([None, Grade.K2]),
    last_grade=st.sampled_from([Grade.P6, Grade.M3]),
    missing_contacts=st.lists(st.sampled_from(["โทรศัพท์", "ชั้นที่เปิดสอน"]), unique=True),
    counts=st.lists(counts, max_size=3, unique_by=lambda one: one.year),
    results=st.lists(results, max_size=8, unique_by=lambda one: (one.name, one.year)),
    expected_tests=st.lists(st.sampled_from(["NT", "RT"]), unique=True),
    report_years=st.lists(st.integers(YEAR - 2, YEAR), unique=True),
    circumstances_checked_on=st.none() | st.dates(date(2024, 1, 1), TODAY),
)


@given(schools)
def test_no_fact_is_asked_about_twice(facts):
    asked = [(question.kind, question.fact) for question in data_questions(facts)]
    assert len(asked) == len(set(asked))


@given(schools, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(facts, random: Random):
    shuffled = {name: list(getattr(facts, name)) for name in ("counts", "results", "report_years")}
    for rows in shuffled.values():
        random.shuffle(rows)
    other = SchoolDataFacts(**{**vars(facts), **shuffled})
    assert data_questions(other) == data_questions(facts)


@given(schools)
def test_a_result_of_fewer_than_three_pupils_is_marked_wherever_it_is_asked_about(facts):
    small = {(one.kind, f"{one.name} {one.year}") for one in facts.results if one.tested < 3}
    asked = data_questions(facts)
    assert all(one.is_small for one in asked if (one.kind, one.fact) in small)


@given(st.integers(0, 10_000))
def test_a_third_exactly_is_no_jump_and_more_is(third):
    before = 3 * third
    assert not is_jump(before, before + third)
    assert not is_jump(before, before - third)
    assert is_jump(before, before + third + 1)


def test_nothing_known_before_is_no_jump_and_from_none_to_some_is_one():
    assert not is_jump(None, 5)
    assert not is_jump(5, None)
    assert not is_jump(0, 0)
    assert is_jump(0, 1)


# --- Each rule once ---


def texts(kind, **facts):
    return [q.text for q in data_questions(SchoolDataFacts(YEAR, TODAY, **facts)) if q.kind == kind]


def count(year=YEAR, pupils=12, **more):
    return CountFacts(year=year, pupils={Grade.P1: pupils}, **{"rooms": 1, "teachers": 2} | more)


def result(**facts):
    row = {"year": YEAR - 1, "test": "NT", "grade": Grade.P3, "subject": "ภาษาไทย", "tested": 10}
    return ResultFacts(**row | facts)


def test_a_missing_year_is_asked_about_once_for_pupils_and_once_for_teachers():
    assert texts(DataKind.PUPILS) == ["ยังไม่มีจำนวนนักเรียน ปีการศึกษา 2569"]
    assert texts(DataKind.STAFF, counts=[count(teachers=None)]) == ["ยังไม่มีจำนวนครู ปีการศึกษา 2569"]


def test_pupils_that_jump_have_no_room_or_are_not_taught():
    asked = texts(
        DataKind.PUPILS,
        first_grade=Grade.P2,
        last_grade=Grade.P6,
        counts=[count(pupils=20, rooms=0), count(YEAR - 1, pupils=12)],
    )
    assert asked == [
        "ปีการศึกษา 2569 มีนักเรียน 20 คน แต่ไม่มีห้องเรียน",
        "ทะเบียนไม่ได้ระบุว่าเปิดสอน ป.1 แต่ปีการศึกษา 2569 มีนักเรียน",
        "จำนวนนักเรียน ปีการศึกษา 2569 20 คน ต่างจากปี 2568 (12 คน) เกินหนึ่งในสาม",
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"enrolled": 9}, "ผู้เข้าสอบมากกว่าผู้เรียนทั้งหมด"),
        ({"mean": Decimal("100.01")}, "ค่าเฉลี่ยต้องอยู่ระหว่าง 0 ถึง 100"),
        ({"shares_total": Decimal("99.49")}, "ร้อยละรายระดับรวมกันไม่ถึงหรือเกิน 100"),
        ({"shares_total": Decimal("100.51")}, "ร้อยละรายระดับรวมกันไม่ถึงหรือเกิน 100"),
    ],
)
def test_a_result_that_cannot_be_true(facts, said):
    [question] = [
        one
        for one in data_questions(SchoolDataFacts(YEAR, TODAY, results=[result(**facts)]))
        if one.kind == DataKind.LEARNING
    ]
    assert question.is_wrong
    assert question.text == f"NT ป.3 ภาษาไทย ปีการศึกษา 2568 {said}"


def test_shares_rounded_to_half_a_percent_are_no_question():
    rounded = result(shares_total=Decimal("99.50"))
    assert texts(DataKind.LEARNING, results=[rounded]) == []


def test_more_pupils_tested_than_the_grade_had():
    counted = CountFacts(year=YEAR - 1, pupils={Grade.P3: 9})
    [text] = texts(DataKind.LEARNING, results=[result()], counts=[counted])
    assert text.endswith("ผู้เข้าสอบมากกว่าจำนวนนักเรียนของชั้นในปีนั้น")


def test_a_total_outside_its_parts():
    parts = [
        result(mean=Decimal(40)),
        result(subject="คณิตศาสตร์", mean=Decimal(50)),
        result(subject="รวม", mean=Decimal("50.01"), is_total=True),
    ]
    [text] = texts(DataKind.LEARNING, results=parts)
    assert text.endswith("ค่าเฉลี่ยรวมไม่อยู่ระหว่างค่าเฉลี่ยของแต่ละด้าน")


def test_a_test_without_results_and_a_report_not_sent():
    asked = texts(DataKind.LEARNING, results=[result()], expected_tests=["RT", "NT"])
    assert asked == ["ยังไม่มีผล RT ปีการศึกษา 2568"]
    assert texts(DataKind.ANNUAL_REPORT, report_years=[YEAR]) == [
        "สำนักงานเขตพื้นที่ยังไม่ได้รับ SAR ปีการศึกษา 2568"
    ]


def test_circumstances_are_checked_once_a_year():
    year_ago = TODAY - timedelta(days=365)
    assert texts(DataKind.CIRCUMSTANCES, circumstances_checked_on=year_ago) == []
    [text] = texts(DataKind.CIRCUMSTANCES, circumstances_checked_on=year_ago - timedelta(days=1))
    assert text == "มีบริบทหรือโครงการที่ไม่ได้ตรวจสอบเกินหนึ่งปี"
