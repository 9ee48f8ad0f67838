"""What a school may learn of the others in its area: nothing that can be traced to one of them.

Decision 15 (docs/decisions/) says why each rule is as it is. The functions get the scores of the
whole area, whoever reads, and hand out no name, no key of a school and no number of schools.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from reports.data.public import MIN_SCHOOLS, MIN_SCHOOLS_PER_RESULT
from supervision.criteria.scoring import mean_of_totals
from supervision.results.scores import ScoreTable
from supervision.results.standards import ResultBand, ResultScale, ResultStandard

MIN_OTHERS = MIN_SCHOOLS - 1
PARTS = 10  # shares are told in tenths

TermAndStandard = tuple[int, ResultStandard | None]  # pk of the term; None for all together


@dataclass(frozen=True)
class OthersSpan:
    """Neighbouring bands of the scale, lowest first, and how many in ten schools lie in them."""

    bands: Sequence[ResultBand]
    tenths: int
    is_lowest: bool
    is_highest: bool

    @property
    def lowest(self) -> str:
        return self.bands[0].label

    @property
    def highest(self) -> str:
        return self.bands[-1].label

    def contains(self, mean: Decimal | None) -> bool:
        low, high = self.bands[0].low, self.bands[-1].high
        return mean is not None and low <= int(mean * 100) <= high


@dataclass(frozen=True)
class OtherSchools:
    """Ten or more other schools on one standard in one term, roughly.

    `mean` has one decimal. The tenths of `spans` add up to ten; there are no spans where they
    would say of all the others what each of them got.
    """

    mean: Decimal
    spans: Sequence[OthersSpan]


def summarise_other_schools(
    scores: ScoreTable, readable: Collection[int], followed_terms: Collection[int]
) -> dict[TermAndStandard, OtherSchools]:
    """The schools that the reader may not read, where at least MIN_OTHERS have a result.

    `readable` are the pks of all schools that the reader may read: were only the one left out whose
    page it is, a reader of several could subtract the rest. `followed_terms` are those after which
    another has begun: until then records are signed one by one, and whoever knows which would see
    by how much each moves the figures.
    """
    frame = scores.frame
    rows = frame[
        ~frame["school"].isin(readable)
        & frame["term"].isin(followed_terms)
        & frame["visit"].notna()
    ]
    found: dict[TermAndStandard, OtherSchools] = {}
    for (term, place), of_one in rows.groupby(["term", "standard"]):
        if len(of_one) >= MIN_OTHERS:
            scale = scores.standards[int(of_one["of_standard"].iloc[0])].scale
            key = int(term), scores.standard_at(int(place))
            found[key] = _other_schools(of_one["visit"].astype("int64"), scale)
    return found


def _other_schools(means: pd.Series, scale: ResultScale) -> OtherSchools:
    hundredths = mean_of_totals(int(means.sum()), 100 * len(means))
    mean = Decimal(hundredths).scaleb(-2).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    counts = {band: int(means.between(band.low, band.high).sum()) for band in scale.bands}
    return OtherSchools(mean, spans_of_bands(counts))


def spans_of_bands(counts: Mapping[ResultBand, int]) -> list[OthersSpan]:
    """Neighbouring bands, lowest first, together until enough schools lie in each span.

    Enough are MIN_SCHOOLS_PER_RESULT and a tenth of all. Empty where one span would be left.
    """
    total = sum(counts.values())
    enough = max(MIN_SCHOOLS_PER_RESULT, -(-total // PARTS))
    merged = _merge_bands(counts, enough)
    if len(merged) < 2:
        return []
    tenths = _tenths([schools for _, schools in merged])
    last = len(merged) - 1
    return [
        OthersSpan(bands, share, is_lowest=at == 0, is_highest=at == last)
        for at, ((bands, _), share) in enumerate(zip(merged, tenths, strict=True))
    ]


def _merge_bands(
    counts: Mapping[ResultBand, int], enough: int
) -> list[tuple[list[ResultBand], int]]:
    merged: list[tuple[list[ResultBand], int]] = []
    open_bands: list[ResultBand] = []
    schools = 0
    for band, count in counts.items():
        open_bands, schools = [*open_bands, band], schools + count
        if schools >= enough:
            merged.append((open_bands, schools))
            open_bands, schools = [], 0
    if open_bands and merged:
        bands, before = merged.pop()
        merged.append(([*bands, *open_bands], before + schools))
    return merged


def _tenths(counts: Iterable[int]) -> list[int]:
    """Shares in tenths that add up to ten: the largest remainders are rounded up."""
    found = list(counts)
    total = sum(found)
    shares = [PARTS * count // total for count in found]
    by_remainder = sorted(
        range(len(found)), key=lambda at: (PARTS * found[at] % total, -at), reverse=True
    )
    for at in by_remainder[: PARTS - sum(shares)]:
        shares[at] += 1
    return shares
