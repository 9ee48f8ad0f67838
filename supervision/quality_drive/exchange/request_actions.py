"""Study requests: sent by a school, arranged by the office, declined, withdrawn, finished."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import long_date
from schools.models import School, User
from supervision.practices.enums import PracticeState
from supervision.practices.models import GoodPractice
from supervision.programmes.models import NetworkMember
from supervision.quality_drive.drives.going_on import check_drive_goes_on
from supervision.quality_drive.exchange.enums import (
    StudyRequestAction,
    StudyRequestKind,
    StudyRequestState,
)
from supervision.quality_drive.models import QualityDrive, StudyRequest
from supervision.workflow.actions import start, transition


@transaction.atomic
def send_study_request(
    drive: QualityDrive,
    school: School,
    *,
    by: User,
    text: str,
    practice: GoodPractice | None = None,
    member: NetworkMember | None = None,
    preferred_on: date | None = None,
) -> StudyRequest:
    """Ask for a visit to the school of a practice, else for a mentor: this member, or any.

    Raises ActionRefused once the drive is over, for a practice of the school's own or of no
    school, and where the school waits for the same already.
    """
    check_drive_goes_on(drive)
    School.objects.select_for_update().get(pk=school.pk)  # of two presses one counts
    kind = StudyRequestKind.VISIT if practice else StudyRequestKind.MENTOR
    request = StudyRequest(drive=drive, school=school, kind=kind, text=text.strip())
    request.practice, request.member = practice, None if practice else member
    request.preferred_on, request.is_sample = preferred_on, drive.is_sample
    if practice:
        _check_can_be_visited(practice, school)
    _check_not_asked_twice(request)
    start(request, StudyRequestAction.SEND, by=by)
    return request


def _check_can_be_visited(practice: GoodPractice, school: School) -> None:
    host = practice.school
    if host is None or practice.state != PracticeState.SELECTED:
        raise ActionRefused("ขอไปศึกษาดูงานได้เฉพาะผลงานของโรงเรียนที่ได้รับคัดเลือกและเผยแพร่แล้ว")
    if host == school:
        raise ActionRefused("เป็นผลงานของโรงเรียนเอง โปรดเลือกผลงานของโรงเรียนอื่น")
    if not host.is_open_on(timezone.localdate()):
        raise ActionRefused("โรงเรียนเจ้าของผลงานเลิกหรือรวมแล้ว โปรดเลือกผลงานอื่น")


def _check_not_asked_twice(request: StudyRequest) -> None:
    same = StudyRequest.objects.filter(
        school=request.school,
        kind=request.kind,
        practice=request.practice,
        member=request.member,
        state__in=[StudyRequestState.SENT, StudyRequestState.ARRANGED],
    )
    if same.exists():
        raise ActionRefused("โรงเรียนส่งคำขอเรื่องนี้ไว้แล้วและยังดำเนินการอยู่ โปรดดูที่รายการคำขอ")


def arrange_study_request(
    request: StudyRequest, *, by: User, arranged_on: date, arrangement: str
) -> None:
    """Give the request its day, or another; the school that is visited learns of it by this.

    Raises ActionRefused for a day gone by.
    """
    if arranged_on < timezone.localdate():
        raise ActionRefused(field_errors={"arranged_on": "วันนัดหมายผ่านไปแล้ว โปรดเลือกวันนี้หรือหลังจากนี้"})
    transition(
        request,
        StudyRequestAction.ARRANGE,
        by=by,
        arranged_on=arranged_on,
        arrangement=arrangement.strip(),
    )


def decline_study_request(request: StudyRequest, *, by: User, reason: str) -> None:
    """Say that it cannot be arranged now, and why; a day that was given is off."""
    transition(request, StudyRequestAction.DECLINE, by=by, reason=reason)


def withdraw_study_request(request: StudyRequest, *, by: User) -> None:
    """The school asks no more; a day that was given is off."""
    transition(request, StudyRequestAction.WITHDRAW, by=by)


@transaction.atomic
def finish_study_request(request: StudyRequest, *, by: User, learned: str) -> None:
    """Record what the school learned. Raises ActionRefused before the day of the appointment."""
    request.refresh_from_db(from_queryset=StudyRequest.objects.select_for_update())
    day = request.arranged_on
    if day and timezone.localdate() < day:
        raise ActionRefused(f"นัดหมาย {long_date(day)} จึงยังบันทึกสิ่งที่ได้เรียนรู้ไม่ได้")
    transition(request, StudyRequestAction.FINISH, by=by, learned=learned.strip())
