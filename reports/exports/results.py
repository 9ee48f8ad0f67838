"""What the signed scores of a term come to, as sheets: the area's figures, standards, clusters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.exports.files import SCHOOL_UNIT, SCORE_SHEETS, selection_in_words, term_words
from reports.overview.area_results import AreaResults
from reports.overview.filters import OverviewFilters
from schools.core.tables.export_table import (
    CellKind,
    ExportColumn,
    ExportRow,
    ExportSheet,
    ExportValue,
)
from schools.models import Term
from schools.registry.school_lists import (
    NO_CLUSTER,
)
from supervision.results.advice import AdviceRow, summarise_advice
from supervision.results.coverage import TermCoverage
from supervision.results.gaps import gaps_by_visit, wide_gap_counts
from supervision.results.school_terms import SchoolTerm
from supervision.results.scores import (
    FEW_SCHOOLS,
    NO_CLUSTER_PK,
    Grouping,
    ScoreSummary,
    StandardResult,
)

ADVICE_UNIT, LEVEL_UNIT = "ข้อ", "ระดับ"


# --- The area's figures ---


@dataclass(frozen=True)
class FigureRow:
    """One figure of the term, with that of the term before where one is compared."""

    label: str
    value: ExportValue
    before: ExportValue
    unit: str
    meaning: str


def figures_sheet(
    results: AreaResults, advice: Sequence[AdviceRow], filters: OverviewFilters, today: date
) -> ExportSheet[FigureRow]:
    """Coverage, scores, gaps and advice of the schools that the filters leave."""
    return ExportSheet(
        name="ภาพรวม",
        title="ภาพรวมของภาคเรียน",
        columns=_figure_columns(results.previous),
        rows=[
            *_coverage_figures(results),
            *_score_figures(results),
            *_gap_figures(results),
            *_advice_figures(advice, today),
        ],
        one_row="1 ตัวเลข",
        period=term_words(results.term),
        filters=selection_in_words(filters),
        frozen_columns=1,
    )


def _figure_columns(previous: Term | None) -> list[ExportColumn[FigureRow]]:
    before = f"ภาคเรียนก่อน ({previous})" if previous else "ภาคเรียนก่อน"
    return [
        ExportColumn("รายการ", lambda row: row.label, "ชื่อตัวเลข"),
        ExportColumn("ภาคเรียนนี้", lambda row: row.value, "ค่าของภาคเรียนที่เลือก", CellKind.NUMBER),
        ExportColumn(
            before, lambda row: row.before, "ค่าของภาคเรียนก่อนหน้า ว่างเมื่อไม่มี", CellKind.NUMBER
        ),
        ExportColumn("หน่วย", lambda row: row.unit, "หน่วยนับ"),
        ExportColumn("ความหมาย", lambda row: row.meaning, "วิธีนับ", CellKind.LONG_TEXT),
    ]


def _coverage_figures(results: AreaResults) -> list[FigureRow]:
    now = results.coverage(results.term)
    before = results.coverage(results.previous) if results.previous else None

    def figure(
        label: str, of: Callable[[TermCoverage], int | None], meaning: str, unit: str = SCHOOL_UNIT
    ) -> FigureRow:
        return FigureRow(label, of(now), of(before) if before else None, unit, meaning)

    return [
        figure("โรงเรียนทั้งหมด", lambda c: c.schools, "โรงเรียนที่เปิดสอน และที่เลิกหรือรวมแล้วแต่มีผล"),
        figure("เปิดรอบแล้ว", lambda c: c.opened, "มีรอบการนิเทศในภาคเรียน"),
        figure("ประเมินตนเองแล้ว", lambda c: c.assessed, "ยืนยันผลการประเมินตนเองแล้ว"),
        figure("นิเทศแล้ว", lambda c: c.visited, "มีบันทึกการนิเทศที่ลงนามและนับเป็นผล"),
        figure("นิเทศแล้ว ร้อยละ", lambda c: c.percent_visited, "ของโรงเรียนทั้งหมด", "ร้อยละ"),
        figure("บรรลุ", lambda c: c.achieved, "ผลการพิจารณาของรอบล่าสุด"),
        figure("ไม่บรรลุ", lambda c: c.not_achieved, "ผลการพิจารณาของรอบล่าสุด"),
        figure("มีมากกว่า 1 รอบ", lambda c: c.repeated, "ต้องดำเนินการรอบที่ 2 ขึ้นไป"),
    ]


def _score_figures(results: AreaResults) -> list[FigureRow]:
    scores = results.scores
    now = scores.overall(results.term.pk)
    before = scores.overall(results.previous.pk) if results.previous else None

    def figure(label: str, of: Callable[[ScoreSummary], ExportValue], meaning: str) -> FigureRow:
        return FigureRow(label, of(now), of(before) if before else None, LEVEL_UNIT, meaning)

    return [
        figure(
            "ค่าเฉลี่ยของศึกษานิเทศก์",
            lambda s: s.visit.mean,
            "ค่าเฉลี่ยของค่าเฉลี่ยรายโรงเรียน ทุกมาตรฐานรวมกัน",
        ),
        figure("S.D. ของศึกษานิเทศก์", lambda s: s.visit.sd, "ส่วนเบี่ยงเบนมาตรฐาน (n−1) ระหว่างโรงเรียน"),
        figure("การแปลผล", lambda s: s.visit.meaning, "คำแปลผลของค่าเฉลี่ยของศึกษานิเทศก์"),
        figure("ค่าเฉลี่ยของโรงเรียน", lambda s: s.own.mean, "จากการประเมินตนเองของรอบเดียวกัน"),
        figure("ต่าง", lambda s: s.gap, "ศึกษานิเทศก์ − โรงเรียน ค่าติดลบคือโรงเรียนประเมินตนเองสูงกว่า"),
    ]


def _gap_figures(results: AreaResults) -> list[FigureRow]:
    rows = results.of_term(results.term)
    wide = wide_gap_counts(rows, gaps_by_visit(rows, results.wanted))
    return [
        FigureRow(
            "โรงเรียนที่คะแนนต่างกันมาก",
            wide.schools,
            None,
            SCHOOL_UNIT,
            "มีตัวชี้วัดอย่างน้อย 1 ข้อที่ต่างกันตั้งแต่ 2 ระดับ",
        ),
        FigureRow("อธิบายครบทุกข้อ", wide.explained, None, SCHOOL_UNIT, "มีข้อค้นพบทุกข้อที่ต่างกันมาก"),
    ]


def _advice_figures(advice: Sequence[AdviceRow], today: date) -> list[FigureRow]:
    """Advice is counted as it stands today, so no term before stands beside it."""
    found = summarise_advice(advice, today)
    given = "ที่ให้ในภาคเรียนนี้ และที่ให้ก่อนหน้าซึ่งยังไม่ปิด"
    return [
        FigureRow("ข้อเสนอแนะ", found.given, None, ADVICE_UNIT, given),
        FigureRow("ข้อเสนอแนะที่ยังไม่ปิด", found.open, None, ADVICE_UNIT, "ณ วันนี้"),
        FigureRow("ข้อเสนอแนะที่เกินกำหนด", found.overdue, None, ADVICE_UNIT, "ณ วันนี้"),
        FigureRow("รายงานว่าเสร็จ รอตรวจ", found.reported_done, None, ADVICE_UNIT, "ณ วันนี้"),
        FigureRow("ปิดแล้ว", found.closed, None, ADVICE_UNIT, "ปิดพร้อมหลักฐาน"),
        FigureRow("จำนวนวันจนปิด (มัธยฐาน)", found.median_days, None, "วัน", "ตั้งแต่โรงเรียนเห็นชอบจนปิด"),
    ]


# --- Standards ---


def standards_sheet(results: AreaResults, filters: OverviewFilters) -> ExportSheet[StandardResult]:
    """Every standard judged in the term, over its schools."""
    rows = results.scores.standard_results(results.term.pk)
    return ExportSheet(
        name="ผลรายมาตรฐาน",
        title="ผลการประเมินรายมาตรฐาน",
        columns=[
            ExportColumn("ระดับ", lambda row: row.standard.level or "ขั้นพื้นฐาน", "ระดับการศึกษา"),
            ExportColumn("มาตรฐานที่", lambda row: row.standard.number, "ลำดับ", CellKind.WHOLE),
            ExportColumn("มาตรฐาน", lambda row: row.standard.name, "ชื่อมาตรฐาน", CellKind.LONG_TEXT),
            *_summary_columns(lambda row: row.summary),
            ExportColumn(
                "เกณฑ์บรรลุ",
                lambda row: row.target,
                "ค่าเฉลี่ยต่ำสุดที่ถือว่าบรรลุ ว่างเมื่อไม่กำหนดหรือแต่ละฉบับกำหนดต่างกัน",
                CellKind.DECIMAL,
                unit=LEVEL_UNIT,
            ),
            *_achieved_columns(lambda row: row.summary),
            *_band_columns(rows),
        ],
        rows=rows,
        one_row="1 มาตรฐาน",
        period=term_words(results.term),
        filters=selection_in_words(filters),
        frozen_columns=3,
    )


def _achieved_columns(
    of: Callable[[StandardResult], ScoreSummary],
) -> list[ExportColumn[StandardResult]]:
    return [
        ExportColumn(
            "บรรลุ (โรงเรียน)",
            lambda row: of(row).achieved,
            "โรงเรียนที่ค่าเฉลี่ยถึงเกณฑ์",
            CellKind.WHOLE,
            unit=SCHOOL_UNIT,
        ),
        ExportColumn(
            "มีเกณฑ์ (โรงเรียน)",
            lambda row: of(row).judged,
            "โรงเรียนที่ชุดตัวชี้วัดกำหนดเกณฑ์ไว้",
            CellKind.WHOLE,
            unit=SCHOOL_UNIT,
        ),
    ]


def _band_columns(rows: Sequence[StandardResult]) -> list[ExportColumn[StandardResult]]:
    """One for each word of the scales, the highest first."""
    labels = dict.fromkeys(
        band.label for row in rows for band in reversed(row.summary.distribution)
    )
    return [_band_column(label) for label in labels]


def _band_column(label: str) -> ExportColumn[StandardResult]:
    def cell(row: StandardResult) -> int | None:
        found = (band.schools for band in row.summary.distribution if band.label == label)
        return next(found, None)

    return ExportColumn(
        f"{label} (โรงเรียน)",
        cell,
        f"โรงเรียนที่ค่าเฉลี่ยแปลผลว่า {label}",
        CellKind.WHOLE,
        unit=SCHOOL_UNIT,
    )


# --- Clusters ---


@dataclass(frozen=True)
class ClusterResultRow:
    """One cluster: its schools that count, and the scores of those visited there, if any."""

    name: str
    schools: Sequence[SchoolTerm]
    summary: ScoreSummary | None

    @property
    def visited(self) -> int:
        return sum(row.is_visited for row in self.schools)


def clusters_sheet(results: AreaResults, filters: OverviewFilters) -> ExportSheet[ClusterResultRow]:
    """Every cluster with a school that counts, in the order of lists."""
    whole, visited = CellKind.WHOLE, "โรงเรียนที่นิเทศแล้ว"
    return ExportSheet(
        name="ผลรายกลุ่มโรงเรียน",
        title="ผลการประเมินรายกลุ่มโรงเรียน ทุกมาตรฐานรวมกัน",
        columns=[
            ExportColumn("กลุ่มโรงเรียน", lambda row: row.name, "กลุ่ม ณ วันที่นิเทศ"),
            ExportColumn("โรงเรียนทั้งหมด", lambda row: len(row.schools), "ในกลุ่ม", whole, SCHOOL_UNIT),
            ExportColumn("นิเทศแล้ว", lambda row: row.visited, visited, whole, SCHOOL_UNIT),
            *_summary_columns(lambda row: row.summary),
        ],
        rows=_cluster_rows(results),
        one_row="1 กลุ่มโรงเรียน",
        period=term_words(results.term),
        filters=selection_in_words(filters),
        frozen_columns=1,
    )


def _cluster_rows(results: AreaResults) -> list[ClusterResultRow]:
    summaries: Mapping[Any, ScoreSummary] = results.scores.by_group(
        results.term.pk, Grouping.CLUSTER
    )
    groups: dict[tuple[bool, str, int], list[SchoolTerm]] = {}
    for row in results.of_term(results.term):
        cluster = row.cluster
        key = cluster.pk is None, cluster.sort_key, cluster.pk or NO_CLUSTER_PK
        groups.setdefault(key, []).append(row)
    return [
        ClusterResultRow(rows[0].cluster.name or NO_CLUSTER, rows, summaries.get(pk))
        for (_, _, pk), rows in sorted(groups.items())
    ]


# --- Columns of both ---


def _summary_columns(
    of: Callable[[ExportRow], ScoreSummary | None],
) -> list[ExportColumn[ExportRow]]:
    """n, means, S.D., meaning and gap of schools taken together; empty without a visit."""

    def column(
        label: str, cell: Callable[[ScoreSummary], ExportValue], meaning: str, kind: CellKind
    ) -> ExportColumn[ExportRow]:
        def cell_of(row: ExportRow) -> ExportValue:
            summary = of(row)
            return cell(summary) if summary else None

        unit = {CellKind.WHOLE: SCHOOL_UNIT, CellKind.DECIMAL: LEVEL_UNIT}.get(kind, "")
        return ExportColumn(label, cell_of, meaning, kind, unit, SCORE_SHEETS)

    mean = "ค่าเฉลี่ยของค่าเฉลี่ยรายโรงเรียน"
    decimal, text = CellKind.DECIMAL, CellKind.TEXT
    return [
        column("n", lambda s: s.visit.n, "โรงเรียนที่มีคะแนนของศึกษานิเทศก์", CellKind.WHOLE),
        column("น้อยกว่า 3 โรงเรียน", _few, "มีโรงเรียนน้อย ค่าเฉลี่ยจึงบอกได้น้อย", text),
        column("ศึกษานิเทศก์ ค่าเฉลี่ย", lambda s: s.visit.mean, mean, decimal),
        column("ศึกษานิเทศก์ S.D.", lambda s: s.visit.sd, "ระหว่างโรงเรียน (n−1)", decimal),
        column("การแปลผล", lambda s: s.visit.meaning, "ของค่าเฉลี่ยของศึกษานิเทศก์", text),
        column("โรงเรียน ค่าเฉลี่ย", lambda s: s.own.mean, f"{mean} จากการประเมินตนเอง", decimal),
        column("โรงเรียน S.D.", lambda s: s.own.sd, "ระหว่างโรงเรียน (n−1)", decimal),
        column("ต่าง", lambda s: s.gap, "ศึกษานิเทศก์ − โรงเรียน", decimal),
    ]


def _few(summary: ScoreSummary) -> str:
    return f"น้อยกว่า {FEW_SCHOOLS}" if summary.is_few else ""
