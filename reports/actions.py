"""What is done with a report: prepared, returned, issued, revised, published, withdrawn."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from reports.book.jobs import cancel_job
from reports.book.models import BookJob
from reports.composer.composed import written_parts
from reports.composer.queries import lock_composition_of
from reports.data.schema import ReportFigures, ReportSnapshot
from reports.data.signers import (
    PaperSigner,
    frozen_signer,
    recorded_signer,
    report_preparers,
)
from reports.data.summary import load_summary_source
from reports.enums import DocumentAction, DocumentKind, DocumentState
from reports.interim import is_interim_now
from reports.models import IssuedDocument
from reports.queries import (
    area_of,
    is_of_few_schools,
    later_version,
    previous_issued_version,
    report_figures,
    steps_missing_for_term_report,
)
from reports.rendering import RenderProgress, queue_rendering, render_progress
from reports.verification import verify_url
from schools.access import Permission, capacity_of
from schools.core.errors import ActionRefused
from schools.models import AcademicYear, Area, Cluster, Term, User
from supervision.improvement.models import Summary
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.models.drives import AT_WORK_STATES
from supervision.results.scores import FEW_SCHOOLS
from supervision.rounds.models import Round
from supervision.workflow.actions import ensure_allowed, start, transition

TEMPLATE_VERSION = "7"
"""The version of shapes and templates that a paper is made with, kept with its snapshot.

It is raised when a key of reports/data/schema.py is added, renamed or dropped, and the templates
go on reading the snapshots of before. Keys renamed in version 0.4 (`frame` to `survey_template`)
need no reader: nobody has papers that an older version issued.
"""


DRIVE_NOT_ENDORSED = "ยังเสนอรายงานไม่ได้ เพราะ ก.ต.ป.น. ยังไม่เห็นชอบการขับเคลื่อนของปีนี้"


def prepare_term_report(round_: Round, *, number: str, by: User) -> IssuedDocument:
    """Put the school's term report before the area director.

    Raises ActionRefused, with what is missing, before the six steps are done.
    """
    document = IssuedDocument(
        kind=DocumentKind.TERM, round=round_, number=number, is_sample=round_.is_sample
    )
    return _prepare(document, by=by)


def prepare_year_report(
    year: AcademicYear,
    *,
    number: str,
    by: User,
    cover_number: str = "",
    not_interim_reason: str = "",
) -> IssuedDocument:
    """Put the area's year-end report before the area director.

    Before the year is over it is called interim, unless a reason is given. Raises ActionRefused
    while no round of the year has its term report issued.
    """
    rounds = Round.objects.filter(term__academic_year=year)
    if not IssuedDocument.objects.filter(round__in=rounds, issued_at__isnull=False).exists():
        raise ActionRefused("ยังเสนอรายงานประจำปีไม่ได้ เพราะยังไม่มีรายงานรายภาคเรียนของปีการศึกษานี้")
    document = IssuedDocument(
        kind=DocumentKind.YEAR,
        academic_year=year,
        number=number,
        cover_number=cover_number,
        not_interim_reason=not_interim_reason,
        is_sample=rounds.filter(is_sample=True).exists(),
    )
    document.is_interim = is_interim_now(document)
    return _prepare(document, by=by)


def prepare_summary_report(
    term: Term, cluster: Cluster | None, *, number: str, by: User, cover_number: str = ""
) -> IssuedDocument:
    """Put the summary of a term, of all schools or of one cluster, before the area director.

    Raises ActionRefused while none of its schools has a signed visit.
    """
    rows = load_summary_source(term, cluster).rows
    if not any(row.is_visited for row in rows):
        raise ActionRefused("ยังเสนอรายงานสรุปไม่ได้ เพราะยังไม่มีโรงเรียนใดมีบันทึกการนิเทศที่ลงนามแล้ว")
    document = IssuedDocument(
        kind=DocumentKind.SUMMARY,
        term=term,
        cluster=cluster,
        number=number,
        cover_number=cover_number,
        is_sample=any(row.is_sample for row in rows),
    )
    return _prepare(document, by=by)


def prepare_drive_report(
    drive: QualityDrive, *, number: str, by: User, cover_number: str = ""
) -> IssuedDocument:
    """Put the report on a year's quality drive before the area director.

    Raises ActionRefused until ก.ต.ป.น. has endorsed the drive.
    """
    if drive.state not in AT_WORK_STATES:
        raise ActionRefused(DRIVE_NOT_ENDORSED)
    document = IssuedDocument(
        kind=DocumentKind.DRIVE,
        drive=drive,
        number=number,
        cover_number=cover_number,
        is_sample=drive.is_sample,
    )
    return _prepare(document, by=by)


@transaction.atomic
def _prepare(document: IssuedDocument, *, by: User) -> IssuedDocument:
    _lock_register(document)
    _check_steps(document)
    if IssuedDocument.objects.of_same_report(document).exists():
        raise ActionRefused("รายงานฉบับนี้เสนอลงนามไว้แล้ว")
    _check_number(document.number, of=document)
    _name_preparer(document, by=by)
    start(document, DocumentAction.PREPARE, by=by)
    return document


def _name_preparer(document: IssuedDocument, *, by: User) -> None:
    """Who puts it before the area director has checked it, and is printed as such."""
    document.prepared_by, document.prepared_at = by, timezone.now()
    document.prepared_as = capacity_of(by, Permission.PREPARE_REPORT)


def _lock_register(document: IssuedDocument) -> None:
    """The register is the area's: it is locked, so that a number is given once.

    What is written of the document is locked too: what is being saved comes before this.
    """
    Area.objects.select_for_update().get(pk=area_of(document).pk)
    lock_composition_of(document)


def _check_steps(document: IssuedDocument) -> None:
    """A school's report covers six steps that are done; one may have been opened again."""
    if document.round is None:
        return
    _lock_steps(document.round)
    missing = steps_missing_for_term_report(document.round, timezone.localdate())
    if missing:
        raise ActionRefused("รายงานยังไม่ครบ โปรดทำขั้นต่อไปนี้ให้เสร็จก่อน", missing=missing)


