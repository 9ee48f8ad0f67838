"""The register of issued reports; what they say stays in the portal and in the papers."""

from django.db.models import Q
from ninja import Query

from reports.api.authentication import ApiRequest
from reports.api.paging import Page, page_of
from reports.api.schemas import DocumentItem, DocumentQuery
from reports.enums import DocumentKind, DocumentState
from reports.models import IssuedDocument
from reports.queries import register_rows
from reports.verification import verify_url
from schools.core.thai import local_day


def list_documents(request: ApiRequest, asked: Query[DocumentQuery]) -> Page[DocumentItem]:
    """Issued reports, the newest first."""
    rows = register_rows(request.auth.account).issued()
    if asked.academic_year:
        year = asked.academic_year
        of_term = Q(round__term__academic_year__year=year) | Q(term__academic_year__year=year)
        of_year = Q(academic_year__year=year) | Q(drive__academic_year__year=year)
        rows = rows.filter(of_term | of_year)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.school:
        rows = rows.filter(round__school=asked.school)
    return page_of(request, asked, rows.order_by("-issued_at", "-pk"), _document_item)


def _document_item(document: IssuedDocument) -> DocumentItem:
    round_ = document.round
    term = round_.term if round_ else document.term
    year = term.academic_year if term else document.academic_year
    if document.drive:
        year = document.drive.academic_year
    if year is None or document.issued_at is None:
        raise ValueError(f"report {document.pk} is not issued")
    return DocumentItem(
        id=document.pk,
        number=document.number,
        title=str(document),
        kind=DocumentKind(document.kind),
        school=round_.school_id if round_ else None,
        cluster=document.cluster_id,
        term=term.pk if term else None,
        academic_year=year.year,
        version=document.version,
        issued_on=local_day(document.issued_at),
        is_published=document.state == DocumentState.PUBLISHED,
        is_replaced=document.is_replaced,
        verify_url=verify_url(document.code),
        sha256=document.sha256 or None,
    )
