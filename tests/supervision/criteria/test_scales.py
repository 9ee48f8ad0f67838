"""Rating scales: every mean has one meaning, and what ก.ต.ป.น. has seen stays as it is."""

from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from schools.core.errors import ActionRefused
from supervision.criteria.actions import save_rubrics
from supervision.criteria.models import Indicator, Scale
from supervision.criteria.scales import (
    ScaleBandData,
    ScaleLevelData,
    save_scale,
)
from supervision.criteria.scoring import band_problems, interpretation
from tests.factories import IndicatorSetFactory, ScaleFactory
from tests.supervision.criteria.test_drafting import submit_form

LOW, HIGH = Decimal(1), Decimal(5)


def bands(*ends):
    return [
        SimpleNamespace(low=Decimal(low), high=Decimal(high), label=f"{low}–{high}")
        for low, high in ends
    ]


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ([("1.00", "2.99"), ("3.00", "5.00")], []),
        ([], []),
        ([("3.00", "5.00")], ["ค่าเฉลี่ย 1.00–2.99 ไม่อยู่ในช่วงใด"]),
        ([("1.00", "4.99")], ["ค่าเฉลี่ย 5.00 ไม่อยู่ในช่วงใด"]),
        ([("1.00", "2.50"), ("2.60", "5.00")], ["ค่าเฉลี่ย 2.51–2.59 ไม่อยู่ในช่วงใด"]),
        ([("1.00", "3.00"), ("2.50", "5.00")], ["ทับกันที่ 2.50–3.00"]),
        ([("1.00", "3.00"), ("3.00", "5.00")], ["ทับกันที่ 3.00"]),
        ([("0.50", "5.00")], ["ต่ำกว่าระดับต่ำสุด (1.00)"]),
        ([("1.00", "5.50")], ["เกินระดับสูงสุด (5.00)"]),
        ([("5.00", "1.00")], ["ค่าต้นมากกว่าค่าปลาย"]),
    ],
)
def test_holes_and_overlaps_are_named(ends, said):
    problems = band_problems(bands(*ends), LOW, HIGH)
    assert len(problems) == len(said)
    for problem, words in zip(problems, said, strict=True):
        assert words in problem


@given(st.sets(st.integers(101, 500), min_size=1, max_size=6))
def test_bands_without_problems_give_every_mean_exactly_one_meaning(starts):
    edges = [100, *sorted(starts), 501]
    parts = [(str(Decimal(a) / 100), str(Decimal(b - 1) / 100)) for a, b in pairwise(edges)]
    found = bands(*parts)
    assert band_problems(found, LOW, HIGH) == []
    for cents in range(100, 501):
        mean = Decimal(cents) / 100
        assert sum(band.low <= mean <= band.high for band in found) == 1
        assert interpretation(mean, found)


# --- on the pages ---


@pytest.fixture
def scale(db):
    return ScaleFactory()


NEW = {
    "name": "ระดับ 2",
    "level_0_value": "2",
    "level_0_label": "ผ่าน",
    "level_1_value": "1",
    "level_1_label": "ไม่ผ่าน",
    "level_1_description": "ยังไม่ครบ",
}


@pytest.mark.django_db
def test_a_scale_is_added_and_read(preparer, login, school_director):
    response = submit_form(preparer, reverse("scale_add"), **NEW)
    scale = Scale.objects.get()
    assert response.url == scale.get_absolute_url()
    assert [str(level) for level in scale.levels.all()] == ["2 ผ่าน", "1 ไม่ผ่าน"]
    html = login(school_director).get(scale.get_absolute_url()).content.decode()
    assert "ไม่แปลผลค่าเฉลี่ย" in html
    assert reverse("scale_edit", args=[scale.pk]) not in html
    assert "ระดับ 2" in login(school_director).get(reverse("scales")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "ระดับคุณภาพ 5 ระดับ"}, "มีมาตราส่วนชื่อนี้แล้ว"),
        ({"level_1_value": "", "level_1_label": "", "level_1_description": ""}, "อย่างน้อย 2 ระดับ"),
        ({"level_1_value": "2"}, "ระดับ 2 มีมากกว่า 1 แถว"),
        ({"level_1_label": ""}, "โปรดกรอกให้ครบทั้งแถว"),
        ({"band_0_low": "1", "band_0_high": "1.5", "band_0_label": "ก"}, "ค่าเฉลี่ย 1.51–2.00"),
        ({"band_0_low": "1", "band_0_high": "2", "band_0_label": ""}, "โปรดกรอกให้ครบทั้งแถว"),
    ],
)
def test_a_bad_scale_is_told_and_kept(preparer, scale, change, message):
    html = submit_form(preparer, reverse("scale_add"), **NEW | change).content.decode()
    assert message in html
    assert 'value="ผ่าน"' in html
    assert Scale.objects.count() == 1


