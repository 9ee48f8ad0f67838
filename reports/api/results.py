"""Results of schools by standard and by indicator, from the read models of supervision/results.

They are those of the signed visit that counts for a school's term; classroom observations judge
a lesson and are in none of them, nor is what was written beside a level.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from ninja import Query

from reports.api.authentication import ApiRequest
from reports.api.paging import Page, page_of
from reports.api.schemas import AnswerItem, ResultItem, ResultQuery
from schools.models import School, Term
from supervision.assessments.enums import SelfAssessmentState
from supervision.assessments.models import Answer
from supervision.criteria.models import level_prefix
from supervision.results.school_terms import (
    ALL_RESULTS,
    CountedVisit,
    SchoolTerm,
    load_school_terms,
)
from supervision.results.scores import SchoolScore, load_scores
from supervision.results.standards import ResultStandard

# A sheet, and what makes standards of several versions one: level, number, name, scale.
StandardOfSheet = tuple[int, str, int, str, int]


@dataclass(frozen=True)
class VisitedTerm:
    """A school in a term in which a visit counts for it."""

    school_term: SchoolTerm
    visit: CountedVisit


# --- By standard ---


@dataclass(frozen=True)
class VisitedStandard:
    """One standard of a visited school, with the number of indicators that were given a level."""

    visited: VisitedTerm
    standard: ResultStandard
    score: SchoolScore
    indicators: int


def list_results(request: ApiRequest, asked: Query[ResultQuery]) -> Page[ResultItem]:
    """One item for each standard that was judged, by term (newest first), school and standard."""
    visited = _visited_terms(request, asked)
    return page_of(request, asked, _scored_standards(visited), _result_item)


def _scored_standards(visited: Sequence[VisitedTerm]) -> list[VisitedStandard]:
    table = load_scores([one.school_term for one in visited], ALL_RESULTS)
    counts = _indicator_counts(visited)
    scores: dict[tuple[int, int], list[SchoolScore]] = defaultdict(list)
    for term in {one.school_term.term.pk for one in visited}:
        for score in table.school_scores(term):
            scores[term, score.school_id].append(score)
    return [
        VisitedStandard(one, score.standard, score, counts[_key(one.visit, score.standard)])
        for one in visited
        for score in scores[one.school_term.term.pk, one.school_term.school.pk]
        if score.standard
    ]


def _key(visit: CountedVisit, standard: ResultStandard) -> StandardOfSheet:
    return visit.sheet_id, standard.level, standard.number, standard.name, standard.scale.pk


def _indicator_counts(visited: Sequence[VisitedTerm]) -> Counter[StandardOfSheet]:
    """How many indicators the supervisor gave a level, by standard of a visit's sheet."""
    answers = Answer.objects.filter(
        sheet__in=[one.visit.sheet_id for one in visited], level__isnull=False
    )
    groups = answers.order_by().values_list(
        *("sheet", "indicator__standard__indicator_set__level", "indicator__standard__number"),
        *("indicator__standard__name", "indicator__standard__indicator_set__scale"),
    )
    counts: Counter[StandardOfSheet] = Counter()
    for sheet, level, number, name, scale, indicators in groups.annotate(Count("pk")):
        counts[sheet, level_prefix(level), number, name, scale] += indicators
    return counts


def _result_item(row: VisitedStandard) -> ResultItem:
    school_term, visit, score = row.visited.school_term, row.visited.visit, row.score
    return ResultItem(
        term=school_term.term.pk,
        school=school_term.school.pk,
        round=visit.round_number,
        visited_on=visit.visit_on,
        level=row.standard.level,
        standard=row.standard.number,
        standard_name=row.standard.name,
        indicators=row.indicators,
        supervisor_mean=_number(score.visit),
        school_mean=_number(score.own),
        gap=_number(score.gap),
        meaning=score.meaning,
        achieved=score.achieved,
        is_sample=school_term.is_sample,
    )


def _number(value: Decimal | None) -> float | None:
    """A figure of two decimals, which JSON writes exactly as it is printed."""
    return None if value is None else float(value)


# --- By indicator ---


class JudgedIndicator(NamedTuple):
    """One answer of a counted visit, beside the level that the school gave itself."""

    sheet: int
    set_level: int
    standard: int
    code: str
    text: str
    level: int | None
    own_level: int | None


def list_result_answers(request: ApiRequest, asked: Query[ResultQuery]) -> Page[AnswerItem]:
    """One item for each indicator that was judged or set aside, in the order of list_results."""
    visited = {one.visit.sheet_id: one for one in _visited_terms(request, asked)}
    return page_of(request, asked, _judged_indicators(visited), partial(_answer_item, visited))


def _judged_indicators(sheets: Iterable[int]) -> QuerySet:
    """Rows of JudgedIndicator."""
    judged = Q(level__isnull=False) | Q(not_applicable=True)
    standard, school = "indicator__standard", "sheet__round__school"
    answers = Answer.objects.filter(judged, sheet__in=list(sheets)).order_by(
        *("-sheet__round__term__opens_on", f"{school}__sort_key", school),
        *(f"{standard}__indicator_set", f"{standard}__number", "indicator__position", "pk"),
    )
    own = Answer.objects.filter(
        indicator=OuterRef("indicator"),
        sheet__self_assessment__round=OuterRef("sheet__round"),
        sheet__self_assessment__state=SelfAssessmentState.CONFIRMED,
    )
    return answers.values_list(
        *("sheet", f"{standard}__indicator_set__level", f"{standard}__number"),
        *("indicator__code", "indicator__text", "level", Subquery(own.values("level")[:1])),
    )


def _answer_item(visited: Mapping[int, VisitedTerm], row: Sequence[Any]) -> AnswerItem:
    answer = JudgedIndicator._make(row)
    school_term, visit = visited[answer.sheet].school_term, visited[answer.sheet].visit
    both = answer.level is not None and answer.own_level is not None
    return AnswerItem(
        term=school_term.term.pk,
        school=school_term.school.pk,
        round=visit.round_number,
        level=level_prefix(answer.set_level),
        standard=answer.standard,
        indicator=answer.code,
        indicator_text=answer.text,
        supervisor_level=answer.level,
        school_level=answer.own_level,
        gap=(answer.level or 0) - (answer.own_level or 0) if both else None,
        is_sample=school_term.is_sample,
    )


# --- Which schools and terms ---


def _visited_terms(request: ApiRequest, asked: ResultQuery) -> list[VisitedTerm]:
    """Schools that the account sees, in the terms asked for, that a counted visit judged."""
    account, today = request.auth.account, timezone.localdate()
    schools = School.objects.visible_to(account).order_by("sort_key", "pk")
    if asked.school:
        schools = schools.filter(pk=asked.school)
    rows = load_school_terms(account, schools, _terms_asked_for(asked, today), today)
    return [VisitedTerm(row, row.visit) for row in rows if row.visit]


def _terms_asked_for(asked: ResultQuery, today: date) -> list[Term]:
    """Newest first."""
    if asked.term is None and asked.academic_year is None:
        present = Term.objects.in_force(today)
        return [present] if present else []
    terms = Term.objects.select_related("academic_year").order_by("-opens_on", "pk")
    if asked.term:
        terms = terms.filter(pk=asked.term)
    if asked.academic_year:
        terms = terms.filter(academic_year__year=asked.academic_year)
    return list(terms)
