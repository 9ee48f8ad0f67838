"""Standards as results read them: sets that agree on level, number, name and scale are one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from supervision.criteria.models import ScaleLevel, Standard, level_prefix


@dataclass(frozen=True)
class ResultBand:
    """One span of means and its meaning (การแปลผล), in hundredths of a level, both ends in it."""

    low: int
    high: int
    label: str


@dataclass(frozen=True)
class ResultScale:
    """A scale as charts need it: its lowest and highest level, and its bands, lowest first."""

    pk: int
    low: int
    top: int
    bands: tuple[ResultBand, ...]

    def meaning(self, mean: Decimal | None) -> str:
        """The label of the band that a mean at two decimals lies in; empty without one."""
        if mean is None:
            return ""
        value = int(mean * 100)
        return next((b.label for b in self.bands if b.low <= value <= b.high), "")

    def level_name(self, level: int) -> str:
        """A level with the meaning that it has as a mean: 5 ยอดเยี่ยม."""
        return f"{level} {self.meaning(Decimal(level))}".strip()


@dataclass(frozen=True)
class ResultStandard:
    """One standard over all versions of its set; `pk` is that of the newest version's.

    `level` is ปฐมวัย for early childhood, else empty.
    """

    pk: int
    level: str
    number: int
    name: str
    scale: ResultScale

    @property
    def label(self) -> str:
        """As people say it: 1 คุณภาพของผู้เรียน, or ปฐมวัย 1 คุณภาพของเด็ก."""
        return f"{self.level} {self.number} {self.name}".strip()

    @property
    def short_label(self) -> str:
        """Where there is room for no name: มาตรฐานที่ 1, or ปฐมวัย มาตรฐานที่ 1."""
        return f"{self.level} มาตรฐานที่ {self.number}".strip()


@dataclass(frozen=True)
class StandardRow:
    """One stored standard: its place in `StandardIndex.standards`, and what its version says."""

    place: int
    target: Decimal | None
    indicator_set: int
    level: int


@dataclass(frozen=True)
class StandardIndex:
    """The standards of some sets in reading order, and which of them each stored row is."""

    standards: tuple[ResultStandard, ...]
    rows: Mapping[int, StandardRow]


class _StoredStandard(NamedTuple):
    """One stored standard with one band of its scale; the band is None where it has none."""

    pk: int
    number: int
    name: str
    target: Decimal | None
    indicator_set: int
    level: int
    scale: int
    lowest: int
    highest: int
    band_low: Decimal | None
    band_high: Decimal
    band_label: str

    @property
    def key(self) -> tuple[str, int, str, int]:
        """What makes standards of different versions of a set the same one."""
        return level_prefix(self.level), self.number, self.name, self.scale


def load_standards(pks: Iterable[int]) -> StandardIndex:
    """The standards of these pks (of any versions), in one query."""
    levels = ScaleLevel.objects.filter(scale=OuterRef("indicator_set__scale"))
    rows = Standard.objects.filter(pk__in=set(pks)).annotate(
        lowest=Subquery(levels.order_by("value").values("value")[:1]),
        highest=Subquery(levels.order_by("-value").values("value")[:1]),
    )
    of_set, band = "indicator_set__", "indicator_set__scale__bands__"
    stored = rows.order_by("pk", f"{band}low").values_list(
        *("pk", "number", "name", "target"),
        *("indicator_set", f"{of_set}level", f"{of_set}scale", "lowest", "highest"),
        *(f"{band}low", f"{band}high", f"{band}label"),
    )
    versions: dict[tuple[str, int, str, int], list[list[_StoredStandard]]] = {}
    for _, of_one in groupby(map(_StoredStandard._make, stored), key=lambda row: row.pk):
        with_bands = list(of_one)
        versions.setdefault(with_bands[0].key, []).append(with_bands)
    keys = sorted(versions)
    return StandardIndex(
        tuple(_result_standard(versions[key][-1]) for key in keys),
        {
            row.pk: StandardRow(place, row.target, row.indicator_set, row.level)
            for place, key in enumerate(keys)
            for row, *_ in versions[key]
        },
    )


def _result_standard(newest: list[_StoredStandard]) -> ResultStandard:
    row = newest[0]
    bands = [
        ResultBand(int(one.band_low * 100), int(one.band_high * 100), one.band_label)
        for one in newest
        if one.band_low is not None
    ]
    return ResultStandard(
        pk=row.pk,
        level=level_prefix(row.level),
        number=row.number,
        name=row.name,
        scale=ResultScale(row.scale, row.lowest, row.highest, tuple(bands)),
    )
