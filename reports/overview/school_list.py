"""The schools behind every number of the overview: their results, and a filter for each count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.overview.groups import ResultGrouping, SchoolGroup, groups_of_schools
from reports.overview.page import (
    ResultsPage,
    grouped_page_of,
    page_context,
    render_without_term,
)
from reports.overview.school_lines import (
    COUNT_TESTS,
    SchoolCount,
    SchoolLine,
    SortColumn,
    sort_columns,
    sorted_lines,
)
from reports.overview.standard_keys import find_result_standard
from schools.core.http import SignedInRequest
from schools.core.thai import search_key
from supervision.results.advice import advice_by_group, load_advice, summarise_advice
from supervision.results.coverage import unseen_schools
from supervision.results.gaps import NO_GAPS, gaps_by_visit
from supervision.results.standards import ResultStandard

SCHOOLS_PER_PAGE = 50


class SchoolListForm(forms.Form):
    """What the list asks besides the filters; the form of filters has its fields too."""

    q = forms.CharField(
        label="ค้นหาชื่อโรงเรียน",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    show = forms.ChoiceField(
        label="แสดง", choices=SchoolCount, required=False, widget=forms.HiddenInput
    )
    sort = forms.CharField(label="เรียงตาม", max_length=20, required=False, widget=forms.HiddenInput)
    by = forms.ChoiceField(
        label="แยกผลตาม", choices=ResultGrouping, required=False, widget=forms.HiddenInput
    )
    group = forms.CharField(label="กลุ่ม", max_length=100, required=False, widget=forms.HiddenInput)
    standard = forms.IntegerField(label="มาตรฐาน", required=False, widget=forms.HiddenInput)
    band = forms.IntegerField(
        label="ระดับ", min_value=0, max_value=9, required=False, widget=forms.HiddenInput
    )


@dataclass(frozen=True)
class CountTab:
    """One count on top of the list; pressing it shows its schools."""

    key: str
    word: str
    schools: int
    is_chosen: bool


@dataclass(frozen=True)
class SchoolList:
    """The page of schools; `standard` is the one that it is about, None for all indicators."""

    page: ResultsPage
    standard: ResultStandard | None
    lines: Sequence[SchoolLine]
    groups: Mapping[int, SchoolGroup]

    @property
    def asked(self) -> Mapping[str, Any]:
        """What the address asks, as far as it is valid."""
        return self.page.selection.form.cleaned_data

    @property
    def show(self) -> str:
        return self.asked.get("show", "")

    @property
    def sort(self) -> str:
        return self.asked.get("sort", "")

    @cached_property
    def in_group(self) -> list[SchoolLine]:
        """The lines that group, band and words leave; the counts are of these."""
        words = search_key(self.asked.get("q", ""))
        return [
            line
            for line in self.lines
            if words in search_key(line.row.school.name)
            and self._is_in_group(line)
            and self._is_in_band(line)
        ]

    def _is_in_group(self, line: SchoolLine) -> bool:
        wanted = self.asked.get("group")
        return not wanted or not self.groups or self.groups[line.row.school.pk].key == wanted

    def _is_in_band(self, line: SchoolLine) -> bool:
        return not self.band or (line.score is not None and line.score.meaning == self.band)

    @cached_property
    def band(self) -> str:
        """The word of the band that is asked for; empty without one."""
        place = self.asked.get("band")
        if place is None:
            return ""
        scores = self.page.results.scores
        shown = self.standard or next(iter(scores.standards), None)
        bands = shown.scale.bands if shown else ()
        return bands[place].label if place < len(bands) else ""

    @property
    def group_name(self) -> str:
        wanted = self.asked.get("group")
        names = (group.name for group in self.groups.values() if group.key == wanted)
        return next(names, "")

    @property
    def counts(self) -> list[CountTab]:
        """All schools, the counts that have a school, and the one that is shown."""
        schools = {
            count: sum(map(COUNT_TESTS[count.value], self.in_group)) for count in SchoolCount
        }
        judged = SchoolCount.JUDGED
        if judged != self.show and schools[judged] == schools[SchoolCount.VISITED]:
            del schools[judged]  # it would say the same twice
        tabs = [
            CountTab(count.value, str(count.label), number, count.value == self.show)
            for count, number in schools.items()
        ]
        return [tab for tab in tabs if tab.schools or tab.is_chosen or not tab.key]

    @cached_property
    def shown(self) -> list[SchoolLine]:
        """The lines of the count that is shown, in the order asked for."""
        test = COUNT_TESTS[self.show]
        first = "last_seen" if self.show == SchoolCount.UNVISITED else ""
        return sorted_lines((line for line in self.in_group if test(line)), self.sort or first)

    @property
    def columns(self) -> dict[str, SortColumn]:
        return sort_columns(self.sort)


def build_school_list(page: ResultsPage) -> SchoolList:
    """The list as the address asks for it."""
    asked = page.selection.form.cleaned_data
    by, groups = asked.get("by"), {}
    if by:
        results = page.results
        groups = groups_of_schools(page.rows, ResultGrouping(by), results.sizes, page.size_order)
    standard = _asked_standard(page)
    with_days = asked.get("show") == SchoolCount.UNVISITED
    return SchoolList(page, standard, _lines(page, standard, with_days=with_days), groups)


def _asked_standard(page: ResultsPage) -> ResultStandard | None:
    """The standard that the address names; one without results is an error of the form."""
    form = page.selection.form
    asked = form.cleaned_data.get("standard")
    if asked is None:
        return None
    found = find_result_standard(page.user, asked, page.results.scores.standards)
    if isinstance(found, ResultStandard):
        return found
    form.add_error("standard", "ไม่มีผลของมาตรฐานนี้ในภาคเรียนที่เลือก")
    return None


def _lines(
    page: ResultsPage, standard: ResultStandard | None, *, with_days: bool
) -> list[SchoolLine]:
    results, rows = page.results, page.rows
    scores = {
        score.school_id: score
        for score in results.scores.school_scores(results.term.pk)
        if score.standard == standard
    }
    gaps = gaps_by_visit(rows, results.wanted)
    advice = advice_by_group(
        load_advice(page.user, [results.term]), page.today, lambda row: row.school_id
    )
    without = summarise_advice([], page.today)
    days = {
        one.row.school.pk: one.last_seen_on
        for one in (unseen_schools(rows, page.today) if with_days else [])
    }
    in_charge = {row.school.pk: row.supervisors for row in page.selection.all_schools}
    return [
        SchoolLine(
            row=row,
            in_charge=in_charge.get(row.school.pk, ()),
            score=scores.get(row.school.pk),
            gaps=gaps.get(row.visit.sheet_id, NO_GAPS) if row.visit else NO_GAPS,
            advice=advice.get(row.school.pk, without),
            last_seen_on=days.get(row.school.pk),
        )
        for row in rows
    ]


def overview_schools(request: SignedInRequest) -> HttpResponse:
    """The schools of the term as a number of the overview counts them."""
    page = grouped_page_of(request, SchoolListForm.base_fields)
    if page is None:
        return render_without_term(request)
    found = build_school_list(page)
    context = page_context(
        page, found=found, lines=_shown_page(found, request), moment=timezone.now()
    )
    return render(request, "reports/overview/schools.html", context)


def _shown_page(found: SchoolList, request: HttpRequest) -> Page:
    return Paginator(found.shown, SCHOOLS_PER_PAGE).get_page(request.GET.get("page"))
