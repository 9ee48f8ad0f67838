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
from supervision.profiles.models.focus import PolicyFocus
from supervision.profiles.models.learning import (
    EarlierLearningResult,
    LearningResult,
    LevelShare,
    ReferenceResult,
    TestKind,
    TestLevel,
    TestSubject,
)
from supervision.profiles.models.reports import (
    AnnualReport,
    AnnualReportDeadline,
    AnnualReportOverall,
    AnnualReportStandard,
    EducationStandard,
    ExternalAssessment,
    ExternalResult,
)

__all__ = [
    "AnnualReport",
    "AnnualReportDeadline",
    "AnnualReportOverall",
    "AnnualReportStandard",
    "Circumstance",
    "ConfirmationRequest",
    "DataAnswer",
    "DataConfirmation",
    "DataIssue",
    "EarlierLearningResult",
    "EducationStandard",
    "ExternalAssessment",
    "ExternalResult",
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
