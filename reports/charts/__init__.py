"""Charts as plain values; templates/reports/charts/ draws them, shapes as SVG and words as HTML."""

from reports.charts.bars import (
    BarPart,
    BarSegment,
    DoneBar,
    StackedBar,
    bar_parts,
    level_bar,
    level_colour,
)
from reports.charts.comparisons import DotDistribution, Dumbbell, bucket_means
from reports.charts.lines import LineSeries, line_chart, sparkline
from reports.charts.means import means_sparkline, top_of_test_scale
from reports.charts.targets import TargetRow

__all__ = [
    "BarPart",
    "BarSegment",
    "DoneBar",
    "DotDistribution",
    "Dumbbell",
    "LineSeries",
    "StackedBar",
    "TargetRow",
    "bar_parts",
    "bucket_means",
    "level_bar",
    "level_colour",
    "line_chart",
    "means_sparkline",
    "sparkline",
    "top_of_test_scale",
]
