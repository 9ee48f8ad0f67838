"""The written parts of a report as the paper and the screen print them."""

from collections.abc import Iterable, Sequence

from reports.book.outline import report_outline
from reports.composer.enums import Outline, PartKey
from reports.composer.markup import text_blocks
from reports.composer.models import Composition, CompositionPart
from reports.composer.outline import PARTS_WITH_FIGURES, OutlineHeading, outline_headings
from reports.composer.queries import composition_of_document, included_parts
from reports.composer.sources import TextSources, text_sources
from reports.data.schema import ReportFigures, ReportPart, TextBlock
from reports.models import IssuedDocument


def document_parts(document: IssuedDocument, figures: ReportFigures) -> Sequence[ReportPart]:
    """The frozen parts once issued; before that, what is written now on these figures."""
    if document.is_issued:
        return report_outline(document.frozen)
    return written_parts(document, figures)


def written_parts(document: IssuedDocument, figures: ReportFigures) -> list[ReportPart]:
    """What is written now of the document's subject; nothing in a school's term report."""
    composition = composition_of_document(document)
    if composition is None or figures["kind"] == "term":
        return []
    return report_parts(composition, text_sources(figures))


def report_parts(composition: Composition, sources: TextSources) -> list[ReportPart]:
    """The parts that the report has, under their headings, with all numbers resolved.

    A part that is left out, or that has neither words nor figures, is not there at all.
    """
    blocks = _printed_blocks(included_parts(composition), sources)
    headings = outline_headings(blocks, Outline(composition.outline))
    return [_report_part(heading, blocks) for heading in headings]


def _printed_blocks(
    parts: Iterable[CompositionPart], sources: TextSources
) -> dict[PartKey, list[TextBlock]]:
    """By key and in order, what the parts of the report say."""
    found = {
        PartKey(part.key): text_blocks(sources.text_of(part), sources.values) for part in parts
    }
    return {key: said for key, said in found.items() if said or key in PARTS_WITH_FIGURES}


def _report_part(heading: OutlineHeading, blocks: dict[PartKey, list[TextBlock]]) -> ReportPart:
    is_part = heading.key in PartKey.values
    return {
        "key": heading.key,
        "label": heading.label,
        "title": heading.title,
        "level": heading.level,
        "blocks": blocks[PartKey(heading.key)] if is_part else [],
        "figures": heading.key in PARTS_WITH_FIGURES,
    }
