"""Step 6 of the showroom's rounds: summaries, and recommendations with what became of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from supervision.demo import texts as demo_texts
from supervision.demo.showroom import texts
from supervision.demo.showroom.planned_rounds import PlannedRound, RoundProgressGoal
from supervision.demo.showroom.writing import History, LoggedAct, save_all, save_histories
from supervision.improvement.enums import (
    RecommendationAction,
    RecommendationState,
    SummaryAction,
    SummaryState,
)
from supervision.improvement.models import ProgressReport, Recommendation, Summary
from supervision.visits.models import Visit
from supervision.visits.queries import decision_basis

G = RoundProgressGoal
ADVICE_COUNTS = (2, 3, 3, 4)
# Until when advice is to be done, and when it is closed, in days after the school agreed.
DUE_AFTER, CLOSED_AFTER = (30, 90), (5, 85)
# What becomes of advice that the school has agreed to; the rest stays open.
CLOSED_SHARE, DONE_SHARE, STARTED_SHARE, WITHDRAWN_SHARE = 0.84, 0.05, 0.06, 0.04
# Of advice older than this nearly all is closed.
OLD, CLOSED_SHARE_OF_OLD = timedelta(days=600), 0.97


@dataclass(frozen=True)
class FollowUp:
    """What is done about one recommendation later on, at a moment that may lie ahead."""

    recommendation: Recommendation
    planned: PlannedRound
    advice: texts.SampleAdvice
    state: RecommendationState
    at: datetime


def save_summaries(planned: Sequence[PlannedRound]) -> list[FollowUp]:
    """Write the summaries with their advice, and return what is to become of the advice."""
    reached = [one for one in planned if one.has_reached(G.SUMMARISED)]
    summaries = save_all(_summary(one) for one in reached)
    save_histories(
        History(summary, list(_acts_of_summary(one, summary)))
        for one, summary in zip(reached, summaries, strict=True)
    )
    visits = _deciding_visits(reached)
    given = [
        (one, advice, _recommendation(one, advice, visits[one.row.pk]))
        for one in reached
        for advice in one.random.sample(texts.ADVICE, one.random.choice(ADVICE_COUNTS))
    ]
    save_all(recommendation for _, _, recommendation in given)
    save_histories(
        History(recommendation, list(_acts_of_giving(one, recommendation)))
        for one, _, recommendation in given
    )
    return [
        _follow_up(one, advice, recommendation)
        for one, advice, recommendation in given
        if recommendation.agreed_at
    ]


def _summary(planned: PlannedRound) -> Summary:
    words = planned.random.choice(demo_texts.VISIT_TEXTS)
    summary = Summary(
        round=planned.row,
        state=SummaryState.DRAFT,
        strengths=words["strengths"],
        improvement_points=words["improvement_points"],
        guidelines=words["advice"],
    )
    if planned.has_reached(G.AGREED):
        at = planned.at("agree")
        summary.state, summary.agreed_at, summary.first_agreed_at = SummaryState.AGREED, at, at
        summary.agreed_by = planned.director
        summary.agreed_as = planned.people.title_of(planned.director)
    elif planned.has_reached(G.PROPOSED):
        summary.state = SummaryState.PROPOSED
    return summary


def _acts_of_summary(planned: PlannedRound, summary: Summary) -> Iterator[LoggedAct]:
    yield LoggedAct(SummaryAction.DRAFT, planned.supervisor, planned.at("summarise"))
    if summary.state != SummaryState.DRAFT:
        yield LoggedAct(SummaryAction.PROPOSE, planned.supervisor, planned.at("propose"))
    if summary.state == SummaryState.AGREED:
        yield LoggedAct(SummaryAction.AGREE, planned.director, planned.at("agree"))


def _deciding_visits(planned: Sequence[PlannedRound]) -> dict[int, Visit | None]:
    visits: dict[int, list[Visit]] = {one.row.pk: [] for one in planned}
    rows = Visit.objects.of_whole_school().filter(
        round__in=list(visits), acknowledged_at__isnull=False
    )
    for visit in rows.order_by("number", "version"):
        visits[visit.round_id].append(visit)
    return {pk: decision_basis(found) for pk, found in visits.items()}


def _recommendation(
    planned: PlannedRound, advice: texts.SampleAdvice, visit: Visit | None
) -> Recommendation:
    """On the indicator of the advice's standard that was found lowest."""
    of_standard = [i for i in planned.indicators if i.standard.number == advice.standard]
    row = Recommendation(
        school=planned.row.school,
        round=planned.row,
        state=RecommendationState.OPEN,
        visit=visit,
        indicator=min(of_standard, key=lambda i: planned.seen[i.pk]),
        text=advice.text,
        assignee=advice.assignee,
        due_on=planned.at("agree").date() + timedelta(days=planned.random.randint(*DUE_AFTER)),
    )
    if planned.random.random() < WITHDRAWN_SHARE:
        row.state = RecommendationState.WITHDRAWN
    elif planned.has_reached(G.AGREED):
        row.agreed_at = planned.at("agree")
    return row


