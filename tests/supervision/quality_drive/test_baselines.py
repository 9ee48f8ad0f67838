"""A school's baseline: from last year's visit or entered, confirmed by the school, reopened."""

from decimal import Decimal

import pytest
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.baselines import actions
from supervision.quality_drive.baselines.enums import BaselineSource, BaselineState
from supervision.quality_drive.baselines.queries import (
    baseline_levels,
    find_school_drive,
    load_baselines,
)
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.models import Agreement
from supervision.quality_drive.scores import dimension_scores, load_design
from tests.drive_scenarios import drive_at_work
from tests.supervision.quality_drive.baseline_rows import TEXTS, entered, visited_last_year


def confirmed(drive, school, *, by, director):
    actions.save_baseline_levels(drive, school, by=by, baselines=entered(drive))
    school_drive = actions.save_baseline_texts(drive, school, by=by, **TEXTS)
    actions.confirm_baseline(school_drive, by=director)
    return school_drive


def test_last_year_is_taken_with_its_visit_named(
    drive, school, last_term, indicators, supervisor, school_director
):
    visited_last_year(
        school, last_term, indicators, director=school_director, supervisor=supervisor
    )
    assert actions.take_last_year(drive, [school], by=supervisor) == 1
    found = load_baselines(drive, [school])[school.pk]
    assert len(found) == 4
    one = next(iter(found.values()))
    assert (one.level, one.source) == (Decimal(3), BaselineSource.LAST_YEAR)
    assert one.source_text.startswith("นิเทศ ")
    assert one.source_text.endswith(f"ภาคเรียนที่ {last_term}")
    design = load_design(drive)
    scores = dimension_scores(design, baseline_levels(found))
    assert [row.score for row in scores] == [Decimal("3.00")] * 4 + [None]


def test_what_was_entered_stays_when_last_year_is_taken(
    drive, school, last_term, indicators, supervisor, school_director
):
    visited_last_year(
        school, last_term, indicators, director=school_director, supervisor=supervisor
    )
    pk, one = next(iter(entered(drive).items()))
    actions.save_baseline_levels(drive, school, by=supervisor, baselines={pk: one})
    actions.take_last_year(drive, [school], by=supervisor)
    found = load_baselines(drive, [school])[school.pk]
    assert found[pk] == one
    assert len(found) == 4


def test_a_school_without_a_result_is_passed_over(
    drive, school, other_school, last_term, indicators, supervisor, school_director
):
    with pytest.raises(ActionRefused, match="ไม่มีผลปีก่อน"):
        actions.take_last_year(drive, [school, other_school], by=supervisor)
    visited_last_year(
        school, last_term, indicators, director=school_director, supervisor=supervisor
    )
    assert actions.take_last_year(drive, [school, other_school], by=supervisor) == 1
    assert find_school_drive(drive, other_school) is None


def test_a_level_that_was_entered_says_where_it_was_collected(drive, school, supervisor):
    levels = entered(drive, text=" ")
    with pytest.raises(ActionRefused, match="เก็บข้อมูลจากที่ใด"):
        actions.save_baseline_levels(drive, school, by=supervisor, baselines=levels)
    assert load_baselines(drive, [school]) == {}


@pytest.mark.parametrize("state", [DriveState.DRAFT, DriveState.CLOSED])
def test_only_a_drive_at_work_is_written_to(state, term, indicators, group_director, school):
    drive = drive_at_work(term, indicators, by=group_director, state=state)
    with pytest.raises(ActionRefused, match="เห็นชอบ"):
        actions.save_baseline_levels(drive, school, by=group_director, baselines={})


def test_a_school_that_closed_gets_no_baseline(drive, school, group_director):
    school.closed_on = timezone.localdate()
    school.save()
    with pytest.raises(ActionRefused, match="เลิกหรือรวมแล้ว"):
        actions.save_baseline_texts(drive, school, by=group_director, **TEXTS)


def test_it_is_confirmed_once_all_texts_are_there(drive, school, supervisor, school_director):
    school_drive = actions.save_baseline_levels(
        drive, school, by=supervisor, baselines=entered(drive)
    )
    with pytest.raises(ActionRefused) as refused:
        actions.confirm_baseline(school_drive, by=school_director)
    assert refused.value.missing == ["สภาพปัญหา", "ความต้องการ", "สาเหตุ", "แผนการขับเคลื่อนของโรงเรียน"]
    actions.save_baseline_texts(drive, school, by=supervisor, **TEXTS)
    actions.confirm_baseline(school_drive, by=school_director)
    assert school_drive.is_confirmed
    assert school_drive.confirmed_by == school_director
    with pytest.raises(ActionRefused):
        actions.save_baseline_levels(drive, school, by=supervisor, baselines={})


def test_it_is_reopened_with_a_reason(drive, school, supervisor, school_director):
    school_drive = confirmed(drive, school, by=supervisor, director=school_director)
    with pytest.raises(ActionRefused, match="เหตุผล"):
        actions.reopen_baseline(school_drive, by=supervisor, reason=" ")
    actions.reopen_baseline(school_drive, by=supervisor, reason="กรอกผิดข้อ")
    assert school_drive.state == BaselineState.DRAFT
    assert school_drive.confirmed_by is None


@pytest.mark.parametrize(
    ("state", "words"),
    [(AgreementState.SIGNED, "ฉบับใหม่"), (AgreementState.PROPOSED, "ส่งกลับเป็นร่าง")],
)
def test_it_stays_while_an_agreement_stands_on_it(
    state, words, drive, school, supervisor, school_director, area_director
):
    school_drive = confirmed(drive, school, by=supervisor, director=school_director)
    now = timezone.now()
    signed = {"school_signed_at": now, "school_signed_by": school_director}
    signed |= {"signed_at": now, "signed_by": area_director}
    agreement = Agreement.objects.create(
        drive=drive, school=school, state=state, **(signed if state == "signed" else {})
    )
    with pytest.raises(ActionRefused, match=words):
        actions.reopen_baseline(school_drive, by=supervisor, reason="กรอกผิดข้อ")
    if state == AgreementState.SIGNED:
        Agreement.objects.create(
            drive=drive, school=school, state=AgreementState.DRAFT, version=2, previous=agreement
        )
        actions.reopen_baseline(school_drive, by=supervisor, reason="กรอกผิดข้อ")
        assert not school_drive.is_confirmed


def test_baselines_cost_one_query(
    drive, school, other_school, group_director, django_assert_num_queries
):
    for one in (school, other_school):
        actions.save_baseline_levels(drive, one, by=group_director, baselines=entered(drive))
    with django_assert_num_queries(1):
        assert set(load_baselines(drive, [school, other_school])) == {school.pk, other_school.pk}
    with django_assert_num_queries(1):
        assert set(load_baselines(drive, [school])) == {school.pk}
