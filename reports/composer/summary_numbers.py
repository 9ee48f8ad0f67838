"""The live numbers of a term's summary, from the figures that its tables print."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from reports.composer.numbers import LiveNumbers
from reports.composer.shared_numbers import (
    SUMMARY_PREFIX,
    add_change_numbers,
    add_shared_numbers,
)
from reports.composer.term_numbers import SCHOOLS, add_term_numbers, standard_name
from reports.data.schema import ComparedMean, SummaryReport
from schools.core.thai import long_date


def summary_numbers(report: SummaryReport) -> LiveNumbers:
    """All that the summary's texts may say."""
    numbers = LiveNumbers()
    numbers.add("year", "ปีการศึกษา", report["year"])
    numbers.add("as_of", "ข้อมูล ณ วันที่", long_date(date.fromisoformat(report["as_of"])))
    numbers.add("previous", "ภาคเรียนก่อน", report["previous"])
    add_term_numbers(numbers, SUMMARY_PREFIX, report["figures"], {})
    add_change_numbers(numbers, "จากภาคเรียนก่อน", _changes(report["compared"]))
    add_shared_numbers(numbers, report, {report["term"]})
    numbers.add("meetings", "การประชุม ก.ต.ป.น. ที่พิจารณาผล", len(report["meetings"]), "ครั้ง")
    unfinished = sum(len(step["schools"]) for step in report["unfinished"])
    numbers.add("unfinished", "โรงเรียนที่ยังดำเนินการไม่ครบทุกขั้น", unfinished, SCHOOLS)
    return numbers


def _changes(rows: Iterable[ComparedMean]) -> list[tuple[str, Decimal]]:
    """Of each standard that both terms have; all together have a line of their own."""
    return [
        (standard_name(row["level"], row["number"], row["name"]), Decimal(after) - Decimal(before))
        for row in rows
        if row["number"] and (before := row["before"]) and (after := row["after"])
    ]
