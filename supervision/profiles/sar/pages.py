"""The pages of one school's annual self-assessment reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.file_responses import file_response
from schools.core.forms import (
    ReasonForm,
    clear_draft_tag,
    lock_rows_on_post,
    post_data,
    redirect_after_form,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import academic_year
from schools.core.url_cache import cached_url
from schools.models import AcademicYear, School, User
from supervision.profiles.models import AnnualReport, AnnualReportDeadline
from supervision.profiles.querysets import schools_with_profile
from supervision.profiles.sar import actions
from supervision.profiles.sar.enums import AnnualReportAction, AnnualReportState
from supervision.profiles.sar.forms import AnnualReportForm, PaperReceivedForm
from supervision.profiles.sar.queries import (
    REQUIRED_TEXTS,
    ReportedLevel,
    expected_standards,
    missing_to_send,
    reported_levels,
    text_label,
    with_levels,
)
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import last_transition, workflow_history

YEARS_SHOWN = 5


# --- All years of a school ---


@dataclass(frozen=True)
class SchoolReportRow:
    """One year of a school, or of a school merged into it, with its report if there is one."""

    school: School
    year: int
    report: AnnualReport | None
    levels: Sequence[ReportedLevel]
    is_merged: bool

    @property
    def url(self) -> str:
        return cached_url("annual_report", self.school.pk, self.year)


def school_annual_reports(request: SignedInRequest, pk: int) -> HttpResponse:
    """The reports of the last years, and whatever came of schools merged into this one."""
    school = _school(request, pk)
    today = timezone.localdate()
    own = AcademicYear.objects.filter(area=school.area_id, year__lte=academic_year(today))
    reports = with_levels(AnnualReport.objects.of_profile(school)).select_related("school")
    context = {
        "school": school,
        "rows": _rows(school, [row.year for row in own[:YEARS_SHOWN]], list(reports)),
        "may_edit": can(request.user, Permission.EDIT_PROFILE, school.pk),
    }
    return render(request, "profiles/sar/school.html", context)


def _rows(
    school: School, years: Sequence[int], reports: Sequence[AnnualReport]
) -> list[SchoolReportRow]:
    known = {one.academic_year.year for one in reports if one.school_id == school.pk}
    without = [SchoolReportRow(school, year, None, [], False) for year in set(years) - known]
    given = [
        SchoolReportRow(
            report.school,
            report.academic_year.year,
            report,
            reported_levels(report) if report.is_sent else [],
            report.school_id != school.pk,
        )
        for report in reports
    ]
    return sorted(without + given, key=lambda row: (-row.year, row.is_merged, row.school.sort_key))


# --- One report ---


@dataclass(frozen=True)
class ReportRights:
    """What a person may do with one report, as it stands now."""

    edit: bool
    send: bool
    record_paper: bool
    return_: bool


def annual_report(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """What the report says, as far as it has come, and the next act."""
    school, of_year = _school(request, pk), _year(year)
    report = _stored_report(school, of_year)
    expected = expected_standards(school, of_year)
    is_open = report is None or report.is_open
    levels = reported_levels(report, expected if is_open else ())
    is_returned = report is not None and report.state == AnnualReportState.RETURNED
    context = {
        "school": school,
        "year": of_year,
        "report": report,
        "is_sample": report is not None and report.is_sample,
        "levels": levels,
        "texts": _texts(report),
        "missing": missing_to_send(report, levels) if report and is_open else [],
        "may": _rights(request.user, school, report),
        "due_on": _due_on(of_year),
        "returned": last_transition(report) if report and is_returned else None,
        "history": workflow_history(report) if report else [],
    }
    return render(request, "profiles/sar/report.html", context)


def _texts(report: AnnualReport | None) -> Mapping[str, str]:
    """The report's texts by their headings."""
    return {text_label(name): getattr(report, name, "") for name in REQUIRED_TEXTS}


def _rights(user: User, school: School, report: AnnualReport | None) -> ReportRights:
    is_draft = report is not None and report.is_open
    return ReportRights(
        edit=(report is None or is_draft) and can(user, Permission.EDIT_PROFILE, school.pk),
        send=is_draft and can(user, Permission.CONFIRM_DATA, school.pk),
        record_paper=is_draft and may_record_paper(user, school),
        return_=report is not None
        and report.is_sent
        and can(user, Permission.RETURN_SELF_ASSESSMENT, school.pk),
    )


def may_record_paper(user: User, school: School) -> bool:
    """Whether the person is of the office and may enter for the school; its own people send."""
    is_of_office = can(user, Permission.REMIND_SCHOOL, school.pk)
    signs_for_it = can(user, Permission.CONFIRM_DATA, school.pk)
    return is_of_office and not signs_for_it and can(user, Permission.EDIT_PROFILE, school.pk)


