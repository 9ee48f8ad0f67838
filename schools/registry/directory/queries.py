"""The directory of schools: what it lists, as the filters ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from schools.enums import Role
from schools.models import ClusterMembership, Post, School, SizeScheme
from schools.querysets import SchoolQuerySet
from schools.registry.directory.forms import GRADES_OF, DirectoryFilter, Gap, Level, Status
from schools.registry.queries import readable_schools
from schools.sizes import scheme_in_use, size_of, with_pupils
from schools.thai import academic_year, arabic_digits, search_key


@dataclass(frozen=True)
class Row:
    """One school of the directory."""

    school: School
    size: str
    status: str
    is_open: bool

    @property
    def cluster(self) -> str:
        return self.school.cluster_name or ""

    @property
    def pupils(self) -> int | None:
        return self.school.pupils


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
        pupils = sum(row.pupils or 0 for row in self.rows)
        return f"{pupils:,}" if pupils else ""


def directory_of(user: Any, asked: Mapping[str, str], today: date) -> Directory:
    readable, scheme = readable_schools(user), scheme_in_use()
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
    wanted = form.cleaned_data
    schools = known_of(readable, today).filter(
        _status(wanted.get("status"), today),
        _facts(wanted),
        _size(wanted.get("size"), scheme),
        gaps(today).get(wanted.get("gap"), Q()),
    )
    rows = [
        Row(s, size_of(scheme, s.pupils), s.status_on(today), s.is_open_on(today))
        for s in schools
        if _is_named(s, wanted.get("q", ""))
    ]
    return Directory(form, rows, readable.count(), scheme)


def _status(wanted: str | None, today: date) -> Q:
    is_open = Q(closed_on=None) | Q(closed_on__gt=today)
    return {
        Status.ALL: Q(),
        Status.CLOSED: ~is_open & Q(merged_into=None),
        Status.MERGED: ~is_open & Q(merged_into__isnull=False),
    }.get(wanted, is_open)


def _facts(wanted: Mapping[str, str]) -> Q:
    found = Q()
    for name, path in (("cluster", "cluster_pk"), ("district",) * 2, ("internet",) * 2):
        if value := wanted.get(name):
            found &= Q(**{path: value})
    if level := wanted.get("level"):
        lowest, highest = GRADES_OF[Level(level)]
        found &= Q(first_grade__lte=highest, last_grade__gte=lowest)
    return found


def _size(label: str | None, scheme: SizeScheme | None) -> Q:
    if not label or scheme is None:
        return Q()
    band = next(band for band in scheme.bands.all() if band.label == label)
    up_to = Q() if band.high is None else Q(pupils__lte=band.high)
    return Q(pupils__gte=band.low) & up_to


def _is_named(school: School, words: str) -> bool:
    """By a part of the name, however it is spelt, or by the beginning of a code."""
    key, digits = search_key(words), "".join(arabic_digits(words).split())
    codes = [code for code in (school.obec_code, school.ministry_code) if code]
    return key in search_key(school.name) or any(code.startswith(digits) for code in codes)


# --- What the register does not know yet ---


def known_of(schools: SchoolQuerySet, today: date) -> SchoolQuerySet:
    """Each with its cluster, its pupils and whether it has a director today."""
    directors = Post.objects.in_force(today).filter(
        school=OuterRef("pk"), role=Role.SCHOOL_DIRECTOR
    )
    return with_pupils(schools.with_cluster(today)).annotate(has_director=Exists(directors))


def gaps(today: date) -> Mapping[str, Q]:
    """How a school of `known_of` shows that it lacks something."""
    return {
        Gap.CODE: Q(obec_code=None),
        Gap.CLUSTER: Q(cluster_pk=None),
        Gap.DISTRICT: Q(district=""),
        Gap.GRADES: Q(first_grade=None),
        Gap.POSITION: Q(latitude=None),
        Gap.INTERNET: Q(internet=""),
        Gap.PUPILS: Q(count_year=None) | Q(count_year__lt=academic_year(today)),
        Gap.DIRECTOR: Q(has_director=False),
    }


def gaps_on(today: date) -> list[tuple[Gap, int]]:
    """In how many of the open schools each thing is still unknown; nothing for what is complete."""
    schools = known_of(School.objects.open_on(today), today)
    counts = {gap.value: Count("pk", filter=lacking) for gap, lacking in gaps(today).items()}
    found = schools.aggregate(**{f"without_{name}": count for name, count in counts.items()})
    return [(gap, found[f"without_{gap}"]) for gap in Gap if found[f"without_{gap}"]]
