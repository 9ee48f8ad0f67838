from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from schools.core.errors import ActionRefused
from schools.core.forms import ConflictCheckedForm, PortalForm, apply_portal_style
from schools.core.tables.reading import normalize_cell_text as one_line
from supervision.criteria.drafting.actions import check_indicator_code
from supervision.criteria.enums import IndicatorSetAction
from supervision.criteria.models import Indicator, IndicatorSet, Scale, ScaleLevel, Standard

MAX_RUBRIC_LENGTH = 400
NAME_HELP = "ชื่อเดียวกันทุกฉบับ ไม่ต้องใส่เลขฉบับหรือปีที่เห็นชอบ"
PROVENANCE_HELP = "เอกสารหรือประกาศที่นำมา หรือผู้จัดทำ พิมพ์ให้ผู้อื่นตรวจย้อนได้"


class DraftTextForm(ConflictCheckedForm):
    """Words of a draft: on one line each and spelt with plain letters, as in a table's cells."""

    def clean(self) -> dict:
        cleaned = super().clean()
        cleaned |= {n: one_line(v) for n, v in cleaned.items() if isinstance(v, str)}
        return cleaned


class OneLineField(forms.CharField):
    """The same for one field of a form that changes no draft."""

    def to_python(self, value: str | None) -> str:
        return one_line(super().to_python(value))


class IndicatorSetForm(DraftTextForm):
    """What a set is called, for whom it is, and by which scale it judges."""

    class Meta:
        model = IndicatorSet
        fields = ("name", "level", "use", "scale", "provenance")
        widgets = {
            "level": forms.RadioSelect,
            "use": forms.RadioSelect,
            "scale": forms.RadioSelect,
            "provenance": forms.Textarea,
        }
        help_texts = {"name": NAME_HELP, "provenance": PROVENANCE_HELP}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scale"].queryset = Scale.objects.complete()
        self.fields["scale"].empty_label = None
        if self.instance.pk is None:
            self.initial["level"] = None  # chosen, never guessed
        if self.instance.previous_id:
            for name in ("name", "level", "use"):
                del self.fields[name]

    def compared_fields(self) -> Iterable[str]:
        return [name for name in self._meta.fields if name in self.fields]

    def clean_name(self) -> str:
        return clean_set_name(self.cleaned_data["name"], but=self.instance)


def clean_set_name(typed: str, *, but: IndicatorSet | None = None) -> str:
    """A name that no other set has; versions of one set share theirs."""
    name = one_line(typed)
    others = IndicatorSet.objects.filter(name=name)
    if others.exclude(pk=but.pk if but else None).exists():
        raise ValidationError("มีชุดชื่อนี้แล้ว โปรดใช้ชื่ออื่น หรือเปิดชุดนั้นแล้วเลือก “จัดทำฉบับใหม่”", code="taken")
    return name


class IndicatorSetCopyForm(PortalForm):
    """The name of a set that begins as a copy, and where its words come from."""

    name = forms.CharField(label="ชื่อชุดใหม่", max_length=200, help_text=NAME_HELP)
    provenance = OneLineField(
        label="ที่มา",
        max_length=300,
        required=False,
        widget=forms.Textarea,
        help_text=PROVENANCE_HELP,
    )

    def clean_name(self) -> str:
        return clean_set_name(self.cleaned_data["name"])


