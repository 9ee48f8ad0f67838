"""A school's own page of its data: it answers, reports what is wrong, and confirms."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.querysets import SchoolQuerySet
from schools.core.thai import academic_year
from schools.models import School
from schools.office import current_term
from supervision.profiles.confirmation import actions
from supervision.profiles.confirmation.data_kinds import DATA_KIND_RULES, is_kept_by_school
from supervision.profiles.confirmation.enums import DataKind
from supervision.profiles.confirmation.forms import DataAnswerForm, DataIssueForm
from supervision.profiles.confirmation.records import load_school_records
from supervision.profiles.confirmation.school_data import (
    SchoolData,
    load_school_data,
    request_of_term,
)
from supervision.profiles.models import ConfirmationRequest


def data_confirmation(request: SignedInRequest, pk: int) -> HttpResponse:
    """All kinds of data of the school on one page, and whether they are confirmed."""
    return _page(request, _data(request, pk))


@require_POST
def data_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """A line of the school to one question."""
    school = _school(request, pk)
    require(request.user, Permission.ANSWER_NEEDS, pk)
    data = _data(request, pk)
    questions = [one.question.text for section in data.sections for one in section.questions]
    form = DataAnswerForm(request.POST, questions=questions)
    if not form.is_valid():
        return _page(request, data, form)
    actions.answer_data_question(school, by=request.user, **form.cleaned_data)
    return redirect_with_message(request, "บันทึกคำตอบแล้ว", "data_confirmation", pk)


def data_issue_report(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """The school says what is wrong in data that the office keeps."""
    school = _school(request, pk)
    require(request.user, Permission.ANSWER_NEEDS, pk)
    if kind not in DataKind.values or is_kept_by_school(kind):
        raise Http404
    data_kind = DataKind(kind)
    keeper = DATA_KIND_RULES[data_kind].keeper.label
    return confirm_action(
        request,
        partial(_report, school, by=request.user, data_kind=data_kind),
        form=DataIssueForm(post_data(request)),
        success_message=f"แจ้ง{keeper}แล้ว",
        heading=f"แจ้งว่าข้อมูลไม่ถูกต้อง: {data_kind.label}",
        effects=[
            f"{keeper}เห็นเรื่องนี้ในงานที่รอ แล้วแก้ไข หรือคงข้อมูลเดิมพร้อมเหตุผลให้โรงเรียนอ่าน",
            "ยืนยันข้อมูลส่วนอื่นได้ทันที โดยระบบระบุว่ายกเว้นเรื่องที่แจ้งไว้",
        ],
        submit_label="แจ้งข้อมูลไม่ถูกต้อง",
        cancel_url=reverse("data_confirmation", args=[pk]),
    )


def _report(school: School, **facts: Any) -> str:
    actions.report_data_issue(school, **facts)
    return reverse("data_confirmation", args=[school.pk])


@require_POST
def data_prepare(request: SignedInRequest, pk: int) -> HttpResponse:
    """The school has looked through its data and tells its director."""
    school = _school(request, pk)
    require(request.user, Permission.ANSWER_NEEDS, pk)
    actions.prepare_confirmation(school, _asked(request), by=request.user)
    done = "แจ้งผู้อำนวยการแล้ว ผู้อำนวยการเห็นเรื่องนี้ในงานที่รอ"
    return redirect_with_message(request, done, "data_confirmation", pk)


def data_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The director confirms what the page before has shown."""
    school = _school(request, pk)
    require(request.user, Permission.CONFIRM_DATA, pk)
    asked = _asked(request)
    data = _data(request, pk)
    if data.is_confirmed:
        return redirect("data_confirmation", pk)
    shown = request.POST.get("version", "")
    return confirm_action(
        request,
        partial(_confirm, school, asked, by=request.user, shown=shown),
        success_message="ยืนยันข้อมูลแล้ว",
        template="profiles/confirmation/confirm.html",
        get_extra_context=lambda: _data_to_confirm(request, pk),
        heading=f"ยืนยันข้อมูล {school.short_name}",
        submit_label="ยืนยันข้อมูล",
        cancel_url=reverse("data_confirmation", args=[pk]),
    )


def _data_to_confirm(request: SignedInRequest, pk: int) -> dict[str, Any]:
    data = _data(request, pk)
    return {"data": data, "version_read": data.token}


def _confirm(school: School, asked: ConfirmationRequest, **facts: Any) -> None:
    actions.confirm_data(school, asked, **facts)


def _school(request: SignedInRequest, pk: int) -> School:
    return get_object_or_404(_schools(request), pk=pk)


def _schools(request: SignedInRequest) -> SchoolQuerySet:
    return School.objects.with_permission(request.user, Permission.VIEW_PROFILE)


def _asked(request: HttpRequest) -> ConfirmationRequest:
    term = current_term(request)
    asked = request_of_term(term.pk if term else None)
    if asked is None:
        raise ActionRefused("กลุ่มนิเทศฯ ยังไม่ได้ขอให้ยืนยันข้อมูลของภาคเรียนนี้ จึงยังไม่ต้องยืนยัน")
    return asked


def _data(request: SignedInRequest, pk: int) -> SchoolData:
    """Raises Http404 for a school whose profile the person may not read."""
    term, today = current_term(request), timezone.localdate()
    year = term.academic_year.year if term else academic_year(today)
    record = load_school_records(_schools(request).filter(pk=pk), year, today).get(pk)
    if record is None:
        raise Http404
    asked = request_of_term(term.pk if term else None)
    return load_school_data(record.school, record, asked, request.user)


def _page(
    request: SignedInRequest, data: SchoolData, form: DataAnswerForm | None = None
) -> HttpResponse:
    user, school = request.user, data.school
    is_open = data.request is not None and data.request.has_opened(timezone.localdate())
    is_asked = is_open and not data.is_confirmed and school.is_open_on(timezone.localdate())
    may_confirm = can(user, Permission.CONFIRM_DATA, school.pk)
    may_answer = can(user, Permission.ANSWER_NEEDS, school.pk)
    context = {
        "data": data,
        "form": form,
        "is_open": is_open,
        "may_answer": may_answer,
        "may_confirm": is_asked and may_confirm,
        "may_prepare": is_asked and may_answer and not may_confirm and not data.is_prepared,
    }
    return render(request, "profiles/confirmation/school.html", context)
