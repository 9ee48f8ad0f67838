from django.db import models

from supervision.workflow.enums import TransitionAction


class DisseminatedKind(models.TextChoices):
    """What was sent or shown to others."""

    REPORT = "report", "รายงาน"
    SUMMARY = "summary", "สรุปผลการดำเนินงาน"
    PRACTICE = "practice", "วิธีปฏิบัติที่เป็นเลิศ"
    METHOD = "method", "เทคนิค วิธีการ สื่อ เครื่องมือ หรือรูปแบบการนิเทศ"
    OTHER = "other", "อื่น ๆ"


class Audience(models.TextChoices):
    """To whom it was sent or shown."""

    PARENT_AGENCY = "parent_agency", "หน่วยงานต้นสังกัด"
    AGENCIES = "agencies", "หน่วยงานที่เกี่ยวข้อง"
    SCHOOLS = "schools", "สถานศึกษา"
    PUBLIC = "public", "สาธารณชน"


class DisseminationChannel(models.TextChoices):
    """How it reached them."""

    LETTER = "letter", "หนังสือราชการ"
    WEB = "web", "เว็บไซต์หรือสื่อออนไลน์"
    MEETING = "meeting", "การประชุมหรือเวทีวิชาการ"
    DOCUMENT = "document", "เอกสารหรือสื่อสิ่งพิมพ์"
    PORTAL = "portal", "ระบบนิเทศนี้"


class DisseminationState(models.TextChoices):
    """Whether a line of the register counts."""

    RECORDED = "recorded", "ในทะเบียน"
    WITHDRAWN = "withdrawn", "ถอนรายการ"


class DisseminationAction(TransitionAction):
    """What can be done with a line of the register."""

    RECORD = "record"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
