"""A school's pupils and teachers of one year from a table: a row a school, or a row a grade."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from schools.core.tables.layout import TOTAL_PREFIX
from schools.core.tables.reading import UnreadableTableError
from schools.core.thai import academic_year, arabic_digits, short_date
from schools.enums import Grade
from schools.imports import cell_parsers
from schools.imports.bulk_writes import BATCH, create_rows, update_rows
from schools.imports.cell_parsers import Fact
from schools.imports.columns import COUNT_COLUMNS
from schools.imports.plan import ImportedChange, ImportPlan, ProgressCallback, RowReader
from schools.models import AcademicYear, Area, GradeCount, School, User, YearlyCount
from schools.models.yearly_counts import MAX_PUPILS_PER_GRADE_AND_SEX
from schools.registry.counts import MAX_ROOMS, MAX_TEACHERS

YEAR_MISSING_MESSAGE = "ไม่พบคอลัมน์ “ปีการศึกษา” โปรดเพิ่มคอลัมน์นี้ หรือพิมพ์ปีการศึกษาไว้ในชื่อเรื่องเหนือหัวตาราง"
MAXIMUM_BY_COUNT = {
    "boys": MAX_PUPILS_PER_GRADE_AND_SEX,
    "girls": MAX_PUPILS_PER_GRADE_AND_SEX,
    "rooms": MAX_ROOMS,
}
TEACHER_COLUMNS = ("male_teachers", "female_teachers")
TEACHER_COLUMNS_BY_SEX = {"boys": TEACHER_COLUMNS[:1], "girls": TEACHER_COLUMNS[1:]}
GRADES_BY_LEVEL_CODE = {
    "": range(Grade.K1, Grade.M3 + 1),
    "K": range(Grade.K1, Grade.K3 + 1),
    "P": range(Grade.P1, Grade.P6 + 1),
    "M": range(Grade.M1, Grade.M3 + 1),
}
_YEAR_IN_TITLE = re.compile(r"ปีการศึกษา ?([0-9]{4})")
_DAY_IN_TITLE = re.compile(r"ณ ?วันที่ ?([0-9]{1,2}[^0-9]{1,25}[0-9]{2,4})")

Numbers = dict[str, int]


@dataclass(frozen=True)
class CountImportRow:
    """What one row states of one school and year."""

    line: RowReader
    school: School
    year: int
    counted_on: date | None
    grades: Mapping[Grade, Numbers]
    teachers: Numbers


class CountImportPlan(ImportPlan):
    """Yearly numbers that the file adds or changes; a grade it does not name stays as it is."""

    # --- Reading ---

    def read_rows(self, on_progress: ProgressCallback) -> Iterator[CountImportRow]:
        self.schools = {s.obec_code: s for s in School.objects.exclude(obec_code=None)}
        self.parse_past_year = cell_parsers.past_year_parser(academic_year(timezone.localdate()))
        self.is_long = "grade" in self.table.columns
        self.totals = self.table.totals + self.bare_totals()
        self.year = self.read_from_title("year", _YEAR_IN_TITLE, self.parse_past_year)
        self.day = self.read_from_title("counted_on", _DAY_IN_TITLE, cell_parsers.parse_day)
        if "year" not in self.table.columns and self.year is None:
            raise UnreadableTableError(YEAR_MISSING_MESSAGE)
        for line in self.lines(on_progress):
            found = len(self.problems)
            row = self.read_row(line)
            if row.grades or row.teachers or len(self.problems) > found:
                yield row
            else:  # as in our own template, where nobody has filled it in yet
                self.table.leave_out(line.row, "ไม่มีตัวเลข")

    def bare_totals(self) -> list[tuple[str, int, str]]:
        """Beside columns for each grade, a bare ชาย or หญิง is the sum of all."""
        columns = {} if self.is_long else self.table.columns
        return [
            (f"{TOTAL_PREFIX}{w}:", columns[w], COUNT_COLUMNS[w])
            for w in MAXIMUM_BY_COUNT
            if w in columns
        ]

    def read_from_title(
        self, key: str, pattern: re.Pattern, reader: cell_parsers.CellParser[Fact]
    ) -> Fact | None:
        """A fact that stands once above the heading, where the table has no column for it."""
        if key in self.table.columns:
            return None
        for row in self.table.titles:
            for cell in row.cells:
                if match := pattern.search(arabic_digits(cell)):
                    self.notes.append(
                        f"{COUNT_COLUMNS[key]} {match[1]} อ่านจากชื่อเรื่องแถว {row.number}"
                    )
                    return self.read_title(row.number, key, match[1], reader)
        return None

    def read_title(
        self, number: int, key: str, text: str, reader: cell_parsers.CellParser[Fact]
    ) -> Fact:
        try:
            return reader(text)
        except ValidationError as error:
            where = f"ชื่อเรื่องแถว {number}: {COUNT_COLUMNS[key]} “{text}”"
            raise UnreadableTableError(f"{where} {error.message}") from error

    def read_row(self, line: RowReader) -> CountImportRow:
        school = line.read_required("obec_code", self.school_of, "โปรดใส่รหัสโรงเรียน 8 หลัก หรือลบแถวนี้")
        year = self.year or line.read_required(
            "year", self.parse_past_year, "โปรดใส่ปีการศึกษา พ.ศ. เช่น 2569"
        )
        if school:
            line.check_name_matches(school, "name")
        grades = dict(self.read_grades(line))
        teachers = {
            key: line.read(key, cell_parsers.whole_number_parser(MAX_TEACHERS))
            for key in TEACHER_COLUMNS
        }
        row = CountImportRow(
            line=line,
            school=school,
            year=year,
            counted_on=line.read("counted_on", cell_parsers.parse_day) or self.day,
            grades=grades,
            teachers={key: number for key, number in teachers.items() if number is not None},
        )
        self.check_once(row)
        self.check_totals(row)
        return row

    def school_of(self, text: str) -> School:
        code = cell_parsers.code_parser(8)(text)
        if code not in self.schools:
            raise ValidationError("ไม่พบรหัสนี้ในทะเบียนโรงเรียน โปรดตรวจรหัส หรือนำเข้าทะเบียนโรงเรียนก่อน")
        return self.schools[code]

    def read_grades(self, line: RowReader) -> Iterator[tuple[Grade, Numbers]]:
        """What the row counts of each grade: of one that it names, or of all in columns."""
        if not self.is_long:
            for grade in Grade:
                yield from self.read_grade(line, grade, f":{grade}")
            return
        named = line.read_required("grade", cell_parsers.parse_grade, "โปรดใส่ชั้น เช่น ป.1")
        yield from self.read_grade(line, named, "")

    def read_grade(
        self, line: RowReader, grade: Grade | None, of: str
    ) -> Iterator[tuple[Grade, Numbers]]:
        """The numbers in the columns whose keys end with `of`; nothing where all are empty."""
        counted = {
            what: line.read(f"{what}{of}", cell_parsers.whole_number_parser(most))
            for what, most in MAXIMUM_BY_COUNT.items()
        }
        stated = {what: number for what, number in counted.items() if number is not None}
        if grade and stated:
            self.check_grade_is_complete(line, of, counted)
            yield grade, stated

    def check_grade_is_complete(
        self, line: RowReader, of: str, counted: Mapping[str, int | None]
    ) -> None:
        """A grade is counted whole: an empty cell beside a filled one is not taken for none."""
        for what in ("boys", "girls"):
            if counted[what] is None and not line.text(f"{what}{of}"):
                line.problem(f"{what}{of}", "เว้นว่าง แต่ช่องอื่นของชั้นนี้มีตัวเลข ถ้าไม่มีนักเรียนให้ใส่ 0")

    def check_once(self, row: CountImportRow) -> None:
        if row.school and row.year:
            which = (row.school.pk, row.year, *(row.grades if self.is_long else ()))
            row.line.check_unique("grade" if self.is_long else "obec_code", which)

    def check_totals(self, row: CountImportRow) -> None:
        """Where the table adds up, its sums are those of the cells that are taken."""
        for key, at, words in self.totals:
            stated = row.line.read_at(at, words, cell_parsers.whole_number_parser(100_000))
            found = expected_total(key, row)
            if stated is not None and found is not None and stated != found:
                row.line.problem_at(
                    at,
                    words,
                    f"ยอดรวมเป็น {stated:,} แต่ผลบวกของช่องที่นำเข้าเป็น {found:,} โปรดตรวจตัวเลข",
                )

    # --- Writing ---

    def compare_rows(self, *, by: User, locked: bool) -> None:
        grouped: dict[tuple[int, int], list[CountImportRow]] = defaultdict(list)
        for row in self.rows:
            grouped[row.school.pk, row.year].append(row)
        years = academic_years_to_import({year for _, year in grouped}, self.notes)
        self.new_years = [year for year in years.values() if year.pk is None]
        stored = stored_yearly_counts(grouped, locked=locked)
        self.added: list[YearlyCount] = []
        self.updated: list[YearlyCount] = []
        self.grades: list[GradeCount] = []
        for (school, year), rows in grouped.items():
            count = stored.get((school, year))
            new = count is None
            count = count or YearlyCount(school=rows[0].school, academic_year=years[year])
            change = ImportedChange(rows[0].line.number, f"{rows[0].school} ปีการศึกษา {year}", new)
            self.apply_rows(count, rows, change)
            self.record_change(change)

    def save_rows(self) -> None:
        create_rows(self.new_years)
        create_rows(self.added)
        update_rows(self.updated)
        GradeCount.objects.bulk_create(
            self.grades,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=("count", "grade"),
            update_fields=(*MAXIMUM_BY_COUNT,),
        )

    def apply_rows(
        self, count: YearlyCount, rows: Sequence[CountImportRow], change: ImportedChange
    ) -> None:
        """Let the year's count be as its rows say, noting what differs."""
        facts = {"is_sample": False}
        for row in rows:
            stated = {"counted_on": row.counted_on, **row.teachers}
            self.merge_agreeing_facts(
                facts, {key: fact for key, fact in stated.items() if fact is not None}, row
            )
        differing = differing_fields(count, facts)
        for key, fact in differing.items():
            change.lines.append(
                (
                    COUNT_COLUMNS[key],
                    display_count_value(getattr(count, key)),
                    display_count_value(fact),
                )
            )
            setattr(count, key, fact)
        if count.pk is None:
            self.added.append(count)
        elif differing:
            self.updated.append(count)
        self.apply_grades(
            count, {grade: n for row in rows for grade, n in row.grades.items()}, change
        )

    def merge_agreeing_facts(self, facts: dict, stated: Mapping, row: CountImportRow) -> None:
        """Rows of one school and year may repeat a fact, but not differ."""
        for key, fact in stated.items():
            if facts.setdefault(key, fact) != fact:
                row.line.problem(
                    key,
                    "ไม่ตรงกับแถวก่อนหน้าของโรงเรียนและปีเดียวกัน "
                    f"({display_count_value(facts[key])}) โปรดใส่ค่าเดียวกัน",
                )

    def apply_grades(
        self, count: YearlyCount, stated: Mapping[Grade, Numbers], change: ImportedChange
    ) -> None:
        before = {Grade(row.grade): row for row in count.grades.all()} if count.pk else {}
        for grade, numbers in sorted(stated.items()):
            if grade not in before and not any(numbers.values()):
                continue  # nobody was counted, and nobody says otherwise
            row = before.get(grade) or GradeCount(boys=0, girls=0)
            differing = differing_fields(row, numbers)
            change.lines += [_line(grade, w, getattr(row, w), n) for w, n in differing.items()]
            if differing:
                after = {what: getattr(row, what) for what in MAXIMUM_BY_COUNT} | numbers
                self.grades.append(GradeCount(count=count, grade=grade, **after))


