"""The annual reports of many invented schools, written at once; each is marked as a sample."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from django.utils import timezone

from schools.models import AcademicYear, School
from supervision.demo.annual_reports import (
    DUE_ON,
    SAMPLE_TEXTS,
    SENT_ON,
    WRITTEN_ON,
    create_external_assessment,
    day_after_year,
    sample_levels,
)
from supervision.demo.office_days import at_ten
from supervision.demo.showroom.people import ShowroomPeople
from supervision.demo.showroom.writing import History, LoggedAct, save_all, save_histories
from supervision.profiles.models import (
    AnnualReport,
    AnnualReportOverall,
    AnnualReportStandard,
    EducationStandard,
)
from supervision.profiles.sar.actions import set_annual_report_deadline
from supervision.profiles.sar.enums import AnnualReportAction, AnnualReportState

NOT_SENT_INTERVAL, ASSESSED_INTERVAL = 11, 6  # one of so many has not sent, was assessed


def save_annual_reports(
    schools: Sequence[School], year: AcademicYear, people: ShowroomPeople
) -> None:
    """The reports of one year, sent in time but by a few; some schools were assessed too."""
    in_time = [one for number, one in enumerate(schools, 1) if number % NOT_SENT_INTERVAL]
    reports = save_all(_report(school, year, people) for school in in_time)
    _save_levels(reports)
    save_histories(_history(report, people) for report in reports)
    with at_ten(day_after_year(year, WRITTEN_ON)):
        due_on = day_after_year(year, DUE_ON)
        set_annual_report_deadline(year, by=people.office.group, due_on=due_on)
    for school in schools[::ASSESSED_INTERVAL]:
        create_external_assessment(school, year, by=people.office.group)


def _report(school: School, year: AcademicYear, people: ShowroomPeople) -> AnnualReport:
    director, sent_on = people.director_of(school), day_after_year(year, SENT_ON)
    return AnnualReport(
        school=school,
        academic_year=year,
        state=AnnualReportState.SENT,
        sent_on=sent_on,
        first_sent_on=sent_on,
        sent_at=_at_ten(year, SENT_ON),
        sent_by=director,
        sent_as=people.title_of(director),
        is_sample=True,
        **SAMPLE_TEXTS,
    )


def _at_ten(year: AcademicYear, month_and_day: tuple[int, int]) -> datetime:
    day = day_after_year(year, month_and_day)
    return datetime.combine(day, time(10), timezone.get_default_timezone())


def _save_levels(reports: Iterable[AnnualReport]) -> None:
    """Of the standards of what each school teaches."""
    known = list(EducationStandard.objects.all())
    standards: list[AnnualReportStandard] = []
    overalls: list[AnnualReportOverall] = []
    for report in reports:
        taught = report.school.taught_levels
        expected = [one for one in known if one.level in taught]
        usual, levels = sample_levels(report.school, report.academic_year, expected)
        standards += [
            AnnualReportStandard(
                report=report,
                level=one.level,
                number=one.number,
                name=one.name,
                quality_level=levels[one.level, one.number],
            )
            for one in expected
        ]
        overalls += [
            AnnualReportOverall(report=report, level=level, quality_level=usual) for level in taught
        ]
    save_all(standards)
    save_all(overalls)


def _history(report: AnnualReport, people: ShowroomPeople) -> History:
    year, school = report.academic_year, report.school
    acts = [
        LoggedAct(AnnualReportAction.START, people.teacher_of(school), _at_ten(year, WRITTEN_ON)),
        LoggedAct(AnnualReportAction.SEND, people.director_of(school), _at_ten(year, SENT_ON)),
    ]
    return History(report, acts)
