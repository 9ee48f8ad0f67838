"""The number at the foot of each page of a joined book, written over the drawn page."""

import pikepdf

from reports.book.fonts import BookFonts, glyph_numbers, glyph_widths
from reports.book.parts import PageNumbering
from schools.core.thai import thai_digits

LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
FACE, FONT_SIZE = "Regular", 14
_CM = 72 / 2.54
LEFT, RIGHT, BOTTOM = 3 * _CM, 2 * _CM, 2 * _CM
"""Margins of the papers (static/css/papers/base.css), in points."""
CORNER = 0.8 * _CM
"""From the edges of the page to a number in the corner."""
NUMBER_FONT, UNDER_NAME = "/PageNumber", "/UnderPage"


def page_label(numbering: PageNumbering, number: int) -> str:
    """ก ข ค, then in digits when the letters are used up; ๑ ๒ ๓; or nothing."""
    if numbering == PageNumbering.NONE:
        return ""
    if numbering == PageNumbering.LETTERS and number <= len(LETTERS):
        return LETTERS[number - 1]
    return thai_digits(number)


class PageNumberWriter:
    """Writes numbers in the font of the papers, and lays a watermark under the pages of a draft."""

    def __init__(
        self,
        book: pikepdf.Pdf,
        fonts: BookFonts,
        under: pikepdf.Object | None = None,
        *,
        in_corner: bool = False,
    ) -> None:
        self.book, self.fonts, self.under, self.in_corner = book, fonts, under, in_corner
        before = f"q {UNDER_NAME} Do Q q\n" if under is not None else "q\n"
        self.before = book.make_stream(before.encode())

    def write(self, page: pikepdf.Page, number: str) -> None:
        """Where `_place` says; nothing where the page has no number."""
        resources = page.obj.Resources
        resources.Font[NUMBER_FONT] = self.fonts.fonts[FACE]
        if self.under is not None:
            resources.XObject[UNDER_NAME] = self.under
        page.contents_add(self.before, prepend=True)
        page.contents_add(self.book.make_stream(b"Q\n" + self._text(page, number)))

    def _text(self, page: pikepdf.Page, number: str) -> bytes:
        glyphs = [glyph_numbers(FACE)[ord(sign)] for sign in number]
        self.fonts.add_texts(FACE, dict(zip(glyphs, map(_utf16, number), strict=True)))
        width = sum(glyph_widths(FACE)[glyph] for glyph in glyphs) * FONT_SIZE / 1000
        x, y = self._place(page, width)
        text = "".join(f"{glyph:04x}" for glyph in glyphs)
        return f"BT {NUMBER_FONT} {FONT_SIZE} Tf {x:.2f} {y:.2f} Td <{text}> Tj ET".encode()

    def _place(self, page: pikepdf.Page, width: float) -> tuple[float, float]:
        """Centred between the margins at the foot, or in the upper right corner."""
        right, top = float(page.mediabox[2]), float(page.mediabox[3])
        if self.in_corner:
            return right - CORNER - width, top - CORNER
        return (LEFT + right - RIGHT - width) / 2, self._y()

    def _y(self) -> float:
        """The baseline that centres a line in the lower margin."""
        face = self.fonts.fonts[FACE].DescendantFonts[0].FontDescriptor
        return BOTTOM / 2 - FONT_SIZE * (int(face.Ascent) + int(face.Descent)) / 2000


def _utf16(sign: str) -> bytes:
    return sign.encode("utf-16-be").hex().encode()
