"""One line of the list of schools: what it says, which counts it is in, how lines are sorted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from reports.overview.links import school_results_url
from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import User
from schools.registry.school_lists import (
    NO_CLUSTER,
)
from supervision.criteria.scoring import signed_text
from supervision.practices.enums import DecisionResult
from supervision.results.advice import AdviceSummary
from supervision.results.gaps import GapSummary
from supervision.results.school_terms import SchoolTerm
from supervision.results.scores import SchoolScore


class SchoolCount(models.TextChoices):
    """Which schools are listed: those that one number of the overview counts."""

    ALL = "", "ทั้งหมด"
    VISITED = "visited", "นิเทศแล้ว"
    JUDGED = "judged", "มีคะแนน"
    UNVISITED = "unvisited", "ยังไม่ได้รับการนิเทศ"
    ACHIEVED = "achieved", "บรรลุ"
    NOT_ACHIEVED = "not_achieved", "ไม่บรรลุ"
    UNDECIDED = "undecided", "นิเทศแล้ว รอพิจารณา"
    REPEATED = "repeated", "มีรอบที่ 2"
    WIDE_GAP = "gap", "คะแนนต่างกันมาก"
    ADVICE_OVERDUE = "advice_overdue", "ข้อเสนอแนะเกินกำหนด"
    WITHOUT_OWN = "without_own", "ไม่มีผลประเมินตนเองให้เทียบ"
    UNOPENED = "unopened", "ยังไม่เปิดรอบ"


@dataclass(frozen=True)
class SchoolLine:
    """One school of the list in the term.

    `score` is over all indicators, or of the standard that the list is about. `last_seen_on` is
    known of schools without a visit in the term.
    """

    row: SchoolTerm
    in_charge: Sequence[User]
    score: SchoolScore | None
    gaps: GapSummary
    advice: AdviceSummary
    last_seen_on: date | None

    @property
    def name(self) -> str:
        return self.row.school.short_name

    @property
    def url(self) -> str:
        return school_results_url(self.row.school.pk, self.row.term.pk)

    @property
    def school_url(self) -> str:
        return cached_url("school", self.row.school.pk)

    @property
    def cluster(self) -> str:
        return self.row.cluster.name or NO_CLUSTER

    @property
    def state(self) -> tuple[StatusKind, str]:
        """The sign and the words of how far the school is."""
        row = self.row
        if not row.rounds:
            return StatusKind.IDLE, "ยังไม่เปิดรอบ"
        if row.decision == DecisionResult.ACHIEVED:
            return StatusKind.DONE, "บรรลุ"
        if row.decision == DecisionResult.NOT_ACHIEVED:
            return StatusKind.LATE, "ไม่บรรลุ"
        if self.is_undecided:
            return StatusKind.WAITING, "นิเทศแล้ว รอพิจารณา"
        if row.had_second_round:
            return StatusKind.WAITING, f"ไม่บรรลุรอบก่อน กำลังทำรอบที่ {row.rounds}"
        if row.is_assessed:
            return StatusKind.WAITING, "ประเมินตนเองแล้ว รอนิเทศ"
        return StatusKind.IDLE, "ยังไม่ยืนยันการประเมินตนเอง"

    @property
    def is_undecided(self) -> bool:
        """Whether its latest round has a signed visit and waits for its decision."""
        visit, row = self.row.visit, self.row
        return visit is not None and visit.round_id == row.latest_round_id and not row.decision

    @property
    def mean(self) -> Decimal | None:
        return self.score.visit if self.score else None

    @property
    def own(self) -> Decimal | None:
        return self.score.own if self.score else None

    @property
    def gap(self) -> Decimal | None:
        return self.score.gap if self.score else None

    @property
    def gap_text(self) -> str | None:
        return signed_text(self.gap)


COUNT_TESTS: Mapping[str, Callable[[SchoolLine], bool]] = {
    SchoolCount.ALL: lambda line: True,
    SchoolCount.VISITED: lambda line: line.row.is_visited,
    SchoolCount.JUDGED: lambda line: line.mean is not None,
    SchoolCount.UNVISITED: lambda line: not line.row.is_visited,
    SchoolCount.ACHIEVED: lambda line: line.row.decision == DecisionResult.ACHIEVED,
    SchoolCount.NOT_ACHIEVED: lambda line: line.row.decision == DecisionResult.NOT_ACHIEVED,
    SchoolCount.UNDECIDED: lambda line: line.is_undecided,
    SchoolCount.REPEATED: lambda line: line.row.had_second_round,
    SchoolCount.WIDE_GAP: lambda line: line.gaps.wide > 0,
    SchoolCount.ADVICE_OVERDUE: lambda line: line.advice.overdue > 0,
    SchoolCount.WITHOUT_OWN: lambda line: (
        line.row.visit is not None and not line.row.visit.own_sheet_id
    ),
    SchoolCount.UNOPENED: lambda line: not line.row.rounds,
}


# --- Sorting ---

SortValue = Callable[[SchoolLine], Any]
# What a column sorts by; None where the school has nothing, which always comes last.
SORT_VALUES: Mapping[str, SortValue] = {
    "name": lambda line: line.row.school.sort_key,
    "cluster": lambda line: line.row.cluster.sort_key or None,
    "visited": lambda line: line.row.visit.visit_on if line.row.visit else None,
    "last_seen": lambda line: line.last_seen_on or date.min,
    "mean": lambda line: line.mean,
    "own": lambda line: line.own,
    "gap": lambda line: line.gap,
    "wide": lambda line: line.gaps.wide,
    "open": lambda line: line.advice.open,
    "overdue": lambda line: line.advice.overdue,
}


@dataclass(frozen=True)
class SortColumn:
    """A column by which the list can be sorted; `asks` is the address's word for the next press."""

    label: str
    asks: str
    direction: str
    is_number: bool = False

    @property
    def sign(self) -> str:
        return {"ascending": "▲", "descending": "▼"}.get(self.direction, "↕")


COLUMN_LABELS = {
    "name": "โรงเรียน",
    "cluster": "กลุ่มโรงเรียน",
    "visited": "วันที่นิเทศ",
    "mean": "ศน.",
    "own": "ตนเอง",
    "gap": "ผลต่าง",
    "wide": "ต่างมาก (ข้อ)",
    "open": "ยังไม่ปิด",
    "overdue": "เกินกำหนด",
}
NUMBER_COLUMNS = ("mean", "own", "gap", "wide", "open", "overdue")


def sort_columns(sort: str) -> dict[str, SortColumn]:
    """The head of each column: numbers begin with the highest, words with the first."""
    return {name: _sort_column(name, sort) for name in COLUMN_LABELS}


def _sort_column(name: str, sort: str) -> SortColumn:
    first = f"-{name}" if name in NUMBER_COLUMNS else name
    second = name if first.startswith("-") else f"-{name}"
    direction = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
    return SortColumn(
        COLUMN_LABELS[name], second if sort == first else first, direction, name in NUMBER_COLUMNS
    )


def sorted_lines(lines: Iterable[SchoolLine], sort: str) -> list[SchoolLine]:
    """The lines by a column (`-` before its name turns the order); as they come otherwise."""
    found, value = list(lines), SORT_VALUES.get(sort.removeprefix("-"))
    if value is None:
        return found
    known = [line for line in found if value(line) is not None]
    unknown = [line for line in found if value(line) is None]
    return sorted(known, key=value, reverse=sort.startswith("-")) + unknown
