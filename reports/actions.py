from functools import partial

from django.db import transaction
from django.utils import timezone

from reports.data.term import term_report
from reports.data.year import year_report
from reports.enums import DocumentKind
from reports.models import IssuedDocument
from reports.tasks import render_document
from schools.access import Permission, capacity_of
from schools.models import AcademicYear, User
from supervision.improvement.enums import SummaryState
from supervision.rounds.models import Round
from supervision.workflow.actions import begin, move
from supervision.workflow.errors import Refused

TEMPLATE_VERSION = "1"


def prepare_term_report(round_: Round, *, number: str, by: User) -> IssuedDocument:
    """Put the school's term report before the area director.

    Raises Refused before the summary is agreed with the school (step 6).
    """
    summary = getattr(round_, "summary", None)
    if summary is None or summary.state != SummaryState.AGREED:
        raise Refused("ยังเสนอรายงานไม่ได้ เพราะโรงเรียนยังไม่เห็นชอบสรุปผล")
    document = IssuedDocument(
        kind=DocumentKind.TERM, round=round_, number=number, is_sample=round_.is_sample
    )
    return _prepare(document, by=by)


def prepare_year_report(year: AcademicYear, *, number: str, by: User) -> IssuedDocument:
    """Put the area's year-end report before the area director.

    Raises Refused while no round of the year has its term report issued.
    """
    rounds = Round.objects.filter(term__academic_year=year)
    if not IssuedDocument.objects.filter(round__in=rounds, issued_at__isnull=False).exists():
        raise Refused("ยังเสนอรายงานประจำปีไม่ได้ เพราะยังไม่มีรายงานรายภาคเรียนของปีการศึกษานี้")
    document = IssuedDocument(
        kind=DocumentKind.YEAR,
        academic_year=year,
        number=number,
        is_sample=rounds.filter(is_sample=True).exists(),
    )
    return _prepare(document, by=by)


@transaction.atomic
def _prepare(document: IssuedDocument, *, by: User) -> IssuedDocument:
    if IssuedDocument.objects.filter(
        round=document.round, academic_year=document.academic_year
    ).exists():
        raise Refused("รายงานฉบับนี้เสนอลงนามไว้แล้ว")
    if IssuedDocument.objects.filter(number=document.number).exists():
        raise Refused(f"เลขที่ {document.number} ใช้กับรายงานฉบับอื่นแล้ว โปรดใช้เลขถัดไป")
    document.prepared_by = by
    begin(document, "prepare", by=by)
    return document


@transaction.atomic
def issue(document: IssuedDocument, *, by: User) -> None:
    """The area director signs: the figures are frozen and the PDF is made from them (step 7)."""
    move(
        document,
        "issue",
        by=by,
        issued_by=by,
        issued_at=timezone.now(),
        issued_as=capacity_of(by, Permission.ISSUE_REPORT),
        snapshot=_figures(document),
        template_version=TEMPLATE_VERSION,
    )
    transaction.on_commit(partial(render_document.enqueue, document.pk))


def _figures(document: IssuedDocument) -> dict:
    if document.kind == DocumentKind.TERM:
        return term_report(document.round)
    return year_report(document.academic_year)


def publish(document: IssuedDocument, *, by: User) -> None:
    """Show the allowed summary to the public: a second act after issuing.

    Raises Refused while the document is still being made.
    """
    if not document.file:
        raise Refused("ยังเผยแพร่ไม่ได้ เพราะเอกสารยังจัดทำไม่เสร็จ โปรดรอสักครู่")
    move(document, "publish", by=by)


def withdraw(document: IssuedDocument, *, by: User, reason: str) -> None:
    """Take the published summary back from the public page."""
    move(document, "withdraw", by=by, reason=reason)
