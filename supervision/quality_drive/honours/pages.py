"""Honours of a drive: listed, proposed, one honour, withdrawn, revoked."""

from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, require, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.forms import (
    ConflictCheckedForm,
    PortalForm,
    ReasonForm,
    form_field,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import School
from supervision.committees.meeting_field import MeetingForm
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.honours import actions
from supervision.quality_drive.honours.enums import HonourAction, HonourState
from supervision.quality_drive.honours.facts import load_honour_facts
from supervision.quality_drive.honours.queries import (
    honour_rows,
    honours_by_category,
)
from supervision.quality_drive.models import Honour, HonourCategory, QualityDrive
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history


class HonourProposalForm(PortalForm):
    """Which school is proposed in which category, and why."""

    category = forms.ModelChoiceField(
        HonourCategory.objects.none(), label="ประเภทรางวัล", empty_label="เลือกประเภท"
    )
    school = forms.ModelChoiceField(
        School.objects.none(), label="โรงเรียน", empty_label="เลือกโรงเรียน"
    )
    reason = forms.CharField(
        label="เหตุผลที่ยกย่อง",
        max_length=2000,
        widget=forms.Textarea,
        help_text="เขียนผลที่เกิดขึ้นจริง ข้อความนี้เผยแพร่และพิมพ์ในเกียรติบัตรเมื่อที่ประชุมมีมติ",
    )

    def __init__(self, *args: Any, drive: QualityDrive, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = form_field(self, "category", forms.ModelChoiceField)
        category.queryset = drive.honour_categories.all()
        school = form_field(self, "school", forms.ModelChoiceField)
        school.queryset = School.objects.open_on(timezone.localdate()).order_by("sort_key")


class HonourReasonForm(ConflictCheckedForm):
    """The reason of a proposal, which several people may put right."""

    class Meta:
        model = Honour
        fields = ("reason",)


class HonourRevokeForm(MeetingForm, ReasonForm):
    """The meeting that takes an honour back, and why."""

    field_order = ("meeting", "reason")


def drive_honours(request: SignedInRequest, year: int) -> HttpResponse:
    """The categories with their honours: to schools their own, and what a meeting released."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    drive = get_drive(request.user, year)
    sees_all = can(request.user, Permission.VIEW_RANKING)
    groups = honours_by_category(drive, request.user)
    states = [one.state for group in groups for one in group.honours]
    is_given = any(one.is_awarded for group in groups for one in group.honours)
    context = {
        "drive": drive,
        "groups": groups,
        "sees_all": sees_all,
        "may_manage": can(request.user, Permission.MANAGE_DRIVE),
        "may_resolve": can(request.user, Permission.RESOLVE_DRIVE),
        "waiting": states.count(HonourState.PROPOSED),
        "unreleased": states.count(HonourState.AWARDED),
        "may_issue": is_given and can(request.user, Permission.ISSUE_REPORT),
    }
    return render(request, "quality_drive/honours/list.html", context)


def honour_propose(request: SignedInRequest, year: int) -> HttpResponse:
    """Propose one school; what the portal knows of it stands beside once it is chosen."""
    drive = get_drive(request.user, year)
    require(request.user, Permission.MANAGE_DRIVE)
    form = _proposal_form(request, drive)
    if form.is_bound and form.is_valid():
        with refusal_as_form_error(form):
            sent = dict(form.cleaned_data)
            honour = actions.propose_honour(sent.pop("category"), by=request.user, **sent)
            return redirect_with_message(request, "เสนอชื่อโรงเรียนแล้ว รอการประชุม ก.ต.ป.น.", honour)
    school = _chosen_school(form)
    context = {
        "drive": drive,
        "form": form,
        "facts": load_honour_facts(drive, school, request.user, timezone.localdate())
        if school
        else None,
    }
    return render(request, "quality_drive/honours/propose.html", context)


def _proposal_form(request: SignedInRequest, drive: QualityDrive) -> HonourProposalForm:
    """Who only asks to be shown what is known of the school keeps what was typed so far."""
    if "show" in request.POST:
        return HonourProposalForm(drive=drive, initial=request.POST.dict())
    return HonourProposalForm(post_data(request), drive=drive, initial=request.GET.dict())


def _chosen_school(form: HonourProposalForm) -> School | None:
    """The school that was typed or that the address names; a key of none names nobody."""
    field = form_field(form, "school", forms.ModelChoiceField)
    try:
        return field.to_python(form["school"].value())
    except forms.ValidationError:
        return None


def honour_page(request: SignedInRequest, pk: int) -> HttpResponse:
    honour = _honour(request, pk)
    user, drive = request.user, honour.category.drive
    sees_all = can(user, Permission.VIEW_RANKING)
    may_resolve = can(user, Permission.RESOLVE_DRIVE)
    is_proposed = honour.state == HonourState.PROPOSED
    context = {
        "honour": honour,
        "drive": drive,
        "facts": load_honour_facts(drive, honour.school, user, timezone.localdate())
        if sees_all
        else None,
        "may_edit": is_proposed and can(user, Permission.MANAGE_DRIVE),
        "may_decide": is_proposed and may_resolve,
        "may_release": honour.state == HonourState.AWARDED and may_resolve,
        "may_withdraw": honour.state == HonourState.RELEASED and may_resolve,
        "may_revoke": honour.is_awarded and may_resolve,
        "sees_all": sees_all,
        "history": workflow_history(honour) if sees_all else [],
    }
    return render(request, "quality_drive/honours/honour.html", context)


def _honour(request: SignedInRequest, pk: int, *needed: Permission) -> Honour:
    """The honour, if the person sees it and has the permissions."""
    honour = get_object_or_404(honour_rows(request.user), pk=pk)
    for permission in needed:
        require(request.user, permission)
    return honour


@transaction.atomic
def honour_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    honour = _honour(request, pk, Permission.MANAGE_DRIVE)
    ensure_allowed(honour, HonourAction.EDIT)
    locked = get_object_or_404(lock_rows_on_post(request, Honour.objects), pk=pk)
    form = HonourReasonForm(post_data(request), instance=locked)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            actions.update_honour_reason(locked, by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "แก้ไขเหตุผลแล้ว", honour)
    context = {"honour": honour, "drive": honour.category.drive, "form": form}
    return render(request, "quality_drive/honours/edit.html", context)


def honour_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    honour = _honour(request, pk, Permission.RESOLVE_DRIVE)
    ensure_allowed(honour, HonourAction.WITHDRAW)
    return confirm_action(
        request,
        partial(actions.withdraw_honour, honour, by=request.user),
        form=ReasonForm(post_data(request), required="โปรดระบุเหตุผลที่ถอนการเผยแพร่"),
        success_message="ถอนการเผยแพร่แล้ว",
        heading=f"ถอนการเผยแพร่ {honour}",
        effects=[
            "หน้าเผยแพร่โรงเรียนที่ได้รับการยกย่องไม่แสดงรางวัลนี้อีก",
            "มติยกย่องยังอยู่ โรงเรียนที่ได้รับยังเห็นรางวัลของตน",
        ],
        submit_label="ถอนการเผยแพร่",
        cancel_url=honour.get_absolute_url(),
        danger=True,
    )


def honour_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    honour = _honour(request, pk, Permission.RESOLVE_DRIVE)
    ensure_allowed(honour, HonourAction.REVOKE)
    return confirm_action(
        request,
        partial(actions.revoke_honour, honour, by=request.user),
        form=HonourRevokeForm(post_data(request), required="โปรดระบุเหตุผลที่เพิกถอน"),
        success_message="บันทึกมติเพิกถอนรางวัลแล้ว",
        heading=f"เพิกถอนรางวัล {honour}",
        effects=[
            "รางวัลนี้ไม่แสดงต่อสาธารณะและต่อโรงเรียนอีก ประวัติเก็บไว้ในสำนักงาน",
            "หน้าตรวจสอบเกียรติบัตรบอกว่ารางวัลนี้เพิกถอนแล้ว",
        ],
        submit_label="บันทึกมติเพิกถอน",
        cancel_url=honour.get_absolute_url(),
        danger=True,
    )
