from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from schools.core import thai

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))
without_deadline = settings(deadline=None)

ORDER_DAY = date(2024, 5, 9)


# --- Dates as people read them ---


def test_forms_of_a_date():
    assert thai.long_date(ORDER_DAY) == "9 พฤษภาคม 2567"
    assert thai.short_date(ORDER_DAY) == "9 พ.ค. 2567"
    assert thai.long_date_with_era(ORDER_DAY) == "9 พฤษภาคม พ.ศ. 2567"
    assert thai.numeric_date(ORDER_DAY) == "9/5/2567"
    assert thai.official_date(ORDER_DAY) == "๙ พฤษภาคม ๒๕๖๗"
    assert thai.weekday_date(ORDER_DAY) == "วันพฤหัสบดีที่ 9 พฤษภาคม 2567"


def test_moment_is_told_in_thai_time():
    late_in_london = datetime(2026, 11, 21, 20, 5, tzinfo=UTC)
    assert thai.short_moment(late_in_london) == "22 พ.ย. 2569 03.05\u00a0น."
    assert thai.be_year(datetime(2026, 12, 31, 18, tzinfo=UTC)) == 2570


def test_naive_moment_is_thai_time_already():
    assert thai.short_time(datetime(2024, 5, 9, 13, 42)) == "13.42\u00a0น."


def test_digits_both_ways():
    assert thai.thai_digits("ที่ 195/2567") == "ที่ ๑๙๕/๒๕๖๗"
    assert thai.arabic_digits("ที่ ๑๙๕/๒๕๖๗") == "ที่ 195/2567"


# --- The school year and the budget year ---


@pytest.mark.parametrize(
    ("day", "academic", "fiscal"),
    [
        (date(2023, 10, 1), 2566, 2567),
        (date(2024, 5, 9), 2566, 2567),
        (date(2024, 5, 16), 2567, 2567),
        (date(2024, 10, 10), 2567, 2568),
        (date(2024, 10, 11), 2567, 2568),
        (date(2024, 10, 20), 2567, 2568),
        (date(2024, 11, 1), 2567, 2568),
        (date(2025, 3, 31), 2567, 2568),
        (date(2025, 4, 1), 2567, 2568),
        (date(2025, 5, 15), 2567, 2568),
        (date(2025, 9, 30), 2568, 2568),
    ],
)
def test_years_of_a_day(day, academic, fiscal):
    assert thai.academic_year(day) == academic
    assert thai.fiscal_year(day) == fiscal
    first, last = thai.fiscal_year_days(fiscal)
    assert first <= day <= last


@without_deadline
@given(days)
def test_years_never_step_back(day):
    tomorrow = day + timedelta(days=1)
    assert thai.academic_year(tomorrow) - thai.academic_year(day) in (0, 1)
    assert thai.fiscal_year(tomorrow) - thai.fiscal_year(day) in (0, 1)


@without_deadline
@given(days)
def test_every_day_is_in_its_fiscal_year(day):
    first, last = thai.fiscal_year_days(thai.fiscal_year(day))
    assert first <= day <= last
    assert thai.fiscal_year(first) == thai.fiscal_year(last)


# --- Dates as people type them ---


@without_deadline
@given(days)
def test_every_form_shown_can_be_typed_back(day):
    for form in (thai.long_date, thai.short_date, thai.official_date, thai.numeric_date):
        assert thai.parse_be_date(form(day)) == day


@pytest.mark.parametrize(
    "text",
    [
        "9/5/2567",
        "09-05-67",
        "9.5.2567",
        "9 5 2567",
        " 9 / 5 / 2567 ",
        "9 พ.ค. 2567",
        "9พค67",
        "9 พฤษภาคม ๒๕๖๗",
        "๙ พ.ค. ๖๗",
        "วันที่ ๙ พฤษภาคม พ.ศ. ๒๕๖๗",
        "2567-05-09",
    ],
)
def test_ways_to_type_a_date(text):
    assert thai.parse_be_date(text) == ORDER_DAY


@pytest.mark.parametrize("text", ["9/5/2024", "2024-05-09", "9 พ.ค. 2024", "๙/๕/๒๐๒๔"])
def test_common_era_year_is_refused_with_the_year_to_type(text):
    with pytest.raises(ValidationError) as refusal:
        thai.parse_be_date(text)
    assert refusal.value.messages == ["ปี 2024 เป็น ค.ศ. โปรดพิมพ์เป็น พ.ศ. คือ 2567"]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("31 กุมภาพันธ์ 2567", "ไม่มีวันที่ 31 กุมภาพันธ์ 2567 เพราะเดือนนี้มีวันที่ 1–29"),
        ("29/2/2566", "ไม่มีวันที่ 29 กุมภาพันธ์ 2566 เพราะเดือนนี้มีวันที่ 1–28"),
        ("0/5/2567", "ไม่มีวันที่ 0"),
        ("1/13/2567", "ไม่มีเดือน “13”"),
        ("1 มกรา 2567", "ไม่มีเดือน “มกรา”"),
        ("9/5/256", "อ่านปี “256” ไม่ได้"),
        ("9/5/9999", "ปี 9999 อยู่นอกช่วง พ.ศ. 2400–2700"),
        ("พรุ่งนี้", "อ่านวันที่ “พรุ่งนี้” ไม่ได้"),
    ],
)
def test_wrong_date_is_refused_with_cause_and_remedy(text, cause):
    with pytest.raises(ValidationError) as refusal:
        thai.parse_be_date(text)
    [message] = refusal.value.messages
    assert message.startswith(cause)
    assert "โปรด" in message


