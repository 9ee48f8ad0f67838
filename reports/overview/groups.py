"""Schools of a term taken together: by cluster, size, district, classes taught, leader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import models

from reports.charts import StackedBar, level_bar
from reports.data.scores import gap_text
from reports.overview.links import OverviewLinks
from schools.core.thai import sort_key
from schools.enums import Grade
from schools.models import School, User
from schools.registry.school_lists import (
    NO_CLUSTER,
)
from supervision.results.school_terms import SchoolTerm, SizeWords
from supervision.results.scores import ScoreSummary, ScoreTable
from supervision.results.standards import ResultStandard

NOT_KNOWN = "none"  # the key of schools of which the office does not know the group


class ResultGrouping(models.TextChoices):
    """By what schools are taken together; the value stands in the address."""

    CLUSTER = "cluster", "กลุ่มโรงเรียน"
    SIZE = "size", "ขนาด"
    DISTRICT = "district", "อำเภอ"
    TAUGHT = "taught", "ชั้นที่เปิดสอน"
    LEADER = "leader", "หัวหน้าคณะนิเทศ"


class TaughtGrades(models.TextChoices):
    """Which classes a school has, as offices tell schools apart."""

    KINDERGARTEN = "kindergarten", "เฉพาะปฐมวัย"
    KINDERGARTEN_TO_PRIMARY = "primary_with_kindergarten", "ปฐมวัยถึงประถมศึกษา"
    PRIMARY = "primary", "เฉพาะประถมศึกษา"
    TO_SECONDARY = "secondary", "ถึงมัธยมศึกษาตอนต้น"


# What is said of schools of which the group is not known.
NOT_KNOWN_NAMES: Mapping[str, str] = {
    ResultGrouping.CLUSTER: NO_CLUSTER,
    ResultGrouping.SIZE: "ยังไม่ทราบขนาด",
    ResultGrouping.DISTRICT: "ยังไม่ระบุอำเภอ",
    ResultGrouping.TAUGHT: "ยังไม่ระบุชั้นที่เปิดสอน",
    ResultGrouping.LEADER: "ยังไม่มีการนิเทศ",
}
# Groups that are a filter too: their name leads to the same page of that group alone.
FILTERS_OF_GROUPS = (ResultGrouping.CLUSTER, ResultGrouping.SIZE, ResultGrouping.DISTRICT)


@dataclass(frozen=True, order=True)
class SchoolGroup:
    """One group; groups sort by their place, those not known last."""

    is_unknown: bool
    place: str
    key: str
    name: str


@dataclass(frozen=True)
class GroupLine:
    """The scores of one group; `url` leads to the group alone, `schools_url` to its schools."""

    group: SchoolGroup
    summary: ScoreSummary
    url: str
    schools_url: str

    @property
    def bar(self) -> StackedBar:
        counts = [(band.label, band.schools) for band in self.summary.distribution]
        return level_bar(self.group.name, counts)

    @property
    def gap(self) -> str | None:
        return gap_text(self.summary.own.mean, self.summary.visit.mean)

    @property
    def mean(self) -> Decimal | None:
        return self.summary.visit.mean


def group_lines(
    scores: ScoreTable,
    rows: Sequence[SchoolTerm],
    groups: Mapping[int, SchoolGroup],
    by: ResultGrouping,
    links: OverviewLinks,
    standard: ResultStandard | None = None,
) -> list[GroupLine]:
    """The groups that have a result in the term, in their order."""
    if not rows:
        return []
    found = scores.by_school_group(rows[0].term.pk, groups, standard)
    of_standard = {"standard": standard.pk} if standard else {}
    return [
        GroupLine(
            group=group,
            summary=found[group],
            url=_group_url(by, group, links, standard),
            schools_url=links.schools(show="judged", by=by, group=group.key, **of_standard),
        )
        for group in sorted(found)
    ]


def _group_url(
    by: ResultGrouping,
    group: SchoolGroup,
    links: OverviewLinks,
    standard: ResultStandard | None,
) -> str:
    if by not in FILTERS_OF_GROUPS or group.is_unknown:
        return ""
    narrowed = {by.value: group.key}
    return links.standard(standard.pk, **narrowed) if standard else links.results(**narrowed)


def groups_of_schools(
    rows: Iterable[SchoolTerm], by: ResultGrouping, sizes: SizeWords, size_order: Sequence[str]
) -> dict[int, SchoolGroup]:
    """The group of each school of one term, by the school's key.

    `sizes` and `size_order` (the office's words, small ones first) are for groups by size. Names
    of leaders take one query, all others none.
    """
    found = list(rows)
    if by == ResultGrouping.LEADER:
        leaders = User.objects.in_bulk({row.visit.leader_id for row in found if row.visit})
        return {row.school.pk: _group_of_leader(row, leaders) for row in found}
    return {row.school.pk: _group_of(row, by, sizes, size_order) for row in found}


def _group_of(
    row: SchoolTerm, by: ResultGrouping, sizes: SizeWords, size_order: Sequence[str]
) -> SchoolGroup:
    if by == ResultGrouping.CLUSTER:
        return _known(by, str(row.cluster.pk or ""), row.cluster.name, row.cluster.sort_key)
    if by == ResultGrouping.SIZE:
        size = sizes.get((row.school.pk, row.term.academic_year_id), "")
        place = size_order.index(size) if size in size_order else len(size_order)
        return _known(by, size, size, f"{place:03}")
    if by == ResultGrouping.DISTRICT:
        district = row.school.district
        return _known(by, district, district, sort_key(district))
    taught = taught_grades(row.school)
    place = list(TaughtGrades).index(taught) if taught else 0
    return _known(by, taught or "", taught.label if taught else "", str(place))


def _group_of_leader(row: SchoolTerm, leaders: Mapping[int, User]) -> SchoolGroup:
    leader = leaders.get(row.visit.leader_id) if row.visit else None
    by = ResultGrouping.LEADER
    return _known(by, str(leader.pk), str(leader), leader.sort_key) if leader else _known(by)


def _known(by: ResultGrouping, key: str = "", name: str = "", place: str = "") -> SchoolGroup:
    if not key:
        return SchoolGroup(True, "", NOT_KNOWN, NOT_KNOWN_NAMES[by])
    return SchoolGroup(False, place, key, name)


def taught_grades(school: School) -> TaughtGrades | None:
    """None while the register does not say."""
    if school.first_grade is None or school.last_grade is None:
        return None
    if school.last_grade > Grade.P6:
        return TaughtGrades.TO_SECONDARY
    if school.last_grade < Grade.P1:
        return TaughtGrades.KINDERGARTEN
    begins_early = school.first_grade < Grade.P1
    return TaughtGrades.KINDERGARTEN_TO_PRIMARY if begins_early else TaughtGrades.PRIMARY
