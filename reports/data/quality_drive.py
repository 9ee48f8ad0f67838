"""A year's quality drive in one read model, which screen, paper and Word file all read."""

from datetime import date

from django.utils import timezone

from reports.data.drive_climate import climate_of_drive, finished_surveys
from reports.data.drive_results import clusters_of, dimension_results, group_rows
from reports.data.drive_schema import (
    DriveDimensionFigures,
    DriveIndicatorFigures,
    DriveInYear,
    DriveReport,
)
from reports.data.drive_sharing import (
    exchange_figures,
    honour_figures,
    practices_of_drive_year,
    study_counts,
)
from reports.data.drive_support import (
    expected_results,
    mentored_dimensions,
    mentoring_advice,
    monitoring_figures,
    owed_by_post,
    owed_counts,
    promised_support,
)
from reports.data.drive_work import EvaluationCounts, drive_sectors, drive_steps, drive_work
from reports.data.facts import area_heading
from schools.core.querysets import SchoolQuerySet
from schools.models import AcademicYear, School
from schools.school_sizes import school_sizes_in_year
from supervision.quality_drive.models import DriveIndicator, QualityDrive, Takeaway
from supervision.quality_drive.models.drives import AT_WORK_STATES
from supervision.quality_drive.progress.queries import load_drive_progress
from supervision.quality_drive.scores import DriveDesign
from supervision.quality_drive.step_facts import load_school_facts


def drive_schools(drive: QualityDrive, today: date) -> SchoolQuerySet:
    """The schools that a drive is of on the day, with their clusters."""
    rows = School.objects.filter(area=drive.academic_year.area_id)
    return rows.open_on(today).with_cluster(today)


def drive_report(drive: QualityDrive) -> DriveReport:
    """The drive as of today, in a constant number of queries."""
    today, year = timezone.localdate(), drive.academic_year
    schools = list(drive_schools(drive, today))
    overview = load_drive_progress(drive, schools, today)
    work = drive_work(drive, load_school_facts(drive, drive_schools(drive, today)))
    sectors, climate = drive_sectors(drive), climate_of_drive(drive, today)
    honours, exchange = honour_figures(drive), exchange_figures(drive)
    support, advice = list(promised_support(drive)), list(mentoring_advice(drive))
    few_climate = len(finished_surveys(drive, today)) - len(climate)
    takeaways = Takeaway.objects.filter(event__drive=drive).count()
    more = EvaluationCounts(
        climate_answers=sum(one["answers"] for one in climate),
        few_climate=few_climate,
        honours=len(honours),
        exchange=len(exchange),
        takeaways=takeaways,
        has_next_plan=bool(drive.next_plan),
    )
    meeting = drive.meeting
    return {
        "kind": "drive",
        "is_sample": drive.is_sample,
        "as_of": today.isoformat(),
        "area": area_heading(year.area),
        "year": year.year,
        "model_name": drive.model_name,
        "headline": drive.headline,
        "purpose": drive.purpose,
        "provenance": drive.provenance,
        "meeting_no": meeting.label if meeting else "",
        "meeting_on": meeting.held_on.isoformat() if meeting else None,
        "dimensions": _dimensions(overview.design),
        "work": work,
        "sectors": sectors,
        "steps": drive_steps(work, sectors, more),
        "results": dimension_results(overview),
        "clusters": group_rows(overview.schools, clusters_of(schools)),
        "sizes": group_rows(overview.schools, school_sizes_in_year(year)),
        "expected": expected_results(drive),
        "support": owed_counts(support, today),
        "support_by_post": owed_by_post(support, today),
        "mentored_dimensions": mentored_dimensions(drive),
        "advice": owed_counts(advice, today),
        "monitoring": monitoring_figures(drive),
        "honours": honours,
        "exchange": exchange,
        "takeaways": takeaways,
        "studies": study_counts(drive),
        "practices": practices_of_drive_year(drive),
        "climate": climate,
        "few_climate": few_climate,
        "next_plan": drive.next_plan,
    }


def drive_in_year(academic_year: AcademicYear, today: date) -> DriveInYear | None:
    """What the year's report says of the endorsed drive of its year; None where there is none."""
    drives = QualityDrive.objects.filter(state__in=AT_WORK_STATES).select_related("academic_year")
    drive = drives.filter(academic_year=academic_year).first()
    if drive is None:
        return None
    overview = load_drive_progress(drive, drive_schools(drive, today), today)
    return {
        "model_name": drive.model_name,
        "work": drive_work(drive, load_school_facts(drive, drive_schools(drive, today))),
        "results": dimension_results(overview),
    }


def _dimensions(design: DriveDesign) -> list[DriveDimensionFigures]:
    return [
        {
            "code": one.code,
            "name": one.name,
            "in_4q": one.in_4q,
            "weight": f"{one.weight:.2f}",
            "indicators": [_indicator(row) for row in design.indicators_of[one.code]],
        }
        for one in design.dimensions
    ]


def _indicator(row: DriveIndicator) -> DriveIndicatorFigures:
    indicator = row.indicator
    return {
        "text": f"{indicator.code} {indicator.text}",
        "indicator_set": indicator.standard.indicator_set.name,
        "weight": f"{row.weight:.2f}",
        "target": f"{row.target:.2f}",
        "is_sample": row.is_sample,
    }
