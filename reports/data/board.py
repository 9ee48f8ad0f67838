"""The area board as a table: the words of the screen, one row a school."""

from supervision.cycle.board import Board, BoardRow
from supervision.cycle.steps import all_steps


def board_rows(board: Board) -> list[dict[str, str]]:
    """The rows that the filters leave, in the order of the screen, by column heading."""
    return [
        {"กลุ่มโรงเรียน": group.name, "โรงเรียน": row.school.name, "รอบ": _round_of(row)}
        | {
            f"{s.number} {s.short}": cell.word
            for s, cell in zip(all_steps(), row.cells, strict=True)
        }
        for group in board.groups
        for row in group.rows
    ]


def _round_of(row: BoardRow) -> str:
    """Only for who sees the school: a second round tells what became of the first."""
    return row.round_word or ("รอบที่ 1" if row.may_open else "")
