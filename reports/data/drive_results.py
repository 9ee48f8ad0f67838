"""How far a drive's schools came in each dimension: over all of them, by cluster, and by size.

The figures are those of the page of progress. A mean of fewer schools than FEW_SCHOOLS is left
out, and so is one from which that of so few could be worked out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import Max, Min

from reports.data.drive_schema import DimensionResult, DriveCount, DriveGroupMean, DriveGroupRow
from reports.data.scores import gap_text, two_decimals
from schools.models import School
from schools.registry.school_lists import list_position
from supervision.criteria.models import ScaleLevel
from supervision.criteria.scoring import mean
from supervision.quality_drive.progress.enums import ProgressState
from supervision.quality_drive.progress.queries import (
    AreaDimension,
    DimensionProgress,
    DriveProgressOverview,
    SchoolProgress,
    area_dimensions,
)
from supervision.quality_drive.scores import DriveDesign
from supervision.results.scores import FEW_SCHOOLS

NO_LEVELS = (1, 5)  # the ends of the axis while the drive has no indicators


def dimension_results(overview: DriveProgressOverview) -> list[DimensionResult]:
    """Every dimension over all schools, in reading order."""
    low, top = _scale_ends(overview.design)
    return [
        _dimension_result(one, [row.dimensions[place] for row in overview.schools], low, top)
        for place, one in enumerate(area_dimensions(overview.design, overview.schools))
    ]


def _scale_ends(design: DriveDesign) -> tuple[int, int]:
    """The lowest and the highest level of the scales that the drive's indicators are judged on."""
    sets = {one.indicator.standard.indicator_set_id for one in design.indicators}
    levels = ScaleLevel.objects.filter(scale__indicator_sets__in=sets)
    ends = levels.aggregate(low=Min("value"), top=Max("value"))
    return (ends["low"], ends["top"]) if ends["top"] is not None else NO_LEVELS


def _dimension_result(
    area: AreaDimension, rows: Sequence[DimensionProgress], low: int, top: int
) -> DimensionResult:
    baselines = [row.progress.baseline for row in rows if row.progress.baseline is not None]
    changes = [
        row.signed - row.progress.baseline
        for row in rows
        if row.signed is not None and row.progress.baseline is not None
    ]
    return {
        "code": area.dimension.code,
        "name": area.dimension.name,
        "baseline": two_decimals(area.baseline) if len(baselines) >= FEW_SCHOOLS else None,
        "baseline_n": len(baselines),
        "now": two_decimals(area.signed) if area.judged >= FEW_SCHOOLS else None,
        "now_n": area.judged,
        "target": _target(area, rows),
        "change": _mean_change(changes),
        "change_n": len(changes),
        "reached": area.counts.get(ProgressState.ON_TARGET, 0),
        "states": [_state_count(state, area.counts) for state in ProgressState],
        "low": low,
        "top": top,
    }


def _target(area: AreaDimension, rows: Sequence[DimensionProgress]) -> str | None:
    """A dimension without indicators aims at nothing."""
    has_indicators = any(row.indicators for row in rows)
    return two_decimals(area.target) if has_indicators and len(rows) >= FEW_SCHOOLS else None


def _mean_change(changes: Sequence[Decimal]) -> str | None:
    """+0.40, 0.00 or −0.40."""
    change = mean(changes) if len(changes) >= FEW_SCHOOLS else None
    return None if change is None else gap_text(Decimal(0), change)


def _state_count(state: ProgressState, counts: Mapping[ProgressState, int]) -> DriveCount:
    return {"key": state.value, "name": str(state.label), "count": counts.get(state, 0)}


# --- By group ---


def group_rows(
    schools: Iterable[SchoolProgress], group_of: Mapping[int, str]
) -> list[DriveGroupRow]:
    """A row for each group in the order of `group_of`, by school (pk); none where there is one.

    Schools of no group are in none.
    """
    members: dict[str, list[SchoolProgress]] = {name: [] for name in group_of.values()}
    for school in schools:
        if name := group_of.get(school.school.pk):
            members[name].append(school)
    if len(members) < 2:
        return []
    means = _group_means(members)
    return [
        {"group": name, "schools": len(rows), "means": means[name]}
        for name, rows in members.items()
        if rows
    ]


def _group_means(
    members: Mapping[str, Sequence[SchoolProgress]],
) -> dict[str, list[DriveGroupMean]]:
    found: defaultdict[str, list[DriveGroupMean]] = defaultdict(list)
    codes = next((list(row.states) for rows in members.values() for row in rows), [])
    for place, code in enumerate(codes):
        own = {name: [row.dimensions[place] for row in rows] for name, rows in members.items()}
        baseline = shown_means({name: _baselines(rows) for name, rows in own.items()})
        now = shown_means({name: _signed(rows) for name, rows in own.items()})
        for name in members:
            found[name].append(
                {
                    "code": code,
                    "baseline": two_decimals(baseline[name]),
                    "now": two_decimals(now[name]),
                }
            )
    return found


def _baselines(rows: Iterable[DimensionProgress]) -> list[Decimal]:
    return [row.progress.baseline for row in rows if row.progress.baseline is not None]


def _signed(rows: Iterable[DimensionProgress]) -> list[Decimal]:
    return [row.signed for row in rows if row.signed is not None]


def shown_means(scores: Mapping[str, Sequence[Decimal]]) -> dict[str, Decimal | None]:
    """Each group's mean, None where it is not to be shown; from the scores of its schools.

    Beside the area's mean, all groups but one tell that one's: where so few schools are left out,
    the smallest of the other groups is left out with them.
    """
    shown = {name for name, found in scores.items() if len(found) >= FEW_SCHOOLS}
    left_out = sum(len(found) for name, found in scores.items() if name not in shown)
    if shown and 0 < left_out < FEW_SCHOOLS:
        shown.remove(min(shown, key=lambda name: (len(scores[name]), name)))
    return {name: mean(found) if name in shown else None for name, found in scores.items()}


def clusters_of(schools: Iterable[School]) -> dict[int, str]:
    """The cluster's name by school (pk), clusters in their order; schools are with_cluster."""
    placed = sorted((school for school in schools if school.cluster_pk), key=list_position)
    return {school.pk: school.cluster_name or "" for school in placed}
