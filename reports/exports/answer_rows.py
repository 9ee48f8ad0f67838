"""The answers that the file of answers has: which sheets, and each of their answers.

They are those of confirmed self-assessments and of the signed visit that counts for each round;
classroom observations judge a lesson, and are in no file. Answers are read as they are sent, so
a long file takes no more memory than a short one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from reports.overview.area_results import result_filter
from reports.overview.filters import OverviewSelection
from schools.models import Term, User
from schools.school_sizes import confirmed_size_bands, school_sizes_by_year
from supervision.assessments.enums import SelfAssessmentState
from supervision.assessments.models import Answer, Evidence, SelfAssessment
from supervision.results.gaps import filter_answers
from supervision.results.school_terms import (
    ResultFilter,
    SchoolTerm,
    SizeWords,
    filter_school_terms,
    load_school_terms,
)
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import decision_moment, scoring_visit

CHUNK_ROWS = 2_000


class ExportedAnswer(NamedTuple):
    """One answer with the indicator that it is about, as the database gives it."""

    sheet_id: int
    set_level: int
    set_name: str
    set_version: int
    standard_number: int
    standard_name: str
    code: str
    text: str
    weight: Decimal
    level: int | None
    not_applicable: bool
    na_reason: str
    has_evidence: bool


@dataclass(frozen=True)
class ExportedSheet:
    """A sheet whose answers are exported: the school's own, or the record of `visit`.

    `counts` says that it is one of the two by which the school's result of the term goes.
    """

    school_term: SchoolTerm
    round: Round
    size: str
    visit: Visit | None
    closed_at: datetime | None
    counts: bool


@dataclass(frozen=True)
class AnswerRow:
    """One row of the file."""

    sheet: ExportedSheet
    answer: ExportedAnswer


def answer_rows(
    user: User, selection: OverviewSelection, terms: Sequence[Term], today: date
) -> Iterator[AnswerRow]:
    """The rows as they come; which sheets they are of is known before the first."""
    wanted, sizes = result_filter(selection), school_sizes_by_year(confirmed_size_bands())
    rows = load_school_terms(user, selection.schools_of_all_days, terms, today)
    kept = list(filter_school_terms(rows, wanted, sizes))
    sheets = exported_sheets(user, kept, terms, sizes)
    return (AnswerRow(sheets[answer.sheet_id], answer) for answer in _answers(sheets, wanted))


def exported_sheets(
    user: User, school_terms: Sequence[SchoolTerm], terms: Sequence[Term], sizes: SizeWords
) -> dict[int, ExportedSheet]:
    """The sheets of these schools in these terms, by pk: of each round at most one a side."""
    of_school_term = {(row.school.pk, row.term.pk): row for row in school_terms}
    found: dict[int, ExportedSheet] = {}
    for round_ in _rounds(user, terms):
        if row := of_school_term.get((round_.school_id, round_.term_id)):
            size = sizes.get((row.school.pk, row.term.academic_year_id), "")
            found |= _sheets_of_round(row, round_, size)
    return found


def _rounds(user: User, terms: Sequence[Term]) -> QuerySet[Round]:
    confirmed = SelfAssessment.objects.filter(state=SelfAssessmentState.CONFIRMED)
    signed = Visit.objects.in_force().order_by("number", "version")
    rounds = Round.objects.visible_to(user).filter(term__in=terms).select_related("decision")
    return rounds.prefetch_related(
        Prefetch("self_assessments", confirmed.order_by("version")), Prefetch("visits", signed)
    )


def _sheets_of_round(row: SchoolTerm, round_: Round, size: str) -> dict[int, ExportedSheet]:
    visit = scoring_visit(list(round_.visits.all()), decision_moment(round_))
    counts = row.visit is not None and row.visit.round_id == round_.pk
    found = {}
    for own in round_.self_assessments.all():
        found[own.sheet_id] = ExportedSheet(row, round_, size, None, own.confirmed_at, counts)
    if visit and visit.sheet_id:
        found[visit.sheet_id] = ExportedSheet(row, round_, size, visit, visit.signed_at, counts)
    return found


def _answers(sheets: Mapping[int, ExportedSheet], wanted: ResultFilter) -> Iterator[ExportedAnswer]:
    """The answers of these sheets that say anything, by term, school, round and side."""
    evidence = Evidence.objects.present().filter(
        sheet=OuterRef("sheet"), indicator=OuterRef("indicator")
    )
    said = Q(level__isnull=False) | Q(not_applicable=True)
    answers = filter_answers(Answer.objects.filter(said, sheet__in=list(sheets)), wanted)
    answers = answers.annotate(has_evidence=Q(evidence__regex=r"\S") | Exists(evidence))
    answers = answers.order_by(
        *("sheet__round__term__opens_on", "sheet__round__school__sort_key"),
        *("sheet__round__number", "sheet__kind", "indicator__standard__indicator_set__level"),
        *("indicator__standard__number", "indicator__position", "pk"),
    )
    rows = answers.values_list(*_ANSWER_FIELDS)
    return map(ExportedAnswer._make, rows.iterator(chunk_size=CHUNK_ROWS))


_STANDARD, _SET = "indicator__standard__", "indicator__standard__indicator_set__"
_ANSWER_FIELDS = (
    *("sheet", f"{_SET}level", f"{_SET}name", f"{_SET}version"),
    *(f"{_STANDARD}number", f"{_STANDARD}name"),
    *("indicator__code", "indicator__text", "indicator__weight"),
    *("level", "not_applicable", "na_reason", "has_evidence"),
)
