from django.db import models

from supervision.workflow.enums import TransitionAction


class BaselineState(models.TextChoices):
    """Whether what is known of a school before the drive is complete."""

    DRAFT = "draft", "กำลังรวบรวม"
    CONFIRMED = "confirmed", "โรงเรียนยืนยันแล้ว"


class BaselineAction(TransitionAction):
    """What can be done with a school's baseline."""

    START = "start"
    EDIT = "edit"
    CONFIRM = "confirm"
    REOPEN = "reopen"


class BaselineSource(models.TextChoices):
    """Where the level of an indicator before the work comes from."""

    LAST_YEAR = "last_year", "ผลการนิเทศปีก่อน"
    ENTERED = "entered", "กรอกจากการเก็บข้อมูล"
