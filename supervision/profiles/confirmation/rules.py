"""What looks wrong in the data of one school, or is to be asked about: nothing asks the database.

A question is about one fact, and no fact is asked about twice: what is wrong in itself comes
before what is only unusual.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum

from schools.enums import Grade
from supervision.profiles.confirmation.enums import DataKind
from supervision.profiles.learning.visibility import is_small_group
from supervision.profiles.models.circumstances import CHECK_EVERY

# Assumed, as none of the office's papers says when a change is too large to be taken unasked.
JUMP_SHARE = 3  # a change of more than one part in three
SHARES_TOLERANCE = Decimal("0.5")  # rounded percentages of a table seldom make 100 exactly


class QuestionSeverity(IntEnum):
    """How much a question matters: what cannot be true, or what may be."""

    WRONG = 1
    ASK = 2


@dataclass(frozen=True)
class DataQuestion:
    """One thing that the system asks about the data, in Thai.

    `fact` names what it is about; `is_small` says that it is about a result of fewer than three
    pupils, which not every reader of the school may see.
    """

    kind: DataKind
    fact: str
    text: str
    severity: QuestionSeverity = QuestionSeverity.ASK
    is_small: bool = False

    @property
    def is_wrong(self) -> bool:
        return self.severity == QuestionSeverity.WRONG


@dataclass(frozen=True)
class CountFacts:
    """Pupils by grade, rooms and teachers of one academic year (BE); None where nobody counted."""

    year: int
    counted_on: date | None = None
    pupils: Mapping[int, int] = field(default_factory=dict)
    rooms: int | None = None
    teachers: int | None = None
    is_sample: bool = False

    @property
    def total(self) -> int:
        return sum(self.pupils.values())


@dataclass(frozen=True)
class ResultFacts:
    """One learning result: which test, grade and subject, how many pupils, their mean and levels.

    `highest_mean` is what the mean cannot exceed, `shares_total` the sum of the percentages by
    level, None where none are known; each of them is within 100, which the database sees to.
    """

    year: int
    test: str
    grade: int
    subject: str
    tested: int
    enrolled: int | None = None
    mean: Decimal | None = None
    highest_mean: Decimal = Decimal(100)
    shares_total: Decimal | None = None
    is_total: bool = False
    by_school: bool = False
    source: str = ""
    as_of: date | None = None
    is_sample: bool = False

    @property
    def name(self) -> str:
        return f"{self.test} {Grade(self.grade).label} {self.subject}"

    @property
    def kind(self) -> DataKind:
        return DataKind.SCHOOL_RESULTS if self.by_school else DataKind.LEARNING

    @property
    def is_small(self) -> bool:
        """Whether so few were tested that the figures tell of single children."""
        return is_small_group(self.tested)


@dataclass(frozen=True)
class SchoolDataFacts:
    """All that the rules look at, of one school, in the academic year `year` (BE).

    `missing_contacts` are what the register does not know, `report_years` the years of which the
    office has the school's annual report; `circumstances_checked_on` the day of the oldest check,
    None where there is nothing to check. Results of two years before are there to compare with.
    """

    year: int
    today: date
    first_grade: int | None = None
    last_grade: int | None = None
    missing_contacts: Sequence[str] = ()
    counts: Sequence[CountFacts] = ()
    results: Sequence[ResultFacts] = ()
    expected_tests: Sequence[str] = ()
    report_years: Sequence[int] = ()
    circumstances_checked_on: date | None = None

    def count_of(self, year: int) -> CountFacts | None:
        return next((count for count in self.counts if count.year == year), None)


def data_questions(facts: SchoolDataFacts) -> list[DataQuestion]:
    """Everything to ask about a school's data, one question for each fact, in a fixed order."""
    found = [
        *_contact_questions(facts),
        *_count_questions(facts),
        *_result_questions(facts),
        *_report_questions(facts),
        *_circumstance_questions(facts),
    ]
    return _one_for_each_fact(found)


def _one_for_each_fact(questions: Iterable[DataQuestion]) -> list[DataQuestion]:
    kinds = list(DataKind)
    chosen: dict[tuple[DataKind, str], DataQuestion] = {}
    for question in sorted(questions, key=lambda one: (one.severity, one.text)):
        chosen.setdefault((question.kind, question.fact), question)
    return sorted(chosen.values(), key=lambda one: (kinds.index(one.kind), one.severity, one.fact))


