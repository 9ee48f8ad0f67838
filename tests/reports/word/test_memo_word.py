"""The memo that forwards a report as a Word file, by its official form."""

import pytest
from django.urls import reverse

from reports.memos.pages import memo_of
from reports.memos.paper import MemoPaper, memo_context
from reports.models import IssuedDocument
from reports.typography import official_digits
from reports.word.context import memo_word_context
from reports.word.rendering import render_word
from reports.word.samples import sample_memo
from tests import scenarios
from tests.word_readers import open_word, word_text

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]


@pytest.fixture
def memo(issued):
    return memo_of(issued)


@pytest.fixture
def memo_word_file(memo):
    return render_word("memo", memo_word_context(memo), strict=True)


def test_it_says_what_its_pdf_says(memo, memo_word_file):
    text, html = word_text(memo_word_file), MemoPaper(memo).as_html()
    said = memo_context(memo)
    for section in said["sections"]:
        for paragraph in section.paragraphs:
            assert official_digits(paragraph) in text
    for post in said["opinions"]:
        assert official_digits(post) in text
    assert official_digits(said["closing"]) in text
    assert official_digits(said["closing"]) in html
    assert "{" not in text


def test_it_bears_the_offices_emblem(memo, clerk):
    assert not open_word(render_word("memo", memo_word_context(memo))).inline_shapes
    scenarios.emblem_in_use(by=clerk)
    with_emblem = memo_of(IssuedDocument.objects.get(pk=memo.document.pk))
    [emblem] = open_word(render_word("memo", memo_word_context(with_emblem))).inline_shapes
    assert round(emblem.height.cm, 1) == 1.5


def test_its_head_is_of_the_official_sizes(memo_word_file):
    document = open_word(memo_word_file)
    assert document.tables[0].cell(0, 1).text == "บันทึกข้อความ"
    assert document.styles["Memo Title"].font.size.pt == 29
    [unit] = [p for p in document.paragraphs if p.text.startswith("ส่วนราชการ")]
    assert unit.runs[0].style.font.size.pt == 20
    assert [stop.leader.name for stop in unit.style.paragraph_format.tab_stops] == ["DOTS"]


def test_those_above_have_room_for_their_opinions(memo_word_file):
    boxes = open_word(memo_word_file).tables[-1].rows[0].cells
    assert [box.text.splitlines()[0] for box in boxes] == ["ความเห็น", "ความเห็น", "ความเห็น/คำสั่ง"]


def test_the_sample_memo_has_what_a_memo_has(memo):
    assert sample_memo(is_full=True)["memo"].keys() == memo_word_context(memo)["memo"].keys()


def test_the_office_downloads_it(issued, login, group_director, school_director):
    url = reverse("memo_word", args=[issued.pk])
    assert "บันทึกข้อความ" in word_text(login(group_director).get(url).content)
    assert login(school_director).get(url).status_code == 403
