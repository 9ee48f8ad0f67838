"""The mentoring visits of the showroom's drives, with the advice that they gave."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Max

from schools.models import User
from supervision.demo.office_days import working_day
from supervision.demo.showroom.drive_ledger import LedgerLine, save_ledger_lines
from supervision.demo.showroom.drive_year import ShowroomDrive
from supervision.demo.showroom.writing import History, LoggedAct, save_all, save_histories
from supervision.improvement.enums import AdviceOrigin, Assignee, RecommendationState
from supervision.improvement.models import Recommendation
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.mentoring.actions import origin_of_mentoring_advice
from supervision.quality_drive.models import Mentoring, MentoringDimension
from supervision.rounds.models import Round
from supervision.visits.enums import VisitAction, VisitKind, VisitState
from supervision.visits.models import Visit

# How far the visit of a school is, by its place; those left out have none yet.
STATES_AT_WORK = {
    0: VisitState.ACKNOWLEDGED,
    2: VisitState.ACKNOWLEDGED,
    4: VisitState.SIGNED,
    6: VisitState.RECORDING,
    7: VisitState.PLANNED,
}
STATES_WHEN_OVER = dict.fromkeys((0, 1, 2, 4, 5, 6, 8), VisitState.ACKNOWLEDGED)
BEGINS_AT = time(13)
VISITED, SIGNED, ANSWERED, REPORTED = 0.62, 0.01, 0.03, 0.12  # parts of the drive's days
SPREAD_OVER = 0.1
DAYS_AHEAD, DUE_AFTER = timedelta(days=7), timedelta(days=45)
PURPOSE = "ลงพื้นที่ให้คำปรึกษาตามด้านที่โรงเรียนขอพัฒนา (ตัวอย่าง)"
WORDS = {
    "observed": "ครูจัดกิจกรรมกลุ่มย่อยและใช้สื่อในท้องถิ่น นักเรียนบางส่วนยังไม่ได้นำเสนอผลงาน (ตัวอย่าง)",
    "supervisor_reflection": "ควรเผื่อเวลาให้ผู้เรียนสรุปด้วยตนเอง และใช้ผลระหว่างเรียนปรับการสอน (ตัวอย่าง)",
    "next_steps": "ร่วมออกแบบแผนการสอน 1 หน่วย ทดลองใช้ และสะท้อนผลร่วมกันในเดือนถัดไป (ตัวอย่าง)",
}
SCHOOL_REFLECTION = "ครูได้แนวทางที่ทำได้จริง และจะนำเข้าวง PLC ของโรงเรียน (ตัวอย่าง)"
ADVICE = "เผื่อเวลาท้ายคาบให้ผู้เรียนสรุปสิ่งที่ได้เรียนรู้ด้วยตนเองทุกสัปดาห์ (ตัวอย่าง)"


@dataclass(frozen=True)
class MentoringVisit:
    """A mentoring visit that is not saved yet, and when each thing was done with it."""

    visit: Visit
    director: User
    planned_at: datetime
    reported_at: datetime

    @property
    def acts(self) -> Iterator[LoggedAct]:
        visit = self.visit
        yield LoggedAct(VisitAction.PLAN, visit.leader, self.planned_at)
        if visit.state != VisitState.PLANNED:
            yield LoggedAct(VisitAction.RECORD, visit.leader, _begun_at(visit, self.planned_at))
        if visit.signed_at:
            yield LoggedAct(VisitAction.SIGN, visit.leader, visit.signed_at)
        if visit.acknowledged_at:
            yield LoggedAct(VisitAction.ACKNOWLEDGE, self.director, visit.acknowledged_at)


def _begun_at(visit: Visit, planned_at: datetime) -> datetime:
    begun = datetime.combine(visit.visit_on, BEGINS_AT, planned_at.tzinfo)
    return min(max(begun, planned_at), visit.signed_at or begun)


def save_mentoring(year: ShowroomDrive) -> None:
    """Two of three schools were visited; in a year at work some visits are still under way."""
    states = STATES_WHEN_OVER if year.is_over else STATES_AT_WORK
    rounds = _newest_rounds(year)
    numbers = _last_numbers(rounds)
    found = [
        _mentoring_visit(year, rounds[school.pk], numbers, states[year.place_of(school)])
        for school in year.schools
        if school.pk in rounds and year.place_of(school) in states
    ]
    save_all(one.visit for one in found)
    save_histories(History(one.visit, list(one.acts)) for one in found)
    _save_records(year, [one.visit for one in found])
    save_ledger_lines([_advice(year, one) for one in found if one.visit.acknowledged_at])


def _newest_rounds(year: ShowroomDrive) -> dict[int, Round]:
    """The last round of each school in the year, by the school's pk."""
    rounds = Round.objects.current().filter(
        term__academic_year=year.drive.academic_year, school__in=year.schools
    )
    related = rounds.select_related("school", "term__academic_year")
    return {one.school_id: one for one in related.order_by("term__opens_on")}


