"""Annual reports and an external assessment of the demonstration: invented, marked as samples."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from schools.core.thai import BE_OFFSET
from schools.models import AcademicYear, School, User
from supervision.demo.office_days import at_ten
from supervision.demo.people import DemoPeople
from supervision.improvement.enums import Assignee
from supervision.improvement.external_advice import record_external_advice
from supervision.profiles.external.actions import AssessmentContent, record_external_assessment
from supervision.profiles.models import AnnualReport, EducationStandard, ExternalAssessment
from supervision.profiles.sar.actions import (
    AnnualReportContent,
    record_paper_annual_report,
    return_annual_report,
    save_annual_report,
    send_annual_report,
    set_annual_report_deadline,
)
from supervision.profiles.sar.queries import StandardKey, expected_standards

WRITTEN_ON, SENT_ON, DUE_ON = (4, 22), (5, 6), (5, 29)  # month and day after the year
LOOKED_AT_AFTER = timedelta(days=7)
SAMPLE_TEXTS = {
    "strengths": "ตัวอย่าง: ผู้เรียนส่วนใหญ่อ่านคล่อง ครูจัดการเรียนรู้ด้วยการปฏิบัติ ชุมชนร่วมมือกับโรงเรียน",
    "improvement_points": "ตัวอย่าง: การคิดคำนวณของชั้น ป.3 และการใช้ผลประเมินเพื่อปรับการสอนยังไม่ต่อเนื่อง",
    "plan": "ตัวอย่าง: โครงการคิดเลขเร็วทุกวัน และ PLC ระดับชั้นเดือนละ 2 ครั้ง",
}
RETURN_REASON = "ตัวอย่าง: ระดับของมาตรฐานที่ 2 ในระบบไม่ตรงกับเล่มรายงาน โปรดตรวจและส่งใหม่"
USUAL_LEVELS = (3, 4, 4, 4, 5)
ASSESSMENT = {
    "agency": "สมศ. (ตัวอย่าง)",
    "round_name": "รอบตัวอย่าง",
    "summary": "ตัวอย่าง: จัดการศึกษาได้ตามมาตรฐาน ควรใช้ผลการประเมินผู้เรียนวางแผนการสอนให้ต่อเนื่อง",
}
ASSESSMENT_RESULTS = (
    ("คุณภาพของผู้เรียน", "ดี"),
    ("กระบวนการบริหารและการจัดการ", "ดี"),
    ("กระบวนการจัดการเรียนการสอนที่เน้นผู้เรียนเป็นสำคัญ", "พอใช้"),
)
ASSESSMENT_ADVICE = (
    ("ตัวอย่าง: ใช้ผลการทดสอบของผู้เรียนวางแผนการสอนทุกชั้น", Assignee.ACADEMIC_TEACHER),
    ("ตัวอย่าง: จัดระบบนิเทศภายในให้ครบทุกห้องเรียนทุกภาคเรียน", Assignee.SCHOOL_DIRECTOR),
)


def create_annual_reports(
    people: DemoPeople, schools: Sequence[School], years: Sequence[AcademicYear]
) -> None:
    """Every school's report of the years before; in the last year the schools are at five places.

    In their order: sent, entered from paper, returned, in draft, and not begun.
    """
    for year in years[:-1]:
        for school in schools:
            _send(school, year, people)
    last = years[-1]
    sent, on_paper, returned, in_draft, _ = schools
    with at_ten(day_after_year(last, WRITTEN_ON)):
        due_on = day_after_year(last, DUE_ON)
        set_annual_report_deadline(last, by=people.group, due_on=due_on)
    _send(sent, last, people)
    report = _send(returned, last, people)
    with at_ten(day_after_year(last, SENT_ON) + LOOKED_AT_AFTER):
        return_annual_report(report, by=people.supervisor, reason=RETURN_REASON)
        _write(in_draft, last, by=people.teachers[in_draft.pk])
        clerk = User.objects.get(username="clerk")
        paper = _write(on_paper, last, by=clerk)
        record_paper_annual_report(paper, by=clerk, received_on=timezone.localdate())


def create_external_assessment(
    school: School, year: AcademicYear, *, by: User
) -> ExternalAssessment:
    """One sample, assessed late in the year."""
    assessed_on = day_after_year(year, (1, 20))
    fields = ASSESSMENT | {"academic_year": year, "assessed_on": assessed_on}
    content = AssessmentContent(fields, ASSESSMENT_RESULTS)
    with at_ten(assessed_on + timedelta(days=45)):
        return record_external_assessment(school, by=by, content=content, is_sample=True)


def follow_up_external_assessment(assessment: ExternalAssessment, *, by: User) -> None:
    """What the assessors recommended, in the ledger some weeks later."""
    with at_ten(timezone.localdate(assessment.recorded_at) + timedelta(days=5)):
        due_on = timezone.localdate() + timedelta(days=300)
        for text, assignee in ASSESSMENT_ADVICE:
            record_external_advice(assessment, by=by, text=text, assignee=assignee, due_on=due_on)


def years_with_annual_reports(years: Iterable[AcademicYear]) -> list[AcademicYear]:
    """Those whose reports have come and were looked at by today, oldest first."""
    today = timezone.localdate()
    ended = (one for one in years if day_after_year(one, SENT_ON) + LOOKED_AT_AFTER <= today)
    return sorted(ended, key=lambda one: one.year)


def day_after_year(year: AcademicYear, month_and_day: tuple[int, int]) -> date:
    """A day in the months in which the academic year ends."""
    return date(year.year - BE_OFFSET + 1, *month_and_day)


def sample_levels(
    school: School, year: AcademicYear, standards: Sequence[EducationStandard]
) -> tuple[int, dict[StandardKey, int]]:
    """The overall level of a school's invented report, and those of its standards around it."""
    random = Random(f"{school.name} {year}")  # the same on every machine
    usual = random.choice(USUAL_LEVELS)
    near = {key: min(usual + random.choice((-1, 0, 0, 1)), 5) for key in map(_key, standards)}
    return usual, near


def _key(standard: EducationStandard) -> StandardKey:
    return standard.level, standard.number


def _write(school: School, year: AcademicYear, *, by: User) -> AnnualReport:
    standards = expected_standards(school, year)
    usual, levels = sample_levels(school, year, standards)
    overalls = {one.level: usual for one in standards}
    content = AnnualReportContent(
        standards=levels,
        overalls=overalls,
        strengths=SAMPLE_TEXTS["strengths"],
        improvement_points=SAMPLE_TEXTS["improvement_points"],
        plan=SAMPLE_TEXTS["plan"],
    )
    return save_annual_report(school, year, by=by, content=content, is_sample=True)


def _send(school: School, year: AcademicYear, people: DemoPeople) -> AnnualReport:
    with at_ten(day_after_year(year, WRITTEN_ON)):
        report = _write(school, year, by=people.teachers[school.pk])
    with at_ten(day_after_year(year, SENT_ON)):
        send_annual_report(report, by=people.directors[school.pk])
    return report
