"""The journal of an answer sheet: nothing typed is lost, and the answers are its newest values."""

import random
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schools.core.errors import ActionRefused
from supervision.assessments import actions
from supervision.assessments.enums import INDICATOR_FIELDS, AnswerField
from supervision.assessments.journal import (
    MAX_ANSWER_TEXT_LENGTH,
    SubmittedEdit,
    field_states,
    record_edits,
    resolve_conflict,
)
from supervision.assessments.models import AnswerEdit, SheetText
from supervision.assessments.queries import missing_answers, sheet_indicators
from supervision.assessments.sheet import answer_value
from tests import scenarios
from tests.factories import IndicatorSetFactory


@pytest.fixture
def edit(indicator):
    """An edit of the first indicator: `edit("evidence", "ภาพถ่าย")`."""

    def make(field, value, **more):
        return SubmittedEdit(
            more.pop("id", uuid.uuid4()), indicator.pk, AnswerField(field), value, **more
        )

    return make


def standing_of(sheet, indicator, field):
    return field_states(sheet, [indicator.pk])[indicator.pk, field]


def seconds(number):
    return timedelta(seconds=number)


# --- Saved once, whatever is sent again ---


def test_an_edit_becomes_the_answer(sheet, edit, academic_teacher):
    assert record_edits(sheet, [edit("level", "4"), edit("note", "ดี")], by=academic_teacher) == {}
    answer = sheet.answers.get()
    assert (answer.level, answer.note) == (4, "ดี")


def test_sending_again_changes_nothing(sheet, edit, academic_teacher):
    edits = [edit("level", "4"), edit("note", "ก")]
    for _ in range(3):
        assert record_edits(sheet, edits, by=academic_teacher) == {}
    assert AnswerEdit.objects.count() == 2
    record_edits(sheet, [edit("level", "5")], by=academic_teacher)
    record_edits(sheet, edits, by=academic_teacher)
    assert sheet.answers.get().level == 5


def test_the_same_edit_twice_in_one_batch_is_one(sheet, edit, academic_teacher):
    once = edit("level", "3")
    assert record_edits(sheet, [once, once], by=academic_teacher) == {}
    assert AnswerEdit.objects.count() == 1


def test_an_id_that_stands_for_other_words_is_not_called_saved(sheet, edit, academic_teacher):
    first = edit("note", "คำเดิม")
    record_edits(sheet, [first], by=academic_teacher)
    rejected = record_edits(sheet, [edit("note", "คำใหม่", id=first.id)], by=academic_teacher)
    assert list(rejected) == [first.id]
    assert sheet.answers.get().note == "คำเดิม"


# --- Newest wins ---


def test_the_newest_wins_not_the_last_to_arrive(sheet, edit, academic_teacher, school_director):
    record_edits(sheet, [edit("note", "ใหม่", age=seconds(1))], by=academic_teacher)
    record_edits(sheet, [edit("note", "เก่า", age=seconds(60))], by=school_director)
    assert sheet.answers.get().note == "ใหม่"


@pytest.mark.parametrize("age", [timedelta(days=-400), timedelta(days=4000)])
def test_a_wrong_clock_cannot_win_for_ever(sheet, indicator, edit, academic_teacher, age):
    record_edits(sheet, [edit("note", "นาฬิกาผิด", age=age)], by=academic_teacher)
    stored = AnswerEdit.objects.get()
    assert stored.received_at - timedelta(days=61) < stored.made_at <= stored.received_at
    base = standing_of(sheet, indicator, "note").edit.id
    record_edits(sheet, [edit("note", "ถูกต้อง", base=base)], by=academic_teacher)
    assert sheet.answers.get().note == "ถูกต้อง"


def test_a_slow_line_cannot_turn_the_order_round(sheet, edit, academic_teacher):
    """The first edit came in late, so it seems younger than the one typed upon it."""
    first = edit("note", "คำแรก")
    record_edits(sheet, [first], by=academic_teacher)
    later = edit("note", "คำหลัง", base=first.id, age=seconds(30))
    record_edits(sheet, [later], by=academic_teacher)
    assert sheet.answers.get().note == "คำหลัง"


def test_a_chain_in_one_batch_keeps_its_order(sheet, edit, academic_teacher):
    first = edit("note", "หนึ่ง", age=seconds(1))
    second = edit("note", "สอง", base=first.id, age=seconds(1))
    third = edit("note", "สาม", base=second.id, age=seconds(1))
    record_edits(sheet, [first, second, third], by=academic_teacher)
    assert sheet.answers.get().note == "สาม"
    assert standing_of(sheet, sheet_indicators(sheet)[0], "note").others == []


