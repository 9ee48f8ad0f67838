"""States, actions and kinds of the year's plan and of its activities."""

from django.db import models

from supervision.workflow.enums import TransitionAction


class PlanState(models.TextChoices):
    """Where a year's plan stands between its drafting and the area director's approval."""

    DRAFT = "draft", "ร่าง"
    PROPOSED = "proposed", "เสนอขออนุมัติ"
    APPROVED = "approved", "อนุมัติแล้ว"


class PlanAction(TransitionAction):
    """What can be done with a year's plan."""

    DRAFT = "draft"
    UPDATE = "update"
    PROPOSE = "propose"
    RETURN = "return"
    APPROVE = "approve"
    CHANGE_APPROVED = "change_approved"


class PlanSourceKind(models.TextChoices):
    """What a plan rests on: where the information comes from."""

    NEED = "need", "ความต้องการของโรงเรียน (ขั้นที่ 1)"
    TAKEN_UP = "taken_up", "ความต้องการที่รับไว้ติดตาม"
    RESULT = "result", "ผลการนิเทศรายมาตรฐาน"
    DRIVE = "drive", "ผลการขับเคลื่อนคุณภาพการศึกษา"
    ADVICE = "advice", "ข้อเสนอแนะที่ยังไม่ปิด"
    WORK = "work", "ภาระงาน นโยบาย หรือข้อมูลอื่น"


class ActivityKind(models.TextChoices):
    """How an activity supervises, by step 4 of process P1 of the manual."""

    SCHOOL_BASED = "school_based", "นิเทศโดยใช้โรงเรียนเป็นฐาน"
    PROJECT_BASED = "project_based", "นิเทศโดยใช้โครงการเป็นฐาน"
    RESEARCH = "research", "ศึกษา ค้นคว้า วิเคราะห์ วิจัย"
    OTHER = "other", "กิจกรรมอื่น"


class ActivityState(models.TextChoices):
    """Where an activity stands."""

    PLANNED = "planned", "วางแผนไว้"
    IN_PROGRESS = "in_progress", "กำลังดำเนินการ"
    DONE = "done", "ดำเนินการแล้ว"
    CANCELLED = "cancelled", "ยกเลิก"


class ActivityAction(TransitionAction):
    """What can be done with an activity of the plan."""

    PLAN = "plan"
    UPDATE_PLANNED = "update_planned"
    UPDATE_RUNNING = "update_running"
    BEGIN = "begin"
    RECORD = "record"
    FINISH = "finish"
    CORRECT_RESULT = "correct_result"
    CANCEL = "cancel"


class ActivityIndicatorKind(models.TextChoices):
    """Whether an indicator of an activity counts or describes."""

    QUANTITATIVE = "quantitative", "เชิงปริมาณ"
    QUALITATIVE = "qualitative", "เชิงคุณภาพ"
