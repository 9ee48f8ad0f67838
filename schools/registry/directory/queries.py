"""The directory of schools: what it lists, as the filters ask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from schools.enums import Role
from schools.models import ClusterMembership, Post, School, SizeScheme
from schools.querysets import SchoolQuerySet
from schools.registry.directory.forms import GRADES_OF, DirectoryFilter, Gap, Level, Status
from schools.registry.queries import readable_schools
from schools.sizes import Counted, latest_counts, scheme_in_use, size_of
from schools.thai import academic_year, arabic_digits, search_key


@dataclass(frozen=True)
class Row:
    """One school of the directory on one day."""

    school: School
    counted: Counted | None
    size: str
    today: date

    @property
    def cluster(self) -> str:
        return self.school.cluster_name or ""

    @property
    def status(self) -> str:
        return self.school.status_on(self.today)

    @property
    def is_open(self) -> bool:
        return self.school.is_open_on(self.today)

    @property
    def is_counted_this_year(self) -> bool:
        return self.counted is not None and self.counted.year >= academic_year(self.today)


# How a school shows that the register does not know something of it.
LACKS: Mapping[Gap, Callable[[Row], bool]] = {
    Gap.CODE: lambda row: not row.school.obec_code,
    Gap.CLUSTER: lambda row: not row.cluster,
    Gap.DISTRICT: lambda row: not row.school.district,
    Gap.GRADES: lambda row: not row.school.grades,
    Gap.POSITION: lambda row: not row.school.position,
    Gap.INTERNET: lambda row: not row.school.internet,
    Gap.PUPILS: lambda row: not row.is_counted_this_year,
    Gap.DIRECTOR: lambda row: not row.school.has_director,
}


@dataclass(frozen=True)
class Directory:
    """The schools asked for, of all that the person may read."""

    form: DirectoryFilter
    rows: Sequence[Row]
    total: int
    scheme: SizeScheme | None

    @property
    def pupils(self) -> str:
        """Of all the rows together; empty while none is counted."""
        pupils = sum(row.counted.pupils for row in self.rows if row.counted)
        return f"{pupils:,}" if pupils else ""


def directory_of(user: Any, asked: Mapping[str, str], today: date) -> Directory:
    readable, scheme = readable_schools(user), scheme_in_use()
    form = _filter(asked, readable, scheme, today)
    wanted = form.cleaned_data
    schools = readable.filter(_status(wanted.get("status"), today), _facts(wanted))
    rows = [row for row in _rows(schools, scheme, today) if _is_wanted(row, wanted)]
    return Directory(form, rows, readable.count(), scheme)


def _filter(
    asked: Mapping[str, str], readable: SchoolQuerySet, scheme: SizeScheme | None, today: date
) -> DirectoryFilter:
    memberships = ClusterMembership.objects.in_force(today).filter(school__in=readable)
    clusters = memberships.order_by("cluster__sort_key").values_list("cluster", "cluster__name")
    districts = readable.exclude(district="").order_by("district").values_list("district")
    form = DirectoryFilter(
        asked,
        clusters=clusters.distinct(),
        districts=[name for (name,) in districts.distinct()],
        scheme=scheme,
    )
    form.is_valid()
    return form


def _rows(schools: SchoolQuerySet, scheme: SizeScheme | None, today: date) -> Iterable[Row]:
    directors = Post.objects.in_force(today).filter(
        school=OuterRef("pk"), role=Role.SCHOOL_DIRECTOR
    )
    counts = latest_counts(schools)
    for school in schools.with_cluster(today).annotate(has_director=Exists(directors)):
        counted = counts.get(school.pk)
        yield Row(school, counted, size_of(scheme, counted), today)


def _status(wanted: str | None, today: date) -> Q:
    is_open = Q(closed_on=None) | Q(closed_on__gt=today)
    return {
        Status.ALL: Q(),
        Status.CLOSED: ~is_open & Q(merged_into=None),
        Status.MERGED: ~is_open & Q(merged_into__isnull=False),
    }.get(wanted, is_open)


def _facts(wanted: Mapping[str, str]) -> Q:
    found = Q(**{name: wanted[name] for name in ("district", "internet") if wanted.get(name)})
    if level := wanted.get("level"):
        lowest, highest = GRADES_OF[Level(level)]
        found &= Q(first_grade__lte=highest, last_grade__gte=lowest)
    return found


def _is_wanted(row: Row, wanted: Mapping[str, str]) -> bool:
    if wanted.get("cluster") and str(row.school.cluster_pk) != wanted["cluster"]:
        return False
    if wanted.get("size") and row.size != wanted["size"]:
        return False
    if wanted.get("gap") and not LACKS[Gap(wanted["gap"])](row):
        return False
    return _is_named(row.school, wanted.get("q", ""))


def _is_named(school: School, words: str) -> bool:
    """By a part of the name, however it is spelt, or by the beginning of a code."""
    key, digits = search_key(words), "".join(arabic_digits(words).split())
    codes = [code for code in (school.obec_code, school.ministry_code) if code]
    return key in search_key(school.name) or any(code.startswith(digits) for code in codes)


def gaps_on(today: date) -> list[tuple[Gap, int]]:
    """In how many of the open schools each thing is still unknown; nothing for what is complete."""
    rows = list(_rows(School.objects.open_on(today), None, today))
    lacking = ((gap, sum(lacks(row) for row in rows)) for gap, lacks in LACKS.items())
    return [(gap, schools) for gap, schools in lacking if schools]
