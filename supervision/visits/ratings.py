"""Several members of a team judge for themselves; the leader settles one record from it.

Each rates on an own sheet, on an own phone. What a rater handed in stays as it is, beside the
settled record. Nothing is averaged into the record behind anybody's back: levels on which all
agree are taken over by an act of the leader, the others are the leader's to settle.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from schools.models import User
from supervision.assessments.actions import freeze, lock, new_sheet
from supervision.assessments.enums import NOT_APPLICABLE, Field, SheetKind
from supervision.assessments.journal import Edit, record_edits
from supervision.assessments.models import Answer
from supervision.assessments.queries import answers_of, indicators_of, missing_levels
from supervision.criteria.models import Indicator
from supervision.visits.enums import VisitState
from supervision.visits.models import Rating, Visit
from supervision.workflow.errors import Refused


@dataclass(frozen=True)
class Opinion:
    """One rater's answer on one indicator."""

    rater: User
    answer: Answer | None


@dataclass(frozen=True)
class Judged:
    """One indicator with what every rater who handed in found, and what the record says."""

    indicator: Indicator
    opinions: Sequence[Opinion]
    settled: Answer | None

    @property
    def agreed(self) -> Answer | None:
        """The answer that all raters gave alike; None while they differ or nobody rated."""
        answers = [opinion.answer for opinion in self.opinions]
        if not answers or any(answer is None for answer in answers):
            return None
        first = answers[0]
        alike = all(_judgement(answer) == _judgement(first) for answer in answers)
        return first if first and first.is_settled and alike else None

    @property
    def spread(self) -> int:
        """Levels between the highest and the lowest rater."""
        levels = [o.answer.level for o in self.opinions if o.answer and o.answer.level is not None]
        return max(levels) - min(levels) if levels else 0


def _judgement(answer: Answer | None) -> tuple[int | None, bool]:
    return (answer.level, answer.not_applicable) if answer else (None, False)


def may_rate(visit: Visit, person: User) -> bool:
    """The leader and the members of the team, while the record is open."""
    on_team = visit.leader_id == person.pk or visit.team.filter(pk=person.pk).exists()
    return on_team and visit.state == VisitState.RECORDING


@transaction.atomic
def rate(visit: Visit, *, by: User) -> Rating:
    """The person's own sheet for this visit, begun now unless begun before.

    Raises Refused for who is not of the team, and before the record is opened.
    """
    visit.refresh_from_db(from_queryset=Visit.objects.select_for_update())
    rating = Rating.objects.filter(visit=visit, rater=by).first()
    if rating is None:
        if not may_rate(visit, by):
            raise Refused("ให้คะแนนได้เฉพาะผู้ร่วมนิเทศครั้งนี้ ระหว่างที่บันทึกยังไม่ลงนาม")
        sheet = new_sheet(visit.round, SheetKind.RATER, visit.sheet.form)
        rating = Rating.objects.create(visit=visit, rater=by, sheet=sheet)
    return rating


@transaction.atomic
def hand_in(rating: Rating, *, by: User) -> None:
    """Finish one's own rating: from now on the leader reads it and nobody changes it.

    Raises Refused for somebody else's, when handed in already, or naming what is missing.
    """
    if rating.rater_id != by.pk:
        raise Refused("ส่งคะแนนได้เฉพาะของตนเอง")
    lock(rating.sheet)
    if rating.sheet.frozen_at:
        raise Refused("ส่งคะแนนของคุณแล้ว จึงส่งซ้ำไม่ได้")
    missing = missing_levels(rating.sheet)
    if missing:
        raise Refused(f"ยังส่งไม่ได้ ขาดอีก {len(missing)} ตัวชี้วัด", missing=missing)
    freeze(rating.sheet)
    rating.handed_in_at = timezone.now()
    rating.save(update_fields=["handed_in_at"])


def judged_by_all(visit: Visit) -> list[Judged]:
    """Every indicator with all handed-in ratings, in the set's order."""
    handed_in = visit.ratings.filter(handed_in_at__isnull=False).select_related("rater")
    ratings = list(handed_in.prefetch_related("sheet__answers"))
    found: list[tuple[User, Mapping[int, Answer]]] = [
        (rating.rater, {a.indicator_id: a for a in rating.sheet.answers.all()})
        for rating in ratings
    ]
    settled = answers_of(visit.sheet)
    return [
        Judged(
            indicator,
            [Opinion(rater, answers.get(indicator.pk)) for rater, answers in found],
            settled.get(indicator.pk),
        )
        for indicator in indicators_of(visit.sheet)
    ]


def take_agreed(visit: Visit, *, by: User) -> int:
    """Write into the record what all raters found alike and the record does not say yet.

    Journaled as the leader's own edits; returns how many. Raises Refused once it is signed.
    """
    edits = [
        Edit(uuid.uuid4(), judged.indicator.pk, Field.LEVEL, _as_value(judged.agreed))
        for judged in judged_by_all(visit)
        if judged.agreed and not (judged.settled and judged.settled.is_settled)
    ]
    record_edits(visit.sheet, edits, by=by)
    return len(edits)


def _as_value(answer: Answer) -> str:
    return NOT_APPLICABLE if answer.not_applicable else str(answer.level)
