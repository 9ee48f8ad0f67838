"""What the report pages ask: the register, figures, versions, and what is still missing."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from reports.data.schema import TermReport, YearReport
from reports.data.term import term_report
from reports.data.year import year_report
from reports.enums import DocumentAction
from reports.models import IssuedDocument, IssuedDocumentQuerySet
from schools.access import NO_RIGHTS
from schools.models import AcademicYear, School, User
from supervision.cycle.progress import progress_of_rounds
from supervision.cycle.step_facts import with_step_facts
from supervision.rounds.models import Round
from supervision.workflow.queries import workflow_history

# What a document is a report on.
SUBJECT_RELATIONS = (
    "round__school",
    "round__term__academic_year",
    "academic_year__area",
    "term__academic_year",
    "cluster",
)


def register_rows(user: User) -> IssuedDocumentQuerySet:
    """The register as far as this person sees it, newest first."""
    return with_subject(IssuedDocument.objects.visible_to(user).with_is_replaced())


def with_subject(rows: IssuedDocumentQuerySet) -> IssuedDocumentQuerySet:
    """Documents with what a list says of them; the snapshot is heavy and stays behind."""
    return rows.select_related(*SUBJECT_RELATIONS).defer("snapshot")


def report_figures(document: IssuedDocument) -> TermReport | YearReport:
    """The frozen figures once issued; before that, what they are now."""
    if document.is_issued:
        return document.frozen["figures"]
    if document.round:
        return term_report(document.round)
    if document.academic_year:
        return year_report(document.academic_year)
    raise ValueError(f"report {document.pk} is on neither a round nor a year")


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


def was_published(document: IssuedDocument) -> bool:
    """Whether the public has ever read its summary."""
    return any(line.verb == DocumentAction.PUBLISH for line in workflow_history(document))


def replacement_of(document: IssuedDocument) -> IssuedDocument | None:
    """The newest signed version that has taken its place, if any."""
    versions = IssuedDocument.objects.of_same_report(document).issued()
    return versions.filter(version__gt=document.version).order_by("-version").first()
