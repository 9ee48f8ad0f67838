"""Standards as results read them: sets that agree on level, number, name and scale are one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Min

from supervision.criteria.models import Standard, level_prefix


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


def load_standards(pks: Iterable[int]) -> StandardIndex:
    """The standards of these pks (of any versions), in two queries."""
    rows = (
        Standard.objects.filter(pk__in=set(pks))
        .annotate(
            low=Min("indicator_set__scale__levels__value"),
            top=Max("indicator_set__scale__levels__value"),
        )
        .select_related("indicator_set__scale")
        .prefetch_related("indicator_set__scale__bands")
        .order_by("pk")
    )
    versions: dict[tuple[str, int, str, int], list[Standard]] = {}
    for row in rows:
        level = level_prefix(row.indicator_set.level)
        versions.setdefault((level, row.number, row.name, row.indicator_set.scale_id), []).append(
            row
        )
    keys = sorted(versions)
    return StandardIndex(
        tuple(_result_standard(versions[key]) for key in keys),
        {
            row.pk: StandardRow(place, row.target, row.indicator_set_id, row.indicator_set.level)
            for place, key in enumerate(keys)
            for row in versions[key]
        },
    )


def _result_standard(versions: list[Standard]) -> ResultStandard:
    newest = versions[-1]
    return ResultStandard(
        pk=newest.pk,
        level=level_prefix(newest.indicator_set.level),
        number=newest.number,
        name=newest.name,
        scale=_result_scale(newest),
    )


def _result_scale(standard: Standard) -> ResultScale:
    scale = standard.indicator_set.scale
    bands = sorted(scale.bands.all(), key=lambda band: band.low)
    return ResultScale(
        pk=scale.pk,
        low=standard.low,  # type: ignore[attr-defined]  # annotated by load_standards
        top=standard.top,  # type: ignore[attr-defined]
        bands=tuple(ResultBand(int(b.low * 100), int(b.high * 100), b.label) for b in bands),
    )
