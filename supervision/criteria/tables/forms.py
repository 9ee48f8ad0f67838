from django import forms
from django.core.exceptions import ValidationError

from schools.core.forms import PortalForm

MOST_BYTES = 2 * 1024 * 1024  # a set with every rubric filled in has a twentieth of it


class IndicatorSetFileForm(PortalForm):
    """The workbook of a set."""

    file = forms.FileField(
        label="ไฟล์ Excel (.xlsx)",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "โปรดเลือกไฟล์ Excel ของชุดตัวชี้วัด",
            "empty": "ไฟล์นี้ไม่มีข้อมูล โปรดตรวจว่าเลือกไฟล์ที่บันทึกแล้ว",
            "missing": "โปรดเลือกไฟล์ Excel ของชุดตัวชี้วัด",
            "invalid": "โปรดเลือกไฟล์ Excel ของชุดตัวชี้วัด",
        },
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(
                "ไฟล์ใหญ่เกิน 2 MB ซึ่งเกินกว่าชุดตัวชี้วัดปกติ โปรดตรวจว่าเลือกไฟล์ถูก และลบรูปภาพในไฟล์ออก",
                code="too_big",
            )
        return file.read()
