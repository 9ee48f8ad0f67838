"""Makes a book of a snapshot: draws the parts that are not kept, and joins all of them."""

from collections.abc import Mapping, Sequence
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
    """Told how far a book is, and does nothing with it; what `drawn` raises ends the making."""

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
    """The parts with the contents among them, drawn again if they took more pages than thought."""
    before = contents_position([layout.part for layout in layouts])
    pages_taken = _contents_lines(layouts) // CONTENTS_LINES + 1
    for _ in range(MOST_TRIES):
        expected = undrawn_contents(pages_taken)
        bookmarks = book_bookmarks([*layouts[:before], expected, *layouts[before:]])
        part = contents_part(pages, bookmarks)
        contents = part_layout(part, _draw_now(part))
        if contents.pages == pages_taken:
            break
        pages_taken = contents.pages
    return [*layouts[:before], contents, *layouts[before:]]


def _contents_lines(layouts: Sequence[PartLayout]) -> int:
    marks = [mark for layout in layouts for mark in layout.bookmarks]
    return OTHER_CONTENTS_LINES + sum(CAPTION_LINES if mark.is_caption else 1 for mark in marks)
