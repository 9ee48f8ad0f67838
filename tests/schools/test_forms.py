"""What every form of the portal says of input that it cannot take."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from schools.core import thai
from schools.core.forms import PortalForm


class Everything(PortalForm):
    """One field of each kind, none with words of its own."""

    text = forms.CharField(label="เรื่อง", max_length=2000)
    number = forms.IntegerField(label="จำนวน", min_value=0, max_value=9)
    weight = forms.DecimalField(label="น้ำหนัก", decimal_places=2)
    choice = forms.ChoiceField(label="รูปแบบ (ถ้ามี)", choices=[("a", "ก")])


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("text", "", "โปรดกรอกเรื่อง"),
        ("text", "ก" * 10_000, "เรื่องยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง"),
        ("text", "9" * 10_000, "เรื่องยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง"),
        ("text", " \u200b\ufeff ", "โปรดกรอกเรื่อง"),
        ("number", "abc", "โปรดกรอกจำนวนเป็นตัวเลข เช่น 1"),
        ("number", "-5", "จำนวนต้องไม่น้อยกว่า 0 โปรดแก้ไข"),
        ("number", "10", "จำนวนต้องไม่เกิน 9 โปรดแก้ไข"),
        ("weight", "1.234", "น้ำหนักมีทศนิยมได้ไม่เกิน 2 ตำแหน่ง โปรดแก้ไข"),
        ("choice", "", "โปรดเลือกรูปแบบ"),
        ("choice", "';--", "โปรดเลือกรูปแบบจากรายการ"),
        ("choice", "ก" * 10_000, "โปรดเลือกรูปแบบจากรายการ"),
    ],
)
def test_messages_name_field_cause_and_remedy(field, typed, message):
    assert Everything({field: typed}).errors[field] == [message]


def test_a_pasted_null_character_is_explained():
    [message] = Everything({"text": "ก\x00ข"}).errors["text"]
    assert "มีอักขระที่มองไม่เห็น" in message


def test_signs_that_nobody_sees_are_dropped_and_joined_emoji_stay():
    form = Everything({"text": "บ้าน\u200bสอง 👩\u200d🏫"})
    form.is_valid()
    assert form.cleaned_data["text"] == "บ้านสอง 👩\u200d🏫"


def test_emoji_are_text():
    assert "text" not in Everything({"text": "ดีมาก 😀"}).errors


@pytest.mark.parametrize("typed", ["ก" * 10_000, "9" * 10_000, "1/1/" + "9" * 10_000])
def test_a_long_text_is_not_repeated_in_the_message(typed):
    with pytest.raises(ValidationError) as refusal:
        thai.parse_be_date(typed)
    assert len(refusal.value.message) < 120


class WithFile(PortalForm):
    text = forms.CharField(label="เรื่อง")
    file = forms.FileField(label="ไฟล์", required=False)


def sent_with_file(text, content=b"x"):
    return WithFile({"text": text}, {"file": SimpleUploadedFile("แผน <1>.pdf", content)})


def test_a_file_that_came_with_an_error_is_asked_for_again():
    form = sent_with_file("")
    assert form.errors["text"] == ["โปรดกรอกเรื่อง"]
    assert form.errors["file"] == ["ไฟล์ “แผน <1>.pdf” ยังไม่ได้รับ โปรดเลือกไฟล์อีกครั้ง"]


def test_a_refusal_after_the_check_asks_for_the_file_again():
    form = sent_with_file("เรื่อง")
    assert form.is_valid()
    form.add_error(None, "ปิดแล้ว")
    assert "ยังไม่ได้รับ" in form.errors["file"][0]


def test_a_file_with_an_error_of_its_own_says_only_that():
    form = sent_with_file("", content=b"")
    assert form.errors["file"] == [WithFile.base_fields["file"].error_messages["empty"]]


def test_no_file_is_asked_for_where_none_was_sent_or_nothing_is_wrong():
    assert "file" not in WithFile({"text": ""}).errors
    assert sent_with_file("เรื่อง").errors == {}
