from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from schools.models import AcademicYear, Area, Cluster, Term, User
from schools.signing import sign
from schools.thai import short_date, sort_key

Terms = Mapping[int, tuple[date, date]]


@transaction.atomic
def save_cluster(cluster: Cluster, *, by: User) -> None:
    """Enter a cluster, or put its name and note right."""
    _lock(cluster.area)
    check_name_is_free(cluster.name, of=cluster)
    sign(cluster, by=by)
    cluster.save()


def check_name_is_free(name: str, *, of: Cluster) -> None:
    """No two clusters are called alike. Raises ValidationError, by field."""
    if other := Cluster.objects.exclude(pk=of.pk).filter(sort_key=sort_key(name)).first():
        raise ValidationError({"name": f"มี{other}อยู่แล้ว โปรดใช้ชื่ออื่น"})


@transaction.atomic
def add_year(area: Area, *, by: User, year: int, terms: Terms) -> AcademicYear:
    """Enter an academic year with the days of its terms."""
    _lock(area)
    if area.academic_years.filter(year=year).exists():
        raise ValidationError(f"ปฏิทินมีปีการศึกษา {year} แล้ว โปรดแก้ไขวันเปิดปิดที่ปีนั้น")
    row = AcademicYear.objects.create(area=area, year=year)
    _keep_terms(row, terms, by=by)
    return row


@transaction.atomic
def set_terms(year: AcademicYear, *, by: User, terms: Terms) -> None:
    """The authority may move the days of a term."""
    _lock(year.area)
    _keep_terms(year, terms, by=by)


def _keep_terms(year: AcademicYear, terms: Terms, *, by: User) -> None:
    _check_free(year, terms)
    stored = {term.number: term for term in year.terms.all()}
    for number, days in terms.items():
        term = stored.get(number) or Term(academic_year=year, number=number)
        if (term.opens_on, term.closes_on) != days:
            term.opens_on, term.closes_on = days
            sign(term, by=by)
            term.save()


def _check_free(year: AcademicYear, terms: Terms) -> None:
    """No day is in two terms, or two rounds would call it theirs."""
    for other in Term.objects.exclude(academic_year=year).select_related("academic_year"):
        for opens, closes in terms.values():
            if other.opens_on < closes and opens < other.closes_on:
                raise ValidationError(
                    f"วันเรียนซ้อนกับภาคเรียนที่ {other} ({short_date(other.opens_on)} ถึง "
                    f"{short_date(other.closes_on)}) โปรดตรวจวันเปิดและวันปิด"
                )


def _lock(area: Area) -> None:
    Area.objects.select_for_update().get(pk=area.pk)
