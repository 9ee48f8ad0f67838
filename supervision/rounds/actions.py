from collections.abc import Iterable, Mapping, Sequence

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from schools.core.errors import ActionRefused
from schools.core.history import set_history_author
from schools.models import School, Term, User
from supervision.criteria.enums import SetState, SetUse
from supervision.criteria.models import IndicatorSet
from supervision.rounds.due_dates import StepWindow
from supervision.rounds.models import Round, RoundDeadline, StepDeadline, TurnAllowance
from supervision.rounds.queries import (
    days_by_round,
    propose_first_round_windows,
    propose_next_round_windows,
    rounds_lacking_sets,
    set_fits_school,
    sets_completing_round,
    uncovered_levels,
)


@transaction.atomic
def open_term_rounds(
    term: Term,
    schools: Iterable[School],
    *,
    by: User,
    indicator_sets: Sequence[IndicatorSet],
    windows: Mapping[int, StepWindow] | None = None,
    is_sample: bool = False,
) -> list[Round]:
    """Open the first round of the term for schools that have none; others stay as they are.

    Each opened round has the sets of the levels its school teaches; a school with a level that
    none of them is for waits. Opened late, the rounds get the days of `windows`, or those the
    system proposes. The term is locked, so that two people pressing together open each round
    once. Raises ActionRefused when schools wait and the sets are enough for none of them.
    """
    Term.objects.select_for_update().get(pk=term.pk)
    _lock(indicator_sets)
    ensure_sets_can_be_chosen(indicator_sets)
    having = set(Round.objects.for_term(term).values_list("school_id", flat=True))
    waiting = [school for school in schools if school.pk not in having]
    ensure_sets_cover_a_school(indicator_sets, waiting)
    now = timezone.now()
    facts = {"opened_at": now, "opened_by": by, "is_sample": is_sample}
    facts |= {"criteria_chosen_at": now, "criteria_chosen_by": by}
    covered = [school for school in waiting if not uncovered_levels(school, indicator_sets)]
    rounds = Round.objects.bulk_create(
        [Round(school=school, term=term, **facts) for school in covered]
    )
    _add_sets(
        {
            one: [chosen for chosen in indicator_sets if set_fits_school(chosen, one.school)]
            for one in rounds
        }
    )
    _create_round_deadlines(
        rounds, windows, propose_first_round_windows(term, timezone.localdate()), by=by
    )
    return rounds


def _create_round_deadlines(
    rounds: Sequence[Round],
    chosen: Mapping[int, StepWindow] | None,
    proposed_windows: Mapping[int, StepWindow],
    *,
    by: User,
) -> None:
    """Days of their own for rounds just opened; what a person left as offered says so."""
    rows = [
        RoundDeadline(
            round=round_,
            step=step,
            opens_on=window.opens_on,
            due_on=window.due_on,
            is_proposed=window == proposed_windows.get(step),
        )
        for round_ in rounds
        for step, window in (proposed_windows if chosen is None else chosen).items()
    ]
    bulk_create_with_history(rows, RoundDeadline, default_user=by)


def ensure_sets_cover_a_school(
    indicator_sets: Sequence[IndicatorSet], schools: Sequence[School]
) -> None:
    """Raises ActionRefused when schools wait and the sets are not enough for one of them."""
    if schools and all(uncovered_levels(school, indicator_sets) for school in schools):
        raise ActionRefused(
            "ชุดที่เลือกยังไม่ครบทุกระดับที่โรงเรียนเปิดสอน โปรดเลือกชุดของทุกระดับ "
            "ระดับใดยังไม่มีชุดที่ ก.ต.ป.น. เห็นชอบ โปรดดำเนินการขั้นที่ 2 ก่อนเปิดรอบ"
        )


def _add_sets(sets: Mapping[Round, Iterable[IndicatorSet]]) -> None:
    """Add to each round its sets, in one query for all."""
    through = Round.indicator_sets.through
    through.objects.bulk_create(
        through(round=round_, indicatorset=chosen)
        for round_, added in sets.items()
        for chosen in added
    )


