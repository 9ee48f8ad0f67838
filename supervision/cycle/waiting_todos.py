"""Plans, activities, orders, meetings, practices, wrong data, the drive: one query."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import chain

from schools.models import User
from supervision.cycle.data_todos import data_issue_items, data_issue_rows
from supervision.cycle.drive_todos import DRIVE_ITEMS, drive_rows
from supervision.cycle.meeting_todos import meeting_items, meeting_rows
from supervision.cycle.order_todos import order_items, order_rows
from supervision.cycle.plan_todos import activity_items, forum_items, plan_items, plan_rows
from supervision.cycle.practice_todos import nominated_practice_rows, practice_items
from supervision.cycle.satisfaction_todos import satisfaction_items, satisfaction_rows
from supervision.cycle.todos import TodoItem
from supervision.cycle.waiting_rows import WaitingKind, WaitingRow

ROW_SOURCES = (
    *(plan_rows, order_rows, meeting_rows, nominated_practice_rows, data_issue_rows),
    *(satisfaction_rows, drive_rows),
)
ITEMS_BY_KIND: Mapping[
    WaitingKind, Callable[[Sequence[WaitingRow], User, date], list[TodoItem]]
] = {
    WaitingKind.PLAN: plan_items,
    WaitingKind.ACTIVITY: activity_items,
    WaitingKind.FORUM: forum_items,
    WaitingKind.ORDER: order_items,
    WaitingKind.MEETING: meeting_items,
    WaitingKind.PRACTICE: practice_items,
    WaitingKind.SATISFACTION: satisfaction_items,
    WaitingKind.DATA_ISSUE: data_issue_items,
    **DRIVE_ITEMS,
}


def waiting_todos(user: User, today: date) -> list[TodoItem]:
    """All of it that waits for the person, in no order of importance."""
    first, *others = [rows for source in ROW_SOURCES for rows in source(user, today)]
    found = first.union(*others, all=True).order_by("row_ends_on", "pk")
    rows: dict[str, list[WaitingRow]] = {kind: [] for kind in WaitingKind}
    for columns in found:
        row = WaitingRow(*columns)
        rows[row.kind].append(row)
    items = [make(rows[kind], user, today) for kind, make in ITEMS_BY_KIND.items()]
    return list(chain.from_iterable(items))
