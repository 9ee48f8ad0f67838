"""What a screen shows, as an Excel file: the same rows, filters, order and words."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from schools.access import Permission, require, require_anywhere
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest
from schools.core.tables.writing import ExcelRow, multi_sheet_workbook, single_sheet_workbook
from schools.core.thai import short_date
from schools.enums import Grade
from schools.imports.columns import SCHOOL_COLUMNS
from schools.models import Term
from schools.registry.directory import DirectoryRow, SchoolDirectory, load_directory
from schools.registry.queries import require_registry_reader
from supervision.assessments.overview import SelfAssessmentOverview, self_assessment_overview
from supervision.assessments.progress import SelfAssessmentRow
from supervision.cycle.board import Board, BoardRow, build_board
from supervision.cycle.steps import all_steps
from supervision.needs.models import NeedsItem
from supervision.needs.results import NeedsResults, NeedsRow, needs_results

ELECTRICITY = {True: "มี", False: "ไม่มี", None: ""}

LevelsByArea = dict[str, tuple[int | None, int | None]]  # by area: problem and need level


# --- The area board ---


def board_export(request: SignedInRequest) -> HttpResponse:
    """The area board with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    board = build_board(request.user, request.GET.dict(), timezone.localdate())
    if board is None:
        raise Http404
    return _term_workbook_response(
        single_sheet_workbook(board_rows(board), sheet="ความก้าวหน้า"), "ความก้าวหน้า", board.term
    )


def board_rows(board: Board) -> list[dict[str, str]]:
    """The rows that the filters leave, in the order of the screen, by column heading."""
    return [
        {"กลุ่มโรงเรียน": group.name, "โรงเรียน": row.school.name, "รอบ": _round_of(row)}
        | _step_cells(row)
        for group in board.groups
        for row in group.rows
    ]


def _step_cells(row: BoardRow) -> dict[str, str]:
    steps = zip(all_steps(), row.cells, strict=True)
    return {f"{step.number} {step.short}": cell.word for step, cell in steps}


def _round_of(row: BoardRow) -> str:
    """Only for who sees the school: a second round says what became of the first."""
    return row.round_word or ("รอบที่ 1" if row.may_open else "")


def _term_workbook_response(content: bytes, name: str, term: Term) -> HttpResponse:
    return bytes_response(content, f"{name} ภาคเรียนที่ {term}.xlsx")


# --- The directory of schools, under the headings by which it can be imported again ---


def directory_export(request: SignedInRequest) -> HttpResponse:
    """The directory of schools with the filters of the screen."""
    require_registry_reader(request.user)
    directory = load_directory(request.user, request.GET.dict(), timezone.localdate())
    return bytes_response(
        single_sheet_workbook(directory_rows(directory), sheet="โรงเรียน"), "โรงเรียน.xlsx"
    )


def directory_rows(directory: SchoolDirectory) -> list[dict[str, str]]:
    """The schools that the filters leave, in the order of the screen, by column heading."""
    return [_registry_cells(row) | _count_cells(row) for row in directory.rows]


def _registry_cells(row: DirectoryRow) -> dict[str, str]:
    school = row.school
    facts = {
        "obec_code": school.obec_code,
        "ministry_code": school.ministry_code,
        "name": school.name,
        "sub_district": school.sub_district,
        "district": school.district,
        "cluster": row.cluster,
        "first_grade": _grade(school.first_grade),
        "last_grade": _grade(school.last_grade),
        "latitude": school.latitude,
        "longitude": school.longitude,
        "internet": school.get_internet_display(),
        "has_electricity": ELECTRICITY[school.has_electricity],
        "phone": school.phone,
        "email": school.email,
        "status": row.status,
    }
    return {SCHOOL_COLUMNS[name]: "" if fact is None else str(fact) for name, fact in facts.items()}


def _grade(grade: int | None) -> str:
    return "" if grade is None else Grade(grade).label


def _count_cells(row: DirectoryRow) -> dict[str, str]:
    pupils = counted_in = ""
    if row.counted:
        sample = " (ตัวอย่าง)" if row.counted.is_sample else ""
        pupils, counted_in = str(row.counted.pupils), f"{row.counted.year}{sample}"
    return {"นักเรียน (คน)": pupils, "ปีการศึกษาที่นับ": counted_in, "ขนาด": row.size}


# --- The overview of self-assessments ---