def _lock_steps(round_: Round) -> None:
    """Nobody opens a done step again between this check and the signature."""
    for records in (round_.school.needs_surveys, Summary.objects.filter(round=round_)):
        list(records.select_for_update().values_list("pk"))


def _check_number(number: str, *, of: IssuedDocument) -> None:
    if IssuedDocument.objects.filter(number=number).exclude(pk=of.pk).exists():
        raise ActionRefused(f"เลขที่ {number} ใช้กับรายงานฉบับอื่นแล้ว โปรดใช้เลขถัดไป")


def return_report_for_correction(document: IssuedDocument, *, by: User, reason: str) -> None:
    """The area director does not sign it and says why."""
    transition(document, DocumentAction.RETURN, by=by, reason=reason)


@transaction.atomic
def prepare_report_again(
    document: IssuedDocument, *, number: str, by: User, not_interim_reason: str = ""
) -> None:
    """Put a returned report forward once more; its figures are those of the day it is signed.

    A reason why a year's report is not called interim holds until another one is given.
    """
    _lock_register(document)
    _check_steps(document)
    _check_number(number, of=document)
    document.not_interim_reason = not_interim_reason or document.not_interim_reason
    reason, is_interim = document.not_interim_reason, is_interim_now(document)
    transition(
        document,
        DocumentAction.PREPARE_AGAIN,
        by=by,
        number=number,
        not_interim_reason=reason,
        is_interim=is_interim,
        prepared_by=by,
        prepared_as=capacity_of(by, Permission.PREPARE_REPORT),
        prepared_at=timezone.now(),
    )


@transaction.atomic
def revise_report(
    document: IssuedDocument, *, number: str, reason: str, by: User
) -> IssuedDocument:
    """Put a corrected version of a signed report forward, under a number of its own.

    The one before stays in force until the new one is signed. Raises ActionRefused while it is not
    signed itself, and when there is a corrected version already.
    """
    _lock_register(document)
    _check_steps(document)
    check_report_can_be_revised(document)
    last = IssuedDocument.objects.of_same_report(document).order_by("-version")[0]
    following = IssuedDocument(
        **document.revision_copies(),
        number=number,
        version=last.version + 1,
        previous=last,
    )
    following.is_interim = is_interim_now(following)
    _name_preparer(following, by=by)
    _check_number(number, of=following)
    start(following, DocumentAction.REVISE, by=by, reason=reason)
    return following


def check_report_can_be_revised(document: IssuedDocument) -> None:
    """Raises ActionRefused as revise_report would, for the page that asks before it."""
    if not document.is_issued:
        raise ActionRefused("จัดทำฉบับแก้ไขได้เมื่อลงนามออกรายงานแล้วเท่านั้น")
    if following := later_version(document):
        raise ActionRefused(f"รายงานนี้มีฉบับแก้ไขแล้ว คือเลขที่ {following.number} โปรดเปิดฉบับนั้น")


def discard_revision(document: IssuedDocument, *, by: User, reason: str) -> None:
    """Give a returned corrected version up: the signed one before it stays in force.

    Raises ActionRefused for a first version: a round or a year is to have its report.
    """
    check_revision_can_be_discarded(document)
    transition(document, DocumentAction.DISCARD, by=by, reason=reason)


def check_revision_can_be_discarded(document: IssuedDocument) -> None:
    """Raises ActionRefused as discard_revision would, for the page that asks before it."""
    ensure_allowed(document, DocumentAction.DISCARD)
    if document.version == 1:
        raise ActionRefused("ยกเลิกได้เฉพาะฉบับแก้ไข รายงานฉบับแรกโปรดแก้ไขแล้วเสนอลงนามอีกครั้ง")