def _last_numbers(rounds: Mapping[int, Round]) -> dict[int, int]:
    found = Visit.objects.filter(round__in=list(rounds.values())).order_by().values("round")
    return {row["round"]: row["last"] for row in found.annotate(last=Max("number"))}


def _mentoring_visit(
    year: ShowroomDrive, round_: Round, numbers: Mapping[int, int], state: VisitState
) -> MentoringVisit:
    first = VISITED + SPREAD_OVER * (year.schools.index(round_.school) % 10) / 10
    at = year.days.moment(first)
    visit = Visit(
        round=round_,
        number=numbers.get(round_.pk, 0) + 1,
        state=state,
        visit_on=at.date(),
        starts_at=BEGINS_AT,
        kind=VisitKind.MENTORING,
        purpose=PURPOSE,
        leader=year.supervisors[round_.school_id],
    )
    director = year.people.director_of(round_.school)
    if state == VisitState.PLANNED:
        visit.visit_on = working_day((year.days.now + DAYS_AHEAD).date())
    if state in (VisitState.SIGNED, VisitState.ACKNOWLEDGED):
        visit.signed_at, visit.signed_by = year.days.moment(first + SIGNED), visit.leader
        visit.signed_as = year.people.title_of(visit.leader)
    if state == VisitState.ACKNOWLEDGED:
        visit.acknowledged_at, visit.acknowledged_by = year.days.moment(first + ANSWERED), director
        visit.acknowledged_as = year.people.title_of(director)
    planned_at, reported_at = year.days.moment(first - SIGNED), year.days.moment(first + REPORTED)
    return MentoringVisit(visit, director, planned_at, reported_at)


def _save_records(year: ShowroomDrive, visits: Sequence[Visit]) -> None:
    """What the visits found, each about the dimension whose turn it is."""
    records = save_all(
        Mentoring(
            visit=visit,
            drive=year.drive,
            school_reflection=SCHOOL_REFLECTION if visit.acknowledged_at else "",
            **WORDS,
        )
        for visit in visits
        if visit.state != VisitState.PLANNED
    )
    codes = list(DimensionCode)
    save_all(
        MentoringDimension(mentoring=record, code=codes[n % len(codes)])
        for n, record in enumerate(records)
    )


def _advice(year: ShowroomDrive, found: MentoringVisit) -> LedgerLine:
    """One piece for the school: closed once the year is over, else begun or not yet."""
    visit, school = found.visit, found.visit.round.school
    begun = RecommendationState.IN_PROGRESS if year.place_of(school) else RecommendationState.OPEN
    given_at = visit.acknowledged_at or found.reported_at
    row = Recommendation(
        school=school,
        origin=AdviceOrigin.QUALITY_DRIVE,
        origin_detail=origin_of_mentoring_advice(visit),
        origin_is_sample=True,
        state=RecommendationState.CLOSED if year.is_over else begun,
        visit=visit,
        text=ADVICE,
        assignee=Assignee.ACADEMIC_TEACHER,
        due_on=given_at.date() + DUE_AFTER,
        agreed_at=given_at,
    )
    teacher = year.people.teacher_of(school)
    return LedgerLine(row, visit.leader, teacher, visit.leader, found.reported_at)