def _line(grade: Grade, what: str, old: int | None, new: int) -> tuple[str, str, str]:
    return COUNT_COLUMNS[f"{what}:{grade}"], display_count_value(old), display_count_value(new)


def display_count_value(value: object) -> str:
    if isinstance(value, bool):
        return "ข้อมูลตัวอย่าง" if value else "ข้อมูลที่นำเข้า"
    if isinstance(value, date):
        return short_date(value)
    return "" if value is None else f"{value:,}"


def differing_fields(row: Model, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: fact for key, fact in facts.items() if getattr(row, key) != fact}


def expected_total(key: str, row: CountImportRow) -> int | None:
    """What a total should be by the cells that are taken; None where none of them says anything."""
    what, of = key.removeprefix(TOTAL_PREFIX).split(":")
    numbers = _teacher_numbers(of, row) if what == "teachers" else _pupil_numbers(what, of, row)
    return sum(numbers) if numbers else None


def _teacher_numbers(of: str, row: CountImportRow) -> list[int]:
    wanted = TEACHER_COLUMNS_BY_SEX.get(of, TEACHER_COLUMNS)
    return [row.teachers[key] for key in wanted if key in row.teachers]


def _pupil_numbers(what: str, of: str, row: CountImportRow) -> list[int]:
    parts = ("boys", "girls") if what == "pupils" else (what,)
    counted = [row.grades[grade] for grade in grades_of_total(of) if grade in row.grades]
    return [numbers[part] for numbers in counted for part in parts if part in numbers]


