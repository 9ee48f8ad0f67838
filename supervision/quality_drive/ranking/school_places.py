"""One school's places in an order, in words: where it stands, why, and what would move it.

A school learns its place only in a list of more than ten others: in a shorter one, its place
would tell the places of schools that everybody knows by name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from supervision.quality_drive.models import RankingPlace
from supervision.quality_drive.ranking.enums import RankingList
from supervision.quality_drive.ranking.inputs import as_decimal

LEAST_OTHERS = 10


@dataclass(frozen=True)
class DimensionFigure:
    """The school's figure in one dimension beside the median of the list, where it is shown."""

    name: str
    weight: Decimal
    own: Decimal | None
    median: Decimal | None

    @property
    def over(self) -> Decimal | None:
        return None if self.own is None or self.median is None else self.own - self.median

    @property
    def words(self) -> str:
        """Such as ครูคุณภาพ 3.60 สูงกว่าค่ากลาง 0.40."""
        own = f"{self.name} {self.own}"
        if self.over is None:
            return own
        if not self.over:
            return f"{own} เท่ากับค่ากลาง"
        return f"{own} {'สูง' if self.over > 0 else 'ต่ำ'}กว่าค่ากลาง {abs(self.over)}"


@dataclass(frozen=True)
class MoveInWords:
    """What one indicator a level higher would bring; `place` is None where none is shown."""

    indicator: str
    level: int
    raised: int
    gain: Decimal
    score: Decimal
    place: int | None


@dataclass(frozen=True)
class SchoolPlace:
    """A school in one list as its reader may know it."""

    row: RankingPlace
    dimensions: Sequence[DimensionFigure]
    moves: Sequence[MoveInWords]
    is_place_shown: bool

    @property
    def label(self) -> str:
        return RankingList(self.row.list).label

    @property
    def is_within_size(self) -> bool:
        return self.row.list == RankingList.SIZE_GROUP

    @property
    def strongest(self) -> DimensionFigure | None:
        """The dimension in which it is furthest above the median, or else its best."""
        return max(self._judged, key=_above, default=None)

    @property
    def weakest(self) -> DimensionFigure | None:
        return min(self._judged, key=_above, default=None)

    @property
    def is_even(self) -> bool:
        """Whether no dimension stands out, so that the strongest would be the weakest too."""
        return len({_above(one) for one in self._judged}) <= 1

    @property
    def _judged(self) -> list[DimensionFigure]:
        return [one for one in self.dimensions if one.own is not None and one.weight]


def _above(figure: DimensionFigure) -> Decimal:
    compared = figure.own if figure.over is None else figure.over
    return compared or Decimal()


def school_places(rows: Iterable[RankingPlace], *, of_office: bool) -> list[SchoolPlace]:
    """The school's line of each list in their order; `rows` come with their ranking.

    `of_office` says that the reader may see the whole order.
    """
    found = {RankingList(row.list): row for row in rows}
    return [_school_place(found[one], of_office) for one in RankingList if one in found]


def _school_place(row: RankingPlace, of_office: bool) -> SchoolPlace:
    is_shown = row.place is not None and (of_office or row.out_of > LEAST_OTHERS)
    return SchoolPlace(
        row=row,
        dimensions=_dimensions(row, with_medians=is_shown),
        moves=[_move(row, move, with_place=is_shown) for move in row.detail["moves"]],
        is_place_shown=is_shown,
    )


def _dimensions(row: RankingPlace, *, with_medians: bool) -> list[DimensionFigure]:
    medians = row.detail["medians"] if with_medians else {}
    return [
        DimensionFigure(
            name, as_decimal(weight), _figure(row.detail["figures"], code), _figure(medians, code)
        )
        for code, name, weight in row.ranking.inputs["dimensions"]
    ]


def _figure(figures: Mapping[str, int], code: str) -> Decimal | None:
    return as_decimal(figures[code]) if code in figures else None


def _move(row: RankingPlace, move: Mapping[str, Any], *, with_place: bool) -> MoveInWords:
    indicators = {pk: f"{code} {title}" for pk, code, title, *_ in row.ranking.inputs["indicators"]}
    score = as_decimal(move["score"])
    return MoveInWords(
        indicator=indicators[move["indicator"]],
        level=move["level"],
        raised=move["raised"],
        gain=score - (row.score or Decimal()),
        score=score,
        place=move["place"] if with_place else None,
    )
