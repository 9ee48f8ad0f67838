"""What Word asks of a file to open it without repair: elements in order, whole tables."""

import pytest
from docx.oxml.ns import qn

from reports.word.enums import WordTemplateKind
from reports.word.rendering import default_word_template, render_word
from reports.word.samples import sample_contexts
from tests.word_readers import open_word, saved, written_template

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]

# Of ECMA-376, part 1: the elements that our files use, in the order of their schema.
ORDERS = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing"
    " ind contextualSpacing jc outlineLvl rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs color sz szCs u lang",
    "w:tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "w:sectPr": "type pgSz pgMar pgNumType cols titlePg docGrid",
    "w:settings": "zoom proofState defaultTabStop characterSpacingControl savePreviewPicture"
    " updateFields compat rsids",
}


def trees(content: bytes):
    document = open_word(content)
    found = [document.element, document.styles.element, document.settings.element]
    for section in document.sections:
        found += [section.header._element, section.footer._element]
    return found


def misplaced(tree):
    """The children of an element whose order is not that of the schema."""
    for tag, names in ORDERS.items():
        order = {qn(f"w:{name}"): place for place, name in enumerate(names.split())}
        for element in [tree, *tree.iter(qn(tag))]:
            places = [order[child.tag] for child in element if child.tag in order]
            if element.tag == qn(tag) and places != sorted(places):
                yield tag, [child.tag.partition("}")[2] for child in element]


@pytest.mark.parametrize("kind", WordTemplateKind)
def test_elements_stand_in_the_order_of_the_schema(kind):
    full, empty = sample_contexts(kind)
    for content in (
        default_word_template(kind),
        render_word(kind, full),
        render_word(kind, empty),
    ):
        assert [found for tree in trees(content) for found in misplaced(tree)] == []


@pytest.mark.parametrize("kind", WordTemplateKind)
def test_tables_are_whole(kind):
    for context in sample_contexts(kind):
        body = open_word(render_word(kind, context)).element.body
        for table in body.iter(qn("w:tbl")):
            assert table.find(qn("w:tr")) is not None
            assert table.getnext().tag != qn("w:sectPr")
        for row in body.iter(qn("w:tr")):
            assert row.find(qn("w:tc")) is not None
        assert all(cell[-1].tag == qn("w:p") for cell in body.iter(qn("w:tc")))


def test_cells_and_rows_that_a_template_leaves_out_do_not_break_the_file():
    document = open_word(written_template("ก"))
    kept = document.add_table(rows=1, cols=1).cell(0, 0)
    kept.text = "{%p if draft %}"
    for text in ("ข", "{%p endif %}"):
        kept.add_paragraph(text)
    document.add_paragraph("")
    left_out = document.add_table(rows=3, cols=1)
    for row, text in zip(left_out.rows, ("{%tr if draft %}", "ค", "{%tr endif %}"), strict=True):
        row.cells[0].text = text
    full, _ = sample_contexts(WordTemplateKind.TERM)
    [table] = open_word(render_word("term", full, template=saved(document))).tables
    assert [paragraph.text for paragraph in table.cell(0, 0).paragraphs] == [""]
