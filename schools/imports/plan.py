"""What an import would do: which rows are new, what changes from what to what, what is wrong.

The same plan is made for the preview and again at saving; equal digests mean that the data
still are what the clerk saw.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from schools.core.errors import ActionRefused
from schools.core.tables.layout import ImportTable, column_letters
from schools.core.tables.reading import WorkbookRow, without_national_id
from schools.core.thai import search_key
from schools.imports.cell_parsers import CellParser
from schools.models import School, User

FORMULA_ERROR_MESSAGE = "สูตรในช่องนี้คำนวณไม่ได้หรือยังไม่ได้คำนวณ โปรดแก้สูตรหรือพิมพ์ค่าทับ แล้วบันทึกใหม่"
FORMULA_ERROR_TEXT = "#ERROR"  # as workbook_process.py writes it
PROGRESS_EVERY_ROWS = 50
MAX_REASON_LENGTH = 100  # of a change in a row's history

ProgressCallback = Callable[[int, int], None]


@dataclass(frozen=True)
class ImportProblem:
    """What is wrong where, why, and what to do; `value` is the text of the cell."""

    row: int
    column: str
    value: str
    message: str


def make_import_problem(row: int, column: str, value: str, message: str) -> ImportProblem:
    return ImportProblem(row, column, without_national_id(value), without_national_id(message))


@dataclass(frozen=True)
class ImportQuestion:
    """Something in the file that only a person knows, with the answers to choose from.

    The same `key` in two files, or twice in one, is the same question. `choices` are the values
    of the answers with their words.
    """

    key: str
    text: str
    choices: tuple[tuple[str, str], ...]


@dataclass
class ImportedChange:
    """One thing that the file makes or changes, line by line old → new."""

    row: int
    what: str
    is_new: bool
    lines: list[tuple[str, str, str]] = field(default_factory=list)


class ImportPlan:
    """The findings on a file. Each kind of import says how its rows are read and written.

    Most kinds take one table, `table`; `tables` are several where the kind takes every sheet.
    """

    def __init__(self, tables: Sequence[ImportTable]) -> None:
        self.tables = tables
        self.table = tables[0]
        self.rows: list[Any] = []
        self.problems: list[ImportProblem] = []
        self.warnings: list[ImportProblem] = []
        self.notes: list[str] = []
        self.changes: list[ImportedChange] = []
        self.unchanged = 0
        self.opened: list[User] = []
        self.questions: dict[str, ImportQuestion] = {}
        self.answers: Mapping[str, str] = {}
        self.reason = ""
        self.first_seen: dict[tuple[str, Any], int] = {}

    # --- Each kind's own ---

    def read_rows(self, on_progress: ProgressCallback) -> Iterable[Any]:
        """What the rows state, one by one; each result knows its `line`."""
        raise NotImplementedError

    def compare_rows(self, *, by: User, locked: bool) -> None:
        """Note what the rows change; of rows that are `locked`, nobody else may.

        Nobody waits for it meanwhile, however long the table is.
        """
        raise NotImplementedError

    def save_rows(self) -> None:
        """Write what was compared, in the caller's transaction."""
        raise NotImplementedError

    # --- For all kinds ---

    def read(self, on_progress: ProgressCallback) -> None:
        """Keep the rows that can be understood; the others are problems."""
        before = 0
        for row in self.read_rows(on_progress):
            if len(self.problems) == before:
                self.rows.append(row)
            before = len(self.problems)
        on_progress(self.row_count, self.row_count)

    def compare(self, *, by: User, reason: str, locked: bool = False) -> None:
        """Find out what saving the table would do. Changes nothing."""
        self.reason = reason[:MAX_REASON_LENGTH]
        self.compare_rows(by=by, locked=locked)

    def ask(self, question: ImportQuestion) -> str | None:
        """The value of the answer that was given; None while nobody has given one."""
        self.questions[question.key] = question
        answer = self.answers.get(question.key)
        return answer if answer in dict(question.choices) else None

    @property
    def open_questions(self) -> list[ImportQuestion]:
        return [one for one in self.questions.values() if self.ask(one) is None]

    @property
    def answered_questions(self) -> list[ImportQuestion]:
        return [one for one in self.questions.values() if self.ask(one) is not None]

    def answer_words(self, question: ImportQuestion) -> str:
        """The answer that was given, as it was offered."""
        return dict(question.choices)[self.answers[question.key]]

    def record_each_change(self, rows: Iterable[Any], act: Callable[[Any], ImportedChange]) -> None:
        """Row by row; what a rule of the registry refuses is that row's problem."""
        for row in rows:
            try:
                self.record_change(act(row))
            except ActionRefused as refusal:
                row.line.add_refusal(refusal)
            except ValidationError as error:
                row.line.add_validation_error(error)

    def lines(self, on_progress: ProgressCallback) -> Iterator["RowReader"]:
        """Every row in turn, telling now and then how far it is."""
        rows = [(table, row) for table in self.tables for row in table.rows]
        for done, (table, row) in enumerate(rows):
            if done % PROGRESS_EVERY_ROWS == 0:
                on_progress(done, self.row_count)
            yield RowReader(self, table, row)

    def record_change(self, change: ImportedChange) -> None:
        """A row that changes nothing is only counted."""
        if change.is_new or change.lines:
            self.changes.append(change)
        else:
            self.unchanged += 1

    @property
    def row_count(self) -> int:
        return sum(len(table.rows) for table in self.tables)

    @property
    def new(self) -> int:
        return sum(change.is_new for change in self.changes)

    @property
    def digest(self) -> str:
        said = json.dumps([asdict(change) for change in self.changes], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class RowReader:
    """One row of the table while it is being read."""

    plan: ImportPlan
    table: ImportTable
    row: WorkbookRow

    @property
    def number(self) -> int:
        return self.row.number

    def text(self, key: str) -> str:
        at = self.table.columns.get(key)
        return "" if at is None else self.row.cell(at)

    def read(self, key: str, reader: CellParser) -> Any:
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

    def read_at(self, at: int, label: str, reader: CellParser) -> Any:
        """The same for a column known by its place only."""
        text = self.row.cell(at)
        try:
            return self._read(text, reader) if text else None
        except ValidationError as error:
            self.problem_at(at, label, " ".join(error.messages))
            return None

    def problem_at(self, at: int, label: str, message: str) -> None:
        self.plan.problems.append(
            make_import_problem(self.number, label, self.row.cell(at), message)
        )

    def _read(self, text: str, reader: CellParser) -> Any:
        if text == FORMULA_ERROR_TEXT:
            raise ValidationError(FORMULA_ERROR_MESSAGE)
        return reader(text)

    def read_required(self, key: str, reader: CellParser, remedy: str) -> Any:
        """A fact that the row cannot do without."""
        if not self.text(key):
            self.problem(key, f"เว้นว่าง {remedy}")
            return None
        return self.read(key, reader)

    def check_unique(self, key: str, value: Any) -> None:
        """The same key in two rows: neither may silently win."""
        first = self.plan.first_seen.setdefault((key, value), self.number)
        if value is not None and first != self.number:
            self.problem(key, f"ซ้ำกับแถว {first} โปรดเหลือไว้แถวเดียว")

    def check_name_matches(self, school: School, key: str) -> None:
        """A name beside the code guards against rows that have slipped."""
        name = self.text(key)
        if name and search_key(name) != search_key(school.name):
            found = f"รหัส {school.obec_code} ในทะเบียนคือ{school}"
            self.problem(key, f"{found} โปรดตรวจว่ารหัสกับชื่อตรงแถวกัน")

    def add_refusal(self, refusal: ActionRefused) -> None:
        """The reasons of a refused action, at the columns that they name."""
        for key, reason in refusal.field_errors.items():
            self.problem(key, reason)
        if not refusal.field_errors:
            self.plan.problems.append(make_import_problem(self.number, "", "", str(refusal)))

    def add_validation_error(self, refusal: ValidationError) -> None:
        """What a verb says of the whole row or of one of its fields."""
        if not hasattr(refusal, "error_dict"):
            self.plan.problems += [
                make_import_problem(self.number, "", "", message) for message in refusal.messages
            ]
            return
        for key, messages in refusal.message_dict.items():
            for message in messages:
                self.problem(key, message)

    def problem(self, key: str, message: str) -> None:
        """A column that is not there at all is one problem, named at the heading."""
        problems, number = self.plan.problems, self.number
        if key not in self.table.columns:
            number, message = self.table.heading[-1].number, f"ไม่มีคอลัมน์นี้ในตาราง {message}"
            if any((p.row, p.message) == (number, message) for p in problems):
                return
        problems.append(make_import_problem(number, self._column(key), self.text(key), message))

    def warn(self, key: str, message: str) -> None:
        found = make_import_problem(self.number, self._column(key), self.text(key), message)
        self.plan.warnings.append(found)

    def _column(self, key: str) -> str:
        """The column as we name it, with its letter on the sheet."""
        label, at = self.table.layout.labels[key], self.table.columns.get(key)
        sheet = f"แผ่นงาน {self.table.sheet.name} " if len(self.plan.tables) > 1 else ""
        return label if at is None else f"{label} ({sheet}คอลัมน์ {column_letters(at)})"
