"""What importing tables of learning results would do: new and changed results, and references."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.utils import timezone

from schools.core.tables.layout import ImportTable
from schools.core.tables.reading import WorkbookRow
from schools.core.thai import academic_year
from schools.imports.bulk_writes import create_rows
from schools.imports.cell_parsers import past_year_parser
from schools.imports.importers.yearly_counts import academic_years_to_import
from schools.imports.plan import ImportedChange, ImportPlan, ProgressCallback, RowReader
from schools.models import School, User
from supervision.profiles.imports.catalogue import SchoolFinder, TestCatalogue
from supervision.profiles.imports.comparing import (
    listed_names,
    named_test,
    reference_lines,
    result_lines,
    stated_entry,
    stated_reference,
)
from supervision.profiles.imports.fractions import scale_fractions
from supervision.profiles.imports.headings import Measure, ResultHeading
from supervision.profiles.imports.layout import (
    is_bare_sum,
    is_figure_column,
    is_statistic_row,
    reference_scope,
)
from supervision.profiles.imports.reading import ResultTableReader, StatedResult
from supervision.profiles.learning.actions import save_learning_results
from supervision.profiles.learning.entries import ResultEntry, entry_problems
from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.learning.references import ReferenceEntry, save_reference_results
from supervision.profiles.learning.results import last_day_of_classes
from supervision.profiles.learning.visibility import SMALL_GROUP_WORDS, is_small_group
from supervision.profiles.models import LearningResult, ReferenceResult

MOST_NAMES = 15
TESTED_MISSING = "ไม่มีจำนวนผู้เข้าสอบ โปรดใส่ เพราะระบบต้องทราบว่าเป็นผลของผู้เข้าสอบน้อยกว่า 3 คนหรือไม่"
ENROLLED_STORED = (
    "มากกว่าจำนวนผู้เรียนทั้งหมดที่บันทึกไว้ในระบบ โปรดตรวจ หรือเพิ่มคอลัมน์ “นักเรียนทั้งหมด” ที่ถูกต้องในไฟล์"
)
MEASURE_OF_FIELD = {
    "tested": Measure.TESTED,
    "mean": Measure.MEAN,
    "sd": Measure.SD,
    "shares": Measure.SHARE,
}


@dataclass
class SchoolResultsRow:
    """What one row states of a school."""

    line: RowReader
    results: list[StatedResult]
    school: School

    @property
    def whose(self) -> str:
        return str(self.school)


@dataclass
class ReferenceRow:
    """What one row states of the area, the province, the agency or the country."""

    line: RowReader
    results: list[StatedResult]
    scope: ReferenceScope

    @property
    def whose(self) -> str:
        return f"ระดับ{self.scope.label}"


ResultRow = SchoolResultsRow | ReferenceRow
RowT = TypeVar("RowT", SchoolResultsRow, ReferenceRow)


class LearningResultPlan(ImportPlan):
    """Results and references that the file adds or changes; what it leaves empty stays as it is."""

    rows: list[ResultRow]

    # --- Reading ---

    def read_rows(self, on_progress: ProgressCallback) -> Iterator[ResultRow]:
        """Whether the percentages of a table are fractions shows when all its rows are read."""
        catalogue, self.finder = TestCatalogue(), SchoolFinder()
        parse_year = past_year_parser(academic_year(timezone.localdate()))
        readers = {id(t): ResultTableReader(t, catalogue, parse_year) for t in self.tables}
        self.notes += [note for reader in readers.values() for note in reader.notes]
        self.first_places: dict[tuple, str] = {}
        self.with_area_row = {id(table) for table in self.tables if has_named_area_row(table)}
        read = [
            row
            for line in self.lines(on_progress)
            if (row := self.read_row(line, readers[id(line.table)]))
        ]
        for table in self.tables:
            self.scale_table(table, [row for row in read if row.line.table is table])
        yield from read

    def scale_table(self, table: ImportTable, rows: Sequence[ResultRow]) -> None:
        """Where percentages of schools or of references are fractions, make them percentages."""
        schools = [row for row in rows if isinstance(row, SchoolResultsRow)]
        references = [row for row in rows if isinstance(row, ReferenceRow)]
        of_schools = [result for _, result in stated_results(schools)]
        of_references = [result for _, result in stated_results(references)]
        scale_fractions(self, table, of_schools, of_references)

    def read_row(self, line: RowReader, reader: ResultTableReader) -> ResultRow | None:
        """None for a row that is no school's and no reference, or has no figures."""
        if why := self.reason_left_out(line.table, line.row):
            line.table.leave_out(line.row, why)
            return None
        found = len(self.problems)
        results = reader.read_row(line)
        if not results:
            if len(self.problems) == found:
                line.table.leave_out(line.row, "ไม่มีตัวเลข")
            return None
        row = self.row_of(line, results)
        if row:
            self.check_each_once(row)
        return row

    def row_of(self, line: RowReader, results: list[StatedResult]) -> ResultRow | None:
        """None where it is not known which school is meant."""
        if scope := reference_scope(line.table, line.row):
            return ReferenceRow(line, results, scope)
        school = self.finder.find(line)
        return SchoolResultsRow(line, results, school) if school else None

    def reason_left_out(self, table: ImportTable, row: WorkbookRow) -> str:
        if is_statistic_row(table, row):
            return "เป็นแถวสถิติ"
        is_sum = id(table) in self.with_area_row and is_bare_sum(table, row)
        return "เป็นแถวรวม ใช้แถวของเขตพื้นที่แทน" if is_sum else ""

    def check_each_once(self, row: ResultRow) -> None:
        """The same school, subject and year in two rows: neither may silently win."""
        several = len(self.tables) > 1
        sheet = f"แผ่นงาน “{row.line.table.sheet.name}” " if several else ""
        where = f"{sheet}แถว {row.line.number}"
        for result in row.results:
            key = (row.whose, result.subject.pk, result.year)
            first = self.first_places.setdefault(key, where)
            if first != where:
                name = f"ผล {result.subject} ปีการศึกษา {result.year} ของ{row.whose}"
                message = f"{name} ซ้ำกับ{first} โปรดเหลือไว้แถวเดียว"
                row.line.problem(column_of(row, result, Measure.TESTED), message)
                return

    # --- Comparing ---

    def compare_rows(self, *, by: User, locked: bool) -> None:
        self.by = by
        stated = {result.year for row in self.rows for result in row.results}
        self.years = academic_years_to_import(stated, self.notes)
        self.entries: list[tuple[int, ResultEntry]] = []
        self.references: list[tuple[int, ReferenceEntry]] = []
        self.grouped: dict[str, ImportedChange] = {}
        schools = [row for row in self.rows if isinstance(row, SchoolResultsRow)]
        self.compare_schools(schools, locked=locked)
        references = [row for row in self.rows if isinstance(row, ReferenceRow)]
        self.compare_references(references, locked=locked)
        for change in self.grouped.values():
            self.record_change(change)
        self.notes += [*small_group_notes(self.entries), *self.missing_school_notes(schools)]

    def compare_schools(self, rows: Sequence[SchoolResultsRow], *, locked: bool) -> None:
        stored = stored_results(rows, locked=locked)
        for row, result in stated_results(rows):
            before = stored.get((row.school.pk, result.year, result.subject.pk))
            entry = self.entry(row, result, before)
            if entry is None:
                continue
            lines = list(result_lines(entry, before, result.subject))
            if lines:
                self.entries.append((result.year, replace(entry, source=self.reason)))
            self.group(row, result, lines, is_new=before is None)

    def group(
        self,
        row: ResultRow,
        result: StatedResult,
        lines: Sequence[tuple[str, str, str]],
        *,
        is_new: bool,
    ) -> None:
        """One change for each school, test and year, with a line for each figure that differs."""
        what = f"{row.whose} · {named_test(result.subject)} ปีการศึกษา {result.year}"
        change = self.grouped.setdefault(what, ImportedChange(row.line.number, what, True))
        change.is_new = change.is_new and is_new
        change.lines += lines

    def entry(
        self, row: SchoolResultsRow, result: StatedResult, before: LearningResult | None
    ) -> ResultEntry | None:
        """The result as it would be; None where its figures are a problem."""
        year_id = self.years[result.year].pk or 0
        entry = stated_entry(result, before, school_id=row.school.pk, year_id=year_id)
        if entry is None:
            row.line.problem(column_of(row, result, Measure.TESTED), TESTED_MISSING)
            return None
        problems = list(entry_problems(entry, result.subject))
        for name, message in problems:
            if name == "tested" and result.enrolled is None and entry.enrolled is not None:
                message = ENROLLED_STORED  # a number that the file does not show
            row.line.problem(column_of(row, result, MEASURE_OF_FIELD[name]), message)
        return None if problems else entry

    def compare_references(self, rows: Sequence[ReferenceRow], *, locked: bool) -> None:
        stored = stored_references(rows, locked=locked)
        for row, result in stated_results(rows):
            subject = result.subject
            before = stored.get((row.scope, result.year, subject.pk))
            entry = stated_reference(
                result, before, year_id=self.years[result.year].pk or 0, scope=row.scope
            )
            if entry.mean is not None and entry.mean > subject.highest_mean:
                message = (
                    f"เกินคะแนนเต็ม {subject.highest_mean:.2f} ถ้าเป็นผลรวมของทุกโรงเรียน โปรดลบแถวนี้"
                )
                row.line.problem(column_of(row, result, Measure.MEAN), message)
                continue
            lines = list(reference_lines(entry, before, subject))
            if lines:
                self.references.append((result.year, replace(entry, source=self.reason)))
            self.group(row, result, lines, is_new=before is None)

    def missing_school_notes(self, rows: Sequence[SchoolResultsRow]) -> Iterator[str]:
        """Schools that teach the grade and are not in the file, by test and year."""
        found: dict[tuple[int, int, str], set[int]] = defaultdict(set)
        for row, result in stated_results(rows):
            test = named_test(result.subject)
            found[result.year, result.subject.grade, test].add(row.school.pk)
        for (year, grade, test), there in sorted(found.items()):
            names = [
                school.name
                for school in self.finder.schools
                if school.pk not in there and taught(school, grade, year)
            ]
            if names:
                where = f"{test} ปีการศึกษา {year}"
                yield f"{where} ไม่มีในไฟล์ {len(names)} โรงเรียน: {listed_names(names, MOST_NAMES)}"

    # --- Saving ---

    def save_rows(self) -> None:
        create_rows([year for year in self.years.values() if year.pk is None])
        save_learning_results(
            [replace(entry, year_id=self.years[year].pk) for year, entry in self.entries],
            by=self.by,
            reason=self.reason,
        )
        save_reference_results(
            [replace(entry, year_id=self.years[year].pk) for year, entry in self.references],
            by=self.by,
        )


