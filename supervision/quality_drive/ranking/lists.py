"""The three lists of an order, computed from frozen figures and from nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from supervision.quality_drive.ranking.enums import RankingList
from supervision.quality_drive.ranking.explanation import ListExplanation, RankingMove
from supervision.quality_drive.ranking.figures import ListRule
from supervision.quality_drive.ranking.inputs import RankedSchool, RankingInputs
from supervision.quality_drive.ranking.placing import Figures, SchoolPlacing, place_schools


@dataclass(frozen=True)
class RankingLine:
    """One school in one list: its place with what explains it, or why it has none.

    `figures` are what is known of it in each dimension; `medians` those of the schools placed,
    `out_of` their number, within its size group where the list is by size.
    """

    school: RankedSchool
    kind: RankingList
    figures: Figures
    out_of: int
    placing: SchoolPlacing | None = None
    medians: Figures = field(default_factory=dict)
    moves: Sequence[RankingMove] = ()
    why_not: str = ""


def compute_lists(inputs: RankingInputs) -> list[RankingLine]:
    """Every school's line in every list."""
    return [line for one in RankingList for line in _lines(ListRule(inputs, one))]


def _lines(rule: ListRule) -> Iterable[RankingLine]:
    groups: dict[str, list[RankedSchool]] = {}
    for school in rule.inputs.schools:
        key = school.size_group if rule.kind == RankingList.SIZE_GROUP else ""
        groups.setdefault(key, []).append(school)
    return [line for schools in groups.values() for line in _lines_of_group(rule, schools)]


def _lines_of_group(rule: ListRule, schools: Sequence[RankedSchool]) -> list[RankingLine]:
    """The schools that are compared with each other: all, or those of one size."""
    why_not = {one.pk: rule.why_not(one) for one in schools}
    figures = {one.pk: rule.figures(one) for one in schools}
    placed = {pk: found for pk, found in figures.items() if not why_not[pk]}
    placings = place_schools(rule.counted_dimensions, placed)
    explanation = ListExplanation(rule, placed)
    return [
        _placed_line(rule, one, figures[one.pk], placings, explanation)
        if one.pk in placings
        else RankingLine(one, rule.kind, figures[one.pk], len(placed), why_not=why_not[one.pk])
        for one in schools
    ]


def _placed_line(
    rule: ListRule,
    school: RankedSchool,
    figures: Figures,
    placings: Mapping[int, SchoolPlacing],
    explanation: ListExplanation,
) -> RankingLine:
    return RankingLine(
        school=school,
        kind=rule.kind,
        figures=figures,
        out_of=len(placings),
        placing=placings[school.pk],
        medians=explanation.medians,
        moves=explanation.moves(school),
    )
