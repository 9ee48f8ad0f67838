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
    "ConfirmationRequest",
    "DataAnswer",
    "DataConfirmation",
    "DataIssue",
    "EarlierLearningResult",
    "LearningResult",
    "LevelShare",
    "ReferenceResult",
    "TestKind",
    "TestLevel",
    "TestSubject",
]