@transaction.atomic
def issue_report(document: IssuedDocument, *, by: User) -> None:
    """The area director signs: the figures are frozen and the PDF is made from them (step 7).

    A corrected version takes the published summary of the one before back from the public.
    Raises ActionRefused, with what is missing, when a step was opened again meanwhile.
    """
    _lock_register(document)
    document.refresh_from_db()
    ensure_allowed(document, DocumentAction.ISSUE)
    _check_steps(document)
    at, capacity = timezone.now(), capacity_of(by, Permission.ISSUE_REPORT)
    signer = recorded_signer("", by, capacity, "ลงนาม", at)
    transition(
        document,
        DocumentAction.ISSUE,
        by=by,
        issued_by=by,
        issued_at=at,
        issued_as=capacity,
        snapshot=report_snapshot(document, report_figures(document), signer),
        template_version=TEMPLATE_VERSION,
    )
    before = previous_issued_version(document)
    if before and before.state == DocumentState.PUBLISHED:
        withdraw_report(before, by=by, reason=f"ออกฉบับแก้ไขเลขที่ {document.number} แทนแล้ว")
    transaction.on_commit(partial(queue_rendering, document))


def report_snapshot(
    document: IssuedDocument, figures: ReportFigures, signer: PaperSigner
) -> ReportSnapshot:
    """All that the paper says: the figures, and what the register says of the document.

    Of a draft, `signer` is who is to sign it.
    """
    before = previous_issued_version(document)
    return {
        "figures": figures,
        "parts": written_parts(document, figures),
        "document": {
            "number": document.number,
            "cover_number": document.cover_number,
            "title": document.title,
            "code": document.code,
            "verify_url": verify_url(document.code),
            "issued_at": timezone.localtime(signer.at).isoformat() if signer.at else "",
            "issued_as": signer.post,
            "revision": document.revision.strip(),
            "replaces": before.number if before else "",
            "signer": frozen_signer(signer),
            "preparers": [frozen_signer(one) for one in report_preparers(document)],
        },
    }


UNMADE = (RenderProgress.FAILED, RenderProgress.MISSING, RenderProgress.CANCELLED)


def cancel_rendering(document: IssuedDocument) -> None:
    """Leave the book of an issued document unmade for now.

    Raises ActionRefused when it is made or cancelled already, and of a report that is no book.
    """
    job = BookJob.objects.filter(document=document).first()
    if job is None:
        raise ActionRefused("เอกสารนี้จัดทำในทันที จึงไม่มีงานให้ยกเลิก")
    cancel_job(job)


def render_report_again(document: IssuedDocument) -> None:
    """Make the PDF of an issued document once more, from the same frozen figures.

    For one that could not be made, was cancelled, or was lost from the storage. Raises
    ActionRefused when there is nothing to make or it is being made.
    """
    if render_progress(document) not in UNMADE:
        raise ActionRefused("เอกสารนี้จัดทำเสร็จแล้วหรือกำลังจัดทำอยู่ โปรดกลับไปดูสถานะปัจจุบัน")
    queue_rendering(document)


def check_report_can_be_published(document: IssuedDocument) -> None:
    """Raises ActionRefused as publish_report would, for the page that asks before it."""
    ensure_allowed(document, DocumentAction.PUBLISH)
    if not document.file:
        raise ActionRefused("ยังเผยแพร่ไม่ได้ เพราะเอกสารยังจัดทำไม่เสร็จ โปรดรอสักครู่")
    if not document.has_file:
        raise ActionRefused("ยังเผยแพร่ไม่ได้ เพราะไม่พบไฟล์เอกสารในที่เก็บ โปรดกู้ไฟล์หรือจัดทำเอกสารใหม่ก่อน")
    following = later_version(document)
    if is_of_few_schools(document):
        raise ActionRefused(f"เผยแพร่ไม่ได้ เพราะรายงานสรุปนี้มาจากโรงเรียนน้อยกว่า {FEW_SCHOOLS} แห่ง")
    if following and following.is_issued:
        raise ActionRefused(f"รายงานนี้มีฉบับแก้ไขแล้ว โปรดเผยแพร่ฉบับแก้ไขเลขที่ {following.number} แทน")


@transaction.atomic
def publish_report(document: IssuedDocument, *, by: User) -> None:
    """Show the allowed summary to the public: a second act after issuing.

    Raises ActionRefused while the document is still being made, and once a corrected version is
    signed.
    """
    _lock_register(document)
    check_report_can_be_published(document)
    transition(document, DocumentAction.PUBLISH, by=by)


@transaction.atomic
def withdraw_report(document: IssuedDocument, *, by: User, reason: str) -> None:
    """Take the published summary back from the public page."""
    _lock_register(document)
    transition(document, DocumentAction.WITHDRAW, by=by, reason=reason)
