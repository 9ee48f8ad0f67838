"""The PDFs, opened and read: Thai that can be searched, whole tables, our own font only."""

import io
import re

import pypdf
import pytest

from reports.data.term import term_report
from reports.pdf import fetch_paper_font, render_pdf
from reports.rendering import paper_html, report_pdf
from reports.typography import official_digits
from supervision.improvement import actions as improvement
from supervision.improvement.enums import Assignee
from tests import scenarios
from tests.factories import NeedsAreaFactory
from tests.reports.conftest import DOCUMENT_ENTRY, PdfDocument, normalized

pytestmark = pytest.mark.django_db  # fixtures are asked for by name, too late to be seen

MANY = 60
WORDS = ("คำสั่ง", "ลำดับ", "น้ำ", "ต่ำกว่า", "ซ้ำ", "การ", "ที่", "ญี่ปุ่น", "ปั๊ม")


def advice(number: int) -> str:
    return f"ข้อเสนอแนะลำดับ {number} ตามคำสั่งเรื่องน้ำ ต่ำกว่า ซ้ำ ที่ญี่ปุ่น ปั๊ม"


@pytest.fixture(scope="session")
def drawn():
    """Papers by name, each drawn once."""
    return {}


@pytest.fixture
def paper(drawn, request):
    """`paper("year")`: drawn by the fixture `draw_year` for the first test that reads it."""

    def read(name: str) -> PdfDocument:
        if name not in drawn:
            drawn[name] = request.getfixturevalue(f"draw_{name}")
        return drawn[name]

    return read


@pytest.fixture
def long_paper(paper):
    return paper("long")


@pytest.fixture
def year_paper(paper):
    return paper("year")


@pytest.fixture
def draw_long(round_, supervisor, school_director, group_director, issue):
    """A term report whose ledger runs over several pages."""
    NeedsAreaFactory()
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(round_, by=group_director)
    summary = improvement.start_summary(round_, by=supervisor)
    for number in range(1, MANY + 1):
        improvement.create_recommendation(
            summary,
            by=supervisor,
            text=advice(number),
            assignee=Assignee.SCHOOL_DIRECTOR,
            due_on=round_.term.closes_on,
        )
    improvement.propose_summary(summary, by=supervisor)
    improvement.agree_to_summary(summary, by=school_director)
    return PdfDocument(issue(scenarios.report_prepared(round_, by=group_director)))


@pytest.fixture
def draw_year(year_prepared, more_schools, issue):
    """A book of four schools, of which three are samples."""
    more_schools(2, 4, 5)
    return PdfDocument(issue(year_prepared))


def test_every_word_is_found_and_nothing_is_cut(long_paper, school):
    for word in (*WORDS, school.name, "การวัดผลระหว่างเรียน", "รายงานผลการนิเทศรายภาคเรียน"):
        assert word in long_paper
    for number in range(1, MANY + 1):
        assert official_digits(advice(number)) in long_paper


def test_a_long_table_repeats_its_head(long_paper):
    with_rows = [page for page in long_paper.pages if "ข้อเสนอแนะลําดับ" in page]
    assert len(with_rows) >= 3
    assert all("ผู้รับผิดชอบกําหนดเสร็จสถานะ" in page for page in with_rows)


def test_pages_are_numbered_in_thai(long_paper):
    for number, page in enumerate(long_paper.pages, start=1):
        assert page.endswith(official_digits(str(number)))


@pytest.mark.parametrize(
    ("name", "title"),
    [("long_paper", "โรงเรียนของเรา"), ("year_paper", "รายงานผลการนิเทศระหว่างปีการศึกษา")],
)
def test_title_and_language_are_set(name, title, request):
    reader = request.getfixturevalue(name).reader
    assert title in reader.metadata.title
    assert reader.trailer["/Root"]["/Lang"] == "th"


@pytest.mark.parametrize("name", ["long_paper", "year_paper"])
def test_only_our_font_is_embedded_and_no_letter_is_missing(name, request):
    pages = request.getfixturevalue(name).reader.pages
    fonts = [font for page in pages for font in fonts_of(page)]
    assert {font["/BaseFont"].partition("+")[2] for font in fonts} == {
        "Nithet-Paper",
        "Nithet-Paper-Bold",
    }
    assert all("/FontFile2" in descriptor(font) for font in fonts)
    assert not any(re.search(rb"<0000> <(?!ffff)", font["/ToUnicode"].get_data()) for font in fonts)


