"""Stored results as they are read from the database, before anybody's rights are asked."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from supervision.profiles.learning.sums import CountedResult
from supervision.profiles.models import LearningResult, LevelShare, TestSubject


class LevelPercent(NamedTuple):
    """How many of a hundred tested pupils reached a level; position 1 is the best."""

    level_id: int
    position: int
    name: str
    percent: Decimal


class StoredResult(NamedTuple):
    """One result; the keys of its school and subject, its year (B.E.)."""

    pk: int
    school_id: int
    year: int
    subject_id: int
    enrolled: int | None
    tested: int
    mean: Decimal | None
    sd: Decimal | None
    source: str
    as_of: date | None
    is_sample: bool
    updated_at: datetime


@dataclass(frozen=True)
class StoredResults:
    """Results of some years, with the shares of levels by the key of the result."""

    rows: Sequence[StoredResult]
    shares: Mapping[int, Sequence[LevelPercent]]

    def counted(self, one: StoredResult) -> CountedResult:
        """One of the results as a sum counts it."""
        percents = {share.level_id: share.percent for share in self.shares.get(one.pk, ())}
        return CountedResult(one.tested, one.mean, one.sd, percents)


_COLUMNS = (
    *("pk", "school", "academic_year__year", "subject", "enrolled", "tested", "mean", "sd"),
    *("source", "as_of", "is_sample", "updated_at"),
)


def load_stored_results(
    years: Collection[int],
    *,
    subjects: Collection[TestSubject] | None = None,
    schools: Collection[int] | None = None,
    with_shares: bool = True,
) -> StoredResults:
    """The results of these years, subjects and schools; of all where they are None. Two queries."""
    found = LearningResult.objects.filter(academic_year__year__in=years)
    if subjects is not None:
        found = found.filter(subject__in=[one.pk for one in subjects])
    if schools is not None:
        found = found.filter(school__in=schools)
    rows = [StoredResult(*values) for values in found.values_list(*_COLUMNS)]
    return StoredResults(rows, load_shares(found) if with_shares and rows else {})


def load_shares(results: QuerySet[LearningResult]) -> dict[int, list[LevelPercent]]:
    """Of each result by its key, the best level first; those that give none are left out."""
    shares = defaultdict(list)
    found = LevelShare.objects.filter(result__in=results).order_by("level__position")
    for result_id, *level in found.values_list(
        "result", "level", "level__position", "level__name", "percent"
    ):
        shares[result_id].append(LevelPercent(*level))
    return shares
