"""Reports as Word files, for those who may see them: to be worked with, never the signed original.

Of a signed report the file says what was frozen, of any other what the figures are now.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from reports.data.term import term_report
from reports.enums import DocumentKind
from reports.views import get_visible_report
from reports.word.context import document_context, draft_context
from reports.word.rendering import render_word
from schools.access import Permission, require
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest
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
    context = draft_context(term_report(round_))
    return _word_response(DocumentKind.TERM, context, f"{DocumentKind.TERM.label} {round_}")


def _word_response(kind: str, context: dict[str, Any], title: str) -> HttpResponse:
    name = f"{context['draft']} {title}".strip()
    return bytes_response(render_word(kind, context), f"{name}.docx")
