"""A school's registry card: everything the office knows of it, and what looks wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from schools.models import Area, ClusterMembership, Post, School, SizeScheme, YearlyCount
from schools.registry.counts.queries import Line, counts_of, doubts_about, lines_of
from schools.sizes import scheme_in_use

YEARS_SHOWN = 5
CHANGES_SHOWN = 20


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


def card_of(school: School, area: Area, today: date) -> Card:
    counts = counts_of(school)
    return Card(
        memberships=list(school.memberships.select_related("cluster")),
        posts=list(school.posts.in_force(today).select_related("user")),
        merged_from=list(school.merged_from.order_by("closed_on")),
        counts=counts,
        scheme=scheme_in_use(),
        doubts=[*doubts_about_code(school, area), *doubts_about(counts)],
    )


def doubts_about_code(school: School, area: Area) -> Iterator[str]:
    """A code of another area is possible, so it is shown and never refused."""
    if area.code and school.obec_code and not school.obec_code.startswith(area.code):
        yield (
            f"รหัสโรงเรียน {school.obec_code} ไม่ขึ้นต้นด้วยรหัสเขตพื้นที่ {area.code} โปรดตรวจกับทะเบียนของ สพฐ."
        )


# --- Who changed the school's facts ---


@dataclass(frozen=True)
class Change:
    """One saved change of the school's facts, as components/history.html shows it."""

    what: str
    who: str
    when: datetime
    reason: str


def changes_of(school: School) -> list[Change]:
    """The newest changes first; the oldest line is the school's entry in the register."""
    records = list(school.history.select_related("history_user")[: CHANGES_SHOWN + 1])
    changes = [_change(new, _differing(new, old)) for new, old in pairwise(records)]
    if len(records) <= CHANGES_SHOWN:
        changes += [_change(first, "เพิ่มในทะเบียน") for first in records[-1:]]
    return changes


def _change(record: object, what: str) -> Change:
    who = str(record.history_user or "ระบบ")
    return Change(what, who, record.history_date, record.history_change_reason or "")


def _differing(new: object, old: object) -> str:
    fields = [
        School._meta.get_field(name).verbose_name
        for name in new.diff_against(old, excluded_fields=["sort_key"]).changed_fields
    ]
    return f"แก้ไข{' '.join(map(str, fields))}" if fields else "บันทึกโดยไม่เปลี่ยนข้อมูล"
