"""A year's drive is endorsed, opened again, closed, and what its results mean for the next plan."""

from functools import partial

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render

from schools.access import Permission
from schools.core.confirmation import confirm_action
from schools.core.forms import (
    LONGEST_TEXT,
    ConflictCheckedForm,
    ReasonForm,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.committees.meeting_field import MeetingForm
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.drives import actions
from supervision.quality_drive.drives.enums import DriveAction
from supervision.quality_drive.drives.queries import get_drive, get_drive_to_edit
from supervision.quality_drive.models import QualityDrive
from supervision.workflow.actions import ensure_allowed


def drive_endorse(request: SignedInRequest, year: int) -> HttpResponse:
    """Name the meeting of ก.ต.ป.น. that endorsed the draft; what it lacks is said before."""
    drive = get_drive(request.user, year, Permission.RESOLVE_DRIVE)
    ensure_allowed(drive, DriveAction.ENDORSE)
    actions.check_is_complete(drive)
    return confirm_action(
        request,
        partial(actions.endorse_drive, drive, by=request.user),
        success_message="บันทึกมติเห็นชอบการขับเคลื่อนแล้ว",
        heading=f"บันทึกมติเห็นชอบการขับเคลื่อน ปีการศึกษา {year}",
        form=MeetingForm(post_data(request)),
        effects=[
            "น้ำหนัก ตัวชี้วัด และค่าเป้าหมายแก้ไขไม่ได้อีก เว้นแต่เปิดแก้ไขเพื่อเสนอ ก.ต.ป.น. ใหม่",
            "โรงเรียนทุกแห่งเห็นเป้าหมายของปี และเริ่มข้อมูลฐานกับบันทึกข้อตกลงได้",
            "หน้าและบันทึกการประชุมที่เลือกแสดงมตินี้",
        ],
        submit_label="บันทึกมติเห็นชอบ",
        cancel_url=drive.get_absolute_url(),
    )


def drive_reopen(request: SignedInRequest, year: int) -> HttpResponse:
    """Open an endorsed drive to be changed; says what signed agreements keep."""
    drive = get_drive(request.user, year, Permission.RESOLVE_DRIVE)
    ensure_allowed(drive, DriveAction.REOPEN)
    actions.check_may_be_reopened(drive)
    return confirm_action(
        request,
        partial(actions.reopen_drive, drive, by=request.user),
        success_message="เปิดแก้ไขการขับเคลื่อนแล้ว แก้ไขเสร็จแล้วโปรดเสนอ ก.ต.ป.น. ใหม่",
        heading=f"เปิดแก้ไขการขับเคลื่อน ปีการศึกษา {year}",
        form=ReasonForm(post_data(request), help_text="เช่น มติที่ประชุมให้ปรับน้ำหนักของด้าน"),
        effects=[
            "กลับเป็นร่าง โรงเรียนไม่เห็นเป้าหมายของปีจนกว่า ก.ต.ป.น. เห็นชอบอีกครั้ง",
            _what_agreements_keep(drive),
            "ตัวชี้วัดที่มีข้อมูลฐาน ข้อตกลง หรือความก้าวหน้าของโรงเรียนแล้ว นำออกไม่ได้",
        ],
        submit_label="เปิดแก้ไข",
        cancel_url=drive.get_absolute_url(),
    )


def _what_agreements_keep(drive: QualityDrive) -> str:
    signed = drive.agreements.filter(state=AgreementState.SIGNED).count()
    if not signed:
        return "ยังไม่มีบันทึกข้อตกลงที่ลงนามครบสองฝ่าย"
    return f"บันทึกข้อตกลงที่ลงนามแล้ว {signed} ฉบับคงค่าเป้าหมายและน้ำหนักเดิม จะเปลี่ยนได้ด้วยฉบับใหม่เท่านั้น"


def drive_close(request: SignedInRequest, year: int) -> HttpResponse:
    """End the year's drive."""
    drive = get_drive(request.user, year, Permission.MANAGE_DRIVE)
    ensure_allowed(drive, DriveAction.CLOSE)
    actions.check_may_be_closed(drive)
    return confirm_action(
        request,
        partial(actions.close_drive, drive, by=request.user),
        success_message="สิ้นสุดการขับเคลื่อนของปีแล้ว",
        heading=f"สิ้นสุดการขับเคลื่อน ปีการศึกษา {year}",
        effects=[
            "ไม่มีงานของการขับเคลื่อนปีนี้รอใครอีก ข้อมูลทั้งหมดยังดูได้",
            "ยังเขียนผลที่เกิดขึ้นและสิ่งที่นำไปวางแผนปีต่อไปได้",
        ],
        irreversible="สิ้นสุดแล้วเปิดใหม่ไม่ได้",
        submit_label="สิ้นสุดการขับเคลื่อน",
        cancel_url=drive.get_absolute_url(),
    )


class NextPlanForm(ConflictCheckedForm):
    """What the year's results mean for the next plan (7.4)."""

    next_plan = forms.CharField(
        label="สิ่งที่นำไปวางแผนปีต่อไป",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        help_text="คู่มือ ขั้นที่ 7 ข้อ 4 นำผลการดำเนินงานไปวางแผนการดำเนินงานต่อไป",
    )

    class Meta:
        model = QualityDrive
        fields = ("next_plan",)


@transaction.atomic
def drive_next_plan(request: SignedInRequest, year: int) -> HttpResponse:
    drive = get_drive_to_edit(request, year)
    form = NextPlanForm(post_data(request), instance=drive)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_next_plan(drive, by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "บันทึกสิ่งที่นำไปวางแผนปีต่อไปแล้ว", drive)
    return render(request, "quality_drive/next_plan.html", {"drive": drive, "form": form})
