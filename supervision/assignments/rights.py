"""What rights an order opens and ends: rights are appointments, and duties are their reason.

A duty of a kind in ROLES_BY_KIND gives its officer an appointment, if the officer has an account.
One that the person holds already is taken over, not doubled; it then ends with the order, as if
the order had given it. One that has its end already gives way to a new one on the order's day.
No right is opened before the day on which the order is signed here, however long it has been in
force on paper.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef
from django.utils import timezone

from schools.core.thai import long_date
from schools.enums import Role
from schools.models import Appointment, Cluster, User
from schools.models.dated import not_over_q
from supervision.assignments.enums import DutyKind
from supervision.assignments.models import Duty, OrderOfficer, OrderSupersession
from supervision.assignments.queries import lasting_duties

ONE_DAY = timedelta(days=1)
ROLES_BY_KIND: Mapping[str, Role] = {
    DutyKind.WORK_GROUP_HEAD: Role.WORK_GROUP_HEAD,
    DutyKind.CLUSTER: Role.SUPERVISOR,
    DutyKind.AREA_COMMITTEE: Role.COMMITTEE_MEMBER,
    DutyKind.SUBCOMMITTEE: Role.SUBCOMMITTEE_MEMBER,
    DutyKind.CLUSTER_CHAIR: Role.CLUSTER_CHAIR,
}
CLUSTER_KINDS = (DutyKind.CLUSTER, DutyKind.SUBCOMMITTEE, DutyKind.CLUSTER_CHAIR)


class HeldColumns(TypedDict):
    """Whether an order named the appointment already."""

    has_duties: bool


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    HeldAppointment = WithAnnotations[Appointment, HeldColumns]
else:
    HeldAppointment = Appointment


@dataclass(frozen=True)
class HeldPlace:
    """What makes two appointments the same: the person, the role and the cluster."""

    user: User
    role: Role
    cluster: Cluster | None

    def is_of(self, appointment: Appointment) -> bool:
        return (
            appointment.user_id == self.user.pk
            and appointment.role == self.role
            and appointment.cluster_id == (self.cluster.pk if self.cluster else None)
        )


@dataclass(frozen=True)
class GivenRight:
    """An appointment that duties of an order need: a new one, or one that is there already.

    One that is `taken_over` was given by hand; from now on it ends with the order.
    """

    duties: Sequence[Duty]
    appointment: Appointment
    taken_over: bool = False

    @property
    def is_new(self) -> bool:
        return self.appointment.pk is None

    def __str__(self) -> str:
        appointment = self.appointment
        codes = "ข้อ " + ", ".join(duty.code for duty in self.duties)
        if self.is_new:
            since = long_date(appointment.starts_on)
            return f"{appointment.user}: {appointment.title_with_place} ตั้งแต่ {since} ({codes})"
        said = "เดิมไม่มีคำสั่ง" if self.taken_over else "มีอยู่แล้ว ใช้ต่อ"
        return f"{appointment.user}: {appointment.title_with_place} {said} ({codes})"


@dataclass(frozen=True)
class EndedRight:
    """An appointment that rested on duties which the order ends, with its last day."""

    appointment: Appointment
    last_day: date

    def __str__(self) -> str:
        appointment = self.appointment
        return (
            f"{appointment.user}: {appointment.title_with_place} "
            f"ใช้ได้ถึงสิ้นวันที่ {long_date(self.last_day)}"
        )


@dataclass(frozen=True)
class RightsPlan:
    """All that signing an order does to the rights of people, and what to think of before.

    Rights change on `starts_on`; `notes` name overlaps and gaps.
    """

    starts_on: date
    given: Sequence[GivenRight]
    ended: Sequence[EndedRight]
    notes: Sequence[str]

    @property
    def opened(self) -> list[GivenRight]:
        return [right for right in self.given if right.is_new]

    @property
    def kept(self) -> list[GivenRight]:
        """Those that rest on duties of an order already."""
        return [right for right in self.given if not right.is_new and not right.taken_over]

    @property
    def taken_over(self) -> list[GivenRight]:
        return [right for right in self.given if right.taken_over]


def plan_rights(
    officers: Sequence[OrderOfficer], ending: Sequence[Duty], *, effective_on: date, today: date
) -> RightsPlan:
    """What signing an order of these officers today would do, if it held from that day.

    `ending` are the duties that it ends. Changes nothing.
    """
    starts_on = max(effective_on, today)
    needed = _needed_places(officers)
    held = _held_appointments(needed, starts_on)
    given = [_given_right(place, duties, held, starts_on) for place, duties in needed.items()]
    ended = ended_rights(
        ending,
        first_day_without=starts_on,
        kept=[right.appointment.pk for right in given],
    )
    ended += _replaced_titles(given, held, starts_on)
    notes = [*_early_notes(effective_on, today), *_account_notes(officers)]
    notes += rights_notes(given, ended, starts_on)
    return RightsPlan(starts_on, given, ended, notes)


def duties_to_end(supersessions: Iterable[OrderSupersession], effective_on: date) -> list[Duty]:
    """Duties of the orders that a new one replaces which would hold on its day or later."""
    found: list[Duty] = []
    for supersession in supersessions:
        if supersession.superseded is None:
            continue
        duties = Duty.objects.filter(officer__order=supersession.superseded)
        if named := supersession.officers.all():
            duties = duties.filter(officer__in=named)
        found += lasting_duties(duties, effective_on).select_related("officer")
    return found


def ended_rights(
    duties: Sequence[Duty], *, first_day_without: date, kept: Iterable[int] = ()
) -> list[EndedRight]:
    """Appointments that no duty rests on once these have ended, the `kept` ones left out.

    Those that are over by now stay as they are.
    """
    last_day = first_day_without - ONE_DAY
    lasting_until = max(first_day_without, timezone.localdate())
    ending = [duty.pk for duty in duties]
    others = lasting_duties(Duty.objects.exclude(pk__in=ending), first_day_without)
    resting = Appointment.objects.filter(duties__in=ending).exclude(pk__in=list(kept))
    rows = (
        resting.exclude(pk__in=others.exclude(appointment=None).values("appointment"))
        .filter(not_over_q(lasting_until))
        .select_related("user", "cluster", "school")
        .order_by("user__sort_key", "pk")
        .distinct()
    )
    return [EndedRight(row, max(last_day, row.starts_on)) for row in rows]


# --- What the duties need ---


def _needed_places(officers: Iterable[OrderOfficer]) -> dict[HeldPlace, list[Duty]]:
    """The appointments that the duties need, each once, with the duties that need it."""
    needed: dict[HeldPlace, list[Duty]] = {}
    for officer in officers:
        for duty in officer.duties.all():
            role = ROLES_BY_KIND.get(duty.kind)
            if role and officer.user:
                cluster = duty.cluster if duty.kind in CLUSTER_KINDS else None
                needed.setdefault(HeldPlace(officer.user, role, cluster), []).append(duty)
    return needed


def _held_appointments(needed: Iterable[HeldPlace], day: date) -> list[HeldAppointment]:
    """What these people hold on the day or later, of the roles that orders give."""
    rows = Appointment.objects.filter(not_over_q(day), user__in=[place.user for place in needed])
    named = rows.annotate(has_duties=Exists(Duty.objects.filter(appointment=OuterRef("pk"))))
    return list(named.select_related("user", "cluster", "school").order_by("starts_on", "pk"))


def _given_right(
    place: HeldPlace, duties: Sequence[Duty], held: Sequence[HeldAppointment], day: date
) -> GivenRight:
    same = [appointment for appointment in held if place.is_of(appointment)]
    title = _title_of(place, duties)
    now = next((one for one in same if one.is_in_force_on(day)), None)
    if now and now.ends_on is None and (_title_fits(now, title) or now.starts_on >= day):
        return GivenRight(duties, now, taken_over=not now.has_duties)
    starts_on = day
    if now and now.ends_on and now.starts_on >= day:
        starts_on = now.ends_on + ONE_DAY
    coming = next((one for one in same if one.starts_on > starts_on), None)
    return GivenRight(duties, _new_appointment(place, duties[0], title, starts_on, coming))


def _new_appointment(
    place: HeldPlace, duty: Duty, title: str, starts_on: date, coming: Appointment | None
) -> Appointment:
    """Not saved yet; it ends before one that the person is to hold anyway."""
    return Appointment(
        user=place.user,
        role=place.role,
        cluster=place.cluster,
        title=title,
        position_number=duty.officer.position_number,
        academic_standing=duty.officer.academic_standing,
        starts_on=starts_on,
        ends_on=coming.starts_on - ONE_DAY if coming else None,
    )


def _title_of(place: HeldPlace, duties: Sequence[Duty]) -> str:
    """The title that names what the person leads; empty where the role's own name does."""
    if place.role == Role.WORK_GROUP_HEAD:
        return "และ".join(f"หัวหน้า{duty.work_group.name}" for duty in duties if duty.work_group)
    if place.role == Role.CLUSTER_CHAIR and place.cluster:
        return f"ประธาน{place.cluster.name}"
    return ""


