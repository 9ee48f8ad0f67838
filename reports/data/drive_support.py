"""What the office owes schools in a drive, what it advised, and what its committees reported."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from reports.data.drive_schema import (
    DriveCount,
    ExpectedResultFigures,
    MonitoringFigures,
    OwedByPost,
    OwedCounts,
)
from supervision.improvement.enums import AdviceOrigin, RecommendationState
from supervision.improvement.models import AWAITING_ASSIGNEE_STATES, Recommendation
from supervision.improvement.models.recommendations import RecommendationQuerySet
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.mentoring.enums import MonitoringState
from supervision.quality_drive.models import (
    ExpectedResult,
    MentoringDimension,
    MonitoringReport,
    QualityDrive,
)
from supervision.visits.models.visits import counted_q


def promised_support(drive: QualityDrive) -> RecommendationQuerySet:
    """Lines of the ledger that the office owes by the drive's signed agreements."""
    promised = Recommendation.objects.agreed().filter(agreement_supports__agreement__drive=drive)
    return promised.distinct()  # an amended agreement keeps a line of the one before


def mentoring_advice(drive: QualityDrive) -> RecommendationQuerySet:
    """Lines of the ledger that mentoring visits of the drive gave."""
    rows = Recommendation.objects.agreed().filter(origin=AdviceOrigin.QUALITY_DRIVE)
    return rows.filter(visit__mentoring__drive=drive)


def owed_counts(lines: Iterable[Recommendation], today: date) -> OwedCounts:
    """How many are kept, reported as kept, open and late on the day."""
    found = list(lines)
    states = Counter(line.state for line in found)
    return {
        "total": len(found),
        "kept": states[RecommendationState.CLOSED],
        "reported": states[RecommendationState.DONE],
        "open": sum(states[state] for state in AWAITING_ASSIGNEE_STATES),
        "late": sum(line.is_overdue(today) for line in found),
    }


def owed_by_post(lines: Iterable[Recommendation], today: date) -> list[OwedByPost]:
    """The same by who owes it; who owes most comes first."""
    found: defaultdict[str, list[Recommendation]] = defaultdict(list)
    for line in lines:
        found[str(line.get_assignee_display())].append(line)
    rows: list[OwedByPost] = [
        {"owner": owner, **owed_counts(own, today)} for owner, own in found.items()
    ]
    return sorted(rows, key=lambda row: (-row["total"], row["owner"]))


def mentored_dimensions(drive: QualityDrive) -> list[DriveCount]:
    """In how many signed mentoring visits each dimension was a matter."""
    rows = MentoringDimension.objects.filter(
        counted_q("mentoring__visit__"), mentoring__drive=drive
    )
    counts = Counter(rows.order_by().values_list("code", flat=True))
    names = dict(drive.dimensions.values_list("code", "name"))
    return [
        {"key": code.value.lower(), "name": names[code], "count": counts[code]}
        for code in DimensionCode
        if counts[code] and code in names
    ]


def monitoring_figures(drive: QualityDrive) -> list[MonitoringFigures]:
    """What committees reported to the office, first to last; drafts are not."""
    rows = MonitoringReport.objects.filter(drive=drive, state=MonitoringState.SUBMITTED)
    return [
        {
            "committee": row.committee.short_name,
            "starts_on": row.starts_on.isoformat(),
            "ends_on": row.ends_on.isoformat(),
            "progress": row.progress,
            "problems": row.problems,
            "proposals": row.proposals,
        }
        for row in rows.select_related("committee__cluster").order_by("ends_on", "pk")
    ]


def expected_results(drive: QualityDrive) -> list[ExpectedResultFigures]:
    """What the drive was to bring about, with what came of it."""
    names = dict(drive.dimensions.values_list("code", "name"))
    return [
        {
            "kind": str(row.get_kind_display()),
            "code": row.code,
            "dimension": names.get(row.dimension_code, ""),
            "text": row.text,
            "result": row.result,
        }
        for row in ExpectedResult.objects.filter(drive=drive).order_by("code")
    ]
