"""Gathers the rooms' models for Django; each lives in its room."""

from supervision.assessments.evidence.models import Evidence
from supervision.assessments.models import (
    Answer,
    AnswerEdit,
    AnswerSheet,
    LateEdit,
    SelfAssessment,
    SheetText,
)
from supervision.assessments.reminders import Reminder
from supervision.assignments.models import Duty, OfficialOrder
from supervision.calendar.models import CalendarFeed
from supervision.criteria.models import (
    Indicator,
    IndicatorSet,
    Rubric,
    Scale,
    ScaleBand,
    ScaleLevel,
    Standard,
)
from supervision.days.models import CalendarDay
from supervision.improvement.models import (
    AgreedWords,
    ProgressReport,
    Recommendation,
    Summary,
)
from supervision.needs.models import NeedsArea, NeedsCampaign, NeedsFrame, NeedsItem, NeedsSurvey
from supervision.notices.models import Digest, NoticeSettings
from supervision.operations.models import JobRun
from supervision.practices.models import Decision, GoodPractice, PracticeReview
from supervision.rounds.models import Round, RoundDeadline, StepDeadline, TurnAllowance
from supervision.standards.models import ManualForm, StepSheet, Work, WorkGroup
from supervision.visits.models import Observation, Rating, SignedCopy, Visit
from supervision.workflow.models import Transition

__all__ = [
    "AgreedWords",
    "Answer",
    "AnswerEdit",
    "AnswerSheet",
    "CalendarDay",
    "CalendarFeed",
    "Decision",
    "Digest",
    "Duty",
    "Evidence",
    "GoodPractice",
    "Indicator",
    "IndicatorSet",
    "JobRun",
    "LateEdit",
    "ManualForm",
    "NeedsArea",
    "NeedsCampaign",
    "NeedsFrame",
    "NeedsItem",
    "NeedsSurvey",
    "NoticeSettings",
    "Observation",
    "OfficialOrder",
    "PracticeReview",
    "ProgressReport",
    "Rating",
    "Recommendation",
    "Reminder",
    "Round",
    "RoundDeadline",
    "Rubric",
    "Scale",
    "ScaleBand",
    "ScaleLevel",
    "SelfAssessment",
    "SheetText",
    "SignedCopy",
    "Standard",
    "StepDeadline",
    "StepSheet",
    "Summary",
    "Transition",
    "TurnAllowance",
    "Visit",
    "Work",
    "WorkGroup",
]
