"""One indicator over all schools: levels of both sides over terms, both ends, what was advised."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from reports.charts import LineSeries, StackedBar, level_bar, line_chart
from reports.charts.lines import LineChart
from reports.overview.links import school_results_url
from reports.overview.page import (
    ResultsPage,
    page_context,
    render_without_term,
    results_page_of,
)
from reports.overview.standard_keys import readable_standards
from schools.core.http import SignedInRequest
from schools.core.url_cache import cached_url
from schools.models import User
from supervision.criteria.models import Indicator
from supervision.criteria.scoring import half_up, signed_text, wide_gap
from supervision.improvement.models import Recommendation
from supervision.practices.enums import PracticeState
from supervision.practices.models import GoodPractice
from supervision.results.indicator_answers import SchoolAnswer, load_indicator_answers
from supervision.results.indicators import indicator_key
from supervision.results.school_terms import SchoolTerm
from supervision.results.standards import ResultScale, load_standards

SHOWN_AT_EACH_END = 10
MOST_PRACTICES = 10


@dataclass(frozen=True)
class AnswerLine:
    """One school's answer on the indicator, with the pages of its record."""

    answer: SchoolAnswer

    @property
    def row(self) -> SchoolTerm:
        return self.answer.row

    @property
    def school_url(self) -> str:
        return school_results_url(self.row.school.pk, self.row.term.pk)

    @property
    def visit_url(self) -> str:
        return cached_url("visit", self.row.visit.pk) if self.row.visit else ""

    @property
    def answer_url(self) -> str:
        """The sheet of the record, at the indicator: its level, finding and evidence."""
        if self.row.visit is None:
            return ""
        args = [self.row.visit.sheet_id, self.answer.standard_id]
        return f"{reverse('sheet_standard', args=args)}#indicator-{self.answer.indicator_id}"

    @property
    def gap(self) -> str | None:
        """In whole levels: +1, 0 or −2."""
        gap = self.answer.gap
        return None if gap is None else f"{gap:+d}".replace("-", "−").replace("+0", "0")

    @property
    def is_wide(self) -> bool:
        return wide_gap(self.answer.own, self.answer.level)


