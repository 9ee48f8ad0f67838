from supervision.rounds.models.deadlines import (
    MAX_TURN_DAYS,
    RoundDeadline,
    StepDeadline,
    TurnAllowance,
)
from supervision.rounds.models.methods import SupervisionMethods, SupervisionMethodsQuerySet
from supervision.rounds.models.rounds import Round, RoundQuerySet, lacks_endorsed_set_q

__all__ = [
    "MAX_TURN_DAYS",
    "Round",
    "RoundDeadline",
    "RoundQuerySet",
    "StepDeadline",
    "SupervisionMethods",
    "SupervisionMethodsQuerySet",
    "TurnAllowance",
    "lacks_endorsed_set_q",
]
