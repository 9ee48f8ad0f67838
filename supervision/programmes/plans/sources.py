"""What a plan can be made from: the schools' needs, weak results and open advice of today."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import IntegerField, Value
from django.db.models.functions import Cast

from schools.core.registry import Registry
from schools.models import School, Term, User
from supervision.improvement.models import Recommendation
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsCampaign, TakenUpNeed
from supervision.needs.results import levels_by_area
from supervision.needs.scoring import rank_area_needs
from supervision.programmes.plans.enums import PlanSourceKind
from supervision.results.school_terms import (
    ALL_RESULTS,
    last_term_with_results,
    load_school_terms,
)
from supervision.results.scores import StandardResult, load_scores

SHOWN_SOURCES = 5


@dataclass(frozen=True)
class SourceCandidate:
    """One piece of information that a plan may rest on, as the portal knows it today."""

    kind: PlanSourceKind
    text: str
    detail: str = ""

    @property
    def key(self) -> str:
        """What a tick box sends: what it is, without figures that may move meanwhile."""
        return f"{self.kind}:{self.text}"


@dataclass(frozen=True)
class SourceGroup:
    """The candidates of one kind, and the period that they are of; empty says why."""

    kind: PlanSourceKind
    period: str
    candidates: Sequence[SourceCandidate]


# What the quality drive came to is known above this app.
DRIVE_RESULTS = "drive results"
drive_result_sources: Registry[str, Callable[[User], SourceGroup]] = Registry("sources of a plan")


def source_groups(user: User, today: date) -> list[SourceGroup]:
    """Needs, results and advice of today, in the order in which a plan is made of them."""
    open_records = _load_open_records(user)
    return [
        _needs(today),
        _taken_up_needs(open_records),
        _weak_results(user, today),
        drive_result_sources.get(DRIVE_RESULTS)(user),
        _open_advice(open_records),
    ]


def _needs(today: date) -> SourceGroup:
    """The most urgent areas of the newest survey that schools have answered."""
    answered = NeedsCampaign.objects.filter(
        opens_on__lte=today, surveys__state=SurveyState.SUBMITTED
    )
    periods = answered.select_related("term__academic_year", "academic_year")
    campaign = periods.distinct().first()
    if campaign is None:
        return SourceGroup(PlanSourceKind.NEED, "", [])
    sent = campaign.surveys.filter(state=SurveyState.SUBMITTED)
    found = [
        SourceCandidate(
            PlanSourceKind.NEED,
            f"{need.name} ({campaign.period})",
            f"ลำดับที่ {need.rank} · PNI {need.index} · {need.n} โรงเรียน",
        )
        for need in rank_area_needs(levels_by_area(sent))
        if need.rank is not None
    ]
    return SourceGroup(PlanSourceKind.NEED, campaign.period, found[:SHOWN_SOURCES])


class _OpenRecord(NamedTuple):
    """A need that was taken up, by its text, or advice, by the standard that it is about."""

    kind: str
    number: int | None
    text: str | None
    school: int


def _load_open_records(user: User) -> list[_OpenRecord]:
    """Needs and advice that nobody has closed, in one query.

    More people read a plan than know what was said of a school from outside: of advice only that
    of rounds.
    """
    needs = TakenUpNeed.objects.visible_to(user).still_open().order_by()
    advice = Recommendation.objects.visible_to(user).of_rounds().agreed().still_open().order_by()
    kinds = PlanSourceKind
    no_number = Cast(Value(None), IntegerField())
    rows = needs.values_list(Value(kinds.TAKEN_UP.value), no_number, "text", "school").union(
        advice.values_list(
            Value(kinds.ADVICE.value),
            "indicator__standard__number",
            "indicator__standard__name",
            "school",
        ),
        all=True,
    )
    return [_OpenRecord(*row) for row in rows]


def _taken_up_needs(rows: Iterable[_OpenRecord]) -> SourceGroup:
    """What the unit took up of schools and works on, by what it is; of the most schools first."""
    schools: dict[str, set[int]] = {}
    for row in rows:
        if row.kind == PlanSourceKind.TAKEN_UP:
            schools.setdefault(row.text or "", set()).add(row.school)
    found = [
        SourceCandidate(PlanSourceKind.TAKEN_UP, text, f"{len(of_need)} โรงเรียน")
        for text, of_need in sorted(schools.items(), key=lambda one: (-len(one[1]), one[0]))
    ]
    return SourceGroup(PlanSourceKind.TAKEN_UP, "ที่ยังดำเนินการ", found[:SHOWN_SOURCES])


def _weak_results(user: User, today: date) -> SourceGroup:
    """Standards below their target in the latest term with results; else the lowest means."""
    term = last_term_with_results(today)
    if term is None:
        return SourceGroup(PlanSourceKind.RESULT, "", [])
    rows = load_school_terms(user, School.objects.all(), [term], today, with_clusters=False)
    judged = load_scores(rows, ALL_RESULTS).standard_results(term.pk)
    lowest = sorted(judged, key=lambda result: result.summary.visit.mean or 0)
    weak = [result for result in lowest if _is_below_target(result)] or lowest[:2]
    found = [_result_candidate(result, term) for result in weak[:SHOWN_SOURCES]]
    return SourceGroup(PlanSourceKind.RESULT, f"ภาคเรียนที่ {term}", found)


def _is_below_target(result: StandardResult) -> bool:
    mean = result.summary.visit.mean
    return mean is not None and result.target is not None and mean < result.target


def _result_candidate(result: StandardResult, term: Term) -> SourceCandidate:
    found, target = result.summary.visit, result.target
    relation = "ต่ำกว่าเป้าหมาย" if _is_below_target(result) else "เป้าหมาย"
    against = f" · {relation} {target}" if target is not None else ""
    return SourceCandidate(
        PlanSourceKind.RESULT,
        f"{result.standard.label} (ภาคเรียนที่ {term})",
        f"ค่าเฉลี่ย {found.mean} {found.meaning}{against} · {found.n} โรงเรียน",
    )


def _open_advice(rows: Iterable[_OpenRecord]) -> SourceGroup:
    """Advice of rounds that nobody has closed, by the standard that it is about; the most first."""
    counted: Counter[str] = Counter()
    schools: dict[str, set[int]] = {}
    for row in rows:
        if row.kind == PlanSourceKind.ADVICE:
            subject = f"มาตรฐานที่ {row.number} {row.text}" if row.text else "ไม่ได้ระบุตัวชี้วัด"
            counted[subject] += 1
            schools.setdefault(subject, set()).add(row.school)
    found = [
        SourceCandidate(
            PlanSourceKind.ADVICE,
            f"ข้อเสนอแนะที่ยังไม่ปิด: {subject}",
            f"{count} ข้อ · {len(schools[subject])} โรงเรียน",
        )
        for subject, count in counted.most_common(SHOWN_SOURCES)
    ]
    return SourceGroup(PlanSourceKind.ADVICE, "ทุกภาคเรียนที่ยังค้าง", found)
