from collections.abc import Mapping
from datetime import date

from django.db import transaction

from schools.core.errors import ActionRefused
from schools.core.history import save_with_history
from schools.core.thai import short_date, sort_key
from schools.models import AcademicYear, Area, Cluster, Term, User

TermDays = Mapping[int, tuple[date, date]]


@transaction.atomic
def update_area(area: Area, *, by: User) -> None:
    """Keep what was put right about the office and its size scheme; the caller has locked it."""
    save_with_history(area, by=by)


@transaction.atomic
def save_cluster(cluster: Cluster, *, by: User) -> None:
    """Enter a cluster, or put its name and note right."""
    _lock(cluster.area)
    check_cluster_name_is_free(cluster.name, of=cluster)
    save_with_history(cluster, by=by)


def check_cluster_name_is_free(name: str, *, of: Cluster) -> None:
    """No two clusters are called alike. Raises ActionRefused, by field."""
    if other := Cluster.objects.exclude(pk=of.pk).filter(sort_key=sort_key(name)).first():
        raise ActionRefused(field_errors={"name": f"มี{other}อยู่แล้ว โปรดใช้ชื่ออื่น"})


@transaction.atomic
def create_academic_year(area: Area, *, by: User, year: int, terms: TermDays) -> AcademicYear:
    """Enter an academic year with the days of its terms."""
    _lock(area)
    if area.academic_years.filter(year=year).exists():
        raise ActionRefused(f"ปฏิทินมีปีการศึกษา {year} แล้ว โปรดแก้ไขวันเปิดปิดที่ปีนั้น")
    row = AcademicYear.objects.create(area=area, year=year)
    _save_terms(row, terms, by=by)
    return row


@transaction.atomic
def update_terms(year: AcademicYear, *, by: User, terms: TermDays) -> None:
    """The authority may move the days of a term."""
    _lock(year.area)
    _save_terms(year, terms, by=by)


def _save_terms(year: AcademicYear, terms: TermDays, *, by: User) -> None:
    _check_no_overlap(year, terms)
    stored = {term.number: term for term in year.terms.all()}
    for number, days in terms.items():
        term = stored.get(number) or Term(academic_year=year, number=number)
        if (term.opens_on, term.closes_on) != days:
            term.opens_on, term.closes_on = days
            save_with_history(term, by=by)


def _check_no_overlap(year: AcademicYear, terms: TermDays) -> None:
    """No day is in two terms, or two rounds would call it theirs."""
    for other in Term.objects.exclude(academic_year=year).select_related("academic_year"):
        for opens, closes in terms.values():
            if other.opens_on < closes and opens < other.closes_on:
                raise ActionRefused(
                    f"วันเรียนซ้อนกับภาคเรียนที่ {other} ({short_date(other.opens_on)} ถึง "
                    f"{short_date(other.closes_on)}) โปรดตรวจวันเปิดและวันปิด"
                )


def _lock(area: Area) -> None:
    Area.objects.select_for_update().get(pk=area.pk)
