"""Ratings of a visit: team members score by themselves, the leader completes the record.

Each rates on an own answer sheet. What a rater submitted is kept unchanged beside the record.
Nothing is averaged: levels on which all agree are adopted by an action of the leader, who decides
the others.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest
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
from supervision.assessments.queries import missing_answers, sheet_scale_levels
from supervision.assessments.version_tokens import (
    SheetVersionToken,
    ensure_sheet_unchanged,
    posted_version_token,
    version_token_context,
)
from supervision.criteria.models import Indicator
from supervision.visits import actions
from supervision.visits.access import get_visit_or_404
from supervision.visits.actions import is_visit_signer, lock_visit
from supervision.visits.enums import VisitAction, VisitState
from supervision.visits.models import Rating, Visit
from supervision.visits.queries import VisitComparison, visit_comparison
from supervision.workflow.actions import transition

TEXT_FIELDS = (AnswerField.NOTE, AnswerField.EVIDENCE)


# --- Who rates ---


@dataclass(frozen=True)
class Rater:
    """A person on the visit, and how far their rating is: none, begun, or submitted."""

    person: User
    on_team: bool
    rating_id: int | None
    sheet_id: int | None
    submitted_at: datetime | None

    @property
    def has_begun(self) -> bool:
        return self.rating_id is not None


def raters_of(visit: Visit) -> list[Rater]:
    """The team and whoever else has rated (the leader, or who led before), in one query."""
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
    """People whose rating is not submitted yet; nobody where no one rates at all."""
    if not any(rater.has_begun for rater in raters):
        return []
    return [rater.person for rater in raters if rater.submitted_at is None]


def may_rate(visit: Visit, person: User) -> bool:
    """Whether the person may rate: leader and team, while the first version's record is open."""
    if visit.version > 1 or visit.state != VisitState.RECORDING or visit.is_mentoring:
        return False
    return visit.leader_id == person.pk or visit.team.filter(pk=person.pk).exists()


def rated_version(visit: Visit) -> Visit | None:
    """The earlier version that the team has rated; None for a first version."""
    if visit.version == 1:
        return None
    versions = visit.round.visits.filter(number=visit.number, version__lt=visit.version)
    return versions.filter(ratings__isnull=False).last()


@transaction.atomic
def start_rating(visit: Visit, *, by: User) -> Rating:
    """The person's rating of this visit, begun now unless begun before.

    Raises ActionRefused for who is not of the team, before the record is opened, and for an
    amendment: what its team found stays with the version it rated.
    """
    lock_visit(visit)
    rating = Rating.objects.filter(visit=visit, rater=by).first()
    if rating is None:
        if visit.version > 1:
            raise ActionRefused("ฉบับแก้ไขใช้คะแนนที่ให้ไว้กับฉบับเดิม หากพบข้อคลาดเคลื่อน โปรดแจ้งหัวหน้าคณะนิเทศ")
        if not may_rate(visit, by):
            raise ActionRefused("ให้คะแนนได้เฉพาะผู้ร่วมนิเทศครั้งนี้ ระหว่างที่บันทึกยังไม่ลงนาม")
        sheet = create_sheet(visit.round, SheetKind.RATER, visit.record_sheet.own_indicator_set)
        rating = Rating.objects.create(visit=visit, rater=by, sheet=sheet)
    return rating


@transaction.atomic
def submit_rating(
    rating: Rating, *, by: User, shown_version: SheetVersionToken | None = None
) -> None:
    """Submit one's own rating, which the leader can read from then on and nobody can change.

    Raises ActionRefused for somebody else's, once it is closed, or naming what is missing, and
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
    """Raises ActionRefused once it was submitted, or the record was closed."""
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
    """One indicator with the answers of all raters who submitted, and the record's."""

    indicator: Indicator
    rater_answers: Sequence[RaterAnswer]
    record_answer: Answer | None

    @property
    def answers(self) -> list[Answer]:
        return [rater_answer.answer for rater_answer in self.rater_answers if rater_answer.answer]

    @property
    def agreed(self) -> Answer | None:
        """The answer on which all agree; None where they differ or nobody rated."""
        first = self.answers[0] if self.answers else None
        alike = all(_rating_value(answer) == _rating_value(first) for answer in self.answers)
        return first if alike else None

    @property
    def is_answered(self) -> bool:
        return self.record_answer is not None and self.record_answer.is_answered

    @property
    def differs_from_raters(self) -> bool:
        """Whether the record differs from the answer on which all raters agree."""
        return (
            self.agreed is not None
            and self.is_answered
            and _rating_value(self.record_answer) != _rating_value(self.agreed)
        )

    @property
    def is_adoptable(self) -> bool:
        """Whether all raters agree and the record has no answer yet."""
        return self.agreed is not None and not self.is_answered

    @property
    def spread(self) -> int:
        """Levels between the highest and the lowest rater."""
        levels = [answer.level for answer in self.answers if answer.level is not None]
        return max(levels) - min(levels) if levels else 0

    def merged_text(self, field: str) -> str:
        """The texts of all raters in that field, each once."""
        return "\n".join(dict.fromkeys(filter(None, (getattr(a, field) for a in self.answers))))


def _rating_value(answer: Answer | None) -> tuple[int | None, bool]:
    return (answer.level, answer.not_applicable) if answer else (None, False)


def check_visit_has_record(visit: Visit) -> None:
    """Raises ActionRefused before the record is begun."""
    if visit.sheet is None:
        raise ActionRefused("ยังไม่มีคะแนนให้เทียบ เพราะยังไม่ได้เริ่มบันทึกการนิเทศครั้งนี้")


