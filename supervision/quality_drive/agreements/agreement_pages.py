"""One school's agreement: its page, and the pages that change a draft."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import (
    ReasonForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import School, User
from supervision.improvement.ledger import LedgerEntry
from supervision.quality_drive.agreements import drafting, signing
from supervision.quality_drive.agreements.enums import AgreementAction, AgreementState
from supervision.quality_drive.agreements.forms import (
    AgreementCommentForm,
    AgreementDraftForm,
    AgreementSupportForm,
)
from supervision.quality_drive.agreements.proposed_targets import TARGET_RULE
from supervision.quality_drive.agreements.queries import (
    RETURNED_ACTIONS,
    agreed_dimensions,
    agreement_changes,
    edits_since_return,
    find_current_agreement,
    school_agreements,
    signed_version_before,
)
from supervision.quality_drive.models import Agreement, AgreementSupport, QualityDrive
from supervision.quality_drive.scores import load_design
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import HistoryEntry, workflow_history

AGREEMENT_RELATIONS = ("school__area", "drive__academic_year", "school_signed_by", "signed_by")


@dataclass(frozen=True)
class SupportLine:
    """One promise of an agreement, and how far it is once it stands in the ledger."""

    support: AgreementSupport
    entry: LedgerEntry | None


def get_agreement_or_404(
    request: SignedInRequest, pk: int, permission: Permission | None = None
) -> Agreement:
    """The version, if the person sees it and, where one is named, has the permission there."""
    rows = Agreement.objects.visible_to(request.user).select_related(*AGREEMENT_RELATIONS)
    agreement = get_object_or_404(rows, pk=pk)
    if permission:
        require(request.user, permission, agreement.school_id)
    return agreement


# --- The page ---


def agreement_page(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, get_agreement_or_404(request, pk), AgreementCommentForm())


def _page(
    request: SignedInRequest, agreement: Agreement, form: AgreementCommentForm
) -> HttpResponse:
    history, reader = workflow_history(agreement), request.user
    sees_area = can(reader, Permission.VIEW_AREA)
    before = signed_version_before(agreement)
    may_comment = agreement.is_discussed and signing.discussing_post(agreement, reader)
    context = {
        "agreement": agreement,
        "year": agreement.drive.academic_year.year,
        "dimensions": agreed_dimensions(agreement),
        "supports": _support_lines(agreement),
        "comments": agreement.comments.all(),
        "form": form if form.errors or may_comment else None,
        "asked": _asked(agreement, history),
        "edits": edits_since_return(history),
        "versions": school_agreements(agreement.drive, agreement.school, reader),
        "before": before,
        "changes": agreement_changes(before, agreement) if before else [],
        "history": history if sees_area else _history_for_school(agreement),
        "sees_area": sees_area,
        **_rights(agreement, reader),
    }
    return render(request, "quality_drive/agreements/agreement.html", context)


def _history_for_school(agreement: Agreement) -> list[HistoryEntry]:
    return workflow_history(agreement, to_school=True)


def _rights(agreement: Agreement, reader: User) -> dict[str, Any]:
    """What the reader may do with it now, and what a draft still lacks for who may propose it."""
    state, school = agreement.state, agreement.school_id
    may_edit = can(reader, Permission.EDIT_SCHOOL_DRIVE, school)
    signs_for_school = can(reader, Permission.SIGN_AGREEMENT_FOR_SCHOOL, school)
    is_draft = agreement.is_draft
    missing = signing.missing_to_propose_agreement(agreement) if is_draft and may_edit else []
    return {
        "may_edit": may_edit,
        "missing": missing,
        "may_sign_for_school": signs_for_school and state == AgreementState.PROPOSED,
        "may_sign": can(reader, Permission.SIGN_AGREEMENT)
        and state == AgreementState.SCHOOL_SIGNED,
        "may_cancel": may_edit and state in (AgreementState.DRAFT, AgreementState.PROPOSED),
        "may_revise": may_edit and agreement.is_in_force,
    }


def _support_lines(agreement: Agreement) -> list[SupportLine]:
    today = timezone.localdate()
    rows = agreement.supports.select_related("recommendation__school")
    return [
        SupportLine(one, LedgerEntry(one.recommendation, today) if one.recommendation else None)
        for one in rows
    ]


def _asked(agreement: Agreement, history: list[HistoryEntry]) -> HistoryEntry | None:
    """Who last asked for changes, and why, until it is proposed again."""
    if not agreement.is_draft:
        return None
    return next((line for line in history if line.verb in RETURNED_ACTIONS), None)


def agreement_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save a comment; a GET, as after signing in again, leads to the agreement."""
    agreement = get_agreement_or_404(request, pk)
    if not signing.discussing_post(agreement, request.user):
        raise PermissionDenied
    if request.method != "POST":
        return redirect(agreement)
    form = AgreementCommentForm(request.POST)
    if form.is_valid():
        with refusal_as_form_error(form):
            signing.comment_on_agreement(agreement, by=request.user, **form.cleaned_data)
            return redirect_with_message(
                request, "บันทึกความเห็นแล้ว", agreement, draft=f"agreement-comment-{pk}"
            )
    return _page(request, agreement, form)


