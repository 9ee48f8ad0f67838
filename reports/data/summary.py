"""A term over many schools: all of the area, or those of one cluster, in one read model."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from reports.data.area import RoundsBySchool, term_figures
from reports.data.facts import (
    ReportedRound,
    area_heading,
    load_reported_rounds,
    texts_in_records,
    used_indicator_sets,
)
from reports.data.needs import needs_figures
from reports.data.schema import (
    ComparedMean,
    ExplainedDecision,
    MeetingDecisions,
    RecommendationRow,
    SummaryReport,
    SummarySchool,
    UnfinishedSchools,
)
from reports.data.scores import gap_text, two_decimals
from reports.data.term import (
    carried_over_recommendations,
    criteria_figures,
    decision_figures,
    observation_counts,
    recommendation_rows,
)
from reports.data.trends import TERMS_OF_TREND, frozen_trends
from reports.data.year import chosen_practices, latest_result
from schools.access import NO_RIGHTS
from schools.models import Cluster, School, Term
from schools.school_sizes import school_sizes_in_year
from supervision.assessments.enums import AnswerField
from supervision.cycle.progress import progress_of_rounds
from supervision.improvement.models import Recommendation
from supervision.results.advice import AdviceSummary, summarise_advice
from supervision.results.changes import mean_change
from supervision.results.school_terms import (
    ResultFilter,
    SchoolTerm,
    filter_school_terms,
    load_area_school_terms,
)
from supervision.results.scores import SchoolScore, ScoreTable, load_scores
from supervision.results.standards import ResultStandard
from supervision.rounds.models import Round

NOT_OPENED = "ยังไม่เปิดรอบการนิเทศ"


@dataclass(frozen=True)
class SummarySource:
    """The schools of a summary in their term and in those before, loaded once.

    `terms` are oldest first, the summary's own last. `school_terms` are those of all of them: which
    schools a cluster has is asked term by term.
    """

    terms: Sequence[Term]
    school_terms: Sequence[SchoolTerm]
    today: date

    @property
    def term(self) -> Term:
        return self.terms[-1]

    @property
    def previous(self) -> Term | None:
        return self.terms[-2] if len(self.terms) > 1 else None

    @cached_property
    def rows(self) -> list[SchoolTerm]:
        """The schools that count in the term, by cluster and name."""
        of_term = [row for row in self.school_terms if row.term.pk == self.term.pk]
        return sorted(of_term, key=_place_in_list)

    @cached_property
    def scores(self) -> ScoreTable:
        return load_scores(self.school_terms, ResultFilter())

    @cached_property
    def rounds(self) -> list[ReportedRound]:
        """The rounds of these schools in the term, school by school, first to last."""
        return load_reported_rounds(self.all_rounds)

    @property
    def all_rounds(self) -> QuerySet[Round]:
        return Round.objects.filter(term=self.term, school__in=[row.school.pk for row in self.rows])

    @cached_property
    def rounds_by_school(self) -> RoundsBySchool:
        found: RoundsBySchool = defaultdict(list)
        for reported in self.rounds:
            found[reported.school.pk].append(reported)
        return found


def _place_in_list(row: SchoolTerm) -> tuple[bool, str, str]:
    return row.cluster.pk is None, row.cluster.sort_key, row.school.sort_key


def load_summary_source(term: Term, cluster: Cluster | None) -> SummarySource:
    """All schools of the area, or those of a cluster; three queries."""
    today, area = timezone.localdate(), term.academic_year.area_id
    until = Term.objects.filter(academic_year__area=area, opens_on__lte=term.opens_on)
    terms = list(until.select_related("academic_year")[:TERMS_OF_TREND])[::-1]
    rows = load_area_school_terms(School.objects.filter(area=area), terms, today)
    wanted = ResultFilter(clusters=frozenset({cluster.pk}) if cluster else None)
    return SummarySource(terms, list(filter_school_terms(rows, wanted, {})), today)


def summary_report(term: Term, cluster: Cluster | None = None) -> SummaryReport:
    """The term as of today, in a constant number of queries."""
    source = load_summary_source(term, cluster)
    rounds, year = source.rounds, term.academic_year
    return {
        "kind": "summary",
        "is_sample": any(row.is_sample for row in source.rows),
        "as_of": source.today.isoformat(),
        "area": area_heading(year.area),
        "cluster": cluster.name if cluster else "",
        "term": str(term),
        "year": year.year,
        "figures": term_figures(
            term,
            [row.school for row in source.rows],
            source.rounds_by_school,
            school_sizes_in_year(year),
            source.today,
        ),
        "previous": str(source.previous) if source.previous else None,
        "compared": _compared(source),
        "trends": frozen_trends(source.scores, source.terms),
        "needs": needs_figures(rounds),
        "criteria": [criteria_figures(chosen) for chosen in used_indicator_sets(rounds)],
        "observed": observation_counts(source.all_rounds),
        "meetings": _meetings(rounds),
        "explained": _explained(rounds),
        "problems": texts_in_records(rounds, AnswerField.PROBLEMS),
        "practices": chosen_practices(rounds),
        "recommendations": _ledger(source),
        "schools": _schools(source),
        "unfinished": _unfinished(source),
    }


# --- Compared with the term before ---


def _compared(source: SummarySource) -> list[ComparedMean]:
    """Each standard of the term, then all together; empty where no term comes before."""
    if source.previous is None:
        return []
    judged = source.scores.standard_results(source.term.pk)
    asked = [*(one.standard for one in judged), None] if judged else []
    return [_compared_mean(source.scores, source.previous, source.term, one) for one in asked]


def _compared_mean(
    scores: ScoreTable, previous: Term, term: Term, standard: ResultStandard | None
) -> ComparedMean:
    change = mean_change(scores, previous.pk, term.pk, standard)
    return {
        "level": standard.level if standard else "",
        "number": standard.number if standard else 0,
        "name": standard.name if standard else "ทุกมาตรฐานรวมกัน",
        "before": two_decimals(change.before) if change else None,
        "after": two_decimals(change.after) if change else None,
        "change": change.text if change else None,
        "schools": change.schools if change else 0,
    }


# --- Decisions ---


def _meetings(rounds: Iterable[ReportedRound]) -> list[MeetingDecisions]:
    """By the day of the meeting; the decisions of earlier rounds are among them."""
    found: defaultdict[tuple[date, str], list[bool]] = defaultdict(list)
    for reported in rounds:
        if decision := reported.decision:
            found[decision.meeting_on, decision.meeting_no].append(decision.is_achieved)
    return [
        {
            "meeting_no": meeting_no,
            "meeting_on": meeting_on.isoformat(),
            "achieved": results.count(True),
            "not_achieved": results.count(False),
        }
        for (meeting_on, meeting_no), results in sorted(found.items())
    ]


def _explained(rounds: Iterable[ReportedRound]) -> list[ExplainedDecision]:
    """By school; decisions that a reader asks the reason of."""
    return [
        {**decision, "school": reported.school.name, "round_number": reported.round.number}
        for reported in rounds
        if (decision := decision_figures(reported))
        and (not decision["achieved"] or decision["against_reason"])
    ]


# --- Recommendations ---


def _ledger(source: SummarySource) -> list[RecommendationRow]:
    """What was advised in the term, after what earlier terms left open."""
    own = [row for reported in source.rounds for row in recommendation_rows(reported, source.today)]
    advice = Recommendation.objects.filter(school__in=[r.school.pk for r in source.rows])
    return [*carried_over_recommendations(advice, source.term.opens_on, source.today), *own]


def _advice_by_school(source: SummarySource) -> dict[int, AdviceSummary]:
    """All that a school has agreed to, of the term and of those before it."""
    schools = [row.school.pk for row in source.rows]
    rows = (
        Recommendation.objects.of_rounds()
        .agreed()
        .filter(school__in=schools, round__term__opens_on__lte=source.term.opens_on)
    )
    found: defaultdict[int, list[Recommendation]] = defaultdict(list)
    for line in rows:
        found[line.school_id].append(line)
    return {school: summarise_advice(lines, source.today) for school, lines in found.items()}


# --- Schools ---


def _schools(source: SummarySource) -> list[SummarySchool]:
    now = _overall_scores(source.scores, source.term)
    before = _overall_scores(source.scores, source.previous) if source.previous else {}
    advice = _advice_by_school(source)
    return [
        _school(
            row,
            source.rounds_by_school.get(row.school.pk, []),
            now.get(row.school.pk),
            before.get(row.school.pk),
            advice.get(row.school.pk),
        )
        for row in source.rows
    ]


def _overall_scores(scores: ScoreTable, term: Term) -> Mapping[int, SchoolScore]:
    return {one.school_id: one for one in scores.school_scores(term.pk) if one.standard is None}


def _school(
    row: SchoolTerm,
    rounds: Sequence[ReportedRound],
    score: SchoolScore | None,
    before: SchoolScore | None,
    advice: AdviceSummary | None,
) -> SummarySchool:
    result, kind = latest_result(rounds)
    mean = score.visit if score else None
    return {
        "school": row.school.name,
        "cluster": row.cluster.name,
        "visit_on": row.visit.visit_on.isoformat() if row.visit else None,
        "mean": two_decimals(mean),
        "meaning": score.meaning if score else "",
        "change": gap_text(before.visit if before else None, mean),
        "result": result,
        "kind": kind,
        "rounds": row.rounds,
        "open_advice": advice.open if advice else 0,
        "overdue_advice": advice.overdue if advice else 0,
    }


def _unfinished(source: SummarySource) -> list[UnfinishedSchools]:
    """By the step that comes next; schools that nobody has opened a round for come first."""
    opened = [rounds[-1].round for rounds in source.rounds_by_school.values()]
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for row in source.rows:
        if not row.rounds:
            found[0, NOT_OPENED].append(row.school.name)
    for progress in progress_of_rounds(opened, NO_RIGHTS, source.today):
        if progress.current:
            step = progress.current.step
            found[step.number, step.name].append(progress.round.school.name)
    return [
        {"number": number, "name": name, "schools": schools}
        for (number, name), schools in sorted(found.items())
    ]
