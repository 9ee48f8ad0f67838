"""The counts of a committee's schools beside its report, frozen once the report is submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schools.models import School
from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Committee
from supervision.quality_drive.models import MonitoringReport, QualityDrive
from supervision.quality_drive.progress.enums import ProgressState
from supervision.quality_drive.progress.queries import area_dimensions, load_drive_progress


@dataclass(frozen=True)
class MonitoredDimension:
    """One dimension over the committee's schools: how many are in which state of progress."""

    name: str
    counts: Sequence[tuple[ProgressState, int]]


@dataclass(frozen=True)
class MonitoredFigures:
    """Counts of the committee's schools as they stood on a day; no school is named."""

    on: date
    schools: int
    agreed: int
    dimensions: Sequence[MonitoredDimension]


def figures_of_report(report: MonitoringReport, today: date) -> MonitoredFigures:
    """Those of the day on which it was submitted; while it is written, those of today."""
    if report.figures is not None:
        return _figures_from_json(report.figures)
    return load_monitored_figures(report.drive, report.committee, today)


def load_monitored_figures(
    drive: QualityDrive, committee: Committee, today: date
) -> MonitoredFigures:
    """All schools of the area for ก.ต.ป.น., those of its cluster for an อ.ก.ต.ป.น."""
    schools = list(School.objects.open_on(today).with_cluster(today))
    if committee.kind == CommitteeKind.SUBCOMMITTEE:
        schools = [one for one in schools if one.cluster_pk == committee.cluster_id]
    found = load_drive_progress(drive, schools, today)
    return MonitoredFigures(
        on=today,
        schools=len(found.schools),
        agreed=sum(one.agreed_on is not None for one in found.schools),
        dimensions=[
            MonitoredDimension(
                row.dimension.name, [(state, row.counts.get(state, 0)) for state in ProgressState]
            )
            for row in area_dimensions(found.design, found.schools)
        ],
    )


# --- As they stand frozen in MonitoringReport.figures ---


def figures_to_json(figures: MonitoredFigures) -> dict[str, Any]:
    return {
        "on": figures.on.isoformat(),
        "schools": figures.schools,
        "agreed": figures.agreed,
        "dimensions": [[one.name, dict(one.counts)] for one in figures.dimensions],
    }


def _figures_from_json(stored: Mapping[str, Any]) -> MonitoredFigures:
    return MonitoredFigures(
        on=date.fromisoformat(stored["on"]),
        schools=stored["schools"],
        agreed=stored["agreed"],
        dimensions=[
            MonitoredDimension(name, [(ProgressState(one), n) for one, n in counts.items()])
            for name, counts in stored["dimensions"]
        ],
    )
