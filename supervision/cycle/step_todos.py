"""What waits for a person in the progress itself, one line for each act."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.urls import reverse

from schools.access import Permission, rights_of
from schools.core.thai import short_date
from schools.models import User
from supervision.assessments.overview import OVERDUE
from supervision.cycle.progress import RoundProgress, RoundStep
from supervision.cycle.todos import MAX_SEPARATE_TODOS, REMINDER_PERIOD, TodoItem
from supervision.rounds.enums import CycleStep


def get_step_todos(all_progress: Iterable[RoundProgress], today: date) -> list[TodoItem]:
    """One line for each act; one for all its schools where they are many.

    What step 2 waits for is told by `rounds_to_prepare`, even before step 1 is done.
    """
    steps = (
        (progress, round_step)
        for progress in all_progress
        for round_step in progress.steps
        if round_step.is_mine
    )
    acts = [act for act in steps if act[1].step.number != CycleStep.CRITERIA]
    acts.sort(key=lambda act: (act[1].step.number, act[1].fact.act))
    found: list[TodoItem] = []
    for _, group in groupby(acts, key=lambda act: (act[1].step.number, act[1].fact.act)):
        found += _lines(list(group), today)
    return found


def _lines(alike: list[tuple[RoundProgress, RoundStep]], today: date) -> list[TodoItem]:
    """An appointment of the next days stands by itself, however many are alike."""
    if alike[0][1].fact.for_all_schools:
        return [_for_all_schools(alike)]
    soon = [act for act in alike if _is_soon(act[1], today)]
    others = [act for act in alike if act not in soon]
    lines = [_act(progress, round_step, today) for progress, round_step in soon]
    if len(others) > MAX_SEPARATE_TODOS:
        return [*lines, _many(others)]
    return lines + [_act(progress, round_step, today) for progress, round_step in others]


def _is_soon(round_step: RoundStep, today: date) -> bool:
    day = _appointment_of(round_step)
    return day is not None and day <= today + REMINDER_PERIOD


def _appointment_of(round_step: RoundStep) -> date | None:
    """The day agreed with the school, while it is to come."""
    return round_step.fact.day if round_step.is_booked else None


def _for_all_schools(alike: list[tuple[RoundProgress, RoundStep]]) -> TodoItem:
    """Done once for every school of the term."""
    round_step = alike[0][1]
    return TodoItem(
        title=f"{round_step.fact.act}ให้ {len(alike)} โรงเรียน",
        url=round_step.fact.url,
        detail=f"ขั้นที่ {round_step.step.number} · โรงเรียนเริ่มได้เมื่อเปิดแล้ว",
        step=round_step.step.number,
        due_on=round_step.due_on,
        overdue=max(one.overdue for _, one in alike),
    )


def _act(progress: RoundProgress, round_step: RoundStep, today: date) -> TodoItem:
    return TodoItem(
        title=f"{round_step.fact.act} {progress.round.school.short_name}",
        url=round_step.fact.url,
        detail=(
            f"ขั้นที่ {round_step.step.number} · {_when_it_opens(round_step)}{round_step.fact.detail}"
        ),
        step=round_step.step.number,
        due_on=round_step.due_on,
        appointment_on=_appointment_of(round_step),
        at=round_step.fact.at,
        overdue=round_step.overdue,
        today=today == (_appointment_of(round_step) or round_step.due_on),
    )


def _when_it_opens(round_step: RoundStep) -> str:
    return f"เปิดรับตั้งแต่ {short_date(round_step.opens_on)} · " if round_step.opens_on else ""


def _many(alike: list[tuple[RoundProgress, RoundStep]]) -> TodoItem:
    progress, round_step = alike[0]
    late = sum(1 for _, one in alike if one.overdue)
    return TodoItem(
        title=f"{round_step.fact.act} {len(alike)} โรงเรียน",
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
