"""Recommendations that schools have agreed to, and how far they are."""

from datetime import date
from functools import partial

from django.utils import timezone
from ninja import Query

from reports.api.authentication import ApiRequest
from reports.api.paging import Page, page_of
from reports.api.schemas import RecommendationItem, RecommendationQuery
from schools.core.thai import local_day
from supervision.improvement.enums import Assignee, RecommendationState
from supervision.improvement.models import Recommendation
from supervision.visits.enums import KINDS_JUDGING_NO_SCHOOL


def list_recommendations(
    request: ApiRequest, asked: Query[RecommendationQuery]
) -> Page[RecommendationItem]:
    """Recommendations that stand, by due date; none that an observation or mentoring gave."""
    rows = Recommendation.objects.visible_to(request.auth.account).of_rounds().agreed()
    rows = rows.exclude(visit__kind__in=KINDS_JUDGING_NO_SCHOOL)
    if asked.term:
        rows = rows.filter(round__term=asked.term)
    if asked.school:
        rows = rows.filter(school=asked.school)
    if asked.state:
        rows = rows.filter(state=asked.state)
    rows = rows.select_related("round", "indicator").order_by("due_on", "pk")
    return page_of(request, asked, rows, partial(_recommendation_item, timezone.localdate()))


def _recommendation_item(today: date, row: Recommendation) -> RecommendationItem:
    if row.agreed_at is None:
        raise ValueError(f"recommendation {row.pk} is not agreed")
    return RecommendationItem(
        id=row.pk,
        school=row.school_id,
        term=row.given_in.term_id,
        round=row.given_in.number,
        indicator=row.indicator.code if row.indicator else None,
        text=row.text,
        assignee=Assignee(row.assignee),
        assignee_label=Assignee(row.assignee).label,
        agreed_on=local_day(row.agreed_at),
        due_on=row.due_on,
        state=RecommendationState(row.state),
        state_label=RecommendationState(row.state).label,
        is_overdue=row.is_overdue(today),
        closed_on=local_day(row.closed_at) if row.closed_at else None,
    )
