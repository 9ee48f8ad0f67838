from django.db import models

from supervision.workflow.enums import TransitionAction


class SheetKind(models.TextChoices):
    """Whose scores a sheet carries."""

    SELF = "self", "การประเมินตนเอง"
    VISIT = "visit", "ผลการนิเทศ"
    RATER = "rater", "คะแนนของผู้ร่วมนิเทศ"


class SelfAssessmentState(models.TextChoices):
    """Where a self-assessment is between the teacher's draft and the director's word."""

    DRAFT = "draft", "กำลังประเมิน"
    CONFIRMED = "confirmed", "ยืนยันแล้ว"
    RETURNED = "returned", "ส่งกลับให้แก้ไข"


class SelfAssessmentAction(TransitionAction):
    """What can be done with a version of a self-assessment."""

    START = "start"
    CONFIRM = "confirm"
    RETURN = "return"


class LateEditState(models.TextChoices):
    """What its author did with an edit that came after its sheet was closed."""

    WAITING = "waiting", "ยังไม่ได้พิจารณา"
    USED = "used", "นำไปใส่ในฉบับใหม่แล้ว"
    DISMISSED = "dismissed", "พิจารณาแล้ว ไม่นำไปใช้"


class LateEditAction(TransitionAction):
    """What its author can do with an edit that came too late."""

    USE = "use"
    DISMISS = "dismiss"


class AnswerField(models.TextChoices):
    """What one edit of the journal changes; the first four belong to an indicator."""

    LEVEL = "level", "ระดับ"
    NA_REASON = "na_reason", "เหตุผลที่ไม่ประเมิน"
    EVIDENCE = "evidence", "ร่องรอย/หลักฐาน"
    NOTE = "note", "ข้อค้นพบ"
    STRENGTHS = "strengths", "จุดเด่น"
    IMPROVEMENT_POINTS = "improvement_points", "จุดควรพัฒนา"
    PROBLEMS = "problems", "ปัญหาและอุปสรรค"
    ADVICE = "advice", "ข้อเสนอแนะ"
    SUPPORT = "support", "ความต้องการรับการสนับสนุน"


class EvidenceKind(models.TextChoices):
    """What a piece of evidence (ร่องรอย/หลักฐาน) is made of."""

    PHOTO = "photo", "ภาพถ่าย"
    DOCUMENT = "document", "เอกสาร"
    LINK = "link", "ลิงก์"


INDICATOR_FIELDS = (
    AnswerField.LEVEL,
    AnswerField.NA_REASON,
    AnswerField.EVIDENCE,
    AnswerField.NOTE,
)
SHEET_FIELDS = (
    AnswerField.STRENGTHS,
    AnswerField.IMPROVEMENT_POINTS,
    AnswerField.PROBLEMS,
    AnswerField.ADVICE,
    AnswerField.SUPPORT,
)
NOT_APPLICABLE = "na"
