"""The kinds of tables that can be brought in from Excel or CSV, of this app and of higher ones."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schools.access import Permission, can
from schools.core.registry import Registry
from schools.core.tables.layout import TableLayout

if TYPE_CHECKING:
    from schools.imports.plan import ImportPlan


@dataclass(frozen=True)
class ImportKind:
    """One kind of table that an office brings in.

    `name` stands in addresses and in the database. `permission` is what a person needs everywhere
    to bring such tables in and to see those that others have. `layout` says how the table is
    recognised, at the moment when a file is read, for its columns may be data of the office;
    `plan` what saving it would do; `blank_workbook` makes the table to fill in.
    """

    name: str
    label: str
    description: str
    permission: Permission
    layout: Callable[[], TableLayout]
    plan: "type[ImportPlan]"
    blank_workbook: Callable[[], bytes]


import_kinds: Registry[str, ImportKind] = Registry("Which kinds of tables can be brought in?")


def import_kinds_of(user: Any) -> list[ImportKind]:
    """The kinds that this person may bring in, in the order of the page."""
    return [kind for kind in import_kinds if can(user, kind.permission)]
