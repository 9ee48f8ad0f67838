"""A draft as a whole, as the group director makes and changes it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.core.errors import ActionRefused
from supervision.criteria import actions
from supervision.criteria.content import content_of
from supervision.criteria.enums import SetState
from supervision.criteria.models import Indicator, IndicatorSet, Rubric, Scale, ScaleLevel, Standard
from supervision.workflow.models import Transition
from tests.factories import IndicatorSetFactory, ScaleFactory
from tests.supervision.criteria.draft_forms import indicator_of, page_form_values, submit_form

pytestmark = pytest.mark.django_db


# --- a new set ---


def test_an_empty_set_is_begun_and_filled(preparer, group_director):
    scale = ScaleFactory()
    typed = {"name": " ชุด  จุดเน้น ", "level": 0, "use": "round", "scale": scale.pk}
    response = submit_form(preparer, reverse("indicator_set_add"), **typed)
    new = IndicatorSet.objects.get()
    assert response.url == new.get_absolute_url()
    assert (new.name, new.level, new.state, new.version) == ("ชุด จุดเน้น", 0, SetState.DRAFT, 1)
    page = preparer.get(new.get_absolute_url()).content.decode()
    assert "ยังไม่มีมาตรฐาน โปรดเพิ่มอย่างน้อย 1 มาตรฐาน" in page
    assert "จัดทำร่าง" in page
    submit_form(preparer, reverse("standard_add", args=[new.pk]), name="คุณภาพผู้เรียน", target="3.5")
    standard = new.standards.get()
    assert (standard.number, standard.target) == (1, Decimal("3.5"))
    page = preparer.get(new.get_absolute_url()).content.decode()
    assert "มาตรฐานที่ 1 ยังไม่มีตัวชี้วัด" in page
    submit_form(
        preparer, reverse("indicator_add", args=[standard.pk]), code="1.1", text="อ่านออกเขียนได้"
    )
    assert standard.indicators.get().position == 1
    assert not standard.indicators.get().is_local
    actions.submit_indicator_set(new, by=group_director)
    assert new.state == SetState.IN_REVIEW


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "โปรดกรอกชื่อชุดตัวชี้วัด"),
        ({"name": "ชุดที่เห็นชอบ"}, "มีชุดชื่อนี้แล้ว"),
        ({"name": "ก" * 201}, "ยาวเกิน 200"),
        ({"level": ""}, "โปรดเลือกระดับการศึกษา"),
        ({"scale": "999"}, "โปรดเลือกมาตราส่วนประมาณค่าจากรายการ"),
    ],
)
def test_a_bad_new_set_is_told_and_kept(preparer, approved, change, message):
    typed = {"name": "ใหม่", "level": 2, "use": "round", "scale": approved.scale_id, **change}
    html = submit_form(preparer, reverse("indicator_set_add"), **typed).content.decode()
    assert message in html
    assert f'value="{typed["name"]}"' in html or not typed["name"]
    assert IndicatorSet.objects.count() == 1


def test_two_people_beginning_the_same_name_get_one_set(group_director, approved):
    again = IndicatorSet(name=approved.name, scale=approved.scale)
    with pytest.raises(ActionRefused, match="มีชุด"):
        actions.create_set_draft(again, by=group_director)


# --- only drafts ---

PAGES = [
    ("indicator_set_edit", None),
    ("indicator_set_delete", None),
    ("indicator_set_unmark", None),
    ("standard_add", None),
    ("standard_order", None),
    ("indicator_set_import", None),
    ("standard_edit", Standard),
    ("standard_delete", Standard),
    ("indicator_add", Standard),
    ("indicator_order", Standard),
    ("indicator_edit", Indicator),
    ("indicator_rubrics", Indicator),
    ("indicator_delete", Indicator),
]


@pytest.mark.parametrize("state", [SetState.IN_REVIEW, SetState.APPROVED, SetState.RETIRED])
@pytest.mark.parametrize(("name", "model"), PAGES)
def test_what_is_no_draft_is_frozen_whatever_the_address(preparer, draft, state, name, model):
    frozen = draft if state == SetState.IN_REVIEW else IndicatorSetFactory(state=state)
    IndicatorSet.objects.filter(pk=frozen.pk).update(state=state, is_sample=True)
    path = {Standard: "indicator_set", Indicator: "standard__indicator_set"}.get(model)
    pk = model.objects.filter(**{path: frozen}).first().pk if model else frozen.pk
    before = content_of(frozen)
    for answer in (preparer.get, preparer.post):
        response = answer(reverse(name, args=[pk]))
        assert response.status_code == 409
        assert "แก้ไขไม่ได้" in response.content.decode()
    assert content_of(frozen) == before
    assert IndicatorSet.objects.get(pk=frozen.pk).is_sample


def test_the_verbs_hold_without_a_page(approved, group_director):
    standard, indicator = approved.standards.first(), indicator_of(approved)
    facts = {"name": "อื่น"}
    for verb in (
        lambda: actions.update_set_draft(approved, facts=facts),
        lambda: actions.save_standard(standard, facts=facts),
        lambda: actions.delete_standard(standard),
        lambda: actions.move_standard(standard, up=False),
        lambda: actions.save_indicator(indicator, facts={"text": "อื่น"}),
        lambda: actions.save_rubrics(indicator, texts={5: "อื่น"}),
        lambda: actions.delete_indicator(indicator),
        lambda: actions.move_indicator(indicator, up=False),
        lambda: actions.replace_set_content(approved, by=group_director, facts={}, content=[]),
        lambda: actions.delete_set_draft(approved, by=group_director),
        lambda: actions.remove_sample_flag(
            approved, by=group_director, verb="check", provenance="ก"
        ),
    ):
        with pytest.raises(ActionRefused, match="เห็นชอบแล้ว"):
            verb()
    assert IndicatorSet.objects.filter(name=approved.name).exists()


# --- set facts ---


def test_facts_are_changed_and_a_colleagues_words_are_not_overwritten(preparer, draft):
    url = reverse("indicator_set_edit", args=[draft.pk])
    seen = page_form_values(preparer.get(url))
    IndicatorSet.objects.filter(pk=draft.pk).update(provenance="คำของเพื่อน")
    html = preparer.post(url, seen | {"provenance": "คำของฉัน"}).content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “คำของเพื่อน”" in html
    assert "คำของฉัน" in html
    assert submit_form(preparer, url, provenance="ตกลงกันแล้ว").status_code == 302
    draft.refresh_from_db()
    assert draft.provenance == "ตกลงกันแล้ว"


def test_rubrics_go_along_to_a_scale_that_has_their_levels(draft):
    indicator = indicator_of(draft)
    other = Scale.objects.create(key="other", name="อื่น")
    ScaleLevel.objects.bulk_create(ScaleLevel(scale=other, value=v, label=str(v)) for v in range(4))
    actions.save_rubrics(indicator, texts={3: "ดี", 1: "เริ่ม"})
    actions.update_set_draft(draft, facts={"scale": other})
    assert set(indicator.rubrics.values_list("level__scale__key", "level__value", "text")) == {
        ("other", 3, "ดี"),
        ("other", 1, "เริ่ม"),
    }


def test_a_scale_without_a_described_level_is_refused_and_nothing_lost(preparer, draft):
    actions.save_rubrics(indicator_of(draft), texts={5: "ยอด"})
    other = Scale.objects.create(key="other", name="มาตราอื่น")
    ScaleLevel.objects.bulk_create(ScaleLevel(scale=other, value=v, label=str(v)) for v in (0, 1))
    url = reverse("indicator_set_edit", args=[draft.pk])
    html = submit_form(preparer, url, scale=other.pk).content.decode()
    assert "เปลี่ยนมาตราส่วนไม่ได้ เพราะมีคำอธิบายของระดับ 5" in html
    assert Rubric.objects.get().text == "ยอด"
    draft.refresh_from_db()
    assert draft.scale.key == "iqa_quality_5"


def test_a_draft_is_thrown_away_after_a_look(preparer, draft, group_director):
    url = reverse("indicator_set_delete", args=[draft.pk])
    assert "ส่งออก Excel ก่อน" in preparer.get(url).content.decode()
    assert IndicatorSet.objects.filter(pk=draft.pk).exists()
    assert preparer.post(url).url == reverse("criteria")
    assert not IndicatorSet.objects.filter(pk=draft.pk).exists()
    assert not Indicator.objects.exists()
    line = Transition.objects.get(verb="discard")
    assert (line.record_id, line.by, line.reason) == (draft.pk, group_director, str(draft))


# --- sample mark ---


@pytest.mark.parametrize(
    ("verb", "said"),
    [("check", "ตรวจกับประกาศแล้ว"), ("adopt", "ปรับเป็นของสำนักงานแล้ว")],
)
def test_removing_the_sample_flag_is_logged(preparer, draft, verb, said):
    IndicatorSet.objects.filter(pk=draft.pk).update(is_sample=True, provenance="โปรดตรวจกับประกาศ")
    page = preparer.get(draft.get_absolute_url()).content.decode()
    url = reverse("indicator_set_unmark", args=[draft.pk])
    assert "ชุดนี้ยังเป็นตัวอย่าง" in page
    assert url in page
    assert "โปรดตรวจกับประกาศ" in preparer.get(url).content.decode()
    preparer.post(url, {"verb": verb, "provenance": "ประกาศ ศธ. พ.ศ. 2561"})
    draft.refresh_from_db()
    assert (draft.is_sample, draft.provenance) == (False, "ประกาศ ศธ. พ.ศ. 2561")
    page = preparer.get(draft.get_absolute_url()).content.decode()
    assert said in page
    assert "ชุดนี้ยังเป็นตัวอย่าง" not in page
    assert preparer.get(url).status_code == 409


def test_removing_the_sample_flag_needs_a_reason(preparer, draft):
    IndicatorSet.objects.filter(pk=draft.pk).update(is_sample=True)
    url = reverse("indicator_set_unmark", args=[draft.pk])
    html = preparer.post(url, {"provenance": ""}).content.decode()
    assert "โปรดเลือกเหตุที่นำเครื่องหมายตัวอย่างออก" in html
    assert "โปรดกรอกที่มา" in html
    draft.refresh_from_db()
    assert draft.is_sample


# --- what is missing ---


def test_an_incomplete_set_cannot_be_submitted_and_says_where(preparer, draft, group_director):
    first, second = draft.standards.order_by("number")
    first.indicators.all().delete()
    Standard.objects.filter(pk=second.pk).update(target=6)
    Indicator.objects.filter(standard=second, code="2.1").update(achieved_from=9)
    page = preparer.get(draft.get_absolute_url()).content.decode()
    for words, name, pk in (
        ("มาตรฐานที่ 1 ยังไม่มีตัวชี้วัด", "indicator_add", first.pk),
        ("ค่าเป้าหมาย 6.00 อยู่นอกช่วง", "standard_edit", second.pk),
        ("บรรลุเมื่อระดับตั้งแต่ 9 ซึ่งไม่มีในมาตราส่วน", "indicator_edit", indicator_of(draft, "2.1").pk),
    ):
        assert words in page
        assert reverse(name, args=[pk]) in page
    submit = reverse("indicator_set_submit", args=[draft.pk])
    assert submit not in page
    for answer in (preparer.get, preparer.post):
        refused = answer(submit)
        assert refused.status_code == 409
        assert "ยังไม่มีตัวชี้วัด" in refused.content.decode()
    draft.refresh_from_db()
    assert draft.state == SetState.DRAFT


def test_lists_and_editors_cost_the_same_for_any_number_of_rows(preparer, draft):
    urls = [
        reverse("criteria"),
        reverse("scales"),
        draft.scale.get_absolute_url(),
        draft.get_absolute_url(),
        reverse("standard_order", args=[draft.pk]),
        reverse("indicator_order", args=[draft.standards.first().pk]),
        reverse("indicator_edit", args=[indicator_of(draft).pk]),
    ]
    counts = [queries_of(preparer, url) for url in urls]
    IndicatorSetFactory.create_batch(3)
    for number in range(3, 6):
        standard = Standard.objects.create(indicator_set=draft, number=number, name="ก")
        Indicator.objects.create(standard=standard, position=1, code=f"{number}.1", text="ก")
    Scale.objects.create(key="other", name="อื่น")
    assert [queries_of(preparer, url) for url in urls] == counts
    assert max(counts) <= 15


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
