from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet

from supervision.assessments.queries import bands_of, standard_scores
from supervision.criteria.models import Standard
from supervision.criteria.scoring import Score, achieved, interpretation, mean, standard_deviation
from supervision.practices.enums import Result
from supervision.practices.models import GoodPractice, PracticeReview
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import NOTHING, deciding_visit


@dataclass(frozen=True)
class StandardResult:
    """One standard of the round against its rule: what the system proposes, people decide."""

    standard: Standard
    score: Score
    meaning: str
    achieved: bool | None


def visit_decided_on(round_: Round) -> Visit | None:
    """The visit that the round's decision rests on, or will rest on."""
    decision = getattr(round_, "decision", None)
    return deciding_visit(round_, until=decision.decided_at if decision else None)


def results_of(visit: Visit) -> list[StandardResult]:
    """The visit's score of each standard against its target."""
    scores = standard_scores(visit.sheet)
    bands = list(bands_of(visit.sheet))
    standards = Standard.objects.filter(indicator_set__rounds=visit.round_id)
    return [
        _result(standard, scores.get(standard.pk, NOTHING), bands)
        for standard in standards.select_related("indicator_set")
    ]


def _result(standard: Standard, found: Score, bands: list) -> StandardResult:
    meaning = interpretation(found.mean, bands)
    return StandardResult(standard, found, meaning, achieved(found.mean, standard.target))


def proposed(results: Sequence[StandardResult]) -> Result | None:
    """What the rules alone propose; people decide. None while no standard has a target.

    Achieved when every standard with a target reaches it; a standard that nobody could judge
    proposes nothing.
    """
    judged = [result.achieved for result in results if result.achieved is not None]
    if not judged:
        return None
    return Result.ACHIEVED if all(judged) else Result.NOT_ACHIEVED


def with_reviews(practices: QuerySet[GoodPractice]) -> QuerySet[GoodPractice]:
    """Each with how many reviewed it."""
    return practices.annotate(review_count=Count("reviews"))


@dataclass(frozen=True)
class ReviewFigures:
    """n reviewers, the mean of their points and its S.D., at two decimals."""

    n: int
    mean: Decimal | None
    sd: Decimal | None


def review_figures(reviews: Sequence[PracticeReview]) -> ReviewFigures:
    points = [review.score for review in reviews]
    return ReviewFigures(len(points), mean(points), standard_deviation(points))
