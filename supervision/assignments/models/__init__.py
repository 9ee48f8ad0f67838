from supervision.assignments.models.assignment_list import ListedAssignment
from supervision.assignments.models.duties import Duty, DutyLine
from supervision.assignments.models.learning_areas import (
    LEARNING_AREAS_SOURCE,
    LearningArea,
    LearningStrand,
)
from supervision.assignments.models.orders import OfficialOrder, OrderOfficer, OrderSupersession

__all__ = [
    "LEARNING_AREAS_SOURCE",
    "Duty",
    "DutyLine",
    "LearningArea",
    "LearningStrand",
    "ListedAssignment",
    "OfficialOrder",
    "OrderOfficer",
    "OrderSupersession",
]
