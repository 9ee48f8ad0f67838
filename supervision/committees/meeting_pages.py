"""Pages of meetings: the list, one meeting, and the steps from planning to closing."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField, BuddhistYearField, TimeOfDayField
from schools.core.forms import PortalForm, ReasonForm, form_field, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import be_year
from supervision.committees import meeting_actions as actions
from supervision.committees.enums import MEETING_PILLS, MeetingAction, MeetingState
from supervision.committees.models import Committee, Meeting
from supervision.committees.queries import (
    attendance_counts,
    attendance_of,
    meeting_links,
    meeting_outcomes,
    meetings_with_committee,
    missing_to_close,
    next_meeting_numbers,
    proposed_recusals,
    recusals_of,
)
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

MEETINGS_PER_PAGE = 50
PLAN_FACTS = ("number", "year", "held_on", "begins_at", "place")


class CommitteeField(forms.ModelChoiceField):
    """The choice of a committee by its short name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Committee.objects.none(), label="คณะกรรมการ", **kwargs)

    def label_from_instance(self, committee: Committee) -> str:
        return committee.short_name


class MeetingFilterForm(PortalForm):
    """Which meetings the list shows; what nobody offered is left out."""

    committee = CommitteeField(required=False, empty_label="ทุกคณะ")
    year = BuddhistYearField(label="ปี พ.ศ.", required=False)
    state = forms.ChoiceField(
        label="สถานะ", required=False, choices=[("", "ทุกสถานะ"), *MeetingState.choices]
    )

    def __init__(self, *args: Any, committees: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_field(self, "committee", CommitteeField).queryset = committees

    def filters(self) -> dict[str, Any]:
        """The conditions that were chosen, by the names of the meeting's fields."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class MeetingPlanForm(PortalForm):
    """Number, day, hour and place of a meeting."""

    number = forms.IntegerField(label="ครั้งที่", min_value=1, max_value=999)
    year = BuddhistYearField(label="ปี พ.ศ.")
    held_on = BuddhistDateField(label="วันที่ประชุม")
    begins_at = TimeOfDayField(label="เริ่มเวลา (ถ้ามี)", required=False)
    place = forms.CharField(label="สถานที่ประชุม (ถ้ามี)", max_length=200, required=False)


class NewMeetingForm(MeetingPlanForm):
    """A meeting of a committee; the number proposed is the next one of the year."""

    committee = CommitteeField()
    number = forms.IntegerField(
        label="ครั้งที่ (ถ้าทราบ)",
        min_value=1,
        max_value=999,
        required=False,
        help_text="เว้นว่างไว้ ระบบใช้เลขถัดไปของคณะนั้นในปี พ.ศ. ของวันประชุม",
    )
    year = BuddhistYearField(label="ปี พ.ศ. (ถ้าต่างจากวันประชุม)", required=False)
    field_order = ("committee", "held_on", "begins_at", "place", "number", "year")

    def __init__(self, *args: Any, committees: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_field(self, "committee", CommitteeField).queryset = committees


class CorrectMeetingFactsForm(MeetingPlanForm, ReasonForm):
    """The facts of an open or closed meeting put right, and why."""

    ends_at = TimeOfDayField(label="เลิกเวลา (ถ้ามี)", required=False)
    field_order = ("number", "year", "held_on", "begins_at", "ends_at", "place", "reason")


class CloseMeetingForm(PortalForm):
    """What the record says of the end of the meeting."""

    ends_at = TimeOfDayField(label="เลิกประชุมเวลา (ถ้ามี)", required=False)
    other_participants = forms.CharField(
        label="ผู้เข้าร่วมประชุมที่ไม่ใช่กรรมการ (ถ้ามี)",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="บรรทัดละ 1 คน ชื่อหรือตำแหน่ง",
    )


def meeting_list(request: SignedInRequest) -> HttpResponse:
    """Meetings that the person may see, newest first."""
    committees = Committee.objects.visible_to(request.user).select_related("cluster")
    form = MeetingFilterForm(request.GET, committees=committees)
    found = meetings_with_committee(request.user).filter(**form.filters()).latest_first()
    page = Paginator(found, MEETINGS_PER_PAGE).get_page(request.GET.get("page"))
    may_manage = can(request.user, Permission.MANAGE_MEETINGS)
    context = {
        "form": form,
        "page": page,
        "rows": _rows(page.object_list),
        "lacks_committees": may_manage and not committees,
        "plan_url": reverse("meeting_plan") if may_manage and committees else "",
    }
    return render(request, "committees/meetings.html", context)


def _rows(meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    return [{"meeting": one, "kind": MEETING_PILLS[MeetingState(one.state)]} for one in meetings]


def get_visible_meeting(request: SignedInRequest, pk: int) -> Meeting:
    """The meeting, for who may read it; Http404 for others."""
    return get_object_or_404(meetings_with_committee(request.user), pk=pk)


def get_managed_meeting(request: SignedInRequest, pk: int) -> Meeting:
    """The meeting, for who may write its record; PermissionDenied for who only reads it."""
    meeting = get_visible_meeting(request, pk)
    require(request.user, Permission.MANAGE_MEETINGS)
    return meeting


def meeting_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The record of a meeting: agenda with resolutions, attendance, recusals, what it decided."""
    meeting = get_visible_meeting(request, pk)
    may_manage = can(request.user, Permission.MANAGE_MEETINGS)
    prefetch_related_objects([meeting], "agenda")
    attendance, recusals = attendance_of(meeting), recusals_of(meeting)
    writes = may_manage and meeting.is_open
    outcomes = [ask(meeting, request.user) for ask in meeting_outcomes]
    context = {
        "meeting": meeting,
        "kind": MEETING_PILLS[MeetingState(meeting.state)],
        "agenda": list(meeting.agenda.all()),
        "attendance": attendance,
        "counts": attendance_counts(attendance),
        "recusals": recusals,
        "proposed": proposed_recusals(meeting, attendance, recusals) if writes else [],
        "missing": missing_to_close(meeting, attendance) if writes else [],
        "outcomes": [one for one in outcomes if one.rows],
        "links": [link for ask in meeting_links for link in ask(meeting, request.user)],
        "may_manage": may_manage,
        "is_due": meeting.can_be_opened_on(timezone.localdate()),
        "history": workflow_history(meeting),
    }
    return render(request, "committees/meeting.html", context)


def meeting_plan(request: SignedInRequest) -> HttpResponse:
    """Plan a meeting; the committee may be chosen by the address."""
    require(request.user, Permission.MANAGE_MEETINGS)
    committees = Committee.objects.in_force(timezone.localdate()).select_related("cluster")
    first = committees.first()
    chosen = request.GET.get("committee") or (first.pk if first else None)
    form = NewMeetingForm(post_data(request), committees=committees, initial={"committee": chosen})
    if form.is_valid():
        with refusal_as_form_error(form):
            meeting = actions.plan_meeting(by=request.user, **form.cleaned_data)
            return redirect_with_message(request, f"นัดประชุม{meeting} แล้ว", meeting)
    year = be_year(timezone.localdate())
    numbers = next_meeting_numbers(committees, year)
    context = {"form": form, "next_numbers": [(one, f"{number}/{year}") for one, number in numbers]}
    return render(request, "committees/meeting_form.html", context)


def meeting_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a planned meeting."""
    meeting = get_managed_meeting(request, pk)
    ensure_allowed(meeting, MeetingAction.UPDATE_PLAN)
    return confirm_action(
        request,
        partial(actions.update_meeting_plan, meeting, by=request.user),
        form=MeetingPlanForm(post_data(request), initial=_facts(meeting)),
        template="committees/confirm.html",
        meeting=meeting,
        success_message="แก้ไขการนัดประชุมแล้ว",
        heading="แก้ไขการนัดประชุม",
        submit_label="บันทึก",
        cancel_url=meeting.get_absolute_url(),
    )


def _facts(meeting: Meeting) -> dict[str, Any]:
    return {name: getattr(meeting, name) for name in (*PLAN_FACTS, "ends_at")}


def meeting_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cancel a planned meeting."""
    meeting = get_managed_meeting(request, pk)
    ensure_allowed(meeting, MeetingAction.CANCEL)
    return confirm_action(
        request,
        partial(actions.cancel_meeting, meeting, by=request.user),
        form=ReasonForm(post_data(request), required="โปรดระบุเหตุผลที่ยกเลิก"),
        template="committees/confirm.html",
        meeting=meeting,
        success_message=f"ยกเลิกการประชุม{meeting} แล้ว",
        heading=f"ยกเลิกการประชุม{meeting}",
        effects=[
            "ปฏิทินและหน้าแรกของกรรมการไม่มีการประชุมนี้อีก ส่วนรายการประชุมแสดงว่ายกเลิกพร้อมเหตุผล",
            f"เลข{meeting} ไม่ใช้ซ้ำ การประชุมคราวต่อไปใช้เลขถัดไป",
            "หากเพียงเลื่อนวันหรือเปลี่ยนสถานที่ ให้กลับไปแก้ไขการนัดแทน",
        ],
        irreversible="ยกเลิกแล้วเปิดประชุมครั้งนี้ไม่ได้",
        danger=True,
        submit_label="ยกเลิกการประชุม",
        cancel_url=meeting.get_absolute_url(),
    )


def meeting_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a meeting on its day."""
    meeting = get_managed_meeting(request, pk)
    ensure_allowed(meeting, MeetingAction.OPEN)
    actions.check_can_open_meeting(meeting)
    return confirm_action(
        request,
        partial(actions.open_meeting, meeting, by=request.user),
        template="committees/confirm.html",
        meeting=meeting,
        success_message=f"เปิดประชุม{meeting} แล้ว",
        heading=f"เปิดประชุม{meeting}",
        effects=[
            "กรรมการในวันประชุมเป็นรายชื่อผู้เข้าประชุม ให้บันทึกว่ามา ลา หรือไม่มา",
            "บันทึกมติของการประชุมนี้ได้",
        ],
        submit_label="เปิดประชุม",
        cancel_url=meeting.get_absolute_url(),
    )


def meeting_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close a meeting whose record is complete."""
    meeting = get_managed_meeting(request, pk)
    ensure_allowed(meeting, MeetingAction.CLOSE)
    return confirm_action(
        request,
        partial(actions.close_meeting, meeting, by=request.user),
        form=CloseMeetingForm(
            post_data(request), initial={"other_participants": meeting.other_participants}
        ),
        template="committees/confirm.html",
        meeting=meeting,
        success_message=f"ปิดประชุม{meeting} แล้ว",
        heading=f"ปิดประชุม{meeting}",
        missing=missing_to_close(meeting, attendance_of(meeting)),
        effects=["ระเบียบวาระ มติ และการเข้าประชุมแก้ไขไม่ได้ นอกจากแก้คำผิดพร้อมเหตุผล"],
        irreversible="ปิดประชุมแล้วเปิดอีกไม่ได้",
        submit_label="ปิดประชุม",
        cancel_url=meeting.get_absolute_url(),
    )


def meeting_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put right a mistyped number, day, hour or place."""
    meeting = get_managed_meeting(request, pk)
    if meeting.is_planned or meeting.is_cancelled:
        ensure_allowed(meeting, MeetingAction.CORRECT_OPEN)
    return confirm_action(
        request,
        partial(actions.correct_meeting, meeting, by=request.user),
        form=CorrectMeetingFactsForm(post_data(request), initial=_facts(meeting)),
        template="committees/confirm.html",
        meeting=meeting,
        success_message="แก้ไขข้อมูลการประชุมแล้ว",
        heading="แก้ไขครั้งที่ วันที่ หรือสถานที่ประชุม",
        effects=[
            "ชุดตัวชี้วัด ผลการพิจารณา และผลงานที่อ้างการประชุมนี้แสดงข้อมูลที่แก้ไขตามไปด้วย",
            "ข้อมูลเดิมและเหตุผลเก็บไว้ในประวัติ",
            "รายงานที่ลงนามแล้วไม่เปลี่ยน หากต้องแก้ไขโปรดจัดทำฉบับแก้ไข",
        ],
        submit_label="บันทึกการแก้ไข",
        cancel_url=meeting.get_absolute_url(),
    )
