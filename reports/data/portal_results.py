"""What the signed visits of the last terms say of one school, standard by standard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.data.scores import gap_text
from schools.models import School, Term, User
from supervision.results.school_terms import ALL_RESULTS, load_school_terms
from supervision.results.scores import SchoolScore, ScoreTable, load_scores
from supervision.results.standards import ResultStandard

TERMS_SHOWN = 3


@dataclass(frozen=True)
class PortalResultLine:
    """One standard: the supervisors' mean in each term shown, and the school's own in the last."""

    label: str
    means: Sequence[Decimal | None]
    own: Decimal | None

    @property
    def latest(self) -> Decimal | None:
        return self.means[-1]

    @property
    def gap_text(self) -> str | None:
        """The supervisors' mean less the school's own, with its sign."""
        return gap_text(self.own, self.latest)


@dataclass(frozen=True)
class PortalResults:
    """The last terms with a signed visit, oldest first; empty where there is none."""

    terms: Sequence[Term] = ()
    lines: Sequence[PortalResultLine] = ()
    visit_on: date | None = None
    is_sample: bool = False

    @property
    def latest_term(self) -> Term | None:
        return self.terms[-1] if self.terms else None


def load_portal_results(
    user: User, school: School, terms: Sequence[Term], today: date
) -> PortalResults:
    """Of those of `terms` (oldest first) in which the person sees a signed visit of the school."""
    rows = load_school_terms(user, [school], terms, today, with_clusters=False)
    table = load_scores(rows, ALL_RESULTS)
    scores = table.scores_of_school(school.pk)
    shown = [term for term in terms if term.pk in scores][-TERMS_SHOWN:]
    if not shown:
        return PortalResults()
    by_term = [{score.standard: score for score in scores[term.pk]} for term in shown]
    visits = {row.term.pk: row.visit for row in rows}
    last = visits[shown[-1].pk]
    return PortalResults(
        terms=shown,
        lines=[_line(standard, by_term) for standard in _standards(table, by_term)],
        visit_on=last.visit_on if last else None,
        is_sample=any(row.is_sample for row in rows if row.term in shown),
    )


def _standards(
    table: ScoreTable, by_term: Sequence[Mapping[ResultStandard | None, SchoolScore]]
) -> list[ResultStandard | None]:
    """Those judged in any of the terms in reading order, then all together on one scale."""
    judged = [one for one in table.standards if any(one in scores for scores in by_term)]
    together: list[ResultStandard | None] = (
        [None] if len({one.scale for one in judged}) == 1 else []
    )
    return [*judged, *together]


def _line(
    standard: ResultStandard | None,
    by_term: Sequence[Mapping[ResultStandard | None, SchoolScore]],
) -> PortalResultLine:
    found = [scores.get(standard) for scores in by_term]
    return PortalResultLine(
        label=standard.label if standard else "ทุกมาตรฐานรวมกัน",
        means=[score.visit if score else None for score in found],
        own=found[-1].own if found[-1] else None,
    )
