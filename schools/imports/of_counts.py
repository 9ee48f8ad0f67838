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

from schools.enums import Grade
from schools.imports import values
from schools.imports.columns import COUNTS
from schools.imports.plan import Change, Line, Plan, Tell
from schools.imports.reading import Unreadable
from schools.imports.rows import BATCH, create_rows, update_rows
from schools.imports.tables import TOTAL
from schools.models import AcademicYear, Area, GradeCount, School, User, YearlyCount
from schools.models.yearly import MOST_PUPILS
from schools.registry.counts.forms import MOST_ROOMS, MOST_TEACHERS
from schools.thai import academic_year, arabic_digits, short_date

FIRST_YEAR = 2530
NO_YEAR = "ไม่พบคอลัมน์ “ปีการศึกษา” โปรดเพิ่มคอลัมน์นี้ หรือพิมพ์ปีการศึกษาไว้ในชื่อเรื่องเหนือหัวตาราง"
WHAT = {"boys": MOST_PUPILS, "girls": MOST_PUPILS, "rooms": MOST_ROOMS}
TEACHERS = ("male_teachers", "female_teachers")
OF_LEVEL = {
    "": range(Grade.K1, Grade.M3 + 1),
    "K": range(Grade.K1, Grade.K3 + 1),
    "P": range(Grade.P1, Grade.P6 + 1),
    "M": range(Grade.M1, Grade.M3 + 1),
}
_YEAR_IN_TITLE = re.compile(r"ปีการศึกษา ?([0-9]{4})")
_DAY_IN_TITLE = re.compile(r"ณ ?วันที่ ?([0-9]{1,2}[^0-9]{1,25}[0-9]{2,4})")

Numbers = dict[str, int]


@dataclass(frozen=True)
class CountRow:
    """What one row states of one school and year."""

    line: Line
    school: School
    year: int
    counted_on: date | None
    grades: Mapping[Grade, Numbers]
    teachers: Numbers


