from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.models import School, Term, User
from supervision.criteria.enums import SetState
from supervision.criteria.models import IndicatorSet
from supervision.rounds.models import Round, StepDeadline
from supervision.workflow.errors import Refused


@transaction.atomic
def open_term(
    term: Term,
    schools: Iterable[School],
    *,
    by: User,
    indicator_set: IndicatorSet | None = None,
    is_sample: bool = False,
) -> list[Round]:
    """Open the first round of the term for every school that has none; others stay as they are.

    With `indicator_set` the opened rounds have their criteria at once. The term is locked, so
    that two people pressing together open each round once.
    """
    Term.objects.select_for_update().get(pk=term.pk)
    having = set(Round.objects.for_term(term).values_list("school_id", flat=True))
    facts = {"opened_at": timezone.now(), "opened_by": by, "is_sample": is_sample}
    if indicator_set:
        facts |= _chosen(indicator_set, by)
    return Round.objects.bulk_create(
        [Round(school=school, term=term, **facts) for school in schools if school.pk not in having]
    )


@transaction.atomic
def choose_criteria(round_: Round, indicator_set: IndicatorSet, *, by: User) -> None:
    """Settle step 2: the round is walked with this endorsed set, chosen once.

    Raises Refused when the set is not endorsed or the round already has one.
    """
    round_.lock()
    if round_.indicator_set_id:
        raise Refused("รอบนี้กำหนดชุดตัวชี้วัดแล้ว จึงเปลี่ยนไม่ได้")
    facts = _chosen(indicator_set, by)
    for name, value in facts.items():
        setattr(round_, name, value)
    round_.save(update_fields=list(facts))


def _chosen(indicator_set: IndicatorSet, by: User) -> dict[str, Any]:
    """The facts of a choice, which is possible only among sets in use at this moment."""
    indicator_set.refresh_from_db(from_queryset=IndicatorSet.objects.select_for_update())
    if indicator_set.state != SetState.APPROVED:
        raise Refused("ชุดตัวชี้วัดนี้ยังไม่ได้รับความเห็นชอบจาก ก.ต.ป.น. หรือเลิกใช้แล้ว โปรดเลือกชุดอื่น")
    return {
        "indicator_set": indicator_set,
        "criteria_chosen_by": by,
        "criteria_chosen_at": timezone.now(),
    }


def open_next(round_: Round, *, will_change: str, by: User) -> Round:
    """Open the round after ไม่บรรลุ; it begins again at step 2 (manual P3, flow E to B)."""
    return Round.objects.create(
        school=round_.school,
        term=round_.term,
        number=round_.number + 1,
        previous=round_,
        will_change=will_change,
        opened_at=timezone.now(),
        opened_by=by,
        is_sample=round_.is_sample,
    )


def check_goes_on(round_: Round) -> None:
    """A round after which another was opened keeps what it has: neither visit nor assessment."""
    following = Round.objects.filter(previous=round_).first()
    if following:
        raise Refused(f"รอบที่ {round_.number} สิ้นสุดแล้ว โปรดดำเนินการในรอบที่ {following.number}")


@transaction.atomic
def set_deadlines(term: Term, due: Mapping[int, date | None]) -> None:
    """Say by when the schools of a term should have done each step; None takes a date away."""
    Term.objects.select_for_update().get(pk=term.pk)
    term.deadlines.filter(step__in=due).delete()
    StepDeadline.objects.bulk_create(
        StepDeadline(term=term, step=step, due_on=due_on) for step, due_on in due.items() if due_on
    )
