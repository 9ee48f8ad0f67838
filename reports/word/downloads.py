"""Reports, memos, orders and minutes as Word files: to be worked with, never the signed original.

Of a signed report the file says what was frozen, of any other what the figures are now.
"""

from django.http import HttpResponse

from reports.drafts import draft_document
from reports.memos.pages import forwarded_report, memo_of
from reports.models import IssuedDocument
from reports.papers.meetings import meeting_to_minute, minutes_paper_of
from reports.papers.order_paper import order_paper_of, readable_order
from reports.views import get_visible_report
from reports.word.context import (
    document_context,
    memo_word_context,
    minutes_word_context,
    order_word_context,
)
from reports.word.enums import WordTemplateKind
from reports.word.office_templates import make_word_file
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest


def report_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """A report of the register, for those who may see it."""
    return _report_response(get_visible_report(request, pk))


def report_draft_word(request: SignedInRequest, kind: str, target: str) -> HttpResponse:
    """How a report would read now, for whom its draft as PDF is there too."""
    return _report_response(draft_document(request, kind, target))


def _report_response(document: IssuedDocument) -> HttpResponse:
    context = document_context(document)
    name = f"{context['draft']} {document}".strip()
    return bytes_response(make_word_file(document.kind, context), f"{name}.docx")


def memo_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """The memo that forwards a report, as it was saved or as the system drafts it."""
    memo = memo_of(forwarded_report(request, pk))
    content = make_word_file(WordTemplateKind.MEMO, memo_word_context(memo))
    return bytes_response(content, f"{memo}.docx")


def order_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """An order with its annex, to whom its page shows it."""
    paper = order_paper_of(readable_order(request.user, pk))
    content = make_word_file(WordTemplateKind.ORDER, order_word_context(paper))
    return bytes_response(content, f"{paper.title}.docx")


def minutes_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """The minutes of a meeting, to whom their PDF is there too."""
    paper = minutes_paper_of(meeting_to_minute(request, pk))
    content = make_word_file(WordTemplateKind.MINUTES, minutes_word_context(paper))
    return bytes_response(content, f"{paper.title}.docx")
