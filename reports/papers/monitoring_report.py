"""What ก.ต.ป.น. or an อ.ก.ต.ป.น. reports on the drive, as a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.data.signers import PaperSigner, recorded_signer
from reports.papers.office_paper import DRAFT_WORD, OfficePaper, paper_response
from schools.core.http import SignedInRequest
from schools.core.thai import long_date
from supervision.quality_drive.mentoring.monitored_figures import (
    MonitoredFigures,
    figures_of_report,
)
from supervision.quality_drive.models import MonitoringReport


@dataclass(frozen=True)
class MonitoringPaper(OfficePaper):
    """A committee's report with the counts of its schools, those of today while it is written."""

    template = "reports/paper/monitoring.html"
    name = "รายงานการติดตามการขับเคลื่อนคุณภาพการศึกษา"

    report: MonitoringReport
    figures: MonitoredFigures
    area: AreaHeading
    signers: Sequence[PaperSigner]
    counted_on: str

    @property
    def is_sample(self) -> bool:
        return self.report.is_sample

    @property
    def watermark(self) -> str:
        return "" if self.report.is_submitted else DRAFT_WORD

    @property
    def title(self) -> str:
        return f"{self.title_prefix}{self.report} {self.report.drive.academic_year}"


def monitoring_report_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The report for whom its page shows it."""
    related = ("committee__cluster", "drive__academic_year__area", "submitted_by")
    rows = MonitoringReport.objects.visible_to(request.user).select_related(*related)
    return paper_response(make_monitoring_paper(get_object_or_404(rows, pk=pk)))


def make_monitoring_paper(report: MonitoringReport) -> MonitoringPaper:
    figures = figures_of_report(report, timezone.localdate())
    return MonitoringPaper(
        report=report,
        figures=figures,
        area=area_heading(report.drive.academic_year.area),
        signers=[_reporter(report)],
        counted_on=long_date(figures.on),
    )


def _reporter(report: MonitoringReport) -> PaperSigner:
    if report.submitted_at is None:
        return PaperSigner("ผู้รายงาน")
    by, post = report.submitted_by, report.submitted_as
    return recorded_signer("ผู้รายงาน", by, post, "รายงาน", report.submitted_at)
