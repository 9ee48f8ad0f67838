"""Makes the PDF of a handbook: draws the parts that are not kept, and joins all of them."""

from collections.abc import Sequence
from pathlib import Path

from reports.book.contents import contents_lines, is_listed_heading, undrawn_contents
from reports.book.drawing import draw_part, draw_parts
from reports.book.joining import join_parts
from reports.book.layout import PartLayout, book_bookmarks, part_layout
from reports.book.making import BookProgress, draw_contents
from reports.book.part_files import PartToDraw, is_kept, missing_parts, part_file
from reports.book.parts import BookPart
from reports.handbook.content import HandbookContent
from reports.handbook.parts import FRONT_PARTS, HandbookPages, handbook_parts


def handbook_pdf(content: HandbookContent) -> bytes:
    """The handbook with its contents, pages numbered ก ข ค before them and ๑ ๒ ๓ after."""
    parts = handbook_parts(content)
    draw_parts(missing_parts(parts), lambda drawn: None)
    layouts = [part_layout(part, part_file(part)) for part in parts]
    return join_parts(_with_contents(HandbookPages(content), layouts))


def missing_handbook_parts(content: HandbookContent) -> list[PartToDraw]:
    """The parts that have to be drawn before it can be opened, but for the contents."""
    return missing_parts(handbook_parts(content))


def draw_handbook(content: HandbookContent, progress: BookProgress) -> None:
    """Draw what is missing; what `progress` raises ends it."""
    parts = handbook_parts(content)
    missing = missing_parts(parts)
    progress.begin(parts=len(parts), to_draw=len(missing))
    draw_parts(missing, progress.drawn)


def _with_contents(pages: HandbookPages, layouts: Sequence[PartLayout]) -> list[PartLayout]:
    before, after = layouts[:FRONT_PARTS], layouts[FRONT_PARTS:]

    def draw(expected: int) -> PartLayout:
        marks = book_bookmarks([*before, undrawn_contents(expected), *after])
        part = pages.contents(list(contents_lines(enumerate(marks), is_listed_heading)))
        return part_layout(part, _draw_now(part))

    return [*before, draw_contents(draw, 1), *after]


def _draw_now(part: BookPart) -> Path:
    file = part_file(part)
    return file if is_kept(file) else draw_part((part, file))
