import re
from collections.abc import Iterable
from datetime import date
from itertools import chain, pairwise

from django import forms
from django.core.exceptions import ValidationError

from schools.core.fields import BuddhistDateField, BuddhistYearField
from schools.core.forms import ConflictCheckedForm
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import arabic_digits, be_year, short_date
from schools.models import AcademicYear, Area, Cluster, SizeScheme
from schools.models.calendar import usual_terms
from schools.registry.office.actions import check_cluster_name_is_free

TERM_DAY_FIELDS = ("opens_1", "closes_1", "opens_2", "closes_2")
TERM_CLOSING_HELP = f"วันแรกที่ไม่มีเรียน {BuddhistDateField.hint}"


class ClusterForm(ConflictCheckedForm):
    """A cluster's name and what is still to be checked about it."""

    class Meta:
        model = Cluster
        fields = ("name", "ordered_count", "ordered_by", "data_note")
        help_texts = {"data_note": "สิ่งอื่นที่ยังต้องตรวจสอบ ระบบเทียบจำนวนโรงเรียนตามคำสั่งกับทะเบียนให้เอง"}

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def validate_unique(self) -> None:
        """In the words of the action, which also knows names that only look different."""
        if "name" in self.cleaned_data:
            with refusal_as_form_error(self):
                check_cluster_name_is_free(self.cleaned_data["name"], of=self.instance)


class AreaForm(ConflictCheckedForm):
    """The office: its names, its letterhead, and how it calls schools small or large."""

    size_scheme = forms.ModelChoiceField(
        SizeScheme.objects.order_by("pk"),
        label="เกณฑ์ขนาดโรงเรียนที่สำนักงานใช้",
        required=False,
        blank=True,
        empty_label="ยังไม่เลือก (ระบบยังไม่แสดงขนาดโรงเรียน)",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Area
        fields = (
            "name",
            "short_name",
            "group_name",
            "code",
            "letter_code",
            "address",
            "postal_code",
            "phone",
            "email",
            "size_scheme",
            "data_note",
        )

    def clean_code(self) -> str:
        return arabic_digits(self.cleaned_data["code"]).strip()

    def clean_postal_code(self) -> str:
        code = arabic_digits(self.cleaned_data["postal_code"]).strip()
        if code and not re.fullmatch("[0-9]{5}", code):
            raise ValidationError("รหัสไปรษณีย์ต้องเป็นตัวเลข 5 หลัก โปรดตรวจ", code="postal_code")
        return code


class AcademicYearForm(ConflictCheckedForm):
    """The days of an academic year's two terms; at first those stored, or the usual ones."""

    opens_1 = BuddhistDateField(label="วันเปิดภาคเรียนที่ 1")
    closes_1 = BuddhistDateField(label="วันปิดภาคเรียนที่ 1", help_text=TERM_CLOSING_HELP)
    opens_2 = BuddhistDateField(label="วันเปิดภาคเรียนที่ 2")
    closes_2 = BuddhistDateField(label="วันปิดภาคเรียนที่ 2", help_text=TERM_CLOSING_HELP)

    class Meta:
        model = AcademicYear
        fields: tuple[str, ...] = ()

    def __init__(self, *args, instance: AcademicYear, **kwargs) -> None:
        days = usual_terms(instance.year)
        if instance.pk:
            days |= {term.number: (term.opens_on, term.closes_on) for term in instance.terms.all()}
        initial = dict(
            zip(TERM_DAY_FIELDS, chain(*(days[number] for number in (1, 2))), strict=True)
        )
        super().__init__(*args, instance=instance, initial=initial, **kwargs)

    def compared_fields(self) -> Iterable[str]:
        return TERM_DAY_FIELDS

    def clean(self) -> dict:
        cleaned, year = super().clean(), self.cleaned_data.get("year", self.instance.year)
        opens = cleaned.get("opens_1")
        if opens and be_year(opens) != year:
            self.add_error("opens_1", f"ภาคเรียนที่ 1 ของปีการศึกษา {year} ต้องเปิดในปี {year} โปรดตรวจปี")
        for earlier, later in pairwise(TERM_DAY_FIELDS):
            if cleaned.get(earlier) and cleaned.get(later) and cleaned[later] < cleaned[earlier]:
                self.add_error(later, self._out_of_order(earlier, later))
        return cleaned

    def _out_of_order(self, earlier: str, later: str) -> str:
        day = short_date(self.cleaned_data[earlier])
        return f"{self.fields[later].label}ต้องไม่ก่อน{self.fields[earlier].label} ({day}) โปรดตรวจวันที่"

    def terms(self) -> dict[int, tuple[date, date]]:
        typed = self.cleaned_data
        return {n: (typed[f"opens_{n}"], typed[f"closes_{n}"]) for n in (1, 2)}


class NewAcademicYearForm(AcademicYearForm):
    """An academic year that the calendar does not have yet."""

    year = BuddhistYearField(label="ปีการศึกษา (พ.ศ.)")

    class Meta(AcademicYearForm.Meta):
        fields = ("year",)

    field_order = ("year",)
