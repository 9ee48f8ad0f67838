"""Joins the drawn parts into one PDF: pages, fonts, numbers, bookmarks and links.

The same parts give the same bytes. The parts' tags are not kept, for the book is drawn without
them (docs/decisions/0019-tagged-papers.md).
"""

import io
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Name, OutlineItem

from reports.book.fonts import BookFonts
from reports.book.layout import BookBookmark, BookPage, PartLayout, book_bookmarks, book_pages
from reports.book.page_numbers import PageNumberWriter

LINK_SCHEME = "bookmark:"


def join_parts(
    layouts: Sequence[PartLayout], watermark: Path | None = None, *, in_corner: bool = False
) -> bytes:
    """The whole book as one PDF; with a watermark, the first page of that file lies under each.

    Page numbers stand at the foot, or in the upper corner of papers that have their own there.
    """
    with ExitStack() as opened:
        book = opened.enter_context(pikepdf.new())
        fonts = BookFonts(book)
        parts = [opened.enter_context(pikepdf.open(layout.file)) for layout in layouts]
        for part in parts:
            _add_pages(book, part, fonts)
        under = None
        if watermark:
            under = _add_form(book, opened.enter_context(pikepdf.open(watermark)), fonts)
        writer = PageNumberWriter(book, fonts, under, in_corner=in_corner)
        for page, printed in zip(book.pages, book_pages(layouts), strict=True):
            writer.write(page, printed.number)
        fonts.write()
        _add_navigation(book, book_pages(layouts), book_bookmarks(layouts))
        _describe(book, parts[0])
        return _bytes_of(book)


def _add_pages(book: pikepdf.Pdf, part: pikepdf.Pdf, fonts: BookFonts) -> None:
    first = len(book.pages)
    book.pages.extend(part.pages)
    fonts.share(book.pages[first].obj.Resources)


def _add_form(book: pikepdf.Pdf, drawn: pikepdf.Pdf, fonts: BookFonts) -> pikepdf.Object:
    form = book.copy_foreign(drawn.pages[0].as_form_xobject())
    fonts.share(form.Resources)
    return form


def _add_navigation(
    book: pikepdf.Pdf, pages: Sequence[BookPage], bookmarks: Sequence[BookBookmark]
) -> None:
    _write_bookmarks(book, bookmarks)
    _connect_links(book, bookmarks)
    _write_labels(book, pages)


def _write_bookmarks(book: pikepdf.Pdf, bookmarks: Sequence[BookBookmark]) -> None:
    with book.open_outline() as outline:
        parents: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for mark in bookmarks:
            if mark.at.is_caption:
                continue
            while parents[-1][0] >= mark.at.level:
                parents.pop()
            item = OutlineItem(mark.at.title, mark.page, **mark.destination)
            parents[-1][1].append(item)
            parents.append((mark.at.level, item.children))


def _connect_links(book: pikepdf.Pdf, bookmarks: Sequence[BookBookmark]) -> None:
    """A link of the contents goes to its page."""
    for page in book.pages:
        links: Any = page.obj.get("/Annots", ())
        for link in links:
            target = str(link.A.URI) if "/A" in link else ""
            if target.startswith(LINK_SCHEME):
                mark = bookmarks[int(target.removeprefix(LINK_SCHEME))]
                place = [book.pages[mark.page].obj, Name.XYZ, mark.at.left, mark.at.top, 0]
                link.Dest = pikepdf.Array(place)
                del link["/A"]


def _write_labels(book: pikepdf.Pdf, pages: Sequence[BookPage]) -> None:
    """What a reader's page box says: the printed number, or that it is the cover."""
    labels: list[Any] = []
    for at, page in enumerate(pages):
        labels += [at, pikepdf.Dictionary(P=page.number or "ปก")]
    book.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))


def _describe(book: pikepdf.Pdf, first: pikepdf.Pdf) -> None:
    """Title, author and language of the first part are those of the book."""
    for key, value in first.docinfo.items():
        book.docinfo[key] = str(value)
    book.Root.Lang = pikepdf.String(str(first.Root.Lang))
    book.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def _bytes_of(book: pikepdf.Pdf) -> bytes:
    content = io.BytesIO()
    book.save(
        content,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return content.getvalue()