class CountsPlan(Plan):
    """Yearly numbers that the file adds or changes; a grade it does not name stays as it is."""

    # --- Reading ---

    def read_rows(self, tell: Tell) -> Iterator[CountRow]:
        self.schools = {s.obec_code: s for s in School.objects.exclude(obec_code=None)}
        self.newest = academic_year(timezone.localdate())
        self.is_long = "grade" in self.table.places
        self.totals = self.table.totals + self.bare_totals()
        self.year = self.from_title("year", _YEAR_IN_TITLE, self.a_year)
        self.day = self.from_title("counted_on", _DAY_IN_TITLE, values.day)
        if "year" not in self.table.places and self.year is None:
            raise Unreadable(NO_YEAR)
        for line in self.lines(tell):
            found = len(self.problems)
            row = self.read_row(line)
            if row.grades or row.teachers or len(self.problems) > found:
                yield row
            else:  # as in our own template, where nobody has filled it in yet
                self.table.leave_out(line.row, "ไม่มีตัวเลข")

    def bare_totals(self) -> list[tuple[str, int, str]]:
        """Beside columns for each grade, a bare ชาย or หญิง is the sum of all."""
        places = {} if self.is_long else self.table.places
        return [(f"{TOTAL}{w}:", places[w], COUNTS[w]) for w in WHAT if w in places]

    def from_title(self, key: str, pattern: re.Pattern, reader: values.Reader):
        """A fact that stands once above the heading, where the table has no column for it."""
        if key in self.table.places:
            return None
        for row in self.table.titles:
            for cell in row.cells:
                if match := pattern.search(arabic_digits(cell)):
                    self.notes.append(f"{COUNTS[key]} {match[1]} อ่านจากชื่อเรื่องแถว {row.number}")
                    return self.read_title(row.number, key, match[1], reader)
        return None

    def read_title(self, number: int, key: str, text: str, reader: values.Reader):
        try:
            return reader(text)
        except ValidationError as error:
            where = f"ชื่อเรื่องแถว {number}: {COUNTS[key]} “{text}”"
            raise Unreadable(f"{where} {error.message}") from error

    def a_year(self, text: str) -> int:
        year = values.year(text)
        if not FIRST_YEAR <= year <= self.newest:
            raise ValidationError(f"ต้องเป็นปีการศึกษา {FIRST_YEAR} ถึง {self.newest} โปรดตรวจปี")
        return year

    def read_row(self, line: Line) -> CountRow:
        school = line.needs("obec_code", self.school_of, "โปรดใส่รหัสโรงเรียน 8 หลัก หรือลบแถวนี้")
        year = self.year or line.needs("year", self.a_year, "โปรดใส่ปีการศึกษา พ.ศ. เช่น 2569")
        if school:
            line.check_name_of(school, "name")
        grades = dict(self.read_grades(line))
        teachers = {key: line.read(key, values.whole(MOST_TEACHERS)) for key in TEACHERS}
        row = CountRow(
            line=line,
            school=school,
            year=year,
            counted_on=line.read("counted_on", values.day) or self.day,
            grades=grades,
            teachers={key: number for key, number in teachers.items() if number is not None},
        )
        self.check_once(row)
        self.check_totals(row)
        return row

    def school_of(self, text: str) -> School:
        code = values.code(8)(text)
        if code not in self.schools:
            raise ValidationError("ไม่พบรหัสนี้ในทะเบียนโรงเรียน โปรดตรวจรหัส หรือนำเข้าทะเบียนโรงเรียนก่อน")
        return self.schools[code]

    def read_grades(self, line: Line) -> Iterator[tuple[Grade, Numbers]]:
        grade = line.needs("grade", values.grade, "โปรดใส่ชั้น เช่น ป.1") if self.is_long else None
        for one in [grade] if self.is_long else Grade:
            of = "" if self.is_long else f":{one}"
            counted = {
                what: line.read(f"{what}{of}", values.whole(most)) for what, most in WHAT.items()
            }
            if one and any(number is not None for number in counted.values()):
                self.complete(line, of, counted)
                yield one, {what: n for what, n in counted.items() if n is not None}

    def complete(self, line: Line, of: str, counted: Mapping[str, int | None]) -> None:
        """A grade is counted whole: an empty cell beside a filled one is not taken for none."""
        for what in ("boys", "girls"):
            if counted[what] is None and not line.text(f"{what}{of}"):
                line.problem(f"{what}{of}", "เว้นว่าง แต่ช่องอื่นของชั้นนี้มีตัวเลข ถ้าไม่มีนักเรียนให้ใส่ 0")

    def check_once(self, row: CountRow) -> None:
        if row.school and row.year:
            which = (row.school.pk, row.year, *(row.grades if self.is_long else ()))
            row.line.once("grade" if self.is_long else "obec_code", which)

    def check_totals(self, row: CountRow) -> None:
        """Where the table adds up, its sums are those of the cells that are taken."""
        for key, at, words in self.totals:
            told = row.line.read_at(at, words, values.whole(100_000))
            found = sum_of(key, row)
            if told is not None and found is not None and told != found:
                row.line.problem_at(
                    at, words, f"ยอดรวมเป็น {told:,} แต่ผลบวกของช่องที่นำเข้าเป็น {found:,} โปรดตรวจตัวเลข"
                )

    # --- Writing ---

    def compare_rows(self, *, by: User, locked: bool) -> None:
        grouped: dict[tuple[int, int], list[CountRow]] = defaultdict(list)
        for row in self.rows:
            grouped[row.school.pk, row.year].append(row)
        years = academic_years({year for _, year in grouped}, self.notes)
        self.new_years = [year for year in years.values() if year.pk is None]
        stored = stored_counts(grouped, locked=locked)
        self.added, self.amended, self.grades = [], [], []
        for (school, year), rows in grouped.items():
            count = stored.get((school, year))
            new = count is None
            count = count or YearlyCount(school=rows[0].school, academic_year=years[year])
            change = Change(rows[0].line.number, f"{rows[0].school} ปีการศึกษา {year}", new)
            self.state(count, rows, change)
            self.take(change)

    def save_rows(self) -> None:
        create_rows(self.new_years)
        create_rows(self.added)
        update_rows(self.amended)
        GradeCount.objects.bulk_create(
            self.grades,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=("count", "grade"),
            update_fields=(*WHAT,),
        )

    def state(self, count: YearlyCount, rows: Sequence[CountRow], change: Change) -> None:
        """Let the year's count be as its rows say, noting what differs."""
        facts = {"is_sample": False}
        for row in rows:
            stated = {"counted_on": row.counted_on, **row.teachers}
            self.agree(facts, {key: fact for key, fact in stated.items() if fact is not None}, row)
        differing = differences(count, facts)
        for key, fact in differing.items():
            change.lines.append((COUNTS[key], shown(getattr(count, key)), shown(fact)))
            setattr(count, key, fact)
        if count.pk is None:
            self.added.append(count)
        elif differing:
            self.amended.append(count)
        self.state_grades(
            count, {grade: n for row in rows for grade, n in row.grades.items()}, change
        )

    def agree(self, facts: dict, stated: Mapping, row: CountRow) -> None:
        """Rows of one school and year may repeat a fact, but not differ."""
        for key, fact in stated.items():
            if facts.setdefault(key, fact) != fact:
                row.line.problem(
                    key,
                    f"ไม่ตรงกับแถวก่อนหน้าของโรงเรียนและปีเดียวกัน ({shown(facts[key])}) โปรดใส่ค่าเดียวกัน",
                )

    def state_grades(
        self, count: YearlyCount, stated: Mapping[Grade, Numbers], change: Change
    ) -> None:
        before = {row.grade: row for row in count.grades.all()} if count.pk else {}
        for grade, numbers in sorted(stated.items()):
            if grade not in before and not any(numbers.values()):
                continue  # nobody was counted, and nobody says otherwise
            row = before.get(grade) or GradeCount(boys=0, girls=0)
            differing = differences(row, numbers)
            change.lines += [_line(grade, w, getattr(row, w), n) for w, n in differing.items()]
            if differing:
                after = {what: getattr(row, what) for what in WHAT} | numbers
                self.grades.append(GradeCount(count=count, grade=grade, **after))