def stated_results(rows: Iterable[RowT]) -> Iterator[tuple[RowT, StatedResult]]:
    """Each result with its row."""
    for row in rows:
        for result in row.results:
            yield row, result


def has_named_area_row(table: ImportTable) -> bool:
    """Whether a row says that it is of the area, so that a bare sum is not needed."""
    return any(
        reference_scope(table, row) == ReferenceScope.AREA and not is_bare_sum(table, row)
        for row in table.rows
    )


def column_of(row: ResultRow, result: StatedResult, measure: Measure) -> str:
    """The column where that figure of the result stands, or should stand."""
    if measure == Measure.MEAN:
        measure = result.mean_measure
    if measure in result.columns:
        return result.columns[measure]
    any_column = next(iter(result.columns.values()))
    subject = ResultHeading.of_key(any_column).subject
    counting = [
        key
        for key in filter(is_figure_column, row.line.table.columns)
        if ResultHeading.of_key(key).measure in (Measure.TESTED, Measure.COUNT)
    ]
    of_subject = [key for key in counting if ResultHeading.of_key(key).subject == subject]
    return (of_subject or counting or [any_column])[0]


def stored_results(
    rows: Sequence[SchoolResultsRow], *, locked: bool
) -> dict[tuple[int, int, int], LearningResult]:
    """By school, year and subject; `locked`, nobody changes them meanwhile."""
    found = LearningResult.objects.filter(
        school__in={row.school.pk for row in rows},
        academic_year__year__in={result.year for _, result in stated_results(rows)},
        subject__in={result.subject.pk for _, result in stated_results(rows)},
    )
    if locked:
        found = found.select_for_update(of=("self",))
    found = found.select_related("academic_year").prefetch_related("shares").order_by("pk")
    return {(one.school_id, one.academic_year.year, one.subject_id): one for one in found}


