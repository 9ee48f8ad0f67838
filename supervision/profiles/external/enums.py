from django.db import models

from supervision.workflow.enums import TransitionAction


class ExternalAssessmentState(models.TextChoices):
    """Whether a record of an external assessment still counts."""

    RECORDED = "recorded", "บันทึกแล้ว"
    WITHDRAWN = "withdrawn", "ถอนรายการ"


class ExternalAssessmentAction(TransitionAction):
    """What can be done with the record of an external assessment."""

    RECORD = "record"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
