"""Makes the PDF of a bundle: draws the papers that are not kept, and joins them below a list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reports.book.drawing import draw_part, draw_parts
from reports.book.joining import LINK_SCHEME, join_parts
from reports.book.layout import PartBookmark, PartLayout, book_bookmarks, part_layout
from reports.book.making import BookProgress, draw_contents
from reports.book.part_files import is_kept, part_file
from reports.book.parts import BookPart
from reports.data.schema import AreaHeading
from reports.emblem import emblem_images
from reports.papers.bundle_parts import BundlePaper
from reports.papers.office_paper import OfficePaper

if TYPE_CHECKING:
    from schools.models import School

SCHOOL_LEVEL, PAPER_LEVEL = 1, 2
A4_HEIGHT = 842


class BundleLine(NamedTuple):
    """One paper in the list of a bundle, with its page and a link that the joined file has."""

    paper: BundlePaper
    page: str
    link: str


@dataclass(frozen=True)
class BundleCover(OfficePaper):
    """The first pages of a bundle: whose papers, of which day, and the list of them.

    `of` says which papers, of which `period`; `subject` names the schools, `reader` is for whom
    it was made.
    """

    template = "reports/paper/bundle.html"

    of: str
    period: str
    subject: str
    reader: str
    area: AreaHeading
    is_sample: bool
    made_at: datetime
    lines: Sequence[BundleLine] = ()

    @property
    def name(self) -> str:
        return self.of

    @property
    def title(self) -> str:
        return f"{self.name} {self.subject} {self.period}"

    @property
    def images(self) -> dict[str, bytes]:
        return emblem_images(self.area)

    @property
    def school_names(self) -> list[str]:
        return [line.paper.school.name for line in self.lines]


def bundle_pdf(cover: BundleCover, papers: Sequence[BundlePaper], progress: BookProgress) -> bytes:
    """The papers in their order, the pages numbered through in the upper corner."""
    files = {paper.part: part_file(paper.part) for paper in papers}
    missing = [(part, file) for part, file in files.items() if not is_kept(file)]
    progress.begin(parts=len(files) + 1, to_draw=len(missing) + 1)  # with the list
    draw_parts(missing, progress.drawn)
    layouts = _layouts(papers, files)
    content = join_parts([_cover_layout(cover, papers, layouts), *layouts], in_corner=True)
    progress.drawn(len(missing) + 1)
    return content


def _layouts(papers: Sequence[BundlePaper], files: dict[BookPart, Path]) -> list[PartLayout]:
    """The drawn papers, each with one bookmark, the first of a school with the school's too."""
    found: list[PartLayout] = []
    school: School | None = None
    for paper in papers:
        layout = part_layout(paper.part, files[paper.part])
        heads = [PartBookmark(paper.title, PAPER_LEVEL, 0, 0, A4_HEIGHT)]
        if paper.school != school:
            school = paper.school
            heads.insert(0, PartBookmark(school.name, SCHOOL_LEVEL, 0, 0, A4_HEIGHT))
        found.append(replace(layout, bookmarks=tuple(heads)))
    return found


def _cover_layout(
    cover: BundleCover, papers: Sequence[BundlePaper], layouts: Sequence[PartLayout]
) -> PartLayout:
    """The list with the pages of the papers after it."""

    def draw(expected: int) -> PartLayout:
        part = _cover_part(cover, papers, layouts, expected)
        return part_layout(part, draw_part((part, part_file(part))))

    return draw_contents(draw, 1)


def _cover_part(
    cover: BundleCover,
    papers: Sequence[BundlePaper],
    layouts: Sequence[PartLayout],
    pages: int,
) -> BookPart:
    undrawn = PartLayout(BookPart("list", "", ()), Path(), pages, ())
    marks = enumerate(book_bookmarks([undrawn, *layouts]))
    heads = [(number, mark) for number, mark in marks if mark.at.level == PAPER_LEVEL]
    lines = [
        BundleLine(paper, mark.number, f"{LINK_SCHEME}{number}")
        for paper, (number, mark) in zip(papers, heads, strict=True)
    ]
    listing = replace(cover, lines=lines)
    return BookPart("list", listing.as_html(), (), images=tuple(listing.images.items()))
