from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from schools.core.forms import PortalForm
from schools.core.uploads import megabytes

ACCEPTED = ".xlsx,.xls,.csv,.txt"


class ImportFileForm(PortalForm):
    """Which file to bring in. What it holds is found out in the background."""

    file = forms.FileField(
        label="ไฟล์ Excel หรือ CSV",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": "โปรดเลือกไฟล์ที่จะนำเข้า",
            "missing": "โปรดเลือกไฟล์ที่จะนำเข้า",
            "invalid": "โปรดเลือกไฟล์ที่จะนำเข้า",
            "empty": "ไฟล์นี้ไม่มีข้อมูล โปรดตรวจว่าเลือกไฟล์ที่บันทึกแล้ว",
        },
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        most = settings.IMPORT_MAX_BYTES
        if file.size > most:
            raise ValidationError(
                f"ไฟล์นี้ใหญ่ {megabytes(file.size)} ระบบรับได้ไม่เกิน {megabytes(most)} "
                "โปรดคัดลอกเฉพาะตารางไปวางในไฟล์ใหม่ หรือแบ่งเป็นหลายไฟล์"
            )
        return file
