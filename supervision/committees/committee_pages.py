"""Pages of committees: the list, one committee with its members on a day, and their forms."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField
from schools.core.forms import (
    ConflictCheckedForm,
    PortalForm,
    form_field,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models.dated import in_force_between_q
from schools.registry.queries import registry_changes_among
from supervision.assignments.models import OfficialOrder
from supervision.committees import committee_actions as actions
from supervision.committees.enums import MEETING_PILLS, MeetingState
from supervision.committees.models import Committee, CommitteeMember
from supervision.committees.queries import committee_members, possible_members

COMMITTEE_FIELDS = ("kind", "cluster", "name", "starts_on", "ends_on")
MEMBER_FIELDS = (
    "user",
    "name",
    "post",
    "position",
    "sequence",
    "capacity",
    "order",
    "order_text",
    "starts_on",
    "ends_on",
)
LATEST_MEETINGS = 10


class CommitteeForm(ConflictCheckedForm):
    """A committee by its kind and name."""

    starts_on = BuddhistDateField(label="ตั้งแต่วันที่")
    ends_on = BuddhistDateField(
        label="ถึงวันที่ (ถ้ามี)", required=False, help_text="เว้นว่างไว้ขณะที่ยังมีคณะกรรมการนี้"
    )

    class Meta:
        model = Committee
        fields = COMMITTEE_FIELDS
        widgets = {"kind": forms.RadioSelect}
        help_texts = {"cluster": "เฉพาะ อ.ก.ต.ป.น."}


class CommitteeMemberForm(ConflictCheckedForm):
    """A member: by the account, or by name and post for who has none."""

    sequence = forms.IntegerField(
        label="ลำดับในคำสั่ง (ถ้ามี)", required=False, min_value=1, max_value=200
    )
    starts_on = BuddhistDateField(label="ตั้งแต่วันที่")
    ends_on = BuddhistDateField(
        label="ถึงวันที่ (ถ้ามี)", required=False, help_text="เว้นว่างหากยังไม่ทราบวันสิ้นสุด"
    )

    class Meta:
        model = CommitteeMember
        fields = MEMBER_FIELDS
        help_texts = {
            "user": "เลือกเมื่อกรรมการมีบัญชีในระบบ ระบบใช้ดูว่าเป็นผู้อำนวยการโรงเรียนใด",
            "name": "เว้นว่างได้เมื่อเลือกบัญชี ระบบใช้ชื่อของบัญชี",
            "post": "เช่น ผู้อำนวยการโรงเรียน ข้าราชการบำนาญ",
            "capacity": "เช่น ผู้ทรงคุณวุฒิด้านการวิจัยและประเมินผล ผู้แทนผู้บริหารสถานศึกษา",
            "order_text": "กรอกเมื่อคำสั่งไม่อยู่ในระบบ เช่น คำสั่ง สพป. ที่ 12/2569",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = form_field(self, "user", forms.ModelChoiceField)
        user.queryset, user.empty_label = possible_members(self.instance), "ไม่มีบัญชีในระบบ"
        order = form_field(self, "order", forms.ModelChoiceField)
        order.queryset, order.empty_label = OfficialOrder.objects.signed(), "ไม่อยู่ในระบบ"
        order.label = "คำสั่งในระบบ (ถ้ามี)"

    def clean_sequence(self) -> int | None:
        """An existing member keeps the place where the box was emptied."""
        typed: int | None = self.cleaned_data["sequence"]
        return typed or (self.instance.sequence if self.instance.pk else None)


class CorrectMemberForm(CommitteeMemberForm):
    """A membership put right, with the reason."""

    reason = forms.CharField(
        label="เหตุผลที่แก้ไข",
        max_length=80,
        error_messages={"required": "โปรดระบุเหตุผลที่แก้ไข เช่น พิมพ์ตำแหน่งผิด"},
    )


class LastDayForm(PortalForm):
    """The last day of a membership."""

    last_day = BuddhistDateField(label="เป็นกรรมการวันสุดท้าย")


class DayForm(PortalForm):
    """On which day the members are shown."""

    on = BuddhistDateField(label="รายชื่อ ณ วันที่", required=False)


def committee_list(request: SignedInRequest) -> HttpResponse:
    """The committees that the person may see, those that are over below."""
    today = timezone.localdate()
    in_force = in_force_between_q(today, today, "members__")
    committees = Committee.objects.visible_to(request.user).select_related("cluster")
    rows = list(committees.annotate(member_count=Count("members", filter=in_force)))
    context = {
        "rows": [one for one in rows if not one.is_over(today)],
        "past": [one for one in rows if one.is_over(today)],
        "may_manage": can(request.user, Permission.MANAGE_MEETINGS),
    }
    return render(request, "committees/committees.html", context)


def committee_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """A committee, its members on the chosen day, and its latest meetings."""
    committee = _visible_committee(request, pk)
    form = DayForm(request.GET if "on" in request.GET else {"on": ""})
    chosen = form.cleaned_data.get("on") if form.is_valid() else None
    day = chosen or timezone.localdate()
    meetings = list(committee.meetings.latest_first()[:LATEST_MEETINGS])
    context = {
        "committee": committee,
        "form": form,
        "day": day,
        "is_today": day == timezone.localdate(),
        "members": committee_members(committee, day),
        "meetings": [(one, MEETING_PILLS[MeetingState(one.state)]) for one in meetings],
        "may_manage": can(request.user, Permission.MANAGE_MEETINGS),
        "changes": _member_changes(committee),
    }
    return render(request, "committees/committee.html", context)


def _member_changes(committee: Committee) -> Any:
    return registry_changes_among(
        CommitteeMember.history.filter(committee=committee),
        *("position", "capacity", "post", "order_text", "starts_on", "ends_on"),
        called=lambda row: f" {row.name or row.post}",
    )


def _visible_committee(request: SignedInRequest, pk: int) -> Committee:
    committees = Committee.objects.visible_to(request.user).select_related("cluster")
    return get_object_or_404(committees, pk=pk)


def committee_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.MANAGE_MEETINGS)
    return _committee_form(request, None)


@transaction.atomic
def committee_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    committee = _visible_committee(request, pk)
    require(request.user, Permission.MANAGE_MEETINGS)
    return _committee_form(
        request, lock_rows_on_post(request, Committee.objects).get(pk=committee.pk)
    )


def _committee_form(request: SignedInRequest, committee: Committee | None) -> HttpResponse:
    form = CommitteeForm(post_data(request), instance=committee)
    if form.is_valid():
        with refusal_as_form_error(form):
            fields = {name: form.cleaned_data[name] for name in COMMITTEE_FIELDS}
            saved = actions.save_committee(form.instance, by=request.user, fields=fields)
            return redirect_with_message(request, f"บันทึก {saved} แล้ว", "committee", saved.pk)
    context = {"form": form, "committee": committee}
    return render(request, "committees/committee_form.html", context)


def member_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a member; the account may be chosen by the address."""
    committee = _visible_committee(request, pk)
    require(request.user, Permission.MANAGE_MEETINGS)
    form = CommitteeMemberForm(
        post_data(request),
        instance=CommitteeMember(committee=committee),
        initial={"user": request.GET.get("user"), "sequence": None},
    )
    add = partial(actions.add_committee_member, form.instance, by=request.user)
    return _member_form(request, committee, form, add)