def fonts_of(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def descriptor(font):
    return font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()


def test_the_year_report_has_contents_front_matter_and_every_part(year_paper):
    written = ("บทที่ ๑ บทนำและบริบท", "ขั้นที่ ๗ รายงานผลและเผยแพร่")
    printed = ("คำนำ", "บทสรุปผู้บริหาร", "สารบัญ", "โรงเรียนของเรา", "วิธีคำนวณ", "ปีการศึกษา ๒๕๖๙")
    for words in (*written, *printed):
        assert words in year_paper
    assert [year_paper.pages[at][-1] for at in range(1, 7)] == ["ก", "ข", "ค", "ง", "จ", "๑"]


def test_the_contents_tell_the_real_pages(year_paper):
    contents = "".join(year_paper.pages[2:5])
    places = {
        normalized(line.title): year_paper.reader.get_destination_page_number(line)
        for line in flat(year_paper.reader.outline)
    }
    first = places["บทที่๑บทนําและบริบท"]
    del places["สารบัญ"]
    assert len(places) == 25
    for title, at in places.items():
        number = official_digits(str(at - first + 1)) if at >= first else "กขคงจ"[at - 1]
        assert year_paper.pages[at].endswith(number)
        assert re.search(rf"{re.escape(title)}\.+{number}(?![๐-๙])", contents)


def test_tables_charts_and_abbreviations_are_listed(year_paper):
    contents = "".join(year_paper.pages[2:5])
    for line in (
        r"ตารางที่๑จํานวนโรงเรียนในแต่ละภาคเรียน.*?\.+[๐-๙]+",
        r"แผนภูมิที่๑จํานวนโรงเรียนที่ดําเนินการเสร็จในแต่ละขั้น.*?\.+[๐-๙]+",
        r"PNIดัชนีลําดับความสําคัญของความต้องการ",
    ):
        assert re.search(line, contents)
    titles = [line.title for line in flat(year_paper.reader.outline)]
    assert not [title for title in titles if title.startswith(("ตาราง", "แผนภูมิ"))]


def flat(outline):
    for line in outline:
        yield from flat(line) if isinstance(line, list) else [line]


@pytest.mark.db_agnostic
def test_a_report_of_ten_pages_begins_with_its_contents(agreed):
    figures = term_report(agreed)
    short = report_pdf({"figures": figures, "document": DOCUMENT_ENTRY})
    figures["recommendations"] *= 250
    long = report_pdf({"figures": figures, "document": DOCUMENT_ENTRY})
    assert "สารบัญ" not in first_page_of(short)
    assert re.search(r"๖\.ข้อเสนอแนะและการติดตาม\.+[๐-๙]+", first_page_of(long))


def first_page_of(paper: bytes) -> str:
    return normalized(pypdf.PdfReader(io.BytesIO(paper)).pages[0].extract_text())


@pytest.mark.parametrize("lines", [2, 9, 16])
def test_the_signature_never_stands_alone(lines, agreed):
    figures = term_report(agreed)
    figures["recommendations"] *= lines
    last = pages_of({"figures": figures, "document": DOCUMENT_ENTRY})[-1]
    assert "(ลงชื่อ)" in last
    assert "เห็นชอบสรุปผล" in last


@pytest.mark.parametrize("lines", [16, 17, 18, 19])
def test_a_standard_is_not_cut_where_its_table_begins(lines, agreed):
    figures = term_report(agreed)
    figures["visit"]["school_comment"] = "\n".join(["รับทราบ"] * lines)
    pages = pages_of({"figures": figures, "document": DOCUMENT_ENTRY})
    start = next(page for page in pages if "มาตรฐานและผู้ประเมิน" in page)
    table = start.partition("มาตรฐานและผู้ประเมิน")[2]
    assert "มาตรฐานทดสอบ" in table
    assert "ศึกษานิเทศก์" in table


def pages_of(snapshot) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(render_pdf(paper_html(snapshot)))).pages
    return [normalized(page.extract_text()) for page in pages]


def test_a_sample_says_so_on_every_page(agreed, group_director, issue):
    type(agreed).objects.filter(pk=agreed.pk).update(is_sample=True)
    agreed.refresh_from_db()
    paper = PdfDocument(issue(scenarios.report_prepared(agreed, by=group_director)))
    assert all("ข้อมูลตัวอย่าง" in page for page in map(unsplit, paper.pages))


def unsplit(text: str) -> str:
    return text.replace("\u0e4d\u0e32", "\u0e33")


def test_the_paper_tells_how_to_prove_it(prepared, issue):
    issued = issue(prepared)
    paper, code = PdfDocument(issued), issued.code
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in paper
    assert f"/verify/{code}/" in paper
    assert official_digits(issued.number) in paper


def test_an_acting_director_signs_as_one(prepared, area_director, issue):
    area_director.appointments.update(title="ผู้อำนวยการเขต", capacity="in_place_of")
    area_director.__dict__.pop("_appointments", None)
    assert "รักษาราชการแทนผู้อำนวยการเขต" in PdfDocument(issue(prepared))


@pytest.mark.parametrize(
    "kept",
    [
        "https://drive.google.com/file/d/1a2B3?usp=1&amp;x=2#p3",
        "http://127.0.0.1:8000/a/12",
        "www.loei1.go.th/doc2567.pdf",
        "loei1.go.th/12",
        "school.2567+ก.1@loei1.go.th".replace("ก", "a"),
        "ISO9001",
        "DLTV2",
    ],
)
def test_addresses_and_codes_keep_their_digits(kept):
    """As people type them: a Thai digit in an address leads nowhere."""
    assert official_digits(f"<p>ข้อ 3 ดูที่{kept} หน้า 4</p>") == f"<p>ข้อ ๓ ดูที่{kept} หน้า ๔</p>"


def test_digits_next_to_latin_words_are_still_thai():
    assert official_digits("<p>PLC 2 ครั้ง ร้อยละ 4.50</p>") == "<p>PLC ๒ ครั้ง ร้อยละ ๔.๕๐</p>"


def test_digits_turn_thai_in_text_only():
    html = '<h2 class="a1">ข้อ 12 &#x27;</h2><b translate="no">A2</b>'
    assert official_digits(html) == '<h2 class="a1">ข้อ ๑๒ &#x27;</h2><b translate="no">A2</b>'


@pytest.mark.parametrize(
    "url", ["http://192.0.2.1/x.css", "file:///etc/passwd", "font:../x", "font:"]
)
def test_a_paper_fetches_nothing_but_our_fonts(url):
    with pytest.raises(ValueError, match="may not fetch"):
        fetch_paper_font(url)


def test_what_people_type_is_not_markup(agreed):
    figures = term_report(agreed)
    figures["school"] = "<script>1</script>"
    html = paper_html({"figures": figures, "document": DOCUMENT_ENTRY})
    assert "<script>" not in html
