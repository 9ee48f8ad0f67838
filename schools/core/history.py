from typing import Any

from schools.models import User


def set_history_author(row: Any, *, by: User, reason: str = "") -> None:
    """The row's history will name who changed it, and why."""
    row._history_user, row._change_reason = by, reason or None
