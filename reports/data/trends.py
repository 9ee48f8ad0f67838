"""Means over the terms: all standards together, then each standard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from reports.charts import LineSeries, line_chart
from reports.charts.lines import MOST_LINES, LineChart
from reports.data.schema import TrendFigures
from reports.data.scores import two_decimals
from schools.models import AcademicYear, School, Term
from supervision.results.school_terms import ResultFilter, load_area_school_terms
from supervision.results.scores import ScoreTable, load_scores
from supervision.results.standards import ResultScale, ResultStandard

TERMS_OF_TREND = 6  # three years: more do not fit across a page


class TrendBasis(StrEnum):
    """Whose means are compared: every school of a term, or those that every term has."""

    EVERY = "every"
    SAME = "same"


@dataclass(frozen=True)
class ScoreTrend:
    """Lines over the compared terms on one scale, and of how many schools they are (`note`)."""

    title: str
    note: str
    series: Sequence[LineSeries]
    scale: ResultScale

    @property
    def chart(self) -> LineChart:
        return line_chart(self.series, self.scale.low, self.scale.top)


def score_trends(
    scores: ScoreTable,
    compared: Sequence[Term],
    standards: Sequence[ResultStandard],
    basis: TrendBasis = TrendBasis.EVERY,
) -> list[ScoreTrend]:
    """All standards together, then these; nothing where fewer than two terms can be compared.

    `standards` are those of the last term. A term with another scale than theirs cannot be
    compared. The first chart has both lines, every school and the same schools; those of the
    standards follow `basis`.
    """
    scales = {one.scale for one in standards}
    if len(scales) != 1:
        return []
    (scale,) = scales
    terms = [term for term in compared if scores.scales(term.pk) == scales]
    if len(terms) < 2:
        return []
    note = "" if len(terms) == len(compared) else " ไม่รวมภาคเรียนที่ไม่มีผลหรือใช้มาตราส่วนอื่น"
    return [
        _overall_trend(scores, terms, scale, note),
        *(_standards_trend(scores, terms, group, basis) for group in _by_chart(standards)),
    ]


def _overall_trend(
    scores: ScoreTable, terms: Sequence[Term], scale: ResultScale, note: str
) -> ScoreTrend:
    points = scores.trend([term.pk for term in terms], None)
    names = [str(term) for term in terms]
    every = [(name, point.mean) for name, point in zip(names, points, strict=True)]
    same = [(name, point.same_schools_mean) for name, point in zip(names, points, strict=True)]
    series = [LineSeries("ทุกโรงเรียน", every), LineSeries("โรงเรียนเดียวกัน", same)]
    counts = ", ".join(str(point.schools) for point in points)
    counted = (
        f"ทุกโรงเรียน คือ {counts} โรงเรียนตามลำดับ · โรงเรียนเดียวกัน คือ "
        f"{points[-1].same_schools} โรงเรียนที่มีผลทุกภาคเรียน{note}"
    )
    return ScoreTrend("ทุกมาตรฐานรวมกัน", counted, series, scale)


def _by_chart(standards: Sequence[ResultStandard]) -> list[tuple[ResultStandard, ...]]:
    """Those of one level of education together, as many as lines can be told apart."""
    levels = [list(group) for _, group in groupby(standards, key=lambda one: one.level)]
    return [
        tuple(of_level[at : at + MOST_LINES])
        for of_level in levels
        for at in range(0, len(of_level), MOST_LINES)
    ]


def _standards_trend(
    scores: ScoreTable,
    terms: Sequence[Term],
    standards: Sequence[ResultStandard],
    basis: TrendBasis,
) -> ScoreTrend:
    return ScoreTrend(
        f"รายมาตรฐาน {standards[0].level}".strip(),
        "ในวงเล็บ คือ จำนวนโรงเรียนของภาคเรียนล่าสุด",
        [_standard_line(scores, terms, one, basis) for one in standards],
        standards[0].scale,
    )


def _standard_line(
    scores: ScoreTable, terms: Sequence[Term], standard: ResultStandard, basis: TrendBasis
) -> LineSeries:
    points = scores.trend([term.pk for term in terms], standard)
    same = basis == TrendBasis.SAME
    count = points[-1].same_schools if same else points[-1].schools
    values = [point.same_schools_mean if same else point.mean for point in points]
    names = [str(term) for term in terms]
    label = f"มาตรฐานที่ {standard.number} ({count})"
    return LineSeries(label, list(zip(names, values, strict=True)))


# --- For a report ---


def trend_figures(year: AcademicYear, today: date) -> list[TrendFigures]:
    """The area's means of the year's terms and of those before, for its report."""
    terms = Term.objects.filter(
        academic_year__area=year.area_id, academic_year__year__lte=year.year
    )
    terms = terms.select_related("academic_year").order_by("-opens_on")
    latest = list(terms[:TERMS_OF_TREND])[::-1]
    schools = School.objects.filter(area=year.area_id)
    scores = load_scores(load_area_school_terms(schools, latest, today), ResultFilter())
    return frozen_trends(scores, latest)


def frozen_trends(scores: ScoreTable, terms: Sequence[Term]) -> list[TrendFigures]:
    """The means of these terms, first to last, by the standards of the last that was judged."""
    judged = [found for term in terms if (found := scores.standard_results(term.pk))]
    standards = [one.standard for one in judged[-1]] if judged else []
    return [_frozen_trend(trend) for trend in score_trends(scores, terms, standards)]


def _frozen_trend(trend: ScoreTrend) -> TrendFigures:
    return {
        "title": trend.title,
        "note": trend.note,
        "low": trend.scale.low,
        "top": trend.scale.top,
        "terms": [name for name, _ in trend.series[0].points],
        "lines": [
            {"label": line.label, "means": [two_decimals(mean) for _, mean in line.points]}
            for line in trend.series
        ],
    }
