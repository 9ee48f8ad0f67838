"""What is known of a school before anyone visits it, gathered for one reader on one day.

The page "ข้อมูลโรงเรียน" and its paper both show it, with what profile_findings.py and
profile_background.py add. Who sees the school sees its profile; of that, only who holds
VIEW_PROFILE there reads what was found from outside and what the school reports of itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404

from reports.data.pupil_counts import CountedLevel, CountedYear, load_counted_years
from schools.enums import Role
from schools.models import Appointment, School, User
from schools.models.dated import in_force_between_q
from supervision.improvement.ledger import LedgerEntry
from supervision.improvement.models import Recommendation, followed_up_at
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsSurvey, TakenUpNeed
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit

ADVICE_SHOWN = 4
_FIRST_NUMBER = re.compile(r"[0-9][0-9 -]{7,14}[0-9]")


@dataclass(frozen=True)
class ProfilePeople:
    """Who answers for the school on the day: its director, and the supervisors of its cluster."""

    director: Appointment | None
    supervisors: Sequence[Appointment]

    @property
    def supervisor_titles(self) -> list[str]:
        """Each with the number of the post, which tells supervisors apart."""
        return [_title_with_number(one) for one in self.supervisors]


def _title_with_number(appointment: Appointment) -> str:
    number = appointment.position_number
    return f"{appointment.printed_title}{f' ตำแหน่งเลขที่ {number}' if number else ''}"


@dataclass(frozen=True)
class ProfileAdvice:
    """What the school was advised: what is open by due day, and how many are closed."""

    open: Sequence[LedgerEntry]
    closed: int

    @property
    def late(self) -> int:
        return sum(entry.is_late for entry in self.open)

    @property
    def first(self) -> Sequence[LedgerEntry]:
        """The most urgent: as many as the page shows."""
        return self.open[:ADVICE_SHOWN]

    @property
    def others(self) -> int:
        """How many more are open."""
        return len(self.open) - len(self.first)


@dataclass(frozen=True)
class SchoolProfile:
    """The profile of one school as one reader may see it on the day.

    `school` carries its cluster; `merged` are the schools that became part of it, the last first.
    `survey` is the last one that the school handed in, `taken_up` are needs that the unit works on.
    """

    school: School
    today: date
    people: ProfilePeople
    merged: Sequence[School]
    counts: Sequence[CountedYear]
    appointment: Visit | None
    advice: ProfileAdvice
    survey: NeedsSurvey | None
    taken_up: Sequence[TakenUpNeed]

    @property
    def counted(self) -> CountedYear | None:
        """The newest count that has pupils."""
        return next((count for count in self.counts if count.grades), None)

    @property
    def place(self) -> str:
        """Sub-district and district, as far as the registry knows them."""
        places = (("ตำบล", self.school.sub_district), ("อำเภอ", self.school.district))
        return " ".join(f"{kind}{name}" for kind, name in places if name)

    @property
    def counted_lines(self) -> list[CountedLevel]:
        """Its levels, and below them all together where there is more than one."""
        levels = self.counted.levels if self.counted else []
        return [*levels, self.counted.everybody] if self.counted and len(levels) > 1 else levels

    @property
    def years(self) -> Sequence[CountedYear]:
        """The years that have pupils, oldest first."""
        return [count for count in self.counts if count.grades][::-1]

    @property
    def earlier_years(self) -> Sequence[CountedYear]:
        """Those before the year that the table of pupils shows."""
        return [count for count in self.years if count is not self.counted]

    @property
    def phone_link(self) -> str:
        """The first number of the telephone as a phone dials it; empty where there is none."""
        found = _FIRST_NUMBER.search(self.school.phone)
        return re.sub("[ -]", "", found[0]) if found else ""

    @property
    def is_open(self) -> bool:
        return self.school.is_open_on(self.today)

    @property
    def is_sample(self) -> bool:
        """Whether anything shown is of a demonstration."""
        counts = any(count.is_sample for count in self.counts)
        advice = any(entry.recommendation.is_sample for entry in self.advice.first)
        return counts or advice or (self.survey is not None and self.survey.campaign.is_sample)


def get_profiled_school(user: User, pk: int, today: date) -> School:
    """The school with its cluster; raises Http404 for one that the person may not see."""
    schools = School.objects.visible_to(user).with_cluster(today)
    return get_object_or_404(schools.select_related("area", "merged_into"), pk=pk)


def load_school_profile(user: User, school: School, today: date) -> SchoolProfile:
    """Of a school that the person may see, in a constant number of queries."""
    return SchoolProfile(
        school=school,
        today=today,
        people=_people(school, today),
        merged=list(School.objects.became_part_of(school, today).order_by("-closed_on")),
        counts=load_counted_years(school),
        appointment=_next_appointment(user, school, today),
        advice=_advice(user, school, today),
        survey=_last_survey(user, school),
        taken_up=_taken_up_needs(user, school),
    )


def _people(school: School, today: date) -> ProfilePeople:
    of_cluster = Q(role=Role.SUPERVISOR, cluster__memberships__school=school)
    of_cluster &= in_force_between_q(today, today, "cluster__memberships__")
    director = Q(role=Role.SCHOOL_DIRECTOR, school=school)
    rows = Appointment.objects.in_force(today).filter(director | of_cluster)
    found = list(rows.select_related("user", "school", "cluster"))
    directors = [one for one in found if one.role == Role.SCHOOL_DIRECTOR]
    supervisors = [one for one in found if one.role == Role.SUPERVISOR]
    return ProfilePeople(directors[-1] if directors else None, supervisors)


def _next_appointment(user: User, school: School, today: date) -> Visit | None:
    """The nearest day agreed; one gone by without a record only where no other is planned."""
    rows = Visit.objects.visible_to(user).filter(round__school=school, state=VisitState.PLANNED)
    related = ("leader", "round__term__academic_year")
    planned = list(rows.select_related(*related).order_by("visit_on", "starts_at"))
    coming = [visit for visit in planned if visit.visit_on >= today]
    return next(iter([*coming, *planned[::-1]]), None)


def _advice(user: User, school: School, today: date) -> ProfileAdvice:
    rows = Recommendation.objects.visible_to(user).agreed().filter(followed_up_at([school.pk]))
    sources = ("round__term__academic_year", "external_assessment__academic_year")
    related = (*sources, "school__merged_into")
    found = list(rows.select_related(*related).order_by("due_on", "pk"))
    still_open = [LedgerEntry(row, today) for row in found if row.is_open]
    return ProfileAdvice(still_open, len(found) - len(still_open))


def _last_survey(user: User, school: School) -> NeedsSurvey | None:
    rows = NeedsSurvey.objects.visible_to(user).filter(school=school, state=SurveyState.SUBMITTED)
    related = ("campaign__term__academic_year", "campaign__academic_year")
    return rows.select_related(*related).order_by("-campaign__opens_on", "-pk").first()


def _taken_up_needs(user: User, school: School) -> list[TakenUpNeed]:
    rows = TakenUpNeed.objects.visible_to(user).still_open().filter(school=school)
    return list(rows.select_related("term__academic_year"))