def rated_indicators(visit: Visit, record: VisitComparison) -> list[RatedIndicator]:
    """Every indicator of the record with all submitted ratings, in the set's order."""
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
    """Write into the record the answers on which all raters agree and which it lacks.

    With the level come all their findings, journaled as the leader's own edits. Returns the
    number of indicators. Raises ActionRefused for anybody but the leader, before the record is
    begun, and once it is closed.
    """
    lock_visit(visit)
    check_visit_has_record(visit)
    if not is_visit_signer(visit, by):
        raise ActionRefused(f"ผู้สรุปคะแนนต้องเป็นหัวหน้าคณะนิเทศ คือ {visit.leader}")
    visit.record_sheet.lock()
    judged_so_far = rated_indicators(visit, visit_comparison(visit))
    taken = [judged for judged in judged_so_far if judged.is_adoptable]
    where = field_states(visit.record_sheet, [judged.indicator.pk for judged in taken])
    bases = {place: standing.edit.id for place, standing in where.items()}
    record_edits(visit.record_sheet, [e for judged in taken for e in _edits(judged, bases)], by=by)
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


# --- Pages ---


def visit_rate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin or go on with one's own sheet; who comes back here sees the visit."""
    visit = get_visit_or_404(request, pk)
    if request.method != "POST":
        return redirect(visit)
    return redirect(start_rating(visit, by=request.user).sheet)


def visit_submit_rating(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk)
    rows = Rating.objects.select_related("sheet__round", "visit")
    rating = get_object_or_404(rows, visit=visit, rater=request.user)
    check_can_submit_rating(rating)
    return confirm_action(
        request,
        partial(
            submit_rating,
            rating,
            by=request.user,
            shown_version=posted_version_token(request),
        ),
        success_message="ส่งคะแนนแล้ว หัวหน้าคณะนิเทศจะสรุปเป็นบันทึกเดียว",
        template="visits/submit_rating.html",
        visit=visit,
        sheet_id=rating.sheet_id,
        verb="ส่งคะแนน",
        get_extra_context=lambda: {
            "missing": missing_answers(rating.sheet),
            **version_token_context(request, rating.sheet),
        },
        heading=f"ส่งคะแนนของคุณ {visit.round.school.short_name}",
        effects=[
            "หัวหน้าคณะนิเทศเห็นคะแนนและข้อค้นพบของคุณ แล้วสรุปเป็นบันทึกเดียว",
            "คะแนนของคุณเก็บไว้ถาวรในกลุ่มนิเทศฯ โรงเรียนไม่เห็นคะแนนรายบุคคล",
        ],
        irreversible="เมื่อส่งแล้วจะแก้ไขคะแนนของคุณไม่ได้",
        submit_label="ส่งคะแนน",
        cancel_url=visit.get_absolute_url(),
    )


@dataclass(frozen=True)
class LabelledAnswer:
    """One answer on an indicator, by whoever gave it; `label` is its level's name."""

    who: str
    answer: Answer | None
    label: str

    @property
    def level(self) -> str:
        """As text, for 0 is a level too."""
        if self.answer is None or self.answer.level is None:
            return ""
        return str(self.answer.level)


def visit_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """What every rater found, side by side: for the leader to settle, later for the office."""
    visit = get_visit_or_404(request, pk)
    require(request.user, Permission.VIEW_AREA)
    check_visit_has_record(visit)
    raters = raters_of(visit)
    comparison = visit_comparison(visit)
    judged = rated_indicators(visit, comparison)
    may_complete_record = visit.state == VisitState.RECORDING and actions.is_visit_signer(
        visit, request.user
    )
    context = {
        "visit": visit,
        "raters": raters,
        "still_rating": still_rating(raters),
        "lines": _lines(visit, judged, comparison.school_answers),
        "adoptable_count": sum(one.is_adoptable for one in judged),
        "unanswered_count": sum(not one.is_answered for one in judged),
        "may_complete_record": may_complete_record,
        "sheet_id": visit.sheet_id if may_complete_record else None,
        "unexplained": comparison.unexplained_gaps if may_complete_record else [],
    }
    return render(request, "visits/compare.html", context)


def _lines(
    visit: Visit, judged: list[RatedIndicator], own: Mapping[int, Answer]
) -> list[tuple[RatedIndicator, list[LabelledAnswer]]]:
    """Each indicator with what the raters, the school and the record say of it."""
    labels = {level.value: level.label for level in sheet_scale_levels(visit.record_sheet)}
    lines = []
    for one in judged:
        given = [
            (str(rater_answer.rater), rater_answer.answer) for rater_answer in one.rater_answers
        ]
        if one.indicator.pk in own:
            given.append(("โรงเรียนประเมินตนเอง", own[one.indicator.pk]))
        given.append(("บันทึกการนิเทศ", one.record_answer))
        lines.append(
            (one, [LabelledAnswer(who, answer, _label(answer, labels)) for who, answer in given])
        )
    return lines


def _label(answer: Answer | None, labels: Mapping[int, str]) -> str:
    if answer is None or answer.level is None:
        return "ไม่ประเมิน" if answer and answer.not_applicable else ""
    return labels[answer.level]


@require_POST
def visit_adopt_agreed(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    count = adopt_agreed_ratings(visit, by=request.user)
    messages.success(request, f"บันทึกระดับที่ทุกคนให้ตรงกันแล้ว {count} ข้อ")
    return redirect("visit_compare", pk=pk)
