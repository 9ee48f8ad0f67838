from django.db import models

from supervision.workflow.enums import TransitionAction


class MonitoringState(models.TextChoices):
    """Whether a committee's report on the drive is being written or was submitted."""

    DRAFT = "draft", "กำลังจัดทำ"
    SUBMITTED = "submitted", "รายงานสำนักงานแล้ว"


class MonitoringAction(TransitionAction):
    """What can be done with a committee's report on the drive."""

    DRAFT = "draft"
    EDIT = "edit"
    SUBMIT = "submit"
    REOPEN = "reopen"
