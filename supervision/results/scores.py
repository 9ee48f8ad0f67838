"""What the signed scores say of schools, standards and groups, term by term.

SQL adds the levels of each sheet up by standard; the means follow exactly, in whole hundredths.
A school's mean is rounded as it is printed, and a group's mean is that of its schools' means, so
that a reader can check either by hand.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import Count, Q, Sum

from schools.models import School
from supervision.assessments.enums import SheetKind
from supervision.assessments.models import Answer
from supervision.criteria.scoring import (
    deviation_of_totals,
    mean_of_totals,
    mean_reaches_target,
)
from supervision.results.school_terms import ResultFilter, SchoolTerm
from supervision.results.standards import (
    ResultScale,
    ResultStandard,
    StandardIndex,
    load_standards,
)

FEW_SCHOOLS = 3  # a group of fewer says little, and is marked
NO_TARGET = -1
NO_CLUSTER_PK = 0
OVERALL = -1  # in place of a standard: all answered indicators of a school together


class Grouping(StrEnum):
    """What schools are taken together by; the value is a column of the table of scores."""

    CLUSTER = "cluster"
    LEADER = "leader"


@dataclass(frozen=True)
class MeanOfSchools:
    """n schools' printed means taken together: their mean and S.D. (n-1), two decimals each."""

    n: int
    mean: Decimal | None
    sd: Decimal | None
    meaning: str


@dataclass(frozen=True)
class BandCount:
    """How many schools' means lie in one band of the scale."""

    label: str
    schools: int


@dataclass(frozen=True)
class ScoreSummary:
    """Schools' scores taken together: the supervisors' (`visit`) and the schools' (`own`).

    `distribution` counts the supervisors' means by band, lowest first. `achieved` of `judged`
    schools reached their standard's target; both are 0 where none is set.
    """

    visit: MeanOfSchools
    own: MeanOfSchools
    distribution: Sequence[BandCount]
    achieved: int
    judged: int

    @property
    def gap(self) -> Decimal | None:
        """The supervisors' mean less the schools': below 0 the schools judged themselves higher."""
        if self.visit.mean is None or self.own.mean is None:
            return None
        return self.visit.mean - self.own.mean

    @property
    def is_few(self) -> bool:
        return self.visit.n < FEW_SCHOOLS


@dataclass(frozen=True)
class StandardResult:
    """One standard over the schools of a term; `target` is None where sets differ or have none."""

    standard: ResultStandard
    summary: ScoreSummary
    target: Decimal | None


@dataclass(frozen=True)
class SchoolScore:
    """One school's means of a standard, or of all (`standard` is None), in one term.

    `target` is that of the school's own version of the standard.
    """

    school_id: int
    standard: ResultStandard | None
    visit: Decimal | None
    own: Decimal | None
    meaning: str
    target: Decimal | None
    achieved: bool | None

    @property
    def gap(self) -> Decimal | None:
        return None if self.visit is None or self.own is None else self.visit - self.own


@dataclass(frozen=True)
class TrendPoint:
    """The mean of one term over all its schools, and over the schools that every term has."""

    term_id: int
    mean: Decimal | None
    schools: int
    same_schools_mean: Decimal | None
    same_schools: int


