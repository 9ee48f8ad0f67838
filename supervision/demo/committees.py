"""The demonstration's committees with members by their posts, and the meetings they hold."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from schools.enums import Role
from schools.models import Appointment, User
from supervision.committees.enums import (
    AgendaKind,
    AttendanceKind,
    CommitteeKind,
    CommitteePosition,
)
from supervision.committees.meeting_actions import close_meeting, open_meeting, plan_meeting
from supervision.committees.models import Committee, CommitteeMember, Meeting
from supervision.committees.record_actions import (
    add_proposed_recusals,
    record_attendance,
    save_agenda_item,
)
from supervision.demo.office_days import clock_set_to, working_day

NAME = "คณะกรรมการติดตาม ตรวจสอบ ประเมินผลและนิเทศการศึกษา"
PLACE = "ห้องประชุมสำนักงานเขตพื้นที่การศึกษา (ตัวอย่าง)"
ORDER_TEXT = "คำสั่งแต่งตั้ง ก.ต.ป.น. (ตัวอย่าง)"
# Members from outside the office, by whom or what they stand for.
OUTSIDERS = (
    ("ผู้แทนผู้บริหารสถานศึกษาเอกชน", "ผู้แทนผู้บริหารสถานศึกษาเอกชน"),
    ("ผู้ทรงคุณวุฒิ (1)", "ผู้ทรงคุณวุฒิด้านการศึกษาขั้นพื้นฐาน"),
    ("ผู้ทรงคุณวุฒิ (2)", "ผู้ทรงคุณวุฒิด้านการศึกษาปฐมวัย"),
    ("ผู้ทรงคุณวุฒิ (3)", "ผู้ทรงคุณวุฒิด้านการวิจัยและประเมินผล"),
    ("ผู้ทรงคุณวุฒิ (4)", "ผู้ทรงคุณวุฒิด้านศาสนา ศิลปะ และวัฒนธรรม"),
)
BEGINS_AT, TEN, ENDS_AT = time(9), time(10), time(12)
RESOLUTIONS = {
    AgendaKind.INFORM: "รับทราบ",
    AgendaKind.MINUTES: "รับรองรายงานการประชุมโดยไม่มีการแก้ไข",
    AgendaKind.FOLLOW_UP: "รับทราบ",
    AgendaKind.ROUNDS: "เห็นชอบผลการพิจารณาตามรายชื่อโรงเรียนที่บันทึกในระบบ (ตัวอย่าง)",
    AgendaKind.OTHER: "ไม่มี",
}
P = CommitteePosition


def create_committees(since: date) -> None:
    """ก.ต.ป.น. of the area, in which one school director sits, and อ.ก.ต.ป.น. of a cluster."""
    area = Committee.objects.create(
        kind=CommitteeKind.AREA, name=NAME, starts_on=since, is_sample=True
    )
    _add_members(area, since, _area_members(since))
    own = Appointment.objects.get(user__username="subcommittee")
    subcommittee = Committee.objects.create(
        kind=CommitteeKind.SUBCOMMITTEE,
        cluster=own.cluster,
        name=f"คณะอนุกรรมการติดตาม ตรวจสอบ ประเมินผลและนิเทศการศึกษา {own.cluster}",
        starts_on=since,
        is_sample=True,
    )
    _add_members(subcommittee, since, _cluster_members(own))


def _area_members(since: date) -> Iterator[CommitteeMember]:
    yield _account("area", P.CHAIR, "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา")
    yield _director(since)
    own = Appointment.objects.get(user__username="committee")
    yield _account("committee", P.MEMBER, "ผู้ทรงคุณวุฒิด้านการบริหารการศึกษา", own)
    for post, capacity in OUTSIDERS:
        yield CommitteeMember(position=P.MEMBER, post=f"{post} (ตัวอย่าง)", capacity=capacity)
    yield _account("group", P.SECRETARY, "ผู้อำนวยการกลุ่มนิเทศฯ")


def _director(since: date) -> CommitteeMember:
    """The director of a school who sits in ก.ต.ป.น. for all schools."""
    user = User.objects.filter(appointments__role=Role.SCHOOL_DIRECTOR).order_by("-pk")[0]
    own = Appointment.objects.create(user=user, role=Role.COMMITTEE_MEMBER, starts_on=since)
    return _account(user.username, P.MEMBER, "ผู้แทนผู้บริหารสถานศึกษาของรัฐ", own)


def _cluster_members(own: Appointment) -> Iterator[CommitteeMember]:
    yield _account("chair", P.CHAIR, "ประธานกลุ่มโรงเรียน")
    yield _account("subcommittee", P.MEMBER, "ผู้แทนชุมชน", own)
    yield _account("supervisor", P.SECRETARY, "ศึกษานิเทศก์ผู้รับผิดชอบกลุ่มโรงเรียน")


def _account(
    username: str, position: CommitteePosition, capacity: str, own: Appointment | None = None
) -> CommitteeMember:
    user = User.objects.get(username=username)
    return CommitteeMember(
        user=user, name=user.full_name, position=position, capacity=capacity, appointment=own
    )


def _add_members(committee: Committee, since: date, members: Iterator[CommitteeMember]) -> None:
    for sequence, member in enumerate(members, 1):
        member.committee, member.sequence = committee, sequence
        member.starts_on, member.order_text = since, ORDER_TEXT
        member.save()


def sample_meeting(day: date, *, by: User) -> Meeting:
    """The meeting of that day, closed; asked for in the order of days, as they are numbered."""
    committee = Committee.objects.get(kind=CommitteeKind.AREA)
    if made := committee.meetings.filter(held_on=day).first():
        return made
    ten = datetime.combine(day, TEN, timezone.get_default_timezone())
    with clock_set_to(min(ten, timezone.now())):
        meeting = _open_meeting(committee, day, by=by)
        for item in meeting.agenda.all():
            save_agenda_item(item, fields={"resolution": RESOLUTIONS[AgendaKind(item.kind)]})
        close_meeting(meeting, by=by, ends_at=ENDS_AT)
    return meeting


def _open_meeting(committee: Committee, day: date, *, by: User) -> Meeting:
    """All members came but one, who is excused; the director takes no part in the own school's."""
    meeting = plan_meeting(
        committee, by=by, held_on=day, begins_at=BEGINS_AT, place=PLACE, is_sample=True
    )
    open_meeting(meeting, by=by)
    rows = list(meeting.attendance.values_list("pk", flat=True))
    found = dict.fromkeys(rows, (str(AttendanceKind.PRESENT), ""))
    found[rows[-2]] = (str(AttendanceKind.EXCUSED), "ติดราชการ (ตัวอย่าง)")
    record_attendance(meeting, by=by, found=found)
    add_proposed_recusals(meeting)
    return meeting


def create_coming_meetings(today: date, *, by: User) -> None:
    """One that is open today, at which the waiting schools can be decided, and two to come."""
    area = Committee.objects.get(kind=CommitteeKind.AREA)
    of_cluster = Committee.objects.get(kind=CommitteeKind.SUBCOMMITTEE)
    if not area.meetings.filter(held_on=today).exists():
        _open_meeting(area, today, by=by)
    for committee, days in ((of_cluster, 5), (area, 40)):
        day = working_day(today + timedelta(days=days))
        plan_meeting(
            committee, by=by, held_on=day, begins_at=BEGINS_AT, place=PLACE, is_sample=True
        )
