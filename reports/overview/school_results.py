"""The page of one school's results over five years, for the office and for the school itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from reports.charts import DotDistribution, Dumbbell, LineSeries, bucket_means, line_chart
from reports.charts.lines import LineChart
from reports.data.other_schools import OthersSpan
from reports.data.school_results import (
    SchoolResults,
    TermOutcome,
    last_terms,
    load_school_results,
)
from schools.core.http import SignedInRequest
from schools.models import School
from supervision.improvement.models import Recommendation
from supervision.results.standards import ResultStandard
from supervision.rounds.overview import (
    choose_term,
)

ALL_TOGETHER = "ทุกมาตรฐานรวมกัน"


@dataclass(frozen=True)
class OthersRow:
    """One standard of the chosen term beside the other schools, none of whom can be told."""

    label: str
    own: Decimal | None
    mean: Decimal
    spans: Sequence[OthersSpan]

    @property
    def own_span(self) -> OthersSpan | None:
        """The span in which the school itself lies."""
        return next((span for span in self.spans if span.contains(self.own)), None)


@dataclass(frozen=True)
class SchoolAdviceLine:
    """One recommendation of the list, and whether it is late today."""

    recommendation: Recommendation
    is_late: bool


def school_results(request: SignedInRequest, pk: int) -> HttpResponse:
    """Of another's school a director does not even learn that it exists."""
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    choice = choose_term({}, today)
    if choice is None:
        return render(request, "reports/overview/school_results_empty.html", {"school": school})
    terms = last_terms(choice.terms, choice.current)
    asked = request.GET.get("term", "")
    results = load_school_results(request.user, school, terms, asked, today)
    lines = [SchoolAdviceLine(row, row.is_overdue(today)) for row in results.advice]
    context = {
        "results": results,
        "outcomes": results.outcomes[::-1],
        "trends": trend_charts(results),
        "dumbbells": _dumbbells(results),
        "dots": _dots(results),
        "others": _others(results),
        "awaits_next_term": results.chosen.term == choice.current,
        "open_advice": [line for line in lines if line.recommendation.is_open],
        "closed_advice": [line for line in lines if not line.recommendation.is_open],
    }
    return render(request, "reports/overview/school_results.html", context)


# --- Over the terms ---


@dataclass(frozen=True)
class TrendChart:
    """One standard's lines over the terms."""

    label: str
    chart: LineChart


def trend_charts(results: SchoolResults) -> list[TrendChart]:
    """All standards together, where they share a scale, and each standard alone."""
    scales = {standard.scale for standard in results.standards}
    together: list[ResultStandard | None] = [None] if len(scales) == 1 else []
    return [
        TrendChart(_label(standard), _trend_chart(results, standard))
        for standard in [*together, *results.standards]
    ]


def _label(standard: ResultStandard | None) -> str:
    return standard.label if standard else ALL_TOGETHER


def _trend_chart(results: SchoolResults, standard: ResultStandard | None) -> LineChart:
    """The supervisor's mean, the school's, and what may be said of the area beside them."""
    scale = (standard or results.standards[0]).scale
    scores = [one.scores.get(standard) for one in results.outcomes]
    compared = [_compared_mean(results, one, standard) for one in results.outcomes]
    lines = [
        ("ศึกษานิเทศก์", [score.visit if score else None for score in scores]),
        ("โรงเรียนประเมินตนเอง", [score.own if score else None for score in scores]),
    ]
    if any(mean is not None for mean in compared):
        name = "ทั้งเขต" if results.sees_area else "โรงเรียนอื่นในเขต โดยประมาณ"
        lines.append((name, compared))
    names = [str(one.term) for one in results.outcomes]
    series = [LineSeries(name, list(zip(names, values, strict=True))) for name, values in lines]
    return line_chart(series, scale.low, scale.top)


def _compared_mean(
    results: SchoolResults, outcome: TermOutcome, standard: ResultStandard | None
) -> Decimal | None:
    key = outcome.term.pk, standard
    found = results.area_means.get(key) or results.others.get(key)
    return found.mean if found else None


# --- The chosen term ---


def _judged_standards(results: SchoolResults) -> list[ResultStandard]:
    """The standards of the chosen term, in reading order."""
    return [standard for standard in results.standards if standard in results.chosen.scores]


def _dumbbells(results: SchoolResults) -> list[Dumbbell]:
    anchors = {(one.level, one.number, one.name): one.standard_pk for one in results.levels}
    rows = []
    for standard in _judged_standards(results):
        score = results.chosen.scores[standard]
        pk = anchors.get((standard.level, standard.number, standard.name))
        rows.append(
            Dumbbell(
                standard.label,
                score.own,
                score.visit,
                standard.scale.low,
                standard.scale.top,
                url=f"#standard-{pk}" if pk else "",
            )
        )
    return rows


def _dots(results: SchoolResults) -> list[DotDistribution]:
    """For who sees the whole area: where the school stands among all others."""
    if not results.sees_area:
        return []
    return [
        DotDistribution(
            standard.label,
            bucket_means(results.other_means.get(standard, [])),
            results.chosen.scores[standard].visit,
            standard.scale.low,
            standard.scale.top,
        )
        for standard in _judged_standards(results)
    ]


def _others(results: SchoolResults) -> list[OthersRow]:
    rows = []
    for standard in _judged_standards(results):
        if found := results.others.get((results.chosen.term.pk, standard)):
            own = results.chosen.scores[standard].visit
            rows.append(OthersRow(standard.label, own, found.mean, found.spans))
    return rows
