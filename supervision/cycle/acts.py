"""What waits for a person in the walk itself, one line for each act."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.urls import reverse

from schools.access import Permission, rights_of
from schools.models import User
from schools.thai import short_date
from supervision.assessments.overview import LATE
from supervision.cycle.waiting import AHEAD, MANY, Waiting
from supervision.cycle.walk import Place, Walk
from supervision.rounds.enums import CycleStep


def acts_of(walks: Iterable[Walk], today: date) -> list[Waiting]:
    """One line for each act; one for all its schools where they are many.

    What step 2 waits for is told by `rounds_to_prepare`, even before step 1 is done.
    """
    places = ((walk, place) for walk in walks for place in walk.places if place.is_mine)
    acts = [act for act in places if act[1].step.number != CycleStep.CRITERIA]
    acts.sort(key=lambda act: (act[1].step.number, act[1].fact.act))
    found: list[Waiting] = []
    for _, group in groupby(acts, key=lambda act: (act[1].step.number, act[1].fact.act)):
        found += _lines(list(group), today)
    return found


def _lines(alike: list[tuple[Walk, Place]], today: date) -> list[Waiting]:
    """An appointment of the next days stands by itself, however many are alike."""
    if alike[0][1].fact.for_all:
        return [_for_all(alike)]
    soon = [act for act in alike if _is_soon(act[1], today)]
    others = [act for act in alike if act not in soon]
    lines = [_act(walk, place, today) for walk, place in soon]
    if len(others) > MANY:
        return [*lines, _many(others)]
    return lines + [_act(walk, place, today) for walk, place in others]


def _is_soon(place: Place, today: date) -> bool:
    day = _appointment_of(place)
    return day is not None and day <= today + AHEAD


def _appointment_of(place: Place) -> date | None:
    """The day agreed with the school, while it is to come."""
    return place.fact.day if place.is_booked else None


def _for_all(alike: list[tuple[Walk, Place]]) -> Waiting:
    """Done once for every school of the term."""
    place = alike[0][1]
    return Waiting(
        title=f"{place.fact.act}ให้ {len(alike)} โรงเรียน",
        url=place.fact.url,
        detail=f"ขั้นที่ {place.step.number} · โรงเรียนเริ่มได้เมื่อเปิดแล้ว",
        step=place.step.number,
        due_on=place.due_on,
        overdue=max(one.overdue for _, one in alike),
    )


def _act(walk: Walk, place: Place, today: date) -> Waiting:
    return Waiting(
        title=f"{place.fact.act} {walk.round.school.short_name}",
        url=place.fact.url,
        detail=f"ขั้นที่ {place.step.number} · {_when_it_opens(place)}{place.fact.detail}",
        step=place.step.number,
        due_on=place.due_on,
        appointment_on=_appointment_of(place),
        at=place.fact.at,
        overdue=place.overdue,
        today=today == (_appointment_of(place) or place.due_on),
    )


def _when_it_opens(place: Place) -> str:
    return f"เปิดรับตั้งแต่ {short_date(place.opens_on)} · " if place.opens_on else ""


def _many(alike: list[tuple[Walk, Place]]) -> Waiting:
    walk, place = alike[0]
    late = sum(1 for _, one in alike if one.overdue)
    return Waiting(
        title=f"{place.fact.act} {len(alike)} โรงเรียน",
        url=f"{reverse('board')}?term={walk.round.term_id}&step={place.step.number}",
        detail=f"ขั้นที่ {place.step.number}" + (f" · เกินกำหนด {late} โรงเรียน" if late else ""),
        step=place.step.number,
        due_on=min((one.due_on for _, one in alike if one.due_on), default=None),
        overdue=max(one.overdue for _, one in alike),
    )


def schools_to_remind(user: User, walks: Iterable[Walk]) -> list[Waiting]:
    """One line for who leads the group, where many schools are late with step 3.

    The schools' own acts, which others are asked for; the overview behind it has the words.
    """
    if not rights_of(user).allows(Permission.OPEN_ROUNDS):
        return []
    late = [days for walk in walks if (days := _days_behind(walk))]
    if len(late) <= MANY:
        return []
    return [
        Waiting(
            title=f"เตือน {len(late)} โรงเรียนที่ยังไม่ยืนยันผลการประเมินตนเอง",
            url=f"{reverse('self_assessments')}?state={LATE}",
            detail="ขั้นที่ 3 · เลือกข้อความเตือนพร้อมส่งทาง LINE หรืออีเมลได้",
            step=3,
            overdue=max(late),
        )
    ]


def _days_behind(walk: Walk) -> int:
    """Days for which its self-assessment has been waited for too long."""
    return walk.places[CycleStep.SELF_ASSESSMENT - 1].overdue
