"""What a school confirms, line by line: each figure with its year, day and source, kind by kind.

The lines of a kind are what the page shows, and what a confirmation keeps (`figures`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from schools.core.thai import short_date
from schools.models import YearlyCount
from schools.registry.school_fields import ELECTRICITY_WORDS
from supervision.profiles.confirmation.enums import DataKind
from supervision.profiles.confirmation.records import SchoolRecord, result_facts
from supervision.profiles.confirmation.rules import ResultFacts
from supervision.profiles.learning.visibility import SMALL_GROUP_WORDS


@dataclass(frozen=True)
class FigureLine:
    """One figure: what it is, what it says, of when and from where.

    `is_small` marks a result of so few pupils that not every reader may see it.
    """

    label: str
    value: str
    source: str = ""
    is_small: bool = False
    is_sample: bool = False

    def shown_to(self, sees_small: bool) -> "FigureLine":
        """The line as somebody may read it who may, or may not, see small results."""
        if sees_small or not self.is_small:
            return self
        return FigureLine(self.label, SMALL_GROUP_WORDS, self.source, True, self.is_sample)


def figure_lines(record: SchoolRecord) -> dict[DataKind, list[FigureLine]]:
    """The lines of every kind, in the order in which they are asked about."""
    return {kind: list(_LINES[kind](record)) for kind in DataKind}


def frozen_figures(record: SchoolRecord) -> dict[str, list[dict[str, Any]]]:
    """What a confirmation keeps of it."""
    return {
        kind.value: [asdict(line) for line in lines] for kind, lines in figure_lines(record).items()
    }


def lines_from_frozen(kept: Mapping[str, Any], kind: DataKind) -> list[FigureLine]:
    """The lines of a kind as a confirmation kept them."""
    return [FigureLine(**line) for line in kept.get("lines", {}).get(kind.value, [])]


def changed_kinds(
    kept: Mapping[str, Any], record: SchoolRecord
) -> dict[DataKind, list[FigureLine]]:
    """The kinds whose figures are others than those confirmed, with their lines of that time."""
    now = figure_lines(record)
    before = {kind: lines_from_frozen(kept, kind) for kind in DataKind}
    return {kind: before[kind] for kind in DataKind if _said(before[kind]) != _said(now[kind])}


def _said(lines: Iterable[FigureLine]) -> list[tuple[str, str]]:
    return [(line.label, line.value) for line in lines]


# --- Lines of each kind ---


def _contact_lines(record: SchoolRecord) -> Iterator[FigureLine]:
    school = record.school
    sub_district = f"ต.{school.sub_district}" if school.sub_district else ""
    district = f"อ.{school.district}" if school.district else ""
    known = {
        "รหัสโรงเรียน 8 หลัก": school.obec_code,
        "ชั้นที่เปิดสอน": school.grades,
        "ที่ตั้ง": f"{sub_district} {district}".strip(),
        "โทรศัพท์": school.phone,
        "อีเมล": school.email,
        "อินเทอร์เน็ต": school.get_internet_display(),
        "ไฟฟ้า": ELECTRICITY_WORDS[school.has_electricity],
    }
    yield from (FigureLine(label, value) for label, value in known.items() if value)
    if missing := [label for label, value in known.items() if not value]:
        yield FigureLine("ยังไม่มีข้อมูล", " · ".join(missing))


def _pupil_lines(record: SchoolRecord) -> Iterator[FigureLine]:
    for count in _counts_of_two_years(record):
        if not count.grades.all():
            continue
        year, source = count.academic_year.year, _counted_on(count)
        rooms = "" if count.rooms is None else f" · {count.rooms} ห้องเรียน"
        value = f"{count.pupils:,} คน (ชาย {count.boys:,} หญิง {count.girls:,}){rooms}"
        yield FigureLine(f"นักเรียน ปี {year}", value, source, is_sample=count.is_sample)
        if year == record.year:
            by_grade = " · ".join(f"{g.get_grade_display()} {g.pupils}" for g in count.grades.all())
            yield FigureLine("รายชั้น", by_grade, source, is_sample=count.is_sample)


def _staff_lines(record: SchoolRecord) -> Iterator[FigureLine]:
    for count in _counts_of_two_years(record):
        if count.teachers is None:
            continue
        sexes = ((count.male_teachers, "ชาย"), (count.female_teachers, "หญิง"))
        known = " ".join(f"{word} {number}" for number, word in sexes if number is not None)
        yield FigureLine(
            f"ครู ปี {count.academic_year.year}",
            f"{count.teachers} คน ({known})",
            _counted_on(count),
            is_sample=count.is_sample,
        )


def _counts_of_two_years(record: SchoolRecord) -> list[YearlyCount]:
    return [count for count in record.counts if count.academic_year.year >= record.year - 1]


def _counted_on(count: YearlyCount) -> str:
    return f"นับเมื่อ {short_date(count.counted_on)}" if count.counted_on else "ไม่ระบุวันที่นับ"


def _learning_lines(record: SchoolRecord) -> Iterator[FigureLine]:
    return _result_lines(record, by_school=False)


def _school_result_lines(record: SchoolRecord) -> Iterator[FigureLine]:
    return _result_lines(record, by_school=True)


def _result_lines(record: SchoolRecord, *, by_school: bool) -> Iterator[FigureLine]:
    for row in record.results:
        result = result_facts(row)
        if result.by_school == by_school and result.year >= record.year - 1:
            yield FigureLine(
                f"{result.name} ปี {result.year}",
                _result_value(result),
                _source(result.source, result.as_of),
                result.is_small,
                result.is_sample,
            )


def _result_value(result: ResultFacts) -> str:
    tested = f"เข้าสอบ {result.tested} คน"
    if result.mean is None:
        return tested
    full = "" if result.highest_mean == 100 else f" จาก {result.highest_mean:f}"
    return f"เฉลี่ย {result.mean:f}{full} · {tested}"


def _source(source: str, as_of: date | None) -> str:
    return " ".join(filter(None, [source, f"ณ {short_date(as_of)}" if as_of else ""]))


def _report_lines(record: SchoolRecord) -> Iterator[FigureLine]:
    for report in record.reports:
        sent = f"ส่งเมื่อ {short_date(report.sent_on)}" if report.sent_on else ""
        yield FigureLine(
            f"SAR ปี {report.academic_year}",
            report.get_state_display(),
            sent,
            is_sample=report.is_sample,
        )


def _external_lines(record: SchoolRecord) -> Iterator[FigureLine]:
    for one in record.assessments:
        on = f"ประเมินเมื่อ {short_date(one.assessed_on)}" if one.assessed_on else ""
        yield FigureLine(one.title, "บันทึกแล้ว", on, is_sample=one.is_sample)


def _circumstance_lines(record: SchoolRecord) -> Iterator[FigureLine]:
    for fact in record.facts_checked:
        checked = f"{fact.source} · ตรวจเมื่อ {short_date(fact.checked_on)}"
        yield FigureLine(fact.label, fact.value, checked, fact.is_small, fact.is_sample)


_LINES: Mapping[DataKind, Callable[[SchoolRecord], Iterator[FigureLine]]] = {
    DataKind.CONTACTS: _contact_lines,
    DataKind.PUPILS: _pupil_lines,
    DataKind.STAFF: _staff_lines,
    DataKind.LEARNING: _learning_lines,
    DataKind.SCHOOL_RESULTS: _school_result_lines,
    DataKind.ANNUAL_REPORT: _report_lines,
    DataKind.EXTERNAL: _external_lines,
    DataKind.CIRCUMSTANCES: _circumstance_lines,
}
