"""The decision on a round with its reason (บันทึกผลการพิจารณา, step 5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from reports.data.signers import PaperSigner, recorded_signer
from reports.papers.office_paper import SchoolPaper, paper_response, round_title
from schools.core.http import SignedInRequest
from schools.models import Cluster
from supervision.committees.models import CommitteeMember
from supervision.criteria.scoring import signed_text
from supervision.practices.enums import DecisionAction
from supervision.practices.models import Decision, ResultCorrection
from supervision.practices.queries import (
    StandardAchievement,
    deciding_visit_of_round,
    recused_members,
    result_corrections_of,
    standard_results,
)
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.workflow.queries import HistoryEntry, workflow_history

CORRECTIONS = (
    DecisionAction.CORRECT_ACHIEVED,
    DecisionAction.CORRECT_NOT_ACHIEVED,
    DecisionAction.CORRECT_REASON_ACHIEVED,
    DecisionAction.CORRECT_REASON_NOT_ACHIEVED,
)


@dataclass(frozen=True)
class TargetLine:
    """One standard's mean against its target."""

    result: StandardAchievement

    @property
    def difference(self) -> str | None:
        """The mean less the target, with its sign; None where either is not known."""
        mean, target = self.result.score.mean, self.result.standard.target
        return None if mean is None or target is None else signed_text(mean - target)

    @property
    def missed_codes(self) -> list[str]:
        """Indicators below the threshold of their own."""
        lines = self.result.with_own_target
        return [line.indicator.code for line in lines if line.achieved is False]


@dataclass(frozen=True)
class DecisionPaper(SchoolPaper):
    """What was decided, by which figures, in which meeting, and what the rules had proposed.

    `earlier_rounds` are those of the same term, first to last; `corrections` are of what was
    mistyped, `changed_results` are resolutions that changed the result, `recused` the members who
    took no part.
    """

    template = "reports/paper/decision.html"
    name = "บันทึกผลการพิจารณา"

    decision: Decision
    cluster: Cluster | None
    visit: Visit | None
    lines: Sequence[TargetLine]
    next_round: Round | None
    earlier_rounds: Sequence[Round]
    corrections: Sequence[HistoryEntry]
    changed_results: Sequence[ResultCorrection]
    recused: Sequence[CommitteeMember]

    @property
    def title(self) -> str:
        return f"{self.name} {round_title(self.decision.round)}"

    @property
    def missed_targets(self) -> list[TargetLine]:
        return [line for line in self.lines if line.result.achieved is False]

    @property
    def to_explain(self) -> StandardAchievement | None:
        """A standard whose mean bears the name of a band and yet misses its target."""
        results = (line.result for line in self.lines)
        return next((result for result in results if result.is_named_but_below_target), None)


def decision_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """The decision of a round to whom its page shows it."""
    related = ("round__school__area", "round__term__academic_year", "decided_by", "meeting")
    decisions = Decision.objects.visible_to(request.user).select_related(*related)
    return paper_response(decision_paper(get_object_or_404(decisions, round__pk=pk)))


def decision_paper(decision: Decision) -> DecisionPaper:
    round_, school = decision.round, decision.round.school
    visit = deciding_visit_of_round(round_)
    return DecisionPaper(
        school=school,
        is_sample=round_.is_sample,
        signers=_deciding_signers(decision),
        printed_at=timezone.now(),
        decision=decision,
        cluster=school.cluster_on(decision.meeting_on),
        visit=visit,
        lines=[TargetLine(result) for result in standard_results(visit)] if visit else [],
        next_round=getattr(round_, "next_round", None),
        earlier_rounds=_earlier_rounds(round_),
        corrections=[line for line in workflow_history(decision) if line.verb in CORRECTIONS],
        changed_results=result_corrections_of(decision),
        recused=recused_members(decision),
    )


def _deciding_signers(decision: Decision) -> list[PaperSigner]:
    """Who recorded it in the portal, and who signs for the meeting by hand."""
    by, post, at = decision.decided_by, decision.decided_as, decision.decided_at
    recorded = recorded_signer("ผู้บันทึกผลการพิจารณา", by, post, "บันทึก", at)
    return [recorded, PaperSigner("ประธานที่ประชุม ก.ต.ป.น.")]


def _earlier_rounds(round_: Round) -> list[Round]:
    """Rounds of the same term before this one, each of which ended in a decision."""
    rows = Round.objects.filter(school=round_.school, term=round_.term, number__lt=round_.number)
    return list(rows.select_related("decision__meeting", "next_round").order_by("number"))
