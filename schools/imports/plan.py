"""What an import would do: which rows are new, what changes from what to what, what is wrong.

The same plan is made for the preview and again at saving; equal digests mean that the registry
still is what the clerk saw.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from schools.imports.reading import Row, without_national_id
from schools.imports.tables import Table, column_letters
from schools.imports.values import Reader
from schools.models import School, User
from schools.thai import search_key

BROKEN_FORMULA = "สูตรในช่องนี้คำนวณไม่ได้หรือยังไม่ได้คำนวณ โปรดแก้สูตรหรือพิมพ์ค่าทับ แล้วบันทึกใหม่"
BROKEN = "#ERROR"  # as cells.py writes it
TELL_EVERY = 50
LONGEST_REASON = 100  # of a change in a row's history

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Problem:
    """What is wrong where, why, and what to do; `value` is what stands in the cell."""

    row: int
    column: str
    value: str
    message: str


def problem(row: int, column: str, value: str, message: str) -> Problem:
    return Problem(row, column, without_national_id(value), without_national_id(message))


@dataclass
class Change:
    """One thing of the registry that the file makes or changes, line by line old → new."""

    row: int
    what: str
    is_new: bool
    lines: list[tuple[str, str, str]] = field(default_factory=list)


class Plan:
    """The findings on one table. Each kind of import says how its rows are read and written."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows: list[Any] = []
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.notes: list[str] = []
        self.changes: list[Change] = []
        self.unchanged = 0
        self.opened: list[User] = []
        self.reason = ""
        self.first_seen: dict[tuple[str, Any], int] = {}

    # --- Each kind's own ---

    def read_rows(self, tell: Tell) -> Iterable[Any]:
        """What the rows state, one by one; each result knows its `line`."""
        raise NotImplementedError

    def compare_rows(self, *, by: User, locked: bool) -> None:
        """Note what the rows change in the registry; of rows that are `locked`, nobody else may.

        Nobody waits for it meanwhile, however long the table is.
        """
        raise NotImplementedError

    def save_rows(self) -> None:
        """Write what was compared, in the caller's transaction."""
        raise NotImplementedError

    # --- For all kinds ---

    def read(self, tell: Tell) -> None:
        """Keep the rows that can be understood; the others are problems."""
        before = 0
        for row in self.read_rows(tell):
            if len(self.problems) == before:
                self.rows.append(row)
            before = len(self.problems)
        tell(len(self.table.rows), len(self.table.rows))

    def compare(self, *, by: User, reason: str, locked: bool = False) -> None:
        """Find out what saving the table would do. Changes nothing."""
        self.reason = reason[:LONGEST_REASON]
        self.compare_rows(by=by, locked=locked)

    def take_each(self, rows: Iterable[Any], act: Callable[[Any], Change]) -> None:
        """Row by row; what a rule of the registry refuses is that row's problem."""
        for row in rows:
            try:
                self.take(act(row))
            except ValidationError as refusal:
                row.line.refuse(refusal)

    def lines(self, tell: Tell) -> Iterator["Line"]:
        """Every row in turn, telling now and then how far it is."""
        for done, row in enumerate(self.table.rows):
            if done % TELL_EVERY == 0:
                tell(done, len(self.table.rows))
            yield Line(self, row)

    def take(self, change: Change) -> None:
        """A row that changes nothing is only counted."""
        if change.is_new or change.lines:
            self.changes.append(change)
        else:
            self.unchanged += 1

    @property
    def new(self) -> int:
        return sum(change.is_new for change in self.changes)

    @property
    def digest(self) -> str:
        said = json.dumps([asdict(change) for change in self.changes], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Line:
    """One row of the table while it is being read."""

    plan: Plan
    row: Row

    @property
    def number(self) -> int:
        return self.row.number

    def text(self, key: str) -> str:
        at = self.plan.table.places.get(key)
        return "" if at is None else self.row.cell(at)

    def read(self, key: str, reader: Reader) -> Any:
        """The fact in that column; None where the cell is empty, missing or a problem."""
        text = self.text(key)
        if not text:
            return None
        try:
            return self._read(text, reader)
        except ValidationError as error:
            for message in error.messages:
                self.problem(key, message)
            return None

    def read_at(self, at: int, label: str, reader: Reader) -> Any:
        """The same for a column known by its place only."""
        text = self.row.cell(at)
        try:
            return self._read(text, reader) if text else None
        except ValidationError as error:
            self.problem_at(at, label, " ".join(error.messages))
            return None

    def problem_at(self, at: int, label: str, message: str) -> None:
        self.plan.problems.append(problem(self.number, label, self.row.cell(at), message))

    def _read(self, text: str, reader: Reader) -> Any:
        if text == BROKEN:
            raise ValidationError(BROKEN_FORMULA)
        return reader(text)

    def needs(self, key: str, reader: Reader, remedy: str) -> Any:
        """A fact that the row cannot do without."""
        if not self.text(key):
            self.problem(key, f"เว้นว่าง {remedy}")
            return None
        return self.read(key, reader)

    def once(self, key: str, value: Any) -> None:
        """The same key in two rows: neither may silently win."""
        first = self.plan.first_seen.setdefault((key, value), self.number)
        if value is not None and first != self.number:
            self.problem(key, f"ซ้ำกับแถว {first} โปรดเหลือไว้แถวเดียว")

    def check_name_of(self, school: School, key: str) -> None:
        """A name beside the code guards against rows that have slipped."""
        name = self.text(key)
        if name and search_key(name) != search_key(school.name):
            found = f"รหัส {school.obec_code} ในทะเบียนคือ{school}"
            self.problem(key, f"{found} โปรดตรวจว่ารหัสกับชื่อตรงแถวกัน")

    def refuse(self, refusal: ValidationError) -> None:
        """What a verb says of the whole row or of one of its fields."""
        if not hasattr(refusal, "error_dict"):
            self.plan.problems += [
                problem(self.number, "", "", message) for message in refusal.messages
            ]
            return
        for key, messages in refusal.message_dict.items():
            for message in messages:
                self.problem(key, message)

    def problem(self, key: str, message: str) -> None:
        """A column that is not there at all is one problem, told at the heading."""
        problems, number = self.plan.problems, self.number
        if key not in self.plan.table.places:
            number, message = self.plan.table.heading[-1].number, f"ไม่มีคอลัมน์นี้ในตาราง {message}"
            if any((p.row, p.message) == (number, message) for p in problems):
                return
        problems.append(problem(number, self._column(key), self.text(key), message))

    def warn(self, key: str, message: str) -> None:
        found = problem(self.number, self._column(key), self.text(key), message)
        self.plan.warnings.append(found)

    def _column(self, key: str) -> str:
        """The column as we name it, with its letter on the sheet."""
        label, at = self.plan.table.layout.labels[key], self.plan.table.places.get(key)
        return label if at is None else f"{label} (คอลัมน์ {column_letters(at)})"
