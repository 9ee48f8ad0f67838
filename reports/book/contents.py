"""The contents of a book: headings, tables and charts with the pages on which they stand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reports.book.joining import LINK_SCHEME
from reports.book.layout import (
    CHART_LABEL,
    TABLE_LABEL,
    BookBookmark,
    PartBookmark,
    PartLayout,
)
from reports.book.parts import BookPages, BookPart, PageNumbering

DEEPEST_LEVEL = 2
CONTENTS_KEY = "contents"


@dataclass(frozen=True)
class ContentsLine:
    """One heading or caption; the joined book turns `link` into a link to it."""

    title: str
    level: int
    page: str
    link: str


@dataclass(frozen=True)
class ContentsList:
    """One list of the contents under its heading."""

    heading: str
    lines: list[ContentsLine]


def contents_part(pages: BookPages, bookmarks: Iterable[BookBookmark]) -> BookPart:
    """Chapters and sections, then tables and charts where there are any; not the contents."""
    marks = [mark for mark in enumerate(bookmarks) if mark[1].part.key != CONTENTS_KEY]
    lists = [
        ContentsList("สารบัญ", list(contents_lines(marks, is_listed_heading))),
        ContentsList("สารบัญตาราง", list(contents_lines(marks, _begins_with(TABLE_LABEL)))),
        ContentsList("สารบัญแผนภูมิ", list(contents_lines(marks, _begins_with(CHART_LABEL)))),
    ]
    shown = [one for one in lists if one.lines]
    html = pages.page("reports/paper/book/contents.html", lists=shown)
    return BookPart(CONTENTS_KEY, html, pages.names, PageNumbering.LETTERS)


def contents_lines(
    marks: Iterable[tuple[int, BookBookmark]], is_listed: Callable[[PartBookmark], bool]
) -> Iterator[ContentsLine]:
    """The marks that are listed, of all of a book with their places among them."""
    for number, mark in marks:
        if is_listed(mark.at):
            level = 1 if mark.at.is_caption else mark.at.level
            yield ContentsLine(mark.at.title, level, mark.number, f"{LINK_SCHEME}{number}")


def is_listed_heading(mark: PartBookmark) -> bool:
    """Whether it is a chapter or a section."""
    return mark.level <= DEEPEST_LEVEL and not mark.is_caption


def _begins_with(label: str) -> Callable[[PartBookmark], bool]:
    return lambda mark: mark.title.startswith(label)


def undrawn_contents(pages: int) -> PartLayout:
    """The contents as long as their pages are only guessed, with the bookmark of their heading."""
    part = BookPart(CONTENTS_KEY, "", (), PageNumbering.LETTERS)
    return PartLayout(part, Path(), pages, (PartBookmark("สารบัญ", 1, 0, 0, 0),))
