from django.db import models

from supervision.workflow.enums import TransitionAction


class RankingState(models.TextChoices):
    """How far the order of schools is between being computed and a meeting's word on it."""

    COMPUTED = "computed", "คำนวณแล้ว ยังไม่แจ้งโรงเรียน"
    SHOWN = "shown", "แจ้งโรงเรียน รับข้อทักท้วง"
    FINAL = "final", "ก.ต.ป.น. รับรองแล้ว"
    REPLACED = "replaced", "คำนวณใหม่แทนแล้ว"


class RankingAction(TransitionAction):
    """What can be done with an order of schools."""

    COMPUTE = "compute"
    SHOW = "show"
    FINISH = "finish"
    REPLACE = "replace"


class RankingList(models.TextChoices):
    """By what schools are put in order; there is never one number alone."""

    LEVEL = "level", "ระดับคุณภาพที่ทำได้"
    PROGRESS = "progress", "ความก้าวหน้าจากข้อมูลฐาน"
    SIZE_GROUP = "size_group", "ระดับคุณภาพในกลุ่มขนาดเดียวกัน"


class ObjectionState(models.TextChoices):
    """How far a school's objection to its place is."""

    SUBMITTED = "submitted", "รอพิจารณา"
    CORRECTED = "corrected", "แก้ไขตามที่ทักท้วง"
    KEPT = "kept", "คงเดิม"
    WITHDRAWN = "withdrawn", "ถอนข้อทักท้วง"


class ObjectionAction(TransitionAction):
    """What can be done with an objection."""

    SUBMIT = "submit"
    CORRECT = "correct"
    KEEP = "keep"
    WITHDRAW = "withdraw"
