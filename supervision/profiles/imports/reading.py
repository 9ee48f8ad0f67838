"""The rows of one sheet of learning results, read into what each states of its school.

What a column does not say itself, its row says, or the title above the table: the test, the
grade, the year.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from schools.core.tables.layout import ImportTable, column_letters
from schools.core.tables.reading import UnreadableTableError
from schools.core.thai import arabic_digits
from schools.enums import Grade
from schools.imports.cell_parsers import (
    CellParser,
    Fact,
    grade_or_none,
    parse_day,
    parse_grade,
)
from schools.imports.plan import RowReader
from supervision.profiles.imports.catalogue import TestCatalogue
from supervision.profiles.imports.cells import figure_parser
from supervision.profiles.imports.headings import Measure, ResultHeading
from supervision.profiles.imports.layout import is_figure_column
from supervision.profiles.learning.enums import ScoreKind
from supervision.profiles.models import TestSubject

REACHED = {Measure.MEAN, Measure.PERCENT, Measure.SHARE, Measure.LEVEL_COUNT}
PUPILS_OF_ROW = {Measure.ENROLLED, Measure.TESTED, Measure.COUNT}
_YEAR_IN_TITLE = re.compile(
    r"ปี(?:การศึกษา)? ?(?:พ\.ศ\. ?)?([0-9]{4})(?! ?(?:[-–,/]|ถึง|และ) ?[0-9]|[0-9])"
)
_YEAR_IN_SHEET_NAME = re.compile(r"(?<![0-9])((?:25|20)[0-9]{2})(?![0-9])")
_GRADE_IN_TITLE = re.compile(
    r"(?:(?:ประถม|มัธยม)ศึกษาปีที่|อนุบาลปีที่|อนุบาล|(?<![ก-๙])[อปม]\.) ?[1-9](?![0-9])"
)


@dataclass
class StatedResult:
    """What a row states of one subject in one year, cell by cell; `columns` names each cell."""

    subject: TestSubject
    year: int
    figures: dict[Measure, Any] = field(default_factory=dict)
    shares: dict[int, Decimal] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    as_of: date | None = None

    @property
    def tested(self) -> int | None:
        """A column of pupils is of those tested where no other is."""
        return self.figures.get(Measure.TESTED, self.figures.get(Measure.COUNT))

    @property
    def enrolled(self) -> int | None:
        counted = self.figures.get(Measure.COUNT) if Measure.TESTED in self.figures else None
        return self.figures.get(Measure.ENROLLED, counted)

    @property
    def mean_measure(self) -> Measure:
        return Measure.PERCENT if Measure.PERCENT in self.figures else Measure.MEAN

    @property
    def mean(self) -> Decimal | None:
        return self.figures.get(self.mean_measure)

    @property
    def sd(self) -> Decimal | None:
        return self.figures.get(Measure.SD)


@dataclass(frozen=True)
class RowContext:
    """What a row says of its test before its figures are read, or the title says for all rows."""

    kind: int | None
    grade: int | None
    year: int | None
    subject: str = ""


class ResultTableReader:
    """Reads the rows of one table. Raises UnreadableTableError for one that says not enough."""

    def __init__(
        self, table: ImportTable, catalogue: TestCatalogue, parse_year: CellParser[int]
    ) -> None:
        self.table, self.catalogue, self.parse_year = table, catalogue, parse_year
        self.explained: set[tuple[int, str]] = set()
        self.title = RowContext(
            kind=self._from_title("kind", catalogue.kind_named),
            grade=self._from_title("grade", grade_in_title),
            year=self._from_title("year", self._year_in_title),
        )
        keys = [key for key in table.columns if is_figure_column(key)]
        self.headings = {key: ResultHeading.of_key(key) for key in keys}
        self.title = replace(self.title, subject=self._subject_in_title() or "")
        self.notes = list(self._title_notes())
        self._check_says_enough()
        if not {"kind", "grade", "subject"} & table.columns.keys():
            self._leave_out_unknown_subjects()

    # --- The title above ---

    def _from_title(self, key: str, find: Callable[[str], Fact | None]) -> Fact | None:
        """A fact that stands once above the heading or in the sheet's name."""
        if key in self.table.columns:
            return None
        texts = [cell for row in self.table.titles for cell in row.cells if cell]
        for text in (*texts, self.table.sheet.name):
            if (found := find(text)) is not None:
                return found
        return None

    def _subject_in_title(self) -> str | None:
        """The subject of a table that names none in its heading."""
        kind = self.title.kind
        grade = self.title.grade or (kind and self.catalogue.only_grade(kind))
        if not kind or not grade or any(one.subject for one in self.headings.values()):
            return None
        return self._from_title(
            "subject", lambda text: self.catalogue.subject_named(text, kind, grade)
        )

    def _title_notes(self) -> Iterator[str]:
        title = self.title
        facts = [
            str(self.catalogue.kinds[title.kind]) if title.kind else "",
            Grade(title.grade).label if title.grade else "",
            title.subject,
            f"ปีการศึกษา {title.year}" if title.year else "",
        ]
        if any(facts):
            where = f"{self._place} " if self._place else ""
            yield f"{where}อ่านจากชื่อเรื่อง: {' '.join(filter(None, facts))}"

    def _year_in_title(self, text: str) -> int | None:
        """A bare number is a year in the sheet's name only: in a title it may be of a date."""
        pattern = _YEAR_IN_SHEET_NAME if text == self.table.sheet.name else _YEAR_IN_TITLE
        found = set(pattern.findall(arabic_digits(text)))
        if len(found) != 1:
            return None
        return self._parse_title_year(found.pop())

    def _parse_title_year(self, text: str) -> int:
        try:
            return self.parse_year(text)
        except ValidationError as error:
            raise UnreadableTableError(
                f"ชื่อเรื่องหรือหัวตาราง: ปีการศึกษา “{text}” {error.message}"
            ) from error

    def _check_says_enough(self) -> None:
        for key, words, example in (
            ("kind", "ชื่อการทดสอบ", "ผลการทดสอบ NT ชั้นประถมศึกษาปีที่ 3 ปีการศึกษา 2568"),
            ("year", "ปีการศึกษา", "ปีการศึกษา 2568"),
        ):
            said = key in self.table.columns or getattr(self.title, key)
            if not said and not all(getattr(one, key) for one in self._headings_of_a_subject()):
                raise UnreadableTableError(
                    f"ไม่พบ{words}ในตาราง {self._place} โปรดเพิ่มคอลัมน์ “{words}” "
                    f"หรือพิมพ์ไว้ในชื่อเรื่องเหนือหัวตาราง เช่น {example}"
                )

    def _headings_of_a_subject(self) -> list[ResultHeading]:
        """All but the numbers of pupils that stand once for all subjects."""
        headings = self.headings.values()
        return [one for one in headings if one.subject or one.measure not in PUPILS_OF_ROW]

    @property
    def _place(self) -> str:
        return f"แผ่นงาน “{self.table.sheet.name}”" if self.table.sheet.name else ""

    def _leave_out_unknown_subjects(self) -> None:
        """Columns of a subject that the test does not have are named as not used."""
        unused = [key for key, heading in self.headings.items() if self._is_unused(heading)]
        for key in unused:
            label, at = self.table.layout.labels[key], self.table.columns.pop(key)
            self.table.ignored.append(f"{label} (คอลัมน์ {column_letters(at)})")
            del self.headings[key]
        if not any(heading.measure in REACHED for heading in self.headings.values()):
            raise UnreadableTableError(self._no_subject_message())

    def _is_unused(self, heading: ResultHeading) -> bool:
        """Of no known subject, or a mean beside the same mean as a percentage."""
        if self._is_of_all_subjects(heading, self.title):
            return False
        subject = self._subject(heading, self.title)
        if subject is None:
            return True
        percent = replace(heading, measure=Measure.PERCENT).key
        is_percent = subject.kind.score_kind == ScoreKind.PERCENT
        return is_percent and heading.measure == Measure.MEAN and percent in self.headings

    def _no_subject_message(self) -> str:
        kinds = {one.kind or self.title.kind for one in self.headings.values()} | {self.title.kind}
        known = [
            str(subject)
            for (kind, _), subjects in self.catalogue.subjects.items()
            for subject in subjects
            if kind in kinds
        ]
        return (
            f"ไม่พบวิชาของการทดสอบนี้ในหัวตาราง {self._place} "
            f"โปรดตรวจชื่อวิชาและชั้น วิชาที่ระบบมีคือ {', '.join(known)}"
        )

    # --- Rows ---

    def read_row(self, line: RowReader) -> list[StatedResult]:
        """All that the row states; problems go to the line's plan."""
        context = self._context(line)
        results: dict[tuple[int, int], StatedResult] = {}
        of_all: dict[Measure, tuple[str, Any]] = {}
        for key, heading in self.headings.items():
            value = line.read(key, figure_parser(heading.measure))
            if value is None:
                continue
            if self._is_of_all_subjects(heading, context):
                of_all[heading.measure] = (key, value)
            elif result := self._result(line, key, heading, context, results):
                self._set(result, key, heading, value)
        as_of = line.read("as_of", parse_day)
        for result in results.values():
            result.as_of = as_of
            for measure, (key, value) in of_all.items():
                if measure not in result.figures:
                    result.figures[measure], result.columns[measure] = value, key
        return list(results.values())

    def _context(self, line: RowReader) -> RowContext:
        grade = line.read("grade", parse_grade)
        return RowContext(
            kind=line.read("kind", self.catalogue.parse_kind) or self.title.kind,
            grade=int(grade) if grade else self.title.grade,
            year=line.read("year", self.parse_year) or self.title.year,
            subject=line.text("subject") or self.title.subject,
        )

    def _is_of_all_subjects(self, heading: ResultHeading, context: RowContext) -> bool:
        """A number of pupils that stands once for all subjects of the row."""
        return heading.measure in PUPILS_OF_ROW and not heading.subject and not context.subject

    def _result(
        self,
        line: RowReader,
        key: str,
        heading: ResultHeading,
        context: RowContext,
        results: dict[tuple[int, int], StatedResult],
    ) -> StatedResult | None:
        subject = self._subject(heading, context)
        year = self._year(heading, context)
        if subject is None or year is None:
            self._explain(line, key, heading, context, lacks_year=year is None)
            return None
        return results.setdefault((subject.pk, year), StatedResult(subject, year))

    def _year(self, heading: ResultHeading, context: RowContext) -> int | None:
        return self._parse_title_year(heading.year) if heading.year else context.year

    def _subject(self, heading: ResultHeading, context: RowContext) -> TestSubject | None:
        """The subject whose figure it is; None too for a figure that the subject cannot have."""
        kind = heading.kind or context.kind
        if kind is None:
            return None
        grade = heading.grade or context.grade or self.catalogue.only_grade(kind)
        if grade is None:
            return None
        subject = self.catalogue.subject(kind, grade, heading.subject or context.subject)
        if heading.level and heading.level not in self.catalogue.levels[kind]:
            return None
        is_score = self.catalogue.kinds[kind].score_kind == ScoreKind.SCORE
        return None if is_score and heading.measure == Measure.PERCENT else subject

    def _explain(
        self,
        line: RowReader,
        key: str,
        heading: ResultHeading,
        context: RowContext,
        *,
        lacks_year: bool,
    ) -> None:
        """Why it is not known of what the figure is; once for all figures that lack the same."""
        kind = heading.kind or context.kind
        grade = heading.grade or context.grade or (kind and self.catalogue.only_grade(kind))
        if lacks_year:
            self._ask_for(line, "year")
        elif not kind:
            self._ask_for(line, "kind")
        elif not grade:
            self._ask_for(line, "grade")
        else:
            known = ", ".join(one.name for one in self.catalogue.subjects[kind, grade])
            name = f"{self.catalogue.kinds[kind]} {Grade(grade).label}"
            words = f"ระบบมีวิชาของ {name} คือ {known}" if known else f"ระบบไม่มี {name}"
            column = "subject" if line.text("subject") else key
            self._problem_once(line, column, f"ไม่รู้จักวิชานี้ {words}")

    def _ask_for(self, line: RowReader, column: str) -> None:
        """An empty cell; one that is filled in and not understood has its own problem."""
        if not line.text(column):
            label = self.table.layout.labels[column]
            self._problem_once(line, column, f"เว้นว่าง โปรดใส่{label}ของแถวนี้")

    def _problem_once(self, line: RowReader, column: str, message: str) -> None:
        if (line.number, column) not in self.explained:
            self.explained.add((line.number, column))
            line.problem(column, message)

    def _set(self, result: StatedResult, key: str, heading: ResultHeading, value: Any) -> None:
        measure = heading.measure
        if not heading.level:
            result.figures[measure], result.columns[measure] = value, key
            return
        level = self.catalogue.levels[result.subject.kind_id][heading.level]
        (result.shares if measure == Measure.SHARE else result.counts)[level.pk] = value
        result.columns[Measure.SHARE] = key


def grade_in_title(text: str) -> int | None:
    """The one grade that a title names."""
    found = {grade_or_none(words) for words in _GRADE_IN_TITLE.findall(arabic_digits(text))}
    grade = found.pop() if len(found) == 1 else None
    return int(grade) if grade else None
