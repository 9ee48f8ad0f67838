"""The register of reports, the page of a report, and each thing that is done with it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from reports import actions
from reports.book.models import BookJob
from reports.composer.checklist import document_checklist
from reports.composer.composed import document_parts
from reports.data.public import public_summary
from reports.enums import DocumentAction, DocumentState
from reports.forms import (
    InterimReasonForm,
    ReportNumberForm,
    ReportRegisterFilter,
    ReportRevisionForm,
)
from reports.models import IssuedDocument
from reports.queries import (
    TermWithoutSummary,
    drives_without_report,
    is_of_few_schools,
    later_version,
    previous_issued_version,
    register_rows,
    report_figures,
    terms_without_summary,
)
from reports.rendering import RenderProgress, render_progress
from schools.access import Permission, can, require, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.file_responses import file_response
from schools.core.forms import ReasonForm, post_data
from schools.core.http import SignedInRequest
from schools.models import AcademicYear
from supervision.quality_drive.models import QualityDrive
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

PER_PAGE = 30


def report_register(request: SignedInRequest) -> HttpResponse:
    """The register of reports; what waits for a signature comes first."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    filters = ReportRegisterFilter(request.GET)
    rows = filters.apply(register_rows(request.user))
    may_sign = can(request.user, Permission.ISSUE_REPORT)
    context = {
        "filters": filters,
        "waiting": list(rows.filter(state=DocumentState.PREPARED)) if may_sign else [],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "years": _years(request),
        "summary_choices": _summary_choices(request),
        "drives": _drives(request),
        "is_filtered": bool(request.GET),
    }
    return render(request, "reports/register.html", context)


def _years(request: SignedInRequest) -> list[AcademicYear]:
    """Years whose report may be looked at or put forward from here."""
    if not can(request.user, Permission.VIEW_REPORTS):
        return []
    return list(AcademicYear.objects.filter(terms__rounds__isnull=False, reports=None).distinct())


def _summary_choices(request: SignedInRequest) -> list[TermWithoutSummary]:
    """Terms whose summary may be looked at or put forward from here."""
    return terms_without_summary() if can(request.user, Permission.VIEW_REPORTS) else []


def _drives(request: SignedInRequest) -> list[QualityDrive]:
    """Quality drives whose report may be looked at or put forward from here."""
    return list(drives_without_report()) if can(request.user, Permission.VIEW_REPORTS) else []


def report_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """One report: state, file, proof, what may be done next, figures and history."""
    document = get_visible_report(request, pk)
    progress = render_progress(document)
    file_context = {
        "document": document,
        "progress": progress,
        "is_rendering": progress == RenderProgress.RENDERING,
        "job": BookJob.objects.filter(document=document).first(),
        "earlier_files": document.earlier_files.all(),
        **_permitted_actions(request, document),
    }
    if request.htmx and not request.htmx.boosted:
        return render(request, "reports/file_state.html", file_context)
    history = workflow_history(document, to_school=not can(request.user, Permission.VIEW_REPORTS))
    context = {
        **file_context,
        **_versions(request, document),
        "r": (figures := report_figures(document)),
        "parts": document_parts(document, figures),
        "history": history,
    }
    return render(request, "reports/report.html", context)


def get_visible_report(request: SignedInRequest, pk: int) -> IssuedDocument:
    """The report, if the person sees it, with its frozen figures."""
    return get_object_or_404(register_rows(request.user).defer(None), pk=pk)


def _versions(
    request: SignedInRequest, document: IssuedDocument
) -> dict[str, IssuedDocument | None]:
    """The versions before and after it, as far as the person sees them."""
    versions = register_rows(request.user).of_same_report(document).not_discarded()
    return {
        "before": versions.filter(version__lt=document.version).order_by("-version").first(),
        "following": versions.filter(version__gt=document.version).order_by("version").first(),
    }


def _permitted_actions(request: SignedInRequest, document: IssuedDocument) -> dict[str, bool]:
    """Which actions the page offers: the state allows them and so do the person's appointments."""
    may_issue = can(request.user, Permission.ISSUE_REPORT)
    may_publish = can(request.user, Permission.PUBLISH_REPORT)
    may_prepare = can(request.user, Permission.PREPARE_REPORT)
    state = document.state
    is_back = may_prepare and state == DocumentState.RETURNED
    return {
        "may_prepare_again": is_back,
        "may_discard": is_back and document.version > 1,
        "may_revise": may_prepare and document.is_issued and not later_version(document),
        "may_read_memo": can(request.user, Permission.VIEW_REPORTS),
        "may_read_plans": can(request.user, Permission.VIEW_AREA),
        "may_issue": may_issue and state == DocumentState.PREPARED,
        "may_render": may_issue,
        "may_publish": may_publish and _is_publishable(document),
        "may_withdraw": may_publish and state == DocumentState.PUBLISHED,
    }


