from django.db import models


class DocumentKind(models.TextChoices):
    """What a report tells of: one school's term, or the area's whole year."""

    TERM = "term", "รายงานผลการนิเทศรายภาคเรียน"
    YEAR = "year", "รายงานผลการนิเทศประจำปีการศึกษา"


class DocumentState(models.TextChoices):
    """How far a report is on its way from the unit over the signer's desk to the public."""

    PREPARED = "prepared", "เสนอลงนาม"
    RETURNED = "returned", "ส่งกลับให้แก้ไข"
    DISCARDED = "discarded", "ยกเลิกฉบับแก้ไข"
    ISSUED = "issued", "ออกรายงานแล้ว"
    PUBLISHED = "published", "เผยแพร่แล้ว"
