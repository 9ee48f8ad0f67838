from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.fields import BuddhistDateField, ListedRowsField
from schools.forms import PortalForm
from schools.models import User
from schools.thai import short_date
from supervision.needs.enums import Mode
from supervision.rounds.models import Round
from supervision.visits.queries import leaders_for, team_members


class PlanForm(PortalForm):
    """An appointment; a day outside the term is asked about before it is taken."""

    visit_on = BuddhistDateField(label="วันที่นิเทศ")
    outside_term = forms.BooleanField(label="ยืนยันนัดหมายนอกภาคเรียน")
    starts_at = forms.TimeField(
        label="เวลา",
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"}),
        error_messages={"invalid": "อ่านเวลาไม่ได้ โปรดพิมพ์เป็น ชั่วโมง:นาที เช่น 09:30"},
    )
    mode = forms.ChoiceField(
        label="รูปแบบการนิเทศ",
        choices=Mode,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "โปรดเลือกรูปแบบการนิเทศจากรายการ"},
    )
    purpose = forms.CharField(
        label="เรื่องที่นิเทศ",
        max_length=300,
        help_text="เช่น นิเทศ ติดตามการจัดการเรียนรู้ประจำภาคเรียน",
        error_messages={"max_length": "เรื่องที่นิเทศยาวเกิน 300 ตัวอักษร โปรดย่อให้สั้นลง"},
    )
    leader = forms.ModelChoiceField(
        User.objects.none(),
        label="หัวหน้าคณะนิเทศ",
        help_text="ผู้ลงนามในบันทึกการนิเทศ",
        error_messages={"invalid_choice": "ผู้นี้ไม่มีหน้าที่นิเทศโรงเรียนนี้ในวันนี้ โปรดเลือกผู้อื่น"},
    )
    team = ListedRowsField(
        User.objects.none(),
        label="ผู้ร่วมนิเทศ",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "มีผู้ร่วมนิเทศที่พ้นหน้าที่แล้ว โปรดเลือกใหม่"},
    )

    def __init__(self, *args, round_: Round, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["leader"].queryset = leaders_for(round_.school, today)
        self.fields["team"].queryset = team_members(today)
        self._ask_about_a_day_outside(round_.term)

    def _ask_about_a_day_outside(self, term) -> None:
        """`closes_on` is the first day without class."""
        field = self.fields["outside_term"]
        day = self._typed_day()
        if day is None or term.opens_on <= day < term.closes_on:
            del self.fields["outside_term"]
            return
        field.help_text = (
            f"ภาคเรียนที่ {term} เริ่ม {short_date(term.opens_on)} ปิด {short_date(term.closes_on)}"
        )
        field.error_messages["required"] = (
            f"วันที่อยู่นอกภาคเรียนที่ {term} โปรดแก้วันที่ หรือทำเครื่องหมายยืนยันหากตั้งใจนัดวันนี้"
        )

    def _typed_day(self):
        try:
            return self.fields["visit_on"].clean(self["visit_on"].data)
        except ValidationError:
            return None

    def clean_team(self):
        """The leader is not listed twice."""
        leader = self.cleaned_data.get("leader")
        return [person for person in self.cleaned_data["team"] if person != leader]


class AcknowledgeForm(PortalForm):
    """The school's director has read the record and may add a word."""

    comment = forms.CharField(
        label="ความเห็นของโรงเรียน (ถ้ามี)",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"max_length": "ความเห็นยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง"},
    )
