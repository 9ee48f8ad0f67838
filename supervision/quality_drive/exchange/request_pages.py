"""Study requests: listed, sent, read by both schools, arranged, declined, withdrawn, finished."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from schools.access import Permission, can, require, rights_of
from schools.core.confirmation import confirm_action
from schools.core.forms import PortalForm, ReasonForm, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.status import StatusKind
from schools.models import School, User
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.exchange import request_actions
from supervision.quality_drive.exchange.enums import (
    StudyRequestAction,
    StudyRequestKind,
    StudyRequestState,
)
from supervision.quality_drive.exchange.request_forms import (
    ArrangementForm,
    LearnedForm,
    StudyRequestForm,
)
from supervision.quality_drive.models import QualityDrive, StudyRequest
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

REQUESTS_ON_A_PAGE = 40
REQUEST_RELATIONS = (
    *("school", "drive__academic_year", "practice__round__school", "member__school"),
)
WAITING_FIRST = Case(
    When(state=StudyRequestState.SENT, then=Value(0)),
    When(state=StudyRequestState.ARRANGED, then=Value(1)),
    default=Value(2),
)
# What a host reads where the appointment came to nothing; whose doing it was is not its matter.
CALLED_OFF = "ยกเลิกนัดหมาย"


@dataclass(frozen=True)
class StudyRequestRow:
    """A request as one reader knows it.

    `is_host` says that the reader is of the school that is visited and knows the appointment only.
    """

    request: StudyRequest
    is_host: bool

    @property
    def is_called_off(self) -> bool:
        off = (StudyRequestState.DECLINED, StudyRequestState.WITHDRAWN)
        return self.request.state in off

    @property
    def word(self) -> str:
        if self.is_host and self.is_called_off:
            return CALLED_OFF
        return self.request.get_state_display()

    @property
    def kind(self) -> StatusKind:
        return self.request.pill


def study_request_row(request: StudyRequest, reader: User) -> StudyRequestRow:
    """The request as the reader may know it."""
    return StudyRequestRow(request, not can(reader, Permission.VIEW_SCHOOL, request.school_id))


class StudyRequestFilter(PortalForm):
    """Which requests are listed; what cannot be read filters nothing."""

    state = forms.ChoiceField(
        label="สถานะ", required=False, choices=[("", "ทุกสถานะ"), *StudyRequestState.choices]
    )

    def apply(self, rows: QuerySet[StudyRequest]) -> QuerySet[StudyRequest]:
        self.is_valid()  # a filter that is not understood shows its message and asks for nothing
        state = self.cleaned_data.get("state")
        return rows.filter(state=state) if state else rows


def study_requests(request: SignedInRequest, year: int) -> HttpResponse:
    """The office reads those of all schools, a school its own and the visits it receives."""
    drive, form = get_drive(request.user, year), StudyRequestFilter(request.GET)
    rows = StudyRequest.objects.visible_to(request.user).filter(drive=drive)
    sees_area = can(request.user, Permission.VIEW_AREA)
    listed = form.apply(rows) if sees_area else rows
    ordered = listed.select_related(*REQUEST_RELATIONS).order_by(WAITING_FIRST, "-pk")
    page = Paginator(ordered, REQUESTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "drive": drive,
        "form": form,
        "page": page,
        "rows": [study_request_row(one, request.user) for one in page],
        "is_filtered": bool(request.GET),
        "own_schools": _schools_that_may_ask(request.user),
        "sees_area": sees_area,
    }
    return render(request, "quality_drive/exchange/requests.html", context)


def _schools_that_may_ask(user: User) -> list[School]:
    """The schools for which the person may send a request."""
    own = rights_of(user).schools(Permission.REQUEST_STUDY_VISIT)
    return list(School.objects.filter(pk__in=own)) if own else []


def study_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request; who receives the visit reads its appointment and nothing else of it."""
    record = _request_or_404(request, pk)
    row, school = study_request_row(record, request.user), record.school_id
    may_arrange = can(request.user, Permission.EDIT_SCHOOL_DRIVE, school)
    context = {
        "row": row,
        "study_request": record,
        "may_arrange": may_arrange,
        "may_ask": can(request.user, Permission.REQUEST_STUDY_VISIT, school),
        "history": [] if row.is_host else workflow_history(record),
    }
    return render(request, "quality_drive/exchange/request.html", context)


def _request_or_404(request: SignedInRequest, pk: int) -> StudyRequest:
    rows = StudyRequest.objects.visible_to(request.user).select_related(*REQUEST_RELATIONS)
    return get_object_or_404(rows, pk=pk)


