"""What is asked of the written side of a report: its parts, its lock, who wrote what."""

from django.db.models import QuerySet

from reports.composer.enums import Outline, PartKey
from reports.composer.models import Composition, CompositionPart, PartVersion
from reports.composer.outline import DRIVE_PARTS, SUMMARY_PARTS, YEAR_PARTS
from reports.enums import DocumentKind, DocumentState
from reports.models import IssuedDocument, IssuedDocumentQuerySet
from schools.models import AcademicYear, Cluster, Term
from supervision.quality_drive.models import QualityDrive

RELATIONS = (
    "academic_year__area",
    "term__academic_year__area",
    "cluster",
    "drive__academic_year__area",
)
USUAL_PARTS = {
    DocumentKind.YEAR: YEAR_PARTS,
    DocumentKind.SUMMARY: SUMMARY_PARTS,
    DocumentKind.DRIVE: DRIVE_PARTS,
}


def composition_of_year(year: AcademicYear) -> Composition:
    """What is written of the year; one that is not saved yet where nobody has begun."""
    found = Composition.objects.select_related(*RELATIONS).filter(academic_year=year).first()
    return found or Composition(academic_year=year, outline=Outline.CHAPTERS)


def composition_of_term(term: Term, cluster: Cluster | None) -> Composition:
    """The same of a term's summary, over the whole area where there is no cluster."""
    rows = Composition.objects.select_related(*RELATIONS).filter(term=term, cluster=cluster)
    return rows.first() or Composition(term=term, cluster=cluster, outline=Outline.PARTS)


def composition_of_drive(drive: QualityDrive) -> Composition:
    """The same of the report on a quality drive."""
    found = Composition.objects.select_related(*RELATIONS).filter(drive=drive).first()
    return found or Composition(drive=drive, outline=Outline.CHAPTERS)


def composition_of_document(document: IssuedDocument) -> Composition | None:
    """What is written of the document's subject; a school's term report has no such texts."""
    if document.academic_year:
        return composition_of_year(document.academic_year)
    if document.drive:
        return composition_of_drive(document.drive)
    return composition_of_term(document.term, document.cluster) if document.term else None


def lock_composition_of(document: IssuedDocument) -> None:
    """Wait until nobody is saving a text of the document's subject, and let nobody meanwhile."""
    composition = composition_of_document(document)
    if composition and composition.pk:
        Composition.objects.select_for_update().get(pk=composition.pk)


def composition_parts(composition: Composition) -> list[CompositionPart]:
    """Its parts in their order; the usual ones, not saved, where nobody has begun."""
    if composition.pk:
        rows = CompositionPart.objects.filter(composition=composition)
        return list(rows.select_related("edited_by"))
    return [
        CompositionPart(composition=composition, key=key, position=position)
        for position, key in enumerate(usual_parts(composition))
    ]


def included_parts(composition: Composition) -> list[CompositionPart]:
    """The parts that are to be in the report, in their order."""
    return [part for part in composition_parts(composition) if part.is_included]


def usual_parts(composition: Composition) -> tuple[PartKey, ...]:
    """The parts that a report of its kind begins with."""
    return USUAL_PARTS[composition.kind]


def documents_of(composition: Composition) -> IssuedDocumentQuerySet:
    """The lines of the register that are versions of the report."""
    return IssuedDocument.objects.filter(
        academic_year=composition.academic_year_id,
        term=composition.term_id,
        cluster=composition.cluster_id,
        drive=composition.drive_id,
        round=None,
    )


def document_to_sign(composition: Composition) -> IssuedDocument | None:
    """The version that waits for its signature: while there is one, nobody writes."""
    return documents_of(composition).filter(state=DocumentState.PREPARED).defer("snapshot").first()


def part_history(part: CompositionPart) -> QuerySet[PartVersion]:
    """What was ever written in the part, newest first."""
    return part.versions.select_related("by")


def earlier_composition(composition: Composition) -> Composition | None:
    """What was written of the same report, the same term or the drive a year before."""
    rows = Composition.objects.select_related(*RELATIONS)
    if year := composition.academic_year:
        return rows.filter(
            academic_year__area=year.area_id, academic_year__year=year.year - 1
        ).first()
    if drive := composition.drive:
        year = drive.academic_year
        return rows.filter(
            drive__academic_year__area=year.area_id, drive__academic_year__year=year.year - 1
        ).first()
    if term := composition.term:
        return rows.filter(
            term__number=term.number,
            term__academic_year__area=term.academic_year.area_id,
            term__academic_year__year=term.academic_year.year - 1,
            cluster=composition.cluster_id,
        ).first()
    return None
