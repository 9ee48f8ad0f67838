"""What the portal knows of a school before anyone visits; one module for each part."""

from supervision.profiles.models.circumstances import (
    Circumstance,
    ProjectKind,
    SchoolFact,
    SchoolProject,
    TeacherWanted,
)
from supervision.profiles.models.confirmations import (
    ConfirmationRequest,
    DataAnswer,
    DataConfirmation,
    DataIssue,
)
from supervision.profiles.models.learning import (
    EarlierLearningResult,
    LearningResult,
    LevelShare,
    ReferenceResult,
    TestKind,
    TestLevel,
    TestSubject,
)

__all__ = [
    "Circumstance",
    "ConfirmationRequest",
    "DataAnswer",
    "DataConfirmation",
    "DataIssue",
    "EarlierLearningResult",
    "LearningResult",
    "LevelShare",
    "PolicyFocus",
    "ProjectKind",
    "ReferenceResult",
    "SchoolFact",
    "SchoolProject",
    "TeacherWanted",
    "TestKind",
    "TestLevel",
    "TestSubject",
]
