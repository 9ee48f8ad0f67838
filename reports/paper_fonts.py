"""The font of the papers: Sarabun drawn as it is, whose text is found in a PDF as people type it.

HarfBuzz draws ำ as a circle and a separate า, so that a PDF keeps two signs in place of one. In the
font derived here both are one glyph, or after a tone mark the า is a glyph of its own, and
reports/pdf.py gives them their text. A vowel and the tone mark over it are one glyph too. The
letters look the same. The font licence (SIL OFL 1.1) asks that what is derived does not bear the
name of the original. Reasons: docs/decisions/0017-font-of-the-papers.md.
"""

from collections import defaultdict
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import fontpkg_sarabun
from django.conf import settings
from fontTools.otlLib.builder import (
    ChainContextSubstBuilder,
    ChainContextualRule,
    LigatureSubstBuilder,
    LookupBuilder,
    SingleSubstBuilder,
)
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FAMILY = "Nithet Paper"
FACES = ("Regular", "Bold")

KO_KAI, SARA_AA, NIKHAHIT = "uni0E01", "uni0E32", "uni0E4D"
FORMS = ("", ".narrow")
CIRCLES = [NIKHAHIT + form for form in FORMS]
CIRCLES_WITH_TONE = [f"{NIKHAHIT}0E4{tone}{form}" for tone in "89AB" for form in FORMS]
SARA_AM_TAIL = "uni0E33.tail"
STACKED_TONES = [f"uni0E4{tone}.small" for tone in "89ABC"]
VOWELS = [f"uni0E{v}{form}" for v in ("31", "34", "35", "36", "37", "47") for form in FORMS]

_MARK_TO_BASE, _MARK_TO_MARK = 4, 6
_NAME_RECORDS = {1: FAMILY, 3: "{name}", 4: f"{FAMILY} {{face}}", 6: "{name}"}


class PaperFontsMissing(Exception):
    """The fonts of the papers have not been built: no paper can be drawn."""


def paper_font(face: str) -> Path:
    """The file of a face; raises PaperFontsMissing where set-up has not made it."""
    path = settings.VAR / "paper-fonts" / f"{face}.ttf"
    if not path.is_file():
        raise PaperFontsMissing(f"{path} is missing: run manage.py prepare")
    return path


def sarabun_file(face: str) -> Path:
    """The original, as the package brings it."""
    return Path(fontpkg_sarabun.__file__).parent / "files" / f"Sarabun-{face}.ttf"


def build_paper_fonts() -> None:
    """Write every face that papers use; the same source gives the same bytes."""
    folder = settings.VAR / "paper-fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        with TTFont(sarabun_file(face), recalcTimestamp=False) as font:
            _join_sara_am(font)
            _join_stacked_marks(font)
            _rename(font, face)
            del font["DSIG"]  # the signature of the original
            font.save(folder / f"{face}.ttf")


def _join_sara_am(font: TTFont) -> None:
    """One glyph for ำ, as often as consonants move its circle; after a tone a tail of its own."""
    chain = ChainContextSubstBuilder(font, None)
    for circle in CIRCLES:
        for offset, bases in _bases_by_offset(font, circle).items():
            name = f"uni0E33.{font['maxp'].numGlyphs}"
            _add_glyph(font, name, SARA_AA, {circle: offset, SARA_AA: (0, 0)})
            ligature = LigatureSubstBuilder(font, None)
            ligature.ligatures[circle, SARA_AA] = name
            _add_lookup(font, ligature)
            prefix = [bases] if offset != (0, 0) else []
            inputs = [{circle}, {SARA_AA}]
            chain.rules.append(ChainContextualRule(prefix, inputs, [], [ligature, None]))
    _add_glyph(font, SARA_AM_TAIL, SARA_AA, {SARA_AA: (0, 0)})
    tail = SingleSubstBuilder(font, None)
    tail.mapping[SARA_AA] = SARA_AM_TAIL
    _add_lookup(font, tail)
    after_tone = ChainContextualRule([set(CIRCLES_WITH_TONE)], [{SARA_AA}], [], [tail])
    chain.rules.append(after_tone)
    _add_thai_feature(font, chain)


def _bases_by_offset(font: TTFont, circle: str) -> dict[tuple[int, int], set[str]]:
    """Consonants by how far they move the circle from the place of its own glyph.

    What is in none of the groups does not move it, so that group stands last.
    """
    groups = defaultdict(set)
    for table in _mark_tables(font, _MARK_TO_BASE):
        if KO_KAI not in table.BaseCoverage.glyphs:
            continue
        mark = table.MarkArray.MarkRecord[table.MarkCoverage.glyphs.index(circle)]
        bases = zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord, strict=True)
        for base, record in bases:
            if anchor := record.BaseAnchor[mark.Class]:
                x, y = _offset(anchor, mark.MarkAnchor)
                groups[x - font["hmtx"][base][0], y].add(base)
    unmoved = groups.pop((0, 0), set())
    return {**groups, (0, 0): unmoved}


