"""Pages on which the record of a meeting is written: agenda, attendance and recusals."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from schools.access import Permission, require
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
from supervision.committees import record_actions as actions
from supervision.committees.enums import AttendanceKind, MeetingState
from supervision.committees.meeting_actions import lock_meeting_record
from supervision.committees.meeting_pages import get_managed_meeting
from supervision.committees.models import (
    AgendaItem,
    Attendance,
    CommitteeMember,
    Meeting,
    Recusal,
)
from supervision.committees.queries import attendance_of, meetings_with_committee

AGENDA_FIELDS = ("kind", "title", "detail", "resolution")


class AgendaItemForm(ConflictCheckedForm):
    """An item of the agenda; the resolution is asked for once the meeting is open."""

    class Meta:
        model = AgendaItem
        fields = AGENDA_FIELDS
        labels = {"detail": "รายละเอียด (ถ้ามี)", "resolution": "มติที่ประชุม (ถ้ามี)"}
        help_texts = {"resolution": "เช่น รับทราบ เห็นชอบ หรือมอบหมายให้ผู้ใดทำสิ่งใด"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["detail"].widget.attrs["maxlength"] = 4000
        if not self.instance.meeting.is_open:
            del self.fields["resolution"]

    def compared_fields(self) -> tuple[str, ...]:
        return tuple(name for name in AGENDA_FIELDS if name in self.fields)


class ResolutionForm(ReasonForm):
    """The words of a resolution put right, and why."""

    resolution = forms.CharField(label="มติที่ประชุม", max_length=4000, widget=forms.Textarea)
    field_order = ("resolution", "reason")


class AttendanceForm(PortalForm):
    """Who came, one choice and one note for each member."""

    reason = forms.CharField(label="เหตุผลที่แก้ไข", max_length=500, required=False)

    def __init__(self, *args: Any, rows: list[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"kind_{row.pk}"] = forms.ChoiceField(
                label=f"{row.member}",
                choices=AttendanceKind.choices,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                required=False,
                initial=row.kind,
            )
            self.fields[f"note_{row.pk}"] = forms.CharField(
                label="หมายเหตุ (ถ้ามี)",
                max_length=200,
                required=False,
                initial=row.note,
                widget=forms.TextInput(attrs={"aria-label": f"หมายเหตุของ {row.member}"}),
            )

    def lines(self) -> list[tuple[Attendance, Any, Any]]:
        """Each member with the boxes of the choice and of the note."""
        return [(row, self[f"kind_{row.pk}"], self[f"note_{row.pk}"]) for row in self.rows]

    def found(self) -> dict[int, tuple[str, str]]:
        """The choice and the note, by the key of the attendance."""
        cleaned = self.cleaned_data
        return {row.pk: (cleaned[f"kind_{row.pk}"], cleaned[f"note_{row.pk}"]) for row in self.rows}


class RecusalForm(PortalForm):
    """A member who takes no part in the decision on a school, and why."""

    member = forms.ModelChoiceField(label="กรรมการ", queryset=CommitteeMember.objects.none())
    school = forms.ModelChoiceField(label="โรงเรียน", queryset=School.objects.none())
    reason = forms.CharField(
        label="เหตุผล",
        max_length=300,
        error_messages={"required": "โปรดระบุเหตุผลที่ไม่ร่วมพิจารณา เช่น เป็นญาติของผู้บริหาร"},
    )

    def __init__(self, *args: Any, meeting: Meeting, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = meeting.attendance.values("member")
        members = CommitteeMember.objects.filter(pk__in=listed).select_related("user")
        form_field(self, "member", forms.ModelChoiceField).queryset = members
        form_field(self, "school", forms.ModelChoiceField).queryset = schools


# --- Agenda ---


def agenda_item_add(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_managed_meeting(request, pk)
    return _agenda_form(request, AgendaItem(meeting=meeting))


@transaction.atomic
def agenda_item_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change an item of a meeting that is not closed; afterwards only the words of a resolution."""
    item = _managed_item(request, pk)
    if item.meeting.is_closed:
        return _correct_resolution(request, item)
    lock_rows_on_post(request, AgendaItem.objects).get(pk=item.pk)
    return _agenda_form(request, item)


def _agenda_form(request: SignedInRequest, item: AgendaItem) -> HttpResponse:
    if item.meeting.is_closed or item.meeting.is_cancelled:
        lock_meeting_record(item.meeting, MeetingState.PLANNED, MeetingState.OPEN)
    form = AgendaItemForm(post_data(request), instance=item)
    if form.is_valid():
        with refusal_as_form_error(form):
            fields = {name: form.cleaned_data[name] for name in form.compared_fields()}
            saved = actions.save_agenda_item(form.instance, fields=fields)
            return redirect_with_message(request, f"บันทึก{saved} แล้ว", item.meeting)
    context = {"form": form, "item": item, "meeting": item.meeting}
    return render(request, "committees/agenda_item.html", context)


