"""Live numbers that a year report and a term's summary share: advice, needs, practices, visits."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from reports.composer.numbers import LiveNumbers, share_text
from reports.composer.term_numbers import SCHOOLS, listed, name_of_row, standard_codes
from reports.data.schema import (
    ComparedMean,
    NeedsFigures,
    PracticeTexts,
    RecommendationRow,
    RecordText,
    StandardChange,
    SummaryReport,
    TermFigures,
    YearReport,
)
from reports.data.term import OVERDUE
from supervision.improvement.enums import RecommendationState

ADVICE_STATES = {
    "closed": RecommendationState.CLOSED.label,
    "done": RecommendationState.DONE.label,
    "in_progress": RecommendationState.IN_PROGRESS.label,
    "open": RecommendationState.OPEN.label,
    "overdue": OVERDUE,
}
NEEDS_RANKS = 3
SUMMARY_PREFIX = "term"  # of the numbers of a summary's own term

AreaReport = YearReport | SummaryReport


def term_prefix(term: str) -> str:
    """term1 of 1/2569: keys mean the same every year."""
    return f"term{term.split('/')[0]}"


def terms_of_report(report: AreaReport) -> list[tuple[str, TermFigures]]:
    """The terms of the report, first to last, each with the prefix of its numbers."""
    if report["kind"] == "summary":
        return [(SUMMARY_PREFIX, report["figures"])]
    return [(term_prefix(term["term"]), term) for term in report["terms"]]


def measured_prefix(report: AreaReport) -> str:
    """The numbers' prefix of the last term of which signed visits say something; else empty."""
    measured = [prefix for prefix, term in terms_of_report(report) if term["standards"]]
    return measured[-1] if measured else ""


def add_shared_numbers(numbers: LiveNumbers, report: AreaReport, own_terms: set[str]) -> None:
    """Of both kinds of report; advice of terms not among `own_terms` was carried over."""
    add_needs_numbers(numbers, report["needs"])
    add_advice_numbers(numbers, report["recommendations"], own_terms)
    add_practice_numbers(numbers, report["practices"])
    numbers.add("observed.times", "สังเกตชั้นเรียน", report["observed"]["times"], "ครั้ง")
    numbers.add("observed.schools", "สังเกตชั้นเรียน", report["observed"]["schools"], SCHOOLS)
    add_wish_numbers(numbers, "problems", "บันทึกที่ระบุปัญหาและอุปสรรค", report["problems"])


class MeanDifference(NamedTuple):
    """By how much one standard's mean changed; `code` is that of its keys."""

    code: str
    name: str
    by: Decimal

    @property
    def text(self) -> str:
        """เพิ่มขึ้น 0.07, ลดลง 0.07 or ไม่เปลี่ยนแปลง."""
        if not self.by:
            return "ไม่เปลี่ยนแปลง"
        return f"{'เพิ่มขึ้น' if self.by > 0 else 'ลดลง'} {abs(self.by)}"


def mean_differences(
    rows: Sequence[StandardChange | ComparedMean],
    means: Iterable[tuple[str | None, str | None]],
) -> list[MeanDifference]:
    """Of each row whose standard has both of its two means, the second less the first."""
    found = zip(standard_codes(rows), rows, means, strict=True)
    return [
        MeanDifference(code, name_of_row(row), Decimal(last) - Decimal(first))
        for code, row, (first, last) in found
        if first and last
    ]


def add_change_numbers(
    numbers: LiveNumbers, between: str, changes: Sequence[MeanDifference]
) -> None:
    """By how much which means rose and fell; `between` says between which terms."""
    for one in changes:
        numbers.add(f"change.{one.code}", f"{one.name} เปลี่ยนแปลง{between}", one.text)
    for key, word, found in (
        ("rises", "เพิ่มขึ้น", [one for one in changes if one.by > 0]),
        ("falls", "ลดลง", [one for one in changes if one.by < 0]),
    ):
        words = listed(f"{one.name} ({one.text})" for one in found)
        numbers.add(key, f"มาตรฐานที่ค่าเฉลี่ย{word}{between}", words)
        if changes:
            label = f"จำนวนมาตรฐานที่ค่าเฉลี่ย{word}{between}"
            numbers.add(f"{key}.count", label, len(found), "มาตรฐาน")


def add_needs_numbers(numbers: LiveNumbers, surveys: Sequence[NeedsFigures]) -> None:
    """The most urgent areas of each survey."""
    for position, survey in enumerate(surveys, start=1):
        key, label = f"needs{position}", f"แบบสำรวจ {survey['period']}"
        numbers.add(f"{key}.schools", f"{label} ตอบแล้ว", survey["schools"], SCHOOLS)
        numbers.add(f"{key}.period", "แบบสำรวจความต้องการ", survey["period"])
        for rank, area in enumerate(survey["areas"][:NEEDS_RANKS], start=1):
            text = f"{area['area']} (PNI {area['index']})" if area["index"] else None
            numbers.add(f"{key}.rank{rank}", f"{label} เร่งด่วนลำดับที่ {rank}", text)


def add_advice_numbers(
    numbers: LiveNumbers, rows: Sequence[RecommendationRow], own_terms: set[str]
) -> None:
    """The ledger by state; what comes from before `own_terms` was carried over."""
    states = Counter(row["state"] for row in rows)
    carried = sum(row["term"] not in own_terms for row in rows)
    numbers.add("advice.total", "ข้อเสนอแนะทั้งหมด", len(rows), "ข้อ")
    numbers.add("advice.carried", "ข้อเสนอแนะที่ยกมาจากก่อนหน้า", carried, "ข้อ")
    for key, state in ADVICE_STATES.items():
        numbers.add(f"advice.{key}", f"ข้อเสนอแนะ {state}", states[state], "ข้อ")
    unfinished = len(rows) - states[RecommendationState.CLOSED.label]
    numbers.add("advice.unfinished", "ข้อเสนอแนะที่ยังไม่ปิด", unfinished, "ข้อ")
    closed = states[RecommendationState.CLOSED.label]
    numbers.add("advice.closed_share", "ข้อเสนอแนะที่ปิดแล้ว", share_text(closed, len(rows)))


def add_practice_numbers(numbers: LiveNumbers, rows: Sequence[PracticeTexts]) -> None:
    """How many were selected, in all and by level."""
    numbers.add("practices", "วิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือก", len(rows), "ผลงาน")
    by_level = [
        f"{level} {count} ผลงาน" for level, count in Counter(r["level"] for r in rows).items()
    ]
    numbers.add("practices.levels", "วิธีปฏิบัติที่เป็นเลิศตามระดับ", listed(by_level))


def add_wish_numbers(
    numbers: LiveNumbers, key: str, label: str, rows: Sequence[RecordText]
) -> None:
    """How many records say something of that kind, and of how many schools."""
    numbers.add(key, label, len(rows), "รายการ")
    numbers.add(f"{key}.schools", label, len({row["school"] for row in rows}), SCHOOLS)
