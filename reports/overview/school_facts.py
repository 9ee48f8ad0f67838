"""What is known of each selected school, gathered for the list of schools to act on first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.data.act_first import SchoolFacts
from reports.data.workload import is_record_unsigned, overdue_by_school
from reports.overview.filters import OverviewSelection
from reports.overview.step_progress import ProgressBySchool
from schools.models import Term, User
from supervision.cycle.progress import RoundProgress
from supervision.results.advice import load_advice
from supervision.results.gaps import WideGap, wide_gaps_by_visit
from supervision.results.school_terms import ALL_RESULTS, SchoolTerm, load_school_terms
from supervision.results.visit_scores import VisitScore, visit_scores
from supervision.rounds.enums import CycleStep


@dataclass(frozen=True)
class SchoolEvidence:
    """All that may be a reason to act on the selected schools, loaded once for all of them."""

    terms: Sequence[Term]
    school_terms: Mapping[tuple[int, int], SchoolTerm]
    progress: ProgressBySchool
    scores: Mapping[int, VisitScore]
    gaps: Mapping[int, Sequence[WideGap]]
    overdue_advice: Mapping[int, int]
    today: date

    def facts(self, school: int) -> SchoolFacts:
        """What the term says of one school, by its pk."""
        now, progress = (
            self.school_terms.get((school, self.terms[-1].pk)),
            self.progress.get(school),
        )
        score = self._score(now)
        repeating = now is not None and now.had_second_round and now.decision is None
        overdue_step, overdue_days = _overdue_step(progress)
        unvisited, last_seen_on = self._unvisited_before(school)
        return SchoolFacts(
            school_id=school,
            overdue_step=overdue_step,
            overdue_days=overdue_days,
            unsigned_days=_unsigned_days(progress, self.today),
            is_repeating=repeating,
            below_target=score.below_target if score and repeating else (),
            second_round=_where_it_is(progress) if repeating else "",
            is_visited=now is None or now.is_visited,
            terms_unvisited=unvisited,
            last_seen_on=last_seen_on,
            wide_gaps=self.gaps.get(now.visit.sheet_id, ()) if now and now.visit else (),
            overdue_advice=self.overdue_advice.get(school, 0),
            mean=score.mean if score else None,
            mean_before=self._mean_before(school),
        )

    def latest_mean(self, school: int) -> Decimal | None:
        """Of the term, or of the one before while the term has none."""
        score = self._score(self.school_terms.get((school, self.terms[-1].pk)))
        return score.mean if score else self._mean_before(school)

    def _mean_before(self, school: int) -> Decimal | None:
        if len(self.terms) < 2:
            return None
        score = self._score(self.school_terms.get((school, self.terms[-2].pk)))
        return score.mean if score else None

    def _score(self, row: SchoolTerm | None) -> VisitScore | None:
        return self.scores.get(row.visit.sheet_id) if row and row.visit else None

    def _unvisited_before(self, school: int) -> tuple[int, date | None]:
        """For how many terms in a row before this one nobody came, and the visit before them.

        Terms in which the school had no round are passed over: nobody was to come.
        """
        unvisited = 0
        for term in reversed(self.terms[:-1]):
            row = self.school_terms.get((school, term.pk))
            if row and row.visit:
                return unvisited, row.visit.visit_on
            unvisited += row is not None and row.rounds > 0
        return unvisited, None


def load_evidence(
    user: User, selection: OverviewSelection, progress: ProgressBySchool, today: date
) -> SchoolEvidence:
    """Of the selected schools, in a constant number of queries."""
    schools, terms = [row.school for row in selection.schools], selection.compared_terms
    found = load_school_terms(user, schools, terms, today, with_clusters=False)
    compared = [row for row in found if row.term in terms[-2:]]
    now = [row for row in found if row.term == selection.term]
    return SchoolEvidence(
        terms=terms,
        school_terms={(row.school.pk, row.term.pk): row for row in found},
        progress=progress,
        scores=visit_scores(compared),
        gaps=wide_gaps_by_visit(now, ALL_RESULTS),
        overdue_advice=overdue_by_school(load_advice(user, terms), today),
        today=today,
    )


def _overdue_step(progress: RoundProgress | None) -> tuple[str, int]:
    """The step that has been waited for longest, and its days; nothing while in time."""
    if progress is None or not progress.overdue:
        return "", 0
    latest = max(progress.steps, key=lambda one: one.overdue)
    return f"ขั้นที่ {latest.step.number} {latest.step.short}", latest.overdue


def _unsigned_days(progress: RoundProgress | None, today: date) -> int | None:
    visit = progress.steps[CycleStep.VISIT - 1] if progress else None
    if visit is None or visit.closure or not is_record_unsigned(visit):
        return None
    day = visit.facts.visit_day
    return max((today - day.on).days, 0) if day else None


def _where_it_is(progress: RoundProgress | None) -> str:
    """Where the round is that followed ไม่บรรลุ."""
    current = progress.current if progress else None
    if progress is None or current is None:
        return ""
    done = f" {current.facts.word}" if current.facts.word else ""
    return f"รอบที่ {progress.round.number} อยู่ขั้นที่ {current.step.number} {current.step.short}{done}"
