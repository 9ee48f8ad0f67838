from django.db import models

from supervision.workflow.enums import TransitionAction


class DocumentKind(models.TextChoices):
    """What a report covers: a school's term, many schools' term, the area's year, or its drive."""

    TERM = "term", "รายงานผลการนิเทศรายภาคเรียน"
    SUMMARY = "summary", "รายงานสรุปผลการนิเทศรายภาคเรียน"
    YEAR = "year", "รายงานผลการนิเทศประจำปีการศึกษา"
    DRIVE = "drive", "รายงานผลการขับเคลื่อนคุณภาพการศึกษา"


class DocumentState(models.TextChoices):
    """How far a report is on its way from the unit to the area director and on to the public."""

    PREPARED = "prepared", "เสนอลงนาม"
    RETURNED = "returned", "ส่งกลับให้แก้ไข"
    DISCARDED = "discarded", "ยกเลิกฉบับแก้ไข"
    ISSUED = "issued", "ออกรายงานแล้ว"
    PUBLISHED = "published", "เผยแพร่แล้ว"


class DocumentAction(TransitionAction):
    """What can be done with a report of the register."""

    PREPARE = "prepare"
    REVISE = "revise"
    RETURN = "return"
    PREPARE_AGAIN = "prepare_again"
    DISCARD = "discard"
    ISSUE = "issue"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


class ApiScope(models.TextChoices):
    """What a token of another office's system may read."""

    TERMS = "terms", "ภาคเรียน"
    SCHOOLS = "schools", "โรงเรียน"
    RESULTS = "results", "ผลการนิเทศรายมาตรฐานและรายตัวชี้วัด"
    RECOMMENDATIONS = "recommendations", "ข้อเสนอแนะที่โรงเรียนเห็นชอบแล้ว"
    DOCUMENTS = "documents", "ทะเบียนรายงานที่ออกแล้ว"


class TokenState(models.TextChoices):
    """Whether a token of another office's system still opens anything."""

    ACTIVE = "active", "ใช้ได้"
    EXPIRED = "expired", "หมดอายุ"
    REVOKED = "revoked", "เพิกถอนแล้ว"
