from django.db import models

from reports.enums import DocumentKind


class WordTemplateKind(models.TextChoices):
    """What a Word template becomes: a report, the memo that forwards one, an order, minutes."""

    TERM = DocumentKind.TERM.value, DocumentKind.TERM.label
    SUMMARY = DocumentKind.SUMMARY.value, DocumentKind.SUMMARY.label
    YEAR = DocumentKind.YEAR.value, DocumentKind.YEAR.label
    DRIVE = DocumentKind.DRIVE.value, DocumentKind.DRIVE.label
    MEMO = "memo", "บันทึกข้อความนำส่งรายงาน"
    ORDER = "order", "คำสั่งกำหนดหน้าที่"
    MINUTES = "minutes", "รายงานการประชุม"
