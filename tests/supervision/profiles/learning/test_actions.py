"""Results are written with their past, and never where their figures cannot be true."""

from dataclasses import replace
from decimal import Decimal

import pytest

from schools.core.errors import ActionRefused
from supervision.profiles.learning.actions import (
    SavedResults,
    delete_learning_results,
    save_learning_results,
)
from supervision.profiles.learning.entries import ResultEntry
from supervision.profiles.learning.enums import DataOwner, ScoreKind
from supervision.profiles.models import EarlierLearningResult, LearningResult, TestKind, TestSubject
from tests.factories import AcademicYearFactory, TestSubjectFactory


@pytest.fixture
def entry(school):
    subject = TestSubjectFactory()
    best, *others = subject.kind.levels.all()
    return ResultEntry(
        school_id=school.pk,
        year_id=AcademicYearFactory().pk,
        subject_id=subject.pk,
        enrolled=21,
        tested=20,
        mean=Decimal("61.25"),
        sd=Decimal("12.5"),
        shares={best.pk: Decimal(40), others[0].pk: Decimal(60)},
    )


def test_a_change_keeps_what_was_said_before_and_why(clerk, entry):
    assert save_learning_results([entry], by=clerk) == SavedResults(1, 0, 0)
    assert save_learning_results([entry], by=clerk) == SavedResults(0, 0, 1)
    first = LearningResult.objects.get()
    level = next(iter(entry.shares))
    corrected = replace(entry, mean=Decimal("16.25"), shares={level: Decimal(100)})
    save_learning_results([corrected], by=clerk, reason="พิมพ์สลับหลัก")
    row, earlier = LearningResult.objects.get(), EarlierLearningResult.objects.get()
    assert (row.pk, row.mean, row.updated_by) == (first.pk, Decimal("16.25"), clerk)
    assert list(row.shares.values_list("level", "percent")) == [(level, 100)]
    assert (earlier.reason, earlier.replaced_by, earlier.was_deleted) == (
        "พิมพ์สลับหลัก",
        clerk,
        False,
    )
    assert (earlier.recorded_at, earlier.recorded_by) == (first.updated_at, clerk)
    assert earlier.figures == {
        "enrolled": 21,
        "tested": 20,
        "mean": "61.25",
        "sd": "12.50",
        "source": "",
        "as_of": None,
        "shares": {"ดีมาก": "40.00", "ดี": "60.00"},
    }


def test_a_deleted_result_leaves_what_it_said(clerk, entry):
    save_learning_results([entry], by=clerk)
    with pytest.raises(ActionRefused, match="เหตุผล"):
        delete_learning_results([entry.key], by=clerk)
    delete_learning_results([entry.key], by=clerk, reason="ผลของโรงเรียนอื่น")
    assert not LearningResult.objects.exists()
    assert EarlierLearningResult.objects.get().was_deleted


def test_a_national_result_is_changed_with_a_reason_and_a_school_s_own_without(clerk, entry):
    save_learning_results([entry], by=clerk)
    with pytest.raises(ActionRefused, match="เหตุผล"):
        save_learning_results([replace(entry, tested=19)], by=clerk, reason="  ")
    assert LearningResult.objects.get().tested == 20
    TestKind.objects.update(entered_by=DataOwner.SCHOOL)
    assert save_learning_results([replace(entry, tested=19)], by=clerk).changed == 1


@pytest.mark.parametrize(
    ("figures", "problem"),
    [
        ({"tested": 22}, "ไม่เกินจำนวนผู้เรียนทั้งหมด"),
        ({"mean": Decimal("100.01")}, "0 ถึง 100"),
        ({"mean": Decimal("-1")}, "0 ถึง 100"),
        ({"sd": Decimal(101)}, "S.D."),
        ({"tested": 0}, "จำนวนเข้าสอบเป็น 0"),
        ({"shares": {1: Decimal(50)}}, "รวมได้ 100"),
        ({"shares": {1: Decimal("100.4")}}, "0 ถึง 100"),
    ],
)
def test_figures_that_cannot_be_true_are_refused(clerk, entry, figures, problem):
    with pytest.raises(ActionRefused) as refused:
        save_learning_results([replace(entry, **figures)], by=clerk)
    assert problem in "".join(map(str, refused.value.missing))
    assert not LearningResult.objects.exists()


def test_scores_are_bounded_by_the_full_score_of_their_subject(clerk, entry):
    TestKind.objects.update(score_kind=ScoreKind.SCORE)
    TestSubject.objects.update(full_score=50)
    with pytest.raises(ActionRefused) as refused:
        save_learning_results([entry], by=clerk)
    assert "0 ถึง 50" in refused.value.missing[0]


def test_a_kind_no_longer_in_use_takes_no_results(clerk, entry):
    TestKind.objects.update(is_active=False)
    with pytest.raises(ActionRefused, match="NT เลิกใช้แล้ว"):
        save_learning_results([entry], by=clerk)


def test_one_result_is_not_written_twice_at_once(clerk, entry):
    with pytest.raises(ActionRefused, match="มากกว่า 1 รายการ"):
        save_learning_results([entry, replace(entry, tested=3)], by=clerk)
    assert save_learning_results([], by=clerk) == SavedResults(0, 0, 0)
