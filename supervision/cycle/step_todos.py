"""What waits for a person in the steps themselves, and rounds to open and to give sets."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.urls import reverse

from schools.access import Permission, Rights, rights_of
from schools.core.thai import short_date
from schools.models import Term, User
from supervision.assessments.overview import OVERDUE
from supervision.cycle.progress import RoundProgress, RoundStep
from supervision.cycle.steps import VisitDay
from supervision.cycle.todos import MAX_SEPARATE_TODOS, REMINDER_PERIOD, TodoItem
from supervision.rounds.enums import CycleStep
from supervision.rounds.queries import term_opening


def get_step_todos(all_progress: Iterable[RoundProgress], today: date) -> list[TodoItem]:
    """One line for each act; one for all its schools where they are many.

    What step 2 waits for is listed by `rounds_to_prepare`, even before step 1 is done.
    """
    steps = (
        (progress, round_step)
        for progress in all_progress
        for round_step in progress.steps
        if round_step.is_mine
    )
    acts = [act for act in steps if act[1].step.number != CycleStep.CRITERIA]
    acts.sort(key=lambda act: (act[1].step.number, act[1].action_label))
    found: list[TodoItem] = []
    for _, group in groupby(acts, key=lambda act: (act[1].step.number, act[1].action_label)):
        found += _lines(list(group), today)
    return found


def _lines(alike: list[tuple[RoundProgress, RoundStep]], today: date) -> list[TodoItem]:
    """An appointment of the next days has a line of its own, however many are alike."""
    if _is_for_all_schools(alike[0][1]):
        return [_for_all_schools(alike)]
    soon = [act for act in alike if _is_soon(act[1], today)]
    others = [act for act in alike if act not in soon]
    lines = [_act(progress, round_step, today) for progress, round_step in soon]
    if len(others) > MAX_SEPARATE_TODOS:
        return [*lines, _many(others)]
    return lines + [_act(progress, round_step, today) for progress, round_step in others]


def _is_soon(round_step: RoundStep, today: date) -> bool:
    day = _appointment_of(round_step, today)
    return day is not None and day.on <= today + REMINDER_PERIOD


def _appointment_of(round_step: RoundStep, today: date) -> VisitDay | None:
    """The day agreed with the school, while it is to come."""
    return round_step.facts.visit_day if round_step.is_booked_on(today) else None


def _is_for_all_schools(round_step: RoundStep) -> bool:
    action = round_step.facts.next_action
    return action is not None and action.for_all_schools


def _for_all_schools(alike: list[tuple[RoundProgress, RoundStep]]) -> TodoItem:
    """Done once for every school of the term."""
    round_step = alike[0][1]
    return TodoItem(
        title=f"{round_step.action_label}ให้ {len(alike)} โรงเรียน",
        url=round_step.action_url,
        detail=f"ขั้นที่ {round_step.step.number} · โรงเรียนเริ่มได้เมื่อเปิดแล้ว",
        step=round_step.step.number,
        due_on=round_step.due_on,
        overdue=max(one.overdue for _, one in alike),
    )


def _act(progress: RoundProgress, round_step: RoundStep, today: date) -> TodoItem:
    number, appointment = round_step.step.number, _appointment_of(round_step, today)
    return TodoItem(
        title=f"{round_step.action_label} {progress.round.school.short_name}",
        url=round_step.action_url,
        detail=f"ขั้นที่ {number} · {_when_it_opens(round_step)}{round_step.facts.detail}",
        step=number,
        due_on=round_step.due_on,
        appointment_on=appointment.on if appointment else None,
        at=appointment.starts_at if appointment else None,
        overdue=round_step.overdue,
        today=today == (appointment.on if appointment else round_step.due_on),
    )


def _when_it_opens(round_step: RoundStep) -> str:
    return f"เปิดรับตั้งแต่ {short_date(round_step.opens_on)} · " if round_step.opens_on else ""


def _many(alike: list[tuple[RoundProgress, RoundStep]]) -> TodoItem:
    progress, round_step = alike[0]
    late = sum(1 for _, one in alike if one.overdue)
    return TodoItem(
        title=f"{round_step.action_label} {len(alike)} โรงเรียน",
        url=f"{reverse('board')}?term={progress.round.term_id}&step={round_step.step.number}",
        detail=f"ขั้นที่ {round_step.step.number}" + (f" · เกินกำหนด {late} โรงเรียน" if late else ""),
        step=round_step.step.number,
        due_on=min((one.due_on for _, one in alike if one.due_on), default=None),
        overdue=max(one.overdue for _, one in alike),
    )


def schools_to_remind(user: User, all_progress: Iterable[RoundProgress]) -> list[TodoItem]:
    """One line for who leads the group, where many schools are late with step 3.

    The schools' own acts, which others are asked for; the overview behind it has the words.
    """
    if not rights_of(user).allows(Permission.OPEN_ROUNDS):
        return []
    late = [days for progress in all_progress if (days := _days_behind(progress))]
    if len(late) <= MAX_SEPARATE_TODOS:
        return []
    return [
        TodoItem(
            title=f"เตือน {len(late)} โรงเรียนที่ยังไม่ยืนยันผลการประเมินตนเอง",
            url=f"{reverse('self_assessments')}?state={OVERDUE}",
            detail="ขั้นที่ 3 · เลือกข้อความเตือนพร้อมส่งทาง LINE หรืออีเมลได้",
            step=3,
            overdue=max(late),
        )
    ]


def _days_behind(progress: RoundProgress) -> int:
    """Days for which its self-assessment has been waited for too long."""
    return progress.steps[CycleStep.SELF_ASSESSMENT - 1].overdue


# --- Rounds to open, and sets to give to rounds ---

NO_SET = "ยังไม่มีชุดที่ ก.ต.ป.น. เห็นชอบ โปรดดำเนินการขั้นที่ 2 ก่อนเปิดรอบ"


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
    """A round without any set has a page of its own, which says what is to change in it."""
    round_, round_step = progress.round, progress.steps[CycleStep.CRITERIA - 1]
    own, many = ("round_criteria", round_.pk), ("term_criteria", round_.term_id)
    name, pk = many if round_.has_criteria else own
    why = "ขาดชุดของบางระดับที่เปิดสอน" if round_.has_criteria else round_step.facts.detail
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
    say that the first came to ไม่บรรลุ.
    """
    if rights.allows(Permission.OPEN_ROUNDS):
        return 0
    seen = [w for w in all_progress if rights.allows(Permission.VIEW_SCHOOL, w.round.school_id)]
    return sum(progress.round.lacks_sets and not progress.stopped for progress in seen)
