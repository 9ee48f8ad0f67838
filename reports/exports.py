"""Tables to take along: what a screen shows, as an Excel file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from reports.data.board import board_rows
from reports.data.directory import directory_rows
from reports.data.needs import needs_sheets
from reports.data.self_assessments import overview_rows
from schools.access import Permission, require, require_anywhere
from schools.models import Term
from schools.registry.directory.queries import directory_of
from schools.registry.queries import require_reader
from schools.sending import sent_bytes
from supervision.assessments.overview import overview_of
from supervision.cycle.board import board_of
from supervision.needs.results import results_of


def board_export(request: HttpRequest) -> HttpResponse:
    """The area board with the filters of the screen."""
    from reports.excel import workbook  # loads pandas: see there

    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    board = board_of(request.user, request.GET.dict(), timezone.localdate())
    if board is None:
        raise Http404
    return _table(workbook(board_rows(board), sheet="ความก้าวหน้า"), "ความก้าวหน้า", board.term)


def directory_export(request: HttpRequest) -> HttpResponse:
    """The directory of schools with the filters of the screen."""
    from reports.excel import workbook  # loads pandas: see there

    require_reader(request.user)
    directory = directory_of(request.user, request.GET.dict(), timezone.localdate())
    return sent_bytes(workbook(directory_rows(directory), sheet="โรงเรียน"), "โรงเรียน.xlsx")


def self_assessments_export(request: HttpRequest) -> HttpResponse:
    """The overview of self-assessments with the filters of the screen."""
    from reports.excel import workbook  # loads pandas: see there

    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    overview = overview_of(request.user, request.GET.dict(), timezone.localdate())
    if overview is None:
        raise Http404
    content = workbook(overview_rows(overview), sheet="การประเมินตนเอง")
    return _table(content, "การประเมินตนเอง", overview.term)


def needs_export(request: HttpRequest) -> HttpResponse:
    """What all schools answered to a needs survey, with the filters of the screen."""
    from reports.excel import workbook_of  # loads pandas: see there

    require(request.user, Permission.VIEW_AREA)
    results = results_of(request.user, request.GET.dict(), timezone.localdate())
    if results is None:
        raise Http404
    content = workbook_of(needs_sheets(results))
    return sent_bytes(content, f"ความต้องการ {results.campaign.period}.xlsx")


def _table(content: bytes, name: str, term: Term) -> HttpResponse:
    return sent_bytes(content, f"{name} ภาคเรียนที่ {term}.xlsx")