def _title_fits(appointment: Appointment, title: str) -> bool:
    return not title or appointment.title == title


def _replaced_titles(
    given: Sequence[GivenRight], held: Sequence[HeldAppointment], day: date
) -> list[EndedRight]:
    """Appointments that a new one of the same place, with the title of the order, follows."""
    found = []
    for right in given:
        new = right.appointment
        place = HeldPlace(new.user, Role(new.role), new.cluster)
        if right.is_new and new.starts_on == day:
            now = (one for one in held if place.is_of(one) and one.is_in_force_on(day))
            found += [EndedRight(one, day - ONE_DAY) for one in now]
    return found


# --- What to think of before ---


def _early_notes(effective_on: date, today: date) -> list[str]:
    if effective_on >= today:
        return []
    return [
        f"คำสั่งมีผลตั้งแต่ {long_date(effective_on)} ก่อนวันที่ลงนามในพอร์ทัล "
        f"หน้าที่นับตั้งแต่วันนั้น ส่วนสิทธิในพอร์ทัลเปิดตั้งแต่วันนี้ {long_date(today)}"
    ]


def _account_notes(officers: Iterable[OrderOfficer]) -> list[str]:
    notes = []
    for officer in officers:
        codes = [duty.code for duty in officer.duties.all() if duty.kind in ROLES_BY_KIND]
        if codes and officer.user is None:
            notes.append(f"{officer} ไม่มีบัญชีในพอร์ทัล ข้อ {', '.join(codes)} จึงไม่เปิดสิทธิ")
    return notes


