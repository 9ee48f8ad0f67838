from django.db import models

from supervision.workflow.enums import TransitionAction


class DriveEventKind(models.TextChoices):
    """What an event of the drive is held for."""

    HEADS_MEETING = "heads_meeting", "ประชุมผู้บริหารสถานศึกษา"
    COOPERATION = "cooperation", "กิจกรรมสานความร่วมมือ"


class DriveEventState(models.TextChoices):
    """Whether an event is to come, was held, or was cancelled."""

    PLANNED = "planned", "กำหนดจัด"
    HELD = "held", "จัดแล้ว"
    CANCELLED = "cancelled", "ยกเลิก"


class DriveEventAction(TransitionAction):
    """What can be done with an event of the drive."""

    PLAN = "plan"
    UPDATE = "update"
    RECORD = "record"
    CORRECT = "correct"
    CANCEL = "cancel"


class ClimateState(models.TextChoices):
    """How far a climate survey is."""

    DRAFT = "draft", "กำลังจัดทำ"
    OPEN = "open", "เปิดให้ตอบ"
    CLOSED = "closed", "ปิดแล้ว"


class ClimateAction(TransitionAction):
    """What can be done with a climate survey."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSE = "close"
