"""Writes the Word templates that the portal brings, by python-docx: texts, tables, tags, fields.

A tag of docxtpl in a paragraph or row of its own repeats or leaves out what stands up to its end;
such paragraphs and rows vanish from the report, and so do the comments for whoever edits the
template. Lengths are in centimetres, sizes in points.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from reports.word.template_styles import (
    LABELLED_STYLES,
    TEXT_WIDTH,
    set_languages,
    set_styles,
    word_element,
)

NO_NUMBERS, THAI_LETTERS, THAI_NUMBERS = "none", "thaiLetters", "thaiNumbers"  # page numbers
PAGE_FIELD = {THAI_LETTERS: "THAILETTER", THAI_NUMBERS: "THAIARABIC"}
LABEL_WIDTH = 4.6
TABLE_WORD = "ตาราง"  # before the numbers of captions, and the name by which Word counts them
SAME_AS_ABOVE = "^"  # a cell that is one with the cell above it
CONTENTS_HINT = "คลิกขวาที่ข้อความนี้ แล้วเลือก “อัปเดตเขตข้อมูล” เพื่อทำสารบัญ"
_BOLD = re.compile(r"\*\*(.+?)\*\*")


class Column(NamedTuple):
    """A column of a table: its head, its width, and whether it holds numbers."""

    head: str
    width: float
    is_number: bool = False


Row = Sequence[str] | str
"""Cells; a single cell goes across the table, and a text alone is the tag of a row of its own."""


class TemplateWriter:
    """One template, written from top to bottom."""

    def __init__(
        self,
        *,
        is_numbered: bool = True,
        is_book: bool = False,
        top_margin: float = 2.5,
    ) -> None:
        """The first section is a cover or a paper of one page where it is not numbered.

        In a book chapters begin pages, and the tables that are counted bear a number.
        """
        self.document: Any = Document()
        self.is_book = is_book
        set_styles(self.document)
        if is_book:
            chapter = self.document.styles["Heading 1"].paragraph_format
            chapter.page_break_before, chapter.alignment = True, WD_ALIGN_PARAGRAPH.CENTER
        set_languages(self.document)
        _set_page(self.document.sections[0], THAI_NUMBERS if is_numbered else NO_NUMBERS)
        self.document.sections[0].top_margin = Cm(top_margin)
        properties = self.document.core_properties
        properties.author = properties.comments = ""

    def heading(self, text: str, level: int) -> None:
        self.paragraph(text, style=f"Heading {level}")

    def paragraph(self, text: str, *, style: str = "Normal", centred: bool = False) -> Any:
        """A paragraph; what stands between ** and ** is bold."""
        paragraph = self.document.add_paragraph(style=style)
        _add_runs(paragraph, text)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def caption(self, text: str, *, is_counted: bool = False) -> None:
        """What stands above a table; in a book, with its number where tables are counted."""
        paragraph = self.document.add_paragraph(style="Caption")
        if is_counted and self.is_book:
            paragraph.add_run(f"{TABLE_WORD}ที่ ")
            number = word_element("w:fldSimple", instr=rf" SEQ {TABLE_WORD} \* THAIARABIC ")
            paragraph._p.append(number)
            text = f"  {text}"
        _add_runs(paragraph, text)

    def comment(self, text: str) -> None:
        """A word to whoever edits the template; it is in no report."""
        self.paragraph(f"{{#p {text} #}}", style="Template Tag")

    def tag(self, code: str) -> None:
        self.paragraph(f"{{%p {code} %}}", style="Template Tag")

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        has_head: bool = True,
        rows_break: bool = False,
    ) -> None:
        """A table of fixed widths whose head is repeated on each page.

        Its rows stay whole, unless they may be as long as a page.
        """
        table = self._bare_table([column.width for column in columns])
        table.style = "Table Grid"
        numbers = [column.is_number for column in columns]
        if has_head:
            self._add_row(table, [column.head for column in columns], numbers, "Table Head")
            table.rows[0]._tr.get_or_add_trPr().append(word_element("w:tblHeader"))
        for row in rows:
            self._add_row(table, row, numbers, "Table Text")
            if rows_break:
                properties = table.rows[-1]._tr.trPr
                properties.remove(properties.find(qn("w:cantSplit")))
        self.paragraph("", style="Table Space")

    def particulars(self, rows: Sequence[Row]) -> None:
        """Labels with what they say, without lines."""
        labelled = [row if isinstance(row, str) else [f"**{row[0]}**", *row[1:]] for row in rows]
        self.plain_table([LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH], labelled)

    def plain_table(
        self, widths: Sequence[float], rows: Sequence[Row], *, style: str = "Normal"
    ) -> None:
        """A table without lines and head."""
        table = self._bare_table(widths)
        for row in rows:
            self._add_row(table, row, [False] * len(widths), style)

    def contents(self) -> None:
        """The contents as a field that Word fills in when the report is opened."""
        _add_field(self.document.add_paragraph(), r'TOC \o "1-2" \h \z \u', CONTENTS_HINT)

    def list_of_tables(self) -> None:
        """The captions that bear a number with their pages, as a field too."""
        _add_field(self.document.add_paragraph(), rf'TOC \h \z \c "{TABLE_WORD}"', CONTENTS_HINT)

    def page_break(self) -> None:
        self.document.add_page_break()

    def new_section(self, page_numbers: str) -> None:
        """A new page whose numbers begin at one, written with these letters or digits."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        _set_page(section, page_numbers)

    def bare_first_page(self) -> None:
        """The first page of the section is a cover, without the head of the pages."""
        self.document.sections[-1].different_first_page_header_footer = True

    def header(self, text: str) -> None:
        """What stands at the head of each page of all sections."""
        _add_runs(self.document.sections[0].header.paragraphs[0], text)

    def content(self) -> bytes:
        """The template as a file."""
        file = BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _bare_table(self, widths: Sequence[float]) -> Any:
        table = self.document.add_table(rows=0, cols=len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        table._tblPr.find(qn("w:tblLook")).addprevious(_cell_margins())
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        return table

    def _add_row(self, table: Any, row: Row, numbers: Sequence[bool], style: str) -> None:
        is_tag = isinstance(row, str)
        texts = [f"{{%tr {row} %}}"] if isinstance(row, str) else row
        cells = table.add_row().cells
        table.rows[-1]._tr.get_or_add_trPr().append(word_element("w:cantSplit"))
        if len(texts) == 1:
            cells = [cells[0].merge(cells[-1])]
        for cell, text, is_number in zip(cells, texts, numbers, strict=False):
            _fill_cell(cell, text, "Template Tag" if is_tag else style)
            # A row across the table is a heading.
            cell.paragraphs[0].paragraph_format.keep_with_next = len(texts) == 1
            if is_number and len(texts) > 1:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _merge_upwards(table, texts)


def _merge_upwards(table: Any, texts: Sequence[str]) -> None:
    for at, text in enumerate(texts):
        if text == SAME_AS_ABOVE:
            above, below = table.rows[-2].cells[at], table.rows[-1].cells[at]
            below.paragraphs[0].clear()
            _join_cells(above, below)
            for cell in table.rows[-2].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True


def _join_cells(above: Any, below: Any) -> None:
    """By marks of the cells alone, so that the paragraphs of both stay as they are."""
    for cell, value in ((above, "restart"), (below, "continue")):
        properties = cell._tc.get_or_add_tcPr()
        if properties.find(qn("w:vMerge")) is None:
            properties.append(word_element("w:vMerge", val=value))


def _fill_cell(cell: Any, text: str, style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    _add_runs(paragraph, text)
    if style == "Table Head":
        shading = word_element("w:shd", val="clear", color="auto", fill="EEEEEE")
        cell._tc.get_or_add_tcPr().append(shading)


def _add_runs(paragraph: Any, text: str) -> None:
    """Bold for the letters of complex scripts, to which Thai belongs, is a mark of its own."""
    for at, piece in enumerate(_BOLD.split(text)):
        if piece:
            run = paragraph.add_run(piece)
            if at % 2 and paragraph.style.name in LABELLED_STYLES:
                run.style = "Memo Label"
            elif at % 2:
                run.font.bold = run.font.cs_bold = True


def _cell_margins() -> Any:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(word_element(f"w:{side}", w="60", type="dxa"))
    return margins


# --- Fields and pages ---


def _add_field(paragraph: Any, code: str, shown: str) -> None:
    """A field of Word, which shows this text until Word works it out."""
    begin = word_element("w:fldChar", fldCharType="begin", dirty="true")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    for element in (begin, instruction, word_element("w:fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(element)
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(word_element("w:fldChar", fldCharType="end"))


def _set_page(section: Any, page_numbers: str) -> None:
    """A4 as official papers have it, with the number at the foot of all pages but the cover."""
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2)
    section.header_distance = section.footer_distance = Cm(1.25)
    footer = section.footer
    footer.is_linked_to_previous = False
    if page_numbers != NO_NUMBERS:
        _number_pages(section, page_numbers)


def _number_pages(section: Any, page_numbers: str) -> None:
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    numbering = word_element("w:pgNumType", fmt=page_numbers, start="1")
    section._sectPr.find(qn("w:cols")).addprevious(numbering)
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(paragraph, rf"PAGE \* {PAGE_FIELD[page_numbers]}", "")
