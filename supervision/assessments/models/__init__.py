"""Answer sheets with their answers, evidence and journal, and the reminders sent about them."""

from supervision.assessments.models.evidence import Evidence, EvidenceQuerySet
from supervision.assessments.models.reminders import (
    Reminder,
    ReminderChannel,
    ReminderDelivery,
)
from supervision.assessments.models.sheets import (
    Answer,
    AnswerEdit,
    AnswerSheet,
    AnswerSheetQuerySet,
    LateEdit,
    LateEditQuerySet,
    RoundScopedQuerySet,
    SelfAssessment,
    SheetText,
)

__all__ = [
    "Answer",
    "AnswerEdit",
    "AnswerSheet",
    "AnswerSheetQuerySet",
    "Evidence",
    "EvidenceQuerySet",
    "LateEdit",
    "LateEditQuerySet",
    "Reminder",
    "ReminderChannel",
    "ReminderDelivery",
    "RoundScopedQuerySet",
    "SelfAssessment",
    "SheetText",
]
