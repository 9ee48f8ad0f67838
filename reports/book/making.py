"""Makes a book of a snapshot: draws the parts that are not kept, and joins all of them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from reports.book.contents import contents_part, undrawn_contents
from reports.book.drawing import draw_part, draw_parts
from reports.book.joining import join_parts
from reports.book.layout import PartLayout, book_bookmarks, part_layout
from reports.book.part_files import is_kept, missing_parts, part_file
from reports.book.parts import BookPages, BookPart, book_parts, contents_position, pages_of
from reports.data.schema import ReportSnapshot

CONTENTS_LINES = 28
"""About so many lines are on a page of the contents."""
CAPTION_LINES = 2
OTHER_CONTENTS_LINES = 14
"""About so many more are the headings of the contents and the abbreviations at their end."""
MOST_TRIES = 4


class BookProgress:
    """Gets how far a book is, here to no end; what `drawn` raises ends the making."""

    def begin(self, *, parts: int, to_draw: int) -> None:
        """So many parts has the book, and so many of them have to be drawn."""

    def drawn(self, number: int) -> None:
        """So many of them are drawn by now."""


def make_book(
    snapshot: ReportSnapshot,
    images: Mapping[str, bytes],
    progress: BookProgress | None = None,
    *,
    watermark: str = "",
) -> bytes:
    """The PDF of the year's report; a draft has a word such as ร่าง under each page."""
    progress = progress or BookProgress()
    pages = pages_of(snapshot)
    parts = book_parts(snapshot, images)
    missing = missing_parts(parts)
    progress.begin(parts=len(parts) + 1, to_draw=len(missing) + 1)  # with the contents
    draw_parts(missing, progress.drawn)
    layouts = _with_contents(pages, [part_layout(part, part_file(part)) for part in parts])
    progress.drawn(len(missing) + 1)
    return join_parts(layouts, _draw_now(pages.watermark(watermark)) if watermark else None)


def _draw_now(part: BookPart) -> Path:
    """The file of the part, drawn here unless it is kept."""
    file = part_file(part)
    return file if is_kept(file) else draw_part((part, file))


def _with_contents(pages: BookPages, layouts: Sequence[PartLayout]) -> list[PartLayout]:
    """The parts with the contents among them."""
    before = contents_position([layout.part for layout in layouts])

    def draw(expected: int) -> PartLayout:
        undrawn = undrawn_contents(expected)
        bookmarks = book_bookmarks([*layouts[:before], undrawn, *layouts[before:]])
        part = contents_part(pages, bookmarks)
        return part_layout(part, _draw_now(part))

    contents = draw_contents(draw, _contents_lines(layouts) // CONTENTS_LINES + 1)
    return [*layouts[:before], contents, *layouts[before:]]


def draw_contents(draw: Callable[[int], PartLayout], pages: int) -> PartLayout:
    """Contents drawn for a number of pages, again where they took more or fewer than that.

    They shift what they list: `draw` gets how many pages to count on, `pages` is the first guess.
    """
    for _ in range(MOST_TRIES):
        contents = draw(pages)
        if contents.pages == pages:
            break
        pages = contents.pages
    return contents


def _contents_lines(layouts: Sequence[PartLayout]) -> int:
    marks = [mark for layout in layouts for mark in layout.bookmarks]
    return OTHER_CONTENTS_LINES + sum(CAPTION_LINES if mark.is_caption else 1 for mark in marks)
