"""The area's year-end report as a Word file: chapters, contents, the figures of its PDF."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from docx.oxml.ns import qn

from reports import actions
from reports.rendering import paper_html, report_pdf
from reports.typography import official_digits
from reports.word.context import document_context, report_context
from reports.word.rendering import render_word
from schools.core.thai import thai_digits
from tests.factories import (
    AcademicYearFactory,
    ClusterFactory,
    LearningResultFactory,
    SchoolFactory,
)
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
def year_issued(year_prepared, more_schools, area_director, round_):
    more_schools(3)
    for school in (round_.school, SchoolFactory(cluster=ClusterFactory(name="กลุ่มริมน้ำ"))):
        shares = [Decimal(25)] * 4
        for year in (2568, 2569):
            of_year = AcademicYearFactory(year=year)
            LearningResultFactory(school=school, academic_year=of_year, shares=shares)
    actions.issue_report(year_prepared, by=area_director)
    return year_prepared


@pytest.fixture
def year_word(year_issued):
    return render_word("year", document_context(year_issued), strict=True)


def test_parts_of_the_report_are_its_headings(year_word):
    assert word_headings(year_word, 1)[:2] == ["คำนำ", "บทสรุปผู้บริหาร"]
    assert "ภาคผนวก" in word_headings(year_word, 1)
    assert "ขั้นที่ ๖ ข้อเสนอแนะที่ตกลงร่วมกับโรงเรียน" in word_headings(year_word, 2)
    assert "ผลการเรียนรู้ของผู้เรียน" in word_headings(year_word, 2)


def test_contents_are_a_field_that_word_works_out(year_word):
    document = open_word(year_word)
    codes = [code.text for code in document.element.body.iter(qn("w:instrText"))]
    assert any('TOC \\o "1-2"' in code for code in codes)
    assert any('TOC \\h \\z \\c "ตาราง"' in code for code in codes)
    assert document.settings.element.find(qn("w:updateFields")) is not None


def test_tables_bear_the_numbers_that_they_bear_in_the_book(year_issued, year_word):
    captions = re.findall("ตารางที่ ([๐-๙]+)  (.*)", word_text(year_word))
    assert [number for number, _ in captions] == [thai_digits(n + 1) for n in range(len(captions))]
    book = normalized(pdfium_text(report_pdf(year_issued.frozen)))
    for number, title in captions:
        assert normalized(f"ตารางที่ {number} {title}") in book


def test_front_pages_are_lettered_and_the_others_numbered(year_word):
    formats = [
        numbering.get(qn("w:fmt"))
        for section in open_word(year_word).sections
        if (numbering := section._sectPr.find(qn("w:pgNumType"))) is not None
    ]
    assert formats == ["thaiLetters", "thaiNumbers"]


def test_every_table_has_as_many_cells_as_columns(year_word):
    for table in open_word(year_word).tables:
        columns = len(table._tbl.tblGrid.findall(qn("w:gridCol")))
        for row in table._tbl.tr_lst:
            assert sum(cell.grid_span for cell in row.tc_lst) == columns


def test_word_says_the_figures_of_the_pdf(year_issued, year_word):
    html, text = paper_html(year_issued.frozen), word_text(year_word)
    for term in year_issued.frozen["figures"]["terms"]:
        for standard in term["standards"]:
            mean = official_digits(standard["visit"]["mean"])
            assert mean in text
            assert mean in html
    for school in year_issued.frozen["figures"]["schools"]:
        assert official_digits(school["school"]) in text
    for kind in year_issued.frozen["figures"]["learning"]["kinds"]:
        assert official_digits(kind["subjects"][0]["mean"]) in text
    assert "{" not in text


def test_what_people_wrote_are_paragraphs_and_lists(year_issued):
    plain, bold = {"text": "อ่านออก ", "bold": False}, {"text": "ทุกคน 5 ครั้ง", "bold": True}
    blocks = [
        {"kind": "paragraph", "items": [[bold], [plain, bold]]},
        {"kind": "list", "items": [[plain], [bold]]},
    ]
    part = {"key": "discussion", "label": "บทที่ 4", "title": "อภิปรายผล", "level": 1}
    written = year_issued.frozen | {"parts": [part | {"blocks": blocks, "figures": False}]}
    content = render_word("year", report_context(written), strict=True)
    assert word_headings(content, 1) == ["บทที่ ๔ อภิปรายผล"]
    paragraphs = open_word(content).paragraphs
    [heading] = [p for p in paragraphs if p.style.name == "Text Heading"]
    assert heading.text == "ทุกคน ๕ ครั้ง"
    assert heading.style.paragraph_format.keep_with_next
    [body] = [p for p in paragraphs if p.style.name == "Body Text"]
    assert body.text == "อ่านออก ทุกคน ๕ ครั้ง"
    assert [run.text for run in body.runs if run.font.cs_bold] == ["ทุกคน ๕ ครั้ง"]
    assert [p.text for p in paragraphs if p.style.name == "List Bullet"] == [
        "อ่านออก ",
        "ทุกคน ๕ ครั้ง",
    ]


@needs_libreoffice
@pytest.mark.real_clock
def test_libreoffice_reads_the_same(year_word, tmp_path):
    read = normalized(pdfium_text(pdf_by_libreoffice(year_word, tmp_path)))
    for paragraph in open_word(year_word).paragraphs:
        words = paragraph.text.removeprefix("ตารางที่ ")  # LibreOffice counts with Arabic digits
        assert normalized(words) in read
    for number in re.findall("[๐-๙]+\\.[๐-๙]+", word_text(year_word)):
        assert number in read


def test_a_draft_can_be_had_before_the_report_is_put_forward(agreed, login, supervisor):
    year = agreed.term.academic_year
    response = login(supervisor).get(reverse("report_draft_word", args=["year", year.year]))
    assert "ร่างก่อนลงนาม" in word_text(response.content)


def test_schools_do_not_read_the_draft_of_the_year(agreed, login, school_director):
    year = agreed.term.academic_year.year
    response = login(school_director).get(reverse("report_draft_word", args=["year", year]))
    assert response.status_code == 403


def test_an_address_that_names_two_things_is_none(login, supervisor):
    assert login(supervisor).get("/reports/drafts/year/2569-1/word/").status_code == 404
    assert login(supervisor).get("/reports/drafts/year/2569-1/").status_code == 404