# --- Two people on one field ---


@pytest.fixture
def two_values(sheet, edit, academic_teacher, school_director):
    """The teacher's words, then the director's, who had not seen them."""
    teachers, directors = edit("note", "ของครู"), edit("note", "ของผู้อำนวยการ")
    record_edits(sheet, [teachers], by=academic_teacher)
    record_edits(sheet, [directors], by=school_director)
    return teachers, directors


def test_the_other_value_is_kept_and_shown(sheet, indicator, two_values):
    standing = standing_of(sheet, indicator, "note")
    assert standing.edit.value == "ของผู้อำนวยการ"
    assert [other.value for other in standing.others] == ["ของครู"]


def test_the_same_person_on_two_devices_sees_both(sheet, indicator, edit, academic_teacher):
    record_edits(sheet, [edit("note", "จากโทรศัพท์")], by=academic_teacher)
    record_edits(sheet, [edit("note", "จากคอมพิวเตอร์")], by=academic_teacher)
    assert [o.value for o in standing_of(sheet, indicator, "note").others] == ["จากโทรศัพท์"]


def test_what_was_seen_is_not_shown_again(
    sheet, indicator, edit, academic_teacher, school_director
):
    first = edit("note", "ของครู")
    record_edits(sheet, [first], by=academic_teacher)
    record_edits(sheet, [edit("note", "แก้ต่อจากครู", base=first.id)], by=school_director)
    assert standing_of(sheet, indicator, "note").others == []


def test_words_typed_on_do_not_hide_the_other_value(
    sheet, indicator, edit, two_values, school_director
):
    more = edit("note", "ของผู้อำนวยการ พิมพ์ต่อ", base=two_values[1].id)
    record_edits(sheet, [more], by=school_director)
    assert [o.value for o in standing_of(sheet, indicator, "note").others] == ["ของครู"]


@pytest.mark.parametrize("value", ["ของครู", "ของผู้อำนวยการ"])
def test_a_choice_settles_the_field(sheet, indicator, edit, two_values, supervisor, value):
    """A third person chooses; neither value comes back when somebody types on."""
    standing = standing_of(sheet, indicator, "note")
    token = uuid.uuid4()
    for _ in range(2):
        record_edits(sheet, resolve_conflict(standing, value, token=token), by=supervisor)
    settled = standing_of(sheet, indicator, "note")
    assert (settled.edit.value, settled.others) == (value, [])
    record_edits(sheet, [edit("note", "ต่อจากนั้น", base=settled.edit.id)], by=supervisor)
    assert standing_of(sheet, indicator, "note").others == []


def test_equal_values_are_no_difference(sheet, indicator, edit, academic_teacher, school_director):
    record_edits(sheet, [edit("level", "4")], by=academic_teacher)
    record_edits(sheet, [edit("level", "4")], by=school_director)
    assert standing_of(sheet, indicator, "level").others == []


# --- What cannot be taken ---


def test_a_foreign_indicator_is_refused_and_the_rest_saved(sheet, edit, academic_teacher):
    elsewhere = IndicatorSetFactory().standards.first().indicators.first()
    foreign = SubmittedEdit(uuid.uuid4(), elsewhere.pk, AnswerField.LEVEL, "4")
    rejected = record_edits(sheet, [foreign, edit("level", "4")], by=academic_teacher)
    assert list(rejected) == [foreign.id]
    assert sheet.answers.get().level == 4


@pytest.mark.parametrize("value", ["6", "-1", "4.5", "ดี", "04"])
def test_a_level_outside_the_scale_is_refused(sheet, edit, academic_teacher, value):
    wrong = edit("level", value)
    rejected = record_edits(sheet, [wrong], by=academic_teacher)
    assert "ไม่มีในมาตราส่วน" in rejected[wrong.id]
    assert not AnswerEdit.objects.exists()


@pytest.mark.parametrize(("field", "has_indicator"), [("strengths", True), ("note", False)])
def test_a_field_in_the_wrong_place_is_refused(
    sheet, indicator, academic_teacher, field, has_indicator
):
    place = indicator.pk if has_indicator else None
    wrong = SubmittedEdit(uuid.uuid4(), place, AnswerField(field), "ข้อความ")
    assert wrong.id in record_edits(sheet, [wrong], by=academic_teacher)