def _due_on(year: AcademicYear) -> date | None:
    deadline = AnnualReportDeadline.objects.filter(academic_year=year).first()
    return deadline.due_on if deadline else None


@transaction.atomic
def annual_report_edit(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """Fill in the report of a year, which the first save begins."""
    school, of_year = _school(request, pk), _year(year)
    require(request.user, Permission.EDIT_PROFILE, school.pk)
    lock_rows_on_post(request, School.objects.filter(pk=school.pk)).first()
    report = _stored_report(school, of_year)
    if report:
        ensure_allowed(report, AnnualReportAction.SEND)
    form = AnnualReportForm(
        post_data(request),
        request.FILES or None,
        instance=report,
        standards=expected_standards(school, of_year),
    )
    if form.is_valid():
        with refusal_as_form_error(form):
            content = form.content()
            actions.save_annual_report(school, of_year, by=request.user, content=content)
            messages.success(request, "บันทึกร่างแล้ว", extra_tags=clear_draft_tag(request))
            return redirect_after_form(request, "annual_report", school.pk, of_year.year)
    context = {"school": school, "year": of_year, "report": report, "form": form}
    return render(request, "profiles/sar/form.html", context)


def annual_report_send(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """The director sends the report to the office."""
    report = _report(request, pk, year)
    require(request.user, Permission.CONFIRM_DATA, report.school_id)
    ensure_allowed(report, AnnualReportAction.SEND)
    return confirm_action(
        request,
        partial(actions.send_annual_report, report, by=request.user),
        success_message="ส่งรายงานแล้ว",
        heading=f"ส่ง SAR ปีการศึกษา {year} ของ{report.school.name}",
        effects=[
            "สำนักงานเขตพื้นที่การศึกษาได้รับรายงานในวันนี้",
            "แก้ไขไม่ได้อีก เว้นแต่ศึกษานิเทศก์ส่งกลับให้แก้ไข",
        ],
        submit_label="ส่งรายงาน",
        cancel_url=report.get_absolute_url(),
    )


def annual_report_paper(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """The office records that it got this report on paper."""
    report = _report(request, pk, year)
    if not may_record_paper(request.user, report.school):
        raise PermissionDenied
    ensure_allowed(report, AnnualReportAction.RECORD_PAPER)
    return confirm_action(
        request,
        partial(actions.record_paper_annual_report, report, by=request.user),
        form=PaperReceivedForm(post_data(request)),
        success_message="บันทึกว่าได้รับรายงานแล้ว",
        heading=f"บันทึกว่าได้รับ SAR ปีการศึกษา {year} ของ{report.school.name} เป็นเอกสาร",
        effects=[
            "รายงานแสดงว่าสำนักงานบันทึกจากเอกสาร พร้อมชื่อผู้บันทึก",
            "แก้ไขไม่ได้อีก เว้นแต่ศึกษานิเทศก์ส่งกลับให้แก้ไข",
        ],
        submit_label="บันทึกว่าได้รับแล้ว",
        cancel_url=report.get_absolute_url(),
    )


def annual_report_return(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """Back to the school, with the reason."""
    report = _report(request, pk, year)
    require(request.user, Permission.RETURN_SELF_ASSESSMENT, report.school_id)
    ensure_allowed(report, AnnualReportAction.RETURN)
    return confirm_action(
        request,
        partial(actions.return_annual_report, report, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ส่งรายงานกลับให้แก้ไขแล้ว",
        heading=f"ส่ง SAR ปีการศึกษา {year} กลับให้{report.school.name}แก้ไข",
        effects=[
            "โรงเรียนเห็นเหตุผลนี้ แก้ไขในรายงานเดิม แล้วส่งอีกครั้ง",
            "ระหว่างนี้รายงานไม่นับว่าส่งแล้ว",
        ],
        submit_label="ส่งกลับให้แก้ไข",
        cancel_url=report.get_absolute_url(),
    )


def annual_report_file(request: SignedInRequest, pk: int, year: int) -> FileResponse:
    report = _report(request, pk, year)
    if not report.file:
        raise Http404
    return file_response(report.file, report.file_name)


def _school(request: SignedInRequest, pk: int) -> School:
    return get_object_or_404(schools_with_profile(request.user), pk=pk)


def _year(year: int) -> AcademicYear:
    """An academic year of the register that has begun."""
    begun = AcademicYear.objects.filter(year__lte=academic_year(timezone.localdate()))
    return get_object_or_404(begun, year=year)


def _stored_report(school: School, year: AcademicYear) -> AnnualReport | None:
    reports = AnnualReport.objects.filter(school=school, academic_year=year)
    return with_levels(reports).select_related("school", "sent_by").first()


def _report(request: SignedInRequest, pk: int, year: int) -> AnnualReport:
    reports = AnnualReport.objects.visible_to(request.user).select_related("school")
    return get_object_or_404(
        reports.select_related("academic_year"), school=pk, academic_year__year=year
    )
