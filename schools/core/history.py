"""Who changed a row, as its history tells it.

There is one rule: the action names the author. Before it saves or deletes a row whose model has
a `history`, it calls set_history_author, or saves by save_with_history; many rows are written by
the bulk helpers of simple-history with `default_user=by`. Nothing is taken from the request
under way: what no person did, such as loading the manual, has no author.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from schools.core.thai import short_date

if TYPE_CHECKING:
    from schools.models import User


def set_history_author(row: Model, *, by: "User | None", reason: str = "") -> None:
    """Let the history of the row, when it is saved or deleted next, name who did it and why.

    `by` is None for what is done on the server, by nobody who has an account.
    """
    row._history_user = by  # type: ignore[attr-defined]  # read by simple-history
    row._change_reason = reason or None  # type: ignore[attr-defined]  # the same


def save_with_history(
    row: Model, *, by: "User | None", reason: str = "", fields: Sequence[str] | None = None
) -> None:
    """Save the row, or only these fields of it, with its author and reason in its history."""
    set_history_author(row, by=by, reason=reason)
    row.save(update_fields=fields)


def display_value(row: Any, name: str) -> str:
    """A value as people read it: a choice by its word, a date in the Buddhist Era."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่"
    if isinstance(value, date):
        return short_date(value)
    word = getattr(row, f"get_{name}_display", None)
    return str((word() if word else value) or "ว่าง")
