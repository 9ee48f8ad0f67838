"""The map of the area: its schools where they stand, with how far they are and what was found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.db import models
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from reports.overview.filters import OverviewSelection, select_for_overview
from reports.overview.page import render_without_term
from schools.access import Permission, can, require
from schools.core.http import SignedInRequest
from schools.models import School, User
from schools.registry.school_lists import (
    ClusterGroup,
    group_by_cluster,
)
from supervision.cycle.board import BoardCell, BoardRow, build_board_rows
from supervision.results.school_terms import ResultFilter, load_school_terms
from supervision.results.scores import BandCount, SchoolScore, ScoreTable, load_scores


class MapStatus(models.TextChoices):
    """How far a school is in the term: the shape of its sign on the map."""

    OVERDUE = "overdue", "เกินกำหนด"
    IN_PROGRESS = "in_progress", "กำลังดำเนินการ"
    FINISHED = "finished", "ครบทุกขั้น"
    NOT_OPENED = "not_opened", "ยังไม่เปิดรอบ"
    STOPPED = "stopped", "เลิกหรือรวมแล้ว"


@dataclass(frozen=True)
class MapResult:
    """What the supervisors found at a school in the term: the colour of its sign on the map.

    `mean` is that of all its indicators, of two decimals; `level` is the place of its band on the
    scale, 1 the lowest, and None where the schools listed do not share one scale.
    """

    mean: Decimal
    meaning: str
    level: int | None

    @property
    def words(self) -> str:
        return f"{self.meaning} {self.mean}".lstrip()


@dataclass(frozen=True)
class MapRow:
    """One school of the map and of the table beside it, which say the same."""

    board_row: BoardRow
    result: MapResult | None

    @property
    def school(self) -> School:
        return self.board_row.school

    @property
    def url(self) -> str:
        return self.board_row.url

    @property
    def level(self) -> int | None:
        return self.result.level if self.result else None

    @property
    def now(self) -> BoardCell:
        """The step at which it is, as the area board says it."""
        return self.board_row.now

    @property
    def status(self) -> MapStatus:
        progress = self.board_row.progress
        if progress is None:
            return MapStatus.NOT_OPENED
        if progress.stopped:
            return MapStatus.STOPPED
        if progress.overdue:
            return MapStatus.OVERDUE
        return MapStatus.IN_PROGRESS if progress.current else MapStatus.FINISHED


@dataclass(frozen=True)
class MapGroup(ClusterGroup[MapRow]):
    """One cluster of the table."""


@dataclass(frozen=True)
class LegendLine:
    """One line of a legend: a status or a level in words, and how many schools have it."""

    word: str
    schools: int
    status: MapStatus | None = None
    level: int | None = None


@dataclass(frozen=True)
class SchoolMap:
    """The schools that the filters leave, those with a position and those without."""

    selection: OverviewSelection
    rows: Sequence[MapRow]
    bands: Sequence[BandCount]

    @cached_property
    def placed(self) -> list[MapRow]:
        return [row for row in self.rows if row.school.position]

    @cached_property
    def unplaced(self) -> list[MapRow]:
        return [row for row in self.rows if not row.school.position]

    @property
    def placed_groups(self) -> list[MapGroup]:
        return group_by_cluster(self.placed, self.placed, MapGroup)

    @property
    def unplaced_groups(self) -> list[MapGroup]:
        return group_by_cluster(self.unplaced, self.unplaced, MapGroup)

    @property
    def statuses(self) -> list[LegendLine]:
        """The legend of shapes; a status that no school has is not in it."""
        counts = Counter(row.status for row in self.rows)
        return [
            LegendLine(status.label, counts[status], status)
            for status in MapStatus
            if counts[status]
        ]

    @property
    def levels(self) -> list[LegendLine]:
        """The legend of colours, lowest level first; empty while no school has a result."""
        found = [
            LegendLine(band.label, band.schools, level=level)
            for level, band in enumerate(self.bands, start=1)
        ]
        waiting = sum(row.result is None for row in self.rows)
        return [*found, LegendLine("ยังไม่มีผล", waiting)] if found and waiting else found

    @property
    def is_sample(self) -> bool:
        """Whether a round among them is made up for the demonstration."""
        all_progress = (row.board_row.progress for row in self.rows)
        return any(progress.round.is_sample for progress in all_progress if progress)


def school_map(user: User, asked: Mapping[str, str], today: date) -> SchoolMap | None:
    """The map as the filters ask for it; None before any term has opened."""
    selection = select_for_overview(user, asked, today, hidden=["compared"])
    if selection is None:
        return None
    schools = [row.school for row in selection.schools]
    # Without a scheme: the map shows no sizes.
    board_rows = build_board_rows(user, selection.term, schools, None, today)
    scores = _load_term_scores(user, selection, schools, today)
    bands = scores.overall(selection.term.pk).distribution
    results = _results_by_school(scores.school_scores(selection.term.pk), bands)
    rows = [MapRow(row, results.get(row.school.pk)) for row in board_rows]
    return SchoolMap(selection, rows, bands)


def _load_term_scores(
    user: User, selection: OverviewSelection, schools: Sequence[School], today: date
) -> ScoreTable:
    """The schools' scores of the one term, by the sets and the level that the filters name."""
    school_terms = load_school_terms(user, schools, [selection.term], today)
    filters = selection.filters
    wanted = ResultFilter(level=filters.level, indicator_set=filters.indicator_set)
    return load_scores(school_terms, wanted)


def _results_by_school(
    scores: Iterable[SchoolScore], bands: Sequence[BandCount]
) -> dict[int, MapResult]:
    """Each school's result over all its indicators, by its key."""
    levels = {band.label: level for level, band in enumerate(bands, start=1)}
    return {
        score.school_id: MapResult(score.visit, score.meaning, levels.get(score.meaning))
        for score in scores
        if score.standard is None and score.visit is not None
    }


def area_map(request: SignedInRequest) -> HttpResponseBase:
    """The page of the map, for who sees the whole area."""
    require(request.user, Permission.VIEW_AREA)
    found = school_map(request.user, request.GET.dict(), timezone.localdate())
    if found is None:
        return render_without_term(request, "แผนที่โรงเรียน")
    context = {
        "map": found,
        "form": found.selection.form,
        "filters": found.selection.filters,
        "may_edit": can(request.user, Permission.EDIT_REGISTRY),
        "tile_url": settings.MAP_TILE_URL,
        "tile_attribution": settings.MAP_TILE_ATTRIBUTION,
        "moment": timezone.now(),
    }
    return _render_with_tiles(request, context)


def _render_with_tiles(request: SignedInRequest, context: dict[str, Any]) -> HttpResponseBase:
    """The page, which alone may load pictures from the office's tile server, if it has one."""
    page = partial(render, template_name="reports/overview/map.html", context=context)
    if not settings.MAP_TILE_URL:
        return page(request)
    parts = urlsplit(settings.MAP_TILE_URL)
    allow_tiles = csp_update({"img-src": [f"{parts.scheme}://{parts.netloc}"]})
    return allow_tiles(page)(request)
