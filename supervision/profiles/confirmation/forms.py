"""What people type about data that are asked for, answered, reported and put right."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm, form_field
from schools.core.thai import long_date
from schools.models import Term
from supervision.profiles.models import ConfirmationRequest

MAX_LINE = 300
MAX_TEXT = 500
# A request lies about its term: later than that somebody typed another year.
NEAR_THE_TERM = timedelta(days=180)


class DataAnswerForm(PortalForm):
    """A line in answer to one of the questions that the page asks."""

    question = forms.ChoiceField(
        label="คำถาม",
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "ข้อมูลเปลี่ยนไปแล้ว คำถามนี้จึงไม่มีอีก โปรดดูคำถามปัจจุบันด้านล่าง"},
    )
    text = forms.CharField(
        label="คำตอบ",
        max_length=MAX_LINE,
        error_messages={"required": "โปรดพิมพ์คำตอบหนึ่งบรรทัด เช่น นักเรียนย้ายตามผู้ปกครอง"},
    )

    def __init__(self, *args: Any, questions: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(text, text) for text in questions]
        form_field(self, "question", forms.ChoiceField).choices = choices


class DataIssueForm(PortalForm):
    """What is wrong in data that somebody else keeps, and what is right."""

    text = forms.CharField(
        label="สิ่งที่ไม่ถูกต้อง", max_length=MAX_TEXT, help_text="เช่น จำนวนนักเรียนชั้น ป.3 คือ 12 คน"
    )
    should_be = forms.CharField(
        label="ที่ถูกต้องคือ",
        max_length=MAX_TEXT,
        help_text="เช่น 13 คน ตามข้อมูล DMC วันที่ 10 มิ.ย. โปรดอย่าระบุชื่อนักเรียน",
    )


class IssueCorrectedForm(PortalForm):
    """What was put right, in a line; the school sees the data anyway."""

    answer = forms.CharField(label="ข้อความถึงโรงเรียน (ถ้ามี)", max_length=MAX_TEXT, required=False)


class IssueKeptForm(PortalForm):
    """Why data that a school takes for wrong stay as they are."""

    reason = forms.CharField(
        label="เหตุผลที่คงข้อมูลเดิม",
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "โปรดระบุเหตุผล เพื่อให้โรงเรียนทราบว่าเหตุใดจึงคงข้อมูลเดิม"},
    )


class ConfirmationClosingForm(PortalForm):
    """By when the schools should confirm."""

    closes_on = BuddhistDateField(
        label="ให้ยืนยันภายในวันที่",
        required=False,
        help_text="หลังวันนี้ยังยืนยันได้ แต่ระบบระบุว่าช้ากว่ากำหนด เว้นว่าง คือ ไม่มีกำหนด",
    )

    def __init__(self, *args: Any, asked: ConfirmationRequest, **kwargs: Any) -> None:
        super().__init__(*args, initial={"closes_on": asked.closes_on}, **kwargs)
        self.asked = asked

    def clean_closes_on(self) -> date | None:
        closes_on = self.cleaned_data["closes_on"]
        if closes_on and closes_on < self.asked.opens_on:
            first = long_date(self.asked.opens_on)
            raise ValidationError(f"อยู่ก่อนวันที่เริ่ม ({first}) โปรดเลือกวันเดียวกันหรือหลังจากนั้น")
        refuse_days_far_from(self.asked.term, closes_on)
        return closes_on


class ConfirmationOpenForm(PortalForm):
    """From when to when the schools of a term are asked to confirm their data."""

    opens_on = BuddhistDateField(label="เริ่มวันที่", help_text="โรงเรียนยืนยันก่อนวันนี้ไม่ได้")
    closes_on = BuddhistDateField(
        label="ให้ยืนยันภายในวันที่",
        required=False,
        help_text="หลังวันนี้ยังยืนยันได้ แต่ระบบระบุว่าช้ากว่ากำหนด เว้นว่าง คือ ไม่มีกำหนด",
    )

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, initial={"opens_on": timezone.localdate()}, **kwargs)
        self.term = term

    def clean_opens_on(self) -> date:
        opens_on = self.cleaned_data["opens_on"]
        refuse_days_far_from(self.term, opens_on)
        return opens_on

    def clean_closes_on(self) -> date | None:
        closes_on, opens_on = self.cleaned_data["closes_on"], self.cleaned_data.get("opens_on")
        refuse_days_far_from(self.term, closes_on)
        if closes_on and closes_on < timezone.localdate():
            raise ValidationError("ผ่านไปแล้ว โปรดเลือกวันนี้หรือวันที่ยังมาไม่ถึง")
        if closes_on and opens_on and closes_on < opens_on:
            raise ValidationError("อยู่ก่อนวันที่เริ่ม โปรดเลือกวันเดียวกันหรือหลังจากนั้น")
        return closes_on


def refuse_days_far_from(term: Term, day: date | None) -> None:
    """Raises ValidationError for a day so far from the term that its year is a slip."""
    if day and not term.opens_on - NEAR_THE_TERM <= day <= term.closes_on + NEAR_THE_TERM:
        raise ValidationError(f"ห่างจากภาคเรียนที่ {term} เกินไป โปรดตรวจสอบปี พ.ศ.")
