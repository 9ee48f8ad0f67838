"""The score matrix as an Excel file: schools × standards, and schools × indicators."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.exports.files import (
    REGISTRY,
    SCORE_SHEETS,
    excel_response,
    school_columns,
    selection_in_words,
    term_words,
)
from reports.overview.area_results import AreaResults, load_area_results
from reports.overview.filters import OverviewFilters, select_for_overview
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import (
    CellKind,
    ExportColumn,
    ExportRow,
    ExportSheet,
    ExportValue,
)
from schools.registry.school_lists import (
    NO_CLUSTER,
)
from supervision.criteria.models import Indicator, level_prefix
from supervision.results.indicators import IndicatorKey, indicator_key
from supervision.results.level_matrix import JudgedLevel, LevelMatrix, load_level_matrix
from supervision.results.school_terms import SchoolTerm
from supervision.results.scores import SchoolScore
from supervision.results.standards import ResultStandard

SET_ASIDE = "ไม่ประเมิน"
ONE_SCHOOL = "1 โรงเรียน ช่องว่างคือยังไม่มีการนิเทศที่ลงนาม"
OWN, VISIT, GAP = "โรงเรียน", "ศึกษานิเทศก์", "ต่าง"
GAP_MEANING = "ศึกษานิเทศก์ − โรงเรียน ค่าติดลบคือโรงเรียนประเมินตนเองสูงกว่า"


def matrix_export(request: SignedInRequest) -> HttpResponse:
    """The scores of a term's schools, with the filters of the overview."""
    require(request.user, Permission.VIEW_AREA)
    today = timezone.localdate()
    selection = select_for_overview(request.user, request.GET.dict(), today)
    if selection is None:
        raise Http404
    results = load_area_results(request.user, selection, today)
    sheets: list[ExportSheet[Any]] = [
        standards_matrix_sheet(results, selection.filters),
        indicators_matrix_sheet(results, selection.filters),
    ]
    return excel_response(sheets, f"ตารางคะแนน {term_words(selection.term)}")


# --- Schools × standards ---


@dataclass(frozen=True)
class StandardsMatrixRow:
    """One school that counts in the term, with its means by standard (None: all together)."""

    school_term: SchoolTerm
    scores: Mapping[int | None, SchoolScore] = field(default_factory=dict)


def standards_matrix_sheet(
    results: AreaResults, filters: OverviewFilters
) -> ExportSheet[StandardsMatrixRow]:
    """Each school's means of the standards judged in the term, both sides and their difference."""
    term = results.term
    scores: dict[int, dict[int | None, SchoolScore]] = {}
    for score in results.scores.school_scores(term.pk):
        key = score.standard.pk if score.standard else None
        scores.setdefault(score.school_id, {})[key] = score
    standards = [found.standard for found in results.scores.standard_results(term.pk)]
    rows = results.of_term(term)
    return ExportSheet(
        name="คะแนนรายมาตรฐาน",
        title="คะแนนเฉลี่ยของโรงเรียนรายมาตรฐาน",
        columns=[
            *_school_term_columns(lambda row: row.school_term),
            *_overall_columns(),
            *[column for standard in standards for column in _standard_columns(standard)],
        ],
        rows=[StandardsMatrixRow(row, scores.get(row.school.pk, {})) for row in rows],
        one_row=ONE_SCHOOL,
        period=term_words(term),
        filters=selection_in_words(filters),
        frozen_columns=3,
    )


def _overall_columns() -> list[ExportColumn[StandardsMatrixRow]]:
    return [
        *_mean_columns("ทุกมาตรฐาน", "ทุกมาตรฐานรวมกัน", None),
        ExportColumn(
            "ทุกมาตรฐาน: การแปลผล",
            _overall_meaning,
            "คำแปลผลของค่าเฉลี่ยของศึกษานิเทศก์",
            source=SCORE_SHEETS,
        ),
    ]


def _overall_meaning(row: StandardsMatrixRow) -> str:
    return row.scores[None].meaning if None in row.scores else ""


def _standard_columns(standard: ResultStandard) -> list[ExportColumn[StandardsMatrixRow]]:
    return _mean_columns(standard.label, f"มาตรฐาน {standard.label}", standard.pk)


