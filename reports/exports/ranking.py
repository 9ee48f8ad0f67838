"""The order of schools as an Excel file, for who may see it."""

from collections.abc import Callable
from decimal import Decimal

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
from supervision.quality_drive.ranking.enums import RankingList
from supervision.quality_drive.ranking.listing import (
    SHORT_LABELS,
    RankingListing,
    RankingRow,
    ranking_listing,
)
from supervision.quality_drive.ranking.queries import drive_of_year, orders_in_use

SIGNED = "ผลการนิเทศที่ลงนามแล้ว"


def ranking_export(request: SignedInRequest, year: int) -> HttpResponse:
    """The list that the screen shows, the schools without a place last."""
    require(request.user, Permission.VIEW_RANKING)
    ranking = orders_in_use(drive_of_year(request.user, year)).first()
    if ranking is None:
        raise Http404
    listing = ranking_listing(ranking, request.GET.dict(), timezone.localdate())
    return excel_response([ranking_sheet(listing)], f"การจัดลำดับคุณภาพโรงเรียน {year}")


def ranking_sheet(listing: RankingListing) -> ExportSheet[RankingRow]:
    """One list of the order, with the filters of the screen."""
    ranking = listing.ranking
    return ExportSheet(
        name="การจัดลำดับ",
        title=f"{ranking}: {listing.kind.label}",
        columns=_columns(listing),
        rows=[*listing.placed, *listing.unplaced],
        one_row="1 โรงเรียน",
        period=f"{ranking.get_state_display()} · ใช้ภายในสำนักงาน",
        filters=filters_in_words(listing.form, leave_out=("list",)),
        frozen_columns=3,
    )


def _columns(listing: RankingListing) -> list[ExportColumn[RankingRow]]:
    whole = CellKind.WHOLE
    return [
        *school_columns(lambda row: row.school, lambda row: row.cluster),
        ExportColumn("กลุ่มขนาด", lambda row: row.place.size_group, "ตามเกณฑ์ที่สำนักงานใช้"),
        ExportColumn("ลำดับ", lambda row: row.place.place, listing.kind.label, whole),
        ExportColumn("ลำดับดีที่สุด", lambda row: row.place.highest, "เมื่อน้ำหนักเปลี่ยนร้อยละ 20", whole),
        ExportColumn("ลำดับต่ำที่สุด", lambda row: row.place.lowest, "เมื่อน้ำหนักเปลี่ยนร้อยละ 20", whole),
        ExportColumn("กลุ่มลำดับ", lambda row: row.place.group, "กลุ่มที่ช่วงลำดับซ้อนกัน", whole),
        ExportColumn(
            "คะแนนรวม", lambda row: row.place.score, "ถ่วงน้ำหนัก", CellKind.DECIMAL, "ระดับ", SIGNED
        ),
        *(_figure_column(*numbered) for numbered in enumerate(listing.dimension_names)),
        *(
            ExportColumn(f"ลำดับ{SHORT_LABELS[one]}", _other_place(one), f"ใน{one.label}", whole)
            for one in RankingList
            if one != listing.kind
        ),
        ExportColumn("เหตุที่ไม่จัดลำดับ", lambda row: row.place.why_not, "ว่างเมื่อจัดลำดับ"),
        sample_column(lambda row: listing.ranking.is_sample),
    ]


def _figure_column(place: int, name: str) -> ExportColumn[RankingRow]:
    def cell(row: RankingRow) -> Decimal | None:
        return row.named_figures[place][1]

    return ExportColumn(name, cell, "คะแนนของด้าน", CellKind.DECIMAL, "ระดับ", SIGNED)


def _other_place(one: RankingList) -> Callable[[RankingRow], int | None]:
    return lambda row: row.others[one]