@without_deadline
@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    with suppress(ValidationError):
        assert isinstance(thai.parse_be_date(text), date)


# --- Alphabetical order and search ---


def assert_in_order(words):
    keys = [thai.sort_key(word) for word in words]
    assert keys == sorted(set(keys))


def test_letters_in_dictionary_order():
    assert_in_order(["กก", "กฎ", "กรรม", "กลม", "ก่อน", "กะ", "กัน", "กา", "ก้าน", "กำ", "กิน"])
    assert_in_order(["กิน", "กี่", "กุ้ง", "กู", "เก", "เก่า", "แก", "โก", "ใกล้", "ไก่", "ขา"])
    assert_in_order(["รอง", "ฤกษ์", "ลา", "อา", "ฮา"])


def test_marks_count_only_where_letters_are_equal():
    assert_in_order(["แหง", "แหง่", "แห่ง", "แห้ง", "แหงน"])
    assert_in_order(["เหม", "เหม่"])
    assert_in_order(["ปา", "ป่า", "ป้า", "ป๊า", "ป๋า"])


def test_cluster_schools_in_order():
    assert_in_order(
        [
            "โรงเรียนบ้านโคกงาม",
            "โรงเรียนบ้านนาเจียง",
            "บ้านหนองสนุ่น",
            "โรงเรียนบ้านหนองหลวง-ชั่งสี",
            "บ้านห้วยน้ำเมย",
        ]
    )


def test_numbers_in_order_of_value():
    assert_in_order(["เขต 2", "เขต ๓", "เขต 10", "เขต ๑๑"])


@pytest.mark.parametrize(
    "spelling", ["โรงเรียนบ้านหนองหลวง-ชั่งสี", "รร.บ้านหนองหลวง ชั่งสี", "บ้านหนองหลวงชั่งสี"]
)
def test_prefix_spaces_and_hyphens_do_not_count(spelling):
    assert thai.sort_key(spelling) == thai.sort_key("บ้านหนองหลวง-ชั่งสี")
    assert thai.search_key(spelling) == "บ้านหนองหลวงชั่งสี"


@without_deadline
@given(st.text(alphabet="กขคงฮฤะาำิเแไ็่้์ๆฯ -.129abz๑๙", max_size=20))
def test_sort_key_is_figures_only_so_that_any_collation_agrees(name):
    key = thai.sort_key(name)
    assert key == "" or (key.isascii() and key.isdigit())


def test_search_key_joins_spellings():
    assert thai.search_key("ก.ต.ป.น.") == thai.search_key("กตปน") == "กตปน"
    assert thai.search_key("สพป.เลย เขต ๓") == thai.search_key("สพป. เลย เขต 3")
    assert thai.search_key("กลุ่มนิเทศฯ") == "กลุ่มนิเทศ"
    assert thai.search_key("PLC-Coaching") == "plccoaching"


def test_look_alike_spellings_are_one():
    assert thai.search_key("ห้วยน\u0e4d\u0e49\u0e32") == "ห้วยน้ำ"
    assert thai.search_key("ค\u0e4d\u0e32") == thai.search_key("คำ")
    assert thai.sort_key("เเก") == thai.sort_key("แก")


# --- Template filters ---


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("day|be_long", "9 พฤษภาคม 2567"),
        ("day|be_short", "9 พ.ค. 2567"),
        ("moment|be_moment", "22 พ.ย. 2569 10.15\u00a0น."),
        ("number|thai_digits", "๑๖"),
        ("mean|score", "4.51"),
        ("none|score", "–"),
        ("none|be_long", ""),
        ("none|be_moment", ""),
        ("none|thai_digits", ""),
    ],
)
def test_filters(expression, shown):
    context = Context(
        {
            "day": ORDER_DAY,
            "moment": datetime(2026, 11, 22, 3, 15, tzinfo=UTC),
            "number": 16,
            "mean": Decimal("4.505"),
            "none": None,
        }
    )
    assert Template("{% load thai %}{{ " + expression + " }}").render(context) == shown