def _mean_columns(
    label: str, about: str, key: int | None
) -> list[ExportColumn[StandardsMatrixRow]]:
    def column(
        side: str, mean: Callable[[SchoolScore], Decimal | None], meaning: str
    ) -> ExportColumn[StandardsMatrixRow]:
        def cell(row: StandardsMatrixRow) -> Decimal | None:
            return mean(row.scores[key]) if key in row.scores else None

        return ExportColumn(
            f"{label}: {side}", cell, f"{about} {meaning}", CellKind.DECIMAL, "ระดับ", SCORE_SHEETS
        )

    weighted = "ค่าเฉลี่ยถ่วงน้ำหนัก ทศนิยม 2 ตำแหน่ง"
    return [
        column(OWN, lambda score: score.own, f"{weighted} ที่โรงเรียนประเมินตนเอง"),
        column(VISIT, lambda score: score.visit, f"{weighted} ที่ศึกษานิเทศก์ประเมิน"),
        column(GAP, lambda score: score.gap, GAP_MEANING),
    ]


# --- Schools × indicators ---


@dataclass(frozen=True)
class IndicatorsMatrixRow:
    """One school that counts in the term, with what was said of each indicator."""

    school_term: SchoolTerm
    matrix: LevelMatrix

    def own(self, key: IndicatorKey) -> JudgedLevel | None:
        return self.matrix.own.get((self.school_term.school.pk, key))

    def visit(self, key: IndicatorKey) -> JudgedLevel | None:
        return self.matrix.visit.get((self.school_term.school.pk, key))

    def gap(self, key: IndicatorKey) -> int | None:
        own, visit = self.own(key), self.visit(key)
        if own is None or visit is None or own.level is None or visit.level is None:
            return None
        return visit.level - own.level


def indicators_matrix_sheet(
    results: AreaResults, filters: OverviewFilters
) -> ExportSheet[IndicatorsMatrixRow]:
    """Each school's levels of the indicators judged in the term, both sides and the difference."""
    rows = results.of_term(results.term)
    matrix = load_level_matrix(rows, results.wanted)
    return ExportSheet(
        name="คะแนนรายตัวชี้วัด",
        title="ระดับคะแนนของโรงเรียนรายตัวชี้วัด",
        columns=[
            *_school_term_columns(lambda row: row.school_term),
            *_all_indicator_columns(matrix),
        ],
        rows=[IndicatorsMatrixRow(row, matrix) for row in rows],
        one_row=ONE_SCHOOL,
        period=term_words(results.term),
        filters=selection_in_words(filters),
        frozen_columns=3,
    )


def _all_indicator_columns(matrix: LevelMatrix) -> list[ExportColumn[IndicatorsMatrixRow]]:
    """A code names its indicator, unless the term has two indicators of that code."""
    codes = Counter(map(_code, matrix.indicators))
    return [
        column
        for one in matrix.indicators
        for column in _indicator_columns(
            one, _code(one) if codes[_code(one)] == 1 else f"{_code(one)} {one.text}"
        )
    ]


def _code(indicator: Indicator) -> str:
    return f"{level_prefix(indicator.standard.indicator_set.level)} {indicator.code}".strip()


def _indicator_columns(indicator: Indicator, label: str) -> list[ExportColumn[IndicatorsMatrixRow]]:
    key, about = indicator_key(indicator), f"{indicator.standard} ข้อ {indicator}"

    def column(
        side: str, cell: Callable[[IndicatorsMatrixRow], ExportValue], meaning: str
    ) -> ExportColumn[IndicatorsMatrixRow]:
        return ExportColumn(
            f"{label}: {side}", cell, f"{about} ({meaning})", CellKind.WHOLE, "ระดับ", SCORE_SHEETS
        )

    return [
        column(OWN, lambda row: _level_cell(row.own(key)), "ระดับที่โรงเรียนให้ตนเอง"),
        column(VISIT, lambda row: _level_cell(row.visit(key)), "ระดับที่ศึกษานิเทศก์ให้"),
        column(GAP, lambda row: row.gap(key), GAP_MEANING),
    ]


def _level_cell(judged: JudgedLevel | None) -> ExportValue:
    if judged is None:
        return None
    return SET_ASIDE if judged.level is None else judged.level


# --- Columns of both ---


def _school_term_columns(
    school_term_of: Callable[[ExportRow], SchoolTerm],
) -> list[ExportColumn[ExportRow]]:
    return [
        *school_columns(
            lambda row: school_term_of(row).school,
            lambda row: school_term_of(row).cluster.name or NO_CLUSTER,
        ),
        ExportColumn(
            "อำเภอ", lambda row: school_term_of(row).school.district, "ที่ตั้ง", source=REGISTRY
        ),
        ExportColumn(
            "วันที่นิเทศ",
            lambda row: _visit_day(school_term_of(row)),
            "วันของการนิเทศที่นับเป็นผลของภาคเรียน ว่างเมื่อยังไม่มี",
            CellKind.DATE,
        ),
    ]


def _visit_day(row: SchoolTerm) -> date | None:
    return row.visit.visit_on if row.visit else None
