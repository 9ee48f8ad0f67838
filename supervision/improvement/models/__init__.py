from supervision.improvement.models.recommendations import (
    AWAITING_ASSIGNEE_STATES,
    OPEN_RECOMMENDATION_STATES,
    ProgressReport,
    Recommendation,
    RecommendationQuerySet,
    days_until_closed,
    followed_up_at,
    receiving_school,
)
from supervision.improvement.models.summaries import AgreedSummaryVersion, Summary

__all__ = [
    "AWAITING_ASSIGNEE_STATES",
    "OPEN_RECOMMENDATION_STATES",
    "AgreedSummaryVersion",
    "ProgressReport",
    "Recommendation",
    "RecommendationQuerySet",
    "Summary",
    "days_until_closed",
    "followed_up_at",
    "receiving_school",
]
