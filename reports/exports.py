"""Tables to take along: what a screen shows, as an Excel file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from reports.data.board import board_rows
from schools.access import Permission, require
from supervision.cycle.board import board_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def board_export(request: HttpRequest) -> HttpResponse:
    """The area board with the filters of the screen."""
    from reports.excel import workbook  # loads pandas: see there

    require(request.user, Permission.VIEW_AREA)
    board = board_of(request.user, request.GET.dict(), timezone.localdate())
    if board is None:
        raise Http404
    name = f"ความก้าวหน้า ภาคเรียนที่ {str(board.term).replace('/', '-')}.xlsx"
    response = HttpResponse(workbook(board_rows(board), sheet="ความก้าวหน้า"), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
