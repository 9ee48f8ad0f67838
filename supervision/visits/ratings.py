"""Several members of a team judge for themselves; the leader settles one record from it.

Each rates on an own sheet, on an own phone. What a rater handed in stays as it is, beside the
settled record. Nothing is averaged into the record behind anybody's back: levels on which all
agree are taken over by an act of the leader, the others are the leader's to settle.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.models import User
from supervision.assessments.actions import create_sheet, freeze_sheet
from supervision.assessments.enums import NOT_APPLICABLE, AnswerField, SheetKind
from supervision.assessments.journal import (
    MAX_ANSWER_TEXT_LENGTH,
    FieldKey,
    SubmittedEdit,
    field_states,
    record_edits,
)
from supervision.assessments.models import Answer
from supervision.assessments.queries import missing_answers
from supervision.assessments.version_tokens import SheetVersionToken, ensure_sheet_unchanged
from supervision.criteria.models import Indicator
from supervision.visits.actions import is_visit_signer, lock_visit
from supervision.visits.enums import VisitAction, VisitState
from supervision.visits.models import Rating, Visit
from supervision.visits.queries import VisitComparison, visit_comparison
from supervision.workflow.actions import transition

TEXT_FIELDS = (AnswerField.NOTE, AnswerField.EVIDENCE)


# --- Who rates ---


@dataclass(frozen=True)
class Rater:
    """Somebody on the visit, and how far their own rating is: none, begun, or handed in."""

    person: User
    on_team: bool
    rating_id: int | None
    sheet_id: int | None
    submitted_at: datetime | None

    @property
    def has_begun(self) -> bool:
        return self.rating_id is not None


def raters_of(visit: Visit) -> list[Rater]:
    """The team, and whoever else has rated: the leader, or who led before; in one query."""
    on_team = Exists(Visit.team.through.objects.filter(visit=visit, user=OuterRef("pk")))
    people = User.objects.annotate(
        on_team=on_team,
        own=FilteredRelation("ratings", condition=Q(ratings__visit=visit)),
        rating=F("own__pk"),
        sheet=F("own__sheet"),
        submitted_at=F("own__submitted_at"),
    )
    people = people.filter(Q(on_team=True) | Q(rating__isnull=False))
    return [
        Rater(person, person.on_team, person.rating, person.sheet, person.submitted_at)
        for person in people.order_by("on_team", "full_name")
    ]


def still_rating(raters: Sequence[Rater]) -> list[User]:
    """Whom a leader who settles now goes without; nobody where no one rates at all."""
    if not any(rater.has_begun for rater in raters):
        return []
    return [rater.person for rater in raters if rater.submitted_at is None]


def may_rate(visit: Visit, person: User) -> bool:
    """The leader and the members of the team, while the record is open; once for all versions."""
    if visit.version > 1 or visit.state != VisitState.RECORDING:
        return False
    return visit.leader_id == person.pk or visit.team.filter(pk=person.pk).exists()


def rated_version(visit: Visit) -> Visit | None:
    """Of an amendment: the version below it that its team has rated."""
    if visit.version == 1:
        return None
    versions = visit.round.visits.filter(number=visit.number, version__lt=visit.version)
    return versions.filter(ratings__isnull=False).last()


@transaction.atomic
def start_rating(visit: Visit, *, by: User) -> Rating:
    """The person's own sheet for this visit, begun now unless begun before.

    Raises Refused for who is not of the team, before the record is opened, and for an
    amendment: what its team found stays with the version it rated.
    """
    lock_visit(visit)
    rating = Rating.objects.filter(visit=visit, rater=by).first()
    if rating is None:
        if visit.version > 1:
            raise ActionRefused("ฉบับแก้ไขใช้คะแนนที่ให้ไว้กับฉบับเดิม หากพบข้อคลาดเคลื่อน โปรดแจ้งหัวหน้าคณะนิเทศ")
        if not may_rate(visit, by):
            raise ActionRefused("ให้คะแนนได้เฉพาะผู้ร่วมนิเทศครั้งนี้ ระหว่างที่บันทึกยังไม่ลงนาม")
        sheet = create_sheet(visit.round, SheetKind.RATER, visit.sheet.own_indicator_set)
        rating = Rating.objects.create(visit=visit, rater=by, sheet=sheet)
    return rating


@transaction.atomic
def submit_rating(
    rating: Rating, *, by: User, shown_version: SheetVersionToken | None = None
) -> None:
    """Finish one's own rating: from now on the leader reads it and nobody changes it.

    Raises Refused for somebody else's, once it is closed, or naming what is missing, and
    Outdated when it was written on elsewhere since the page showed what is `shown_version`.
    """
    if rating.rater_id != by.pk:
        raise ActionRefused("ส่งคะแนนได้เฉพาะของตนเอง")
    rating.sheet.lock()
    rating.refresh_from_db()
    check_can_submit_rating(rating)
    ensure_sheet_unchanged(rating.sheet, shown_version)
    missing = missing_answers(rating.sheet)
    if missing:
        raise ActionRefused(f"ยังส่งไม่ได้ ขาดอีก {len(missing)} ตัวชี้วัด", missing=missing)
    freeze_sheet(rating.sheet)
    rating.submitted_at = timezone.now()
    rating.save(update_fields=["submitted_at"])


def check_can_submit_rating(rating: Rating) -> None:
    """For the page that asks before it."""
    if rating.submitted_at:
        raise ActionRefused("ส่งคะแนนของคุณแล้ว จึงส่งซ้ำไม่ได้")
    if rating.sheet.frozen_at:
        raise ActionRefused("บันทึกการนิเทศนี้ลงนามหรือยกเลิกแล้ว จึงส่งคะแนนไม่ได้ คะแนนที่กรอกไว้ยังเก็บอยู่")


# --- What they found ---


@dataclass(frozen=True)
class RaterAnswer:
    """One rater's answer on one indicator."""

    rater: User
    answer: Answer | None


