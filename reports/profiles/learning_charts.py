"""The learning results of a school as charts: a small line in each row, the whole one below."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.charts import LineSeries, line_chart, means_sparkline, top_of_test_scale
from reports.charts.lines import LineChart, Sparkline
from reports.data.learning_lines import LearningKind, LearningLine
from supervision.profiles.models import TestKind


@dataclass(frozen=True)
class LearningRow:
    """One subject of a test from outside with its small line."""

    line: LearningLine
    spark: Sparkline


@dataclass(frozen=True)
class LearningChart:
    """One subject of the school itself over the years, beside the area and the country."""

    title: str
    chart: LineChart


@dataclass(frozen=True)
class LevelRow:
    """One subject that has no mean: how many of a hundred are at each level, in its newest year."""

    line: LearningLine
    percents: Sequence[Decimal | None]


@dataclass(frozen=True)
class LearningPanel:
    """One kind of test on the page.

    Of a test from outside the subjects are `rows`, and those of the school itself `charts`. What
    only its figures are given of, year by year, are `year_lines`: subjects of merged schools, and
    all that the school itself examines, which may be dozens. Those without means are `level_rows`.
    """

    kind: TestKind
    years: Sequence[int]
    latest_year: int
    sources: Sequence[str]
    is_sample: bool
    rows: Sequence[LearningRow]
    charts: Sequence[LearningChart]
    year_lines: Sequence[LearningLine]
    levels: Sequence[str]
    level_rows: Sequence[LevelRow]


def learning_panel(kind: LearningKind) -> LearningPanel:
    """The kind's subjects as the page shows them."""
    with_mean = [line for line in kind.lines if line.has_mean or line.is_withheld]
    others = [line for line in kind.lines if line not in with_mean]
    listed = [] if kind.kind.is_entered_by_schools else with_mean
    drawn = [line for line in listed if not line.origin_note]
    levels = _level_names(others)
    return LearningPanel(
        kind=kind.kind,
        years=kind.years,
        latest_year=kind.latest_year,
        sources=kind.sources,
        is_sample=kind.is_sample,
        rows=[LearningRow(line, small_line(line)) for line in listed],
        charts=[LearningChart(str(line.subject), _chart(line)) for line in drawn],
        year_lines=[line for line in with_mean if line not in drawn],
        levels=levels,
        level_rows=[_level_row(line, levels) for line in others],
    )


def _level_names(lines: Sequence[LearningLine]) -> list[str]:
    """The levels that occur, the best first."""
    found = {share.name: share.position for line in lines for share in line.latest.shares}
    return sorted(found, key=lambda name: found[name])


def _level_row(line: LearningLine, levels: Sequence[str]) -> LevelRow:
    percents = {share.name: share.percent for share in line.latest.shares}
    return LevelRow(line, [percents.get(level) for level in levels])


def small_line(line: LearningLine) -> Sparkline:
    """The school's means as small as a word."""
    return means_sparkline([(str(year.year), year.mean) for year in line.years])


def _chart(line: LearningLine) -> LineChart:
    """School, area and country on the whole scale of the test; who has no value has no line."""
    names = [str(year.year) for year in line.years]
    series = {
        "โรงเรียน": [year.mean for year in line.years],
        "เขตพื้นที่": [year.area for year in line.years],
        "ประเทศ": [year.nation for year in line.years],
    }
    shown = [
        LineSeries(name, list(zip(names, means, strict=True)))
        for name, means in series.items()
        if name == "โรงเรียน" or any(mean is not None for mean in means)
    ]
    return line_chart(shown, 0, top_of_test_scale(line.subject.highest_mean))
