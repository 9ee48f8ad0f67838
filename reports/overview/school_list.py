"""The schools behind every number of the overview: their results, and a filter for each count."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.overview.groups import ResultGrouping, SchoolGroup, groups_of_schools
from reports.overview.links import school_results_url
from reports.overview.page import (
    ResultsPage,
    page_context,
    render_without_term,
    results_page_of,
)
from reports.overview.standard_keys import find_result_standard
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.core.thai import search_key
from schools.core.url_cache import cached_url
from schools.models import User
from supervision.criteria.scoring import signed_text
from supervision.practices.enums import DecisionResult
from supervision.results.advice import AdviceSummary, advice_by_group, load_advice, summarise_advice
from supervision.results.coverage import unseen_schools
from supervision.results.gaps import NO_GAPS, GapSummary, gaps_by_visit
from supervision.results.school_terms import SchoolTerm
from supervision.results.scores import SchoolScore
from supervision.results.standards import ResultStandard
from supervision.rounds.overview import NO_CLUSTER

SCHOOLS_PER_PAGE = 50


class SchoolCount(models.TextChoices):
    """Which schools are listed: those that one number of the overview counts."""

    ALL = "", "ทั้งหมด"
    VISITED = "visited", "นิเทศแล้ว"
    JUDGED = "judged", "มีคะแนน"
    UNVISITED = "unvisited", "ยังไม่ได้รับการนิเทศ"
    ACHIEVED = "achieved", "บรรลุ"
    NOT_ACHIEVED = "not_achieved", "ไม่บรรลุ"
    UNDECIDED = "undecided", "นิเทศแล้ว รอพิจารณา"
    REPEATED = "repeated", "มีรอบที่ 2"
    WIDE_GAP = "gap", "คะแนนต่างกันมาก"
    ADVICE_OVERDUE = "advice_overdue", "ข้อเสนอแนะเกินกำหนด"
    WITHOUT_OWN = "without_own", "ไม่มีผลประเมินตนเองให้เทียบ"
    UNOPENED = "unopened", "ยังไม่เปิดรอบ"


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
class SchoolLine:
    """One school of the list in the term.

    `score` is over all indicators, or of the standard that the list is about. `last_seen_on` is
    known of schools without a visit in the term.
    """

    row: SchoolTerm
    in_charge: Sequence[User]
    score: SchoolScore | None
    gaps: GapSummary
    advice: AdviceSummary
    last_seen_on: date | None

    @property
    def name(self) -> str:
        return self.row.school.short_name

    @property
    def url(self) -> str:
        return school_results_url(self.row.school.pk, self.row.term.pk)

    @property
    def school_url(self) -> str:
        return cached_url("school", self.row.school.pk)

    @property
    def cluster(self) -> str:
        return self.row.cluster.name or NO_CLUSTER

    @property
    def state(self) -> tuple[StatusKind, str]:
        """The sign and the words of how far the school is."""
        row = self.row
        if not row.rounds:
            return StatusKind.IDLE, "ยังไม่เปิดรอบ"
        if row.decision == DecisionResult.ACHIEVED:
            return StatusKind.DONE, "บรรลุ"
        if row.decision == DecisionResult.NOT_ACHIEVED:
            return StatusKind.LATE, "ไม่บรรลุ"
        if self.is_undecided:
            return StatusKind.WAITING, "นิเทศแล้ว รอพิจารณา"
        if row.had_second_round:
            return StatusKind.WAITING, f"ไม่บรรลุรอบก่อน กำลังทำรอบที่ {row.rounds}"
        if row.is_assessed:
            return StatusKind.WAITING, "ประเมินตนเองแล้ว รอนิเทศ"
        return StatusKind.IDLE, "ยังไม่ยืนยันการประเมินตนเอง"

    @property
    def is_undecided(self) -> bool:
        """Whether its latest round has a signed visit and waits for its decision."""
        visit, row = self.row.visit, self.row
        return visit is not None and visit.round_id == row.latest_round_id and not row.decision

    @property
    def mean(self) -> Decimal | None:
        return self.score.visit if self.score else None

    @property
    def own(self) -> Decimal | None:
        return self.score.own if self.score else None

    @property
    def gap(self) -> Decimal | None:
        return self.score.gap if self.score else None

    @property
    def gap_text(self) -> str | None:
        return signed_text(self.gap)


COUNT_TESTS: Mapping[str, Callable[[SchoolLine], bool]] = {
    SchoolCount.ALL: lambda line: True,
    SchoolCount.VISITED: lambda line: line.row.is_visited,
    SchoolCount.JUDGED: lambda line: line.mean is not None,
    SchoolCount.UNVISITED: lambda line: not line.row.is_visited,
    SchoolCount.ACHIEVED: lambda line: line.row.decision == DecisionResult.ACHIEVED,
    SchoolCount.NOT_ACHIEVED: lambda line: line.row.decision == DecisionResult.NOT_ACHIEVED,
    SchoolCount.UNDECIDED: lambda line: line.is_undecided,
    SchoolCount.REPEATED: lambda line: line.row.had_second_round,
    SchoolCount.WIDE_GAP: lambda line: line.gaps.wide > 0,
    SchoolCount.ADVICE_OVERDUE: lambda line: line.advice.overdue > 0,
    SchoolCount.WITHOUT_OWN: lambda line: (
        line.row.visit is not None and not line.row.visit.own_sheet_id
    ),
    SchoolCount.UNOPENED: lambda line: not line.row.rounds,
}


@dataclass(frozen=True)
class CountTab:
    """One count on top of the list; pressing it shows its schools."""

    key: str
    word: str
    schools: int
    is_chosen: bool


# --- Sorting ---

SortValue = Callable[[SchoolLine], Any]
# What a column sorts by; None where the school has nothing, which always comes last.
SORT_VALUES: Mapping[str, SortValue] = {
    "name": lambda line: line.row.school.sort_key,
    "cluster": lambda line: line.row.cluster.sort_key or None,
    "visited": lambda line: line.row.visit.visit_on if line.row.visit else None,
    "last_seen": lambda line: line.last_seen_on,
    "mean": lambda line: line.mean,
    "own": lambda line: line.own,
    "gap": lambda line: line.gap,
    "wide": lambda line: line.gaps.wide,
    "open": lambda line: line.advice.open,
    "overdue": lambda line: line.advice.overdue,
}


@dataclass(frozen=True)
class SortColumn:
    """A column by which the list can be sorted; `asks` is the address's word for the next press."""

    label: str
    asks: str
    direction: str
    is_number: bool = False

    @property
    def sign(self) -> str:
        return {"ascending": "▲", "descending": "▼"}.get(self.direction, "↕")