@transaction.atomic
def member_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a membership right."""
    member = _visible_member(request, pk)
    require(request.user, Permission.MANAGE_MEETINGS)
    row = lock_rows_on_post(request, CommitteeMember.objects).get(pk=member.pk)
    form = CorrectMemberForm(post_data(request), instance=row)
    reason = form.data.get("reason", "")
    save = partial(actions.update_committee_member, row, by=request.user, reason=reason)
    return _member_form(request, member.committee, form, save, member=row)


def _member_form(
    request: SignedInRequest,
    committee: Committee,
    form: CommitteeMemberForm,
    save: Callable[..., CommitteeMember],
    member: CommitteeMember | None = None,
) -> HttpResponse:
    if form.is_valid():
        with refusal_as_form_error(form):
            saved = save(fields={name: form.cleaned_data[name] for name in MEMBER_FIELDS})
            return redirect_with_message(request, f"บันทึก {saved} แล้ว", committee)
    context = {"form": form, "committee": committee, "member": member}
    return render(request, "committees/member_form.html", context)


def member_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """The last day of a membership."""
    member = _visible_member(request, pk)
    require(request.user, Permission.MANAGE_MEETINGS)
    return confirm_action(
        request,
        partial(actions.end_committee_member, member, by=request.user),
        form=LastDayForm(post_data(request)),
        success_message=f"บันทึกวันสิ้นสุดของ {member} แล้ว",
        heading=f"สิ้นสุดวาระของ {member}",
        effects=[
            "ชื่อยังอยู่ในรายชื่อของวันก่อนหน้าและในการประชุมที่เคยเข้า",
            "สิทธิในระบบสิ้นสุดตามตำแหน่งในทะเบียนหรือตามคำสั่ง ไม่ใช่จากหน้านี้",
        ],
        submit_label="บันทึกวันสิ้นสุด",
        cancel_url=reverse("committee", args=[member.committee_id]),
    )


def _visible_member(request: SignedInRequest, pk: int) -> CommitteeMember:
    committees = Committee.objects.visible_to(request.user)
    members = CommitteeMember.objects.select_related("committee__cluster", "user")
    return get_object_or_404(members, pk=pk, committee__in=committees)
