from django.db import models

from supervision.workflow.enums import TransitionAction


class CertificateState(models.TextChoices):
    """Whether a certificate is good; one that was cancelled keeps its number."""

    ISSUED = "issued", "ออกแล้ว"
    CANCELLED = "cancelled", "ยกเลิกแล้ว"


class CertificateAction(TransitionAction):
    """What can be done with a certificate."""

    ISSUE = "issue"
    CANCEL = "cancel"
