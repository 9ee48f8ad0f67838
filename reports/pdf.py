"""HTML to PDF: the only importer of WeasyPrint, and only when a paper is really made.

The portal starts without Pango; the worker that makes papers needs it.
"""

import unicodedata
from pathlib import Path
from typing import Any

import fontpkg_sarabun
from django.conf import settings

FONTS = Path(fontpkg_sarabun.__file__).parent / "files"
STYLES = settings.BASE_DIR / "static" / "css" / "paper.css"
FONT_SCHEME = "font:"
# HarfBuzz splits SARA AM when it draws, and the letter is then lost to searching in the PDF.
# Split beforehand it looks the same and is found by every reader that compares under NFKC.
SARA_AM = "\u0e33"


def render(html: str) -> bytes:
    """A PDF of the page with our own font and style sheet; nothing else can be fetched."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    styles = CSS(
        string=STYLES.read_text(encoding="utf-8"), url_fetcher=only_our_fonts, font_config=fonts
    )
    text = html.replace(SARA_AM, unicodedata.normalize("NFKC", SARA_AM))
    page = HTML(string=text, url_fetcher=only_our_fonts)
    return page.write_pdf(stylesheets=[styles], font_config=fonts)


def only_our_fonts(url: str, *args: Any, **kwargs: Any) -> Any:
    """Answers `font:Bold` with the packaged face and refuses every other address."""
    from weasyprint.urls import URLFetcherResponse

    name = url.removeprefix(FONT_SCHEME)
    if url == name or not name.isalpha():
        raise ValueError(f"a paper may not fetch {url}")
    body = (FONTS / f"Sarabun-{name}.ttf").read_bytes()
    return URLFetcherResponse(url, body=body, headers={"Content-Type": "font/ttf"})
