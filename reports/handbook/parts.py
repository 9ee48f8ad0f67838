"""The parts of a handbook in printing order, each drawn by itself and kept.

Only the cover, the foreword, the structure, the duties and the appendix know whose handbook it
is; the other parts are those of all officers of a year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from reports.book.contents import CONTENTS_KEY, ContentsLine
from reports.book.parts import BookPart, PageNumbering
from reports.emblem import emblem_images
from reports.handbook.content import HandbookContent
from reports.papers.order_paper import OrderPaper

SECTION_LEVEL = 2
FRONT_PARTS = 2  # the cover and the foreword stand before the contents


@dataclass(frozen=True)
class HandbookPages:
    """Renders the templates of one handbook."""

    content: HandbookContent

    def page(self, template: str, **more: object) -> str:
        return render_to_string(template, {"r": self.content, "fragments": ()} | more)

    def part(
        self,
        key: str,
        template: str,
        *,
        numbering: PageNumbering = PageNumbering.DIGITS,
        level: int = 1,
        **more: object,
    ) -> BookPart:
        """A part of one template between the head and foot of all."""
        fragment = render_to_string(template, {"r": self.content} | more)
        html = self.page("reports/paper/handbook/page.html", fragments=[fragment])
        return BookPart(key, html, (), numbering, level)

    def contents(self, lines: Sequence[ContentsLine]) -> BookPart:
        html = self.page("reports/paper/handbook/contents.html", lines=lines)
        return BookPart(CONTENTS_KEY, html, (), PageNumbering.LETTERS)


def handbook_parts(content: HandbookContent) -> list[BookPart]:
    """All parts but the contents, which follow the foreword when the pages are known."""
    pages = HandbookPages(content)
    letters = PageNumbering.LETTERS
    return [
        _cover(pages),
        pages.part("foreword", "reports/paper/handbook/foreword.html", numbering=letters),
        pages.part("roles", "reports/paper/handbook/roles.html"),
        pages.part("structure", "reports/paper/handbook/structure.html"),
        pages.part("duties", "reports/paper/handbook/duties.html"),
        *_process_parts(pages),
        pages.part("quality_drive", "reports/paper/handbook/quality_drive.html"),
        pages.part("appendix", "reports/paper/handbook/appendix.html"),
        *(_order_part(paper) for paper in content.order_papers),
        pages.part("readings", "reports/paper/handbook/readings.html"),
    ]


def _cover(pages: HandbookPages) -> BookPart:
    html = pages.page("reports/paper/handbook/cover.html")
    images = tuple(emblem_images(pages.content.area).items())
    return BookPart("cover", html, (), PageNumbering.NONE, images=images)


def _order_part(paper: OrderPaper) -> BookPart:
    """An order as its own paper has it, with its annex."""
    images = tuple(paper.images.items())
    return BookPart(
        f"order-{paper.order.pk}", paper.as_html(), (), level=SECTION_LEVEL, images=images
    )


def _process_parts(pages: HandbookPages) -> Iterator[BookPart]:
    """Each process with its texts, then its sheet, where the manual has one."""
    for at, chapter in enumerate(pages.content.processes):
        code, is_first = chapter.process.code, at == 0
        yield pages.part(
            code,
            "reports/paper/handbook/process.html",
            level=1 if is_first else SECTION_LEVEL,
            chapter=chapter,
            is_first=is_first,
        )
        if chapter.sheets:
            yield pages.part(f"{code}-sheet", "reports/paper/handbook/sheet.html", chapter=chapter)
