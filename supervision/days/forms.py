from django import forms

from schools.fields import BuddhistDateField
from schools.forms import SharedWordsForm
from supervision.days.models import CalendarDay


class DayForm(SharedWordsForm):
    """A day or several that the office marks."""

    starts_on = BuddhistDateField(label="ตั้งแต่วันที่")
    ends_on = BuddhistDateField(label="ถึงวันที่", required=False, help_text="เว้นว่างไว้ถ้าเป็นวันเดียว")

    class Meta:
        model = CalendarDay
        fields = ("name", "kind", "starts_on", "ends_on")
        widgets = {"kind": forms.RadioSelect}

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("starts_on") and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = cleaned["starts_on"]
        return cleaned
