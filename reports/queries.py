"""What the report pages ask: the register, figures, versions, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from reports.data.quality_drive import drive_report
from reports.data.schema import ReportFigures
from reports.data.summary import summary_report
from reports.data.term import term_report
from reports.data.year import year_report
from reports.enums import DocumentAction, DocumentKind
from reports.models import IssuedDocument, IssuedDocumentQuerySet
from schools.access import NO_RIGHTS
from schools.models import AcademicYear, Area, Cluster, School, Term, User
from supervision.cycle.progress import progress_of_rounds
from supervision.cycle.step_facts import with_step_facts
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.models.drives import AT_WORK_STATES
from supervision.results.scores import FEW_SCHOOLS
from supervision.rounds.models import Round
from supervision.workflow.queries import workflow_history

# What a document is a report on.
SUBJECT_RELATIONS = (
    "round__school__area",
    "round__term__academic_year",
    "academic_year__area",
    "term__academic_year__area",
    "cluster",
    "drive__academic_year__area",
)


def register_rows(user: User) -> IssuedDocumentQuerySet:
    """The register as far as this person sees it, newest first."""
    return with_subject(IssuedDocument.objects.visible_to(user).with_is_replaced())


def with_subject(rows: IssuedDocumentQuerySet) -> IssuedDocumentQuerySet:
    """Documents with what a list says of them; the snapshot is heavy and stays behind."""
    return rows.select_related(*SUBJECT_RELATIONS).defer("snapshot")


def area_of(document: IssuedDocument) -> Area:
    """The area office whose register has the report."""
    if document.round:
        return document.round.school.area
    if document.academic_year:
        return document.academic_year.area
    if document.term:
        return document.term.academic_year.area
    if document.drive:
        return document.drive.academic_year.area
    raise ValueError("a report is on a round, a term, an academic year or a drive")


def report_figures(document: IssuedDocument) -> ReportFigures:
    """The frozen figures once issued; before that, what they are now."""
    if document.is_issued:
        return document.frozen["figures"]
    if document.round:
        return term_report(document.round)
    if document.academic_year:
        return year_report(document.academic_year)
    if document.term:
        return summary_report(document.term, document.cluster)
    if document.drive:
        return drive_report(document.drive)
    raise ValueError(f"report {document.pk} is on nothing")


def steps_missing_for_term_report(round_: Round, today: date) -> list[str]:
    """The steps to finish before the round's report can be put forward, in Thai."""
    [progress] = progress_of_rounds(
        with_step_facts(Round.objects.filter(pk=round_.pk)), NO_RIGHTS, today
    )
    return [
        f"ขั้นที่ {round_step.step.number} {round_step.step.name}: {round_step.facts.detail}"
        for round_step in progress.steps[:6]
        if not round_step.facts.done or round_step.facts.ends_round
    ]


def rounds_without_report(year: AcademicYear) -> QuerySet[Round]:
    """Latest rounds of the year whose term report is not issued yet.

    A school that closed or merged needs none any more, unless one was put forward before.
    """
    documents = IssuedDocument.objects.filter(round=OuterRef("pk"))
    goes_on = Q(school__in=School.objects.open_on(timezone.localdate()))
    rounds = Round.objects.current().filter(term__academic_year=year)
    rounds = rounds.exclude(Exists(documents.issued()))
    return rounds.filter(goes_on | Exists(documents)).select_related(
        "school", "term__academic_year"
    )


@dataclass(frozen=True)
class TermWithoutSummary:
    """A term of which the area, or some of the clusters, have no summary yet."""

    term: Term
    lacks_area: bool
    clusters: Sequence[Cluster]


def terms_without_summary() -> list[TermWithoutSummary]:
    """Terms with rounds that have a summary to be put forward, newest first; three queries."""
    terms = Term.objects.filter(rounds__isnull=False).distinct().select_related("academic_year")
    clusters = list(Cluster.objects.all())
    rows = IssuedDocument.objects.filter(kind=DocumentKind.SUMMARY).not_discarded()
    there = set(rows.values_list("term", "cluster"))
    found = [
        TermWithoutSummary(
            term,
            lacks_area=(term.pk, None) not in there,
            clusters=[cluster for cluster in clusters if (term.pk, cluster.pk) not in there],
        )
        for term in terms
    ]
    return [one for one in found if one.lacks_area or one.clusters]


def drives_without_report() -> QuerySet[QualityDrive]:
    """Endorsed drives whose report can be put forward, newest first."""
    rows = QualityDrive.objects.filter(state__in=AT_WORK_STATES, reports=None)
    return rows.select_related("academic_year")


def has_issued_report(year: AcademicYear) -> bool:
    return IssuedDocument.objects.issued().filter(round__term__academic_year=year).exists()


def later_version(document: IssuedDocument) -> IssuedDocument | None:
    """The corrected version of it, signed or not; a discarded one does not count."""
    versions = IssuedDocument.objects.of_same_report(document).not_discarded()
    return versions.filter(version__gt=document.version).order_by("version").first()


def previous_issued_version(document: IssuedDocument) -> IssuedDocument | None:
    """The signed version that this one replaces, or would replace."""
    versions = IssuedDocument.objects.of_same_report(document).issued()
    return versions.filter(version__lt=document.version).order_by("-version").first()


def is_of_few_schools(document: IssuedDocument) -> bool:
    """Whether it is a signed summary of so few schools that the public would know each of them."""
    figures = document.frozen["figures"]
    return figures["kind"] == "summary" and figures["figures"]["schools"] < FEW_SCHOOLS


def was_published(document: IssuedDocument) -> bool:
    """Whether the public has ever read its summary."""
    return any(line.verb == DocumentAction.PUBLISH for line in workflow_history(document))


def replacement_of(document: IssuedDocument) -> IssuedDocument | None:
    """The newest signed version that has taken its place, if any."""
    versions = IssuedDocument.objects.of_same_report(document).issued()
    return versions.filter(version__gt=document.version).order_by("-version").first()