COLUMN_LABELS = {
    "name": "โรงเรียน",
    "cluster": "กลุ่มโรงเรียน",
    "visited": "วันที่นิเทศ",
    "mean": "ศน.",
    "own": "ตนเอง",
    "gap": "ผลต่าง",
    "wide": "ต่างมาก (ข้อ)",
    "open": "ยังไม่ปิด",
    "overdue": "เกินกำหนด",
}
NUMBER_COLUMNS = ("mean", "own", "gap", "wide", "open", "overdue")


def sort_columns(sort: str) -> dict[str, SortColumn]:
    """The head of each column: numbers begin with the highest, words with the first."""
    return {name: _sort_column(name, sort) for name in COLUMN_LABELS}


def _sort_column(name: str, sort: str) -> SortColumn:
    first = f"-{name}" if name in NUMBER_COLUMNS else name
    second = name if first.startswith("-") else f"-{name}"
    direction = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
    return SortColumn(
        COLUMN_LABELS[name], second if sort == first else first, direction, name in NUMBER_COLUMNS
    )


def sorted_lines(lines: Iterable[SchoolLine], sort: str) -> list[SchoolLine]:
    """The lines by a column (`-` before its name turns the order); as they come otherwise."""
    found, value = list(lines), SORT_VALUES.get(sort.removeprefix("-"))
    if value is None:
        return found
    known = [line for line in found if value(line) is not None]
    unknown = [line for line in found if value(line) is None]
    return sorted(known, key=value, reverse=sort.startswith("-")) + unknown


# --- The page ---


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
    by_size = request.GET.get("by") == ResultGrouping.SIZE
    page = results_page_of(request, fields=SchoolListForm.base_fields, with_sizes=by_size)
    if page is None:
        return render_without_term(request)
    found = build_school_list(page)
    context = page_context(
        page, found=found, lines=_shown_page(found, request), moment=timezone.now()
    )
    return render(request, "reports/overview/schools.html", context)


def _shown_page(found: SchoolList, request: HttpRequest) -> Page:
    return Paginator(found.shown, SCHOOLS_PER_PAGE).get_page(request.GET.get("page"))
