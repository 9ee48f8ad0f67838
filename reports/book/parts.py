"""The parts of a year's book: what is drawn by itself, in printing order.

A part is a page of HTML that depends on nothing outside it: neither its place in the book nor the
pages of other parts. So it is drawn once and used until what it says changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports.book.outline import FRONT_KEYS, report_outline
from reports.data.schema import (
    NO_CLUSTER,
    RecommendationRow,
    RegisterEntry,
    ReportPart,
    ReportSnapshot,
    SchoolYear,
    YearReport,
)

SCHOOLS_PER_PART = 2
"""How many schools follow one another before a page begins anew: one that changed is drawn with
the others of its part, and the last page of each part may be nearly empty."""
SHORT_LEDGER = 40
"""A ledger of so many lines follows what stands before it; of a longer one the lines of each
cluster after the first begin a page."""


class PageNumbering(StrEnum):
    """How the pages of a part are numbered: not, ก ข ค, or ๑ ๒ ๓."""

    NONE = "none"
    LETTERS = "letters"
    DIGITS = "digits"


@dataclass(frozen=True)
class BookPart:
    """One part of a book before it is drawn.

    `html` still has the digits and spaces of the templates; `names` of schools are what its
    typography keeps on one line. `level` is that of its first heading, 1 for a chapter.
    `images` are the JPEGs that it shows, by name.
    """

    key: str
    html: str
    names: tuple[str, ...]
    numbering: PageNumbering = PageNumbering.DIGITS
    level: int = 1
    images: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True)
class Fragment:
    """A piece of a part; one that `begins` stands at the head of a part of its own."""

    html: SafeString
    begins: bool
    level: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class BookPages:
    """Renders the templates of one book."""

    figures: YearReport
    document: RegisterEntry

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(school["school"] for school in self.figures["schools"])

    def page(self, template: str, **more: Any) -> str:
        context = {"r": self.figures, "document": self.document, "fragments": ()}
        return render_to_string(template, context | more)

    def watermark(self, word: str) -> BookPart:
        return BookPart("watermark", self.page("reports/paper/book/watermark.html", word=word), ())

    def fragment(
        self,
        template: str,
        more: dict[str, Any] | None = None,
        *,
        begins: bool = False,
        level: int = 2,
    ) -> Fragment:
        context = {"r": self.figures, "document": self.document} | (more or {})
        html = render_to_string(template, context)
        return Fragment(html, begins, level, self.names)


def pages_of(snapshot: ReportSnapshot) -> BookPages:
    """Raises ValueError for a report of another kind, which is drawn whole."""
    figures = snapshot["figures"]
    if figures["kind"] != "year":
        raise ValueError(f"the report of a {figures['kind']} is no book")
    return BookPages(figures, snapshot["document"])


def book_parts(snapshot: ReportSnapshot, images: Mapping[str, bytes]) -> list[BookPart]:
    """All parts but the contents, which follow `contents_position` when the pages are known.

    `images` are those of the cover (reports/emblem.py).
    """
    pages = pages_of(snapshot)
    outline = report_outline(snapshot)
    return [_cover(pages, images), *_front_parts(pages, outline), *_body_parts(pages, outline)]


def _cover(pages: BookPages, images: Mapping[str, bytes]) -> BookPart:
    html, shown = pages.page("reports/paper/book/cover.html"), tuple(images.items())
    return BookPart("cover", html, pages.names, PageNumbering.NONE, images=shown)


def joined_html(parts: Sequence[BookPart]) -> str:
    """All parts as one page of HTML."""
    before, _, after = parts[0].html.partition("<body>")
    bodies = (part.html.partition("<body>")[2].partition("</body>")[0] for part in parts)
    return f"{before}<body>{''.join(bodies)}</body>{after.partition('</body>')[2]}"


def contents_position(parts: Sequence[BookPart]) -> int:
    """The contents follow the foreword, or the cover where there is none."""
    return 2 if parts[1].key == "foreword" else 1


def _front_parts(pages: BookPages, outline: Sequence[ReportPart]) -> Iterator[BookPart]:
    """What stands before the contents or just after them; the first of these is signed."""
    front = [part for part in outline if part["key"] in FRONT_KEYS]
    for at, part in enumerate(front):
        fragments = [_heading(pages, part).html]
        if at == 0:
            fragments.append(_signatures(pages).html)
        html = pages.page("reports/paper/book/page.html", fragments=fragments)
        yield BookPart(part["key"], html, pages.names, PageNumbering.LETTERS)


def _body_parts(pages: BookPages, outline: Sequence[ReportPart]) -> Iterator[BookPart]:
    """The numbered parts, cut where a fragment begins a part of its own."""
    body = [part for part in outline if part["key"] not in FRONT_KEYS]
    fragments = [piece for part in body for piece in _fragments(pages, part)]
    if len(body) == len(outline):  # there is no front part to sign
        fragments.append(_signatures(pages))
    for number, group in enumerate(_cut(fragments), start=1):
        names = tuple(dict.fromkeys(name for piece in group for name in piece.names))
        html = pages.page("reports/paper/book/page.html", fragments=[piece.html for piece in group])
        yield BookPart(f"body-{number}", html, names, level=group[0].level)


def _cut(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    groups: list[list[Fragment]] = []
    for piece in fragments:
        if piece.begins or not groups:
            groups.append([])
        groups[-1].append(piece)
    return groups


def _heading(pages: BookPages, part: ReportPart) -> Fragment:
    is_chapter = part["level"] == 1
    shown = {"part": part}
    return pages.fragment(
        "reports/paper/book/heading.html", shown, begins=is_chapter, level=part["level"]
    )


def _signatures(pages: BookPages) -> Fragment:
    return pages.fragment("reports/paper/book/signatures.html")


def _fragments(pages: BookPages, part: ReportPart) -> Iterator[Fragment]:
    """The heading and text of a part, and the tables that the system puts below it."""
    yield _heading(pages, part)
    if not part["figures"]:
        return
    match part["key"]:
        case "overview":
            yield pages.fragment("reports/parts/year_overview.html")
        case "steps":
            yield from _step_fragments(pages)
        case "results":
            yield pages.fragment("reports/parts/year_overview.html")
            yield from _step_fragments(pages)
        case "schools":
            yield from _school_fragments(pages)
        case "appendix":
            yield pages.fragment("reports/parts/year_appendix.html")


def _step_fragments(pages: BookPages) -> Iterator[Fragment]:
    if learning := pages.figures.get("learning"):
        yield pages.fragment("reports/parts/year_learning.html", {"learning": learning})
    yield pages.fragment("reports/parts/year_steps.html")
    yield pages.fragment("reports/parts/year_ledger_head.html")
    yield from _ledger_fragments(pages)
    yield pages.fragment("reports/parts/year_reporting.html")


def _ledger_fragments(pages: BookPages) -> Iterator[Fragment]:
    ledger = pages.figures["recommendations"]
    clusters = {school["school"]: school["cluster"] for school in pages.figures["schools"]}
    for at, (cluster, lines) in enumerate(_by_cluster(ledger, clusters)):
        shown = {"lines": lines, "of_area": True, "cluster": cluster or NO_CLUSTER}
        begins = at > 0 and len(ledger) > SHORT_LEDGER
        yield pages.fragment("reports/parts/ledger.html", shown, begins=begins)


def _by_cluster(
    lines: Iterable[RecommendationRow], clusters: dict[str, str]
) -> Iterator[tuple[str, list[RecommendationRow]]]:
    """Lines of one cluster after another, those of schools without a cluster last."""

    def cluster_of(line: RecommendationRow) -> str:
        return clusters.get(line["school"], "")

    in_order = sorted(lines, key=lambda line: (not cluster_of(line), cluster_of(line)))
    for cluster, found in groupby(in_order, key=cluster_of):
        yield cluster, list(found)


def _school_fragments(pages: BookPages) -> Iterator[Fragment]:
    """The first schools follow the heading of their part."""
    schools = pages.figures["schools"]
    for at in range(0, len(schools), SCHOOLS_PER_PART):
        yield _schools(pages, schools[at : at + SCHOOLS_PER_PART], begins=at > 0)


def _schools(pages: BookPages, schools: Sequence[SchoolYear], *, begins: bool) -> Fragment:
    html = render_to_string("reports/parts/year_schools.html", {"schools": schools})
    return Fragment(html, begins, 2, tuple(school["school"] for school in schools))
