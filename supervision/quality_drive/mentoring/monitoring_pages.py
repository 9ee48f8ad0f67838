"""Reports of ก.ต.ป.น. and อ.ก.ต.ป.น. on the drive, with the figures of their schools beside."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField
from schools.core.forms import (
    ConflictCheckedForm,
    ReasonForm,
    form_field,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.status import StatusKind
from schools.models import User
from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Committee
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.mentoring import monitoring_actions as actions
from supervision.quality_drive.mentoring.enums import MonitoringAction, MonitoringState
from supervision.quality_drive.mentoring.monitored_figures import figures_of_report
from supervision.quality_drive.models import MonitoringReport, QualityDrive
from supervision.quality_drive.models.mentoring import monitoring_bodies_q
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history
from supervision.workflow.read_versions import posted_version, record_version, version_context

MONITORING_PILLS = {
    MonitoringState.DRAFT: StatusKind.WAITING,
    MonitoringState.SUBMITTED: StatusKind.DONE,
}
TEXT_FIELDS = ("progress", "problems", "proposals")


class MonitoringReportForm(ConflictCheckedForm):
    """A committee's report on the drive for a period."""

    starts_on = BuddhistDateField(label="ตั้งแต่วันที่")
    ends_on = BuddhistDateField(label="ถึงวันที่")

    class Meta:
        model = MonitoringReport
        fields = ("starts_on", "ends_on", *TEXT_FIELDS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "วันสุดท้ายต้องไม่ก่อนวันแรก โปรดแก้ไขวันใดวันหนึ่ง")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The days and texts of the report."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewMonitoringReportForm(MonitoringReportForm):
    """A new report, and of which committee it is."""

    committee = forms.ModelChoiceField(
        Committee.objects.none(), label="คณะที่รายงาน", empty_label="เลือกคณะ"
    )
    field_order = ("committee", *MonitoringReportForm.Meta.fields)

    def __init__(self, *args: Any, committees: QuerySet[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = form_field(self, "committee", forms.ModelChoiceField)
        field.queryset = committees
        found = list(committees[:2])
        if len(found) == 1:
            self.initial.setdefault("committee", found[0])


def writable_committees(user: User) -> QuerySet[Committee]:
    """Those for which the person may write a report."""
    present = Committee.objects.in_force(timezone.localdate()).select_related("cluster")
    if can(user, Permission.MANAGE_DRIVE):
        return present.exclude(kind=CommitteeKind.WORKING_GROUP)
    return present.filter(monitoring_bodies_q(user))


def monitoring_reports(request: SignedInRequest, year: int) -> HttpResponse:
    """The reports of the drive that the person may see, the newest first."""
    drive = get_drive(request.user, year)
    if not can(request.user, Permission.VIEW_AREA):
        require_anywhere(request.user, Permission.MONITOR_DRIVE)
    reports = _reports(request).filter(drive=drive)
    context = {
        "drive": drive,
        "reports": [(one, MONITORING_PILLS[MonitoringState(one.state)]) for one in reports],
        "may_write": writable_committees(request.user).exists(),
    }
    return render(request, "quality_drive/mentoring/monitoring_list.html", context)


def _reports(request: SignedInRequest) -> QuerySet[MonitoringReport]:
    rows = MonitoringReport.objects.visible_to(request.user)
    return rows.select_related("committee__cluster", "drive__academic_year", "submitted_by")


def _may_write(user: User, report: MonitoringReport) -> bool:
    return writable_committees(user).filter(pk=report.committee_id).exists()


def _report(request: SignedInRequest, pk: int, *, to_write: bool = False) -> MonitoringReport:
    report = get_object_or_404(_reports(request), pk=pk)
    if to_write and not _may_write(request.user, report):
        raise PermissionDenied
    return report


def monitoring_report_add(request: SignedInRequest, year: int) -> HttpResponse:
    drive = get_drive(request.user, year)
    committees = writable_committees(request.user)
    if not committees.exists():
        raise PermissionDenied
    form = NewMonitoringReportForm(post_data(request), committees=committees)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            committee, facts = form.cleaned_data["committee"], form.facts()
            report = actions.draft_monitoring_report(
                drive, committee, by=request.user, fields=facts
            )
            return redirect_with_message(request, "เริ่มรายงานการติดตามแล้ว", report)
    return _form_page(request, drive, form, None)


def monitoring_report_page(request: SignedInRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    may_write = _may_write(request.user, report)
    context = {
        "report": report,
        "drive": report.drive,
        "pill": MONITORING_PILLS[MonitoringState(report.state)],
        "figures": figures_of_report(report, timezone.localdate()),
        "version_read": record_version(report),
        "may_write": may_write and not report.is_submitted,
        "may_reopen": may_write and report.is_submitted,
        "history": workflow_history(report),
    }
    return render(request, "quality_drive/mentoring/monitoring_report.html", context)


@transaction.atomic
def monitoring_report_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    report = _report(request, pk, to_write=True)
    ensure_allowed(report, MonitoringAction.EDIT)
    locked = get_object_or_404(lock_rows_on_post(request, MonitoringReport.objects), pk=pk)
    form = MonitoringReportForm(post_data(request), instance=locked)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            actions.update_monitoring_report(locked, by=request.user, fields=form.facts())
            return redirect_with_message(request, "บันทึกรายงานแล้ว", report)
    return _form_page(request, report.drive, form, report)


def _form_page(
    request: SignedInRequest,
    drive: QualityDrive,
    form: MonitoringReportForm,
    report: MonitoringReport | None,
) -> HttpResponse:
    figures = figures_of_report(report, timezone.localdate()) if report else None
    context = {"drive": drive, "form": form, "report": report, "figures": figures}
    return render(request, "quality_drive/mentoring/monitoring_form.html", context)


def monitoring_report_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    report = _report(request, pk, to_write=True)
    ensure_allowed(report, MonitoringAction.SUBMIT)
    return confirm_action(
        request,
        partial(
            actions.submit_monitoring_report,
            report,
            by=request.user,
            version_read=posted_version(request),
        ),
        template="components/confirm_read.html",
        get_extra_context=lambda: version_context(request, record_version(report)),
        success_message="รายงานสำนักงานแล้ว",
        heading=f"รายงานสำนักงาน: {report}",
        effects=[
            "ผู้บริหารและศึกษานิเทศก์ของสำนักงานอ่านรายงานได้",
            "ข้อมูลประกอบเก็บไว้ตามที่เป็นอยู่วันนี้",
            "แก้ไขได้เมื่อเปิดแก้ไขพร้อมเหตุผล",
        ],
        submit_label="รายงานสำนักงาน",
        cancel_url=report.get_absolute_url(),
    )


def monitoring_report_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    report = _report(request, pk, to_write=True)
    ensure_allowed(report, MonitoringAction.REOPEN)
    return confirm_action(
        request,
        partial(actions.reopen_monitoring_report, report, by=request.user),
        form=ReasonForm(post_data(request), required="โปรดระบุเหตุผลที่เปิดแก้ไข"),
        success_message="เปิดแก้ไขรายงานแล้ว",
        heading=f"เปิดแก้ไข{report}",
        effects=["รายงานกลับเป็นกำลังจัดทำ และต้องรายงานสำนักงานใหม่"],
        submit_label="เปิดแก้ไข",
        cancel_url=report.get_absolute_url(),
    )