def test_a_text_too_long_says_how_long(sheet, edit, academic_teacher):
    wrong = edit("note", "ก" * (MAX_ANSWER_TEXT_LENGTH + 1))
    message = record_edits(sheet, [wrong], by=academic_teacher)[wrong.id]
    assert "5,001 ตัวอักษร" in message
    assert "ไม่เกิน 5,000" in message


def test_a_frozen_sheet_takes_nothing(sheet, edit, academic_teacher):
    actions.freeze_sheet(sheet)
    with pytest.raises(ActionRefused, match="แก้ไขไม่ได้"):
        record_edits(sheet, [edit("level", "4")], by=academic_teacher)
    assert not AnswerEdit.objects.exists()


# --- Set aside, texts, versions ---


@pytest.mark.parametrize(("reason", "settled"), [("", False), ("   ", False), ("ไม่มีชั้นนี้", True)])
def test_set_aside_counts_only_with_a_reason(sheet, edit, academic_teacher, reason, settled):
    edits = [edit("level", "na"), edit("na_reason", reason)]
    record_edits(sheet, edits, by=academic_teacher)
    answer = sheet.answers.get()
    assert answer.not_applicable
    assert answer.is_answered is settled
    assert (len(missing_answers(sheet)) == 3) is settled


def test_a_level_ends_being_set_aside(sheet, edit, academic_teacher):
    record_edits(sheet, [edit("level", "na")], by=academic_teacher)
    record_edits(sheet, [edit("level", "2")], by=academic_teacher)
    answer = sheet.answers.get()
    assert (answer.level, answer.not_applicable) == (2, False)


def test_texts_of_the_whole_sheet(sheet, academic_teacher):
    for words in ("แรก", "หลัง"):
        record_edits(
            sheet,
            [SubmittedEdit(uuid.uuid4(), None, AnswerField.STRENGTHS, words)],
            by=academic_teacher,
        )
    assert SheetText.objects.get(sheet=sheet).text == "หลัง"
    assert field_states(sheet, [None])[None, "strengths"].edit.value == "หลัง"


def test_the_next_version_starts_from_a_copy(
    round_, indicator, edit, academic_teacher, school_director, supervisor
):
    assessment = scenarios.self_assessment_confirmed(round_, by=school_director, level=3)
    following = actions.return_self_assessment(assessment, by=supervisor, reason="โปรดเพิ่มหลักฐาน")
    assert following.sheet.answers.count() == 4
    record_edits(following.sheet, [edit("level", "5")], by=academic_teacher)
    assert following.sheet.answers.get(indicator=indicator).level == 5
    assert following.sheet.answers.get(indicator=indicator).note
    assert assessment.sheet.answers.get(indicator=indicator).level == 3


# --- Whatever comes in whatever order ---


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 30))
def test_answers_are_the_newest_of_the_journal_in_any_order(
    round_, academic_teacher, school_director, seed, size
):
    """Two people, lost answers, resending and late arrivals, in random batches."""
    chance = random.Random(seed)
    sheet = actions.create_sheet(round_, "self")
    indicators = sheet_indicators(sheet)[:2]
    edits = [_random_edit(chance, indicators) for _ in range(size)]
    arrivals = edits + chance.choices(edits, k=size)
    chance.shuffle(arrivals)
    while arrivals:
        batch, arrivals = arrivals[:3], arrivals[3:]
        record_edits(sheet, batch, by=chance.choice([academic_teacher, school_director]))
    assert sheet.edits.count() == size
    for answer in sheet.answers.all():
        for name in INDICATOR_FIELDS:
            newest = sheet.edits.filter(indicator=answer.indicator_id, field=name).last()
            assert answer_value(answer, name) == (newest.value if newest else "")


def _random_edit(chance, indicators):
    field = chance.choice(INDICATOR_FIELDS)
    value = chance.choice(["1", "5", "na", ""] if field == AnswerField.LEVEL else ["", "ก", "ข\nค"])
    age = timedelta(milliseconds=chance.choice([0, 1, 1000, 10**9]))
    return SubmittedEdit(uuid.uuid4(), chance.choice(indicators).pk, field, value, age=age)


# --- Budget ---


def count_queries(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_the_number_of_queries_does_not_grow(round_, academic_teacher):
    def save(number):
        sheet = actions.create_sheet(round_, "self")
        indicators = sheet_indicators(sheet)[:number]
        edits = [
            SubmittedEdit(uuid.uuid4(), i.pk, field, "4")
            for i in indicators
            for field in INDICATOR_FIELDS
        ]
        return count_queries(lambda: record_edits(sheet, edits, by=academic_teacher))

    assert save(1) == save(4) <= 10
