from django.db import models

from supervision.workflow.enums import TransitionAction


class DriveState(models.TextChoices):
    """How far a year's drive is: being prepared, endorsed and at work, or over."""

    DRAFT = "draft", "กำลังจัดทำ"
    ENDORSED = "endorsed", "ก.ต.ป.น. เห็นชอบแล้ว"
    CLOSED = "closed", "สิ้นสุดแล้ว"


class DriveAction(TransitionAction):
    """What can be done with a year's drive."""

    START = "start"
    EDIT = "edit"
    ENDORSE = "endorse"
    REOPEN = "reopen"
    CLOSE = "close"


class ProgressRhythm(models.TextChoices):
    """How often schools report progress on what they agreed to."""

    MONTHLY = "monthly", "ทุกเดือน"
    TERM = "term", "ทุกภาคเรียน"


class ResultKind(models.TextChoices):
    """Whether an expected result counts or describes."""

    QUANTITY = "quantity", "เชิงปริมาณ"
    QUALITY = "quality", "เชิงคุณภาพ"


class Sector(models.TextChoices):
    """A sector (ภาคส่วน) that takes part in the drive. The manual names none: these are ours."""

    AREA_OFFICE = "area_office", "สำนักงานเขตพื้นที่การศึกษา"
    SCHOOL_LEADERS = "school_leaders", "ผู้บริหารสถานศึกษา"
    TEACHERS = "teachers", "ครูและบุคลากรทางการศึกษา"
    PARENTS = "parents", "ผู้ปกครองและนักเรียน"
    SCHOOL_BOARDS = "school_boards", "คณะกรรมการสถานศึกษา"
    LOCAL_GOVERNMENT = "local_government", "องค์กรปกครองส่วนท้องถิ่น"
    COMMUNITY = "community", "ชุมชน วัด และภูมิปัญญา"
    AGENCIES = "agencies", "หน่วยงานอื่นและสถาบันการศึกษา"
    PRIVATE = "private", "ภาคเอกชน"
