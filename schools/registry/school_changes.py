"""What happens to a school as a whole: it moves to another cluster, closes, merges, opens again.

An action that cannot be done now raises ActionRefused.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm, form_field, post_data
from schools.core.history import save_with_history, set_history_author
from schools.core.http import SignedInRequest
from schools.core.thai import long_date, short_date
from schools.models import Appointment, Cluster, ClusterMembership, School, User
from schools.models.dated import not_over_q
from schools.registry.queries import get_school_for_edit

ONE_DAY = timedelta(days=1)
SCHOOL_CLOSED = "โรงเรียนเลิกหรือรวม"  # in the history of an appointment that ended with its school
SCHOOL_CLOSING_HELP = f"วันแรกที่ไม่มีโรงเรียนนี้แล้ว {BuddhistDateField.hint}"
REFERENCE_LABEL = "ประกาศหรือคำสั่งที่อ้างอิง (ถ้ามี)"


# --- Forms ---


class SchoolClusterForm(PortalForm):
    """To which cluster a school moves, and from which day on."""

    cluster = forms.ModelChoiceField(
        Cluster.objects.all(), label="กลุ่มโรงเรียนใหม่", empty_label="เลือก"
    )
    since = BuddhistDateField(label="สังกัดกลุ่มใหม่ตั้งแต่วันที่")


class SchoolCloseForm(PortalForm):
    """From which day on a school is no more, and the announcement that says so."""

    on = BuddhistDateField(label="วันที่เลิก", help_text=SCHOOL_CLOSING_HELP)
    reference = forms.CharField(label=REFERENCE_LABEL, max_length=100, required=False)


class SchoolMergeForm(SchoolCloseForm):
    """In which other school the pupils of a school go on, from which day."""

    into = forms.ModelChoiceField(
        School.objects.none(), label="โรงเรียนที่รับรวม", empty_label="เลือกโรงเรียน"
    )
    on = BuddhistDateField(label="วันที่รวม", help_text=SCHOOL_CLOSING_HELP)

    field_order = ("into", "on", "reference")

    def __init__(self, *args: Any, school: School, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = School.objects.open_on(today).exclude(pk=school.pk)
        form_field(self, "into", forms.ModelChoiceField).queryset = others


class SchoolReopenForm(PortalForm):
    """Why a school's closing is taken back."""

    reason = forms.CharField(label="เหตุผล", max_length=100)


# --- Actions ---


@transaction.atomic
def change_school_cluster(school: School, *, by: User, cluster: Cluster, since: date) -> None:
    """From that day on the school is in another cluster; in the old one until the day before."""
    _lock(school)
    last = school.memberships.select_related("cluster").first()
    for membership in memberships_changed_by_move(school, last, cluster, since):
        save_with_history(membership, by=by)


def memberships_changed_by_move(
    school: School, last: ClusterMembership | None, cluster: Cluster, since: date
) -> list[ClusterMembership]:
    """The rows that a move changes: the last membership with its new end, and the new one."""
    if not school.is_open_on(since):
        raise ActionRefused(f"{school}เลิกหรือรวมแล้วในวันนั้น จึงย้ายกลุ่มไม่ได้ โปรดตรวจวันที่")
    joined = new_membership(school, cluster, since)
    return [joined] if last is None else [*_end_last_membership(last, cluster, since), joined]


def _end_last_membership(
    last: ClusterMembership, cluster: Cluster, since: date
) -> list[ClusterMembership]:
    """The last membership with its new end; nothing where it has ended before."""
    if last.cluster == cluster and last.ends_on is None:
        raise ActionRefused(f"โรงเรียนอยู่{cluster}แล้ว โปรดเลือกกลุ่มอื่น")
    if since <= last.starts_on:
        raise ActionRefused(
            f"โรงเรียนเข้า{last.cluster}เมื่อ {short_date(last.starts_on)} "
            "วันที่ย้ายต้องอยู่หลังวันนั้น โปรดตรวจวันที่ หรือยกเลิกการย้ายครั้งล่าสุดก่อน"
        )
    if last.ends_on and last.ends_on < since:
        return []
    last.ends_on = since - ONE_DAY
    return [last]


def new_membership(school: School, cluster: Cluster, since: date) -> ClusterMembership:
    """The school in its new cluster, not saved yet."""
    return ClusterMembership(school=school, cluster=cluster, starts_on=since)


