"""What is asked of committees and their meetings, and what higher apps add to a meeting's page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, F, Max, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from schools.access import Permission, roles_with
from schools.core.registry import Registry
from schools.core.status import StatusKind
from schools.enums import Role
from schools.models import Appointment, School, User
from supervision.committees.enums import (
    DECIDING_AGENDA_KINDS,
    AttendanceKind,
    CommitteeKind,
)
from supervision.committees.models import (
    Attendance,
    Committee,
    CommitteeMember,
    Meeting,
    MeetingQuerySet,
    Recusal,
)

# By which role the members of a committee hold their rights; a working group gives none.
ROLES_BY_COMMITTEE_KIND: Mapping[str, Role] = {
    CommitteeKind.AREA: Role.COMMITTEE_MEMBER,
    CommitteeKind.SUBCOMMITTEE: Role.SUBCOMMITTEE_MEMBER,
}
# Whose accounts are no members of a committee.
OTHER_ROLES = (Role.ACADEMIC_TEACHER, Role.EXTERNAL_SYSTEM, Role.SYSTEM_ADMINISTRATOR)


# --- What a meeting did, and where its work is done: asked of the apps above ---


@dataclass(frozen=True)
class MeetingOutcome:
    """One thing that the portal has on record as decided by a meeting, with its page."""

    text: str
    url: str
    kind: StatusKind
    word: str


@dataclass(frozen=True)
class MeetingOutcomes:
    """What a meeting did of one kind, under a heading such as ผลการพิจารณา."""

    heading: str
    rows: Sequence[MeetingOutcome]


@dataclass(frozen=True)
class MeetingLink:
    """A page or paper of a meeting that an app above offers; the first one is the main act."""

    label: str
    url: str
    is_main: bool = False


meeting_outcomes: Registry[str, Callable[[Meeting, User], MeetingOutcomes]] = Registry(
    "what a meeting did"
)
meeting_links: Registry[str, Callable[[Meeting, User], list[MeetingLink]]] = Registry(
    "pages and papers of a meeting"
)


# --- Members ---


@dataclass(frozen=True)
class MemberRow:
    """A member on a day, with what the registry still lacks for them."""

    member: CommitteeMember
    lacks_rights: bool


@dataclass(frozen=True)
class CommitteeMembers:
    """The members of a committee on a day, those to come, and those who were."""

    present: Sequence[MemberRow]
    coming: Sequence[CommitteeMember]
    past: Sequence[CommitteeMember]
    unlisted: Sequence[Appointment]


def committee_members(committee: Committee, day: date) -> CommitteeMembers:
    """In the order of positions; `unlisted` hold the appointment but are not in the list."""
    held = Prefetch("user__appointments", Appointment.objects.in_force(day), to_attr="held_on_day")
    rows = committee.members.select_related("user", "order", "appointment").prefetch_related(held)
    members = list(rows)
    return CommitteeMembers(
        [MemberRow(one, _lacks_rights(one)) for one in members if one.is_in_force_on(day)],
        [one for one in members if one.starts_on > day],
        [one for one in members if one.is_over(day)],
        _unlisted(committee, members, day),
    )


def _lacks_rights(member: CommitteeMember) -> bool:
    """Whether the account of a member of ก.ต.ป.น. or อ.ก.ต.ป.น. cannot see its meetings."""
    if member.user is None or member.committee.kind not in ROLES_BY_COMMITTEE_KIND:
        return False
    readers = roles_with(Permission.VIEW_MEETINGS)
    held: list[Appointment] = getattr(member.user, "held_on_day", [])
    return not any(appointment.role in readers for appointment in held)


def _unlisted(
    committee: Committee, members: Sequence[CommitteeMember], day: date
) -> list[Appointment]:
    role = ROLES_BY_COMMITTEE_KIND.get(committee.kind)
    if role is None:
        return []
    listed = {one.user_id for one in members if one.is_in_force_on(day)}
    held = Appointment.objects.in_force(day).filter(
        role=role, cluster=committee.cluster, user__is_active=True
    )
    return [one for one in held.select_related("user") if one.user_id not in listed]


def possible_members(member: CommitteeMember) -> QuerySet[User]:
    """Accounts of the office and of directors, and the one that the member has already."""
    held = Q(appointments__isnull=False, is_active=True) & ~Q(appointments__role__in=OTHER_ROLES)
    found = User.objects.filter(held | Q(pk=member.user_id)).distinct()
    return found.order_by("sort_key")


# --- Meetings ---


def next_meeting_numbers(committees: QuerySet[Committee], year: int) -> list[tuple[Committee, int]]:
    """The number that the next meeting of each committee has in the year (B.E.)."""
    last = Max("meetings__number", filter=Q(meetings__year=year), default=0)
    rows = committees.annotate(last_number=last)
    return [(one, one.last_number + 1) for one in rows]


def next_meeting_number(committee: Committee, year: int) -> int:
    """The number that the committee's next meeting of the year (B.E.) has."""
    [(_, number)] = next_meeting_numbers(Committee.objects.filter(pk=committee.pk), year)
    return number


