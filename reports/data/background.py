"""What a year's results stand on: orders, people, schools, calendar and means of supervision."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import F, Sum

from reports.data.area import NO_SIZE
from reports.data.facts import ReportedRound
from reports.data.schema import (
    ClusterSize,
    IndicatorInBrief,
    NamedCount,
    OrderInForce,
    TermDays,
    YearBackground,
)
from schools.enums import EducationLevel, Grade, Role
from schools.models import AcademicYear, Appointment, GradeCount, School, Term
from schools.school_sizes import confirmed_size_bands
from supervision.assignments.models import OfficialOrder
from supervision.needs.enums import SupervisionMode
from supervision.results.indicators import IndicatorResult, indicator_results
from supervision.results.school_terms import ALL_RESULTS, load_area_school_terms
from supervision.standards.models import WorkGroup

STAFF_ROLES = (Role.GROUP_DIRECTOR, Role.WORK_GROUP_HEAD, Role.SUPERVISOR)
SHOWN_ORDERS = 5
SHOWN_INDICATORS = 5


def year_background(
    year: AcademicYear,
    rounds: Sequence[ReportedRound],
    schools: Sequence[School],
    sizes: Mapping[int, str],
    today: date,
) -> YearBackground:
    """Of these schools and rounds of the year, as of its last day or today while it goes on.

    `sizes` says by school what the office's scheme calls it, small ones first.
    """
    terms = list(year.terms.order_by("number"))
    day = min(today, terms[-1].closes_on) if terms else today
    open_schools = [school for school in schools if school.is_open_on(day)]
    lowest_term = _last_term_with_results(rounds)
    return {
        "orders": _orders(day),
        "work_groups": [group.name for group in WorkGroup.objects.all()],
        "staff": _staff(day),
        "schools": len(open_schools),
        "clusters": _clusters(open_schools, day),
        "sizes": _sizes(open_schools, sizes),
        "levels": _levels(open_schools),
        "pupils": _pupils(year),
        "terms": [_term_days(term) for term in terms],
        "modes": _modes(rounds),
        "meetings": len({d.meeting_id for r in rounds if (d := r.decision)}),
        "lowest_term": str(lowest_term or ""),
        "lowest_indicators": _lowest_indicators(year, lowest_term, today) if lowest_term else [],
    }


def _orders(day: date) -> list[OrderInForce]:
    """Orders in force on that day, newest first."""
    shown = OfficialOrder.objects.in_force(day).order_by("-effective_on", "-pk")[:SHOWN_ORDERS]
    return [
        {
            "number": row.number,
            "subject": row.subject,
            "ordered_on": row.ordered_on.isoformat(),
            "effective_on": row.effective_on.isoformat(),
        }
        for row in shown
        if row.ordered_on and row.effective_on
    ]


def _staff(day: date) -> list[NamedCount]:
    """Persons of the unit by post, as the register of posts has them."""
    held = Appointment.objects.in_force(day).filter(role__in=STAFF_ROLES)
    found = Counter(role for role, _ in set(held.values_list("role", "user")))
    return [
        {"key": role.value, "name": role.label, "count": found[role]}
        for role in STAFF_ROLES
        if found[role]
    ]


def _clusters(schools: Iterable[School], day: date) -> list[ClusterSize]:
    """By Thai order; schools that belong to none are left out."""
    found = Counter(cluster for school in schools if (cluster := school.cluster_on(day)))
    return [
        {"pk": cluster.pk, "name": cluster.name, "schools": count}
        for cluster, count in sorted(found.items(), key=lambda item: item[0].sort_key)
    ]


def _sizes(schools: Iterable[School], sizes: Mapping[int, str]) -> list[NamedCount]:
    """From small to large; nothing while the office has no scheme."""
    if not sizes:
        return []
    found = Counter(sizes.get(school.pk, NO_SIZE) for school in schools)
    labels = [*(band.label for band in confirmed_size_bands()), NO_SIZE]
    return [
        {"key": str(position), "name": label, "count": found[label]}
        for position, label in enumerate(labels, start=1)
        if found[label]
    ]


def _levels(schools: Iterable[School]) -> list[NamedCount]:
    """The most frequent first."""
    found = Counter(_level(school) for school in schools)
    return [{"key": key, "name": name, "count": n} for (key, name), n in found.most_common()]


def _level(school: School) -> tuple[str, str]:
    """What the school teaches: by the letters of its levels, and in words."""
    if school.last_grade is None:
        return "unknown", "ยังไม่ระบุระดับที่เปิดสอน"
    taught = (
        ("k", "อนุบาล", school.teaches(EducationLevel.EARLY_CHILDHOOD)),
        ("p", "ประถมศึกษา", school.teaches(EducationLevel.BASIC)),
        ("m", "มัธยมศึกษาตอนต้น", school.last_grade >= Grade.M1),
    )
    found = [(key, name) for key, name, is_taught in taught if is_taught]
    return "".join(key for key, _ in found), " ".join(name for _, name in found)


def _modes(rounds: Iterable[ReportedRound]) -> list[NamedCount]:
    found = Counter(visit.mode for reported in rounds for visit in reported.latest_visits)
    return [
        {"key": mode.value, "name": mode.label, "count": found[mode]}
        for mode in SupervisionMode
        if found[mode]
    ]


def _pupils(year: AcademicYear) -> int | None:
    rows = GradeCount.objects.filter(count__academic_year=year)
    total: int | None = rows.aggregate(total=Sum(F("boys") + F("girls")))["total"]
    return total


def _term_days(term: Term) -> TermDays:
    return {
        "term": str(term),
        "opens_on": term.opens_on.isoformat(),
        "closes_on": term.closes_on.isoformat(),
    }


def _last_term_with_results(rounds: Sequence[ReportedRound]) -> Term | None:
    terms = [reported.round.term for reported in rounds if reported.scoring_visit]
    return max(terms, key=lambda term: term.opens_on) if terms else None


def _lowest_indicators(year: AcademicYear, term: Term, today: date) -> list[IndicatorInBrief]:
    """Those with the lowest means; what few schools were judged by says too little."""
    rows = load_area_school_terms(School.objects.filter(area=year.area_id), [term], today)
    results = [one for one in indicator_results(rows, ALL_RESULTS) if not one.is_few]
    lowest = sorted((one for one in results if one.visit.mean is not None), key=_mean_first)
    return [
        {"label": one.label, "mean": f"{one.visit.mean:.2f}", "schools": one.visit.n}
        for one in lowest[:SHOWN_INDICATORS]
    ]


def _mean_first(result: IndicatorResult) -> tuple[object, str]:
    return result.visit.mean, result.label
