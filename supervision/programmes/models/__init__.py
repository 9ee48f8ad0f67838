"""The year's plan with its activities (P1)."""

from supervision.programmes.models.activities import (
    Activity,
    ActivityEvidence,
    ActivityIndicator,
    ActivityProgress,
)
from supervision.programmes.models.plans import PlanSource, SupervisionPlan

__all__ = [
    "Activity",
    "ActivityEvidence",
    "ActivityIndicator",
    "ActivityProgress",
    "PlanSource",
    "SupervisionPlan",
]
