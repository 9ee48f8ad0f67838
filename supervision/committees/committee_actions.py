"""What the office does about its committees and their members; each change leaves its history."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.core.history import save_with_history
from schools.core.thai import long_date
from schools.models import Appointment, User
from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Committee, CommitteeMember
from supervision.committees.queries import ROLES_BY_COMMITTEE_KIND

MEMBER_ADDED, MEMBER_CORRECTED, MEMBER_ENDED = "เพิ่มกรรมการ", "แก้ไขข้อมูลกรรมการ", "สิ้นสุดวาระ"


def save_committee(committee: Committee, *, by: User, fields: Mapping[str, Any]) -> Committee:
    """Add a committee, or put one right. Raises ActionRefused where there is one already."""
    for name, value in fields.items():
        setattr(committee, name, value)
    _check_cluster(committee)
    with unique_violation_as_refusal(_taken(committee)):
        save_with_history(committee, by=by)
    return committee


def _check_cluster(committee: Committee) -> None:
    is_of_cluster = committee.kind == CommitteeKind.SUBCOMMITTEE
    if is_of_cluster and committee.cluster is None:
        raise ActionRefused(field_errors={"cluster": "โปรดเลือกกลุ่มโรงเรียนของ อ.ก.ต.ป.น."})
    if committee.cluster and not is_of_cluster:
        raise ActionRefused(
            field_errors={"cluster": "เฉพาะ อ.ก.ต.ป.น. เป็นของกลุ่มโรงเรียน โปรดเว้นว่าง หรือแก้ประเภท"}
        )
    if committee.ends_on and committee.ends_on < committee.starts_on:
        raise ActionRefused(field_errors={"ends_on": "วันสิ้นสุดอยู่ก่อนวันเริ่ม โปรดตรวจทั้งสองวัน"})


def _taken(committee: Committee) -> str:
    if committee.kind == CommitteeKind.AREA:
        return "มี ก.ต.ป.น. ของเขตพื้นที่อยู่แล้ว โปรดเพิ่มกรรมการชุดใหม่ในคณะเดิม"
    return f"{committee.cluster} มี อ.ก.ต.ป.น. อยู่แล้ว โปรดเพิ่มกรรมการชุดใหม่ในคณะเดิม"


@transaction.atomic
def add_committee_member(
    member: CommitteeMember, *, by: User, fields: Mapping[str, Any]
) -> CommitteeMember:
    """Add a member, at the end of the list unless the order says which number."""
    Committee.objects.select_for_update().get(pk=member.committee_id)
    if fields.get("sequence") is None:
        fields = {**fields, "sequence": member.committee.members.count() + 1}
    return _save_member(member, by=by, reason=MEMBER_ADDED, fields=fields)


@transaction.atomic
def update_committee_member(
    member: CommitteeMember, *, by: User, reason: str, fields: Mapping[str, Any]
) -> CommitteeMember:
    """Put a membership right, with the reason; the history keeps what stood before."""
    said = f"{MEMBER_CORRECTED}: {reason.strip()}"
    return _save_member(member, by=by, reason=said[:100], fields=fields)


def end_committee_member(member: CommitteeMember, *, by: User, last_day: date) -> None:
    """Let the person be a member for the last time on that day.

    The appointment is the registry's: it is ended there, or by an order.
    """
    if last_day < member.starts_on:
        started = long_date(member.starts_on)
        raise ActionRefused(
            field_errors={"last_day": f"เป็นกรรมการตั้งแต่ {started} โปรดระบุวันนั้นหรือวันหลังจากนั้น"}
        )
    member.ends_on = last_day
    save_with_history(member, by=by, reason=MEMBER_ENDED, fields=["ends_on"])


def _save_member(
    member: CommitteeMember, *, by: User, reason: str, fields: Mapping[str, Any]
) -> CommitteeMember:
    for name, value in fields.items():
        setattr(member, name, value)
    _check_named(member)
    _check_days(member)
    _check_not_twice(member)
    if member.user and not member.name:
        member.name = member.user.full_name
    member.appointment = matching_appointment(member)
    save_with_history(member, by=by, reason=reason)
    return member


def _check_named(member: CommitteeMember) -> None:
    if not (member.user or member.name or member.post):
        raise ActionRefused(field_errors={"name": "โปรดเลือกบัญชีผู้ใช้ หรือกรอกชื่อหรือตำแหน่งของกรรมการ"})


def _check_days(member: CommitteeMember) -> None:
    if member.ends_on and member.ends_on < member.starts_on:
        raise ActionRefused(field_errors={"ends_on": "วันสิ้นสุดอยู่ก่อนวันเริ่ม โปรดตรวจทั้งสองวัน"})


def _check_not_twice(member: CommitteeMember) -> None:
    """Raises ActionRefused where the account is a member of the committee on some of the days."""
    if member.user is None:
        return
    others = member.committee.members.filter(user=member.user).exclude(pk=member.pk)
    if other := next(filter(member.overlaps, others), None):
        since = long_date(other.starts_on)
        raise ActionRefused(
            field_errors={"user": f"{member.user} เป็นกรรมการคณะนี้อยู่แล้วตั้งแต่ {since} โปรดตรวจวันที่"}
        )


def matching_appointment(member: CommitteeMember) -> Appointment | None:
    """The appointment by which the member holds the rights of the committee, if there is one."""
    role = ROLES_BY_COMMITTEE_KIND.get(member.committee.kind)
    if role is None or member.user is None:
        return None
    held = Appointment.objects.filter(user=member.user, role=role, cluster=member.committee.cluster)
    return next(filter(member.overlaps, held.order_by("-starts_on")), None)
