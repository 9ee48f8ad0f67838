"""Filters of the report templates: days of a snapshot, its bars, codes and QR codes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django import template

from reports.charts import (
    BarPart,
    BarSegment,
    DoneBar,
    Dumbbell,
    LineSeries,
    StackedBar,
    TargetRow,
    bar_parts,
    level_bar,
    level_colour,
    line_chart,
)
from reports.charts.lines import LineChart
from reports.data.drive_schema import DimensionResult
from reports.data.ledger_counts import LedgerCounts, count_ledger
from reports.data.schema import (
    AreaStandard,
    JudgedStandard,
    LearningSubjectFigures,
    RecommendationRow,
    StepProgress,
    TrendFigures,
)
from reports.data.signers import issuing_signer, preparing_signers
from reports.typography import with_sign
from reports.verification import group_code, qr_svg
from supervision.quality_drive.progress.enums import ProgressState

ALL_PERCENT = 100
# Of the states of a drive's progress: green is reached, red behind; the names stand beside them.
STATE_COLOURS: Mapping[str, str] = {
    ProgressState.ON_TARGET: "done",
    ProgressState.ON_TRACK: "l5",
    ProgressState.AT_RISK: "l2",
    ProgressState.BEHIND: "late",
    ProgressState.NO_PLAN: "l4",
    ProgressState.NO_RESULT: "l3",
}

register = template.Library()
register.filter("qr_code", qr_svg)
register.filter("code_in_groups", group_code)
register.filter("issuing_signer", issuing_signer)
register.filter("preparing_signers", preparing_signers)
register.filter("with_sign", with_sign)


@register.filter
def from_iso(iso: str | None) -> date | None:
    """A day or moment of a snapshot, for the date filters: {{ x|from_iso|be_long }}."""
    if not iso:
        return None
    return datetime.fromisoformat(iso) if "T" in iso else date.fromisoformat(iso)


@register.filter
def mean_bar(standard: JudgedStandard, side: Literal["own", "visit"]) -> tuple[BarPart, ...]:
    """The bar of one side's mean; the highest level of the scale fills it."""
    mean = Decimal(standard[side]["mean"] or 0)
    return bar_parts([BarSegment("", mean, side)], standard["top"])


@register.filter
def step_bars(progress: Sequence[StepProgress]) -> list[DoneBar]:
    """A bar for each of the seven steps: how many schools have done it."""
    return [
        DoneBar(f"{step['number']}. {step['name']}", step["done"], 0, step["total"])
        for step in progress
    ]


@register.filter
def level_bars(standards: Sequence[AreaStandard]) -> list[list[StackedBar]]:
    """How many schools are in each band, a bar a standard; a list for each wording of the bands."""
    groups: dict[tuple[str, ...], list[StackedBar]] = {}
    for row in standards:
        counts = [(level["label"], level["schools"]) for level in row["levels"]]
        names = tuple(name for name, _ in counts)
        groups.setdefault(names, []).append(level_bar(_standard_name(row), counts))
    return list(groups.values())


@register.filter
def dumbbells(standards: Sequence[AreaStandard]) -> list[list[Dumbbell]]:
    """School and supervisor on one axis, a row a standard; a list for each scale."""
    groups: dict[tuple[int, int], list[Dumbbell]] = {}
    for row in standards:
        groups.setdefault((row["low"], row["top"]), []).append(_dumbbell(row))
    return list(groups.values())


def _dumbbell(row: AreaStandard) -> Dumbbell:
    own, visit = (_mean(row[side]["mean"]) for side in ("own", "visit"))
    return Dumbbell(_standard_name(row), own, visit, row["low"], row["top"])


def _standard_name(row: AreaStandard) -> str:
    return f"{row['level']} {row['number']}. {row['name']}".strip()


def _mean(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@register.filter
def trend_chart(trend: TrendFigures) -> LineChart:
    """The lines of a report's trend."""
    series = [
        LineSeries(
            line["label"],
            list(zip(trend["terms"], map(_mean, line["means"]), strict=True)),
        )
        for line in trend["lines"]
    ]
    return line_chart(series, trend["low"], trend["top"])


@register.filter
def learning_bars(subjects: Sequence[LearningSubjectFigures]) -> list[StackedBar]:
    """Of a hundred pupils, how many reached each level: a bar for each subject that has levels."""
    return [_learning_bar(subject) for subject in subjects if subject["levels"]]


def _learning_bar(subject: LearningSubjectFigures) -> StackedBar:
    levels = subject["levels"]
    segments = [
        BarSegment(level["label"], Decimal(level["percent"]), level_colour(place, len(levels)))
        for place, level in enumerate(levels)
    ]
    return StackedBar(subject["label"], segments, ALL_PERCENT)


@register.filter
def target_rows(results: Sequence[DimensionResult]) -> list[TargetRow]:
    """Before, now and target of each dimension of a drive."""
    return [
        TargetRow(
            row["name"],
            _mean(row["baseline"]),
            _mean(row["now"]),
            _mean(row["target"]),
            row["low"],
            row["top"],
        )
        for row in results
    ]


@register.filter
def state_bars(results: Sequence[DimensionResult]) -> list[StackedBar]:
    """How many schools are how far in each dimension of a drive, by the states that occur."""
    found = {one["key"] for row in results for one in row["states"] if one["count"]}
    return [_state_bar(row, found) for row in results]


def _state_bar(row: DimensionResult, shown: Collection[str]) -> StackedBar:
    segments = [
        BarSegment(one["name"], one["count"], STATE_COLOURS[one["key"]])
        for one in row["states"]
        if one["key"] in shown
    ]
    return StackedBar(row["name"], segments, sum(one["count"] for one in row["states"]))


@register.filter
def ledger_counts(lines: Sequence[RecommendationRow]) -> LedgerCounts:
    """How many recommendations each of those responsible has, by state."""
    return count_ledger(lines)
