"""Members of committees by the duties of the office's orders."""

from datetime import date

from django.utils import timezone

from schools.core.history import save_with_history
from schools.models import User
from supervision.assignments.enums import DutyKind
from supervision.assignments.models import Duty, OfficialOrder
from supervision.committees.enums import CommitteeKind, CommitteePosition
from supervision.committees.models import Committee, CommitteeMember

KINDS_BY_DUTY = {
    DutyKind.AREA_COMMITTEE: CommitteeKind.AREA,
    DutyKind.SUBCOMMITTEE: CommitteeKind.SUBCOMMITTEE,
}
NAMES = {
    CommitteeKind.AREA: "คณะกรรมการติดตาม ตรวจสอบ ประเมินผลและนิเทศการศึกษา (ก.ต.ป.น.)",
    CommitteeKind.SUBCOMMITTEE: "คณะอนุกรรมการติดตาม ตรวจสอบ ประเมินผลและนิเทศการศึกษา",
}
# What the words of a duty say of the position; the first that is found counts.
POSITION_WORDS = (
    ("รองประธาน", CommitteePosition.VICE_CHAIR),
    ("ประธาน", CommitteePosition.CHAIR),
    ("ผู้ช่วยเลขานุการ", CommitteePosition.ASSISTANT_SECRETARY),
    ("เลขานุการ", CommitteePosition.SECRETARY),
)


def update_members_by_order(order: OfficialOrder, by: User) -> None:
    """Whom the order makes a member is listed; whose duties have ended is one until that day."""
    duties = Duty.objects.filter(officer__order=order, kind__in=KINDS_BY_DUTY, ends_on=None)
    for duty in duties.select_related("officer__user", "officer__order", "cluster", "appointment"):
        _list_member(duty, by=by)
    listed = CommitteeMember.objects.filter(ends_on=None).exclude(order=None)
    for member in listed.select_related("committee", "order", "user"):
        _end_with_duties(member, by=by)


def _list_member(duty: Duty, *, by: User) -> None:
    """The membership that the duty gives; one that the person has already rests on it too."""
    committee, officer = _committee_of(duty, by=by), duty.officer
    members = committee.members.filter(ends_on=None, user=officer.user)
    if officer.user is None:
        members = members.filter(name=officer.printed_name, post=officer.printed_post)
    member = members.first() or CommitteeMember(
        committee=committee,
        user=officer.user,
        name=officer.printed_name or str(officer.user or ""),
        post=officer.printed_post,
        position=_position(duty.text),
        sequence=officer.position,
        starts_on=_first_day(duty),
    )
    member.order, member.appointment = officer.order, duty.appointment
    save_with_history(member, by=by, reason=f"ตาม{officer.order}"[:100])


def _committee_of(duty: Duty, *, by: User) -> Committee:
    """The committee that the duty is in; the first order that names one founds it."""
    kind = KINDS_BY_DUTY[DutyKind(duty.kind)]
    cluster = duty.cluster if kind == CommitteeKind.SUBCOMMITTEE else None
    found = Committee.objects.filter(kind=kind, cluster=cluster, ends_on=None).first()
    if found is None:
        name = f"{NAMES[kind]} {cluster or ''}".strip()
        found = Committee(kind=kind, cluster=cluster, name=name, starts_on=_first_day(duty))
        save_with_history(found, by=by)
    return found


def _first_day(duty: Duty) -> date:
    """Duties of signed orders have one."""
    return duty.starts_on or timezone.localdate()


def _position(text: str) -> CommitteePosition:
    found = (position for word, position in POSITION_WORDS if word in text)
    return next(found, CommitteePosition.MEMBER)


def _end_with_duties(member: CommitteeMember, *, by: User) -> None:
    """On the last day of the duties by which the member sits, once all of them have ended."""
    kinds = [duty for duty, kind in KINDS_BY_DUTY.items() if kind == member.committee.kind]
    duties = Duty.objects.filter(
        officer__order=member.order, officer__user=member.user, kind__in=kinds
    )
    if member.user is None:
        duties = duties.filter(officer__printed_name=member.name)
    days = list(duties.values_list("ends_on", flat=True))
    ended = [day for day in days if day]
    if not days or len(ended) < len(days):
        return
    member.ends_on = max([*ended, member.starts_on])
    save_with_history(member, by=by, reason=f"ตาม{member.order}"[:100], fields=["ends_on"])
