"""Where everything is in a book: the pages of its parts and their headings, before it is joined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import OutlineItem

from reports.book.page_numbers import page_label
from reports.book.parts import BookPart, PageNumbering

# What stands before the caption of a table or chart that the book lists (papers/book.css).
TABLE_LABEL, CHART_LABEL = "ตารางที่ ", "แผนภูมิที่ "
_UNSEEN = str.maketrans("", "", "\u200b\u2060")


@dataclass(frozen=True)
class PartBookmark:
    """A heading or a caption of a part: its level in the book, its place in the part (points)."""

    title: str
    level: int
    page: int
    left: float
    top: float

    @property
    def is_caption(self) -> bool:
        """Whether it is of a table or chart, and no heading."""
        return self.title.startswith((TABLE_LABEL, CHART_LABEL))


@dataclass(frozen=True)
class PartLayout:
    """A drawn part: its file, how many pages that has, its headings and captions."""

    part: BookPart
    file: Path
    pages: int
    bookmarks: tuple[PartBookmark, ...]


@dataclass(frozen=True)
class BookPage:
    """A page of the book: in which part it is, and its number, "" where none is printed."""

    part: BookPart
    number: str


@dataclass(frozen=True)
class BookBookmark:
    """A heading or caption of the book on its page, counted from 0; `number` is printed there."""

    at: PartBookmark
    part: BookPart
    page: int
    number: str

    @property
    def destination(self) -> dict[str, Any]:
        return {"page_location": "XYZ", "left": self.at.left, "top": self.at.top}


def part_layout(part: BookPart, file: Path) -> PartLayout:
    """Read from the file of the part."""
    with pikepdf.open(file) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        with pdf.open_outline() as outline:
            found = tuple(_bookmarks(outline.root, part.level, numbers))
        return PartLayout(part, file, len(pdf.pages), found)


def _bookmarks(
    items: Sequence[OutlineItem], level: int, numbers: dict[Any, int]
) -> Iterator[PartBookmark]:
    for item in items:
        place: Any = item.destination
        page, _, left, top, *_ = place  # as WeasyPrint writes them: [page /XYZ x y 0]
        title = item.title.translate(_UNSEEN)
        yield PartBookmark(title, level, numbers[page.objgen], float(left), float(top))
        yield from _bookmarks(item.children, level + 1, numbers)


def book_pages(layouts: Sequence[PartLayout]) -> list[BookPage]:
    """The pages in order; front matter and body are each counted from 1."""
    pages: list[BookPage] = []
    counted = dict.fromkeys(PageNumbering, 0)
    for layout in layouts:
        for _ in range(layout.pages):
            counted[layout.part.numbering] += 1
            number = page_label(layout.part.numbering, counted[layout.part.numbering])
            pages.append(BookPage(layout.part, number))
    return pages


def book_bookmarks(layouts: Sequence[PartLayout]) -> list[BookBookmark]:
    """The headings and captions in order."""
    pages, found, first = book_pages(layouts), [], 0
    for layout in layouts:
        for mark in layout.bookmarks:
            page = first + mark.page
            found.append(BookBookmark(mark, layout.part, page, pages[page].number))
        first += layout.pages
    return found
