"""What one school came to over five years: decisions, means, levels, and what became of advice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import dropwhile

from reports.data.other_schools import OtherSchools, TermAndStandard, summarise_other_schools
from reports.data.school_levels import StandardLevels, load_standard_levels
from schools.access import Permission, can, rights_of
from schools.models import School, Term, User
from supervision.criteria.scoring import mean_of_totals
from supervision.improvement.models import Recommendation
from supervision.results.advice import AdviceSummary, advice_to_school, summarise_advice
from supervision.results.school_terms import ALL_RESULTS, SchoolTerm, load_area_school_terms
from supervision.results.scores import SchoolScore, ScoreTable, load_scores
from supervision.results.standards import ResultStandard

TERMS = 10  # five years


@dataclass(frozen=True)
class TermOutcome:
    """One term of the school: its rounds, its decision, and its means.

    `row` is None where the school had closed before it answered anything. `scores` are the means
    of each standard and, under None, of all together; empty where no signed visit counts.
    """

    term: Term
    row: SchoolTerm | None
    scores: Mapping[ResultStandard | None, SchoolScore]

    @property
    def overall(self) -> SchoolScore | None:
        return self.scores.get(None)


@dataclass(frozen=True)
class AreaMean:
    """The mean of one standard in one term over all schools of the area: for the office alone."""

    mean: Decimal
    schools: int


@dataclass(frozen=True)
class SchoolResults:
    """The results of one school as one reader may see them.

    `outcomes` are of the last ten terms up to today's, oldest first, from the school's first
    round on; `chosen` is the one looked at closely and `levels` are its indicators. Who sees the
    whole area has `area_means` over all its schools, and `other_means`, those of each other
    school in the chosen term by standard; everybody else has `others` instead, and only where
    they are enough.
    """

    school: School
    outcomes: Sequence[TermOutcome]
    chosen: TermOutcome
    standards: Sequence[ResultStandard]
    levels: Sequence[StandardLevels]
    sees_area: bool
    area_means: Mapping[TermAndStandard, AreaMean]
    other_means: Mapping[ResultStandard | None, Sequence[Decimal]]
    others: Mapping[TermAndStandard, OtherSchools]
    advice: Sequence[Recommendation]
    advice_summary: AdviceSummary

    @property
    def is_sample(self) -> bool:
        return any(one.row.is_sample for one in self.outcomes if one.row)

    @property
    def has_results(self) -> bool:
        return any(one.overall for one in self.outcomes)


def last_terms(terms: Sequence[Term], current: Term) -> list[Term]:
    """Five years of terms (`terms` are newest first) up to the current one, oldest first."""
    begun = [term for term in terms if term.opens_on <= current.opens_on]
    return begun[:TERMS][::-1]


def load_school_results(
    user: User, school: School, terms: Sequence[Term], asked: str, today: date
) -> SchoolResults:
    """A school that the person may read, over `terms`, oldest first; a constant number of queries.

    `asked` is the pk of a term as the address has it; another text means the last term with a
    result.
    """
    schools = list(School.objects.all())
    area_rows = load_area_school_terms(schools, terms, today)
    scores = load_scores(area_rows, ALL_RESULTS, own_of=school)
    outcomes = _outcomes(school, terms, area_rows, scores)
    chosen = _choose(outcomes, asked)
    sees_area = can(user, Permission.VIEW_AREA)
    until_chosen = outcomes[: outcomes.index(chosen) + 1]
    advice = list(advice_to_school(user, terms, school))
    return SchoolResults(
        school=school,
        outcomes=outcomes,
        chosen=chosen,
        standards=_standards_of(outcomes, scores),
        levels=load_standard_levels(user, [(one.term, one.row) for one in until_chosen]),
        sees_area=sees_area,
        area_means=_area_means(scores) if sees_area else {},
        other_means=_other_means(scores, school, chosen.term) if sees_area else {},
        others={} if sees_area else _others(user, scores, schools, terms),
        advice=advice,
        advice_summary=summarise_advice(advice, today),
    )


def _outcomes(
    school: School, terms: Sequence[Term], area_rows: Sequence[SchoolTerm], scores: ScoreTable
) -> list[TermOutcome]:
    rows = {row.term.pk: row for row in area_rows if row.school.pk == school.pk}
    of_school = scores.scores_of_school(school.pk)
    outcomes = [
        TermOutcome(
            term,
            rows.get(term.pk),
            {score.standard: score for score in of_school.get(term.pk, [])},
        )
        for term in terms
    ]
    return list(dropwhile(lambda one: not (one.row and one.row.rounds), outcomes)) or outcomes[-1:]


def _choose(outcomes: Sequence[TermOutcome], asked: str) -> TermOutcome:
    """The term asked for; else the last with a result; else the last of all."""
    wanted = [one for one in outcomes if str(one.term.pk) == asked]
    with_result = [one for one in outcomes if one.overall]
    return (wanted or with_result or list(outcomes))[-1]


def _standards_of(outcomes: Sequence[TermOutcome], scores: ScoreTable) -> list[ResultStandard]:
    """The standards that the school was judged by in any of the terms, in reading order."""
    judged = {standard for one in outcomes for standard in one.scores}
    return [standard for standard in scores.standards if standard in judged]


def _area_means(scores: ScoreTable) -> dict[TermAndStandard, AreaMean]:
    """The same means as ScoreTable.trend has, of every standard at once."""
    judged = scores.frame[scores.frame["visit"].notna()]
    sums = judged.groupby(["term", "standard"])["visit"].agg(["sum", "count"]).reset_index()
    found = {}
    for term, place, total, n in sums.astype("int64").itertuples(index=False):
        mean = Decimal(mean_of_totals(total, 100 * n)).scaleb(-2)
        found[term, scores.standard_at(place)] = AreaMean(mean, n)
    return found


def _other_means(
    scores: ScoreTable, school: School, term: Term
) -> dict[ResultStandard | None, list[Decimal]]:
    frame = scores.frame
    rows = frame[
        (frame["term"] == term.pk) & (frame["school"] != school.pk) & frame["visit"].notna()
    ]
    return {
        scores.standard_at(int(place)): [Decimal(int(mean)).scaleb(-2) for mean in means]
        for place, means in rows.groupby("standard")["visit"]
    }


def _others(
    user: User,
    scores: ScoreTable,
    schools: Sequence[School],
    terms: Sequence[Term],
) -> dict[TermAndStandard, OtherSchools]:
    rights = rights_of(user)
    readable = {one.pk for one in schools if rights.allows(Permission.VIEW_SCHOOL, one.pk)}
    followed = {term.pk for term in terms[:-1]}
    return summarise_other_schools(scores, readable, followed)
