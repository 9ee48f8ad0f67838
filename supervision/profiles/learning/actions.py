"""Writing learning results and reference values: typed by people, read from tables, many at once.

Who may write which kind of test is `may_enter` of supervision/profiles/learning/rights.py; the
views and the import ask it before.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.imports.bulk_writes import BATCH, create_rows, update_rows
from schools.models import User
from supervision.profiles.learning.entries import ResultEntry, problem_lines
from supervision.profiles.models import (
    EarlierLearningResult,
    LearningResult,
    LevelShare,
    TestSubject,
)

WRITTEN_MEANWHILE = "มีผู้บันทึกผลเดียวกันในเวลาเดียวกัน จึงยังไม่บันทึก โปรดลองอีกครั้ง"
FIGURES = ("enrolled", "tested", "mean", "sd", "source", "as_of")


@dataclass(frozen=True)
class SavedResults:
    """How many results were written for the first time, changed, and found the same."""

    created: int
    changed: int
    unchanged: int


@transaction.atomic
def save_learning_results(
    entries: Sequence[ResultEntry], *, by: User | None, reason: str = ""
) -> SavedResults:
    """Write the results of schools; one that is there already is changed, its past kept.

    At most one entry for a school, year and subject. Raises ActionRefused with all that is wrong
    with the figures, where a kind is no longer in use, and where a result of a kind that the
    office enters is changed without a reason.
    """
    subjects = _subjects(entry.subject_id for entry in entries)
    _check(entries, subjects)
    stored = _lock([entry.key for entry in entries])
    new = [entry for entry in entries if entry.key not in stored]
    changed = [
        (stored[entry.key], entry)
        for entry in entries
        if entry.key in stored and _differs(stored[entry.key], entry)
    ]
    _check_reason([row for row, _ in changed], subjects, reason)
    now = timezone.now()
    _keep_earlier([row for row, _ in changed], by=by, at=now, reason=reason)
    _create(new, by=by, at=now)
    _update(changed, by=by, at=now)
    return SavedResults(len(new), len(changed), len(entries) - len(new) - len(changed))


@transaction.atomic
def delete_learning_results(
    keys: Collection[tuple[int, int, int]], *, by: User, reason: str = ""
) -> None:
    """Delete the results of these schools, years and subjects; what they said is kept.

    Raises ActionRefused where one of a kind that the office enters is deleted without a reason.
    """
    stored = list(_lock(keys).values())
    _check_reason(stored, _subjects(key[2] for key in keys), reason)
    _keep_earlier(stored, by=by, at=timezone.now(), reason=reason, was_deleted=True)
    LearningResult.objects.filter(pk__in=[row.pk for row in stored]).delete()


def _subjects(keys: Iterable[int]) -> dict[int, TestSubject]:
    return TestSubject.objects.select_related("kind").in_bulk(set(keys))


def _check(entries: Sequence[ResultEntry], subjects: Mapping[int, TestSubject]) -> None:
    if len({entry.key for entry in entries}) < len(entries):
        raise ActionRefused(
            "มีผลของโรงเรียน ปีการศึกษา และวิชาเดียวกันมากกว่า 1 รายการ โปรดเหลือไว้รายการเดียว"
        )
    closed = {str(one.kind) for one in subjects.values() if not one.kind.is_active}
    if closed:
        raise ActionRefused(f"{' '.join(sorted(closed))} เลิกใช้แล้ว จึงบันทึกผลใหม่ไม่ได้")
    problems = problem_lines(entries, subjects)
    if problems:
        raise ActionRefused("ตัวเลขยังไม่ถูกต้อง โปรดแก้ไข", missing=problems)


def _lock(keys: Collection[tuple[int, int, int]]) -> dict[tuple[int, int, int], LearningResult]:
    """The stored results of these keys, held until the transaction ends."""
    schools, years, subjects = (set(part) for part in zip(*keys, strict=True)) if keys else [()] * 3
    rows = LearningResult.objects.select_for_update().filter(
        school__in=schools, academic_year__in=years, subject__in=subjects
    )
    found = {
        (row.school_id, row.academic_year_id, row.subject_id): row
        for row in rows.prefetch_related("shares__level")
    }
    return {key: found[key] for key in keys if key in found}


def _differs(row: LearningResult, entry: ResultEntry) -> bool:
    """Whether the entry says anything else; a sample that somebody saves is one no more."""
    same = all(getattr(row, name) == getattr(entry, name) for name in (*FIGURES, "is_sample"))
    return not same or {one.level_id: one.percent for one in row.shares.all()} != dict(entry.shares)


def _check_reason(
    rows: Iterable[LearningResult], subjects: Mapping[int, TestSubject], reason: str
) -> None:
    needs_reason = any(
        not row.is_sample and not subjects[row.subject_id].kind.is_entered_by_schools
        for row in rows
    )
    if needs_reason and not reason.strip():
        raise ActionRefused(field_errors={"reason": "โปรดระบุเหตุผลที่แก้ไขผลที่บันทึกไว้แล้ว"})


def _keep_earlier(
    rows: Iterable[LearningResult],
    *,
    by: User | None,
    at: datetime,
    reason: str,
    was_deleted: bool = False,
) -> None:
    EarlierLearningResult.objects.bulk_create(
        [
            EarlierLearningResult(
                school_id=row.school_id,
                academic_year_id=row.academic_year_id,
                subject_id=row.subject_id,
                figures=_figures_as_texts(row),
                recorded_at=row.updated_at,
                recorded_by_id=row.updated_by_id,
                replaced_at=at,
                replaced_by=by,
                reason=reason.strip(),
                was_deleted=was_deleted,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )


def _figures_as_texts(row: LearningResult) -> dict[str, Any]:
    """As EarlierLearningResult keeps them."""
    shares = {one.level.name: str(one.percent) for one in row.shares.all()}
    return {
        "enrolled": row.enrolled,
        "tested": row.tested,
        "mean": None if row.mean is None else str(row.mean),
        "sd": None if row.sd is None else str(row.sd),
        "source": row.source,
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "shares": shares,
    }


def _create(entries: Sequence[ResultEntry], *, by: User | None, at: datetime) -> None:
    rows = [
        LearningResult(
            school_id=entry.school_id,
            academic_year_id=entry.year_id,
            subject_id=entry.subject_id,
            updated_at=at,
            updated_by=by,
            **_stored_fields(entry),
        )
        for entry in entries
    ]
    with unique_violation_as_refusal(WRITTEN_MEANWHILE):
        create_rows(rows)
    _write_shares(zip(rows, entries, strict=True))


def _update(
    changed: Sequence[tuple[LearningResult, ResultEntry]], *, by: User | None, at: datetime
) -> None:
    for row, entry in changed:
        for name, value in _stored_fields(entry).items():
            setattr(row, name, value)
        row.updated_at, row.updated_by = at, by
    update_rows([row for row, _ in changed])
    LevelShare.objects.filter(result__in=[row.pk for row, _ in changed]).delete()
    _write_shares(changed)


def _stored_fields(entry: ResultEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in (*FIGURES, "is_sample")}


def _write_shares(results: Iterable[tuple[LearningResult, ResultEntry]]) -> None:
    shares = [
        LevelShare(result=row, level_id=level_id, percent=percent)
        for row, entry in results
        for level_id, percent in entry.shares.items()
    ]
    LevelShare.objects.bulk_create(shares, batch_size=BATCH)
