"""A joined book read by two readers: pages, numbers, contents, bookmarks, links, fonts, text."""

import io
import re

import pikepdf
import pypdf
import pypdfium2
import pytest

from reports.book.making import make_book
from reports.book.page_numbers import LETTERS, page_label
from reports.book.parts import PageNumbering, book_parts
from reports.typography import official_digits
from tests.pdf_readers import READERS, pdfium_text
from tests.reports.conftest import normalized

pytestmark = pytest.mark.db_agnostic

FRONT = ["คำนำ", "สารบัญ", "บทสรุปผู้บริหาร"]


def pages_by_pypdf(book: bytes) -> list[str]:
    return [normalized(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(book)).pages]


def pages_by_pdfium(book: bytes) -> list[str]:
    with pypdfium2.PdfDocument(book) as document:
        return [normalized(page.get_textpage().get_text_range()) for page in document]


def labels_of(book: bytes) -> list[str]:
    """What a reader's page box says of each page."""
    return pypdf.PdfReader(io.BytesIO(book)).page_labels


def bookmarks_by_pypdf(book: bytes) -> list[tuple[str, int]]:
    reader = pypdf.PdfReader(io.BytesIO(book))
    return [(line.title, reader.get_destination_page_number(line)) for line in flat(reader.outline)]


def flat(outline):
    for line in outline:
        yield from flat(line) if isinstance(line, list) else [line]


def bookmarks_by_pdfium(book: bytes) -> list[tuple[str, int]]:
    with pypdfium2.PdfDocument(book) as document:
        return [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]


@pytest.mark.parametrize("read", [pages_by_pypdf, pages_by_pdfium])
def test_pages_are_numbered_through(book, read):
    pages, labels = read(book), labels_of(book)
    first = labels.index("๑")
    assert labels[:first] == ["ปก", *LETTERS[: first - 1]]
    assert labels[first:] == [official_digits(str(at + 1)) for at in range(len(labels) - first)]
    for page, label in zip(pages[1:], labels[1:], strict=True):
        assert page.endswith(label)
    assert not pages[0].endswith("ก")


def test_both_readers_find_the_same_bookmarks(book):
    marks = bookmarks_by_pypdf(book)
    assert marks == bookmarks_by_pdfium(book)
    assert [title for title, _ in marks[:3]] == FRONT


def test_a_bookmark_leads_to_its_heading_and_the_contents_say_the_page(book):
    pages, labels, marks = pages_by_pypdf(book), labels_of(book), bookmarks_by_pypdf(book)
    contents = "".join(pages[dict(marks)["สารบัญ"] : dict(marks)["บทสรุปผู้บริหาร"]])
    for title, at in marks:
        assert normalized(title) in pages[at]
        if title != "สารบัญ":
            assert re.search(rf"{re.escape(normalized(title))}\.+{labels[at]}(?![๐-๙])", contents)


def test_a_line_of_the_contents_is_a_link_to_its_page(book):
    with pikepdf.open(io.BytesIO(book)) as pdf:
        links = [link for page in pdf.pages for link in page.obj.get("/Annots", ())]
        targets = [(pikepdf.Page(link.Dest[0]).index, float(link.Dest[3])) for link in links]
    outline = flat(pypdf.PdfReader(io.BytesIO(book)).outline)
    marks = dict(zip(bookmarks_by_pypdf(book), (float(mark.top) for mark in outline), strict=True))
    headings = [(at, top) for (title, at), top in marks.items() if title != "สารบัญ"]
    # A line is several boxes, each of them a link; after the headings come tables and charts.
    assert list(dict.fromkeys(targets))[: len(headings)] == headings
    assert len(set(targets)) > len(headings)


def test_titles_of_bookmarks_have_no_signs_that_nobody_sees(book):
    assert not any({"\u200b", "\u2060"} & set(title) for title, _ in bookmarks_by_pypdf(book))


def test_each_face_is_in_the_book_once(book):
    with pikepdf.open(io.BytesIO(book)) as pdf:
        fonts = {
            font.objgen: str(font.BaseFont).partition("+")[2]
            for page in pdf.pages
            for font in page.obj.Resources.Font.values()
        }
    assert sorted(fonts.values()) == ["Nithet-Paper", "Nithet-Paper-Bold"]


@pytest.mark.parametrize("read", READERS)
def test_words_are_found_as_they_are_typed(book, read):
    text = read(book)
    for word in ("คำนำ", "ที่", "ดำเนินการ", "คำนวณ", "ต่ำกว่า", "กำหนดเสร็จ"):
        assert word in text


def test_the_running_head_is_on_every_page_but_the_cover(book, snapshot):
    head = normalized(f"{snapshot['document']['title']} ๒๕๖๙")
    assert all(head in page for page in pages_by_pypdf(book)[1:])


def test_the_same_snapshot_gives_the_same_bytes(book, snapshot, settings, tmp_path):
    assert make_book(snapshot, {}) == book
    settings.BOOK_PARTS_ROOT = tmp_path / "empty"
    assert make_book(snapshot, {}) == book


def test_a_draft_says_so_under_each_page_and_keeps_its_text(book, snapshot):
    draft = make_book(snapshot, {}, watermark="ร่าง")
    with pypdfium2.PdfDocument(draft) as document:
        assert all("ร่าง" in page.get_textpage().get_text_range() for page in document)
    assert "ร่าง" not in pdfium_text(book)
    assert [page.replace("ร่าง", "", 1) for page in pages_by_pypdf(draft)] == pages_by_pypdf(book)


@pytest.mark.parametrize(
    ("numbering", "number", "label"),
    [
        (PageNumbering.NONE, 1, ""),
        (PageNumbering.LETTERS, 1, "ก"),
        (PageNumbering.LETTERS, 4, "ง"),
        (PageNumbering.LETTERS, 42, "๔๒"),
        (PageNumbering.DIGITS, 367, "๓๖๗"),
    ],
)
def test_how_a_page_is_numbered(numbering, number, label):
    assert page_label(numbering, number) == label


def test_a_book_without_a_foreword_is_signed_at_its_end(snapshot):
    snapshot["parts"] = [
        {
            "key": "discussion",
            "label": "บทที่ 1",
            "title": "อภิปรายผล",
            "level": 1,
            "blocks": [{"kind": "list", "items": [[{"text": "ข้อ 1", "bold": True}]]}],
            "figures": False,
        }
    ]
    keys = [part.key for part in book_parts(snapshot, {})]
    assert keys == ["cover", "body-1"]
    pages = pages_by_pypdf(make_book(snapshot, {}))
    assert "(ลงชื่อ)" in pages[-1]
    assert normalized("บทที่ ๑ อภิปรายผล") in pages[-1]
    assert "สารบัญ" in pages[1]


def test_a_year_without_schools_has_its_book(snapshot):
    for key in ("schools", "recommendations", "support", "practices", "terms", "trends"):
        snapshot["figures"][key] = []
    pages = pages_by_pypdf(make_book(snapshot, {}))
    assert any("ผลรายโรงเรียน" in page for page in pages[3:])
    assert "ไม่มีข้อเสนอแนะที่ตกลงร่วมกับโรงเรียน" in "".join(pages)


def test_a_long_title_leaves_room_for_the_number_of_its_page(snapshot):
    name = "โรงเรียน" + "บ้านห้วยน้ำเมยตะวันออกเฉียงเหนือ" * 3
    snapshot["figures"]["schools"][0]["school"] = name
    pages = pages_by_pypdf(make_book(snapshot, {}))
    assert re.search(rf"{normalized(name)}\.+[๐-๙]+", "".join(pages[1:6]))
