"""What is done with a committee's report on the drive: drafted, changed, submitted, reopened."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, appointments_in_force, capacity_of, roles_with
from schools.core.errors import ActionRefused
from schools.models import User
from supervision.committees.models import Committee
from supervision.quality_drive.mentoring.enums import MonitoringAction
from supervision.quality_drive.mentoring.monitored_figures import (
    figures_to_json,
    load_monitored_figures,
)
from supervision.quality_drive.models import MonitoringReport, QualityDrive
from supervision.workflow.actions import start, transition
from supervision.workflow.read_versions import ensure_as_read, record_version


@transaction.atomic
def draft_monitoring_report(
    drive: QualityDrive, committee: Committee, *, by: User, fields: Mapping[str, Any]
) -> MonitoringReport:
    """Begin a report of the committee; `fields` are its days and texts.

    Raises ActionRefused before ก.ต.ป.น. has endorsed the drive, and where the committee has a
    report of the same days: a form sent twice makes one.
    """
    drive = QualityDrive.objects.select_for_update(of=("self",)).get(pk=drive.pk)
    if drive.is_draft:
        raise ActionRefused("ก.ต.ป.น. ยังไม่เห็นชอบการขับเคลื่อนของปีนี้ จึงยังรายงานการติดตามไม่ได้")
    report = MonitoringReport(drive=drive, committee=committee, **fields)
    _check_report_is_new(report)
    start(report, MonitoringAction.DRAFT, by=by)
    return report


def _check_report_is_new(report: MonitoringReport) -> None:
    same = MonitoringReport.objects.filter(
        drive=report.drive,
        committee=report.committee,
        starts_on=report.starts_on,
        ends_on=report.ends_on,
    )
    if same.exists():
        raise ActionRefused(
            f"{report.committee.short_name} มีรายงานของช่วงวันเดียวกันนี้อยู่แล้ว "
            "โปรดแก้ไขรายงานนั้น หรือเปลี่ยนช่วงวัน"
        )


def update_monitoring_report(
    report: MonitoringReport, *, by: User, fields: Mapping[str, Any]
) -> None:
    """Change days and texts until it is submitted."""
    transition(report, MonitoringAction.EDIT, by=by, **fields)


@transaction.atomic
def submit_monitoring_report(
    report: MonitoringReport, *, by: User, version_read: str | None = None
) -> None:
    """Hand the report to the office, in the capacity of who submits it, with today's figures.

    Raises Outdated where it was changed since the version that was read.
    """
    report.refresh_from_db(from_queryset=MonitoringReport.objects.select_for_update())
    ensure_as_read(record_version(report), version_read)
    figures = load_monitored_figures(report.drive, report.committee, timezone.localdate())
    transition(
        report,
        MonitoringAction.SUBMIT,
        by=by,
        submitted_at=timezone.now(),
        submitted_by=by,
        submitted_as=_reporting_post(report.committee, by),
        figures=figures_to_json(figures),
    )


def _reporting_post(committee: Committee, by: User) -> str:
    """The post in the committee's cluster or in ก.ต.ป.น., else that of who manages the drive."""
    monitors = roles_with(Permission.MONITOR_DRIVE)
    for post in appointments_in_force(by):
        is_there = committee.cluster_id and post.cluster_id == committee.cluster_id
        if is_there and post.role in monitors:
            return str(post.printed_title)
    of_area = capacity_of(by, Permission.MONITOR_DRIVE)
    return of_area or capacity_of(by, Permission.MANAGE_DRIVE)


def reopen_monitoring_report(report: MonitoringReport, *, by: User, reason: str) -> None:
    """Let the committee write on, with the reason; who had submitted it stays in the log."""
    transition(
        report,
        MonitoringAction.REOPEN,
        by=by,
        reason=reason,
        submitted_at=None,
        submitted_by=None,
        submitted_as="",
        figures=None,
    )
