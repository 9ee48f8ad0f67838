"""HTML to PDF: the only importer of WeasyPrint, and only when a paper is really made.

The portal starts without Pango; the worker that makes papers needs it.
"""

import re
import threading
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_sarabun
from django.conf import settings
from fontTools.ttLib import TTFont

FONTS = Path(fontpkg_sarabun.__file__).parent / "files"
STYLES = [settings.BASE_DIR / "static" / "css" / name for name in ("charts.css", "paper.css")]
FONT_SCHEME = "font:"
NIKHAHIT, SARA_AA = "\u0e4d", "\u0e32"
_GLYPH_TEXT = re.compile(rb"<([0-9a-f]{4})> <[0-9a-f]*>")

# Several at once are drawn no faster and keep every other page of the process waiting.
_render_lock = threading.Lock()


def render_pdf(html: str) -> bytes:
    """A PDF of the page with our own font and style sheet; nothing else can be fetched."""
    from weasyprint import CSS, HTML
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle()}
    text = "\n".join(path.read_text(encoding="utf-8") for path in STYLES)
    styles = CSS(string=text, url_fetcher=fetch_packaged_font, **shared)
    page = HTML(string=html, url_fetcher=fetch_packaged_font)
    with _render_lock:
        return page.write_pdf(stylesheets=[styles], finisher=restore_sara_am_text, **shared)


def fetch_packaged_font(url: str, *args: Any, **kwargs: Any) -> Any:
    """Answers `font:Bold` with the packaged face and refuses every other address."""
    from weasyprint.urls import URLFetcherResponse

    name = url.removeprefix(FONT_SCHEME)
    if url == name or not name.isalpha():
        raise ValueError(f"a paper may not fetch {url}")
    body = (FONTS / f"Sarabun-{name}.ttf").read_bytes()
    return URLFetcherResponse(url, body=body, headers={"Content-Type": "font/ttf"})


def restore_sara_am_text(document: Any, pdf: Any) -> None:
    """Give the two halves of ำ back their text, so that searching the PDF finds the word.

    HarfBuzz draws it as a circle and า, and WeasyPrint then loses the circle's text. Splitting
    the letter in the HTML instead would break lines in the middle of words.
    """
    for thing in pdf.objects:
        lines = getattr(thing, "stream", [])
        if any(line == b"endbfchar" for line in lines):
            thing.stream = [_GLYPH_TEXT.sub(_with_glyph_text, line) for line in lines]


def _with_glyph_text(entry: re.Match[bytes]) -> bytes:
    text = sara_am_glyph_texts().get(int(entry[1], 16))
    if text is None:
        return entry[0]
    return b"<%s> <%s>" % (entry[1], text.encode("utf-16-be").hex().encode())


@cache
def sara_am_glyph_texts(face: str = "Regular") -> dict[int, str]:
    """Glyph number → text; the circle may carry a tone, which Unicode writes before it."""
    with TTFont(FONTS / f"Sarabun-{face}.ttf", lazy=True) as font:
        names = {number: name.partition(".")[0] for number, name in enumerate(font.getGlyphOrder())}
    tones = {f"uni0E4D0E{tone:02X}": chr(0x0E00 + tone) for tone in range(0x48, 0x4C)}
    texts = {"uni0E4D": NIKHAHIT, "uni0E32": SARA_AA}
    texts |= {name: tone + NIKHAHIT for name, tone in tones.items()}
    return {number: texts[name] for number, name in names.items() if name in texts}