def _correct_resolution(request: SignedInRequest, item: AgendaItem) -> HttpResponse:
    return confirm_action(
        request,
        partial(actions.correct_resolution, item, by=request.user),
        form=ResolutionForm(post_data(request), initial={"resolution": item.resolution}),
        template="committees/confirm.html",
        meeting=item.meeting,
        success_message="แก้ไขถ้อยคำของมติแล้ว",
        heading=f"แก้ไขถ้อยคำของมติ {item}",
        effects=[
            "ข้อความเดิมและเหตุผลเก็บไว้ในประวัติของการประชุม",
            "ผลการพิจารณาของโรงเรียนและชุดที่เห็นชอบแล้วไม่เปลี่ยน",
        ],
        submit_label="บันทึกการแก้ไข",
        cancel_url=item.meeting.get_absolute_url(),
    )


@require_POST
def agenda_item_move(request: SignedInRequest, pk: int) -> HttpResponse:
    item = _managed_item(request, pk)
    actions.move_agenda_item(item, up="up" in request.POST)
    return redirect(f"{item.meeting.get_absolute_url()}#agenda")


@require_POST
def agenda_item_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    item = _managed_item(request, pk)
    actions.delete_agenda_item(item)
    messages.success(request, f"ลบ “{item.title}” ออกจากระเบียบวาระแล้ว")
    return redirect(item.meeting)


def _managed_item(request: SignedInRequest, pk: int) -> AgendaItem:
    items = AgendaItem.objects.select_related("meeting__committee__cluster")
    item = get_object_or_404(items, pk=pk, meeting__in=meetings_with_committee(request.user))
    require(request.user, Permission.MANAGE_MEETINGS)
    return item


# --- Attendance ---


def meeting_attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who came; once the meeting is closed a change needs its reason."""
    meeting = get_managed_meeting(request, pk)
    if meeting.is_planned or meeting.is_cancelled:
        lock_meeting_record(meeting, MeetingState.OPEN, MeetingState.CLOSED)
    form = AttendanceForm(post_data(request), rows=attendance_of(meeting))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with refusal_as_form_error(form):
            actions.record_attendance(meeting, by=request.user, found=form.found(), reason=reason)
            return redirect_with_message(request, "บันทึกการเข้าประชุมแล้ว", meeting)
    context = {"form": form, "meeting": meeting}
    return render(request, "committees/attendance.html", context)


@require_POST
def everyone_present(request: SignedInRequest, pk: int) -> HttpResponse:
    """All members came; back on the form each of them can still be changed."""
    meeting = get_managed_meeting(request, pk)
    count = actions.record_everyone_present(meeting)
    messages.success(request, f"บันทึกว่ามาประชุมทุกคน {count} คนแล้ว แก้ไขรายคนได้ที่หน้านี้")
    return redirect("attendance", pk=meeting.pk)


# --- Recusals ---


def recusal_add(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = get_managed_meeting(request, pk)
    if not meeting.is_open:
        lock_meeting_record(meeting, MeetingState.OPEN)
    schools = School.objects.visible_to(request.user).open_on(meeting.held_on)
    if cluster := meeting.committee.cluster:
        schools = schools.filter(memberships__in=cluster.memberships.in_force(meeting.held_on))
    return confirm_action(
        request,
        partial(actions.add_recusal, meeting),
        form=RecusalForm(post_data(request), meeting=meeting, schools=schools),
        template="committees/confirm.html",
        meeting=meeting,
        success_message="บันทึกผู้ไม่ร่วมพิจารณาแล้ว",
        heading="บันทึกกรรมการที่ไม่ร่วมพิจารณา",
        effects=["ระบุไว้ที่บรรทัดของโรงเรียนนั้นในเอกสารของการประชุม"],
        submit_label="บันทึก",
        cancel_url=meeting.get_absolute_url(),
    )


@require_POST
def recusals_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record what the system proposes: who heads a school takes no part in its decision."""
    meeting = get_managed_meeting(request, pk)
    count = actions.add_proposed_recusals(meeting)
    messages.success(request, f"บันทึกกรรมการที่ไม่ร่วมพิจารณา {count} รายการแล้ว")
    return redirect(meeting)


@require_POST
def recusal_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    recusals = Recusal.objects.select_related("meeting__committee", "member__user", "school")
    visible = meetings_with_committee(request.user)
    recusal = get_object_or_404(recusals, pk=pk, meeting__in=visible)
    require(request.user, Permission.MANAGE_MEETINGS)
    actions.delete_recusal(recusal)
    messages.success(request, f"นำ {recusal} ออกจากรายการผู้ไม่ร่วมพิจารณาแล้ว")
    return redirect(recusal.meeting)
