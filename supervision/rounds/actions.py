from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from schools.models import School, Term, User
from supervision.criteria.enums import SetState
from supervision.criteria.models import IndicatorSet
from supervision.rounds.models import Round
from supervision.workflow.errors import Refused


@transaction.atomic
def open_term(
    term: Term, schools: Iterable[School], *, by: User, is_sample: bool = False
) -> list[Round]:
    """Open the first round of the term for every school that has none; others stay as they are."""
    having = set(Round.objects.for_term(term).values_list("school_id", flat=True))
    return Round.objects.bulk_create(
        [
            Round(
                school=school,
                term=term,
                opened_at=timezone.now(),
                opened_by=by,
                is_sample=is_sample,
            )
            for school in schools
            if school.pk not in having
        ]
    )


@transaction.atomic
def choose_criteria(round_: Round, indicator_set: IndicatorSet, *, by: User) -> None:
    """Settle step 2: the round is walked with this endorsed set, chosen once.

    Raises Refused when the set is not endorsed or the round already has one.
    """
    round_.refresh_from_db(from_queryset=Round.objects.select_for_update())
    if round_.indicator_set_id:
        raise Refused("รอบนี้กำหนดชุดตัวชี้วัดแล้ว จึงเปลี่ยนไม่ได้")
    if indicator_set.state != SetState.APPROVED:
        raise Refused("ชุดตัวชี้วัดนี้ยังไม่ได้รับความเห็นชอบจาก ก.ต.ป.น. โปรดเลือกชุดที่เห็นชอบแล้ว")
    round_.indicator_set = indicator_set
    round_.criteria_chosen_by = by
    round_.criteria_chosen_at = timezone.now()
    round_.save(update_fields=["indicator_set", "criteria_chosen_by", "criteria_chosen_at"])


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