class ScoreTable:
    """The means of schools in terms by standard and over all, to be taken together as asked.

    `frame` has one row for each school, term and standard (OVERALL for all together), with means
    in hundredths of a level, empty where there is none.
    """

    def __init__(self, frame: pd.DataFrame, index: StandardIndex) -> None:
        self.frame = frame
        self.standards = index.standards
        self._means_by_term: dict[int, pd.DataFrame] = {}

    def standard_at(self, place: int) -> ResultStandard | None:
        """The standard of a row of `frame`; None where it is all of them together."""
        return None if place == OVERALL else self.standards[place]

    def standard_results(self, term: int) -> list[StandardResult]:
        """Every standard that was judged in the term, in reading order."""
        rows = self.frame[(self.frame["term"] == term) & (self.frame["standard"] != OVERALL)]
        return [
            self._standard_result(self.standards[int(key)], found)
            for key, found in rows.groupby("standard", sort=True)
        ]

    def overall(self, term: int) -> ScoreSummary:
        """All answered indicators of each school together."""
        rows = self._overall_rows(term)
        return summarise_scores(rows, self._scale_of(rows))

    def by_group(self, term: int, grouping: Grouping) -> dict[Any, ScoreSummary]:
        """The overall scores of each group of schools, by the group's value."""
        rows = self._overall_rows(term)
        return {
            key: summarise_scores(found, self._scale_of(found))
            for key, found in rows.groupby(str(grouping), sort=False)
        }

    def by_school_group(
        self, term: int, group_of: Mapping[int, Hashable], standard: ResultStandard | None = None
    ) -> dict[Any, ScoreSummary]:
        """The scores (of one standard, or over all) of each group; `group_of` is by school."""
        key = OVERALL if standard is None else self.standards.index(standard)
        rows = self.frame[(self.frame["term"] == term) & (self.frame["standard"] == key)]
        return {
            group: summarise_scores(found, self._scale_of(found))
            for group, found in rows.groupby(rows["school"].map(group_of), sort=False)
        }

    def scales(self, term: int) -> set[ResultScale]:
        """The scales on which the term's standards were judged: one, unless the office has two."""
        rows = self.frame[(self.frame["term"] == term) & (self.frame["standard"] != OVERALL)]
        return {self.standards[int(place)].scale for place in rows["standard"].unique()}

    def school_scores(self, term: int) -> list[SchoolScore]:
        """Every school's means of the term, by standard and over all."""
        rows = self.frame[self.frame["term"] == term]
        return [self._school_score(row) for row in rows.itertuples(index=False)]

    def scores_of_school(self, school: int) -> dict[int, list[SchoolScore]]:
        """One school's means by term: each standard, and over all."""
        found: dict[int, list[SchoolScore]] = {}
        for row in self.frame[self.frame["school"] == school].itertuples(index=False):
            found.setdefault(int(row.term), []).append(self._school_score(row))
        return found

    def trend(self, terms: Sequence[int], standard: ResultStandard | None) -> list[TrendPoint]:
        """The standard (None: all together) over these terms, first to last.

        The same schools are those with a mean in every one of the terms that has any.
        """
        key = self.standards.index(standard) if standard else OVERALL
        means = self._by_term(key).reindex(columns=list(terms)).to_numpy(dtype=float)
        known = ~np.isnan(means)
        same = means[known[:, known.any(axis=0)].all(axis=1)]
        return [_trend_point(term, means[:, at], same[:, at]) for at, term in enumerate(terms)]

    def _by_term(self, key: int) -> pd.DataFrame:
        """The supervisors' means of a standard: a row for each school, a column for each term."""
        if key not in self._means_by_term:
            rows = self.frame[(self.frame["standard"] == key) & self.frame["visit"].notna()]
            self._means_by_term[key] = rows.pivot(index="school", columns="term", values="visit")
        return self._means_by_term[key]

    def _overall_rows(self, term: int) -> pd.DataFrame:
        return self.frame[(self.frame["term"] == term) & (self.frame["standard"] == OVERALL)]

    def _scale_of(self, rows: pd.DataFrame) -> ResultScale | None:
        """The scale of schools taken together; they share one, unless the office changed it."""
        return self.standards[int(rows["of_standard"].iloc[0])].scale if len(rows) else None

    def _standard_result(self, standard: ResultStandard, rows: pd.DataFrame) -> StandardResult:
        targets = set(rows["target"])
        target = int(targets.pop()) if len(targets) == 1 else NO_TARGET
        return StandardResult(
            standard,
            summarise_scores(rows, standard.scale),
            None if target == NO_TARGET else _level(target),
        )

    def _school_score(self, row: Any) -> SchoolScore:
        scale = self.standards[row.of_standard].scale
        visit = _level(row.visit)
        target = None if row.target == NO_TARGET else _level(row.target)
        return SchoolScore(
            school_id=row.school,
            standard=self.standard_at(row.standard),
            visit=visit,
            own=_level(row.own),
            meaning=scale.meaning(visit),
            target=target,
            achieved=mean_reaches_target(visit, target),
        )


def summarise_scores(rows: pd.DataFrame, scale: ResultScale | None) -> ScoreSummary:
    """These rows of a table of scores, all on one scale, taken together."""
    visit, own, target = (rows[name].to_numpy(dtype=float) for name in ("visit", "own", "target"))
    judged = ~np.isnan(visit) & (target != NO_TARGET)
    return ScoreSummary(
        visit=_mean_of_schools(visit, scale),
        own=_mean_of_schools(own, scale),
        distribution=_distribution(visit, scale),
        achieved=int((visit[judged] >= target[judged]).sum()),
        judged=int(judged.sum()),
    )


def _mean_of_schools(values: np.ndarray, scale: ResultScale | None) -> MeanOfSchools:
    """Of means in hundredths: whole numbers, though a column with empty places holds floats."""
    known = values[~np.isnan(values)]
    n, total, squares = len(known), int(known.sum()), int((known * known).sum())
    mean = _level(mean_of_totals(total, 100 * n) if n else None)
    meaning = scale.meaning(mean) if scale else ""
    return MeanOfSchools(n, mean, deviation_of_totals(n, total, squares), meaning)


def _distribution(values: np.ndarray, scale: ResultScale | None) -> list[BandCount]:
    return [
        BandCount(band.label, int(((values >= band.low) & (values <= band.high)).sum()))
        for band in (scale.bands if scale else ())
    ]


