"""What waits for one person, most urgent first: acts of the walk and of the ledgers beside it.

What waits in the reports app above this house comes by the seat it takes with `seat_waiting`
when Django starts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.urls import reverse

from schools.access import Permission, can, posts_in_force, rights_of
from schools.enums import SCHOOL_ROLES
from schools.models import School, User
from schools.thai import short_date
from supervision.assessments.overview import LATE
from supervision.assessments.progress import days_late
from supervision.criteria.enums import SetState
from supervision.criteria.models import IndicatorSet
from supervision.cycle.walk import Place, Walk
from supervision.improvement.enums import Owner, SummaryState
from supervision.improvement.models import STILL_OPEN, Recommendation
from supervision.rounds.enums import CycleStep
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from supervision.visits.queries import visits_waiting_for

# So many schools at one act are one line, which leads to the board.
MANY = 5


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for one person, with the link to where it is done.

    `title` says the act and the school, `due_on` by when (or an appointment's day).
    """

    title: str
    url: str
    detail: str = ""
    step: int = 7
    due_on: date | None = None
    overdue: int = 0
    today: bool = False

    @property
    def kind(self) -> str:
        return "late" if self.overdue else "mine"

    @property
    def word(self) -> str:
        if self.overdue:
            return f"เกินกำหนด {self.overdue} วัน"
        if self.today:
            return "วันนี้"
        return f"ภายใน {short_date(self.due_on)}" if self.due_on else "รอคุณ"

    @property
    def urgency(self) -> tuple[Any, ...]:
        """Longest overdue first, then by day, then in the order of the steps."""
        return (-self.overdue, self.due_on or date.max, self.step)


Source = Callable[[User], list[Waiting]]
SEATS: list[Source] = []


def seat_waiting(source: Source) -> None:
    """Add what waits in a part of the house above this one; called once, by its app."""
    SEATS[:] = [source]


def waiting_for(user: User, walks: Iterable[Walk], today: date) -> list[Waiting]:
    """Everything that waits for this person, most urgent first."""
    found = acts_of(walks, today) + advice_to_follow(user, today) + sets_to_endorse(user)
    found += schools_to_remind(user, walks, today) + visits_beside(user, today)
    for source in SEATS:
        found += source(user)
    return sorted(found, key=attrgetter("urgency"))


def acts_of(walks: Iterable[Walk], today: date) -> list[Waiting]:
    """One line for each act; one for all its schools where they are many."""
    acts = [(walk, place) for walk in walks for place in walk.places if place.is_mine]
    acts.sort(key=lambda act: (act[1].step.number, act[1].fact.act))
    found: list[Waiting] = []
    for _, group in groupby(acts, key=lambda act: (act[1].step.number, act[1].fact.act)):
        found += _lines(list(group), today)
    return found


def _lines(alike: list[tuple[Walk, Place]], today: date) -> list[Waiting]:
    if alike[0][1].fact.for_all:
        return [_for_all(alike)]
    return [_many(alike)] if len(alike) > MANY else [_act(w, p, today) for w, p in alike]


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
        due_on=place.fact.day if place.fact.day and place.fact.day >= today else place.due_on,
        overdue=place.overdue,
        today=today in (place.fact.day, place.due_on),
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
        due_on=place.due_on,
        overdue=max(one.overdue for _, one in alike),
    )


def advice_to_follow(user: User, today: date) -> list[Waiting]:
    """Open recommendations, agreed with the school, whose owner is this person's post."""
    owned = _owned_by(user)
    if not owned:
        return []
    rows = Recommendation.objects.filter(
        owned, state__in=STILL_OPEN, round__summary__state=SummaryState.AGREED
    ).select_related("round__school", "round__summary")
    open_ = School.objects.open_on(today)
    return [_advice(row, user, today) for row in rows.filter(round__school__in=open_)]


def _owned_by(user: User) -> Q:
    owned = Q()
    if in_charge := rights_of(user).schools(Permission.RECORD_VISIT):
        owned |= Q(owner=Owner.SUPERVISOR, round__school__in=in_charge)
    for post in posts_in_force(user):
        if post.role in SCHOOL_ROLES:
            owned |= Q(owner=post.role, round__school=post.school_id)
    return owned


def _advice(row: Recommendation, user: User, today: date) -> Waiting:
    """Only the supervising side closes; a school reads the summary and brings its proof."""
    if can(user, Permission.SUMMARISE, row.round.school_id):
        url, detail = reverse("recommendation_close", args=[row.pk]), row.text
    else:
        url = row.round.summary.get_absolute_url()
        detail = f"{row.text} · ทำแล้วแจ้งหลักฐานต่อศึกษานิเทศก์เพื่อปิด"
    return Waiting(
        title=f"ดำเนินการตามข้อเสนอแนะ {row.round.school.short_name}",
        url=url,
        detail=detail,
        step=6,
        due_on=row.due_on,
        overdue=max((today - row.due_on).days, 0),
        today=row.due_on == today,
    )


def visits_beside(user: User, today: date) -> list[Waiting]:
    """One's part in visits that step 4 does not tell of: see visits_waiting_for."""
    return [
        Waiting(
            f"{_act_on(visit, user)} {visit.round.school.short_name}",
            visit.get_absolute_url(),
            f"{visit.label} · {visit.get_kind_display()} · {short_date(visit.visit_on)}",
            step=CycleStep.VISIT,
            today=visit.visit_on == today,
        )
        for visit in visits_waiting_for(user, today)
    ]


def _act_on(visit: Visit, user: User) -> str:
    if visit.state == VisitState.SIGNED:
        return "รับทราบผลการนิเทศ"
    if visit.leader_id != user.pk:
        return "ให้คะแนนการนิเทศ"
    return "ออกนิเทศ" if visit.state == VisitState.PLANNED else "บันทึกการนิเทศต่อ"


def sets_to_endorse(user: User) -> list[Waiting]:
    """Indicator sets put before ก.ต.ป.น., for its members."""
    if not rights_of(user).allows(Permission.ENDORSE_CRITERIA):
        return []
    rows = IndicatorSet.objects.filter(state=SetState.IN_REVIEW)
    return [
        Waiting(f"พิจารณา{row}", row.get_absolute_url(), "ขั้นที่ 2 · เสนอ ก.ต.ป.น. พิจารณา", step=2)
        for row in rows
    ]


def schools_to_remind(user: User, walks: Iterable[Walk], today: date) -> list[Waiting]:
    """One line for who leads the group, where many schools are late with step 3.

    The schools' own acts, which others are asked for; the overview behind it has the words.
    """
    if not rights_of(user).allows(Permission.OPEN_ROUNDS):
        return []
    late = [days for walk in walks if (days := _days_behind(walk, today))]
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


def _days_behind(walk: Walk, today: date) -> int:
    """As the overview counts it: asked for, never handed in, and its day has passed."""
    place = walk.places[CycleStep.SELF_ASSESSMENT - 1]
    if place.gone or place.ended or place.fact.handed_in or not walk.round.has_criteria:
        return 0
    return days_late(place.due_on, None, today)
