"""Tools and methods of supervision as reports say them: only what ก.ต.ป.น. has endorsed."""

from reports.data.schema import MethodsFigures
from schools.models import AcademicYear
from supervision.rounds.models import SupervisionMethods


def methods_figures(row: SupervisionMethods | None) -> list[MethodsFigures]:
    """One of a round or term; none before ก.ต.ป.น. has endorsed it."""
    if row is None or row.meeting is None:
        return []
    return [
        {
            "term": str(row.term),
            "methods": row.method_names,
            "tools": list(row.tools),
            "description": row.description,
            "meeting_no": row.meeting.label,
            "meeting_on": row.meeting.held_on.isoformat(),
            "is_sample": row.is_sample,
        }
    ]


def methods_of_year(academic_year: AcademicYear) -> list[MethodsFigures]:
    """Those of the year's terms; what single rounds do otherwise is in their own reports."""
    rows = SupervisionMethods.objects.endorsed().filter(
        term__academic_year=academic_year, round=None
    )
    related = rows.select_related("meeting", "term__academic_year").order_by("term__opens_on")
    return [figures for row in related for figures in methods_figures(row)]