def _line(grade: Grade, what: str, old: int | None, new: int) -> tuple[str, str, str]:
    return COUNTS[f"{what}:{grade}"], shown(old), shown(new)


def shown(value: object) -> str:
    if isinstance(value, bool):
        return "ข้อมูลตัวอย่าง" if value else "ข้อมูลที่นำเข้า"
    if isinstance(value, date):
        return short_date(value)
    return "" if value is None else f"{value:,}"


def differences(row: Model, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: fact for key, fact in facts.items() if getattr(row, key) != fact}


def sum_of(key: str, row: CountRow) -> int | None:
    """What a total should be by the cells that are taken; None where none of them says anything."""
    what, of = key.removeprefix(TOTAL).split(":")
    if what == "teachers":
        wanted = {"boys": TEACHERS[:1], "girls": TEACHERS[1:]}.get(of, TEACHERS)
        numbers = [row.teachers[key] for key in wanted if key in row.teachers]
    else:
        of_grades = [Grade(int(of))] if of.isdecimal() else OF_LEVEL[of]
        parts = ("boys", "girls") if what == "pupils" else (what,)
        counted = [row.grades[grade] for grade in of_grades if grade in row.grades]
        numbers = [numbers[part] for numbers in counted for part in parts if part in numbers]
    return sum(numbers) if numbers else None


def academic_years(wanted: Iterable[int], notes: list[str]) -> dict[int, AcademicYear]:
    """The years' rows; one that the calendar lacks is new, without terms, and that is said."""
    area = Area.objects.first()
    years = {row.year: row for row in AcademicYear.objects.filter(area=area)}
    for year in sorted(set(wanted) - years.keys()):
        years[year] = AcademicYear(area=area, year=year)
        notes.append(f"เพิ่มปีการศึกษา {year} ในปฏิทินการศึกษา โดยยังไม่มีวันเปิดและปิดภาคเรียน")
    return years


def stored_counts(
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