@dataclass(frozen=True)
class IndicatorPage:
    """The page of one indicator; `versions` are its stored rows, oldest first."""

    page: ResultsPage
    versions: Sequence[Indicator]
    scale: ResultScale
    answers: Sequence[SchoolAnswer]

    @property
    def indicator(self) -> Indicator:
        return self.versions[-1]

    @property
    def standard_url(self) -> str:
        return self.page.links.standard(self.indicator.standard_id)

    @cached_property
    def now(self) -> list[SchoolAnswer]:
        """The answers of the chosen term."""
        term = self.page.results.term
        return [one for one in self.answers if one.row.term.pk == term.pk]

    @cached_property
    def judged(self) -> list[SchoolAnswer]:
        return [one for one in self.now if one.level is not None]

    @property
    def not_applicable(self) -> int:
        return sum(one.not_applicable for one in self.now)

    @property
    def mean(self) -> Decimal | None:
        return _mean(one.level for one in self.now)

    @property
    def own_mean(self) -> Decimal | None:
        return _mean(one.own for one in self.now)

    @property
    def gap(self) -> str | None:
        """Over the schools that both sides gave a level."""
        return signed_text(_mean(one.gap for one in self.now))

    @property
    def wide(self) -> int:
        return sum(line.is_wide for line in map(AnswerLine, self.judged))

    @property
    def bars(self) -> list[StackedBar]:
        """How many schools are at each level, as supervisors and as the schools themselves say."""
        sides = (
            ("ศึกษานิเทศก์", Counter(one.level for one in self.now)),
            ("โรงเรียนประเมินตนเอง", Counter(one.own for one in self.now)),
        )
        return [level_bar(name, self._counts(found)) for name, found in sides]

    def _counts(self, found: Mapping[int | None, int]) -> list[tuple[str, int]]:
        levels = range(self.scale.low, self.scale.top + 1)
        return [(self.scale.level_name(level), found.get(level, 0)) for level in levels]

    @property
    def trend(self) -> LineChart:
        """The mean level of each term over all its schools, on both sides."""
        terms = self.page.results.terms
        of_term = {
            term.pk: [one for one in self.answers if one.row.term.pk == term.pk] for term in terms
        }
        visit = [(str(term), _mean(one.level for one in of_term[term.pk])) for term in terms]
        own = [(str(term), _mean(one.own for one in of_term[term.pk])) for term in terms]
        series = [LineSeries("ศึกษานิเทศก์", visit), LineSeries("โรงเรียนประเมินตนเอง", own)]
        return line_chart(series, self.scale.low, self.scale.top)

    @cached_property
    def lowest(self) -> list[AnswerLine]:
        """The schools at the lowest levels, lowest first."""
        found = sorted(self.judged, key=lambda one: (one.level or 0, one.row.school.sort_key))
        return [AnswerLine(one) for one in found[:SHOWN_AT_EACH_END]]

    @cached_property
    def highest(self) -> list[AnswerLine]:
        """The schools at the highest levels, none that is among the lowest."""
        lowest = {line.row.school.pk for line in self.lowest}
        found = sorted(self.judged, key=lambda one: (-(one.level or 0), one.row.school.sort_key))
        rest = [one for one in found if one.row.school.pk not in lowest]
        return [AnswerLine(one) for one in rest[:SHOWN_AT_EACH_END]]

    @cached_property
    def advice(self) -> list[Recommendation]:
        """What was advised about the indicator in the compared terms, newest first."""
        results = self.page.results
        schools = {one.school.pk for one in results.school_terms}
        rows = Recommendation.objects.visible_to(self.page.user).agreed()
        rows = rows.filter(
            indicator__in=[version.pk for version in self.versions],
            round__term__in=results.terms,
            school__in=schools,
        )
        related = rows.select_related("school", "round__term__academic_year")
        return list(related.order_by("-agreed_at", "-pk"))

    @cached_property
    def practices(self) -> list[GoodPractice]:
        """Selected practices of the schools at the best level that any school reached."""
        best = max((one.level or 0 for one in self.judged), default=0)
        schools = {one.row.school.pk for one in self.judged if one.level == best}
        selected = GoodPractice.objects.visible_to(self.page.user).filter(
            state=PracticeState.SELECTED, round__school__in=schools
        )
        related = selected.select_related("round__school", "round__term__academic_year")
        return list(related.order_by("-selected_at")[:MOST_PRACTICES])


def _mean(levels: Iterable[int | None]) -> Decimal | None:
    """The mean of the levels that there are, half-up at two decimals."""
    found = [level for level in levels if level is not None]
    return half_up(Decimal(sum(found)) / len(found)) if found else None


def overview_indicator(request: SignedInRequest, pk: int) -> HttpResponse:
    """One indicator, by the key of any of its versions, for who sees the whole area."""
    page = results_page_of(request)
    versions = visible_indicator_versions(request.user, pk)
    if page is None:
        return render_without_term(request)
    answers = load_indicator_answers(page.results.school_terms, versions)
    scale = load_standards([versions[-1].standard_id]).standards[0].scale
    found = IndicatorPage(page, versions, scale, answers)
    context = page_context(page, found=found, moment=timezone.now())
    return render(request, "reports/overview/indicator.html", context)


def visible_indicator_versions(user: User, pk: int) -> list[Indicator]:
    """The stored rows of one indicator, oldest first. Raises Http404 for an unknown key."""
    asked = Indicator.objects.filter(pk=pk)
    rows = Indicator.objects.filter(
        standard__in=readable_standards(user),
        code__in=asked.values("code"),
        text__in=asked.values("text"),
    )
    found = list(rows.select_related("standard__indicator_set").order_by("pk"))
    named = next((one for one in found if one.pk == pk), None)
    if named is None:
        raise Http404
    return [one for one in found if indicator_key(one) == indicator_key(named)]