def stored_references(
    rows: Sequence[ReferenceRow], *, locked: bool
) -> dict[tuple[str, int, int], ReferenceResult]:
    """By scope, year and subject; `locked`, nobody changes them meanwhile."""
    found = ReferenceResult.objects.filter(
        academic_year__year__in={result.year for _, result in stated_results(rows)},
        subject__in={result.subject.pk for _, result in stated_results(rows)},
    ).select_related("academic_year")
    if locked:
        found = found.select_for_update(of=("self",))
    return {(one.scope, one.academic_year.year, one.subject_id): one for one in found}


def taught(school: School, grade: int, year: int) -> bool:
    """Whether the school was there at the end of that year and, as far as known, has the grade."""
    is_there = school.closed_on is None or school.closed_on > last_day_of_classes(year)
    begins = school.first_grade is None or school.first_grade <= grade
    return is_there and begins and (school.last_grade is None or grade <= school.last_grade)


def small_group_notes(entries: Sequence[tuple[int, ResultEntry]]) -> Iterator[str]:
    small = sum(is_small_group(entry.tested) for _, entry in entries)
    if small:
        yield (
            f"ผลของผู้เข้าสอบ{SMALL_GROUP_WORDS} {small} รายการ จะแสดงตัวเลขเฉพาะแก่โรงเรียนนั้น "
            "ศึกษานิเทศก์ของโรงเรียน และผู้อำนวยการกลุ่มนิเทศฯ"
        )