def _is_publishable(document: IssuedDocument) -> bool:
    """Signed, its file made, and not replaced by a corrected version."""
    is_whole = document.state == DocumentState.ISSUED and document.has_file
    return is_whole and not document.is_replaced and not is_of_few_schools(document)


def report_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The PDF, for those who may see the report."""
    document = get_visible_report(request, pk)
    if not document.file:
        raise Http404
    return file_response(document.file, f"{document}.pdf", download=True)


def _confirm(
    request: SignedInRequest, document: IssuedDocument, action: Callable[..., Any], **page: Any
) -> HttpResponse:
    """Ask on a page of its own, then do it; both lead back to the report."""
    return confirm_action(
        request,
        partial(action, document, by=request.user),
        cancel_url=document.get_absolute_url(),
        **page,
    )


def report_issue(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, then sign: from here on the figures are frozen."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.ISSUE_REPORT)
    ensure_allowed(document, DocumentAction.ISSUE)
    return _confirm(
        request,
        document,
        actions.issue_report,
        template="reports/confirm_report.html",
        get_extra_context=lambda: {"checklist": document_checklist(document)},
        success_message="ลงนามออกรายงานแล้ว กำลังจัดทำเอกสาร PDF",
        heading=f"ลงนามออกรายงานเลขที่ {document.number}",
        effects=[
            f"ตัวเลขและข้อความทั้งหมดของ{document} หยุดอยู่ ณ เวลาที่ลงนาม",
            "การแก้ไขข้อมูลภายหลังไม่เปลี่ยนรายงานฉบับนี้ หากพบข้อผิดต้องออกเป็นฉบับแก้ไข",
            "ระบบจัดทำเอกสาร PDF พร้อมรหัสตรวจสอบและ QR Code",
            _readers_after_signing(document),
            *_replacement_effects(document),
        ],
        irreversible="รายงานที่ลงนามแล้วแก้ไขหรือยกเลิกการลงนามไม่ได้",
        submit_label="ลงนามออกรายงาน",
    )


def _readers_after_signing(document: IssuedDocument) -> str:
    """Who reads the report from then on, beside those who read the whole register."""
    if document.round:
        readers = "โรงเรียนเห็นรายงานของตน"
    elif document.cluster:
        readers = "อนุกรรมการของกลุ่มโรงเรียนเห็นรายงาน โรงเรียนยังไม่เห็น"
    else:
        readers = "โรงเรียนยังไม่เห็น"
    return f"{readers} และบุคคลภายนอกยังไม่เห็น การเผยแพร่เป็นขั้นแยกต่างหาก"


def _replacement_effects(document: IssuedDocument) -> list[str]:
    before = previous_issued_version(document)
    if before is None:
        return []
    effects = [f"ใช้แทนรายงานเลขที่ {before.number} ซึ่งยังเก็บไว้ในทะเบียน"]
    if before.state == DocumentState.PUBLISHED:
        effects.append(f"สรุปผลของเลขที่ {before.number} ที่เผยแพร่อยู่จะถูกถอน แล้วเผยแพร่ฉบับนี้ได้")
    return effects


def report_render(request: SignedInRequest, pk: int) -> HttpResponse:
    """Try again to make the PDF after a failure; the frozen figures stay the same.

    Who comes back here after signing in again is led to the report.
    """
    document = get_visible_report(request, pk)
    if request.method != "POST":
        return redirect(document)
    require(request.user, Permission.ISSUE_REPORT)
    actions.render_report_again(document)
    messages.success(request, "เริ่มจัดทำเอกสารอีกครั้งแล้ว")
    return redirect(document)


def report_render_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """End the making of a book; it is made another time from the same frozen figures."""
    document = get_visible_report(request, pk)
    if request.method != "POST":
        return redirect(document)
    require(request.user, Permission.ISSUE_REPORT)
    actions.cancel_rendering(document)
    messages.success(request, "ยกเลิกการจัดทำแล้ว ส่วนที่จัดทำแล้วยังเก็บไว้")
    return redirect(document)


def report_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask with the very summary the public will see, then publish it."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.PUBLISH_REPORT)
    actions.check_report_can_be_published(document)
    return _confirm(
        request,
        document,
        actions.publish_report,
        success_message="เผยแพร่สรุปผลแล้ว",
        template="reports/publish.html",
        heading=f"เผยแพร่สรุปผลของรายงานเลขที่ {document.number}",
        get_extra_context=lambda: {"summary": public_summary(document.frozen["figures"])},
        submit_label="เผยแพร่",
    )


def report_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask why, then take the summary back from the public page."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.PUBLISH_REPORT)
    ensure_allowed(document, DocumentAction.WITHDRAW)
    return _confirm(
        request,
        document,
        actions.withdraw_report,
        form=ReasonForm(post_data(request)),
        success_message="ถอนการเผยแพร่แล้ว",
        heading=f"ถอนการเผยแพร่รายงานเลขที่ {document.number}",
        effects=[
            "หน้าเผยแพร่บอกเพียงว่าถอนแล้ว จนกว่าจะเผยแพร่ใหม่",
            "รายงานที่ลงนามแล้วยังอยู่เช่นเดิม",
        ],
        danger=True,
        submit_label="ถอนการเผยแพร่",
    )


# --- Before it is signed, and corrected after it was signed ---


def report_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """The area director says what is to be corrected before signing."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.ISSUE_REPORT)
    ensure_allowed(document, DocumentAction.RETURN)
    return _confirm(
        request,
        document,
        actions.return_report_for_correction,
        form=ReasonForm(post_data(request)),
        success_message="ส่งกลับให้แก้ไขแล้ว",
        heading=f"ส่งกลับรายงานเลขที่ {document.number} ให้แก้ไข",
        effects=[
            "กลุ่มนิเทศฯ เห็นเหตุผลของคุณ แก้ไขข้อมูล แล้วเสนอลงนามอีกครั้ง",
            "รายงานยังไม่ออก และโรงเรียนยังไม่เห็น",
        ],
        submit_label="ส่งกลับให้แก้ไข",
    )


