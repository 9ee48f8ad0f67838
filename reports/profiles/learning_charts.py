"""The learning results of a school as charts: a small line in each row, the whole one below."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from reports.charts import LineSeries, line_chart, sparkline
from reports.charts.lines import LineChart, Sparkline
from reports.data.learning_lines import LearningKind, LearningLine
from supervision.profiles.models import TestKind

SPARKLINE_ROOM = 5  # left free above and below a small line, in points of the test


@dataclass(frozen=True)
class LearningRow:
    """One subject with its small line, and the chart beside the area and the country."""

    line: LearningLine
    spark: Sparkline
    chart: LineChart

    @property
    def title(self) -> str:
        """Which chart it is, for its heading."""
        return " ".join(filter(None, [str(self.line.subject), self.line.origin_note]))


@dataclass(frozen=True)
class LevelRow:
    """One subject that has no mean: how many of a hundred are at each level, in its newest year."""

    line: LearningLine
    percents: Sequence[Decimal | None]


@dataclass(frozen=True)
class LearningPanel:
    """One kind of test on the page: subjects with means, and below them those with levels alone."""

    kind: TestKind
    years: Sequence[int]
    latest_year: int
    sources: Sequence[str]
    is_sample: bool
    rows: Sequence[LearningRow]
    levels: Sequence[str]
    level_rows: Sequence[LevelRow]


def learning_panel(kind: LearningKind) -> LearningPanel:
    """The kind's subjects, each with a mean drawn."""
    with_mean = [line for line in kind.lines if line.has_mean or line.is_withheld]
    others = [line for line in kind.lines if line not in with_mean]
    levels = _level_names(others)
    return LearningPanel(
        kind=kind.kind,
        years=kind.years,
        latest_year=kind.latest_year,
        sources=kind.sources,
        is_sample=kind.is_sample,
        rows=[LearningRow(one, small_line(one), _chart(one)) for one in with_mean],
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
    """The school's means as small as a word, on a scale just around them."""
    points = [(str(year.year), year.mean) for year in line.years]
    known = [mean for _, mean in points if mean is not None]
    low, top = min(known, default=Decimal()), max(known, default=Decimal())
    return sparkline(
        points, _whole(low, ROUND_FLOOR) - SPARKLINE_ROOM, _whole(top) + SPARKLINE_ROOM
    )


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
    return line_chart(shown, 0, _whole(line.subject.highest_mean))


def _whole(value: Decimal, rounding: str = ROUND_CEILING) -> int:
    return int(value.quantize(Decimal(1), rounding=rounding))
