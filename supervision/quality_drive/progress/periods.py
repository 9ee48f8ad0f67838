"""The months or terms for which schools report progress in a drive."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from schools.models import Term
from supervision.quality_drive.drives.enums import ProgressRhythm
from supervision.quality_drive.progress.rule import ReportPeriod


def report_periods(
    rhythm: ProgressRhythm, terms: Sequence[Term], starts_on: date | None
) -> list[ReportPeriod]:
    """The periods of a year's drive from the day on which a school's agreement was signed.

    None while there is no agreement: who has agreed on nothing owes no report. The first month is
    the first whole one.
    """
    if starts_on is None or not terms:
        return []
    by_term = [
        ReportPeriod(term.opens_on, term.closes_on - timedelta(days=1))
        for term in sorted(terms, key=lambda term: term.opens_on)
    ]
    if rhythm == ProgressRhythm.MONTHLY:
        months = _months(by_term[0].first, by_term[-1].last)
        return [one for one in months if one.first >= starts_on]
    return [one for one in by_term if one.last >= starts_on]


def _months(first: date, last: date) -> list[ReportPeriod]:
    """The calendar months of these days, the last one cut at the last day."""
    found = []
    day = first.replace(day=1)
    while day <= last:
        ends = day.replace(day=monthrange(day.year, day.month)[1])
        found.append(ReportPeriod(day, min(ends, last)))
        day = ends + timedelta(days=1)
    return found
