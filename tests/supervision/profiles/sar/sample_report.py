"""Annual reports as schools write them, made by the portal's own actions."""

from dataclasses import replace
from datetime import date

from schools.enums import EducationLevel
from supervision.profiles.models import AnnualReport
from supervision.profiles.sar import actions
from supervision.profiles.sar.actions import AnnualReportContent

BASIC = EducationLevel.BASIC
CONTENT = AnnualReportContent(
    standards={(BASIC, 1): 4, (BASIC, 2): 3, (BASIC, 3): 4},
    overalls={BASIC: 4},
    strengths="ผู้เรียนอ่านออกทุกคน",
    improvement_points="การคิดคำนวณ",
    plan="โครงการคิดเลขเร็ว",
)
# The same as the form sends it.
REPORT_DATA = {
    "standard_2_1": "4",
    "standard_2_2": "3",
    "standard_2_3": "4",
    "overall_2": "4",
    "strengths": CONTENT.strengths,
    "improvement_points": CONTENT.improvement_points,
    "plan": CONTENT.plan,
}


def draft_report(school, year, *, by, **changes) -> AnnualReport:
    content = replace(CONTENT, **changes)
    return actions.save_annual_report(school, year, by=by, content=content)


def sent_report(school, year, *, by, **changes) -> AnnualReport:
    report = draft_report(school, year, by=by, **changes)
    actions.send_annual_report(report, by=by)
    return report


def paper_report(school, year, *, by, received_on: date, **changes) -> AnnualReport:
    report = draft_report(school, year, by=by, **changes)
    actions.record_paper_annual_report(report, by=by, received_on=received_on)
    return report
