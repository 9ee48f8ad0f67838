"""Form 7.2, opened as a person's reader opens it."""

from urllib.parse import unquote

import pytest
from django.urls import reverse

from reports.papers.criteria_form import indicator_set_paper
from schools.core.thai import thai_digits
from supervision.criteria import actions as criteria
from supervision.criteria.models import Indicator, Rubric, ScaleLevel
from tests.factories import IndicatorSetFactory
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import text_of, texts_of

pytestmark = pytest.mark.db_agnostic


@pytest.fixture
def draft(db):
    return IndicatorSetFactory(draft=True)


def paper_url(indicator_set) -> str:
    return reverse("indicator_set_paper", args=[indicator_set.pk])


def write_rubric(indicator, levels) -> None:
    Rubric.objects.bulk_create(
        Rubric(indicator=indicator, level=level, text=f"อธิบายระดับที่ {level.value}")
        for level in levels
    )


def test_an_endorsed_set_is_printed_with_its_rubric_and_targets(login, supervisor, round_):
    chosen = round_.indicator_sets.get()
    first, second = Indicator.objects.filter(standard=chosen.standards.first())
    first.weight, first.achieved_from, first.is_local = 2, 4, True
    first.evidence_hint = "แฟ้มสะสมงาน"
    first.save()
    write_rubric(second, chosen.scale.levels.all())
    response = login(supervisor).get(paper_url(chosen))
    text = text_of(response)
    found = (
        *(thai_digits(chosen.name), "๒ มาตรฐาน ๔ ตัวชี้วัด", "ประชุมครั้งที่ ๑/๒๕๖๙ วันที่ ๑ พฤษภาคม ๒๕๖๙"),
        *("๔.๕๐–๕.๐๐ ยอดเยี่ยม", "ค่าเฉลี่ยถ่วงน้ำหนักตั้งแต่ ๓.๐๐", "น้ำหนัก ๒.๐๐"),
        *("บรรลุเมื่อระดับตั้งแต่ ๔", "(เขตพื้นที่เพิ่มเติม)", "แฟ้มสะสมงาน", "ใช้คำอธิบายระดับของมาตราส่วน"),
        *("อธิบายระดับที่ ๕", "อธิบายระดับที่ ๑", "มาตรฐานทดสอบ ๒", "บันทึกในระบบ"),
    )
    for words in found:
        assert normalized(words) in text
    assert "ร่าง" not in text
    assert "แบบ 7.2" in unquote(response["Content-Disposition"])


def test_until_it_is_endorsed_it_is_a_draft_on_each_page(
    login, supervisor, group_director, school_director, draft
):
    Indicator.objects.update(text="ก" * 400)
    client = login(supervisor)
    texts = texts_of(client.get(paper_url(draft)))
    assert len(texts) > 1
    assert all("ร่าง" in text for text in texts)
    assert normalized("ยังไม่ผ่านความเห็นชอบ") in texts[0]
    criteria.submit_indicator_set(draft, by=group_director)
    text = text_of(client.get(paper_url(draft)))
    for words in ("เสนอ ก.ต.ป.น. พิจารณา", f"({group_director})", "เสนอในระบบ", "ร่าง"):
        assert normalized(words) in text
    assert login(school_director).get(paper_url(draft)).status_code == 404


def test_a_set_without_words_for_its_levels_has_no_columns_for_them(round_, draft):
    paper = indicator_set_paper(draft)
    assert '<th scope="col">ระดับ' not in paper.as_html()
    write_rubric(
        Indicator.objects.filter(standard__indicator_set=draft).first(), draft.scale.levels.all()
    )
    assert paper.column_count == 3
    assert indicator_set_paper(draft).column_count == 2 + draft.scale.levels.count()


def test_many_levels_stand_below_each_other(login, supervisor, draft):
    ScaleLevel.objects.create(scale=draft.scale, value=0, label="ไม่พบ", description="ไม่มีร่องรอย")
    first = Indicator.objects.filter(standard__indicator_set=draft).first()
    write_rubric(first, draft.scale.levels.all()[:2])
    text = text_of(login(supervisor).get(paper_url(draft)))
    for words in ("คำอธิบายระดับ", "๕ ยอดเยี่ยม: อธิบายระดับที่ ๕", "๐ ไม่พบ: ไม่มีร่องรอย"):
        assert normalized(words) in text


def test_a_set_without_standards_is_printed_too(login, supervisor, draft):
    draft.standards.all().delete()
    text = text_of(login(supervisor).get(paper_url(draft)))
    assert normalized("๐ มาตรฐาน ๐ ตัวชี้วัด") in text


def test_the_page_of_the_set_links_its_paper(login, school_director, supervisor, round_, draft):
    chosen = round_.indicator_sets.get()
    page = login(school_director).get(chosen.get_absolute_url()).content.decode()
    assert paper_url(chosen) in page
    assert "ร่าง PDF" in login(supervisor).get(draft.get_absolute_url()).content.decode()


def test_its_queries_do_not_grow_with_the_set(
    login, supervisor, draft, django_assert_num_queries, django_assert_max_num_queries
):
    client, url = login(supervisor), paper_url(draft)
    client.get(url)
    with django_assert_max_num_queries(25) as captured:
        client.get(url)
    added = draft.standards.create(number=3, name="มาตรฐานเพิ่ม")
    for position in range(5):
        one = added.indicators.create(position=position, code=f"3.{position}", text="ตัวชี้วัดเพิ่ม")
        write_rubric(one, draft.scale.levels.all())
    with django_assert_num_queries(len(captured)):
        client.get(url)
