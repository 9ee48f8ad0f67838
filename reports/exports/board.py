"""The area board as an Excel file: a row a school, a column a step."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.exports.files import (
    excel_response,
    filters_in_words,
    sample_column,
    school_columns,
    term_words,
)
from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import ExportColumn, ExportRow, ExportSheet
from supervision.cycle.board import Board, BoardRow, build_board
from supervision.cycle.steps import Step, all_steps


@dataclass(frozen=True)
class BoardExportRow:
    """One school of the board with the cluster under which the screen shows it."""

    cluster: str
    row: BoardRow

    @property
    def round_word(self) -> str:
        """Only for who sees the school: a second round says what became of the first."""
        return self.row.round_word or ("รอบที่ 1" if self.row.may_open else "")

    @property
    def is_sample(self) -> bool:
        return self.row.progress is not None and self.row.progress.round.is_sample

    def word_at(self, at: int) -> str:
        return self.row.cells[at].word


def board_export(request: SignedInRequest) -> HttpResponse:
    """The area board with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    board = build_board(request.user, request.GET.dict(), timezone.localdate())
    if board is None:
        raise Http404
    return excel_response([board_sheet(board)], f"ความก้าวหน้า {term_words(board.term)}")


def board_sheet(board: Board) -> ExportSheet[BoardExportRow]:
    """The rows that the filters leave, in the order of the screen."""
    rows = [BoardExportRow(group.name, row) for group in board.groups for row in group.rows]
    return ExportSheet(
        name="ความก้าวหน้า",
        title="ความก้าวหน้า 7 ขั้นของโรงเรียน",
        columns=_columns(),
        rows=rows,
        one_row="1 โรงเรียน",
        period=term_words(board.term),
        filters=filters_in_words(board.form),
        frozen_columns=3,
    )


def _columns() -> list[ExportColumn[BoardExportRow]]:
    return [
        *school_columns(lambda one: one.row.school, lambda one: one.cluster),
        *board_step_columns(lambda one: one),
        sample_column(lambda one: one.is_sample),
    ]


def board_step_columns(
    steps_of: Callable[[ExportRow], BoardExportRow],
) -> list[ExportColumn[ExportRow]]:
    """The round of a school, and how far each of the seven steps is."""
    return [
        ExportColumn(
            "รอบ",
            lambda row: steps_of(row).round_word,
            "รอบการนิเทศที่ดำเนินอยู่ ว่างเมื่อยังไม่เปิดรอบหรือไม่มีสิทธิ์เห็น",
        ),
        *[_step_column(steps_of, at, step) for at, step in enumerate(all_steps())],
    ]


def _step_column(
    steps_of: Callable[[ExportRow], BoardExportRow], at: int, step: Step
) -> ExportColumn[ExportRow]:
    return ExportColumn(
        f"{step.number} {step.short}",
        lambda row: steps_of(row).word_at(at),
        f"สถานะของขั้นที่ {step.number} {step.name}",
        source="หน้าความก้าวหน้า",
    )
