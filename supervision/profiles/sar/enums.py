from django.db import models

from supervision.workflow.enums import TransitionAction


class QualityLevel(models.IntegerChoices):
    """The five quality levels by which schools judge themselves against the standards of 2561."""

    EXCELLENT = 5, "ยอดเยี่ยม"
    VERY_GOOD = 4, "ดีเลิศ"
    GOOD = 3, "ดี"
    FAIR = 2, "ปานกลาง"
    DEVELOPING = 1, "กำลังพัฒนา"


class AnnualReportState(models.TextChoices):
    """How far a school's annual self-assessment report (SAR) is."""

    DRAFT = "draft", "กำลังจัดทำ"
    SENT = "sent", "ส่งแล้ว"
    RETURNED = "returned", "ส่งกลับให้แก้ไข"


EDITABLE_REPORT_STATES = (AnnualReportState.DRAFT, AnnualReportState.RETURNED)


class AnnualReportAction(TransitionAction):
    """What can be done with a school's annual self-assessment report."""

    START = "start"
    SEND = "send"
    RECORD_PAPER = "record_paper"
    RETURN = "return"
