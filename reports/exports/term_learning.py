"""The learning results of a term's schools as a sheet of its workbook: a row for each result."""

from collections.abc import Callable, Sequence

from reports.exports.files import sample_column, school_columns, selection_in_words
from reports.overview.filters import OverviewSelection
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet, ExportValue
from schools.models import User
from schools.registry.school_lists import NO_CLUSTER
from supervision.profiles.learning.results import (
    LearningResultRow,
    ResultFigures,
    load_learning_results,
)
from supervision.profiles.learning.visibility import SMALL_GROUP_WORDS

SOURCE = "ผลการเรียนรู้ที่บันทึกหรือนำเข้า"
YEARS = 2  # that of the term and the one before, whose tests are often the newest known


def term_learning_sheet(user: User, selection: OverviewSelection) -> ExportSheet[LearningResultRow]:
    """Of the schools that the filters leave; results of few pupils as the reader may see them."""
    until = selection.term.academic_year.year
    years = range(until - YEARS + 1, until + 1)
    schools = [one.school for one in selection.schools]
    results = load_learning_results(user, schools, years)
    return ExportSheet(
        name="ผลการเรียนรู้",
        title="ผลการเรียนรู้ของโรงเรียน",
        columns=[
            *school_columns(
                lambda row: row.school, lambda row: row.school.cluster_name or NO_CLUSTER
            ),
            *_subject_columns(),
            *_figure_columns(),
            *_level_columns(results.rows),
            *_origin_columns(),
            sample_column(lambda row: row.is_sample),
        ],
        rows=results.rows,
        one_row="ผล 1 วิชาของ 1 โรงเรียนใน 1 ปีการศึกษา",
        period=f"ปีการศึกษา {years[0]} และ {until}",
        filters=selection_in_words(selection.filters),
        frozen_columns=3,
    )


def _subject_columns() -> list[ExportColumn[LearningResultRow]]:
    return [
        ExportColumn(
            "ปีการศึกษา",
            lambda row: row.year,
            "ปีการศึกษาที่สอบ (พ.ศ.)",
            CellKind.WHOLE,
            "ปี พ.ศ.",
            SOURCE,
        ),
        ExportColumn("การทดสอบ", lambda row: row.subject.kind.name, "ชื่อย่อ", source=SOURCE),
        ExportColumn("ชั้น", lambda row: row.subject.get_grade_display(), "ชั้นที่สอบ", source=SOURCE),
        ExportColumn("วิชา", lambda row: row.subject.name, "วิชาหรือด้าน", source=SOURCE),
    ]


def _figure_columns() -> list[ExportColumn[LearningResultRow]]:
    return [
        _figure("ผู้เรียนทั้งหมด", lambda one: one.enrolled, "ผู้เรียนในชั้น", CellKind.WHOLE, "คน"),
        ExportColumn(
            "เข้าสอบ",
            lambda row: row.figures.tested if row.figures else SMALL_GROUP_WORDS,
            f"ผู้เข้าสอบ “{SMALL_GROUP_WORDS}” เมื่อผู้เปิดไฟล์ไม่มีสิทธิเห็นผลนั้น ช่องอื่นจึงว่าง",
            CellKind.WHOLE,
            "คน",
            SOURCE,
        ),
        _figure("ค่าเฉลี่ย", lambda one: one.mean, "ค่าเฉลี่ยของผู้เข้าสอบ", CellKind.DECIMAL),
        _figure("S.D.", lambda one: one.sd, "ส่วนเบี่ยงเบนมาตรฐานตามตาราง", CellKind.DECIMAL),
    ]


def _figure(
    label: str,
    value: Callable[[ResultFigures], ExportValue],
    meaning: str,
    kind: CellKind,
    unit: str = "คะแนนหรือร้อยละตามการทดสอบ",
) -> ExportColumn[LearningResultRow]:
    """A figure of the result, empty where the reader may not see it."""
    return ExportColumn(
        label,
        lambda row: value(row.figures) if row.figures else None,
        meaning,
        kind,
        unit,
        SOURCE,
    )


def _level_columns(rows: Sequence[LearningResultRow]) -> list[ExportColumn[LearningResultRow]]:
    """The names of a result's levels, and the share of each: as many as any test has."""
    shares = [share for row in rows if row.figures for share in row.figures.shares]
    names = ExportColumn(
        "ชื่อระดับ",
        _level_names,
        "ชื่อระดับคุณภาพของการทดสอบ เริ่มจากระดับที่ 1",
        source=SOURCE,
    )
    most = max((share.position for share in shares), default=0)
    return [names, *(_level_column(position) for position in range(1, most + 1))]


def _level_names(row: LearningResultRow) -> str:
    return ", ".join(share.name for share in row.figures.shares) if row.figures else ""


def _level_column(position: int) -> ExportColumn[LearningResultRow]:
    def percent(figures: ResultFigures) -> ExportValue:
        return next((one.percent for one in figures.shares if one.position == position), None)

    meaning = "ร้อยละของผู้เข้าสอบที่อยู่ระดับนี้ ระดับที่ 1 คือระดับสูงสุด"
    return _figure(f"ระดับที่ {position}", percent, meaning, CellKind.DECIMAL, "ร้อยละ")


def _origin_columns() -> list[ExportColumn[LearningResultRow]]:
    return [
        ExportColumn(
            "โรงเรียนเดิม",
            lambda row: row.origin_note,
            "เมื่อเป็นผลของโรงเรียนที่รวมเข้ามา",
            source=SOURCE,
        ),
        ExportColumn("แหล่งข้อมูล", lambda row: row.source, "ตามที่ผู้บันทึกระบุ", source=SOURCE),
        ExportColumn(
            "ข้อมูล ณ วันที่", lambda row: row.as_of, "ตามที่ผู้บันทึกระบุ", CellKind.DATE, source=SOURCE
        ),
    ]