@pytest.mark.django_db
def test_more_rows_come_without_judging_what_was_typed(preparer, scale):
    html = submit_form(preparer, reverse("scale_add"), more="yes", name="", level_4_label="ห้า")
    form = html.context["form"]
    assert len(form.level_rows()) == 7
    assert 'value="ห้า"' in html.content.decode()
    assert "โปรดแก้ไข" not in html.content.decode()


@pytest.mark.django_db
def test_a_scale_is_changed_while_only_drafts_use_it(preparer, scale):
    IndicatorSetFactory(draft=True, scale=scale)
    url = reverse("scale_edit", args=[scale.pk])
    kept = scale.levels.get(value=5)
    submit_form(preparer, url, level_0_label="ยอดเยี่ยมมาก", band_0_label="ยอดเยี่ยมมาก")
    kept.refresh_from_db()
    assert kept.label == "ยอดเยี่ยมมาก"
    assert interpretation(Decimal("4.50"), scale.bands.all()) == "ยอดเยี่ยมมาก"
    html = submit_form(preparer, url, band_1_low="3.60").content.decode()
    assert "ค่าเฉลี่ย 3.50–3.59 ไม่อยู่ในช่วงใด" in html


@pytest.mark.django_db
def test_a_colleagues_change_of_the_scale_is_shown_first(preparer, scale):
    url = reverse("scale_edit", args=[scale.pk])
    page = preparer.get(url).context["form"]
    version = {box.html_name: "" if box.value() is None else box.value() for box in page}
    scale.levels.filter(value=5).update(label="คำของเพื่อน")
    html = preparer.post(url, version | {"level_0_label": "คำของฉัน"}).content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “คำของเพื่อน”" in html
    assert scale.levels.get(value=5).label == "คำของเพื่อน"


@pytest.mark.django_db
def test_what_an_endorsed_set_is_judged_by_is_frozen(preparer, scale):
    IndicatorSetFactory(scale=scale)
    url = reverse("scale_edit", args=[scale.pk])
    assert url not in preparer.get(scale.get_absolute_url()).content.decode()
    assert preparer.get(url).status_code == preparer.post(url, {}).status_code == 409
    with pytest.raises(ActionRefused, match="แก้ไขไม่ได้"):
        save_scale(scale, levels=[ScaleLevelData(1, "ก"), ScaleLevelData(2, "ข")], bands=[])
    assert scale.levels.count() == 5


@pytest.mark.django_db
def test_a_described_level_is_not_taken_out(preparer, scale):
    draft = IndicatorSetFactory(draft=True, scale=scale)
    save_rubrics(Indicator.objects.filter(standard__indicator_set=draft)[0], texts={1: "เริ่ม"})
    levels = [ScaleLevelData(lv.value, lv.label) for lv in scale.levels.all()]
    with pytest.raises(ActionRefused, match=r"ตัดระดับ 1 ออกไม่ได้"):
        save_scale(scale, levels=levels[:-1], bands=[])
    save_scale(scale, levels=levels[1:], bands=[])
    assert [level.value for level in scale.levels.all()] == [4, 3, 2, 1]


@pytest.mark.django_db
def test_the_verb_refuses_bands_with_holes(scale):
    facts = [ScaleBandData(Decimal(1), Decimal(4), "ก")]
    levels = [ScaleLevelData(1, "ก"), ScaleLevelData(5, "ข")]
    with pytest.raises(ActionRefused) as refused:
        save_scale(scale, levels=levels, bands=facts)
    assert "4.01–5.00" in refused.value.missing[0]


@pytest.mark.django_db
def test_a_copy_begins_with_all_rows_and_an_unused_scale_goes_again(preparer, scale):
    IndicatorSetFactory(scale=scale)
    response = submit_form(preparer, reverse("scale_copy", args=[scale.pk]), name="ของเขต")
    copy = Scale.objects.get(name="ของเขต")
    assert response.url == copy.get_absolute_url()
    assert [str(x) for x in copy.levels.all()] == [str(x) for x in scale.levels.all()]
    assert [str(x) for x in copy.bands.all()] == [str(x) for x in scale.bands.all()]
    assert preparer.get(reverse("scale_delete", args=[scale.pk])).status_code == 409
    assert preparer.get(reverse("scale_delete", args=[copy.pk])).status_code == 200
    preparer.post(reverse("scale_delete", args=[copy.pk]))
    assert list(Scale.objects.all()) == [scale]
