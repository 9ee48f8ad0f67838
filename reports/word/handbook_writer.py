"""Writes the texts of a handbook into a Word file: Thai digits, readings marked, gaps said."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO

from docx.shared import Cm

from reports.handbook.readings import HandbookText
from reports.typography import official_digits
from reports.word.render_process import EMBLEM_HEIGHT, NOT_IN_XML
from reports.word.template_writer import Column, TemplateWriter

NOT_IN_MANUAL = "(คู่มือไม่มีข้อความในหัวข้อนี้)"


class HandbookWriter(TemplateWriter):
    """A handbook, written from top to bottom."""

    def __init__(self) -> None:
        super().__init__(is_numbered=False, is_book=True)

    def chapter(self, title: str) -> None:
        self.heading(said(title), 1)

    def section(self, title: str) -> None:
        self.heading(said(title), 2)

    def item(self, title: str) -> None:
        self.heading(said(title), 3)

    def body(self, text: str) -> None:
        self.paragraph(said(text), style="Body Text")

    def small(self, text: str) -> None:
        self.paragraph(said(text), style="Small")

    def texts(self, texts: Sequence[HandbookText], empty: str = NOT_IN_MANUAL) -> None:
        for text in texts:
            title = f"**{text.title}**" if text.title else ""
            self.body(text_line(replace(text, title=title)))
        if empty and not texts:
            self.body(empty)

    def rows(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """A table of words, as official papers write them; a passage may be as long as a page."""
        heads = [column._replace(head=said(column.head)) for column in columns]
        self.table(heads, [[said(cell) for cell in row] for row in rows], rows_break=True)

    def emblem(self, picture: bytes) -> None:
        """The office's picture, or room for it."""
        paragraph = self.paragraph("" if picture else "\n\n\n", centred=True)
        if picture:
            paragraph.add_run().add_picture(BytesIO(picture), height=Cm(EMBLEM_HEIGHT))


def said(text: str) -> str:
    """As official papers write it: with Thai digits, and no sign that a Word file cannot hold."""
    return official_digits(NOT_IN_XML.sub("", text))


def text_line(text: HandbookText) -> str:
    """A text of the manual in one line, with the number of its reading."""
    sign = f"[{text.reading}]" if text.reading else ""
    return " ".join(part for part in (text.number, text.title, text.text, sign) if part)


def text_lines(texts: Iterable[HandbookText]) -> str:
    """Texts below one another, for the cell of a table."""
    return "\n".join(text_line(text) for text in texts)
