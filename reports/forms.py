from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from reports.enums import DocumentKind, DocumentState
from reports.models import IssuedDocument
from schools.core.forms import PortalForm
from schools.models import Term


class ReportNumberForm(PortalForm):
    """The register's number, given when a report is put forward for signature."""

    number = forms.CharField(
        label="เลขที่รายงาน",
        max_length=50,
        help_text="เลขตามทะเบียนของกลุ่มนิเทศฯ เช่น 12/2569",
        error_messages={
            "required": "โปรดกรอกเลขที่รายงานตามทะเบียน เช่น 12/2569",
            "max_length": "เลขที่รายงานยาวได้ไม่เกิน 50 ตัวอักษร โปรดย่อให้สั้นลง",
        },
    )

    def __init__(self, *args: Any, document: IssuedDocument | None = None, **kwargs: Any) -> None:
        """`document` is the report that keeps or changes its number; None for a new one."""
        super().__init__(*args, **kwargs)
        self.others = IssuedDocument.objects.all()
        if document:
            self.others = self.others.exclude(pk=document.pk)

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        if self.others.filter(number=number).exists():
            raise forms.ValidationError(
                f"เลขที่ {number} ใช้กับรายงานฉบับอื่นแล้ว โปรดใช้เลขถัดไปในทะเบียน", code="taken"
            )
        return number


class BookNumberForm(ReportNumberForm):
    """A report with a cover, which may print its place in another series of the office too."""

    cover_number = forms.CharField(
        label="ลำดับเอกสารบนปก (ถ้ามี)",
        max_length=60,
        required=False,
        help_text="พิมพ์มุมบนของปก เช่น เอกสาร ศน. ที่ 34/2569 เว้นว่างได้",
    )


class InterimReasonForm(ReportNumberForm):
    """A year's report before the year is over, which a reason alone saves from being interim."""

    not_interim_reason = forms.CharField(
        label="เหตุผลที่ไม่ใช้ชื่อรายงานระหว่างปี (ถ้ามี)",
        max_length=500,
        required=False,
        help_text="เว้นว่างไว้ ชื่อบนปกและในทะเบียนจะเป็น “รายงานผลการนิเทศระหว่างปีการศึกษา”",
    )


class InterimBookForm(BookNumberForm, InterimReasonForm):
    """The same when it is put forward for the first time."""


class ReportRevisionForm(ReportNumberForm):
    """A corrected version: its own number in the register, and what is corrected."""

    reason = forms.CharField(
        label="เหตุผลที่แก้ไข",
        max_length=2000,
        widget=forms.Textarea,
        help_text="ระบุส่วนที่คลาดเคลื่อนและสิ่งที่แก้ไข",
        error_messages={"required": "โปรดระบุส่วนที่คลาดเคลื่อนและสิ่งที่แก้ไข"},
    )


class ReportRegisterFilter(PortalForm):
    """Filters of the register; what cannot be read filters nothing."""

    kind = forms.ChoiceField(
        label="ประเภท", required=False, choices=(("", "ทุกประเภท"), *DocumentKind.choices)
    )
    state = forms.ChoiceField(
        label="สถานะ", required=False, choices=(("", "ทุกสถานะ"), *DocumentState.choices)
    )
    term = forms.ModelChoiceField(
        label="ภาคเรียน",
        required=False,
        queryset=Term.objects.select_related("academic_year"),
        empty_label="ทุกภาคเรียน",
    )

    def apply(self, rows: QuerySet[IssuedDocument]) -> QuerySet[IssuedDocument]:
        self.full_clean()
        if kind := self.cleaned_data.get("kind"):
            rows = rows.filter(kind=kind)
        if state := self.cleaned_data.get("state"):
            rows = rows.filter(state=state)
        if term := self.cleaned_data.get("term"):
            rows = rows.filter(Q(round__term=term) | Q(term=term))
        return rows