@transaction.atomic
def undo_cluster_change(school: School, *, by: User) -> None:
    """Take back the newest membership, entered by mistake; the one it ended goes on."""
    _lock(school)
    newest = school.memberships.first()
    if newest is None:
        raise ActionRefused("โรงเรียนนี้ยังไม่เคยสังกัดกลุ่มใด จึงไม่มีการย้ายให้ยกเลิก")
    set_history_author(newest, by=by)
    newest.delete()
    before = school.memberships.filter(ends_on=newest.starts_on - ONE_DAY).first()
    if before:
        before.ends_on = None
        save_with_history(before, by=by, fields=["ends_on"])


@transaction.atomic
def close_or_merge_school(
    school: School, *, by: User, on: date, into: School | None = None, reference: str = ""
) -> None:
    """From that day it is no school of its own: closed, or merged; its appointments end the day
    before."""
    _lock(school, into)
    _check_can_close(school, on, into)
    _end_appointments(school, on, by=by)
    school.closed_on, school.merged_into = on, into
    save_with_history(school, by=by, fields=["closed_on", "merged_into"], reason=reference)


def _check_can_close(school: School, on: date, into: School | None) -> None:
    if school.closed_on:
        raise ActionRefused(
            f"ทะเบียนระบุแล้วว่า{school}เลิกหรือรวมตั้งแต่ {short_date(school.closed_on)} "
            "ถ้าไม่ถูกต้อง โปรดยกเลิกการเลิกหรือรวมก่อน"
        )
    if into and not into.is_open_on(on):
        raise ActionRefused(f"{into}เลิกหรือรวมแล้วในวันนั้น โปรดเลือกโรงเรียนอื่น")
    coming = school.merged_from.filter(closed_on__gt=on).first()
    if coming and coming.closed_on:
        raise ActionRefused(
            f"{coming}จะมารวมกับโรงเรียนนี้ {short_date(coming.closed_on)} จึงเลิกหรือรวมก่อนวันนั้นไม่ได้"
        )


def appointments_ending_after(school: School, day: date) -> list[Appointment]:
    """The school's appointments that are still held on that day or begin later."""
    appointments = school.appointments.filter(not_over_q(day))
    return list(appointments.select_related("user"))


def _end_appointments(school: School, on: date, *, by: User) -> None:
    for appointment in appointments_ending_after(school, on):
        if appointment.starts_on >= on:
            raise ActionRefused(
                f"{appointment.user} เป็น{appointment.printed_title}ตั้งแต่ "
                f"{short_date(appointment.starts_on)} "
                "ซึ่งไม่ก่อนวันที่เลิกหรือรวม โปรดตรวจวันที่ หรือแก้ไขตำแหน่งนั้นก่อน"
            )
        appointment.ends_on = on - ONE_DAY
        save_with_history(appointment, by=by, fields=["ends_on"], reason=SCHOOL_CLOSED)


@transaction.atomic
def undo_school_closure(school: School, *, by: User, reason: str) -> None:
    """Take back a closing entered by mistake; the appointments that ended with it go on as
    before."""
    _lock(school)
    if school.closed_on is None:
        raise ActionRefused(f"{school}เปิดสอนอยู่แล้ว จึงไม่มีอะไรให้ยกเลิก")
    for appointment in school.appointments.filter(ends_on=school.closed_on - ONE_DAY):
        _restore_appointment(appointment, by=by)
    school.closed_on = school.merged_into = None
    save_with_history(school, by=by, fields=["closed_on", "merged_into"], reason=reason)


def _restore_appointment(appointment: Appointment, *, by: User) -> None:
    """An appointment ends as it would have, had its school not closed; others ended on that day
    too."""
    ended = appointment.history.filter(history_change_reason=SCHOOL_CLOSED).first()
    if ended and ended.prev_record:
        appointment.ends_on = ended.prev_record.ends_on
        save_with_history(appointment, by=by, fields=["ends_on"])


def _lock(*schools: School | None) -> None:
    """In the order of their keys, so that two clerks never wait for each other."""
    for school in sorted(filter(None, schools), key=lambda school: school.pk):
        school.refresh_from_db(from_queryset=School.objects.select_for_update())


# --- Pages ---


def _confirm(
    request: SignedInRequest,
    action: Callable[..., None],
    school: School,
    *,
    form: PortalForm,
    success_message: str | Callable[[], str],
    **page: Any,
) -> HttpResponse:
    """Ask before an action on the school, do it, and go back to its card."""
    return confirm_action(
        request,
        partial(action, school, by=request.user),
        form=form,
        success_message=success_message,
        cancel_url=reverse("school_card", args=[school.pk]),
        **page,
    )


