from django.db import models

from reports.enums import DocumentKind


class WordTemplateKind(models.TextChoices):
    """What a Word template is filled in to: a kind of report, or the memo that forwards one."""

    TERM = DocumentKind.TERM.value, DocumentKind.TERM.label
    SUMMARY = DocumentKind.SUMMARY.value, DocumentKind.SUMMARY.label
    YEAR = DocumentKind.YEAR.value, DocumentKind.YEAR.label
    MEMO = "memo", "บันทึกข้อความนำส่งรายงาน"
