from enum import StrEnum


class StatusKind(StrEnum):
    """How the state of a thing is marked on a page: sign and colour; a word always follows.

    The value is the CSS class, the same for pills, cells of the board and step squares.
    """

    DONE = "done"
    YOURS = "mine"
    WAITING = "wait"
    LATE = "late"
    IDLE = "idle"

    @property
    def glyph(self) -> str:
        return _GLYPHS[self]


_GLYPHS = {
    StatusKind.DONE: "✓",
    StatusKind.YOURS: "●",
    StatusKind.WAITING: "○",
    # U+FE0E keeps phones from drawing the warning sign as a coloured emoji.
    StatusKind.LATE: "⚠\ufe0e",
    StatusKind.IDLE: "–",
}
