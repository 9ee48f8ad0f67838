"""How large a school is: its latest count of pupils, and what the office's scheme calls that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from schools.models import AcademicYear, School, SizeBand, SizeScheme, YearlyCount

PUPILS_OF_ALL_GRADES = Sum(F("grades__boys") + F("grades__girls"))


@dataclass(frozen=True)
class PupilCount:
    """A school's pupils of one year, on the day they were counted."""

    year: int
    on: date | None
    pupils: int
    is_sample: bool


def latest_counts(schools: Iterable[School]) -> dict[int, PupilCount]:
    """Each school's newest count with pupils, by the school's key.

    One grouped query: as subqueries of each school, PostgreSQL took a second for an area.
    """
    counted = YearlyCount.objects.filter(school__in=schools, grades__isnull=False)
    counts = counted.annotate(total=PUPILS_OF_ALL_GRADES)
    rows = counts.order_by("academic_year__year").values_list(
        "school", "academic_year__year", "counted_on", "total", "is_sample"
    )
    return {school: PupilCount(*facts) for school, *facts in rows}


def confirmed_size_scheme() -> SizeScheme | None:
    """The scheme that the office has confirmed, with its bands."""
    return SizeScheme.objects.filter(area__isnull=False).prefetch_related("bands").first()


def confirmed_size_bands() -> list[SizeBand]:
    """The bands of that scheme, small ones first; empty without a scheme."""
    return list(SizeBand.objects.filter(scheme__area__isnull=False).order_by("low"))


def school_size(scheme: SizeScheme | None, counted: PupilCount | None) -> str:
    """The word of a school's size; empty while scheme or pupils are unknown."""
    return "" if scheme is None or counted is None else scheme.size_of(counted.pupils)


def school_sizes_in_year(year: AcademicYear) -> dict[int, str]:
    """Each school's size by its pupils of that year, small ones first; empty without a scheme."""
    scheme = confirmed_size_scheme()
    if scheme is None:
        return {}
    counted = YearlyCount.objects.filter(academic_year=year, grades__isnull=False)
    counts = counted.annotate(total=PUPILS_OF_ALL_GRADES).order_by("total")
    sizes = {school: scheme.size_of(n) for school, n in counts.values_list("school", "total")}
    return {school: size for school, size in sizes.items() if size}


def school_sizes_by_year(bands: Sequence[SizeBand]) -> dict[tuple[int, int], str]:
    """Each school's size by school and academic year; empty without bands of a scheme."""
    if not bands:
        return {}
    counts = YearlyCount.objects.filter(grades__isnull=False).annotate(total=PUPILS_OF_ALL_GRADES)
    rows = counts.order_by().values_list("school", "academic_year", "total")
    return {
        (school, year): next((band.label for band in bands if band.contains(total)), "")
        for school, year, total in rows
    }
