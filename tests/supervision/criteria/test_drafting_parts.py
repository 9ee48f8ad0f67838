"""The standards and indicators of a draft, as the group director writes them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from supervision.criteria import actions
from supervision.criteria.models import Indicator, Rubric
from tests.supervision.criteria.draft_forms import indicator_of, page_form_values, submit_form

pytestmark = pytest.mark.django_db


# --- standards ---


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"number": "2"}, "มีมาตรฐานที่ 2 มาตรฐานทดสอบ 2 แล้ว"),
        ({"number": "0"}, "ตั้งแต่ 1 ขึ้นไป"),
        ({"name": ""}, "โปรดกรอกชื่อมาตรฐาน"),
        ({"target": "5.01"}, "ระหว่าง 1.00 ถึง 5.00"),
        ({"target": "0.5"}, "ระหว่าง 1.00 ถึง 5.00"),
    ],
)
def test_a_bad_standard_is_told(preparer, draft, change, message):
    first = draft.standards.get(number=1)
    html = submit_form(
        preparer, reverse("standard_edit", args=[first.pk]), **change
    ).content.decode()
    assert message in html
    first.refresh_from_db()
    assert (first.number, first.name, first.target) == (1, "มาตรฐานทดสอบ 1", 3)


def test_standards_are_put_in_order_and_deleted(preparer, draft):
    first, second = draft.standards.order_by("number")
    url = reverse("standard_order", args=[draft.pk])
    response = preparer.post(url, {"row": second.pk, "to": "up"})
    assert response.url == f"{url}#row-{second.pk}"
    assert [s.pk for s in draft.standards.order_by("number")] == [second.pk, first.pk]
    preparer.post(url, {"row": second.pk, "to": "up"})  # nothing is above the first
    preparer.post(url, {"row": "x", "to": "up"})
    assert list(draft.standards.order_by("number").values_list("number", flat=True)) == [1, 2]
    delete = reverse("standard_delete", args=[first.pk])
    assert "ตัวชี้วัดในมาตรฐานนี้ 2 ข้อ" in preparer.get(delete).content.decode()
    preparer.post(delete)
    assert [s.pk for s in draft.standards.all()] == [second.pk]


# --- indicators ---


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": "2.1"}, "มีตัวชี้วัดเลขที่ 2.1"),
        ({"code": ""}, "โปรดกรอกเลขที่"),
        ({"text": ""}, "โปรดกรอกตัวชี้วัด"),
        ({"text": "ก" * 401}, "ยาวเกิน 400"),
        ({"weight": "0"}, "น้ำหนักต้องมากกว่า 0"),
        ({"weight": "มาก"}, "น้ำหนักต้องเป็นตัวเลข"),
        ({"achieved_from": "6"}, "โปรดเลือกบรรลุเมื่อระดับตั้งแต่จากรายการ"),
    ],
)
def test_a_bad_indicator_is_told_and_kept(preparer, draft, change, message):
    one = indicator_of(draft)
    html = submit_form(
        preparer, reverse("indicator_edit", args=[one.pk]), **change
    ).content.decode()
    assert message in html
    one.refresh_from_db()
    assert (one.code, one.text, one.weight) == ("1.1", "ตัวชี้วัดทดสอบ 1.1", 1)


def test_an_indicator_is_written_described_ordered_and_deleted(preparer, draft):
    one = indicator_of(draft)
    submit_form(
        preparer,
        reverse("indicator_edit", args=[one.pk]),
        text="อ่าน\nคล่อง",
        weight="2.5",
        achieved_from="3",
        evidence_hint="ผลการอ่าน",
        is_local="on",
    )
    one.refresh_from_db()
    assert (one.text, one.weight, one.achieved_from) == ("อ่าน คล่อง", Decimal("2.5"), 3)
    assert one.is_local
    rubrics = reverse("indicator_rubrics", args=[one.pk])
    submit_form(preparer, rubrics, level_5="อ่านได้ทุกคน", level_1="อ่านได้บางคน")
    html = preparer.get(draft.get_absolute_url()).content.decode()
    for words in ("อ่านได้ทุกคน", "เขตพื้นที่เพิ่มเติม", "2.50", "ข้อนี้บรรลุเมื่อระดับตั้งแต่ 3", "ถ่วงน้ำหนัก"):
        assert words in html
    submit_form(preparer, rubrics, level_1="")
    assert [r.level.value for r in one.rubrics.select_related("level")] == [5]
    order = reverse("indicator_order", args=[one.standard_id])
    preparer.post(order, {"row": one.pk, "to": "down"})
    assert [i.code for i in one.standard.indicators.all()] == ["1.2", "1.1"]
    preparer.post(reverse("indicator_delete", args=[one.pk]))
    assert [i.code for i in one.standard.indicators.all()] == ["1.2"]
    assert preparer.get(reverse("indicator_edit", args=[one.pk])).status_code == 404


def test_two_people_on_one_indicator_see_each_others_words(preparer, draft):
    one = indicator_of(draft)
    url = reverse("indicator_edit", args=[one.pk])
    seen = page_form_values(preparer.get(url))
    Indicator.objects.filter(pk=one.pk).update(text="ถ้อยคำของเพื่อน", weight=2)
    html = preparer.post(url, seen | {"text": "ถ้อยคำของฉัน"}).content.decode()
    assert "ถ้อยคำของเพื่อน" in html
    assert "ถ้อยคำของฉัน" in html
    rubrics = reverse("indicator_rubrics", args=[one.pk])
    seen = page_form_values(preparer.get(rubrics))
    actions.save_rubrics(one, texts={5: "คำของเพื่อน"})
    html = preparer.post(rubrics, seen | {"level_5": "คำของฉัน"}).content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “คำของเพื่อน”" in html
    assert Rubric.objects.get().text == "คำของเพื่อน"
