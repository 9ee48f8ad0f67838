"""The area board as a table: the words of the screen, one row a school."""

from supervision.cycle.board import Board
from supervision.cycle.steps import STEPS


def board_rows(board: Board) -> list[dict[str, str]]:
    """The rows that the filters leave, in the order of the screen, by column heading."""
    return [
        {"กลุ่มโรงเรียน": group.name, "โรงเรียน": row.school.name, "รอบ": row.round_word or "รอบที่ 1"}
        | {f"{s.number} {s.short}": cell.word for s, cell in zip(STEPS, row.cells, strict=True)}
        for group in board.groups
        for row in group.rows
    ]
