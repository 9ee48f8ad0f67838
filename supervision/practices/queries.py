from dataclasses import dataclass

from supervision.assessments.queries import bands_of, standard_scores
from supervision.criteria.models import Standard
from supervision.criteria.scoring import Score, achieved, interpretation
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


def proposed_results(round_: Round) -> list[StandardResult]:
    """The visit's score of each standard against its target; empty before a visit."""
    visit = visit_decided_on(round_)
    return results_of(visit) if visit else []


def results_of(visit: Visit) -> list[StandardResult]:
    """The same for a visit that is loaded already."""
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
