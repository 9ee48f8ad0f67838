"""How large a school is: its latest count of pupils, and what the office's scheme calls that."""

from typing import TypeVar

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum

from schools.models import GradeCount, School, SizeScheme, YearlyCount

Schools = TypeVar("Schools", bound=QuerySet[School])


def with_pupils(schools: Schools) -> Schools:
    """Each with `pupils` of its latest count, and that count's year and day; None while unknown."""
    counts = YearlyCount.objects.filter(school=OuterRef("pk"), grades__isnull=False)
    latest = counts.order_by("-academic_year__year")
    grades = GradeCount.objects.filter(count=OuterRef("count_pk")).order_by().values("count")
    pupils = grades.annotate(pupils=Sum(F("boys") + F("girls"))).values("pupils")
    return schools.annotate(
        count_pk=Subquery(latest.values("pk")[:1]),
        count_year=Subquery(latest.values("academic_year__year")[:1]),
        counted_on=Subquery(latest.values("counted_on")[:1]),
        count_is_sample=Subquery(latest.values("is_sample")[:1]),
        pupils=Subquery(pupils, output_field=IntegerField()),
    )


def scheme_in_use() -> SizeScheme | None:
    """The scheme that the office has confirmed, with its bands."""
    return SizeScheme.objects.filter(area__isnull=False).prefetch_related("bands").first()


def size_of(scheme: SizeScheme | None, pupils: int | None) -> str:
    """The word of a school's size; empty while scheme or pupils are unknown."""
    return "" if scheme is None or pupils is None else scheme.size_of(pupils)
