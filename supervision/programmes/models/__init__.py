"""The year's plan with its activities (P1), networks (P2), and what was disseminated."""

from supervision.programmes.models.activities import (
    Activity,
    ActivityEvidence,
    ActivityIndicator,
    ActivityProgress,
)
from supervision.programmes.models.dissemination import Dissemination
from supervision.programmes.models.networks import (
    AdviceHelp,
    Forum,
    ForumAttendance,
    LearningSource,
    Network,
    NetworkFile,
    NetworkMember,
)
from supervision.programmes.models.plans import PlanSource, SupervisionPlan

__all__ = [
    "Activity",
    "ActivityEvidence",
    "ActivityIndicator",
    "ActivityProgress",
    "AdviceHelp",
    "Dissemination",
    "Forum",
    "ForumAttendance",
    "LearningSource",
    "Network",
    "NetworkFile",
    "NetworkMember",
    "PlanSource",
    "SupervisionPlan",
]
