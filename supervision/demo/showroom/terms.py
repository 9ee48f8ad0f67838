"""The terms that the showroom covers, the last of them running."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schools.core.thai import academic_year
from schools.models import AcademicYear, Area, Term
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.demo.office_days import OfficeDays
from supervision.manual.loading import usual_terms_of
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import StepDeadline

# By when each step is asked for, as part of a term's days.
DUE_FRACTIONS = {1: 0.15, 2: 0.1, 3: 0.3, 4: 0.55, 5: 0.65, 6: 0.8, 7: 0.95}
# In the running term parts of the days that have passed; the last step is due later on.
RUNNING_DUE_FRACTIONS = {1: 0.3, 2: 0.1, 3: 0.75, 4: 0.6, 5: 0.7, 6: 0.75}
LAST_STEP_DAYS_AHEAD = 60


@dataclass(frozen=True)
class ShowroomTerm:
    """A term, its office days up to now, and the sets by which its rounds are judged.

    `index` 0 is the oldest; `progress` goes from 0 there to 1 in the running one. The sets are
    the one for basic education and the one for early childhood, each with its indicators.
    """

    index: int
    progress: float
    term: Term
    days: OfficeDays
    is_running: bool
    basic: IndicatorSet
    early: IndicatorSet
    indicators: dict[int, list[Indicator]]


def open_terms(area: Area, years: int, now: datetime) -> list[Term]:
    """The terms of the years up to the present one that have opened, oldest first."""
    last = academic_year(now.date())
    for year in range(last - years + 1, last + 1):
        row, _ = AcademicYear.objects.get_or_create(area=area, year=year)
        if not row.terms.exists():
            Term.objects.bulk_create(usual_terms_of(row))
    opened = Term.objects.filter(
        academic_year__year__gt=last - years, opens_on__lte=now.date()
    ).select_related("academic_year")
    return list(opened.order_by("opens_on"))


def office_days_of(term: Term, now: datetime) -> OfficeDays:
    last = min(term.closes_on - timedelta(days=1), now.date())
    return OfficeDays.between(term.opens_on, last, now)


def create_deadlines(term: ShowroomTerm) -> None:
    """By when the schools of the term are asked for each step."""
    StepDeadline.objects.bulk_create(
        StepDeadline(term=term.term, step=step, due_on=day) for step, day in _due_days(term).items()
    )


def _due_days(term: ShowroomTerm) -> dict[int, date]:
    fractions = RUNNING_DUE_FRACTIONS if term.is_running else DUE_FRACTIONS
    due = {step: term.days.moment(part).date() for step, part in fractions.items()}
    if term.is_running:
        due[CycleStep.REPORT] = term.days.now.date() + timedelta(days=LAST_STEP_DAYS_AHEAD)
    return due
