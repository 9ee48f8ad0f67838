"""What waits and is told by few columns: all of it is asked for in one query.

It stands on pages that ask for much else.
"""

from datetime import date, time
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, QuerySet, TimeField, Value
from django.db.models.functions import Cast


class WaitingKind(StrEnum):
    """Which record a row of the query is."""

    PLAN = "plan"
    ACTIVITY = "activity"
    FORUM = "forum"
    ORDER = "order"
    MEETING = "meeting"
    PRACTICE = "practice"
    SATISFACTION = "satisfaction"
    DATA_ISSUE = "data_issue"
    DRIVE = "drive"
    BASELINE = "baseline"
    NO_BASELINE = "no_baseline"
    AGREEMENT = "agreement"
    DRIVE_REPORT = "drive_report"
    CLIMATE_SURVEY = "climate_survey"
    OWN_PLACE = "own_place"
    OBJECTION = "objection"
    STUDY_REQUEST = "study_request"
    MONITORING = "monitoring"


class WaitingRow(NamedTuple):
    """A record that may wait for the person; a day or hour that it has not is None.

    `detail` is what its kind tells besides its title, `noted_on` when somebody last noted how far
    it is, `reviews` how many have reviewed it.
    """

    kind: str
    pk: int
    state: str
    title: str
    detail: str
    starts_on: date | None
    ends_on: date | None
    noted_on: date | None
    at: time | None
    reviews: int


def as_waiting_rows(rows: QuerySet, kind: WaitingKind, **columns: Any) -> QuerySet:
    """The columns of WaitingRow; PostgreSQL wants to know of which type an empty one is."""
    no_day = Cast(Value(None), DateField())
    empty = {
        "detail": Value("", CharField()),
        **dict.fromkeys(("starts_on", "ends_on", "noted_on"), no_day),
        "at": Cast(Value(None), TimeField()),
        "reviews": Value(0),
    }
    named = {f"row_{name}": column for name, column in (empty | columns).items()}
    found = rows.order_by().annotate(row_kind=Value(kind.value), **named)
    names = [f"row_{name}" for name in WaitingRow._fields[3:]]
    return found.values_list("row_kind", "pk", "state", *names)