def _acts_of_giving(planned: PlannedRound, row: Recommendation) -> Iterator[LoggedAct]:
    by = planned.supervisor
    yield LoggedAct(RecommendationAction.GIVE, by, planned.at("summarise"))
    if row.state == RecommendationState.WITHDRAWN:
        at = planned.at("withdraw_advice")
        yield LoggedAct(RecommendationAction.WITHDRAW, by, at, texts.WITHDRAWN_REASON)


# --- What became of it ---


def _follow_up(planned: PlannedRound, advice: texts.SampleAdvice, row: Recommendation) -> FollowUp:
    random, agreed_at = planned.random, planned.at("agree")
    is_old = planned.days.now - agreed_at > OLD
    closed, chance = CLOSED_SHARE_OF_OLD if is_old else CLOSED_SHARE, random.random()
    state = RecommendationState.OPEN
    if chance < closed:
        state = RecommendationState.CLOSED
    elif chance < closed + DONE_SHARE:
        state = RecommendationState.DONE
    elif chance < closed + DONE_SHARE + STARTED_SHARE:
        state = RecommendationState.IN_PROGRESS
    after = timedelta(days=random.randint(*CLOSED_AFTER))
    return FollowUp(row, planned, advice, state, agreed_at + after)


def follow_up_advice(follow_ups: Sequence[FollowUp], until: datetime) -> list[FollowUp]:
    """Do what was to be done until that moment; returns what is still to come."""
    due = [one for one in follow_ups if one.at <= until]
    acting = [one for one in due if one.state != RecommendationState.OPEN]
    for one in acting:
        _apply(one)
    changed = ["state", "proof", "closed_at", "closed_by"]
    Recommendation.objects.bulk_update(
        [one.recommendation for one in acting], changed, batch_size=500
    )
    save_all(_progress_report(one) for one in acting)
    save_histories(
        History(one.recommendation, list(_acts_of_follow_up(one)), RecommendationState.OPEN)
        for one in acting
    )
    return [one for one in follow_ups if one.at > until]


def _apply(follow_up: FollowUp) -> None:
    row = follow_up.recommendation
    row.state = follow_up.state
    if row.state == RecommendationState.CLOSED:
        row.proof = follow_up.advice.proof
        row.closed_at, row.closed_by = follow_up.at, follow_up.planned.supervisor


def _progress_report(follow_up: FollowUp) -> ProgressReport:
    is_done = follow_up.state != RecommendationState.IN_PROGRESS
    return ProgressReport(
        recommendation=follow_up.recommendation,
        text=texts.DONE if is_done else texts.STARTED_SO_FAR,
        is_done=is_done,
        by=follow_up.planned.director,
        at=follow_up.at,
    )


def _acts_of_follow_up(follow_up: FollowUp) -> Iterator[LoggedAct]:
    planned, at = follow_up.planned, follow_up.at
    if follow_up.state == RecommendationState.IN_PROGRESS:
        yield LoggedAct(RecommendationAction.REPORT, planned.director, at)
        return
    yield LoggedAct(RecommendationAction.REPORT_DONE, planned.director, at)
    if follow_up.state == RecommendationState.CLOSED:
        yield LoggedAct(RecommendationAction.CLOSE, planned.supervisor, at)
