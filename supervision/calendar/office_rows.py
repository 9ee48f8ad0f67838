"""What the office sets itself, in one query: meetings, forums, days of its plan, and the drive's.

Of the quality drive these are its events and the days of schools that visit others to learn.
"""

from datetime import date, time
from typing import Any, NamedTuple

from django.db.models import CharField, F, IntegerField, QuerySet, TimeField, Value
from django.db.models.functions import Cast, Coalesce

from schools.models import Cluster, School
from supervision.committees.models import Committee, Meeting
from supervision.needs.models import NeedsCampaign
from supervision.practices.models import GoodPractice
from supervision.profiles.models import ConfirmationRequest
from supervision.programmes.models import Forum, NetworkMember
from supervision.quality_drive.models import DriveEvent, StudyRequest
from supervision.rounds.models import Round, StepDeadline

MEETING, FORUM, PLAN = "meeting", "forum", "plan"
DRIVE_EVENT, STUDY_VISIT = "drive event", "study visit"
# In place of a step's number: what the unit asks the schools for with a day of its own.
SURVEY_STEP, DATA_STEP = 0, -1


class OfficeRow(NamedTuple):
    """One of them as the union of their tables gives it.

    Of a day of the plan `pk` is the step, and `number` that of the term, none for a whole year.
    `kind` and `name` are the committee's, `other_name` its cluster's. Of a study visit `name` is
    the host, `other_name` the school that comes; `kind`, `title` and `place` are role, subject and
    organisation of the mentor, or `title` is the practice.
    """

    source: str
    pk: int
    day: date
    last_day: date
    state: str
    place: str
    begins_at: time | None
    ends_at: time | None
    number: int | None
    year: int | None
    title: str
    kind: str
    name: str
    other_name: str | None

    def meeting(self) -> Meeting:
        """The meeting as far as a calendar tells of it."""
        cluster = Cluster(name=self.other_name) if self.other_name else None
        return Meeting(
            pk=self.pk,
            committee=Committee(kind=self.kind, name=self.name, cluster=cluster),
            **{name: getattr(self, name) for name in ("state", "place", "number", "year")},
            held_on=self.day,
            begins_at=self.begins_at,
            ends_at=self.ends_at,
            recorded_as=self.title,
        )

    def forum(self) -> Forum:
        """The forum as far as a calendar tells of it."""
        return Forum(
            pk=self.pk,
            state=self.state,
            title=self.title,
            place=self.place,
            starts_on=self.day,
            ends_on=self.last_day,
        )

    def drive_event(self) -> DriveEvent:
        """The event of the drive as far as a calendar tells of it."""
        return DriveEvent(
            pk=self.pk,
            kind=self.kind,
            held_on=self.day,
            **{name: getattr(self, name) for name in ("state", "title", "place")},
        )

    def study_visit(self) -> StudyRequest:
        """The visit of a school to learn, as far as a calendar tells of it."""
        host = School(name=self.name) if self.name else None
        practice = member = None
        if self.kind:
            member = NetworkMember(
                role=self.kind, subject=self.title, school=host, organisation=self.place
            )
        elif host:
            practice = GoodPractice(title=self.title, round=Round(school=host))
        return StudyRequest(
            pk=self.pk,
            state=self.state,
            school=School(name=self.other_name or ""),
            arranged_on=self.day,
            practice=practice,
            member=member,
        )


class OfficeDates(NamedTuple):
    """What of the office's dates a person's calendar may show; the days of the plan are for all."""

    meetings: QuerySet[Meeting]
    forums: QuerySet[Forum]
    drive_events: QuerySet[DriveEvent]
    study_visits: QuerySet[StudyRequest]


def office_rows(of: OfficeDates, first: date, last: date) -> list[OfficeRow]:
    """Of these dates those that begin between two days, and the plan's days."""
    days = (first, last)
    meetings = of.meetings.order_by().filter(held_on__range=days)
    forums = of.forums.order_by().filter(starts_on__range=days)
    events = of.drive_events.order_by().filter(held_on__range=days)
    study_visits = of.study_visits.order_by().filter(arranged_on__range=days)
    steps = StepDeadline.objects.order_by().filter(due_on__range=days)
    surveys = NeedsCampaign.objects.order_by().filter(closes_on__range=days)
    data = ConfirmationRequest.objects.order_by().filter(closes_on__range=days)
    found = meetings.values_list(*_MEETING_COLUMNS).union(
        forums.values_list(*_forum_columns()),
        steps.values_list(*_plan_columns("step", "due_on")),
        surveys.values_list(*_plan_columns(Value(SURVEY_STEP), "closes_on", "academic_year")),
        data.values_list(*_plan_columns(Value(DATA_STEP), "closes_on")),
        events.values_list(*_drive_event_columns()),
        study_visits.values_list(*_study_visit_columns()),
        all=True,
    )
    return [OfficeRow(*row) for row in found]


_MEETING_COLUMNS: list[Any] = [
    *(Value(MEETING), "pk", "held_on", "held_on", "state", "place", "begins_at", "ends_at"),
    *("number", "year", "recorded_as"),
    *("committee__kind", "committee__name", "committee__cluster__name"),
]


def _forum_columns() -> list[Any]:
    days_and_place = ("pk", "starts_on", "ends_on", "state", "place")
    return [Value(FORUM), *days_and_place, *_no_hours(), *_no_number(), "title", *_texts(3)]


def _drive_event_columns() -> list[Any]:
    day_and_place = ("pk", "held_on", "held_on", "state", "place")
    what = ("title", "kind", *_texts(2))
    return [Value(DRIVE_EVENT), *day_and_place, *_no_hours(), *_no_number(), *what]


def _study_visit_columns() -> list[Any]:
    day = ("pk", "arranged_on", "arranged_on", "state")
    what = [
        _first_of("practice__title", "member__subject"),
        _first_of("member__role"),
        _first_of("practice__round__school__name", "member__school__name"),
        F("school__name"),
    ]
    organisation = _first_of("member__organisation")
    return [Value(STUDY_VISIT), *day, organisation, *_no_hours(), *_no_number(), *what]


def _first_of(*names: str) -> Coalesce:
    """The first of these texts that there is, or none."""
    return Coalesce(*names, Value(""), output_field=CharField())


def _plan_columns(step: Any, day: str, year: str = "term__academic_year") -> list[Any]:
    of_term = ("term__number", f"{year}__year")
    return [Value(PLAN), step, day, day, *_texts(2), *_no_hours(), *of_term, *_texts(4)]


def _no_number() -> list[Cast]:
    return [_none(IntegerField()), _none(IntegerField())]


def _no_hours() -> list[Cast]:
    return [_none(TimeField()), _none(TimeField())]


def _none(field: Any) -> Cast:
    return Cast(Value(None), field)


def _texts(count: int) -> list[Value]:
    return [Value("", output_field=CharField()) for _ in range(count)]
