"""Mentoring visits and monitoring reports of a drive, made by the portal's own actions."""

from django.utils import timezone

from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Committee
from supervision.quality_drive.mentoring.actions import start_mentoring, update_mentoring
from supervision.quality_drive.mentoring.monitoring_actions import (
    draft_monitoring_report,
    submit_monitoring_report,
)
from supervision.quality_drive.models import QualityDrive
from supervision.visits.actions import plan_visit, sign_visit
from supervision.visits.enums import VisitKind
from tests.factories import CommitteeFactory

MENTORING_WORDS = {
    "observed": "ครูใช้สื่อหลากหลาย",
    "supervisor_reflection": "ควรเชื่อมกับชีวิตจริง",
    "next_steps": "นัดติดตามเดือนหน้า",
}


def mentoring_planned(round_, *, leader, **facts):
    """A mentoring visit of today; the year needs an endorsed drive before it is recorded."""
    facts = {"visit_on": timezone.localdate(), "purpose": "ให้คำปรึกษา"} | facts
    return plan_visit(round_, by=leader, leader=leader, kind=VisitKind.MENTORING, **facts)


def mentoring_signed(round_, *, leader, **facts):
    """One that its leader has written and signed."""
    visit = mentoring_planned(round_, leader=leader, **facts)
    mentoring = start_mentoring(visit, by=leader)
    update_mentoring(mentoring, dimensions=["Q3"], words=MENTORING_WORDS)
    sign_visit(visit, by=leader)
    return visit


def monitoring_submitted(round_, *, by):
    """A report of the sub-committee of the school's cluster."""
    cluster = round_.school.memberships.get().cluster
    body = {"kind": CommitteeKind.SUBCOMMITTEE, "cluster": cluster}
    committee = Committee.objects.filter(**body).first() or CommitteeFactory(**body)
    drive = QualityDrive.objects.get(academic_year=round_.term.academic_year)
    today = timezone.localdate()
    facts = {"starts_on": today, "ends_on": today, "progress": "เริ่มทำแผนแล้ว"}
    report = draft_monitoring_report(drive, committee, by=by, fields=facts)
    submit_monitoring_report(report, by=by)
    return report
