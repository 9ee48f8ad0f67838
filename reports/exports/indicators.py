"""The indicators of a term over its schools, as a sheet."""

from collections.abc import Callable, Sequence

from reports.exports.files import SCHOOL_UNIT, SCORE_SHEETS, selection_in_words, term_words
from reports.overview.area_results import AreaResults
from reports.overview.filters import OverviewFilters
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from supervision.criteria.models import level_prefix
from supervision.results.indicators import IndicatorResult, LevelCounts, indicator_results


def indicators_sheet(
    results: AreaResults, filters: OverviewFilters
) -> ExportSheet[IndicatorResult]:
    """Every indicator judged in the term: how many schools at each level, means, gaps."""
    rows = indicator_results(results.of_term(results.term), results.wanted)
    return ExportSheet(
        name="ผลรายตัวชี้วัด",
        title="ผลการประเมินรายตัวชี้วัด",
        columns=[
            *_indicator_columns(),
            *_side_columns("ศึกษานิเทศก์", rows, lambda row: row.visit),
            *_side_columns("โรงเรียน", rows, lambda row: row.own),
            *_gap_columns(),
        ],
        rows=rows,
        one_row="1 ตัวชี้วัด",
        period=term_words(results.term),
        filters=selection_in_words(filters),
        frozen_columns=3,
    )


def _indicator_columns() -> list[ExportColumn[IndicatorResult]]:
    return [
        ExportColumn("มาตรฐาน", _standard_label, "มาตรฐานของตัวชี้วัด"),
        ExportColumn("เลขที่", lambda row: row.indicator.code, "เลขที่ของตัวชี้วัด"),
        ExportColumn("ตัวชี้วัด", lambda row: row.indicator.text, "ข้อความ", CellKind.LONG_TEXT),
        ExportColumn(
            "น้อยกว่า 3 โรงเรียน",
            lambda row: "น้อยกว่า 3" if row.is_few else "",
            "มีโรงเรียนน้อย ค่าเฉลี่ยจึงบอกได้น้อย",
        ),
    ]


def _standard_label(row: IndicatorResult) -> str:
    standard = row.indicator.standard
    prefix = level_prefix(standard.indicator_set.level)
    return f"{prefix} {standard.number} {standard.name}".strip()


def _side_columns(
    side: str, rows: Sequence[IndicatorResult], of: Callable[[IndicatorResult], LevelCounts]
) -> list[ExportColumn[IndicatorResult]]:
    """One side's n, mean, schools at each level (highest first), and those that set it aside."""
    levels = sorted({level for row in rows for level in of(row).levels}, reverse=True)
    counts: list[ExportColumn[IndicatorResult]] = [
        _count_column(f"{side} ระดับ {level}", _schools_at(of, level), f"โรงเรียนที่ได้ระดับ {level}")
        for level in levels
    ]
    return [
        _count_column(f"{side} n", lambda row: of(row).n, "โรงเรียนที่มีระดับ"),
        ExportColumn(
            f"{side} ค่าเฉลี่ย",
            lambda row: of(row).mean,
            "ค่าเฉลี่ยของระดับ",
            CellKind.DECIMAL,
            "ระดับ",
            SCORE_SHEETS,
        ),
        *counts,
        _count_column(
            f"{side} ไม่ประเมิน", lambda row: of(row).not_applicable, "โรงเรียนที่ไม่ประเมินข้อนี้"
        ),
    ]


def _schools_at(
    of: Callable[[IndicatorResult], LevelCounts], level: int
) -> Callable[[IndicatorResult], int]:
    return lambda row: of(row).levels.get(level, 0)


def _gap_columns() -> list[ExportColumn[IndicatorResult]]:
    return [
        ExportColumn(
            "ผลต่างเฉลี่ย",
            lambda row: row.gap.mean,
            "ศึกษานิเทศก์ − โรงเรียน ค่าติดลบคือโรงเรียนประเมินตนเองสูงกว่า",
            CellKind.DECIMAL,
            "ระดับ",
            SCORE_SHEETS,
        ),
        _count_column("ต่างมาก", lambda row: row.gap.wide, "ต่างกันตั้งแต่ 2 ระดับ"),
        _count_column("อธิบายแล้ว", lambda row: row.gap.explained, "ต่างมากและมีข้อค้นพบ"),
        _count_column("บรรลุ", lambda row: row.achieved, "ถึงระดับที่ตัวชี้วัดกำหนด ว่างเมื่อไม่กำหนด"),
    ]


def _count_column(
    label: str, cell: Callable[[IndicatorResult], int | None], meaning: str
) -> ExportColumn[IndicatorResult]:
    return ExportColumn(label, cell, meaning, CellKind.WHOLE, SCHOOL_UNIT, SCORE_SHEETS)
