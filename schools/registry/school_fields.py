"""Form fields and names of the school form, which read what people really type or paste."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from schools.core.thai import SCHOOL_WORD, arabic_digits
from schools.models.area import SCHOOL_PREFIX

COORDINATE_STEP = Decimal("0.000001")  # about 10 cm
LATITUDE_BOUNDS, LONGITUDE_BOUNDS = (Decimal(5), Decimal(21)), (Decimal(97), Decimal(106))
ELECTRICITY_WORDS = {True: "มี", False: "ไม่มี", None: ""}
Position = tuple[Decimal | None, Decimal | None]


def normalize_school_name(text: str) -> str:
    """With its prefix, however it was abbreviated."""
    return SCHOOL_PREFIX + SCHOOL_WORD.sub("", text)


def normalize_sub_district(text: str) -> str:
    """Without the word that says what it is."""
    return text.removeprefix("ตำบล").removeprefix("ต.").strip()


def normalize_district(text: str) -> str:
    """Without the word that says what it is."""
    return text.removeprefix("อำเภอ").removeprefix("อ.").strip()


class SchoolCodeField(forms.CharField):
    """A code of so many digits, Thai or Arabic; a code of the other kind is shown its own box."""

    def __init__(self, *, length: int, other_length: int, other_label: str, **kwargs: Any) -> None:
        super().__init__(empty_value=None, **kwargs)
        self.length, self.other_length, self.other_label = length, other_length, other_label

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return super().widget_attrs(widget) | {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: str | None) -> str | None:
        text = super().to_python(value)
        return re.sub(r"[\s-]", "", arabic_digits(text)) if text else text

    def validate(self, value: str | None) -> None:
        super().validate(value)
        if value and not re.fullmatch(rf"[0-9]{{{self.length}}}", value):
            raise ValidationError(self._what_is_wrong(value), code="code")

    def _what_is_wrong(self, value: str) -> str:
        if not re.fullmatch("[0-9]+", value):
            return f"{self.label}ต้องเป็นตัวเลขล้วน โปรดพิมพ์เฉพาะตัวเลข {self.length} หลัก"
        if len(value) == self.other_length:
            return f"เลข {len(value)} หลักนี้ไม่ใช่{self.label} โปรดย้ายไปกรอกในช่อง “{self.other_label}”"
        return f"{self.label}ต้องมี {self.length} หลัก แต่พิมพ์มา {len(value):,} หลัก โปรดตรวจรหัส"


class PositionField(forms.CharField):
    """Latitude and longitude in one box, as a phone's map copies them."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})

    def prepare_value(self, value: Position | str | None) -> str | None:
        if isinstance(value, tuple):
            return "" if value[0] is None else f"{value[0]}, {value[1]}"
        return value

    def to_python(  # type: ignore[override]  # two numbers out of one text
        self, value: Position | str | None
    ) -> Position:
        if isinstance(value, tuple):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None, None
        return _in_thailand(_two_numbers(arabic_digits(text)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


def _two_numbers(text: str) -> Sequence[Decimal]:
    parts = [part for part in re.split(r"[\s,()]+", text) if part]
    try:
        numbers = [Decimal(part) for part in parts]
    except InvalidOperation:
        numbers = []
    if len(numbers) != 2 or not all(number.is_finite() for number in numbers):
        raise ValidationError(
            "อ่านพิกัดไม่ได้ โปรดพิมพ์ตัวเลขสองจำนวน คือละติจูด ตามด้วยลองจิจูด เช่น 17.276400, 101.148600",
            code="position_format",
        )
    return numbers


def _in_thailand(numbers: Sequence[Decimal]) -> Position:
    north, east = numbers
    if _within(east, LATITUDE_BOUNDS) and _within(north, LONGITUDE_BOUNDS):
        raise ValidationError(
            "ละติจูดกับลองจิจูดสลับกัน โปรดพิมพ์ละติจูด (5–21) ก่อนลองจิจูด (97–106)", code="swapped"
        )
    if not (_within(north, LATITUDE_BOUNDS) and _within(east, LONGITUDE_BOUNDS)):
        raise ValidationError(
            "พิกัดนี้อยู่นอกประเทศไทย ละติจูดต้องอยู่ระหว่าง 5–21 และลองจิจูดระหว่าง 97–106 โปรดตรวจพิกัด",
            code="abroad",
        )
    return north.quantize(COORDINATE_STEP, ROUND_HALF_UP), east.quantize(
        COORDINATE_STEP, ROUND_HALF_UP
    )


def _within(number: Decimal, bounds: tuple[Decimal, Decimal]) -> bool:
    return bounds[0] <= number <= bounds[1]