# --- A school without one ---


def school_agreement(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """The school's agreement of the year; where there is none yet, what it waits for."""
    drive, school = _drive_and_school(request, year, pk)
    if agreement := find_current_agreement(drive, school, request.user):
        return redirect(agreement)
    may_draft = can(request.user, Permission.EDIT_SCHOOL_DRIVE, school.pk)
    context = {
        "drive": drive,
        "school": school,
        "year": year,
        "blocked": _why_not(drive, school),
        "may_draft": may_draft,
        "sees_area": can(request.user, Permission.VIEW_AREA),
        "versions": school_agreements(drive, school, request.user),
        "rule": TARGET_RULE,
    }
    return render(request, "quality_drive/agreements/none_yet.html", context)


def _drive_and_school(request: SignedInRequest, year: int, pk: int) -> tuple[QualityDrive, School]:
    drives = QualityDrive.objects.visible_to(request.user).select_related("academic_year")
    drive = get_object_or_404(drives, academic_year__year=year)
    return drive, get_object_or_404(School.objects.visible_to(request.user), pk=pk)


def _why_not(drive: QualityDrive, school: School) -> str:
    try:
        drafting.check_can_draft(drive, school)
    except ActionRefused as refusal:
        return str(refusal)
    return ""


@require_POST
def agreement_draft(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """Draft one school's agreement; its page is for reading and changing it."""
    drive, school = _drive_and_school(request, year, pk)
    require(request.user, Permission.EDIT_SCHOOL_DRIVE, school.pk)
    agreement = drafting.draft_agreement(load_design(drive), school, by=request.user)
    message = "ร่างบันทึกข้อตกลงแล้ว ตรวจค่าเป้าหมายและการสนับสนุน แล้วเสนอโรงเรียน"
    return redirect_with_message(request, message, agreement)


# --- Changing a draft ---


@transaction.atomic
def agreement_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The words and the targets; the row stays locked from the comparison until it is saved."""
    agreement = get_agreement_or_404(request, pk, Permission.EDIT_SCHOOL_DRIVE)
    drafting.check_agreement_is_draft(agreement)
    rows = lock_rows_on_post(request, Agreement.objects.all())
    locked = get_object_or_404(rows, pk=agreement.pk)
    form = AgreementDraftForm(post_data(request), instance=locked)
    if form.is_valid():
        with refusal_as_form_error(form):
            drafting.edit_agreement(agreement, by=request.user, **form.asked())
            return redirect_with_message(request, "บันทึกร่างแล้ว", agreement)
    context = {"agreement": agreement, "form": form, "rule": TARGET_RULE}
    return render(request, "quality_drive/agreements/edit.html", context)


def agreement_baseline(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = get_agreement_or_404(request, pk, Permission.EDIT_SCHOOL_DRIVE)
    drafting.check_agreement_is_draft(agreement)
    return confirm_action(
        request,
        partial(_take_over_baseline, agreement, by=request.user),
        success_message="นำข้อมูลฐานล่าสุดมาใส่ในร่างแล้ว",
        heading=f"ใช้ข้อมูลฐานล่าสุดของ{agreement.school}",
        effects=[
            "ช่อง “ก่อนพัฒนา” ทุกตัวชี้วัดในร่างตรงกับข้อมูลฐานของโรงเรียนในวันนี้",
            "ค่าเป้าหมายคงเดิม ตรวจและแก้ไขได้ภายหลัง",
        ],
        submit_label="ใช้ข้อมูลฐานล่าสุด",
        cancel_url=agreement.get_absolute_url(),
    )


def _take_over_baseline(agreement: Agreement, *, by: User) -> Agreement:
    drafting.take_over_baseline(agreement, by=by)
    return agreement


def agreement_support_add(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = get_agreement_or_404(request, pk, Permission.EDIT_SCHOOL_DRIVE)
    drafting.check_agreement_is_draft(agreement)
    form = AgreementSupportForm(post_data(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            support = form.promised()
            drafting.add_agreement_support(agreement, by=request.user, support=support)
            return redirect_with_message(request, "เพิ่มการสนับสนุนแล้ว", agreement)
    return _support_page(request, agreement, form, "เพิ่มการสนับสนุนของสำนักงาน")


def agreement_support_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    support = _get_support_or_404(request, pk)
    form = AgreementSupportForm(post_data(request), support=support)
    if form.is_valid():
        with refusal_as_form_error(form):
            drafting.update_agreement_support(support, by=request.user, support=form.promised())
            return redirect_with_message(request, "แก้ไขการสนับสนุนแล้ว", support.agreement)
    return _support_page(request, support.agreement, form, "แก้ไขการสนับสนุนของสำนักงาน")


def agreement_support_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    support = _get_support_or_404(request, pk)
    effects = [f"นำ “{support}” ออกจากร่าง ข้อความเดิมเก็บไว้ในประวัติ"]
    if support.recommendation:
        effects.append("เมื่อทั้งสองฝ่ายลงนามฉบับนี้แล้ว ข้อนี้ถอนจากทะเบียนติดตาม เว้นแต่รายงานว่าให้การสนับสนุนแล้ว")
    return confirm_action(
        request,
        partial(drafting.remove_agreement_support, support, by=request.user),
        success_message="นำการสนับสนุนออกแล้ว",
        heading="นำการสนับสนุนออกจากร่าง",
        effects=effects,
        submit_label="นำออก",
        cancel_url=support.agreement.get_absolute_url(),
        danger=True,
    )


def _get_support_or_404(request: SignedInRequest, pk: int) -> AgreementSupport:
    seen = Agreement.objects.visible_to(request.user)
    related = ("agreement__school", "agreement__drive__academic_year", "recommendation")
    rows = AgreementSupport.objects.filter(agreement__in=seen).select_related(*related)
    support = get_object_or_404(rows, pk=pk)
    require(request.user, Permission.EDIT_SCHOOL_DRIVE, support.agreement.school_id)
    drafting.check_agreement_is_draft(support.agreement)
    return support


def _support_page(
    request: SignedInRequest, agreement: Agreement, form: AgreementSupportForm, heading: str
) -> HttpResponse:
    context = {"agreement": agreement, "form": form, "heading": heading}
    return render(request, "quality_drive/agreements/support_form.html", context)


# --- Ending and amending ---


def agreement_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = get_agreement_or_404(request, pk, Permission.EDIT_SCHOOL_DRIVE)
    ensure_allowed(agreement, AgreementAction.CANCEL)
    return confirm_action(
        request,
        partial(drafting.cancel_agreement, agreement, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ยกเลิกร่างบันทึกข้อตกลงแล้ว",
        heading=f"ยกเลิกร่าง{agreement}",
        effects=[
            "ร่างนี้ดำเนินการต่อไม่ได้ ข้อความและเหตุผลเก็บไว้ดูย้อนหลัง",
            "ฉบับที่ลงนามแล้ว (ถ้ามี) ยังใช้ต่อไป และร่างฉบับใหม่ได้ภายหลัง",
        ],
        submit_label="ยกเลิกร่าง",
        cancel_url=agreement.get_absolute_url(),
        danger=True,
    )


def agreement_revise(request: SignedInRequest, pk: int) -> HttpResponse:
    agreement = get_agreement_or_404(request, pk, Permission.EDIT_SCHOOL_DRIVE)
    signing.check_can_revise_agreement(agreement)
    return confirm_action(
        request,
        partial(signing.revise_agreement, agreement, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="เริ่มฉบับใหม่แล้ว แก้ไขให้เรียบร้อย แล้วเสนอโรงเรียน",
        heading=f"จัดทำฉบับใหม่ของ{agreement}",
        effects=[
            f"ฉบับที่ {agreement.version} ยังใช้อยู่จนกว่าทั้งสองฝ่ายลงนามฉบับใหม่",
            "ค่าเป้าหมายและการสนับสนุนที่ยังไม่ปิดยกมาทั้งหมดให้แก้ไข การสนับสนุนที่ให้ครบแล้วอยู่ในฉบับเดิม",
            "โรงเรียนเห็นเหตุผลนี้เมื่อเสนอฉบับใหม่",
        ],
        submit_label="จัดทำฉบับใหม่",
        cancel_url=agreement.get_absolute_url(),
    )