@transaction.atomic
def assign_indicator_sets(
    term: Term, rounds: Iterable[int], indicator_sets: Sequence[IndicatorSet], *, by: User
) -> list[Round]:
    """Settle step 2 of many rounds of a term (by pk) at once; returns those that were given sets.

    Each is given what it lacks of the sets, all of it or nothing; a round that has its sets
    already stays as it is, so that the same press sent twice changes nothing. Raises ActionRefused
    for a choice of sets that no round may have.
    """
    Term.objects.select_for_update().get(pk=term.pk)
    asked = Round.objects.select_for_update().filter(pk__in=list(rounds)).order_by("pk")
    held = [round_.pk for round_ in asked]
    _lock(indicator_sets)
    ensure_sets_can_be_chosen(indicator_sets)
    lacking = rounds_lacking_sets(term, timezone.localdate()).filter(pk__in=held)
    added = {round_: sets_completing_round(round_, indicator_sets) for round_ in lacking}
    given = [round_ for round_, sets in added.items() if sets]
    _add_sets(added)
    Round.objects.filter(pk__in=[round_.pk for round_ in given]).update(
        criteria_chosen_by=by, criteria_chosen_at=timezone.now()
    )
    return given


@transaction.atomic
def choose_round_criteria(
    round_: Round, indicator_sets: Sequence[IndicatorSet], *, by: User
) -> None:
    """Settle step 2: the round is judged with these endorsed sets, chosen once.

    Raises ActionRefused when a set is not endorsed, when their scales differ, or when the round has
    its sets already.
    """
    round_.lock()
    ensure_criteria_not_chosen(round_)
    _lock(indicator_sets)
    ensure_sets_can_be_chosen(indicator_sets)
    round_.indicator_sets.set(indicator_sets)
    round_.criteria_chosen_by, round_.criteria_chosen_at = by, timezone.now()
    round_.save(update_fields=["criteria_chosen_by", "criteria_chosen_at"])


def ensure_criteria_not_chosen(round_: Round) -> None:
    if round_.has_criteria:
        raise ActionRefused("รอบนี้กำหนดชุดตัวชี้วัดแล้ว จึงเปลี่ยนไม่ได้")


def _lock(indicator_sets: Sequence[IndicatorSet]) -> None:
    """Hold the sets, so that none is taken out of use before the choice is saved."""
    for chosen in indicator_sets:
        chosen.refresh_from_db(from_queryset=IndicatorSet.objects.select_for_update())


def ensure_sets_can_be_chosen(indicator_sets: Sequence[IndicatorSet]) -> None:
    """Raises ActionRefused unless all are in use, on one scale, and one for each level."""
    if any(chosen.state != SetState.APPROVED for chosen in indicator_sets):
        raise ActionRefused("ชุดตัวชี้วัดนี้ยังไม่ได้รับความเห็นชอบจาก ก.ต.ป.น. หรือเลิกใช้แล้ว โปรดเลือกชุดอื่น")
    if any(chosen.use != SetUse.ROUND for chosen in indicator_sets):
        raise ActionRefused("ชุดสำหรับสังเกตชั้นเรียนใช้กับรอบการนิเทศไม่ได้ โปรดเลือกชุดอื่น")
    if len({chosen.scale_id for chosen in indicator_sets}) > 1:
        raise ActionRefused("ชุดที่เลือกใช้มาตราส่วนต่างกัน โปรดเลือกชุดที่ใช้มาตราส่วนเดียวกัน")
    if len({chosen.level for chosen in indicator_sets}) < len(indicator_sets):
        raise ActionRefused("เลือกชุดตัวชี้วัดได้ระดับการศึกษาละ 1 ชุด โปรดเลือกใหม่")