def is_jump(before: Decimal | int | None, now: Decimal | int | None) -> bool:
    """Whether a number changed by more than a third of what it was; a third exactly is none."""
    if before is None or now is None:
        return False
    return abs(Decimal(now) - Decimal(before)) * JUMP_SHARE > before


# --- Registry, pupils and teachers ---


def _contact_questions(facts: SchoolDataFacts) -> Iterator[DataQuestion]:
    if facts.missing_contacts:
        missing = " ".join(facts.missing_contacts)
        yield DataQuestion(DataKind.CONTACTS, "contacts", f"ทะเบียนยังไม่มี {missing}")


def _count_questions(facts: SchoolDataFacts) -> Iterator[DataQuestion]:
    now, before = facts.count_of(facts.year), facts.count_of(facts.year - 1)
    if now is None or not now.pupils:
        yield _missing_count(DataKind.PUPILS, "จำนวนนักเรียน", facts.year)
    else:
        yield from _pupil_questions(facts, now, before)
    if now is None or now.teachers is None:
        yield _missing_count(DataKind.STAFF, "จำนวนครู", facts.year)
    else:
        yield from _staff_questions(now, before)


def _missing_count(kind: DataKind, what: str, year: int) -> DataQuestion:
    return DataQuestion(kind, f"{kind} {year}", f"ยังไม่มี{what} ปีการศึกษา {year}")


def _pupil_questions(
    facts: SchoolDataFacts, now: CountFacts, before: CountFacts | None
) -> Iterator[DataQuestion]:
    kind, fact = DataKind.PUPILS, f"{DataKind.PUPILS} {now.year}"
    if before and before.pupils and is_jump(before.total, now.total):
        yield DataQuestion(kind, fact, _jump_text("จำนวนนักเรียน", before, now))
    if now.total and now.rooms == 0:
        text = f"ปีการศึกษา {now.year} มีนักเรียน {now.total:,} คน แต่ไม่มีห้องเรียน"
        yield DataQuestion(kind, f"rooms {now.year}", text, QuestionSeverity.WRONG)
    if outside := _grades_outside(facts, now):
        text = f"ทะเบียนไม่ได้ระบุว่าเปิดสอน {' '.join(outside)} แต่ปีการศึกษา {now.year} มีนักเรียน"
        yield DataQuestion(kind, f"grades {now.year}", text)


def _grades_outside(facts: SchoolDataFacts, count: CountFacts) -> list[str]:
    """Grades with pupils that the register says the school does not teach."""
    if facts.first_grade is None or facts.last_grade is None:
        return []
    return [
        Grade(grade).label
        for grade, pupils in sorted(count.pupils.items())
        if pupils and not facts.first_grade <= grade <= facts.last_grade
    ]


def _staff_questions(now: CountFacts, before: CountFacts | None) -> Iterator[DataQuestion]:
    kind, fact = DataKind.STAFF, f"{DataKind.STAFF} {now.year}"
    if now.total and now.teachers == 0:
        text = f"ปีการศึกษา {now.year} มีนักเรียน {now.total:,} คน แต่ไม่มีครู"
        yield DataQuestion(kind, fact, text, QuestionSeverity.WRONG)
    if before and is_jump(before.teachers, now.teachers):
        text = _jump(f"จำนวนครู ปีการศึกษา {now.year}", now.teachers, before.year, before.teachers)
        yield DataQuestion(kind, fact, text)


def _jump_text(what: str, before: CountFacts, now: CountFacts) -> str:
    return _jump(f"{what} ปีการศึกษา {now.year}", now.total, before.year, before.total)


def _jump(what: str, now: object, year_before: int, before: object) -> str:
    return f"{what} {now} คน ต่างจากปี {year_before} ({before} คน) เกินหนึ่งในสาม"


# --- Learning results ---


def _result_questions(facts: SchoolDataFacts) -> Iterator[DataQuestion]:
    by_key = {(one.name, one.year): one for one in facts.results}
    for result in facts.results:
        if result.year < facts.year - 1:
            continue
        yield from _wrong_result(result)
        yield from _unusual_result(facts, result, by_key.get((result.name, result.year - 1)))
    yield from _missing_results(facts)


