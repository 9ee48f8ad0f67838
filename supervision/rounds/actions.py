from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from schools.models import School, Term, User
from schools.signing import sign
from supervision.criteria.enums import SetState, SetUse
from supervision.criteria.models import IndicatorSet
from supervision.rounds.models import Round, StepDeadline
from supervision.rounds.queries import fits
from supervision.workflow.errors import Refused

# From when (not said: any time) and by when a step is asked for.
Window = tuple[date | None, date | None]


@transaction.atomic
def open_term(
    term: Term,
    schools: Iterable[School],
    *,
    by: User,
    indicator_sets: Sequence[IndicatorSet] = (),
    is_sample: bool = False,
) -> list[Round]:
    """Open the first round of the term for every school that has none; others stay as they are.

    With `indicator_sets` each opened round has, at once, those of the levels its school
    teaches. The term is locked, so that two people pressing together open each round once.
    """
    Term.objects.select_for_update().get(pk=term.pk)
    _lock(indicator_sets)
    check_choice(indicator_sets)
    having = set(Round.objects.for_term(term).values_list("school_id", flat=True))
    facts = {"opened_at": timezone.now(), "opened_by": by, "is_sample": is_sample}
    rounds = Round.objects.bulk_create(
        [Round(school=school, term=term, **facts) for school in schools if school.pk not in having]
    )
    for chosen in indicator_sets:
        chosen.rounds.add(*(round_ for round_ in rounds if fits(chosen, round_.school)))
    with_sets = Round.objects.filter(pk__in=[r.pk for r in rounds], indicator_sets__isnull=False)
    with_sets.update(criteria_chosen_by=by, criteria_chosen_at=timezone.now())
    return rounds


@transaction.atomic
def choose_criteria(round_: Round, indicator_sets: Sequence[IndicatorSet], *, by: User) -> None:
    """Settle step 2: the round is walked with these endorsed sets, chosen once.

    Raises Refused when a set is not endorsed, when their scales differ, or when the round has
    its sets already.
    """
    round_.lock()
    check_has_no_criteria(round_)
    _lock(indicator_sets)
    check_choice(indicator_sets)
    round_.indicator_sets.set(indicator_sets)
    round_.criteria_chosen_by, round_.criteria_chosen_at = by, timezone.now()
    round_.save(update_fields=["criteria_chosen_by", "criteria_chosen_at"])


def check_has_no_criteria(round_: Round) -> None:
    if round_.has_criteria:
        raise Refused("รอบนี้กำหนดชุดตัวชี้วัดแล้ว จึงเปลี่ยนไม่ได้")


def _lock(indicator_sets: Sequence[IndicatorSet]) -> None:
    """Hold the sets, so that none is taken out of use before the choice is saved."""
    for chosen in indicator_sets:
        chosen.refresh_from_db(from_queryset=IndicatorSet.objects.select_for_update())


def check_choice(indicator_sets: Sequence[IndicatorSet]) -> None:
    """Raises Refused unless all are in use, on one scale, and one for each level."""
    if any(chosen.state != SetState.APPROVED for chosen in indicator_sets):
        raise Refused("ชุดตัวชี้วัดนี้ยังไม่ได้รับความเห็นชอบจาก ก.ต.ป.น. หรือเลิกใช้แล้ว โปรดเลือกชุดอื่น")
    if any(chosen.use != SetUse.ROUND for chosen in indicator_sets):
        raise Refused("ชุดสำหรับสังเกตชั้นเรียนใช้กับรอบการนิเทศไม่ได้ โปรดเลือกชุดอื่น")
    if len({chosen.scale_id for chosen in indicator_sets}) > 1:
        raise Refused("ชุดที่เลือกใช้มาตราส่วนต่างกัน โปรดเลือกชุดที่ใช้มาตราส่วนเดียวกัน")
    if len({chosen.level for chosen in indicator_sets}) < len(indicator_sets):
        raise Refused("เลือกชุดตัวชี้วัดได้ระดับการศึกษาละ 1 ชุด โปรดเลือกใหม่")


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
def set_deadlines(term: Term, windows: Mapping[int, Window], *, by: User) -> None:
    """Say from when and by when the schools of a term are asked to do each step.

    A step without a day by when to be done goes without both.
    """
    Term.objects.select_for_update().get(pk=term.pk)
    stored = {row.step: row for row in term.deadlines.all()}
    for step, (opens_on, due_on) in windows.items():
        row = stored.get(step) or StepDeadline(term=term, step=step)
        sign(row, by=by)
        if due_on and (row.opens_on, row.due_on) != (opens_on, due_on):
            row.opens_on, row.due_on = opens_on, due_on
            row.save()
        elif not due_on and row.pk:
            row.delete()
