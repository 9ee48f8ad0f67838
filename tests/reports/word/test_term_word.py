"""A school's term report as a Word file: headings, tables, digits, the figures of its PDF."""

import pytest
from django.urls import reverse
from docx.oxml.ns import qn

from reports.rendering import paper_html
from reports.typography import official_digits
from reports.word.context import document_context, report_context
from reports.word.rendering import render_word
from tests.pdf_readers import pdfium_text
from tests.reports.conftest import normalized
from tests.word_readers import (
    needs_libreoffice,
    open_word,
    pdf_by_libreoffice,
    word_headings,
    word_text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]


@pytest.fixture
def term_word(issued):
    return render_word("term", document_context(issued), strict=True)


def test_headings_are_headings(term_word):
    headings = word_headings(term_word, 1)
    assert [heading[:2] for heading in headings] == ["๑.", "๒.", "๓.", "๔.", "๕.", "๖.", "๗."]
    assert headings[2] == "๓. ผลการประเมินตนเองและผลการนิเทศ"


def test_tables_are_tables_whose_heads_are_repeated(term_word):
    tables = [t for t in open_word(term_word).tables if t.style.name == "Table Grid"]
    assert tables
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    [standards] = [t for t in tables if t.rows[0].cells[0].text == "มาตรฐานและผู้ประเมิน"]
    assert "ศึกษานิเทศก์" in [row.cells[0].text for row in standards.rows]


def test_nothing_of_the_template_is_left(term_word):
    text = word_text(term_word)
    assert "{" not in text
    assert "None" not in text


def test_word_says_the_figures_of_the_pdf(issued, term_word):
    figures, text = issued.frozen["figures"], word_text(term_word)
    html = paper_html(issued.frozen)
    for standard in [*figures["standards"], figures["overall"]]:
        for side in ("own", "visit"):
            mean = official_digits(standard[side]["mean"])
            assert mean in text
            assert mean in html
    for line in figures["recommendations"]:
        assert official_digits(line["text"]) in text


def test_digits_are_thai_but_those_of_codes_and_addresses(issued, term_word):
    document = issued.frozen["document"]
    text = word_text(term_word)
    assert document["verify_url"] in text
    plain = text.replace(document["verify_url"], "")
    assert official_digits(plain) == plain


def test_thai_is_marked_as_thai_in_the_letters_of_offices(term_word):
    document = open_word(term_word)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    language = defaults.find(f".//{qn('w:lang')}")
    assert {language.get(qn(f"w:{name}")) for name in ("val", "eastAsia", "bidi")} == {"th-TH"}
    fonts = document.styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:cs")) == "TH Sarabun New"
    assert document.styles["Normal"].font.size.pt == 16


def test_pages_are_those_of_official_papers(term_word):
    [section] = open_word(term_word).sections
    lengths = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(length.cm, 1) for length in lengths] == [21, 29.7, 3, 2]


def test_what_people_typed_is_text_and_no_markup(issued):
    context = document_context(issued)
    context["report"]["visit"]["strengths"] = 'ก < 3 & "ข" {{ report.school }} <w:p/>\nบรรทัดที่ 2\x0b'
    text = word_text(render_word("term", context))
    assert 'ก < ๓ & "ข" {{ report.school }} <w:p/>บรรทัดที่ ๒' in text


@needs_libreoffice
@pytest.mark.real_clock
def test_libreoffice_reads_the_same(term_word, tmp_path):
    read = normalized(pdfium_text(pdf_by_libreoffice(term_word, tmp_path)))
    for line in word_text(term_word).splitlines():
        assert normalized(line) in read


def test_download_is_a_word_file(issued, login, school_director):
    response = login(school_director).get(reverse("report_word", args=[issued.pk]))
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert ".docx" in response["Content-Disposition"]
    assert issued.round.school.name in word_text(response.content)


def test_what_waits_for_its_signature_is_a_draft(prepared, login, supervisor):
    text = word_text(login(supervisor).get(reverse("report_word", args=[prepared.pk])).content)
    assert "ร่างก่อนลงนาม" in text
    assert "ตรวจสอบได้ด้วยรหัส" not in text


def test_a_draft_can_be_had_before_anything_is_answered(round_, login, supervisor):
    text = word_text(
        login(supervisor).get(reverse("report_draft_word", args=["term", round_.pk])).content
    )
    assert "ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว" in text
    assert "ร่างก่อนลงนาม" in text


def test_schools_do_not_see_drafts(prepared, login, school_director):
    client = login(school_director)
    assert client.get(reverse("report_word", args=[prepared.pk])).status_code == 404
    assert (
        client.get(reverse("report_draft_word", args=["term", prepared.round.pk])).status_code
        == 403
    )


def test_papers_of_earlier_templates_have_a_word_file_too(issued):
    snapshot = issued.frozen
    for key in ("observations", "planned_changes"):
        del snapshot["figures"][key]
    del snapshot["figures"]["decision"]["against_reason"]
    for key in ("signer", "preparers", "cover_number"):
        del snapshot["document"][key]
    content = render_word("term", report_context(snapshot))
    assert snapshot["figures"]["school"] in word_text(content)
