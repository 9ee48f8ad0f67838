"""The look of the Word templates: letters and sizes of official papers, and Thai marked as Thai.

The styles are Word's own where it has one, so that people find them under the names they know.
"""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT = "TH Sarabun New"
TEXT_WIDTH = 16.0  # cm, of an A4 page less 3 cm and 2 cm
# Built-in styles that the templates use; the others would only fill the list that people see.
KEPT_STYLES = {
    "Normal", "Header", "Footer", "Heading 1", "Heading 2", "Heading 3", "Title", "Caption",
    "Body Text", "List Bullet", "Default Paragraph Font", "Normal Table", "Table Grid", "No List",
}  # fmt: skip
LABELLED_STYLES = ("Memo Line", "Memo Halves")


def word_element(tag: str, **attributes: str) -> Any:
    """An element of WordprocessingML with these attributes."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def set_styles(document: Any) -> None:
    """Our sizes in Word's styles, and a few styles of our own."""
    for style in list(document.styles):
        if style.name not in KEPT_STYLES:
            style.delete()
    _set_default_font(document)
    _set_style(document, "Normal", size=16, after=4)
    _set_style(document, "Body Text", size=16, after=6, first_line=2.5)
    _set_style(document, "List Bullet", size=16, after=2)
    _set_style(document, "Title", size=20, bold=True, after=6, centred=True)
    for level, size in ((1, 20), (2, 18), (3, 16)):
        _set_style(document, f"Heading {level}", size=size, bold=True, before=10, after=4)
    _set_style(document, "Caption", size=14, bold=True, before=6, after=2, keep_next=True)
    _set_style(document, "Header", size=12)
    _set_style(document, "Footer", size=14)
    for name, size in (("Table Text", 14), ("Table Head", 14), ("Table Space", 6), ("Small", 12)):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set_style(document, name, size=size, bold=name == "Table Head")
    signature = document.styles.add_style("Signature", WD_STYLE_TYPE.PARAGRAPH)
    _set_style(document, "Signature", size=16, centred=True, keep_next=True)
    signature.paragraph_format.left_indent = Cm(6)
    document.styles.add_style("Text Heading", WD_STYLE_TYPE.PARAGRAPH)
    _set_style(document, "Text Heading", size=16, before=6, after=2, keep_next=True)
    _add_memo_styles(document)
    _add_order_styles(document)
    tag = document.styles.add_style("Template Tag", WD_STYLE_TYPE.PARAGRAPH)
    _set_style(document, "Template Tag", size=11)
    tag.font.color.rgb = RGBColor(0x1F, 0x5F, 0x99)


def _add_memo_styles(document: Any) -> None:
    """Lines of a memo are filled up with dots, and the words before them are larger."""
    label = document.styles.add_style("Memo Label", WD_STYLE_TYPE.CHARACTER)
    _set_letters(label, 20, bold=True)
    for name, stops in (("Memo Line", [TEXT_WIDTH]), ("Memo Halves", [TEXT_WIDTH / 2, TEXT_WIDTH])):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set_style(document, name, size=16)
        for stop in stops:
            style.paragraph_format.tab_stops.add_tab_stop(
                Cm(stop), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
    enclosure = document.styles.add_style("Memo Enclosure", WD_STYLE_TYPE.PARAGRAPH)
    _set_style(document, "Memo Enclosure", size=16)
    enclosure.paragraph_format.tab_stops.add_tab_stop(Cm(3.4))
    enclosure.paragraph_format.left_indent = Cm(3.4)
    enclosure.paragraph_format.first_line_indent = Cm(-3.4)
    document.styles.add_style("Memo Title", WD_STYLE_TYPE.PARAGRAPH)
    _set_style(document, "Memo Title", size=29, bold=True, centred=True)


def _add_order_styles(document: Any) -> None:
    """Numbered duties of an annex hang from their numbers, each level further in."""
    for name, left, hanging in (
        ("Order Duty 1", 2.0, 1.2),
        ("Order Duty 2", 3.3, 1.4),
        ("Order Duty 3", 4.9, 1.6),
        ("Order Line", 3.0, 0.4),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _set_style(document, name, size=16, after=2)
        style.paragraph_format.left_indent = Cm(left)
        style.paragraph_format.first_line_indent = Cm(-hanging)
    day = document.styles.add_style("Order Day", WD_STYLE_TYPE.PARAGRAPH)
    _set_style(document, "Order Day", size=16, before=6, keep_next=True)
    day.paragraph_format.left_indent = Cm(5)


def _set_default_font(document: Any) -> None:
    """One font for all scripts; the theme of python-docx would name others."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(properties):
        properties.remove(child)
    properties.append(_fonts())
    properties.append(word_element("w:sz", val="32"))
    properties.append(word_element("w:szCs", val="32"))
    properties.append(word_element("w:lang", val="th-TH", eastAsia="th-TH", bidi="th-TH"))


def _fonts() -> Any:
    return word_element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)


def _set_style(
    document: Any,
    name: str,
    *,
    size: float,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    first_line: float = 0,
    centred: bool = False,
    keep_next: bool = False,
) -> None:
    style = document.styles[name]
    _set_letters(style, size, bold=bold)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0
    if first_line:
        layout.first_line_indent = Cm(first_line)
    if keep_next:
        layout.keep_with_next = True
    if centred:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)


def _set_letters(style: Any, size: float, *, bold: bool) -> None:
    """Thai takes size and weight from marks of their own, those of complex scripts."""
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    properties.append(_fonts())
    style.font.size, style.font.bold, style.font.cs_bold = Pt(size), bold, bold
    properties.append(word_element("w:szCs", val=str(round(size * 2))))


def set_languages(document: Any) -> None:
    """Word breaks and spells Thai as Thai, and works the contents out when it opens the file."""
    settings = document.settings.element
    settings.find(qn("w:compat")).addprevious(word_element("w:updateFields", val="true"))
    for attribute in ("val", "eastAsia", "bidi"):
        settings.find(qn("w:themeFontLang")).set(qn(f"w:{attribute}"), "th-TH")