@dataclass(frozen=True)
class RatedIndicator:
    """One indicator with what every rater who handed in found, and what the record says."""

    indicator: Indicator
    rater_answers: Sequence[RaterAnswer]
    record_answer: Answer | None

    @property
    def answers(self) -> list[Answer]:
        return [rater_answer.answer for rater_answer in self.rater_answers if rater_answer.answer]

    @property
    def agreed(self) -> Answer | None:
        """An answer that stands for all; None while they differ or nobody rated."""
        first = self.answers[0] if self.answers else None
        alike = all(_rating_value(answer) == _rating_value(first) for answer in self.answers)
        return first if alike else None

    @property
    def is_answered(self) -> bool:
        return self.record_answer is not None and self.record_answer.is_answered

    @property
    def differs_from_raters(self) -> bool:
        """The record says otherwise than all its raters do; the leader may, and it shows."""
        return (
            self.agreed is not None
            and self.is_answered
            and _rating_value(self.record_answer) != _rating_value(self.agreed)
        )

    @property
    def is_adoptable(self) -> bool:
        """All raters agree, and the record does not say anything yet."""
        return self.agreed is not None and not self.is_answered

    @property
    def spread(self) -> int:
        """Levels between the highest and the lowest rater."""
        levels = [answer.level for answer in self.answers if answer.level is not None]
        return max(levels) - min(levels) if levels else 0

    def merged_text(self, field: str) -> str:
        """All that the raters wrote there, each once."""
        return "\n".join(dict.fromkeys(filter(None, (getattr(a, field) for a in self.answers))))


def _rating_value(answer: Answer | None) -> tuple[int | None, bool]:
    return (answer.level, answer.not_applicable) if answer else (None, False)


def check_visit_has_record(visit: Visit) -> None:
    """For the page that compares."""
    if visit.sheet is None:
        raise ActionRefused("ยังไม่มีคะแนนให้เทียบ เพราะยังไม่ได้เริ่มบันทึกการนิเทศครั้งนี้")


def rated_indicators(visit: Visit, record: VisitComparison) -> list[RatedIndicator]:
    """Every indicator of the record with all handed-in ratings, in the set's order."""
    submitted = visit.ratings.filter(submitted_at__isnull=False).select_related("rater", "sheet")
    found: list[tuple[User, Mapping[int, Answer]]] = [
        (rating.rater, {a.indicator_id: a for a in rating.sheet.answers.all()})
        for rating in submitted.prefetch_related("sheet__answers")
    ]
    return [
        RatedIndicator(
            indicator,
            [RaterAnswer(rater, answers.get(indicator.pk)) for rater, answers in found],
            record.visit_answers.get(indicator.pk),
        )
        for indicator in record.indicators
    ]


@transaction.atomic
def adopt_agreed_ratings(visit: Visit, *, by: User) -> int:
    """Write into the record what all raters found alike and the record does not say yet.

    With the level come all their findings. Journaled as the leader's own edits; returns how
    many indicators. Raises Refused for anybody but the leader, before the record is begun, and
    once it is closed.
    """
    lock_visit(visit)
    check_visit_has_record(visit)
    if not is_visit_signer(visit, by):
        raise ActionRefused(f"ผู้สรุปคะแนนต้องเป็นหัวหน้าคณะนิเทศ คือ {visit.leader}")
    visit.sheet.lock()
    judged_so_far = rated_indicators(visit, visit_comparison(visit))
    taken = [judged for judged in judged_so_far if judged.is_adoptable]
    where = field_states(visit.sheet, [judged.indicator.pk for judged in taken])
    bases = {place: standing.edit.id for place, standing in where.items()}
    record_edits(visit.sheet, [e for judged in taken for e in _edits(judged, bases)], by=by)
    if taken:
        transition(visit, VisitAction.ADOPT_AGREED, by=by)
    return len(taken)


def _edits(judged: RatedIndicator, bases: Mapping[FieldKey, uuid.UUID]) -> Iterator[SubmittedEdit]:
    for field, value in _values(judged):
        place = (judged.indicator.pk, field)
        yield SubmittedEdit(uuid.uuid4(), *place, value, bases.get(place))


def _values(judged: RatedIndicator) -> Iterator[tuple[AnswerField, str]]:
    """The level, and words where the record has none; too many for one field are left out."""
    if judged.agreed and judged.agreed.not_applicable:
        yield AnswerField.LEVEL, NOT_APPLICABLE
        yield (
            AnswerField.NA_REASON,
            judged.merged_text(AnswerField.NA_REASON)[:MAX_ANSWER_TEXT_LENGTH],
        )
    elif judged.agreed:
        yield AnswerField.LEVEL, str(judged.agreed.level)
    for field in TEXT_FIELDS:
        words = judged.merged_text(field)
        if (
            words
            and len(words) <= MAX_ANSWER_TEXT_LENGTH
            and not getattr(judged.record_answer, field, "")
        ):
            yield field, words