def school_move(request: SignedInRequest, pk: int) -> HttpResponse:
    school = get_school_for_edit(request.user, pk)
    form = SchoolClusterForm(post_data(request))
    return _confirm(
        request,
        change_school_cluster,
        school,
        form=form,
        success_message=lambda: f"บันทึกการย้ายไป{form.cleaned_data['cluster']}แล้ว",
        heading=f"ย้ายกลุ่มโรงเรียน {school.short_name}",
        effects=[
            "การสังกัดกลุ่มเดิมสิ้นสุดหนึ่งวันก่อนวันที่ย้าย และยังอยู่ในประวัติ",
            "ผลของภาคเรียนที่ผ่านมายังนับในกลุ่มเดิม",
        ],
        submit_label="บันทึกการย้าย",
    )


def school_move_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    school = get_school_for_edit(request.user, pk)
    newest = school.memberships.select_related("cluster").first()
    return _confirm(
        request,
        undo_cluster_change,
        school,
        form=PortalForm(post_data(request)),
        success_message="ยกเลิกการย้ายกลุ่มครั้งล่าสุดแล้ว",
        heading=f"ยกเลิกการย้ายกลุ่มครั้งล่าสุด {school.short_name}",
        effects=[
            f"นำการสังกัด{newest.cluster}ตั้งแต่ {long_date(newest.starts_on)} ออกจากทะเบียน"
            if newest
            else "โรงเรียนนี้ยังไม่เคยสังกัดกลุ่มใด",
            "ถ้าการย้ายครั้งนั้นทำให้กลุ่มเดิมสิ้นสุด โรงเรียนกลับไปสังกัดกลุ่มเดิม",
        ],
        submit_label="ยกเลิกการย้าย",
    )


def school_close(request: SignedInRequest, pk: int) -> HttpResponse:
    school = get_school_for_edit(request.user, pk)
    return _confirm(
        request,
        close_or_merge_school,
        school,
        form=SchoolCloseForm(post_data(request)),
        success_message="บันทึกการเลิกโรงเรียนแล้ว",
        heading=f"เลิกโรงเรียน {school.short_name}",
        effects=_effects_of_closing(school),
        submit_label="บันทึกการเลิกโรงเรียน",
        danger=True,
    )


def school_merge(request: SignedInRequest, pk: int) -> HttpResponse:
    school = get_school_for_edit(request.user, pk)
    form = SchoolMergeForm(post_data(request), school=school, today=timezone.localdate())
    return _confirm(
        request,
        close_or_merge_school,
        school,
        form=form,
        success_message=lambda: f"บันทึกการรวมกับ{form.cleaned_data['into']}แล้ว",
        heading=f"รวม {school.short_name} กับโรงเรียนอื่น",
        effects=[
            *_effects_of_closing(school),
            "จำนวนนักเรียนของโรงเรียนที่รับรวมไม่เปลี่ยนเอง โปรดกรอกตามที่นับได้จริง",
        ],
        submit_label="บันทึกการรวมโรงเรียน",
        danger=True,
    )


def _effects_of_closing(school: School) -> list[str]:
    held = ", ".join(
        f"{appointment.printed_title} ({appointment.user})"
        for appointment in appointments_ending_after(school, timezone.localdate())
    )
    return [
        "ตั้งแต่วันนั้น โรงเรียนไม่นับเป็นตัวหาร และไม่อยู่ในรายการให้เลือกเมื่อเปิดรอบใหม่",
        "รอบการนิเทศและรายงานที่มีอยู่ยังอ่านได้ตามเดิม",
        f"ตำแหน่งของโรงเรียนสิ้นสุดหนึ่งวันก่อนวันนั้น: {held}" if held else "ไม่มีตำแหน่งใดต้องสิ้นสุด",
        "หากบันทึกผิด ผู้ดูแลทะเบียนยกเลิกได้ภายหลัง",
    ]


def school_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    school = get_school_for_edit(request.user, pk)
    return _confirm(
        request,
        undo_school_closure,
        school,
        form=SchoolReopenForm(post_data(request)),
        success_message=f"{school}กลับมาเปิดสอนในทะเบียนแล้ว",
        heading=f"ยกเลิกการเลิกหรือรวม {school.short_name}",
        effects=[
            "โรงเรียนกลับมาเปิดสอนในทะเบียน เหมือนไม่เคยบันทึกการเลิกหรือรวม",
            "ตำแหน่งที่สิ้นสุดเพราะการเลิกหรือรวมกลับมามีผลตามเดิม",
        ],
        submit_label="ยกเลิกการเลิกหรือรวม",
    )
