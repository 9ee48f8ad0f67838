"""One result as somebody types it or a table has it, and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from supervision.criteria.scoring import half_up
from supervision.profiles.models import TestSubject

ALL_PUPILS = Decimal(100)
ROUNDING_OF_SHARES = Decimal("0.5")


@dataclass(frozen=True)
class ResultEntry:
    """A school's figures in one subject and year; keys of the school, year and subject.

    `shares` has the percentage of each level by its key: of all levels of the kind, or none.
    """

    school_id: int
    year_id: int
    subject_id: int
    tested: int
    enrolled: int | None = None
    mean: Decimal | None = None
    sd: Decimal | None = None
    shares: Mapping[int, Decimal] = field(default_factory=dict)
    source: str = ""
    as_of: date | None = None
    is_sample: bool = False

    @property
    def key(self) -> tuple[int, int, int]:
        return (self.school_id, self.year_id, self.subject_id)


def entry_problems(entry: ResultEntry, subject: TestSubject) -> Iterator[tuple[str, str]]:
    """What is wrong with the figures: the name of the field that is, and why in Thai."""
    highest = subject.highest_mean
    if entry.enrolled is not None and entry.tested > entry.enrolled:
        yield "tested", "จำนวนเข้าสอบต้องไม่เกินจำนวนผู้เรียนทั้งหมด โปรดตรวจทั้งสองช่อง"
    if not entry.tested and (entry.mean is not None or entry.sd is not None or entry.shares):
        yield "tested", "จำนวนเข้าสอบเป็น 0 จึงต้องไม่มีค่าเฉลี่ย S.D. และร้อยละ โปรดตรวจ"
    for name, label, value in (("mean", "ค่าเฉลี่ย", entry.mean), ("sd", "S.D.", entry.sd)):
        if value is not None and not 0 <= value <= highest:
            yield name, f"{label}ต้องอยู่ระหว่าง 0 ถึง {_plain(highest)} โปรดแก้ไข"
    if entry.shares and abs(sum(entry.shares.values()) - ALL_PUPILS) > ROUNDING_OF_SHARES:
        yield "shares", "ร้อยละของทุกระดับต้องรวมได้ 100 โปรดตรวจตัวเลข"
    elif any(not 0 <= share <= ALL_PUPILS for share in entry.shares.values()):
        yield "shares", "ร้อยละของแต่ละระดับต้องอยู่ระหว่าง 0 ถึง 100 โปรดตรวจตัวเลข"


def shares_of_levels(typed: Mapping[int, Decimal | None], tested: int) -> dict[int, Decimal]:
    """The percentage of each level, of what was typed: percentages, or numbers of pupils.

    Numbers of pupils are those that make exactly the pupils tested and not 100. A level left
    empty beside a filled one is none. Empty where nothing was typed.
    """
    if all(value is None for value in typed.values()):
        return {}
    values = {level: value or Decimal() for level, value in typed.items()}
    total = sum(values.values(), Decimal())
    if tested and total == tested and abs(total - ALL_PUPILS) > ROUNDING_OF_SHARES:
        return {level: half_up(value * 100 / tested) for level, value in values.items()}
    return values


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def problem_lines(entries: Sequence[ResultEntry], subjects: Mapping[int, TestSubject]) -> list[str]:
    """All that is wrong with the entries, a line each, with the subject that it is about."""
    return [
        f"{subjects[entry.subject_id].label}: {problem}"
        for entry in entries
        for _, problem in entry_problems(entry, subjects[entry.subject_id])
    ]
