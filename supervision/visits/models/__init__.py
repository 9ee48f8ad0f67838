from supervision.visits.models.satisfaction import VisitSatisfaction
from supervision.visits.models.visits import (
    BEGUN_STATES,
    SIGNED_STATES,
    Observation,
    Rating,
    SignedCopy,
    Visit,
    VisitQuerySet,
    counted_q,
    in_force_q,
)

__all__ = (
    "BEGUN_STATES",
    "SIGNED_STATES",
    "Observation",
    "Rating",
    "SignedCopy",
    "Visit",
    "VisitQuerySet",
    "VisitSatisfaction",
    "counted_q",
    "in_force_q",
)
