"""What anyone may open without signing in: published summaries, and the proof of a paper."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from reports.certificates.models import Certificate
from reports.data.public import public_summary
from reports.enums import DocumentState
from reports.models import IssuedDocument
from reports.queries import SUBJECT_RELATIONS, replacement_of, was_published, with_subject
from reports.verification import normalize_code

PER_PAGE = 50


@login_not_required
def published_list(request: HttpRequest) -> HttpResponse:
    """All published summaries, newest first."""
    rows = with_subject(IssuedDocument.objects.filter(state=DocumentState.PUBLISHED))
    page = Paginator(rows.order_by("-issued_at"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/published_list.html", {"page": page})


@login_not_required
def published_page(request: HttpRequest, code: str) -> HttpResponse:
    """The allowed summary of one published report; of one taken back, only that it was."""
    issued = IssuedDocument.objects.issued().select_related(*SUBJECT_RELATIONS)
    document = get_object_or_404(issued, code=normalize_code(code))
    if document.state != DocumentState.PUBLISHED:
        return _withdrawn_page(request, document)
    summary = public_summary(document.frozen["figures"])
    return render(request, "reports/published.html", {"document": document, "summary": summary})


def _withdrawn_page(request: HttpRequest, document: IssuedDocument) -> HttpResponse:
    """Not found unless the public has seen it before."""
    if not was_published(document):
        raise Http404
    following = replacement_of(document)
    if following and following.state != DocumentState.PUBLISHED:
        following = None
    return render(request, "reports/withdrawn.html", {"following": following}, status=410)


@login_not_required
def verify_form(request: HttpRequest) -> HttpResponse:
    """For who holds a paper without a camera: type the printed code."""
    code = normalize_code(request.GET.get("code", ""))
    if code:
        return redirect("verify", code)
    return render(request, "reports/verify_form.html", {"is_submitted": "code" in request.GET})


@login_not_required
def verify_page(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a paper with this code was issued, and what to compare it with."""
    typed = normalize_code(code)
    certificates = Certificate.objects.select_related("honour")
    if certificate := certificates.filter(code=typed).first():
        return render(request, "reports/certificates/verify.html", {"certificate": certificate})
    document = with_subject(IssuedDocument.objects.issued()).filter(code=typed).first()
    context = {
        "document": document,
        "following": replacement_of(document) if document else None,
        "earlier_files": document.earlier_files.all() if document else [],
    }
    return render(request, "reports/verify.html", context, status=200 if document else 404)
