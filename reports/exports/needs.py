"""What all schools answered to a needs survey, as an Excel file: areas ranked, and each school."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.exports.files import (
    excel_response,
    filters_in_words,
    sample_column,
    school_columns,
)
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.registry.school_lists import (
    NO_CLUSTER,
)
from supervision.criteria.scoring import Score
from supervision.needs.models import NeedsItem, NeedsSurvey
from supervision.needs.results import NeedsResults, NeedsRow, needs_results
from supervision.needs.scoring import AreaNeed

STEP_1 = "ขั้นที่ 1 แบบ 7.1"

LevelsByArea = dict[str, tuple[int | None, int | None]]  # by area: problem and need level


@dataclass(frozen=True)
class NeedsExportRow:
    """One school that is asked, with its levels by area and its wishes if it has submitted.

    Who has not sent is a row too, with nothing but the state: a draft is not for others.
    """

    row: NeedsRow
    levels: LevelsByArea = field(default_factory=dict)

    @property
    def submitted(self) -> NeedsSurvey | None:
        return self.row.survey if self.row.has_submitted else None

    @property
    def cluster(self) -> str:
        return self.row.school.cluster_name or NO_CLUSTER

    def wish(self, at: int) -> str:
        """What it wants first (0), second or third."""
        wanted = self.submitted.wanted if self.submitted else []
        return wanted[at] if at < len(wanted) else ""


def needs_export(request: SignedInRequest) -> HttpResponse:
    """What all schools answered to a needs survey, with the filters of the screen."""
    require(request.user, Permission.VIEW_AREA)
    results = needs_results(request.user, request.GET.dict(), timezone.localdate())
    if results is None:
        raise Http404
    return excel_response(needs_sheets(results), f"ความต้องการ {results.campaign.period}")


def needs_sheets(results: NeedsResults) -> list[ExportSheet[Any]]:
    """Areas ranked, and one row a school."""
    return [needs_areas_sheet(results), needs_schools_sheet(results)]


# --- Areas ranked ---


def needs_areas_sheet(results: NeedsResults) -> ExportSheet[AreaNeed]:
    """Every area of the survey, most urgent first, over the schools that have sent."""
    return ExportSheet(
        name="ความต้องการรายด้าน",
        title="ความต้องการของโรงเรียน สรุปรายด้าน",
        columns=_area_columns(),
        rows=results.needs,
        one_row="1 ด้าน",
        period=results.campaign.period,
        filters=filters_in_words(results.form, leave_out=("campaign", "state")),
    )


def _area_columns() -> list[ExportColumn[AreaNeed]]:
    index = "(ความต้องการ − สภาพปัจจุบัน) ÷ สภาพปัจจุบัน ยิ่งสูงยิ่งเร่งด่วน"
    decimal = CellKind.DECIMAL
    return [
        ExportColumn("อันดับ", lambda area: area.rank, "ลำดับความเร่งด่วน", CellKind.WHOLE),
        ExportColumn("ด้าน", lambda area: area.name, "ด้านที่สำรวจ", source=STEP_1),
        ExportColumn("PNI modified", lambda area: area.index, index, decimal, source=STEP_1),
        ExportColumn(
            "จำนวนโรงเรียน", lambda area: area.n, "โรงเรียนที่ตอบด้านนี้", CellKind.WHOLE, "โรงเรียน"
        ),
        *_mean_columns("สภาพปัญหา", lambda area: area.problem),
        *_mean_columns("ความต้องการ", lambda area: area.need),
    ]


def _mean_columns(
    label: str, score_of: Callable[[AreaNeed], Score]
) -> list[ExportColumn[AreaNeed]]:
    decimal = CellKind.DECIMAL
    return [
        ExportColumn(
            f"{label} ค่าเฉลี่ย",
            lambda area: score_of(area).mean,
            f"ค่าเฉลี่ยระดับ{label}ของโรงเรียนที่ส่งแล้ว",
            decimal,
            unit="ระดับ 1–5",
            source=STEP_1,
        ),
        ExportColumn(
            f"{label} S.D.",
            lambda area: score_of(area).sd,
            "ส่วนเบี่ยงเบนมาตรฐาน (n−1)",
            decimal,
            source=STEP_1,
        ),
    ]


# --- One row a school ---


def needs_schools_sheet(results: NeedsResults) -> ExportSheet[NeedsExportRow]:
    """The schools that cluster and state leave, in the order of the screen."""
    levels = _levels_by_school(results)
    rows = [row for row in results.rows if row.is_in_state(results.state)]
    return ExportSheet(
        name="ความต้องการรายโรงเรียน",
        title="ความต้องการของโรงเรียน รายโรงเรียน",
        columns=_school_columns(results),
        rows=[NeedsExportRow(row, levels.get(row.school.pk, {})) for row in rows],
        one_row="1 โรงเรียน",
        period=results.campaign.period,
        filters=filters_in_words(results.form, leave_out=("campaign",)),
        frozen_columns=3,
    )


def _levels_by_school(results: NeedsResults) -> dict[int, LevelsByArea]:
    """By school and area, of the surveys that were submitted."""
    surveys = [row.survey for row in results.sent]
    items = NeedsItem.objects.filter(survey__in=surveys).values_list(
        "survey__school", "area__name", "problem_level", "need_level"
    )
    found: dict[int, LevelsByArea] = {}
    for school, area, problem, need in items:
        found.setdefault(school, {})[area] = (problem, need)
    return found


def _school_columns(results: NeedsResults) -> list[ExportColumn[NeedsExportRow]]:
    areas = [area.name for area in results.campaign.survey_template.areas.all()]
    return [
        *school_columns(lambda one: one.row.school, lambda one: one.cluster),
        ExportColumn("สถานะ", lambda one: one.row.word, "สถานะของแบบสำรวจ", source=STEP_1),
        ExportColumn("ส่งเมื่อ", _submitted_at, "วันที่ส่ง", CellKind.DATE, source=STEP_1),
        ExportColumn("ส่งช้ากว่ากำหนด", lambda one: "ใช่" if one.row.is_late else "", "ส่งหลังวันสุดท้าย"),
        *[column for area in areas for column in _level_columns(area)],
        *[_wish_column(at) for at in range(3)],
        *_other_wish_columns(),
        sample_column(lambda _: results.campaign.is_sample),
    ]


def _submitted_at(one: NeedsExportRow) -> datetime | None:
    return one.row.survey.submitted_at if one.row.survey else None


def _level_columns(area: str) -> list[ExportColumn[NeedsExportRow]]:
    none = (None, None)
    return [
        ExportColumn(
            f"{area}: {label}",
            lambda one, at=at: one.levels.get(area, none)[at],  # type: ignore[misc]
            f"ระดับ{label} 1 น้อยที่สุด ถึง 5 มากที่สุด",
            CellKind.WHOLE,
            unit="ระดับ 1–5",
            source=STEP_1,
        )
        for at, label in enumerate(("สภาพปัญหา", "ความต้องการ"))
    ]


def _wish_column(at: int) -> ExportColumn[NeedsExportRow]:
    return ExportColumn(
        f"ต้องการอันดับ {at + 1}",
        lambda one: one.wish(at),
        "สิ่งที่ต้องการให้ช่วย ตามลำดับ",
        CellKind.LONG_TEXT,
        source=STEP_1,
    )


def _other_wish_columns() -> list[ExportColumn[NeedsExportRow]]:
    return [
        ExportColumn(
            "วันที่สะดวก",
            lambda one: one.submitted.preferred_on if one.submitted else None,
            "วันที่โรงเรียนสะดวกให้นิเทศ",
            CellKind.DATE,
            source=STEP_1,
        ),
        ExportColumn(
            "รูปแบบที่ต้องการ",
            lambda one: one.submitted.get_preferred_mode_display() if one.submitted else "",
            "รูปแบบการนิเทศที่โรงเรียนต้องการ",
            source=STEP_1,
        ),
        ExportColumn(
            "ข้อคิดเห็นเพิ่มเติม",
            lambda one: one.submitted.remarks if one.submitted else "",
            "ข้อความของโรงเรียน",
            CellKind.LONG_TEXT,
            source=STEP_1,
        ),
    ]
