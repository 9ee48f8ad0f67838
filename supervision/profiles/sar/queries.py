"""What annual self-assessment reports say: level by level, and what is missing before sending."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from schools.enums import EducationLevel
from schools.models import AcademicYear, School
from supervision.profiles.models import AnnualReport, EducationStandard
from supervision.profiles.sar.enums import QualityLevel

REQUIRED_TEXTS = ("strengths", "improvement_points", "plan")
StandardKey = tuple[int, int]  # EducationLevel and number of the standard


@dataclass(frozen=True)
class ReportedStandard:
    """One standard with the level that the school gave itself; None while it has not said."""

    level: EducationLevel
    number: int
    name: str
    quality_level: QualityLevel | None

    @property
    def label(self) -> str:
        return f"มาตรฐานที่ {self.number} {self.name}"


@dataclass(frozen=True)
class ReportedLevel:
    """What a report says of early-childhood or basic education: as a whole, and by standard."""

    level: EducationLevel
    overall: QualityLevel | None
    standards: Sequence[ReportedStandard]

    @property
    def name(self) -> str:
        return f"ระดับ{self.level.label}"


@dataclass(frozen=True)
class SchoolAnnualReport:
    """A sent report as a school's profile shows it.

    `merged_school` is whose it was, where that school has become part of this one since.
    """

    report: AnnualReport
    levels: Sequence[ReportedLevel]
    merged_school: School | None

    @property
    def year(self) -> int:
        return self.report.academic_year.year


def load_annual_reports(school: School, years: Iterable[int]) -> list[SchoolAnnualReport]:
    """Reports that the office has of the school for these academic years (BE), newest first.

    Those of schools merged into it are among them. The page asks for VIEW_PROFILE at the school.
    Three queries.
    """
    reports = with_levels(AnnualReport.objects.of_profile(school).sent())
    reports = reports.filter(academic_year__year__in=set(years)).select_related("school")
    return [
        SchoolAnnualReport(
            report,
            reported_levels(report),
            None if report.school_id == school.pk else report.school,
        )
        for report in reports.order_by("-academic_year__year", "school__sort_key")
    ]


def with_levels(reports: QuerySet[AnnualReport]) -> QuerySet[AnnualReport]:
    """The reports with their year and all levels that they give."""
    return reports.select_related("academic_year").prefetch_related("standards", "overalls")


def expected_standards(school: School, year: AcademicYear) -> list[EducationStandard]:
    """The standards by which the school reports on the year: those of the levels it teaches."""
    taught = school.taught_levels
    return [one for one in EducationStandard.objects.in_year(year.year) if one.level in taught]


def reported_levels(
    report: AnnualReport | None, expected: Sequence[EducationStandard] = ()
) -> list[ReportedLevel]:
    """The levels of a report, and those expected of it that it does not give yet."""
    given = _given_standards(report)
    rows = {(one.level, one.number): _not_given(one) for one in expected} | given
    overalls = overall_levels(report)
    found: dict[int, list[ReportedStandard]] = {level: [] for level in overalls}
    for row in sorted(rows.values(), key=lambda row: (-row.level, row.number)):
        found.setdefault(row.level, []).append(row)
    return [
        ReportedLevel(EducationLevel(level), overalls.get(level), found[level])
        for level in sorted(found, reverse=True)
    ]


def overall_levels(report: AnnualReport | None) -> dict[int, QualityLevel]:
    """By EducationLevel the overall quality level that the report gives."""
    if report is None or report.pk is None:
        return {}
    return {row.level: QualityLevel(row.quality_level) for row in report.overalls.all()}


def _given_standards(report: AnnualReport | None) -> dict[StandardKey, ReportedStandard]:
    if report is None or report.pk is None:
        return {}
    return {
        (row.level, row.number): ReportedStandard(
            EducationLevel(row.level), row.number, row.name, QualityLevel(row.quality_level)
        )
        for row in report.standards.all()
    }


def _not_given(standard: EducationStandard) -> ReportedStandard:
    return ReportedStandard(
        EducationLevel(standard.level), standard.number, standard.name, quality_level=None
    )


def missing_to_send(report: AnnualReport, levels: Sequence[ReportedLevel]) -> list[str]:
    """What a school must still say before its director can send the report."""
    missing = []
    for level in levels:
        missing += [
            f"ระดับคุณภาพของ{level.name} {standard.label}"
            for standard in level.standards
            if standard.quality_level is None
        ]
        if level.overall is None:
            missing.append(f"ระดับคุณภาพในภาพรวมของ{level.name}")
    names = [name for name in REQUIRED_TEXTS if not getattr(report, name).strip()]
    return missing + [text_label(name) for name in names]


def text_label(name: str) -> str:
    """What the report calls one of its texts."""
    return str(AnnualReport._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a text
