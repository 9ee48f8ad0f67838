"""Every answer of a term or an academic year as CSV, one a row, for programs that analyse them."""

from collections.abc import Callable
from datetime import date

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone

from reports.exports.answer_rows import AnswerRow, answer_rows
from reports.exports.files import term_words
from reports.overview.filters import OverviewSelection, select_for_overview
from schools.access import Permission, require
from schools.core.file_responses import lines_response
from schools.core.http import SignedInRequest
from schools.core.tables.csv_lines import csv_lines
from schools.core.tables.export_table import ExportColumn, ExportValue
from schools.core.thai import local_day
from schools.enums import EducationLevel
from schools.models import Term
from schools.registry.school_lists import (
    NO_CLUSTER,
)

WHOLE_YEAR = "year"  # value of `period` in the address


def answers_export(request: SignedInRequest) -> HttpResponseBase:
    """The answers that the overview's filters leave, of the term or of its whole academic year."""
    require(request.user, Permission.VIEW_AREA)
    today = timezone.localdate()
    selection = select_for_overview(request.user, request.GET.dict(), today)
    if selection is None:
        raise Http404
    whole_year = request.GET.get("period") == WHOLE_YEAR
    terms = terms_of_year(selection) if whole_year else [selection.term]
    year = selection.term.academic_year
    period = f"ปีการศึกษา {year}" if whole_year else term_words(selection.term)
    rows = answer_rows(request.user, selection, terms, today)
    return lines_response(csv_lines(answer_columns(), rows), f"คำตอบรายข้อ {period}.csv")


def terms_of_year(selection: OverviewSelection) -> list[Term]:
    """The terms of the selected term's academic year, first to last."""
    year = selection.term.academic_year_id
    return [term for term in reversed(selection.choice.terms) if term.academic_year_id == year]


# --- Columns ---


def answer_columns() -> list[ExportColumn[AnswerRow]]:
    return [*_place_columns(), *_indicator_columns(), *_level_columns(), *_record_columns()]


def _column(
    label: str, cell: Callable[[AnswerRow], ExportValue], meaning: str
) -> ExportColumn[AnswerRow]:
    return ExportColumn(label, cell, meaning)


def _place_columns() -> list[ExportColumn[AnswerRow]]:
    return [
        _column("ภาคเรียน", lambda row: str(row.sheet.school_term.term), "ภาคเรียน/ปีการศึกษา"),
        _column("รหัสโรงเรียน", lambda row: row.sheet.school_term.school.obec_code, "8 หลัก"),
        _column("โรงเรียน", lambda row: row.sheet.school_term.school.name, "ชื่อเต็ม"),
        _column(
            "กลุ่มโรงเรียน",
            lambda row: row.sheet.school_term.cluster.name or NO_CLUSTER,
            "กลุ่ม ณ วันที่นิเทศ ถ้ายังไม่นิเทศคือกลุ่ม ณ วันสุดท้ายของภาคเรียนหรือวันนี้",
        ),
        _column("อำเภอ", lambda row: row.sheet.school_term.school.district, "ที่ตั้งโรงเรียน"),
        _column("ขนาด", lambda row: row.sheet.size, "ตามจำนวนนักเรียนของปีการศึกษานั้น"),
        _column("รอบที่", lambda row: row.sheet.round.number, "รอบการนิเทศในภาคเรียน"),
        _column(
            "นับเป็นผลของภาคเรียน",
            lambda row: int(row.sheet.counts),
            "1 คือรอบสุดท้ายที่มีการนิเทศซึ่งลงนามแล้ว ผลของภาคเรียนคิดจากแถวเหล่านี้",
        ),
    ]


def _indicator_columns() -> list[ExportColumn[AnswerRow]]:
    return [
        _column("ระดับการศึกษา", _set_level, "ระดับที่ชุดตัวชี้วัดใช้"),
        _column("ชุดตัวชี้วัด", lambda row: row.answer.set_name, "ชื่อชุด"),
        _column("ฉบับที่", lambda row: row.answer.set_version, "ฉบับของชุด"),
        _column("มาตรฐานที่", lambda row: row.answer.standard_number, "ลำดับมาตรฐานในชุด"),
        _column("มาตรฐาน", lambda row: row.answer.standard_name, "ชื่อมาตรฐาน"),
        _column("เลขที่ตัวชี้วัด", lambda row: row.answer.code, "เลขที่ในมาตรฐาน"),
        _column("ตัวชี้วัด", lambda row: row.answer.text, "ข้อความของตัวชี้วัด"),
        _column("น้ำหนัก", lambda row: row.answer.weight, "น้ำหนักในค่าเฉลี่ยของมาตรฐาน"),
    ]


def _set_level(row: AnswerRow) -> str:
    return EducationLevel(row.answer.set_level).label


def _level_columns() -> list[ExportColumn[AnswerRow]]:
    return [
        _column(
            "ฝ่าย",
            lambda row: "ศึกษานิเทศก์" if row.sheet.visit else "โรงเรียน",
            "โรงเรียน คือการประเมินตนเองที่ยืนยันแล้ว ศึกษานิเทศก์ คือบันทึกการนิเทศที่ลงนามแล้ว",
        ),
        _column("ระดับ", lambda row: row.answer.level, "ว่างเมื่อไม่ประเมิน"),
        _column("ไม่ประเมิน", lambda row: int(row.answer.not_applicable), "1 คือไม่ประเมินข้อนี้"),
        _column("เหตุผลที่ไม่ประเมิน", lambda row: row.answer.na_reason, "ข้อความของผู้ประเมิน"),
        _column(
            "มีร่องรอยหลักฐาน",
            lambda row: int(row.answer.has_evidence),
            "1 คือมีข้อความ ภาพ เอกสาร หรือลิงก์เป็นหลักฐานของข้อนี้",
        ),
    ]


def _record_columns() -> list[ExportColumn[AnswerRow]]:
    return [
        _column("ยืนยันหรือลงนามเมื่อ", _closed_on, "ปี ค.ศ.-เดือน-วัน"),
        _column(
            "วันที่นิเทศ",
            lambda row: row.sheet.visit.visit_on if row.sheet.visit else None,
            "ปี ค.ศ.-เดือน-วัน ว่างที่แถวของโรงเรียน",
        ),
        _column(
            "รูปแบบการนิเทศ",
            lambda row: row.sheet.visit.get_mode_display() if row.sheet.visit else "",
            "ว่างที่แถวของโรงเรียน",
        ),
        _column("ข้อมูลตัวอย่าง", lambda row: int(row.sheet.round.is_sample), "1 คือข้อมูลสาธิต"),
    ]


def _closed_on(row: AnswerRow) -> date | None:
    return local_day(row.sheet.closed_at) if row.sheet.closed_at else None