class RemoveSampleFlagForm(PortalForm):
    """Why a set is no sample any more."""

    verb = forms.TypedChoiceField(
        coerce=IndicatorSetAction,
        label="เหตุที่นำเครื่องหมายตัวอย่างออก",
        choices=(
            (IndicatorSetAction.CHECK, "ตรวจกับประกาศแล้ว ถ้อยคำและค่าเป้าหมายถูกต้อง"),
            (IndicatorSetAction.ADOPT, "ปรับเป็นของสำนักงานแล้ว ใช้ถ้อยคำและค่าเป้าหมายที่สำนักงานกำหนด"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือกเหตุที่นำเครื่องหมายตัวอย่างออก"},
    )
    provenance = OneLineField(
        label="ที่มา",
        max_length=300,
        widget=forms.Textarea,
        help_text="แก้ให้ตรงกับความจริงในตอนนี้ เช่น ชื่อประกาศและวันที่ หรือมติที่ประชุม",
    )


class StandardForm(DraftTextForm):
    """One standard: number, name, and from which mean on it is achieved."""

    class Meta:
        model = Standard
        fields = ("number", "name", "target")

    def __init__(self, *args, levels: list[ScaleLevel], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        values = [level.value for level in levels]
        number, target = self.fields["number"], self.fields["target"]
        number.min_value = 1
        number.widget.attrs |= {"inputmode": "numeric", "class": "short"}
        target.widget.attrs |= {"inputmode": "decimal", "class": "short"}
        target.help_text = (
            f"อยู่ระหว่าง {min(values)}.00 ถึง {max(values)}.00 ตามมาตราส่วนของชุด "
            "เว้นว่างได้หากไม่ตัดสินด้วยค่าเฉลี่ย"
        )
        self.range = min(values), max(values)

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        if number < 1:
            raise ValidationError("เลขมาตรฐานต้องตั้งแต่ 1 ขึ้นไป", code="low")
        others = self.instance.indicator_set.standards.exclude(pk=self.instance.pk)
        if other := others.filter(number=number).first():
            raise ValidationError(f"มีมาตรฐานที่ {number} {other.name} แล้ว โปรดใช้เลขอื่น", code="taken")
        return number

    def clean_target(self) -> Decimal | None:
        target, (low, high) = self.cleaned_data["target"], self.range
        if target is not None and not low <= target <= high:
            raise ValidationError(
                f"ค่าเป้าหมายต้องอยู่ระหว่าง {low}.00 ถึง {high}.00 ตามมาตราส่วนของชุด โปรดแก้ไข",
                code="range",
            )
        return target


class IndicatorForm(DraftTextForm):
    """One indicator: its words, the evidence asked for, and how it counts."""

    achieved_from = forms.TypedChoiceField(
        label="บรรลุเมื่อระดับตั้งแต่",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="ใช้บอกว่าตัวชี้วัดข้อนี้ถึงเกณฑ์หรือไม่ ไม่เปลี่ยนค่าเฉลี่ยของมาตรฐาน",
    )
    weight = forms.DecimalField(
        label="น้ำหนัก",
        max_digits=4,
        decimal_places=2,
        min_value=Decimal("0.01"),
        help_text="1 คือ นับเท่ากันทุกข้อ ใส่ 2 หากให้ข้อนี้นับเป็นสองเท่าในค่าเฉลี่ยของมาตรฐาน",
        error_messages={
            "min_value": "น้ำหนักต้องมากกว่า 0 หากไม่ให้นับข้อนี้ โปรดลบตัวชี้วัดออกจากชุด",
            "invalid": "น้ำหนักต้องเป็นตัวเลข เช่น 1 หรือ 1.5",
        },
    )

    class Meta:
        model = Indicator
        fields = (
            "code",
            "text",
            "group",
            "evidence_hint",
            "weight",
            "achieved_from",
            "is_local",
        )
        widgets = {"text": forms.Textarea, "evidence_hint": forms.Textarea}
        help_texts = {
            "code": "เช่น 1.1 หรือ 1.1.1 ไม่ซ้ำกันในชุด",
            "group": "หัวข้อย่อยที่ตัวชี้วัดอยู่ด้วยกัน ถ้ามี เช่น 1.1 ผลสัมฤทธิ์ทางวิชาการของผู้เรียน",
            "evidence_hint": "เอกสารหรือหลักฐานที่โรงเรียนควรเตรียม ถ้ามี",
            "is_local": "ทำเครื่องหมายเมื่อเขตพื้นที่เพิ่มข้อนี้เอง นอกเหนือจากประกาศหรือชุดต้นทาง",
        }

    def __init__(self, *args, levels: list[ScaleLevel], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = [(level.value, str(level)) for level in levels]
        self.fields["achieved_from"].choices = [("", "ไม่กำหนด"), *choices]
        for name in ("code", "weight"):
            self.fields[name].widget.attrs["class"] = "short"
        self.fields["weight"].widget.attrs["inputmode"] = "decimal"

    def clean_code(self) -> str:
        self.instance.code = one_line(self.cleaned_data["code"])
        try:
            check_indicator_code(self.instance)
        except ActionRefused as refused:
            raise ValidationError(str(refused), code="taken") from None
        return self.instance.code


class RubricForm(DraftTextForm):
    """What each level of the scale means for one indicator; empty leaves the scale's own words."""

    class Meta:
        model = Indicator
        fields = ()

    def __init__(self, *args, levels: list[ScaleLevel], texts: dict[int, str], **kwargs) -> None:
        self.names = {level.value: f"level_{level.value}" for level in levels}
        initial = {self.names[value]: text for value, text in texts.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for level in levels:
            self.fields[self.names[level.value]] = forms.CharField(
                label=f"ระดับ {level}",
                help_text=level.description,
                max_length=MAX_RUBRIC_LENGTH,
                required=False,
                widget=forms.Textarea,
            )
        apply_portal_style(self)

    def compared_fields(self) -> Iterable[str]:
        return list(self.names.values())

    def texts(self) -> dict[int, str]:
        """By level value."""
        return {value: self.cleaned_data[name] for value, name in self.names.items()}