def meetings_with_committee(user: User) -> MeetingQuerySet:
    """Meetings that the person may see, each with its committee."""
    return Meeting.objects.visible_to(user).select_related("committee__cluster")


@dataclass(frozen=True)
class AttendanceCounts:
    """How many members came; how many are needed is a matter of the committee's own rules."""

    members: int
    present: int
    excused: int
    absent: int

    @property
    def unrecorded(self) -> int:
        return self.members - self.present - self.excused - self.absent


def attendance_counts(rows: Sequence[Attendance]) -> AttendanceCounts:
    kinds = [row.kind for row in rows]
    return AttendanceCounts(len(kinds), *(kinds.count(kind) for kind in (*AttendanceKind,)))


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """In the order of positions."""
    return list(meeting.attendance.select_related("member__user"))


def missing_to_close(meeting: Meeting, attendance: Sequence[Attendance]) -> list[str]:
    """What the record of an open meeting still lacks."""
    missing = []
    if unrecorded := attendance_counts(attendance).unrecorded:
        missing.append(f"ยังไม่บันทึกการเข้าประชุมของกรรมการ {unrecorded} คน")
    deciding = [item for item in meeting.agenda.all() if item.kind in DECIDING_AGENDA_KINDS]
    return [*missing, *(f"{item} ยังไม่มีมติ" for item in deciding if not item.resolution)]


@dataclass(frozen=True)
class ProposedRecusal:
    """A member of the meeting who heads a school on its day, by the registry."""

    member: CommitteeMember
    school: School

    @property
    def reason(self) -> str:
        return f"เป็นผู้อำนวยการ{self.school}"


def proposed_recusals(
    meeting: Meeting, attendance: Sequence[Attendance], recusals: Sequence[Recusal]
) -> list[ProposedRecusal]:
    """Members who head a school and are not on record yet as taking no part in its decision."""
    members = {row.member.user_id: row.member for row in attendance if row.member.user_id}
    heads = Appointment.objects.in_force(meeting.held_on).filter(
        role=Role.SCHOOL_DIRECTOR, user__in=members
    )
    known = {(one.member_id, one.school_id) for one in recusals}
    return [
        ProposedRecusal(members[one.user_id], one.school)
        for one in heads.select_related("school")
        if one.school and (members[one.user_id].pk, one.school_id) not in known
    ]


def recusals_of(meeting: Meeting) -> list[Recusal]:
    return list(meeting.recusals.select_related("member__user", "school"))


def with_meeting_title(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Each with its `meeting_title`, the words of `Meeting.title`, for a query of several kinds.

    Those that earlier versions recorded without a number are over, and not among them.
    """
    subcommittee = Concat(
        Value(f"{CommitteeKind.SUBCOMMITTEE.label} "), F("committee__cluster__name")
    )
    committee = Case(
        When(committee__kind=CommitteeKind.AREA, then=Value(CommitteeKind.AREA.label)),
        When(committee__kind=CommitteeKind.SUBCOMMITTEE, then=subcommittee),
        default=F("committee__name"),
    )
    number, year = (Cast(name, CharField()) for name in ("number", "year"))
    title = Concat(committee, Value(" ครั้งที่ "), number, Value("/"), year)
    return meetings.annotate(meeting_title=title)


def meetings_with_member(meetings: MeetingQuerySet, person: User, day: date) -> MeetingQuerySet:
    """Of these the meetings of committees in which the person sits on that day."""
    sits = CommitteeMember.objects.in_force(day).filter(user=person)
    return meetings.filter(committee__in=sits.values("committee"))
