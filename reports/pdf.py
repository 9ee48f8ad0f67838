"""HTML to PDF: the only importer of WeasyPrint, and only when a paper is really made.

The portal starts without Pango; the worker that makes papers needs it.
"""

import atexit
import re
import threading
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from django.conf import settings

from reports.paper_fonts import FACES, FAMILY, paper_font, sara_am_texts

CSS_FOLDER = settings.BASE_DIR / "static" / "css"
# Of rules that weigh the same the later wins: the basics come first.
PAPER_SHEETS = (
    *("base.css", "cover.css", "reports.css", "forms.css", "records.css", "summary.css"),
    *("letters.css", "plan.css", "certificates.css", "bundle.css", "book.css", "memos.css"),
    *("standards.css", "orders.css", "handbook.css", "year-plan.css", "meetings.css"),
    *("profile.css", "agreements.css"),
)
STYLES = [CSS_FOLDER / "charts.css", *(CSS_FOLDER / "papers" / name for name in PAPER_SHEETS)]
FONT_SCHEME = "font:"
IMAGE_SCHEME = "image:"
BREAKING_SPACE = "\u200b"
ROW_GROUP, ROW = 'scope="rowgroup"', 'scope="row"'
_GLYPH_TEXT = re.compile(rb"<([0-9a-f]{4})> <[0-9a-f]*>")

# Several at once are drawn no faster and keep every other page of the process waiting.
_render_lock = threading.Lock()


def render_pdf(
    html: str, images: Mapping[str, bytes] | None = None, *, tagged: bool = True
) -> bytes:
    """A PDF of the page with our own font, style sheet and these JPEGs; it can fetch nothing else.

    The page shows an image as `src="image:name"`, by its name in `images`. With tags the paper can
    be listened to; they make a long book twice as large. Raises PaperFontsMissing where set-up has
    not built the fonts.
    """
    from weasyprint import HTML

    for face in FACES:  # a face that cannot be fetched would be replaced without a word
        paper_font(face)
    fetcher = partial(fetch_for_page, images=images or {})
    # WeasyPrint tags every head as one of a column that is not said to be one of a row, and draws
    # a space of no width a fifth sooner than the element that means the same.
    drawn = html.replace(ROW_GROUP, ROW).replace("<wbr>", BREAKING_SPACE)
    page = HTML(string=drawn, url_fetcher=fetcher)
    with _render_lock:
        return page.write_pdf(finisher=_finish, pdf_tags=tagged, **styles_and_fonts())


@cache
def styles_and_fonts() -> dict[str, Any]:
    """Read once in a process: they take longer than a short paper."""
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    # Its files are deleted while Python can still do so.
    atexit.register(styles_and_fonts.cache_clear)
    shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle()}
    styles = CSS(string=paper_styles(), url_fetcher=fetch_paper_font, **shared)
    return {"stylesheets": [styles], **shared}


def paper_styles() -> str:
    """All styles of papers, as WeasyPrint gets them."""
    return "\n".join(path.read_text(encoding="utf-8") for path in STYLES)


def fetch_for_page(url: str, *args: Any, images: Mapping[str, bytes], **kwargs: Any) -> Any:
    """Answers `image:name` with the JPEG of that name; all else is asked of the fonts."""
    from weasyprint.urls import URLFetcherResponse

    body = images.get(url.removeprefix(IMAGE_SCHEME)) if url.startswith(IMAGE_SCHEME) else None
    if body is None:
        return fetch_paper_font(url)
    return URLFetcherResponse(url, body=body, headers={"Content-Type": "image/jpeg"})


def fetch_paper_font(url: str, *args: Any, **kwargs: Any) -> Any:
    """Answers `font:Bold` with the face that set-up built and refuses every other address."""
    from weasyprint.urls import URLFetcherResponse

    face = url.removeprefix(FONT_SCHEME)
    if url == face or face not in FACES:
        raise ValueError(f"a paper may not fetch {url}")
    body = paper_font(face).read_bytes()
    return URLFetcherResponse(url, body=body, headers={"Content-Type": "font/ttf"})


def _finish(document: Any, pdf: Any) -> None:
    restore_sara_am_text(pdf)
    clean_bookmarks(pdf)
    hide_drawings_without_words(pdf)


def clean_bookmarks(pdf: Any) -> None:
    """Leave no space of no width in the titles of bookmarks: on the pages it is not drawn."""
    for bookmark in pdf.objects:
        if isinstance(bookmark, dict) and "Title" in bookmark and "Dest" in bookmark:
            title = bookmark["Title"]
            title.string = title.string.replace(BREAKING_SPACE, "")


def hide_drawings_without_words(pdf: Any) -> None:
    """Let readers aloud pass over the shapes whose words stand beside them, like a legend's."""
    for tag in pdf.objects:
        if isinstance(tag, dict) and tag.get("S") == "/Figure" and "Alt" not in tag:
            tag["S"] = "/NonStruct"
            del tag["A"]


def restore_sara_am_text(pdf: Any) -> None:
    """Give the glyphs of ำ their text, so that searching the PDF finds the word as it is typed.

    WeasyPrint knows a glyph by the text that it was first drawn for, which is nothing for the
    first of the two that HarfBuzz makes of ำ.
    """
    for font in pdf.objects:
        if (
            isinstance(font, dict)
            and "ToUnicode" in font
            and (face := paper_face(font["BaseFont"]))
        ):
            texts = pdf.objects[int(font["ToUnicode"].split()[0])]
            texts.stream = [_with_texts(line, sara_am_texts(face)) for line in texts.stream]


def paper_face(base_font: bytes) -> str:
    """The face of ours that a PDF's font of this name is; "" for one that stood in for ours."""
    _, ours, face = base_font.decode().partition(f"+{FAMILY.replace(' ', '-')}")
    return ours and (face.removeprefix("-") or "Regular")


def _with_texts(line: bytes, texts: dict[int, str]) -> bytes:
    entry = _GLYPH_TEXT.fullmatch(line)
    text = texts.get(int(entry[1], 16)) if entry else None
    if entry is None or text is None:
        return line
    return b"<%s> <%s>" % (entry[1], text.encode("utf-16-be").hex().encode())
