"""The schools of a term as a sheet: who they are, where each step stands, and what they came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.exports.board import BoardExportRow, board_step_columns
from reports.exports.files import (
    REGISTRY,
    SIGNED_RESULTS,
    sample_column,
    school_columns,
    selection_in_words,
    term_words,
)
from reports.overview.area_results import AreaResults
from reports.overview.filters import OverviewSchool, OverviewSelection
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.models import User
from schools.registry.school_lists import (
    NO_CLUSTER,
)
from schools.school_sizes import PupilCount, latest_counts
from supervision.cycle.board import build_board_rows
from supervision.results.school_terms import SchoolTerm
from supervision.results.scores import SchoolScore


@dataclass(frozen=True)
class SchoolStatusRow:
    """One school: its steps, and its results where it has any in the term.

    `counted` are its newest numbers, `size` is by those of the term's year.
    """

    listed: OverviewSchool
    counted: PupilCount | None
    size: str
    steps: BoardExportRow
    school_term: SchoolTerm | None
    score: SchoolScore | None

    @property
    def decision(self) -> str:
        found = self.school_term and self.school_term.decision
        return str(found.label) if found else ""

    @property
    def visit_on(self) -> date | None:
        visit = self.school_term and self.school_term.visit
        return visit.visit_on if visit else None


def school_status_sheet(
    user: User, selection: OverviewSelection, results: AreaResults, today: date
) -> ExportSheet[SchoolStatusRow]:
    """The schools that the filters leave, by cluster and name."""
    return ExportSheet(
        name="โรงเรียน",
        title="โรงเรียนและสถานะของแต่ละขั้น",
        columns=_columns(),
        rows=_rows(user, selection.schools, results, today),
        one_row="1 โรงเรียน",
        period=term_words(selection.term),
        filters=selection_in_words(selection.filters),
        frozen_columns=3,
    )


def _rows(
    user: User, listed: Sequence[OverviewSchool], results: AreaResults, today: date
) -> list[SchoolStatusRow]:
    term = results.term
    of_school = {row.school.pk: row for row in results.of_term(term)}
    scores = {
        score.school_id: score
        for score in results.scores.school_scores(term.pk)
        if score.standard is None
    }
    schools = [one.school for one in listed]
    board, counts = build_board_rows(user, term, schools, None, today), latest_counts(schools)
    return [
        SchoolStatusRow(
            one,
            counts.get(one.school.pk),
            results.sizes.get((one.school.pk, term.academic_year_id), ""),
            BoardExportRow(one.school.cluster_name or NO_CLUSTER, row),
            of_school.get(one.school.pk),
            scores.get(one.school.pk),
        )
        for one, row in zip(listed, board, strict=True)
    ]


def _columns() -> list[ExportColumn[SchoolStatusRow]]:
    return [
        *school_columns(lambda row: row.listed.school, lambda row: row.steps.cluster),
        *_registry_columns(),
        *board_step_columns(lambda row: row.steps),
        *_result_columns(),
        sample_column(lambda row: row.steps.is_sample),
    ]


def _registry_columns() -> list[ExportColumn[SchoolStatusRow]]:
    return [
        ExportColumn("อำเภอ", lambda row: row.listed.school.district, "ที่ตั้ง", source=REGISTRY),
        ExportColumn("ระดับที่เปิดสอน", lambda row: row.listed.school.grades, "ชั้นต่ำสุดถึงสูงสุด"),
        ExportColumn(
            "นักเรียน",
            lambda row: row.counted.pupils if row.counted else None,
            "จำนวนนักเรียนที่นับล่าสุด",
            CellKind.WHOLE,
            unit="คน",
            source=REGISTRY,
        ),
        ExportColumn(
            "ขนาด",
            lambda row: row.size,
            "ตามเกณฑ์ขนาดของสำนักงาน จากจำนวนนักเรียนของปีการศึกษา",
            source=REGISTRY,
        ),
        ExportColumn(
            "ศึกษานิเทศก์ผู้ดูแล",
            lambda row: ", ".join(map(str, row.listed.supervisors)),
            "ผู้รับผิดชอบกลุ่มโรงเรียน",
        ),
    ]


def _result_columns() -> list[ExportColumn[SchoolStatusRow]]:
    decimal = CellKind.DECIMAL
    return [
        ExportColumn(
            "ผลการพิจารณา",
            lambda row: row.decision,
            "ของรอบล่าสุด ว่างเมื่อยังไม่พิจารณา",
            source=SIGNED_RESULTS,
        ),
        ExportColumn(
            "วันที่นิเทศ",
            lambda row: row.visit_on,
            "วันของการนิเทศที่นับเป็นผล",
            CellKind.DATE,
            source=SIGNED_RESULTS,
        ),
        ExportColumn(
            "ศึกษานิเทศก์ ค่าเฉลี่ย",
            lambda row: row.score.visit if row.score else None,
            "ทุกมาตรฐานรวมกัน",
            decimal,
            unit="ระดับ",
            source=SIGNED_RESULTS,
        ),
        ExportColumn(
            "การแปลผล",
            lambda row: row.score.meaning if row.score else "",
            "ของค่าเฉลี่ย",
            source=SIGNED_RESULTS,
        ),
        ExportColumn(
            "โรงเรียน ค่าเฉลี่ย",
            lambda row: row.score.own if row.score else None,
            "จากการประเมินตนเองของรอบเดียวกัน",
            decimal,
            unit="ระดับ",
            source=SIGNED_RESULTS,
        ),
        ExportColumn(
            "ต่าง",
            lambda row: row.score.gap if row.score else None,
            "ศึกษานิเทศก์ − โรงเรียน",
            decimal,
            unit="ระดับ",
            source=SIGNED_RESULTS,
        ),
    ]