def report_prepare_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a returned report before the area director once more."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.PREPARE_REPORT)
    ensure_allowed(document, DocumentAction.PREPARE_AGAIN)
    now = {"number": document.number, "not_interim_reason": document.not_interim_reason}
    form_class = InterimReasonForm if document.academic_year else ReportNumberForm
    return _confirm(
        request,
        document,
        actions.prepare_report_again,
        template="reports/confirm_report.html",
        get_extra_context=lambda: {"checklist": document_checklist(document)},
        form=form_class(post_data(request), document=document, initial=now),
        success_message="เสนอรายงานเพื่อลงนามอีกครั้งแล้ว",
        heading=f"เสนอ{document} อีกครั้ง",
        effects=["ตัวเลขและข้อความในรายงานเป็นปัจจุบัน ณ วันที่ลงนาม"],
        submit_label="เสนอ ผอ.สพป. ลงนาม",
    )


def report_revise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a corrected version of a signed report forward."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.PREPARE_REPORT)
    actions.check_report_can_be_revised(document)
    return _confirm(
        request,
        document,
        actions.revise_report,
        template="reports/confirm_report.html",
        get_extra_context=lambda: {"checklist": document_checklist(document)},
        form=ReportRevisionForm(post_data(request)),
        success_message="เสนอฉบับแก้ไขเพื่อลงนามแล้ว",
        heading=f"จัดทำฉบับแก้ไขของรายงานเลขที่ {document.number}",
        effects=[
            "ฉบับที่ลงนามแล้วเก็บไว้ถาวร และยังใช้อยู่จนกว่าจะลงนามฉบับแก้ไข",
            "ฉบับแก้ไขใช้ข้อมูลปัจจุบัน มีเลขที่ของตน และระบุว่าแทนฉบับใด",
            _texts_to_correct_first(document),
            "เมื่อลงนามฉบับแก้ไข สรุปผลของฉบับเดิมที่เผยแพร่อยู่จะถูกถอน แล้วเผยแพร่ฉบับแก้ไขได้",
        ],
        submit_label="เสนอ ผอ.สพป. ลงนาม",
    )


def _texts_to_correct_first(document: IssuedDocument) -> str:
    """Where the words of a corrected version come from, which are put right before it."""
    if document.round:
        return "หากต้องแก้ข้อความของสรุปผล โปรดเปิดสรุปผลเพื่อแก้ไขและให้โรงเรียนเห็นชอบก่อน"
    return "ข้อความเป็นไปตามหน้าเขียนรายงาน โปรดแก้ไขและดูรายการก่อนเสนอลงนามที่หน้านั้นก่อน"


def report_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a returned corrected version up."""
    document = get_visible_report(request, pk)
    require(request.user, Permission.PREPARE_REPORT)
    actions.check_revision_can_be_discarded(document)
    return _confirm(
        request,
        document,
        actions.discard_revision,
        form=ReasonForm(post_data(request)),
        success_message="ยกเลิกฉบับแก้ไขแล้ว",
        heading=f"ยกเลิกฉบับแก้ไขเลขที่ {document.number}",
        effects=["รายงานที่ลงนามแล้วยังใช้อยู่", "เลขที่นี้เก็บไว้ในทะเบียนและใช้ซ้ำไม่ได้"],
        danger=True,
        submit_label="ยกเลิกฉบับแก้ไข",
    )