def study_request_add(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """Ask for a visit or a mentor; the address may name the practice or the member."""
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    drive = get_drive(request.user, year)
    require(request.user, Permission.REQUEST_STUDY_VISIT, school.pk)
    form = StudyRequestForm(post_data(request), school=school, initial=_offered(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            sent = request_actions.send_study_request(
                drive, school, by=request.user, **form.asked()
            )
            return redirect_with_message(request, "ส่งคำขอถึงสำนักงานแล้ว", sent)
    lead = "ศึกษานิเทศก์หรือกลุ่มนิเทศฯ ประสานและนัดหมายให้ โรงเรียนอื่นไม่ทราบคำขอนี้จนกว่าจะนัดหมาย"
    return _form_page(request, form, drive, "ขอเรียนรู้จากโรงเรียนอื่น", lead, _list_url(drive))


def _offered(request: SignedInRequest) -> dict[str, Any]:
    """What the address that led here had chosen already."""
    asked = request.GET
    is_mentor = "member" in asked or asked.get("kind") == StudyRequestKind.MENTOR
    kind = StudyRequestKind.MENTOR if is_mentor else StudyRequestKind.VISIT
    return {"kind": kind, "practice": asked.get("practice"), "member": asked.get("member")}


def _list_url(drive: QualityDrive) -> str:
    return reverse("study_requests", args=[drive.academic_year.year])


def _form_page(
    request: SignedInRequest,
    form: PortalForm,
    drive: QualityDrive,
    title: str,
    lead: str,
    back_url: str,
) -> HttpResponse:
    context = {"form": form, "drive": drive, "title": title, "lead": lead, "back_url": back_url}
    return render(request, "quality_drive/cooperation/edit.html", context)


def study_request_arrange(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a request its day, or another one."""
    record = _request_or_404(request, pk)
    require(request.user, Permission.EDIT_SCHOOL_DRIVE, record.school_id)
    ensure_allowed(record, StudyRequestAction.ARRANGE)
    day = record.arranged_on or record.preferred_on
    stored = {"arranged_on": day, "arrangement": record.arrangement}
    form = ArrangementForm(post_data(request), initial=stored)
    if form.is_valid():
        with refusal_as_form_error(form):
            request_actions.arrange_study_request(
                record,
                by=request.user,
                arranged_on=form.cleaned_data["arranged_on"],
                arrangement=form.cleaned_data["arrangement"],
            )
            return redirect_with_message(request, "บันทึกการนัดหมายแล้ว", record)
    lead = f"{record.school} · {record.subject}"
    url = record.get_absolute_url()
    return _form_page(request, form, record.drive, "นัดหมาย", lead, url)


def study_request_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    record = _request_or_404(request, pk)
    require(request.user, Permission.EDIT_SCHOOL_DRIVE, record.school_id)
    ensure_allowed(record, StudyRequestAction.DECLINE)
    return confirm_action(
        request,
        partial(request_actions.decline_study_request, record, by=request.user),
        form=ReasonForm(post_data(request), required="โปรดระบุเหตุผล เพื่อให้โรงเรียนทราบ"),
        success_message="แจ้งโรงเรียนแล้ว",
        heading="แจ้งว่ายังจัดให้ไม่ได้",
        effects=[
            f"{record.school} อ่านเหตุผลนี้",
            "หากนัดหมายไว้แล้ว โรงเรียนที่รับเห็นว่ายกเลิกนัดหมาย แต่ไม่เห็นเหตุผล",
        ],
        submit_label="แจ้งโรงเรียน",
        cancel_url=record.get_absolute_url(),
        danger=True,
    )


def study_request_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    record = _request_or_404(request, pk)
    require(request.user, Permission.REQUEST_STUDY_VISIT, record.school_id)
    ensure_allowed(record, StudyRequestAction.WITHDRAW)
    return confirm_action(
        request,
        partial(request_actions.withdraw_study_request, record, by=request.user),
        success_message="ถอนคำขอแล้ว",
        heading="ถอนคำขอ",
        effects=["หากนัดหมายไว้แล้ว นัดหมายนั้นยกเลิก", "ส่งคำขอใหม่ได้ภายหลัง"],
        submit_label="ถอนคำขอ",
        cancel_url=record.get_absolute_url(),
        danger=True,
    )


def study_request_finish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record what the school learned."""
    record = _request_or_404(request, pk)
    require(request.user, Permission.REQUEST_STUDY_VISIT, record.school_id)
    ensure_allowed(record, StudyRequestAction.FINISH)
    form = LearnedForm(post_data(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            learned = form.cleaned_data["learned"]
            request_actions.finish_study_request(record, by=request.user, learned=learned)
            return redirect_with_message(request, "บันทึกสิ่งที่ได้เรียนรู้แล้ว", record)
    lead = f"{record.subject} โรงเรียนของคุณและสำนักงานอ่านได้ โรงเรียนที่รับไม่เห็นข้อความนี้"
    url = record.get_absolute_url()
    return _form_page(request, form, record.drive, "บันทึกสิ่งที่ได้เรียนรู้", lead, url)
