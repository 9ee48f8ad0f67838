"""A school's registry card: everything the office knows of it, and what looks wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from schools.models import Area, ClusterMembership, Post, School, SizeScheme, YearlyCount
from schools.registry.counts.queries import Line, counts_of, doubts_about, lines_of
from schools.sizes import scheme_in_use

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