def rights_notes(given: Sequence[GivenRight], ended: Sequence[EndedRight], day: date) -> list[str]:
    """Clusters and work groups of two people or of none, and people who are left without rights."""
    gone = [right.appointment.pk for right in ended]
    staying = Appointment.objects.in_force(day).exclude(pk__in=gone).filter(user__is_active=True)
    new = [right.appointment for right in given if right.is_new]
    rows = [*staying.select_related("user", "cluster").order_by("user__sort_key"), *new]
    return [*_cluster_notes(rows), *_work_group_notes(rows), *_people_notes(rows, ended, day)]


def _cluster_notes(appointments: Sequence[Appointment]) -> list[str]:
    holders: dict[int, list[str]] = {}
    for appointment in appointments:
        if appointment.role == Role.SUPERVISOR and appointment.cluster_id:
            holders.setdefault(appointment.cluster_id, []).append(str(appointment.user))
    clusters = list(Cluster.objects.order_by("sort_key"))
    doubled = [
        f"{cluster} มีศึกษานิเทศก์ประจำกลุ่ม {len(names)} คน คือ {' และ '.join(names)}"
        for cluster in clusters
        if len(names := holders.get(cluster.pk, [])) > 1
    ]
    empty = [str(cluster) for cluster in clusters if cluster.pk not in holders]
    return doubled + ([f"ไม่มีศึกษานิเทศก์ประจำ{' '.join(empty)}"] if empty else [])


def _work_group_notes(appointments: Sequence[Appointment]) -> list[str]:
    heads: dict[str, list[str]] = {}
    for appointment in appointments:
        if appointment.role == Role.WORK_GROUP_HEAD and appointment.title:
            heads.setdefault(appointment.title, []).append(str(appointment.user))
    return [
        f"มี{title} {len(names)} คน คือ {' และ '.join(names)}"
        for title, names in heads.items()
        if len(names) > 1
    ]


def _people_notes(
    appointments: Sequence[Appointment], ended: Sequence[EndedRight], day: date
) -> list[str]:
    staying = {appointment.user_id for appointment in appointments}
    leaving = {right.appointment.user_id: right.appointment.user for right in ended}
    return [
        f"{user} จะไม่มีตำแหน่งในพอร์ทัลตั้งแต่ {long_date(day)} "
        "หากยังปฏิบัติงานอยู่ โปรดให้งานธุรการเพิ่มตำแหน่งที่ทะเบียน"
        for pk, user in leaving.items()
        if pk not in staying
    ]