def _trend_point(term: int, every: np.ndarray, same: np.ndarray) -> TrendPoint:
    mean, same_mean = _mean_of_schools(every, None), _mean_of_schools(same, None)
    return TrendPoint(term, mean.mean, mean.n, same_mean.mean, same_mean.n)


def _level(hundredths: float | None) -> Decimal | None:
    """A mean as printed; None where there is none."""
    if hundredths is None or np.isnan(hundredths):
        return None
    return Decimal(int(hundredths)).scaleb(-2)


# --- Loading ---

_SCHOOL_COLUMNS = ("at", "term", "school", "cluster", "leader")


def load_scores(
    school_terms: Iterable[SchoolTerm],
    wanted: ResultFilter,
    *,
    own_of: School | None = None,
) -> ScoreTable:
    """The scores of these schools in these terms, in two queries.

    With `own_of`, the schools' own means are loaded of that school alone, in half the time.
    """
    visited = [row for row in school_terms if row.visit]
    totals = _sheet_totals(visited, own_of)
    index = load_standards(int(pk) for pk in totals["standard_pk"].unique())
    means = _means_by_standard(visited, totals, index, wanted)
    schools = pd.DataFrame(
        [_school_columns(at, row) for at, row in enumerate(visited)],
        columns=_SCHOOL_COLUMNS,
    )
    return ScoreTable(schools.merge(means, on="at"), index)


def _school_columns(at: int, row: SchoolTerm) -> tuple[int, ...]:
    leader = row.visit.leader_id if row.visit else 0
    return at, row.term.pk, row.school.pk, row.cluster.pk or NO_CLUSTER_PK, leader


def _sheet_totals(visited: Sequence[SchoolTerm], own_of: School | None) -> pd.DataFrame:
    """Σ(weight) and Σ(weight × level), in hundredths, by counted sheet and stored standard.

    One row for each weight, so that the database adds up whole numbers only.
    """
    own = Q(sheet__round__school=own_of) if own_of else Q()
    answers = Answer.objects.filter(
        Q(sheet__kind=SheetKind.VISIT) | own & Q(sheet__kind=SheetKind.SELF),
        level__isnull=False,
        sheet__frozen_at__isnull=False,
        sheet__round__term__in={row.term.pk for row in visited},
    )
    if len({row.school.pk for row in visited}) == 1:
        answers = answers.filter(sheet__round__school=visited[0].school)
    groups = answers.order_by().values_list("sheet", "indicator__standard", "indicator__weight")
    sums = groups.annotate(Count("pk"), Sum("level"))
    totals = pd.DataFrame(list(sums), columns=["sheet", "standard_pk", "weight", "n", "levels"])
    each = totals["weight"].map(lambda weight: int(weight * 100)).astype("int64")
    totals = totals.assign(weight=each * totals["n"], weighted=each * totals["levels"])
    visits = [row.visit for row in visited if row.visit]
    counted = {sheet for one in visits for sheet in (one.sheet_id, one.own_sheet_id)}
    return totals[totals["sheet"].isin(counted)]


def _means_by_standard(
    visited: Sequence[SchoolTerm],
    totals: pd.DataFrame,
    index: StandardIndex,
    wanted: ResultFilter,
) -> pd.DataFrame:
    """By place in `visited` and standard: both means, and the same over all standards."""
    standards = pd.DataFrame(
        [
            (pk, row.place, NO_TARGET if row.target is None else int(row.target * 100))
            for pk, row in index.rows.items()
            if wanted.level in (None, row.level)
            and wanted.indicator_set in (None, row.indicator_set)
        ],
        columns=["standard_pk", "standard", "target"],
    )
    sheets = pd.DataFrame(
        [
            (at, side, sheet)
            for at, row in enumerate(visited)
            if row.visit
            for side, sheet in (("visit", row.visit.sheet_id), ("own", row.visit.own_sheet_id))
        ],
        columns=["at", "side", "sheet"],
    )
    by_side = sheets.merge(totals, on="sheet").merge(standards, on="standard_pk")
    overall = by_side.assign(of_standard=by_side["standard"], standard=OVERALL, target=NO_TARGET)
    every = pd.concat([by_side.assign(of_standard=by_side["standard"]), overall])
    summed = every.groupby(["at", "standard", "side"], as_index=False).agg(
        {"weight": "sum", "weighted": "sum", "of_standard": "min", "target": "max"}
    )
    summed["mean"] = mean_of_totals(summed["weighted"], summed["weight"])
    means = summed.pivot(index=["at", "standard"], columns="side", values="mean")
    labels = summed.groupby(["at", "standard"])[["of_standard", "target"]].first()
    return means.reindex(columns=["own", "visit"]).join(labels).reset_index()