def grades_of_total(of: str) -> list[Grade]:
    """The grades that a total is of: one by its number, a level by its letter, or all."""
    numbers = [int(of)] if of.isdecimal() else GRADES_BY_LEVEL_CODE[of]
    return [Grade(number) for number in numbers]


def academic_years_to_import(wanted: Iterable[int], notes: list[str]) -> dict[int, AcademicYear]:
    """The years' rows; one that the calendar lacks is new, without terms, and that is said."""
    area = Area.objects.first()
    years = {row.year: row for row in AcademicYear.objects.filter(area=area)}
    for year in sorted(set(wanted) - years.keys()):
        years[year] = AcademicYear(area=area, year=year)
        notes.append(f"เพิ่มปีการศึกษา {year} ในปฏิทินการศึกษา โดยยังไม่มีวันเปิดและปิดภาคเรียน")
    return years


def stored_yearly_counts(
    wanted: Iterable[tuple[int, int]], *, locked: bool
) -> dict[tuple[int, int], YearlyCount]:
    """Counts of these schools and years as they are; `locked`, nobody changes them meanwhile."""
    counts = YearlyCount.objects.select_related("academic_year")
    if locked:
        counts = counts.select_for_update(of=("self",))
    counts = counts.filter(
        school__in={school for school, _ in wanted},
        academic_year__year__in={year for _, year in wanted},
    ).order_by("pk")
    found = {(c.school_id, c.academic_year.year): c for c in counts.prefetch_related("grades")}
    return {key: count for key, count in found.items() if key in wanted}
