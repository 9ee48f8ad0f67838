"""The results of a planned area, counted naively in plain Python: what read models must say too.

It knows no table and no function of the portal, only the plan and school arithmetic with
fractions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from schools.enums import EducationLevel
from tests.generated_area import (
    BASIC,
    EARLY,
    TERMS,
    Levels,
    PlannedArea,
    PlannedRecord,
    PlannedRound,
    PlannedSchool,
)

TODAY = date(2026, 11, 18)
BANDS = ((450, "ยอดเยี่ยม"), (350, "ดีเลิศ"), (250, "ดี"), (150, "ปานกลาง"), (100, "กำลังพัฒนา"))
StandardOfLevel = tuple[EducationLevel, int]  # the level of its set, and its number


def rounded(value: Fraction) -> Decimal:
    """Half up to two decimals."""
    hundredths = value * 100 + Fraction(1, 2)
    return Decimal(hundredths.numerator // hundredths.denominator).scaleb(-2)


def mean_of(values: Sequence[Decimal]) -> Decimal | None:
    return rounded(Fraction(sum(values)) / len(values)) if values else None


def deviation_of(values: Sequence[Decimal]) -> Decimal | None:
    if len(values) < 2:
        return None
    centre = Fraction(sum(values)) / len(values)
    variance = sum((Fraction(one) - centre) ** 2 for one in values) / (len(values) - 1)
    root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
    return root.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def band_of(mean: Decimal) -> str:
    hundredths = int((mean * 100).to_integral_value(rounding=ROUND_FLOOR))
    return next(label for low, label in BANDS if hundredths >= low)


@dataclass(frozen=True)
class Judged:
    """One school in one term with the record that counts for it; without one, what else it has."""

    school: int
    term: int
    planned: PlannedSchool
    rounds: Sequence[PlannedRound]
    round: PlannedRound | None
    record: PlannedRecord | None

    @property
    def cluster(self) -> int:
        """On the day of the visit; without one on the term's last day, or today."""
        _, _, opens_on, closes_on = TERMS[self.term]
        day = min(TODAY, closes_on)
        if self.record:
            day = opens_on + timedelta(days=self.record.day)
        moved = TERMS[-1][2] + timedelta(days=self.planned.moved_on)
        return self.planned.clusters[day >= moved]


def counted_record(planned: PlannedRound) -> PlannedRecord | None:
    """Of a round: the one its decision rests on, else the last that counts."""
    acknowledged = [record for record in planned.records if record.is_acknowledged]
    if planned.is_decided:
        return acknowledged[: planned.decided_after][-1]
    counted = [
        record
        for record in planned.records
        if record.is_acknowledged or (record.state == "signed" and record.version == 1)
    ]
    return counted[-1] if counted else None


def judged_schools(plan: PlannedArea, term: int) -> list[Judged]:
    """The schools that count in the term: all open ones, and closed ones that answered in it."""
    found = []
    for at, planned in enumerate(plan.schools):
        rounds = planned.terms[term]
        answered = any(one.own is not None or has_counted_record(one) for one in rounds)
        if planned.is_closed and not answered:
            continue
        measured = [one for one in rounds if counted_record(one)]
        last = measured[-1] if measured else None
        found.append(
            Judged(at, term, planned, rounds, last, counted_record(last) if last else None)
        )
    return found


def has_counted_record(planned: PlannedRound) -> bool:
    return any(
        record.is_acknowledged or (record.state == "signed" and record.version == 1)
        for record in planned.records
    )


def standard_mean(
    plan: PlannedArea, levels: Levels | None, standards: Iterable[StandardOfLevel]
) -> Decimal | None:
    """The weighted mean of one sheet over these standards; None where nothing was judged."""
    weighted = weights = Fraction(0)
    for kind, number in standards:
        for code in (BASIC if kind == EducationLevel.BASIC else EARLY)[number]:
            level = (levels or {}).get((kind, code))
            if level is not None:
                weight = Fraction(plan.weights[code]) if kind == EducationLevel.BASIC else 1
                weighted, weights = weighted + level * weight, weights + weight
    return rounded(weighted / weights) if weights else None


def standards_of(planned: PlannedSchool) -> list[StandardOfLevel]:
    early = [(EducationLevel.EARLY_CHILDHOOD, number) for number in EARLY]
    basic = [(EducationLevel.BASIC, number) for number in BASIC]
    return basic + (early if planned.teaches_early else [])


@dataclass(frozen=True)
class Means:
    """The means of schools taken together: the supervisors' and the schools' own."""

    visit: Sequence[Decimal]
    own: Sequence[Decimal]


def means(
    plan: PlannedArea, rows: Iterable[Judged], standard: StandardOfLevel | None = None
) -> Means:
    """The schools' means of a standard, or of all their standards together."""
    found: tuple[list[Decimal], list[Decimal]] = [], []
    for row in rows:
        if row.record is None or row.round is None:
            continue
        asked = [s for s in standards_of(row.planned) if standard in (None, s)]
        for side, levels in zip(found, (row.record.levels, row.round.own), strict=True):
            value = standard_mean(plan, levels, asked)
            if value is not None:
                side.append(value)
    return Means(*found)