@transaction.atomic
def open_next_round(
    round_: Round,
    *,
    planned_changes: str,
    by: User,
    windows: Mapping[int, StepWindow] | None = None,
) -> Round:
    """Open the round after ไม่บรรลุ; it begins again at step 2 (manual P3, flow E to B).

    It gets the days of `windows`, or those the system proposes.
    """
    following = Round.objects.create(
        school=round_.school,
        term=round_.term,
        number=round_.number + 1,
        previous=round_,
        planned_changes=planned_changes,
        opened_at=timezone.now(),
        opened_by=by,
        is_sample=round_.is_sample,
    )
    _create_round_deadlines(
        [following], windows, propose_next_round_windows(round_.term, timezone.localdate()), by=by
    )
    return following


def check_next_round_is_empty(round_: Round) -> Round | None:
    """The round after this one, if there is one.

    Raises ActionRefused once its sets were chosen or anything else was entered in it.
    """
    following = Round.objects.filter(previous=round_).first()
    if following is None:
        return None
    refused = ActionRefused(
        f"รอบที่ {following.number} มีการบันทึกแล้ว เช่น ชุดตัวชี้วัด นัดหมาย หรือการประเมินตนเอง "
        f"จึงถอนรอบนั้นและแก้ไขผลของรอบที่ {round_.number} ไม่ได้ โปรดดำเนินการต่อในรอบที่ {following.number}"
    )
    if following.has_criteria:
        raise refused
    try:
        Collector(using=DEFAULT_DB_ALIAS).collect([following])  # what still hangs on it protects it
    except ProtectedError:
        raise refused from None
    return following


@transaction.atomic
def withdraw_next_round(round_: Round) -> Round | None:
    """Take back the round that ไม่บรรลุ had opened; returns what it was, if there was one.

    Raises ActionRefused once anything was entered in it.
    """
    following = Round.objects.select_for_update().filter(previous=round_).first()
    if following is None:
        return None
    check_next_round_is_empty(round_)
    following.delete()
    return following


def ensure_round_is_current(round_: Round) -> None:
    """A round after which another was opened keeps what it has: neither visit nor assessment."""
    following = Round.objects.filter(previous=round_).first()
    if following:
        raise ActionRefused(f"รอบที่ {round_.number} สิ้นสุดแล้ว โปรดดำเนินการในรอบที่ {following.number}")


@transaction.atomic
def set_term_deadlines(term: Term, windows: Mapping[int, StepWindow], *, by: User) -> None:
    """Say from when and by when the schools of a term are asked to do each step.

    A step without a day by when to be done goes without both.
    """
    Term.objects.select_for_update().get(pk=term.pk)
    stored = {row.step: row for row in term.deadlines.all()}
    for step, (opens_on, due_on) in windows.items():
        row = stored.get(step) or StepDeadline(term=term, step=step)
        set_history_author(row, by=by)
        if due_on and (row.opens_on, row.due_on) != (opens_on, due_on):
            row.opens_on, row.due_on = opens_on, due_on
            row.save()
        elif not due_on and row.pk:
            row.delete()


@transaction.atomic
def set_round_deadlines(round_: Round, windows: Mapping[int, StepWindow], *, by: User) -> None:
    """Give one round days of its own; where they are those it has, nothing is written."""
    round_.lock()
    current, stored = (
        days_by_round([round_])[round_.pk],
        {d.step: d for d in round_.deadlines.all()},
    )
    for step, window in windows.items():
        if window == current.window_for(step):
            continue
        row = stored.get(step) or RoundDeadline(round=round_, step=step)
        row.opens_on, row.due_on = window
        row.is_proposed = False
        set_history_author(row, by=by)
        row.save()


@transaction.atomic
def set_turn_days(term: Term, days: int, *, by: User) -> None:
    """Say how many days whoever a step comes to has at least."""
    Term.objects.select_for_update().get(pk=term.pk)
    row = TurnAllowance.objects.filter(term=term).first() or TurnAllowance(term=term)
    if row.days == days:
        return
    row.days = days
    set_history_author(row, by=by)
    row.save()
