"""Kinds of tests with their levels and subjects, changed as far as no result rests on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from schools.core.errors import (
    ActionRefused,
    deleted_record_as_refusal,
    unique_violation_as_refusal,
)
from schools.core.history import save_with_history
from schools.models import User
from supervision.assignments.models import LearningArea
from supervision.profiles.learning.enums import ScoreKind
from supervision.profiles.models import (
    EarlierLearningResult,
    LearningResult,
    LevelShare,
    ReferenceResult,
    TestKind,
    TestLevel,
    TestSubject,
)

POSITION_STEP = 10


@dataclass(frozen=True)
class SubjectFacts:
    """What is said of a subject of a test besides its grade."""

    name: str
    learning_area: LearningArea | None = None
    is_total: bool = False
    full_score: Decimal | None = None


def lock_test_kind(pk: int) -> TestKind:
    """Hold the kind until the transaction ends. Raises ActionRefused once it is deleted."""
    with deleted_record_as_refusal():
        return TestKind.objects.select_for_update().get(pk=pk)


@transaction.atomic
def save_test_kind(kind: TestKind, *, levels: Sequence[str], by: User) -> None:
    """Save a kind with its levels, the best first; a new one comes last in the list.

    Raises ActionRefused where the change would take away what results rest on: levels that they
    have shares of, or the way in which they give their means.
    """
    if kind.pk:
        stored = lock_test_kind(kind.pk)
        if stored.score_kind != kind.score_kind and _has_results(kind.subjects.all()):
            raise ActionRefused(
                field_errors={"score_kind": "มีผลที่บันทึกไว้แล้ว จึงเปลี่ยนชนิดของค่าเฉลี่ยไม่ได้"}
            )
    else:
        kind.position = TestKind.objects.count() + 1
    with unique_violation_as_refusal(f"มีการทดสอบชื่อ “{kind.name}” แล้ว โปรดใช้ชื่ออื่น"):
        save_with_history(kind, by=by)
    _write_levels(kind, levels)


def _write_levels(kind: TestKind, names: Sequence[str]) -> None:
    """Shares hang on the rows, so a level keeps its row and only its name changes."""
    used = LevelShare.objects.filter(level__kind=kind).exists()
    if used and kind.levels.count() != len(names):
        raise ActionRefused("มีผลที่แยกตามระดับเหล่านี้แล้ว จึงเพิ่มหรือตัดระดับไม่ได้ แก้ได้เฉพาะชื่อระดับ")
    kind.levels.filter(position__gt=len(names)).delete()
    TestLevel.objects.bulk_create(
        [TestLevel(kind=kind, position=place, name=name) for place, name in enumerate(names, 1)],
        update_conflicts=True,
        unique_fields=("kind", "position"),
        update_fields=("name",),
    )


@transaction.atomic
def confirm_test_kind(kind: TestKind, *, by: User, provenance: str) -> None:
    """Say that what is known of the kind was compared with its source, which is named."""
    kind = lock_test_kind(kind.pk)
    kind.is_from_memory, kind.provenance = False, provenance
    save_with_history(kind, by=by)


@transaction.atomic
def set_test_kind_active(kind: TestKind, *, by: User, active: bool) -> None:
    """Let a kind take results, or no new ones; those it has stay."""
    kind = lock_test_kind(kind.pk)
    kind.is_active = active
    save_with_history(kind, by=by)


# --- Subjects ---


@transaction.atomic
def add_test_subjects(kind: TestKind, *, grades: Iterable[int], facts: SubjectFacts) -> None:
    """Let the kind examine a subject in these grades.

    Raises ActionRefused where a grade has the subject already, or a second total.
    """
    kind = lock_test_kind(kind.pk)
    _check_full_score(kind, facts)
    last = kind.subjects.order_by("-position").first()
    position = last.position + POSITION_STEP if last else POSITION_STEP
    with unique_violation_as_refusal("มีวิชานี้ในชั้นที่เลือกแล้ว หรือชั้นนั้นมีผลรวมแล้ว โปรดตรวจชั้นและชื่อวิชา"):
        for grade in grades:
            TestSubject.objects.create(
                kind=kind,
                grade=grade,
                position=position,
                name=facts.name,
                learning_area=facts.learning_area,
                is_total=facts.is_total,
                full_score=facts.full_score,
            )


@transaction.atomic
def update_test_subject(subject: TestSubject, *, facts: SubjectFacts) -> None:
    """Change a subject; once it has results, its full score stays."""
    with deleted_record_as_refusal():
        row = TestSubject.objects.select_for_update().select_related("kind").get(pk=subject.pk)
    _check_full_score(row.kind, facts)
    if row.full_score != facts.full_score and _has_results([row]):
        raise ActionRefused(field_errors={"full_score": "มีผลที่บันทึกไว้แล้ว จึงเปลี่ยนคะแนนเต็มไม่ได้"})
    row.name, row.learning_area = facts.name, facts.learning_area
    row.is_total, row.full_score = facts.is_total, facts.full_score
    with unique_violation_as_refusal("ชั้นนี้มีวิชาชื่อนี้ หรือมีผลรวมแล้ว โปรดตรวจ"):
        row.save()


def check_subject_is_unused(subject: TestSubject) -> None:
    """Raises ActionRefused while anything was ever recorded of the subject."""
    if _has_results([subject]):
        raise ActionRefused(
            f"ลบ{subject.label}ไม่ได้ เพราะมีผลที่บันทึกไว้ หากเลิกสอบแล้ว ให้เลิกใช้การทดสอบทั้งชุด"
        )


@transaction.atomic
def delete_test_subject(subject: TestSubject) -> None:
    """Take a subject away of which nothing was ever recorded."""
    with deleted_record_as_refusal():
        row = TestSubject.objects.select_for_update().get(pk=subject.pk)
    check_subject_is_unused(row)
    row.delete()


def _has_results(subjects: Iterable[TestSubject]) -> bool:
    keys = [subject.pk for subject in subjects]
    return any(
        model._base_manager.filter(subject__in=keys).exists()
        for model in (LearningResult, EarlierLearningResult, ReferenceResult)
    )


def _check_full_score(kind: TestKind, facts: SubjectFacts) -> None:
    if kind.score_kind == ScoreKind.SCORE and facts.full_score is None:
        raise ActionRefused(
            field_errors={"full_score": "การทดสอบนี้ให้ค่าเฉลี่ยเป็นคะแนนดิบ โปรดระบุคะแนนเต็ม"}
        )