def _join_stacked_marks(font: TTFont) -> None:
    """One glyph for a vowel and the tone mark over it, where readers see another line begin."""
    ligatures = LigatureSubstBuilder(font, None)
    for table in _mark_tables(font, _MARK_TO_MARK):
        vowels = zip(table.Mark2Coverage.glyphs, table.Mark2Array.Mark2Record, strict=True)
        tones = zip(table.Mark1Coverage.glyphs, table.Mark1Array.MarkRecord, strict=True)
        for (vowel, record), (tone, mark) in product(vowels, tones):
            if vowel in VOWELS and tone in STACKED_TONES:
                offset = _offset(record.Mark2Anchor[mark.Class], mark.MarkAnchor)
                name = f"{vowel}_{tone}"
                _add_glyph(font, name, vowel, {vowel: (0, 0), tone: offset})
                _place_as(font, name, vowel)
                ligatures.ligatures[vowel, tone] = name
    _add_thai_feature(font, ligatures)


def _place_as(font: TTFont, name: str, mark: str) -> None:
    """Put the glyph over consonants where the mark stands."""
    classes = font["GDEF"].table.MarkAttachClassDef.classDefs
    classes[name] = classes[mark]
    for table in _mark_tables(font, _MARK_TO_BASE):
        if mark in table.MarkCoverage.glyphs:
            records = table.MarkArray.MarkRecord
            records.append(records[table.MarkCoverage.glyphs.index(mark)])
            table.MarkCoverage.glyphs.append(name)


def _offset(anchor: Any, mark_anchor: Any) -> tuple[int, int]:
    x = anchor.XCoordinate - mark_anchor.XCoordinate
    return x, anchor.YCoordinate - mark_anchor.YCoordinate


def _mark_tables(font: TTFont, *kinds: int) -> list[Any]:
    lookups = font["GPOS"].table.LookupList.Lookup
    return [table for lookup in lookups if lookup.LookupType in kinds for table in lookup.SubTable]


def _add_glyph(font: TTFont, name: str, like: str, parts: dict[str, tuple[int, int]]) -> None:
    """A glyph as wide as another and of its class, drawn of the parts, each moved by (x, y)."""
    glyphs = font["glyf"]
    pen = TTGlyphPen(glyphs)
    for part, offset in parts.items():
        pen.addComponent(part, (1, 0, 0, 1, *offset))
    glyphs[name] = pen.glyph()
    font.setGlyphOrder(glyphs.glyphOrder)
    font["maxp"].numGlyphs = len(glyphs.glyphOrder)
    glyphs[name].recalcBounds(glyphs)
    font["hmtx"][name] = (font["hmtx"][like][0], glyphs[name].xMin)
    classes = font["GDEF"].table.GlyphClassDef.classDefs
    if like in classes:
        classes[name] = classes[like]


def _add_lookup(font: TTFont, builder: LookupBuilder) -> None:
    lookups = font["GSUB"].table.LookupList.Lookup
    builder.lookup_index = len(lookups)
    lookups.append(builder.build())


def _add_thai_feature(font: TTFont, builder: LookupBuilder) -> None:
    """Apply the rules wherever Thai is written, after all rules of the original."""
    _add_lookup(font, builder)
    table = font["GSUB"].table
    thai = next(s.Script for s in table.ScriptList.ScriptRecord if s.ScriptTag == "thai")
    for index in thai.DefaultLangSys.FeatureIndex:
        record = table.FeatureList.FeatureRecord[index]
        if record.FeatureTag == "ccmp":
            record.Feature.LookupListIndex.append(builder.lookup_index)


def _rename(font: TTFont, face: str) -> None:
    name = f"{FAMILY}-{face}".replace(" ", "")
    for number, text in _NAME_RECORDS.items():
        font["name"].setName(text.format(name=name, face=face), number, 3, 1, 0x409)
    font["name"].names = [record for record in font["name"].names if record.platformID == 3]


@cache
def sara_am_texts(face: str) -> dict[int, str]:
    """Glyph number → its text, of the glyphs that ำ is drawn with; a circle may carry a tone."""
    with TTFont(paper_font(face), lazy=True) as font:
        names = {number: name.partition(".")[0] for number, name in enumerate(font.getGlyphOrder())}
    texts = {NIKHAHIT: "\u0e4d", SARA_AA: "\u0e32", "uni0E33": "\u0e33"}
    texts |= {f"{NIKHAHIT}0E4{tone}": chr(0x0E40 + int(tone, 16)) for tone in "89AB"}
    return {number: texts[name] for number, name in names.items() if name in texts}
