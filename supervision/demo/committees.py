"""The demonstration's committees with members by their posts, and the meetings they hold."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max
from django.utils import timezone

from schools.core.thai import be_year
from schools.enums import Role
from schools.models import Appointment, User
from supervision.committees.enums import CommitteeKind, CommitteePosition, MeetingState
from supervision.committees.models import Committee, CommitteeMember, Meeting

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
    """The meeting of that day, with the next number of its year; asked for in order of days."""
    committee = Committee.objects.get(kind=CommitteeKind.AREA)
    last = committee.meetings.filter(year=be_year(day)).aggregate(last=Max("number"))["last"]
    meeting, _ = Meeting.objects.get_or_create(
        committee=committee,
        held_on=day,
        defaults={
            "number": (last or 0) + 1,
            "year": be_year(day),
            "place": PLACE,
            "state": MeetingState.CLOSED,
            "closed_at": timezone.now(),
            "closed_by": by,
            "is_sample": True,
        },
    )
    return meeting
