"""The demonstration's orders beside the manual's: a signed one, and a draft that waits."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from schools.core.thai import be_year
from schools.enums import Role
from schools.models import Appointment, Cluster, User
from supervision.assignments.drafting import actions as drafting
from supervision.assignments.drafting import sequence
from supervision.assignments.drafting.wording import usual_duty_text
from supervision.assignments.enums import DutyKind
from supervision.assignments.issuing import issue_order, preview_issue
from supervision.assignments.models import Duty, LearningArea, OfficialOrder, OrderOfficer
from supervision.demo.office_days import at_ten
from supervision.demo.people import HEADED_GROUP, DemoPeople
from supervision.standards.models import WorkGroup

TEXTS = {
    "reason": "ด้วยสำนักงานเขตพื้นที่การศึกษามอบหมายหน้าที่ให้บุคลากร (ตัวอย่าง)",
    "legal_basis": "กฎหมายว่าด้วยระเบียบข้าราชการครูและบุคลากรทางการศึกษา (ตัวอย่าง)",
    "closing": "ให้ผู้มีรายชื่อในบัญชีแนบท้ายปฏิบัติหน้าที่",
    "annex_title": "รายละเอียดการมอบหมายหน้าที่ (ตัวอย่าง)",
}
DRAFT_HOLDS_AFTER = timedelta(days=14)


@dataclass(frozen=True)
class SampleDuty:
    """A duty of a sample order, for the account that holds the role."""

    role: Role
    kind: DutyKind
    place: dict[str, Any]


def create_sample_orders(people: DemoPeople, cluster: Cluster, since: date) -> None:
    """An order that names the head of a work group, committees and chair; and a draft."""
    clerk = _holder(Role.CLERK)
    group = WorkGroup.objects.get(code=HEADED_GROUP)
    with at_ten(since):
        signed = _draft(
            "มอบหมายหน้าที่หัวหน้ากลุ่มงาน กรรมการ และประธานกลุ่มโรงเรียน (ตัวอย่าง)",
            [
                SampleDuty(Role.WORK_GROUP_HEAD, DutyKind.WORK_GROUP_HEAD, {"work_group": group}),
                SampleDuty(Role.COMMITTEE_MEMBER, DutyKind.AREA_COMMITTEE, {}),
                SampleDuty(Role.SUBCOMMITTEE_MEMBER, DutyKind.SUBCOMMITTEE, {"cluster": cluster}),
                SampleDuty(Role.CLUSTER_CHAIR, DutyKind.CLUSTER_CHAIR, {"cluster": cluster}),
            ],
            by=clerk,
        )
        _sign(signed, since, by=people.area)
    area = LearningArea.objects.first()
    waiting = [SampleDuty(Role.WORK_GROUP_HEAD, DutyKind.LEARNING_AREA, {"learning_area": area})]
    draft = _draft("มอบหมายหัวหน้ากลุ่มสาระการเรียนรู้ (ตัวอย่าง)", waiting, by=clerk)
    holds_from = timezone.localdate() + DRAFT_HOLDS_AFTER
    drafting.update_order_draft(draft, by=clerk, facts={"effective_on": holds_from})


def _holder(role: Role) -> User:
    return Appointment.objects.select_related("user").filter(role=role).order_by("pk")[0].user


def _draft(subject: str, duties: list[SampleDuty], *, by: User) -> OfficialOrder:
    order = OfficialOrder(subject=subject, is_sample=True, **TEXTS)
    drafting.create_order_draft(order, by=by)
    for position, sample in enumerate(duties, 1):
        user = _holder(sample.role)
        officer = OrderOfficer(
            order=order,
            position=position,
            user=user,
            printed_name=user.full_name,
            printed_post=sample.role.label,
        )
        sequence.save_order_officer(officer, by=by)
        code = sequence.proposed_duty_code(officer)
        duty = Duty(officer=officer, kind=sample.kind, code=code, position=1, **sample.place)
        duty.text = usual_duty_text(duty)
        sequence.save_order_duty(duty, by=by, lines=())
    return order


def _sign(order: OfficialOrder, day: date, *, by: User) -> None:
    issue_order(
        order,
        by=by,
        number=f"ตัวอย่าง 1/{be_year(day)}",
        ordered_on=day,
        effective_on=day,
        shown_version=preview_issue(order, effective_on=day).version,
    )