def self_assessments_export(request: SignedInRequest) -> HttpResponse:
    """The overview of self-assessments with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    overview = self_assessment_overview(request.user, request.GET.dict(), timezone.localdate())
    if overview is None:
        raise Http404
    content = single_sheet_workbook(self_assessment_export_rows(overview), sheet="การประเมินตนเอง")
    return _term_workbook_response(content, "การประเมินตนเอง", overview.term)


def self_assessment_export_rows(overview: SelfAssessmentOverview) -> list[dict[str, str]]:
    """The rows that the filters leave, in the order of the screen, by column heading."""
    return [
        {
            "กลุ่มโรงเรียน": group.name,
            "ศึกษานิเทศก์ผู้ดูแล": group.in_charge,
            "โรงเรียน": row.school.name,
            "รอบ": row.round_word,
            "สถานะ": row.stage.word,
            "รายละเอียด": row.detail,
            "กำหนดเสร็จ": short_date(row.due_on) if row.due_on else "",
            "ช้ากว่ากำหนด": row.late_word,
            "เตือนล่าสุด": _last_reminder(row),
        }
        for group in overview.groups
        for row in group.rows
    ]


def _last_reminder(row: SelfAssessmentRow) -> str:
    if row.reminder is None:
        return ""
    return f"{short_date(row.reminder.at)} {row.reminder.get_channel_display()}"


# --- A needs survey ---


def needs_export(request: SignedInRequest) -> HttpResponse:
    """What all schools answered to a needs survey, with the filters of the screen."""
    require(request.user, Permission.VIEW_AREA)
    results = needs_results(request.user, request.GET.dict(), timezone.localdate())
    if results is None:
        raise Http404
    content = multi_sheet_workbook(needs_workbook_sheets(results))
    return bytes_response(content, f"ความต้องการ {results.campaign.period}.xlsx")


def needs_workbook_sheets(results: NeedsResults) -> dict[str, list[ExcelRow]]:
    """The workbook's sheets: areas ranked, and one row a school."""
    return {"สรุปรายด้าน": _area_rows(results), "รายโรงเรียน": _school_rows(results)}


def _area_rows(results: NeedsResults) -> list[ExcelRow]:
    return [
        {
            "อันดับ": area.rank,
            "ด้าน": area.name,
            "PNI modified": _number(area.index),
            "จำนวนโรงเรียน": area.n,
            "สภาพปัญหา ค่าเฉลี่ย": _number(area.problem.mean),
            "สภาพปัญหา S.D.": _number(area.problem.sd),
            "ความต้องการ ค่าเฉลี่ย": _number(area.need.mean),
            "ความต้องการ S.D.": _number(area.need.sd),
        }
        for area in results.needs
    ]


def _number(value: object) -> float | None:
    """Rounded already; Excel keeps it as it is read."""
    return None if value is None else float(str(value))


def _school_rows(results: NeedsResults) -> list[ExcelRow]:
    """Who has not sent is a row too, with nothing but the state: a draft is not for others."""
    levels = _levels_by_school(results)
    areas = [area.name for area in results.campaign.survey_template.areas.all()]
    return [
        {
            "กลุ่มโรงเรียน": row.school.cluster_name or "",
            "โรงเรียน": row.school.name,
            "สถานะ": row.word,
            "ส่งเมื่อ": _sent_on(row),
            "ส่งช้ากว่ากำหนด": "ใช่" if row.is_late else "",
            **_level_cells(levels.get(row.school.pk, {}), areas),
            **_wish_cells(row),
        }
        for row in results.rows
    ]


def _sent_on(row: NeedsRow) -> str:
    sent_at = row.survey and row.survey.submitted_at
    return short_date(sent_at) if sent_at else ""


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


def _level_cells(levels: LevelsByArea, areas: list[str]) -> ExcelRow:
    cells: dict[str, int | None] = {}
    for area in areas:
        problem, need = levels.get(area, (None, None))
        cells |= {f"{area}: สภาพปัญหา": problem, f"{area}: ความต้องการ": need}
    return cells


def _wish_cells(row: NeedsRow) -> ExcelRow:
    survey = row.survey if row.has_submitted else None
    wanted = [*survey.wanted, "", "", ""] if survey else ["", "", ""]
    return {
        "ต้องการอันดับ 1": wanted[0],
        "ต้องการอันดับ 2": wanted[1],
        "ต้องการอันดับ 3": wanted[2],
        "วันที่สะดวก": short_date(survey.preferred_on) if survey and survey.preferred_on else "",
        "รูปแบบที่ต้องการ": survey.get_preferred_mode_display() if survey else "",
        "ข้อคิดเห็นเพิ่มเติม": survey.remarks if survey else "",
    }
