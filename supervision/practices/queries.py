from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet

from schools.thai import arabic_digits
from supervision.assessments.models import Answer
from supervision.assessments.queries import bands_of, indicators_of, score_of
from supervision.criteria.models import Indicator, IndicatorSet, Standard
from supervision.criteria.scoring import (
    Band,
    Score,
    achieved,
    interpretation,
    level_achieved,
    mean,
    standard_deviation,
)
from supervision.practices.enums import Result
from supervision.practices.models import Decision, GoodPractice, PracticeReview
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.visits.queries import deciding_visit, open_amendment


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator as it was judged, against its own rule if it has one."""

    indicator: Indicator
    answer: Answer | None

    @property
    def level(self) -> str:
        """As text, for 0 is a level too; empty where there is none."""
        return "" if self.answer is None or self.answer.level is None else str(self.answer.level)

    @property
    def achieved(self) -> bool | None:
        level = self.answer.level if self.answer else None
        return level_achieved(level, self.indicator.achieved_from)


@dataclass(frozen=True)
class StandardResult:
    """One standard of the round against its rule: what the system proposes, people decide."""

    standard: Standard
    score: Score
    meaning: str
    achieved: bool | None
    lines: Sequence[IndicatorResult]

    @property
    def is_below_though_named(self) -> bool:
        """Its mean has a band's name and is below the target: said where both are printed."""
        return self.achieved is False and bool(self.meaning)

    @property
    def ruled(self) -> list[IndicatorResult]:
        """Its indicators that were judged against a rule of their own."""
        return [line for line in self.lines if line.achieved is not None]

    @property
    def ruled_achieved(self) -> int:
        return sum(line.achieved is True for line in self.ruled)


@dataclass(frozen=True)
class Deciding:
    """A round's decision and the visit it rests on, or what it waits for."""

    decision: Decision | None
    visit: Visit | None
    amended: Visit | None

    @property
    def why_not(self) -> str:
        """What forbids to decide now, as people read it; empty when nothing does."""
        if self.decision:
            return "รอบนี้มีผลการพิจารณาแล้ว จึงพิจารณาซ้ำไม่ได้"
        if self.visit is None:
            return "ยังพิจารณาไม่ได้ เพราะยังไม่มีบันทึกการนิเทศที่โรงเรียนรับทราบ"
        if self.amended:
            return f"ยังพิจารณาไม่ได้ เพราะโรงเรียนยังไม่รับทราบ{self.amended.label}"
        return ""


def deciding(round_: Round) -> Deciding:
    """Where the round stands between its visits and its decision."""
    decision, visit = getattr(round_, "decision", None), visit_decided_on(round_)
    amended = open_amendment(round_) if visit and not decision else None
    return Deciding(decision, visit, amended)


def visit_decided_on(round_: Round) -> Visit | None:
    """The visit that the round's decision rests on, or will rest on."""
    decision = getattr(round_, "decision", None)
    return deciding_visit(round_, until=decision.decided_at if decision else None)


def results_of(visit: Visit) -> list[StandardResult]:
    """The visit's score of each standard against its target, with every indicator's level."""
    answers = {row.indicator_id: row for row in Answer.objects.filter(sheet=visit.sheet)}
    bands = list(bands_of(visit.sheet))
    of_standard: dict[Standard, list[Indicator]] = {}
    for indicator in indicators_of(visit.sheet):
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
) -> StandardResult:
    found = score_of(indicators, answers)
    return StandardResult(
        standard,
        found,
        interpretation(found.mean, bands),
        achieved(found.mean, standard.target),
        [IndicatorResult(indicator, answers.get(indicator.pk)) for indicator in indicators],
    )


def proposed(results: Sequence[StandardResult]) -> Result | None:
    """What the rules alone propose; people decide. None while no standard has a target.

    Achieved when every standard with a target reaches it; a standard that nobody could judge
    proposes nothing.
    """
    judged = [result.achieved for result in results if result.achieved is not None]
    if not judged:
        return None
    return Result.ACHIEVED if all(judged) else Result.NOT_ACHIEVED


def proposed_for(round_: Round) -> Result | None:
    """What the rules propose for a round, by the visit that its decision will rest on."""
    visit = visit_decided_on(round_)
    return proposed(results_of(visit)) if visit else None


def is_against(proposal: Result | None, result: str) -> bool:
    """Whether people decide otherwise than the rules propose; no proposal forbids nothing."""
    return proposal is not None and proposal != result


def other_days_of_meeting(meeting_no: str, meeting_on: date, round_: Round) -> list[date]:
    """Other days on which a meeting of this number is on record in the round's academic year.

    Decisions and endorsed sets name their meetings by hand; Thai and Arabic digits are the same.
    """
    year = round_.term.academic_year
    decided = Decision.objects.filter(round__term__academic_year=year)
    endorsed = IndicatorSet.objects.exclude(meeting_on=None)
    rows = decided.exclude(round=round_).values_list("meeting_no", "meeting_on")
    rows = rows.union(endorsed.order_by().values_list("meeting_no", "meeting_on"))
    number = _plain(meeting_no)
    return sorted({day for no, day in rows if _plain(no) == number and day != meeting_on})


def _plain(meeting_no: str) -> str:
    return "".join(arabic_digits(meeting_no).split())


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
