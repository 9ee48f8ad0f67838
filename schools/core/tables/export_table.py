"""A table that the portal hands out, in Excel or CSV: its columns, its rows, and what it is of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

ExportValue = str | int | float | Decimal | date | datetime | None
ExportRow = TypeVar("ExportRow")

NO_FILTER = "ไม่ได้กรอง"


class CellKind(StrEnum):
    """How the cells of a column are kept and shown."""

    TEXT = "text"
    LONG_TEXT = "long_text"  # in several lines
    WHOLE = "whole"
    DECIMAL = "decimal"  # two decimals
    NUMBER = "number"  # whole or not, where a column mixes them
    DATE = "date"
    MOMENT = "moment"


@dataclass(frozen=True)
class ExportColumn(Generic[ExportRow]):
    """One column: its heading, what it says of a row, and what the dictionary says of it.

    `unit` is what a figure counts, `source` the page or step that it comes from.
    """

    label: str
    cell: Callable[[ExportRow], ExportValue]
    meaning: str
    kind: CellKind = CellKind.TEXT
    unit: str = ""
    source: str = ""


@dataclass(frozen=True)
class ExportSheet(Generic[ExportRow]):
    """One table with what stands above it.

    `name` is that of the sheet, `title` that of the table, `period` the term, year or day that it
    is of, `filters` the filters in words. `one_row` says what a row is (1 แถวคือ …).
    """

    name: str
    title: str
    columns: Sequence[ExportColumn[ExportRow]]
    rows: Sequence[ExportRow]
    one_row: str
    period: str = ""
    filters: str = NO_FILTER
    frozen_columns: int = 0

    @property
    def counted(self) -> str:
        return f"1 แถวคือ {self.one_row} รวม {len(self.rows):,} แถว"

    def cells(self) -> Iterator[list[ExportValue]]:
        """The rows as the columns say them."""
        return ([column.cell(row) for column in self.columns] for row in self.rows)
