"""The rounds of a term that wait for a meeting's decision, each with what its scores say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from schools.core.url_cache import cached_url
from schools.models import School, User
from supervision.criteria.scoring import signed_text
from supervision.practices.enums import DecisionResult
from supervision.practices.queries import proposed_result, revision_blocks_decision
from supervision.results.school_terms import ALL_RESULTS, SchoolTerm, load_school_terms
from supervision.results.scores import SchoolScore, load_scores
from supervision.rounds.overview import (
    TermChoice,
    schools_for_overview,
)
from supervision.visits.models import Visit
from supervision.visits.queries import deciding_visits, unacknowledged_revisions

ACHIEVED_REASON = "ผลการนิเทศถึงเกณฑ์ครบทุกมาตรฐานที่กำหนดเกณฑ์ ค่าเฉลี่ยรวม {mean}"


@dataclass(frozen=True)
class WaitingRound:
    """A round whose school has acknowledged a visit, and which nobody has decided.

    `overall` are the means over all answered indicators, `standards` those of each standard with
    its target. `blocked` says why it cannot be decided yet, empty where it can.
    """

    school: School
    round_id: int
    round_number: int
    overall: SchoolScore | None
    standards: Sequence[SchoolScore]
    blocked: str

    @property
    def url(self) -> str:
        return cached_url("decision", self.round_id)

    @property
    def mean(self) -> Decimal | None:
        return self.overall.visit if self.overall else None

    @property
    def gap_text(self) -> str | None:
        """The supervisors' mean less the school's own, with its sign."""
        return signed_text(self.overall.gap) if self.overall else None

    @property
    def proposed(self) -> DecisionResult | None:
        return proposed_result(self.standards)

    @property
    def is_proposed_achieved(self) -> bool:
        return self.proposed == DecisionResult.ACHIEVED

    @property
    def is_proposed_not_achieved(self) -> bool:
        return self.proposed == DecisionResult.NOT_ACHIEVED

    @property
    def missed(self) -> str:
        """The standards below their target in words: มาตรฐานที่ 3 ได้ 2.40 ต่ำกว่าเกณฑ์ 3.00."""
        return ", ".join(
            f"{score.standard.short_label} ได้ {score.visit} ต่ำกว่าเกณฑ์ {score.target}"
            for score in self.standards
            if score.achieved is False and score.standard
        )

    def default_reason(self, result: DecisionResult) -> str:
        """A reason made of the figures; empty where people decide otherwise than proposed."""
        if result != self.proposed:
            return ""
        if result == DecisionResult.NOT_ACHIEVED:
            return self.missed
        return ACHIEVED_REASON.format(mean=self.mean)


def load_waiting_rounds(user: User, choice: TermChoice, today: date) -> list[WaitingRound]:
    """Those of a term that the person may see, by cluster and school, in six queries."""
    schools = schools_for_overview(user, choice.term, choice.day)
    rows = load_school_terms(user, schools, [choice.term], today, with_clusters=False)
    open_rows = {
        row.latest_round_id: row for row in rows if row.latest_round_id and not row.decision
    }
    visits = deciding_visits(open_rows)
    revisions = unacknowledged_revisions(visits)
    waiting = {pk: _resting_on(open_rows[pk], visit) for pk, visit in visits.items()}
    scores = _scores_by_school(list(waiting.values()))
    return [
        _waiting_round(pk, waiting[pk], scores.get(row.school.pk, []), revisions.get(pk))
        for pk, row in open_rows.items()
        if pk in waiting
    ]


def _resting_on(row: SchoolTerm, visit: Visit) -> SchoolTerm:
    """The school's term as it is judged by the visit that the decision will rest on.

    Others count a later visit that the school has not acknowledged yet.
    """
    if row.visit is None or row.visit.pk == visit.pk:
        return row
    basis = replace(
        row.visit,
        pk=visit.pk,
        sheet_id=visit.record_sheet.pk,
        visit_on=visit.visit_on,
        leader_id=visit.leader_id,
    )
    return replace(row, visit=basis)


def _scores_by_school(rows: Sequence[SchoolTerm]) -> dict[int, list[SchoolScore]]:
    found: dict[int, list[SchoolScore]] = {}
    if rows:
        for score in load_scores(rows, ALL_RESULTS).school_scores(rows[0].term.pk):
            found.setdefault(score.school_id, []).append(score)
    return found


def _waiting_round(
    pk: int, row: SchoolTerm, scores: Sequence[SchoolScore], revision: Visit | None
) -> WaitingRound:
    return WaitingRound(
        school=row.school,
        round_id=pk,
        round_number=row.rounds,
        overall=next((score for score in scores if score.standard is None), None),
        standards=[score for score in scores if score.standard],
        blocked=revision_blocks_decision(revision) if revision else "",
    )
