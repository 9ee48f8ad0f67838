"""The self-assessments of a term as an Excel file: how far each school is."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.exports.files import (
    excel_response,
    filters_in_words,
    sample_column,
    school_columns,
    term_words,
)
from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from supervision.assessments.overview import (
    SelfAssessmentGroup,
    SelfAssessmentOverview,
    self_assessment_overview,
)
from supervision.assessments.progress import SelfAssessmentRow


@dataclass(frozen=True)
class SelfAssessmentExportRow:
    """One school's self-assessment with the cluster under which the screen shows it."""

    group: SelfAssessmentGroup
    row: SelfAssessmentRow

    @property
    def is_sample(self) -> bool:
        return self.row.round is not None and self.row.round.is_sample

    @property
    def reminded_at(self) -> datetime | None:
        return self.row.reminder.at if self.row.reminder else None

    @property
    def reminded_by(self) -> str:
        return self.row.reminder.get_channel_display() if self.row.reminder else ""


def self_assessments_export(request: SignedInRequest) -> HttpResponse:
    """The overview of self-assessments with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    overview = self_assessment_overview(request.user, request.GET.dict(), timezone.localdate())
    if overview is None:
        raise Http404
    name = f"การประเมินตนเอง {term_words(overview.term)}"
    return excel_response([self_assessments_sheet(overview)], name)


def self_assessments_sheet(
    overview: SelfAssessmentOverview,
) -> ExportSheet[SelfAssessmentExportRow]:
    """The rows that the filters leave, in the order of the screen."""
    return ExportSheet(
        name="การประเมินตนเอง",
        title="การประเมินตนเองของโรงเรียน",
        columns=_columns(),
        rows=[
            SelfAssessmentExportRow(group, row) for group in overview.groups for row in group.rows
        ],
        one_row="1 โรงเรียน",
        period=term_words(overview.term),
        filters=filters_in_words(overview.form),
        frozen_columns=3,
    )


def _columns() -> list[ExportColumn[SelfAssessmentExportRow]]:
    return [
        *school_columns(lambda one: one.row.school, lambda one: one.group.name),
        ExportColumn("ศึกษานิเทศก์ผู้ดูแล", lambda one: one.group.in_charge, "ผู้รับผิดชอบกลุ่มโรงเรียน"),
        ExportColumn("รอบ", lambda one: one.row.round_word, "รอบการนิเทศ ตั้งแต่รอบที่ 2"),
        ExportColumn("สถานะ", lambda one: one.row.stage.word, "สถานะของการประเมินตนเอง"),
        ExportColumn(
            "รายละเอียด", lambda one: one.row.detail, "สิ่งที่ทำแล้วหรือยังรออยู่", CellKind.LONG_TEXT
        ),
        ExportColumn("กำหนดเสร็จ", lambda one: one.row.due_on, "วันสุดท้าย", CellKind.DATE),
        ExportColumn("ช้ากว่ากำหนด", lambda one: one.row.late_word, "จำนวนวันที่ช้า"),
        ExportColumn("เตือนล่าสุด", lambda one: one.reminded_at, "วันที่เตือนครั้งล่าสุด", CellKind.DATE),
        ExportColumn("เตือนทาง", lambda one: one.reminded_by, "ช่องทางที่เตือน"),
        sample_column(lambda one: one.is_sample),
    ]
