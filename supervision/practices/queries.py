from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, TypedDict

from django.db.models import Count, QuerySet

from schools.access import Permission, rights_of
from schools.models import User
from supervision.assessments.models import Answer
from supervision.assessments.queries import indicators_score, sheet_indicators, sheet_scale_bands
from supervision.committees.models import CommitteeMember, Recusal
from supervision.criteria.models import Indicator, Standard
from supervision.criteria.scoring import (
    Band,
    Score,
    interpretation,
    level_reaches_threshold,
    mean,
    mean_reaches_target,
    standard_deviation,
)
from supervision.practices.enums import DecisionResult
from supervision.practices.models import (
    Decision,
    GoodPractice,
    PracticeReview,
    ResultCorrection,
)
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import deciding_visit, unacknowledged_revision


class ReviewCountAnnotation(TypedDict):
    """How many have reviewed a good practice."""

    review_count: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    PracticeWithReviewCount = WithAnnotations[GoodPractice, ReviewCountAnnotation]
else:
    PracticeWithReviewCount = GoodPractice


@dataclass(frozen=True)
class IndicatorAchievement:
    """One indicator's answer against the indicator's own threshold, if it has one."""

    indicator: Indicator
    answer: Answer | None

    @property
    def level(self) -> str:
        """As text, for 0 is a level too; empty where there is none."""
        return "" if self.answer is None or self.answer.level is None else str(self.answer.level)

    @property
    def achieved(self) -> bool | None:
        level = self.answer.level if self.answer else None
        return level_reaches_threshold(level, self.indicator.achieved_from)


@dataclass(frozen=True)
class StandardAchievement:
    """One standard's score against its target, from which the system proposes a result."""

    standard: Standard
    score: Score
    meaning: str
    achieved: bool | None
    lines: Sequence[IndicatorAchievement]

    @property
    def is_named_but_below_target(self) -> bool:
        """Whether its mean has a band's name and yet lies below the target."""
        return self.achieved is False and bool(self.meaning)

    @property
    def with_own_target(self) -> list[IndicatorAchievement]:
        """Its indicators that were judged against a rule of their own."""
        return [line for line in self.lines if line.achieved is not None]

    @property
    def own_targets_achieved(self) -> int:
        return sum(line.achieved is True for line in self.with_own_target)


@dataclass(frozen=True)
class DecisionStatus:
    """A round's decision and the visit it rests on, or what it waits for."""

    decision: Decision | None
    visit: Visit | None
    pending_revision: Visit | None

    @property
    def blocking_reason(self) -> str:
        """Why the round cannot be decided now, in Thai; empty when it can."""
        if self.decision:
            return "รอบนี้มีผลการพิจารณาแล้ว จึงพิจารณาซ้ำไม่ได้"
        if self.visit is None:
            return "ยังพิจารณาไม่ได้ เพราะยังไม่มีบันทึกการนิเทศที่โรงเรียนรับทราบ"
        return revision_blocks_decision(self.pending_revision) if self.pending_revision else ""


def revision_blocks_decision(revision: Visit) -> str:
    """Why a round waits whose visit has a new version that the school has not acknowledged."""
    return f"ยังพิจารณาไม่ได้ เพราะโรงเรียนยังไม่รับทราบ{revision.label}"


def decision_status(round_: Round) -> DecisionStatus:
    """Where the round stands between its visits and its decision."""
    decision, visit = getattr(round_, "decision", None), deciding_visit_of_round(round_)
    pending_revision = unacknowledged_revision(round_) if visit and not decision else None
    return DecisionStatus(decision, visit, pending_revision)


def deciding_visit_of_round(round_: Round) -> Visit | None:
    """The visit that the round's decision rests on, or will rest on."""
    decision = getattr(round_, "decision", None)
    return deciding_visit(round_, until=decision.decided_at if decision else None)


def standard_results(visit: Visit) -> list[StandardAchievement]:
    """The visit's score of each standard against its target, with every indicator's level."""
    answers = {row.indicator_id: row for row in Answer.objects.filter(sheet=visit.record_sheet)}
    bands = list(sheet_scale_bands(visit.record_sheet))
    of_standard: dict[Standard, list[Indicator]] = {}
    for indicator in sheet_indicators(visit.record_sheet):
        of_standard.setdefault(indicator.standard, []).append(indicator)
    return [
        _result(standard, indicators, answers, bands)
        for standard, indicators in of_standard.items()
    ]


def _result(
    standard: Standard,
    indicators: Sequence[Indicator],
    answers: Mapping[int, Answer],
    bands: Sequence[Band],
) -> StandardAchievement:
    found = indicators_score(indicators, answers)
    return StandardAchievement(
        standard,
        found,
        interpretation(found.mean, bands),
        mean_reaches_target(found.mean, standard.target),
        [IndicatorAchievement(indicator, answers.get(indicator.pk)) for indicator in indicators],
    )


class StandardWithTarget(Protocol):
    """A standard's mean against its target, wherever it was added up."""

    @property
    def achieved(self) -> bool | None: ...


def proposed_result(results: Iterable[StandardWithTarget]) -> DecisionResult | None:
    """What the rules alone propose; people decide. None while no standard has a target.

    Achieved when every standard with a target reaches it; a standard that nobody could judge
    proposes nothing.
    """
    judged = [result.achieved for result in results if result.achieved is not None]
    if not judged:
        return None
    return DecisionResult.ACHIEVED if all(judged) else DecisionResult.NOT_ACHIEVED


def proposed_result_of_round(round_: Round) -> DecisionResult | None:
    """What the rules propose for a round, by the visit that its decision will rest on."""
    visit = deciding_visit_of_round(round_)
    return proposed_result(standard_results(visit)) if visit else None


def result_corrections_of(decision: Decision) -> list[ResultCorrection]:
    """The resolutions that changed its result, first to last."""
    related = ("meeting", "previous_meeting", "corrected_by")
    return list(decision.corrections.select_related(*related))


def recused_members(decision: Decision) -> list[CommitteeMember]:
    """Members of the committee who took no part in the decision on this school."""
    recusals = Recusal.objects.filter(meeting=decision.meeting, school=decision.round.school_id)
    return [recusal.member for recusal in recusals.select_related("member__user")]


def differs_from_proposal(proposal: DecisionResult | None, result: str) -> bool:
    """Whether people decide otherwise than the rules propose; no proposal forbids nothing."""
    return proposal is not None and proposal != result


def with_review_count(practices: QuerySet[GoodPractice]) -> QuerySet[PracticeWithReviewCount]:
    """Practices, each with how many reviewed it: `review_count`."""
    return practices.annotate(review_count=Count("reviews"))


def visible_reviews(practice: GoodPractice, user: User) -> list[PracticeReview]:
    """Its reviews for who may review too and who sees the area; a school does not read them."""
    rights = rights_of(user)
    may_review = rights.allows(Permission.REVIEW_PRACTICE, practice.school_id)
    if not may_review and not rights.allows(Permission.VIEW_AREA):
        return []
    return list(practice.reviews.select_related("reviewer").prefetch_related("marks__criterion"))


@dataclass(frozen=True)
class ReviewStatistics:
    """The number of reviewers, the mean of their scores and its S.D., at two decimals."""

    n: int
    mean: Decimal | None
    sd: Decimal | None


def review_statistics(reviews: Sequence[PracticeReview]) -> ReviewStatistics:
    points = [review.score for review in reviews]
    return ReviewStatistics(len(points), mean(points), standard_deviation(points))
