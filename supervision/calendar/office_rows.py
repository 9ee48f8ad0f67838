"""What the office sets itself: meetings, forums and the days of its plan, in one query."""

from datetime import date, time
from typing import Any, NamedTuple

from django.db.models import CharField, IntegerField, QuerySet, TimeField, Value
from django.db.models.functions import Cast

from schools.models import Cluster
from supervision.committees.models import Committee, Meeting
from supervision.needs.models import NeedsCampaign
from supervision.profiles.models import ConfirmationRequest
from supervision.programmes.models import Forum
from supervision.rounds.models import StepDeadline

MEETING, FORUM, PLAN = "meeting", "forum", "plan"
# In place of a step's number: what the unit asks the schools for with a day of its own.
SURVEY_STEP, DATA_STEP = 0, -1


class OfficeRow(NamedTuple):
    """One of them as the union of their tables gives it.

    Of a day of the plan `pk` is the step, and `number` that of the term, none for a whole year.
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
    committee_kind: str
    committee_name: str
    cluster_name: str | None

    def meeting(self) -> Meeting:
        """The meeting as far as a calendar tells of it."""
        cluster = Cluster(name=self.cluster_name) if self.cluster_name else None
        return Meeting(
            pk=self.pk,
            committee=Committee(
                kind=self.committee_kind, name=self.committee_name, cluster=cluster
            ),
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


def office_rows(
    meetings: QuerySet[Meeting], forums: QuerySet[Forum], first: date, last: date
) -> list[OfficeRow]:
    """Of these meetings and forums those that begin between two days, and the plan's days."""
    days = (first, last)
    meetings = meetings.order_by().filter(held_on__range=days)
    forums = forums.order_by().filter(starts_on__range=days)
    steps = StepDeadline.objects.order_by().filter(due_on__range=days)
    surveys = NeedsCampaign.objects.order_by().filter(closes_on__range=days)
    data = ConfirmationRequest.objects.order_by().filter(closes_on__range=days)
    found = meetings.values_list(*_MEETING_COLUMNS).union(
        forums.values_list(*_forum_columns()),
        steps.values_list(*_plan_columns("step", "due_on")),
        surveys.values_list(*_plan_columns(Value(SURVEY_STEP), "closes_on", "academic_year")),
        data.values_list(*_plan_columns(Value(DATA_STEP), "closes_on")),
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
    no_number = (_none(IntegerField()), _none(IntegerField()))
    return [Value(FORUM), *days_and_place, *_no_hours(), *no_number, "title", *_texts(3)]


def _plan_columns(step: Any, day: str, year: str = "term__academic_year") -> list[Any]:
    of_term = ("term__number", f"{year}__year")
    return [Value(PLAN), step, day, day, *_texts(2), *_no_hours(), *of_term, *_texts(4)]


def _no_hours() -> list[Cast]:
    return [_none(TimeField()), _none(TimeField())]


def _none(field: Any) -> Cast:
    return Cast(Value(None), field)


def _texts(count: int) -> list[Value]:
    return [Value("", output_field=CharField()) for _ in range(count)]
