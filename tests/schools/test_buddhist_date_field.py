from datetime import date

import pytest
from django import forms
from django.utils import timezone

from schools.core.fields import BuddhistDateField, BuddhistYearField, ThaiSortKeyField
from schools.core.thai import be_year
from schools.models import Area, Cluster


class DueForm(forms.Form):
    due = BuddhistDateField(label="วันครบกำหนด")
    year = BuddhistYearField(label="ปีการศึกษา", required=False)


def test_date_typed_in_be_is_stored_iso():
    form = DueForm({"due": "9/5/2567", "year": "๒๕๖๗"})
    assert form.is_valid()
    assert form.cleaned_data == {"due": date(2024, 5, 9), "year": 2567}


def test_known_date_is_shown_in_be_with_the_day_it_means():
    html = str(DueForm(initial={"due": date(2024, 5, 9)})["due"])
    assert 'value="9/5/2567"' in html
    assert "วันพฤหัสบดีที่ 9 พฤษภาคม 2567" in html


def test_only_the_text_box_is_posted_and_the_hint_belongs_to_it():
    bound = DueForm()["due"]
    html = str(bound)
    assert html.count("<input") == html.count("name=") == 1
    assert 'aria-describedby="id_due_helptext"' in html
    assert 'autocomplete="off"' in html
    assert 'type="text"' in html
    assert bound.help_text == f"พิมพ์ วัน/เดือน/ปี พ.ศ. เช่น 9/5/{be_year(timezone.localdate())}"


def test_refused_date_stays_as_typed_with_its_reason():
    form = DueForm({"due": "9/5/2024"})
    assert form.errors["due"] == ["ปี 2024 เป็น ค.ศ. โปรดพิมพ์เป็น พ.ศ. คือ 2567"]
    assert 'value="9/5/2024"' in str(form["due"])


def test_typed_text_is_escaped():
    assert "<script>" not in str(DueForm({"due": '"><script>'})["due"])


def test_empty_date():
    assert "due" in DueForm({"due": ""}).errors
    assert BuddhistDateField(required=False).clean("") is None


def test_unchanged_date_is_not_a_change():
    initial = {"due": date(2024, 5, 9)}
    assert not DueForm({"due": "๙ พ.ค. ๖๗"}, initial=initial).has_changed()
    assert DueForm({"due": "10/5/2567"}, initial=initial).has_changed()


def test_hint_stands_unless_another_is_given():
    class AnyForm(forms.Form):
        start = BuddhistDateField(help_text="")
        end = BuddhistDateField(help_text="วันสุดท้าย")

    assert AnyForm()["start"].help_text == BuddhistDateField.hint
    assert AnyForm()["end"].help_text == "วันสุดท้าย"


@pytest.mark.parametrize("text", ["2567", "๒๕๖๗", "67", " 2567 "])
def test_ways_to_type_a_year(text):
    assert BuddhistYearField().clean(text) == 2567


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2024", "ปี 2024 เป็น ค.ศ. โปรดพิมพ์เป็น พ.ศ. คือ 2567"),
        ("1999", "ปี 1999 เป็น ค.ศ. โปรดพิมพ์เป็น พ.ศ. คือ 2542"),
        ("2701", "ปี 2701 อยู่นอกช่วง พ.ศ. 2400–2700 โปรดตรวจปีที่พิมพ์"),
        ("ปีนี้", "อ่านปี “ปีนี้” ไม่ได้ โปรดพิมพ์ปี พ.ศ. 4 หลัก เช่น 2567"),
    ],
)
def test_refused_year_names_cause_and_remedy(text, reason):
    form = DueForm({"due": "9/5/2567", "year": text})
    assert form.errors["year"] == [reason]
    assert f'value="{text}"' in str(form["year"])


def test_sort_key_field_survives_a_migration():
    field = ThaiSortKeyField(source="title")
    copy = field.clone()
    assert (copy.source, copy.editable, copy.db_index) == ("title", False, True)


@pytest.mark.django_db
def test_saved_and_bulk_created_rows_sort_as_in_the_dictionary():
    area = Area.objects.create(name="ตัวอย่าง", short_name="ตัวอย่าง", group_name="ตัวอย่าง")
    names = ["ก่อน", "กา", "เก", "ไก่", "ขา"]
    Cluster.objects.bulk_create(Cluster(area=area, name=name) for name in reversed(names[1:]))
    renamed = Cluster.objects.create(area=area, name="ฮา")
    renamed.name = names[0]
    renamed.save()
    assert list(Cluster.objects.order_by("sort_key").values_list("name", flat=True)) == names
