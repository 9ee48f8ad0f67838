"""What waits for who opens rounds: endorsed sets first, then rounds, then rounds without sets."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, QuerySet, Subquery, Value
from django.urls import reverse

from schools.access import Permission, Rights
from schools.models import School, Term
from supervision.cycle.progress import RoundProgress
from supervision.cycle.todos import MAX_SEPARATE_TODOS, TodoItem
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import lacks_endorsed_set_q
from supervision.rounds.queries import term_opening

NO_SET = "ยังไม่มีชุดที่ ก.ต.ป.น. เห็นชอบ โปรดดำเนินการขั้นที่ 2 ก่อนเปิดรอบ"


def unopened_counts(term: Term, today: date) -> dict[str, Subquery]:
    """To come with each round: `unopened` schools of the term, and `held_back` ones of them."""
    unopened = School.objects.open_on(today).exclude(rounds__term=term)
    return {
        "unopened": _count(unopened),
        "held_back": _count(unopened.filter(lacks_endorsed_set_q())),
    }


def _count(schools: QuerySet[School]) -> Subquery:
    every = schools.order_by().annotate(every=Value(1)).values("every")
    return Subquery(every.annotate(count=Count("pk")).values("count"))


def rounds_to_prepare(
    rights: Rights, term: Term, all_progress: Sequence[RoundProgress], today: date
) -> list[TodoItem]:
    """Opening the term's rounds and giving them their sets, for whoever may do both."""
    if not rights.allows(Permission.OPEN_ROUNDS):
        return []
    return _to_open(term, all_progress, today) + _without_sets(term, all_progress)


def _to_open(term: Term, all_progress: Sequence[RoundProgress], today: date) -> list[TodoItem]:
    """Schools that can have a round now; for the others first the sets that they lack."""
    ready, held_back = _unopened(term, all_progress, today)
    found = []
    if ready:
        found.append(
            TodoItem(
                title=f"เปิดรอบการนิเทศภาคเรียนที่ {term} ให้ {ready} โรงเรียน",
                url=reverse("term_open", args=[term.pk]),
                detail="โรงเรียนจะเริ่มขั้นที่ 1 ได้เมื่อเปิดรอบแล้ว",
                step=CycleStep.NEEDS,
            )
        )
    if held_back:
        found.append(
            TodoItem(
                title=f"เสนอ ก.ต.ป.น. เห็นชอบชุดตัวชี้วัดก่อนเปิดรอบภาคเรียนที่ {term}",
                url=reverse("criteria"),
                detail=f"{NO_SET} · รอเปิดรอบ {held_back} โรงเรียน",
                step=CycleStep.CRITERIA,
            )
        )
    return found


def _unopened(term: Term, all_progress: Sequence[RoundProgress], today: date) -> tuple[int, int]:
    """Schools that can have a round now, and those that lack a set; counted with the rounds.

    Before the first round is open there is none to count them with.
    """
    if all_progress:
        every, held_back = all_progress[0].round.unopened or 0, all_progress[0].round.held_back or 0
        return every - held_back, held_back
    opening = term_opening(term, today)
    return len(opening.ready), len(opening.schools_lacking_sets)


def _without_sets(term: Term, all_progress: Sequence[RoundProgress]) -> list[TodoItem]:
    """Rounds to be given sets, whether or not step 1 is done; one line for all where many."""
    lacking = [
        progress for progress in all_progress if progress.round.lacks_sets and not progress.stopped
    ]
    blocked = [progress for progress in lacking if progress.round.waits_for_endorsement]
    lines = [_to_complete(progress) for progress in lacking if progress not in blocked]
    if len(lines) > MAX_SEPARATE_TODOS:
        lines = [_to_complete_all(term, lines)]
    return lines + _to_endorse(blocked)


def _to_complete(progress: RoundProgress) -> TodoItem:
    """A round without any set has a page of its own, which tells what is to change in it."""
    round_, round_step = progress.round, progress.steps[CycleStep.CRITERIA - 1]
    own, many = ("round_criteria", round_.pk), ("term_criteria", round_.term_id)
    name, pk = many if round_.has_criteria else own
    why = "ขาดชุดของบางระดับที่เปิดสอน" if round_.has_criteria else round_step.fact.detail
    return TodoItem(
        title=f"กำหนดชุดตัวชี้วัด {round_.school.short_name}",
        url=reverse(name, args=[pk]),
        detail=f"ขั้นที่ 2 · {why}",
        step=CycleStep.CRITERIA,
        due_on=round_step.due_on,
        overdue=round_step.overdue,
    )


def _to_complete_all(term: Term, lines: Sequence[TodoItem]) -> TodoItem:
    return TodoItem(
        title=f"กำหนดชุดตัวชี้วัดให้ {len(lines)} รอบ",
        url=reverse("term_criteria", args=[term.pk]),
        detail="ขั้นที่ 2 · เลือกชุดแล้วกำหนดให้หลายรอบพร้อมกัน",
        step=CycleStep.CRITERIA,
        due_on=lines[0].due_on,
        overdue=max(line.overdue for line in lines),
    )


def _to_endorse(blocked: Sequence[RoundProgress]) -> list[TodoItem]:
    if not blocked:
        return []
    return [
        TodoItem(
            title=f"เสนอ ก.ต.ป.น. เห็นชอบชุดตัวชี้วัดให้ {len(blocked)} รอบที่ยังขาดชุด",
            url=reverse("criteria"),
            detail="ขั้นที่ 2 · ยังไม่มีชุดที่ ก.ต.ป.น. เห็นชอบครบทุกระดับที่โรงเรียนเปิดสอน",
            step=CycleStep.CRITERIA,
        )
    ]


def rounds_without_sets(rights: Rights, all_progress: Sequence[RoundProgress]) -> int:
    """How many rounds wait for the office's sets, for those who see the school but give none.

    Of a school whose pages the person may not open nothing is counted: a second round would
    tell that the first came to ไม่บรรลุ.
    """
    if rights.allows(Permission.OPEN_ROUNDS):
        return 0
    seen = [w for w in all_progress if rights.allows(Permission.VIEW_SCHOOL, w.round.school_id)]
    return sum(progress.round.lacks_sets and not progress.stopped for progress in seen)
