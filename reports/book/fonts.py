"""The fonts of a joined book: each face once, for all parts.

Every part brings the letters that it needs, numbered as in the whole font. The book gets one font
a face with the widths and texts of all letters that some part uses.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

from reports.paper_fonts import paper_font
from reports.pdf import paper_face

_GLYPH_TEXT = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_TEXTS_BEGIN = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_TEXTS_END = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_MOST_IN_BLOCK = 100

GlyphTexts = dict[int, bytes]


class BookFonts:
    """Collects what the parts use of each face; `write` gives the book its fonts."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.texts: dict[str, GlyphTexts] = {}
        self.fonts: dict[str, Any] = {}

    def share(self, resources: Any) -> None:
        """Let these pages use the fonts of the book in place of their own."""
        for name, font in list(resources.get("/Font", {}).items()):
            if face := paper_face(str(font.BaseFont).encode()):
                self.add_texts(face, _glyph_texts(font.ToUnicode.read_bytes()))
                resources.Font[name] = self.fonts.setdefault(face, font)

    def add_texts(self, face: str, texts: GlyphTexts) -> None:
        """A letter keeps the text of the part that used it first."""
        self.texts[face] = texts | self.texts.get(face, {})

    def write(self) -> None:
        """Fill the fonts with the letters of all parts."""
        for face, font in self.fonts.items():
            font.ToUnicode = self.pdf.make_stream(_texts_stream(self.texts[face]))
            inner = font.DescendantFonts[0]
            inner.W = pikepdf.Array(_widths(face, sorted(self.texts[face])))
            content = paper_font(face).read_bytes()
            inner.FontDescriptor.FontFile2 = self.pdf.make_stream(content, Length1=len(content))


def _glyph_texts(stream: bytes) -> GlyphTexts:
    return {int(glyph, 16): text for glyph, text in _GLYPH_TEXT.findall(stream)}


def _texts_stream(texts: GlyphTexts) -> bytes:
    lines = [b"<%04x> <%s>\n" % entry for entry in sorted(texts.items())]
    blocks = [lines[at : at + _MOST_IN_BLOCK] for at in range(0, len(lines), _MOST_IN_BLOCK)]
    body = (b"%d beginbfchar\n%sendbfchar\n" % (len(block), b"".join(block)) for block in blocks)
    return _TEXTS_BEGIN + b"".join(body) + _TEXTS_END


def _widths(face: str, glyphs: Iterable[int]) -> Iterator[Any]:
    """Each glyph's number and its width in thousandths of the font's size."""
    advances = glyph_widths(face)
    for glyph in glyphs:
        yield glyph
        yield pikepdf.Array([advances[glyph]])


@cache
def glyph_widths(face: str) -> list[int]:
    """The width of each glyph of a face, in thousandths of the font's size."""
    with TTFont(paper_font(face), lazy=True) as font:
        unit = font["head"].unitsPerEm
        return [round(font["hmtx"][name][0] * 1000 / unit) for name in font.getGlyphOrder()]


@cache
def glyph_numbers(face: str) -> dict[int, int]:
    """The glyph of each character that a face draws by itself."""
    with TTFont(paper_font(face), lazy=True) as font:
        return {code: font.getGlyphID(name) for code, name in font.getBestCmap().items()}
