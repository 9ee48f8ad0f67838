from django.db import models

from supervision.workflow.enums import TransitionAction


class DataKind(models.TextChoices):
    """One kind of what is known of a school, asked about and confirmed as a whole."""

    CONTACTS = "contacts", "ข้อมูลพื้นฐานและการติดต่อ"
    PUPILS = "pupils", "จำนวนนักเรียนและห้องเรียน"
    STAFF = "staff", "ครูและบุคลากร"
    LEARNING = "learning", "ผลการทดสอบระดับชาติ"
    SCHOOL_RESULTS = "school_results", "ผลการเรียนที่โรงเรียนบันทึก"
    ANNUAL_REPORT = "annual_report", "รายงานผลการประเมินตนเอง (SAR)"
    EXTERNAL = "external", "ผลการประเมินภายนอก"
    CIRCUMSTANCES = "circumstances", "บริบทและโครงการของโรงเรียน"


class ConfirmationState(models.TextChoices):
    """How far a school is with confirming its data of a term."""

    DRAFT = "draft", "ตรวจแล้ว รอผู้อำนวยการยืนยัน"
    CONFIRMED = "confirmed", "ยืนยันแล้ว"


class ConfirmationAction(TransitionAction):
    """What can be done with a school's confirmation of its data."""

    PREPARE = "prepare"
    CONFIRM = "confirm"


class IssueState(models.TextChoices):
    """Whether what a school reported as wrong was put right."""

    OPEN = "open", "รอแก้ไข"
    CORRECTED = "corrected", "แก้ไขแล้ว"
    KEPT = "kept", "คงข้อมูลเดิม"


class IssueAction(TransitionAction):
    """What can be done with data that a school reported as wrong."""

    REPORT = "report"
    CORRECT = "correct"
    KEEP = "keep"
