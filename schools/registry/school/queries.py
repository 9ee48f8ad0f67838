"""A school's registry card: everything the office knows of it, and what looks wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schools.models import ClusterMembership, Post, School, SizeScheme, YearlyCount
from schools.registry.counts.queries import Line, counts_of, doubts_about, lines_of
from schools.registry.queries import Change, changes_of
from schools.sizes import scheme_in_use
from schools.thai import short_date

YEARS_SHOWN = 5


@dataclass(frozen=True)
class Card:
    """What the page of one school in the register shows beside the school's own facts."""

    memberships: Sequence[ClusterMembership]
    posts: Sequence[Post]
    merged_from: Sequence[School]
    counts: Sequence[YearlyCount]
    scheme: SizeScheme | None
    doubts: Sequence[str]

    @property
    def counted(self) -> YearlyCount | None:
        """The newest count with pupils: what the size is reckoned from."""
        return next((count for count in self.counts if count.grades.all()), None)

    @property
    def size(self) -> str:
        if self.scheme is None or self.counted is None:
            return ""
        return self.scheme.size_of(self.counted.pupils)

    @property
    def years(self) -> Sequence[YearlyCount]:
        return self.counts[:YEARS_SHOWN]

    @property
    def lines(self) -> list[Line]:
        return lines_of(self.years)


def card_of(school: School, today: date) -> Card:
    counts = counts_of(school)
    return Card(
        memberships=list(school.memberships.select_related("cluster")),
        posts=list(school.posts.in_force(today).select_related("user")),
        merged_from=list(school.merged_from.order_by("closed_on")),
        counts=counts,
        scheme=scheme_in_use(),
        doubts=[*doubts_about_code(school), *doubts_about(counts)],
    )


def doubts_about_code(school: School) -> Iterator[str]:
    """A code of another area is possible, so it is shown and never refused."""
    code, of_area = school.obec_code, school.area.code
    if of_area and code and not code.startswith(of_area):
        yield f"รหัสโรงเรียน {code} ไม่ขึ้นต้นด้วยรหัสเขตพื้นที่ {of_area} โปรดตรวจกับทะเบียนของ สพฐ."


MOVES = {"+": "เข้ากลุ่มโรงเรียน", "~": "แก้ไขวันที่สังกัดกลุ่ม", "-": "ยกเลิกการสังกัดกลุ่ม"}


def history_of(school: School) -> list[Change]:
    """Who changed the school's facts or its clusters; the newest first."""
    rows = ClusterMembership.history.filter(school=school.pk)
    moves = map(_move, rows.select_related("cluster", "history_user"))
    return sorted([*changes_of(school), *moves], key=lambda change: change.when, reverse=True)


def _move(row: Any) -> Change:
    until = f" ถึง {short_date(row.ends_on)}" if row.ends_on else ""
    span = f"{row.cluster} ตั้งแต่ {short_date(row.starts_on)}{until}"
    return Change(MOVES[row.history_type], str(row.history_user or "ระบบ"), row.history_date, span)
