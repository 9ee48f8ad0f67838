"""Tables to take along: what a screen shows, as an Excel file."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.data.board import board_rows
from reports.data.directory import directory_rows
from reports.data.needs import needs_workbook_sheets
from reports.data.self_assessments import self_assessment_export_rows
from schools.access import Permission, require, require_anywhere
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest
from schools.core.tables.writing import multi_sheet_workbook, single_sheet_workbook
from schools.models import Term
from schools.registry.directory.queries import load_directory
from schools.registry.queries import require_registry_reader
from supervision.assessments.overview import self_assessment_overview
from supervision.cycle.board import build_board
from supervision.needs.results import needs_results


def board_export(request: SignedInRequest) -> HttpResponse:
    """The area board with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    board = build_board(request.user, request.GET.dict(), timezone.localdate())
    if board is None:
        raise Http404
    return _term_workbook_response(
        single_sheet_workbook(board_rows(board), sheet="ความก้าวหน้า"), "ความก้าวหน้า", board.term
    )


def directory_export(request: SignedInRequest) -> HttpResponse:
    """The directory of schools with the filters of the screen."""
    require_registry_reader(request.user)
    directory = load_directory(request.user, request.GET.dict(), timezone.localdate())
    return bytes_response(
        single_sheet_workbook(directory_rows(directory), sheet="โรงเรียน"), "โรงเรียน.xlsx"
    )


def self_assessments_export(request: SignedInRequest) -> HttpResponse:
    """The overview of self-assessments with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    overview = self_assessment_overview(request.user, request.GET.dict(), timezone.localdate())
    if overview is None:
        raise Http404
    content = single_sheet_workbook(self_assessment_export_rows(overview), sheet="การประเมินตนเอง")
    return _term_workbook_response(content, "การประเมินตนเอง", overview.term)


def needs_export(request: SignedInRequest) -> HttpResponse:
    """What all schools answered to a needs survey, with the filters of the screen."""
    require(request.user, Permission.VIEW_AREA)
    results = needs_results(request.user, request.GET.dict(), timezone.localdate())
    if results is None:
        raise Http404
    content = multi_sheet_workbook(needs_workbook_sheets(results))
    return bytes_response(content, f"ความต้องการ {results.campaign.period}.xlsx")


def _term_workbook_response(content: bytes, name: str, term: Term) -> HttpResponse:
    return bytes_response(content, f"{name} ภาคเรียนที่ {term}.xlsx")
