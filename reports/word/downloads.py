"""Reports as Word files, for those who may see them: to be worked with, never the signed original.

Of a signed report the file says what was frozen, of any other what the figures are now.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from reports.composer.composed import report_parts
from reports.composer.queries import composition_of_term, composition_of_year
from reports.composer.sources import text_sources
from reports.data.summary import summary_report
from reports.data.term import term_report
from reports.data.year import year_report
from reports.enums import DocumentKind
from reports.interim import interim_reasons
from reports.memos.pages import forwarded_report, memo_of
from reports.models import INTERIM_TITLE, WHOLE_AREA
from reports.views import get_visible_report
from reports.word.context import document_context, draft_context, memo_word_context
from reports.word.enums import WordTemplateKind
from reports.word.office_templates import make_word_file
from schools.access import Permission, require
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest
from schools.models import AcademicYear, Cluster, Term
from supervision.rounds.models import Round


def report_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """A report of the register."""
    document = get_visible_report(request, pk)
    return _word_response(document.kind, document_context(document), str(document))


def term_report_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft of a school's term report before it is put forward."""
    rows = Round.objects.visible_to(request.user).select_related("school", "term__academic_year")
    round_ = get_object_or_404(rows, pk=pk)
    require(request.user, Permission.VIEW_REPORTS)
    context = draft_context(term_report(round_), [])
    return _word_response(DocumentKind.TERM, context, f"{DocumentKind.TERM.label} {round_}")


def year_report_word(request: SignedInRequest, year: int) -> HttpResponse:
    """A draft of the area's year-end report before it is put forward."""
    require(request.user, Permission.VIEW_REPORTS)
    academic_year = get_object_or_404(AcademicYear.objects.select_related("area"), year=year)
    figures = year_report(academic_year)
    parts = report_parts(composition_of_year(academic_year), text_sources(figures))
    is_interim = interim_reasons(academic_year, timezone.localdate())
    context = draft_context(figures, parts, title=INTERIM_TITLE if is_interim else "")
    return _word_response(DocumentKind.YEAR, context, f"{DocumentKind.YEAR.label} {academic_year}")


def summary_report_word(
    request: SignedInRequest, pk: int, cluster_pk: int | None = None
) -> HttpResponse:
    """A draft of the summary of a term before it is put forward."""
    require(request.user, Permission.VIEW_REPORTS)
    term = get_object_or_404(Term.objects.select_related("academic_year__area"), pk=pk)
    cluster = None if cluster_pk is None else get_object_or_404(Cluster, pk=cluster_pk)
    figures = summary_report(term, cluster)
    parts = report_parts(composition_of_term(term, cluster), text_sources(figures))
    context = draft_context(figures, parts)
    title = f"{DocumentKind.SUMMARY.label} {cluster or WHOLE_AREA} ภาคเรียนที่ {term}"
    return _word_response(DocumentKind.SUMMARY, context, title)


def memo_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """The memo that forwards a report, as it was saved or as the system drafts it."""
    memo = memo_of(forwarded_report(request, pk))
    content = make_word_file(WordTemplateKind.MEMO, memo_word_context(memo))
    return bytes_response(content, f"{memo}.docx")


def _word_response(kind: str, context: dict[str, Any], title: str) -> HttpResponse:
    name = f"{context['draft']} {title}".strip()
    return bytes_response(make_word_file(kind, context), f"{name}.docx")
