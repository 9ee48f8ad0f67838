from django import forms

from schools.core.forms import PortalForm


class WithoutEvidenceForm(PortalForm):
    """The director says that the school confirms although some indicators lack evidence."""

    although_without_evidence = forms.BooleanField(
        error_messages={"required": "โปรดเพิ่มหลักฐานให้ครบ หรือทำเครื่องหมายว่ายืนยันทั้งที่ยังขาดหลักฐาน"}
    )

    def __init__(self, *args, count: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        label = f"ยืนยันทั้งที่ยังขาดหลักฐาน {count} ข้อ ศึกษานิเทศก์เห็นจำนวนนี้"
        self.fields["although_without_evidence"].label = label
