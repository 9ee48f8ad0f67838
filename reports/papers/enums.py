from django.db import models

from supervision.workflow.enums import TransitionAction


class VisitNoticeState(models.TextChoices):
    """Whether the school may read the letter that announces a visit."""

    DRAFT = "draft", "ร่าง"
    SENT = "sent", "ส่งให้โรงเรียนแล้ว"


class VisitNoticeAction(TransitionAction):
    """What can be done with the letter that announces a visit."""

    WRITE = "write"
    UPDATE = "update"
    SEND = "send"
    RECALL = "recall"


class BundleContent(models.TextChoices):
    """What a bundle joins of its schools."""

    PAPERS = "papers", "ชุดเอกสารการนิเทศ"
    AGREEMENTS = "agreements", "บันทึกข้อตกลงที่ลงนามแล้ว"
