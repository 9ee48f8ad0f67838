"""The contents of a book: its headings with the pages on which they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reports.book.joining import LINK_SCHEME
from reports.book.layout import BookBookmark, PartBookmark, PartLayout
from reports.book.parts import BookPages, BookPart, PageNumbering

DEEPEST_LEVEL = 2
CONTENTS_KEY = "contents"


@dataclass(frozen=True)
class ContentsLine:
    """One heading; the joined book turns `link` into a link to it."""

    title: str
    level: int
    page: str
    link: str


def contents_part(pages: BookPages, bookmarks: Sequence[BookBookmark]) -> BookPart:
    """The list of chapters and sections, but not of itself."""
    lines = [
        ContentsLine(mark.at.title, mark.at.level, mark.number, f"{LINK_SCHEME}{number}")
        for number, mark in enumerate(bookmarks)
        if mark.at.level <= DEEPEST_LEVEL and mark.part.key != CONTENTS_KEY
    ]
    html = pages.page("reports/paper/book/contents.html", lines=lines)
    return BookPart(CONTENTS_KEY, html, pages.names, PageNumbering.LETTERS)


def undrawn_contents(pages: int) -> PartLayout:
    """The contents as long as their pages are only guessed, with the bookmark of their heading."""
    part = BookPart(CONTENTS_KEY, "", (), PageNumbering.LETTERS)
    return PartLayout(part, Path(), pages, (PartBookmark("", 1, 0, 0, 0),))
