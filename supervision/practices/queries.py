from dataclasses import dataclass

from supervision.assessments.queries import standard_scores
from supervision.criteria.models import Standard
from supervision.criteria.scoring import Score, achieved, interpretation, score
from supervision.rounds.models import Round
from supervision.visits.queries import deciding_visit

NOTHING = score([])


@dataclass(frozen=True)
class StandardResult:
    """One standard of the round against its rule: what the system proposes, people decide."""

    standard: Standard
    score: Score
    meaning: str
    achieved: bool | None


def proposed_results(round_: Round) -> list[StandardResult]:
    """The signed visit's score of each standard against its target; empty before a visit."""
    visit = deciding_visit(round_)
    if visit is None:
        return []
    scores = standard_scores(visit.sheet)
    bands = list(visit.sheet.indicator_set.scale.bands.all())
    return [
        _result(standard, scores.get(standard.pk, NOTHING), bands)
        for standard in visit.sheet.indicator_set.standards.all()
    ]


def _result(standard: Standard, found: Score, bands: list) -> StandardResult:
    meaning = interpretation(found.mean, bands)
    return StandardResult(standard, found, meaning, achieved(found.mean, standard.target))
