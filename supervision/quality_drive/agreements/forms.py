"""What is typed into an agreement: words, targets, promised support, comments."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Max

from schools.core.fields import BuddhistDateField
from schools.core.forms import ConflictCheckedForm, PortalForm, apply_portal_style
from supervision.criteria.models import ScaleLevel
from supervision.improvement.enums import OFFICE_ASSIGNEES, Assignee
from supervision.improvement.recommendations import AdviceForm, check_due_on
from supervision.quality_drive.agreements.drafting import USUAL_INTENTIONS, PromisedSupport
from supervision.quality_drive.agreements.queries import (
    ALL_DIMENSIONS,
    AgreedDimension,
    level_word,
)
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import Agreement, AgreementSupport, AgreementTarget

PROMISING_ASSIGNEES = (Assignee.SUPERVISOR, *OFFICE_ASSIGNEES)
PROMISING_CHOICES = [(one.value, one.label) for one in PROMISING_ASSIGNEES]
DIMENSION_CHOICES = [("", ALL_DIMENSIONS), *DimensionCode.choices]
LONGEST_INTENTIONS = 5000
SUPPORT_HELP = "เช่น จัดอบรม จัดสรรสื่อ ประสานวิทยากร ไม่ใส่ชื่อบุคคล"


class AgreementDraftForm(ConflictCheckedForm):
    """The words of a draft and its target for each indicator."""

    class Meta:
        model = Agreement
        fields = ("intentions",)

    def __init__(self, *args: Any, instance: Agreement, **kwargs: Any) -> None:
        self.targets = list(_targets_with_scales(instance))
        initial = {_name(one): one.target for one in self.targets}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.fields["intentions"].required = True
        highest = _highest_levels()
        for one in self.targets:
            self.fields[_name(one)] = _target_field(one, highest)
        apply_portal_style(self)
        self.fields["intentions"].widget.attrs["rows"] = 8

    def compared_fields(self) -> Iterable[str]:
        return ("intentions", *map(_name, self.targets))

    @property
    def dimensions(self) -> list[tuple[AgreedDimension, list[forms.BoundField]]]:
        """The boxes of the targets by dimension, as the page shows them."""
        found: dict[str, list[AgreementTarget]] = {}
        for one in self.targets:
            found.setdefault(one.dimension_code, []).append(one)
        return [
            (AgreedDimension(code, DimensionCode(code).label, rows), self._boxes(rows))
            for code, rows in found.items()
        ]

    def _boxes(self, rows: Sequence[AgreementTarget]) -> list[forms.BoundField]:
        return [self[_name(one)] for one in rows]

    def asked(self) -> dict[str, Any]:
        """What was typed, as the action that saves it takes it."""
        targets = {one.pk: self.cleaned_data[_name(one)] for one in self.targets}
        return {"intentions": self.cleaned_data["intentions"], "targets": targets}


def _targets_with_scales(agreement: Agreement) -> Iterable[AgreementTarget]:
    scale = "drive_indicator__indicator__standard__indicator_set"
    return agreement.targets.select_related(scale)


def _name(target: AgreementTarget) -> str:
    return f"target_{target.pk}"


def _highest_levels() -> dict[int, int]:
    """The highest level of each scale, by the scale's key."""
    rows = ScaleLevel.objects.order_by().values_list("scale").annotate(Max("value"))
    return dict(rows)


def _target_field(target: AgreementTarget, highest: dict[int, int]) -> forms.DecimalField:
    indicator_set = target.drive_indicator.indicator.standard.indicator_set
    drive_target = target.drive_indicator.target
    return forms.DecimalField(
        label=target.text,
        min_value=Decimal("0.01"),
        max_value=highest.get(indicator_set.scale_id),
        max_digits=4,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=(
            f"ก่อนพัฒนา {level_word(target.baseline)} · ค่าเป้าหมายของเขต {level_word(drive_target)}"
        ),
    )


class AgreementSupportForm(AdviceForm):
    """One thing that the office promises, by which post and day."""

    dimension_code = forms.ChoiceField(label="ด้าน", choices=DIMENSION_CHOICES, required=False)
    field_order = ("text", "dimension_code", "assignee", "due_on")

    def __init__(self, *args: Any, support: AgreementSupport | None = None, **kwargs: Any) -> None:
        if support:
            names = ("text", "dimension_code", "assignee", "due_on")
            kwargs["initial"] = {name: getattr(support, name) for name in names}
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.label, text.help_text = "การสนับสนุนของสำนักงาน", SUPPORT_HELP
        text.error_messages["required"] = "โปรดกรอกการสนับสนุนของสำนักงาน"
        self.fields["assignee"].choices = PROMISING_CHOICES  # type: ignore[attr-defined]  # a choice

    def promised(self) -> PromisedSupport:
        return PromisedSupport(**self.cleaned_data)


class AgreementBulkDraftForm(PortalForm):
    """What the drafts of many schools have in common; targets are each school's own."""

    intentions = forms.CharField(
        label="ข้อตกลงร่วมกัน",
        max_length=LONGEST_INTENTIONS,
        initial=USUAL_INTENTIONS,
        widget=forms.Textarea,
        help_text="ใช้กับทุกโรงเรียนที่เลือก แก้ไขรายโรงเรียนได้ภายหลัง",
    )
    text = forms.CharField(
        label="การสนับสนุนที่ให้ทุกโรงเรียนที่เลือก (ถ้ามี)",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=SUPPORT_HELP,
    )
    dimension_code = forms.ChoiceField(label="ด้าน", choices=DIMENSION_CHOICES, required=False)
    assignee = forms.ChoiceField(
        label="ผู้รับผิดชอบ", choices=[("", "ยังไม่เลือก"), *PROMISING_CHOICES], required=False
    )
    due_on = BuddhistDateField(label="กำหนดเสร็จ", required=False)

    def clean_due_on(self) -> date | None:
        due_on = self.cleaned_data["due_on"]
        return check_due_on(due_on) if due_on else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("text"):
            for name in ("assignee", "due_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, f"โปรดระบุ{self.fields[name].label}ของการสนับสนุน")
        return cleaned

    def promised(self) -> PromisedSupport | None:
        """The support for all of them, where one was written."""
        asked = dict(self.cleaned_data)
        del asked["intentions"]
        return PromisedSupport(**asked) if asked["text"] else None


class AgreementCommentForm(PortalForm):
    """What one side says about an agreement."""

    text = forms.CharField(
        label="ความเห็น",
        max_length=2000,
        widget=forms.Textarea,
        help_text="อีกฝ่ายอ่านความเห็นนี้ได้ พร้อมตำแหน่งของคุณ",
        error_messages={"required": "โปรดพิมพ์ความเห็นก่อนบันทึก"},
    )
