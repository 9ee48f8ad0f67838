from django.db import models

from schools.core.status import StatusKind
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


DRIVE_EVENT_PILLS = {
    DriveEventState.PLANNED: StatusKind.WAITING,
    DriveEventState.HELD: StatusKind.DONE,
    DriveEventState.CANCELLED: StatusKind.IDLE,
}


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


CLIMATE_PILLS = {
    ClimateState.DRAFT: StatusKind.IDLE,
    ClimateState.OPEN: StatusKind.WAITING,
    ClimateState.CLOSED: StatusKind.DONE,
}


class AgreesWith(models.IntegerChoices):
    """How far somebody at a school agrees with a statement about the drive."""

    MOST = 5, "มากที่สุด"
    MUCH = 4, "มาก"
    MEDIUM = 3, "ปานกลาง"
    LITTLE = 2, "น้อย"
    LEAST = 1, "น้อยที่สุด"


class ClimateAction(TransitionAction):
    """What can be done with a climate survey."""

    DRAFT = "draft"
    EDIT = "edit"
    OPEN = "open"
    CLOSE = "close"
