"""The page that shows a signed report beside the figures of today."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from reports.data.changes_since import (
    ComparedSection,
    changes_of_drive,
    changes_of_summary,
    changes_of_term,
    changes_of_year,
)
from reports.models import IssuedDocument
from reports.overview.links import school_results_url
from reports.views import get_visible_report
from schools.access import Permission, can
from schools.core.http import SignedInRequest


def report_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Both figures and, in words, what has changed; the report's page asks for these alone.

    Before the signature the report's own figures are those of today.
    """
    document = get_visible_report(request, pk)
    if not document.is_issued:
        return redirect(document)
    whole_page = not request.htmx or request.htmx.boosted
    template = "reports/changes.html" if whole_page else "reports/parts/changes.html"
    sections = changes_since_signature(document, timezone.localdate())
    context = {
        "document": document,
        "sections": sections,
        "is_changed": any(section.changes for section in sections),
        "live_url": _live_results_url(request, document),
    }
    return render(request, template, context)


def changes_since_signature(document: IssuedDocument, today: date) -> list[ComparedSection]:
    """The headlines of a signed report beside those of today."""
    figures = document.frozen["figures"]
    if figures["kind"] == "term" and document.round:
        return changes_of_term(figures, document.round)
    if figures["kind"] == "summary" and document.term:
        return changes_of_summary(figures, document.term, document.cluster)
    if figures["kind"] == "year" and document.academic_year:
        return changes_of_year(figures, document.academic_year, today)
    if figures["kind"] == "drive" and document.drive:
        return changes_of_drive(figures, document.drive)
    raise ValueError(f"report {document.pk} and its figures are of two kinds")


def _live_results_url(request: SignedInRequest, document: IssuedDocument) -> str:
    """The results of today: of the round's school, of the summary's schools, of the last term of
    the year, or the page of the drive."""
    if document.round:
        return school_results_url(document.round.school_id, document.round.term_id)
    if not can(request.user, Permission.VIEW_AREA):
        return ""
    if document.drive:
        return document.drive.get_absolute_url()
    year = document.academic_year
    term = document.term or (year.terms.first() if year else None)
    if term is None:
        return ""
    query = {"term": term.pk} | ({"cluster": document.cluster_id} if document.cluster_id else {})
    return f"{reverse('overview_results')}?{urlencode(query)}"
