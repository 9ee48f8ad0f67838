"""The forms of what an activity came to: how far it is, and its result."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm
from schools.core.thai import arabic_digits, baht_text
from supervision.programmes.models import Activity
from supervision.programmes.plans.activity_actions import RESULT_FIELDS, ActivityIndicatorResult

MAX_TEXT = 4000
# How the form writes whether an indicator's target was reached; empty where nobody judged it.
ACHIEVED_CHOICES = {"yes": True, "no": False}


class BahtField(forms.DecimalField):
    """An amount in baht as people type it: 12,500 or ๑๒,๕๐๐.50."""

    widget = forms.TextInput(attrs={"class": "short", "inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "max_digits": 12, "decimal_places": 2} | kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = arabic_digits(value).replace(",", "").removesuffix("บาท").strip()
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return baht_text(value) if isinstance(value, Decimal) else value


class ActivityProgressForm(PortalForm):
    """How far an activity is on a day."""

    noted_on = BuddhistDateField(label="วันที่")
    percent = forms.IntegerField(
        label="ความก้าวหน้า (ร้อยละ)",
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        help_text="ประมาณจากงานทั้งหมดของกิจกรรม 0 ถึง 100",
    )
    text = forms.CharField(label="สิ่งที่ดำเนินการ", max_length=2000, widget=forms.Textarea)

    def clean_noted_on(self) -> date:
        day: date = self.cleaned_data["noted_on"]
        if day > timezone.localdate():
            raise ValidationError("วันที่ยังมาไม่ถึง โปรดระบุวันนี้หรือวันที่ผ่านมา")
        return day


class ActivityResultForm(PortalForm):
    """What came of an activity: of each indicator, of the budget, and what was learned."""

    result = forms.CharField(
        label="ผลการดำเนินการ",
        max_length=MAX_TEXT,
        widget=forms.Textarea,
        help_text="ทำอะไร เกิดผลอย่างไรกับผู้เรียน ครู หรือโรงเรียน",
    )
    problems = forms.CharField(
        label="ปัญหาและอุปสรรค", max_length=MAX_TEXT, required=False, widget=forms.Textarea
    )
    lessons = forms.CharField(
        label="สิ่งที่ได้เรียนรู้และแนวทางพัฒนาต่อไป",
        max_length=MAX_TEXT,
        required=False,
        widget=forms.Textarea,
    )
    budget_spent = BahtField(label="งบประมาณที่ใช้ (บาท)", help_text="ไม่ได้ใช้งบประมาณ ให้กรอก 0")
    over_budget = forms.BooleanField(
        label="ยืนยันว่าใช้งบประมาณเกินที่ตั้งไว้",
        error_messages={"required": "งบประมาณที่ใช้เกินที่ตั้งไว้ โปรดแก้จำนวน หรือทำเครื่องหมายยืนยันหากถูกต้อง"},
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        self.activity = activity
        self.indicators = list(activity.indicators.all())
        kwargs["initial"] = {name: getattr(activity, name) for name in RESULT_FIELDS}
        super().__init__(*args, **kwargs)
        for row in self.indicators:
            self._add_boxes(row.pk, f"ผลที่ได้: {row.text} (เป้าหมาย {row.target})")
            self.initial[f"result_{row.pk}"] = row.result
            if row.is_achieved is not None:
                self.initial[f"achieved_{row.pk}"] = "yes" if row.is_achieved else "no"
        if not self._is_over_budget():
            del self.fields["over_budget"]
        last = ("budget_spent", "over_budget", "problems", "lessons")
        self.order_fields([name for name in self.fields if name not in last] + list(last))

    def _add_boxes(self, pk: int, label: str) -> None:
        self.fields[f"result_{pk}"] = forms.CharField(label=label, max_length=300, required=False)
        self.fields[f"achieved_{pk}"] = forms.ChoiceField(
            label="เทียบกับค่าเป้าหมาย",
            choices=[("", "ยังไม่ตัดสิน"), ("yes", "บรรลุ"), ("no", "ไม่บรรลุ")],
            required=False,
        )

    def _is_over_budget(self) -> bool:
        try:
            spent = self.fields["budget_spent"].clean(self["budget_spent"].value())
        except ValidationError:
            return False
        return bool(self.is_bound and spent > self.activity.budget_planned)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for row in self.indicators:
            if cleaned.get(f"achieved_{row.pk}") and not cleaned.get(f"result_{row.pk}"):
                self.add_error(f"result_{row.pk}", f"โปรดกรอกผลที่ได้ของ “{row.text}” ก่อนตัดสิน")
        return cleaned

    def results(self) -> dict[str, Any]:
        """What the actions take."""
        cleaned = self.cleaned_data
        rows = [
            ActivityIndicatorResult(
                row.pk,
                cleaned[f"result_{row.pk}"],
                ACHIEVED_CHOICES.get(cleaned[f"achieved_{row.pk}"]),
            )
            for row in self.indicators
        ]
        return {name: cleaned[name] for name in RESULT_FIELDS} | {"indicators": rows}


class ActivityCorrectionForm(ActivityResultForm):
    """A recorded result put right, and why."""

    reason = forms.CharField(
        label="เหตุผลที่แก้ไข",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "โปรดระบุเหตุผลที่แก้ไขผลที่บันทึกไว้"},
    )

    def results(self) -> dict[str, Any]:
        return super().results() | {"reason": self.cleaned_data["reason"]}