def _ask_result(
    result: ResultFacts,
    text: str,
    severity: QuestionSeverity = QuestionSeverity.ASK,
    *,
    is_small: bool = False,
) -> DataQuestion:
    fact = f"{result.name} {result.year}"
    words = f"{result.name} ปีการศึกษา {result.year} {text}"
    return DataQuestion(result.kind, fact, words, severity, is_small or result.is_small)


def _wrong_result(result: ResultFacts) -> Iterator[DataQuestion]:
    wrong = QuestionSeverity.WRONG
    if result.enrolled is not None and result.tested > result.enrolled:
        yield _ask_result(result, "ผู้เข้าสอบมากกว่าผู้เรียนทั้งหมด", wrong)
    if result.mean is not None and not 0 <= result.mean <= result.highest_mean:
        yield _ask_result(result, f"ค่าเฉลี่ยต้องอยู่ระหว่าง 0 ถึง {result.highest_mean:f}", wrong)
    if result.shares_total is not None and abs(result.shares_total - 100) > SHARES_TOLERANCE:
        yield _ask_result(result, "ร้อยละรายระดับรวมกันไม่ถึงหรือเกิน 100", wrong)


def _is_outside_parts(total: ResultFacts, results: Sequence[ResultFacts]) -> bool:
    """A mean of several subjects lies between theirs, if the same pupils took all of them."""
    of_test = (total.test, total.grade, total.year)
    same = [one for one in results if (one.test, one.grade, one.year) == of_test]
    means = [one.mean for one in same if not one.is_total and one.mean is not None]
    alike = len({(one.highest_mean, one.tested) for one in same}) == 1
    if total.mean is None or len(means) < 2 or not alike:
        return False
    return not min(means) <= total.mean <= max(means)


def _unusual_result(
    facts: SchoolDataFacts, result: ResultFacts, before: ResultFacts | None
) -> Iterator[DataQuestion]:
    counted = facts.count_of(result.year)
    pupils = counted.pupils.get(result.grade) if counted else None
    if pupils is not None and result.tested > pupils:
        yield _ask_result(result, "ผู้เข้าสอบมากกว่าจำนวนนักเรียนของชั้นในปีนั้น")
    if result.is_total and _is_outside_parts(result, facts.results):
        yield _ask_result(result, "ค่าเฉลี่ยรวมไม่อยู่ระหว่างค่าเฉลี่ยของแต่ละด้าน")
    if before and before.mean is not None and is_jump(before.mean, result.mean):
        figures = f"ค่าเฉลี่ย {result.mean:f} ต่างจากปีก่อน ({before.mean:f}) เกินหนึ่งในสาม"
        yield _ask_result(result, figures, is_small=before.is_small)


def _missing_results(facts: SchoolDataFacts) -> Iterator[DataQuestion]:
    """Of the last finished year, every test that schools of its grades take; one question."""
    year = facts.year - 1
    known = {one.test for one in facts.results if one.year == year}
    missing = [test for test in facts.expected_tests if test not in known]
    if missing:
        text = f"ยังไม่มีผล {' '.join(missing)} ปีการศึกษา {year}"
        yield DataQuestion(DataKind.LEARNING, f"missing {year}", text)


# --- Annual report and circumstances ---


def _report_questions(facts: SchoolDataFacts) -> Iterator[DataQuestion]:
    year = facts.year - 1
    if year not in facts.report_years:
        text = f"สำนักงานเขตพื้นที่ยังไม่ได้รับ SAR ปีการศึกษา {year}"
        yield DataQuestion(DataKind.ANNUAL_REPORT, f"report {year}", text)


def _circumstance_questions(facts: SchoolDataFacts) -> Iterator[DataQuestion]:
    checked = facts.circumstances_checked_on
    if checked is None:
        text = "ยังไม่ได้บันทึกบริบทและโครงการของโรงเรียน"
    elif checked < facts.today - CHECK_EVERY:
        text = "มีบริบทหรือโครงการที่ไม่ได้ตรวจสอบเกินหนึ่งปี"
    else:
        return
    yield DataQuestion(DataKind.CIRCUMSTANCES, "circumstances", text)
