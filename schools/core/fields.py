"""Fields that know Thai: a stored sort key, and dates and years typed in the Buddhist Era."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from schools.core import thai


class ThaiSortKeyField(models.CharField):
    """The dictionary order of another field, stored so that every database sorts Thai alike.

    Kept by save() and bulk_create(). Where only the source is written (update_fields,
    bulk_update), name this field too; update() of the source leaves the key as it was.
    """

    def __init__(self, *args: Any, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        options: dict[str, Any] = {"max_length": 500, "db_index": True, "default": ""}
        super().__init__(*args, **options | kwargs | {"editable": False})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = thai.sort_key(getattr(model_instance, self.source) or "")[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


class BuddhistDateWidget(forms.DateInput):
    """A text box typed in the Buddhist Era; the script adds a picker that writes into it."""

    template_name = "schools/widgets/buddhist_date.html"

    class Media:
        js = [forms.Script("js/buddhist-date.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # Not a number pad: the iPhone's has no slash, and months may be typed as words.
        super().__init__({"inputmode": "text", "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: date | str | None) -> str | None:
        return thai.numeric_date(value) if isinstance(value, date) else value

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["understood"] = _understood(context["widget"]["value"])
        return context


def _understood(text: str | None) -> str:
    """The date as the portal reads it, echoed under the box; nothing if it cannot be read."""
    try:
        return thai.weekday_date(thai.parse_be_date(text or ""))
    except ValidationError:
        return ""


class BuddhistDateField(forms.DateField):
    """A date typed as 9/5/2567; a Common Era year is refused with a hint."""

    widget = BuddhistDateWidget
    hint = f"พิมพ์ วัน/เดือน/ปี พ.ศ. เช่น 9/5/{thai.be_year(timezone.localdate())}"

    def __init__(self, **kwargs: Any) -> None:
        # A model form passes the model field's empty help text.
        super().__init__(**kwargs | {"help_text": kwargs.get("help_text") or self.hint})

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        return thai.local_day(value) if isinstance(value, date) else thai.parse_be_date(value)


class BuddhistYearField(forms.IntegerField):
    """A year typed as 2567; a Common Era year is refused with a hint."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        bounds = {"min_value": thai.FIRST_BE_YEAR, "max_value": thai.LAST_BE_YEAR}
        super().__init__(**bounds | kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        return None if value in self.empty_values else thai.parse_be_year(str(value))


class TimeOfDayField(forms.TimeField):
    """An hour of the day as people type it: 09:30 or 9.30."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"})
    input_formats = ("%H:%M", "%H.%M", "%H:%M:%S")
    default_error_messages = {"invalid": "อ่านเวลาไม่ได้ โปรดพิมพ์เป็น ชั่วโมง:นาที เช่น 09:30"}


class ListedRowsField(forms.ModelMultipleChoiceField):
    """Several rows of a list; a number too big for any key is simply not in the list."""

    def clean(self, value: Any) -> models.QuerySet:
        try:
            return super().clean(value)
        except OverflowError:  # SQLite; PostgreSQL compares it and finds no row
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice") from None
