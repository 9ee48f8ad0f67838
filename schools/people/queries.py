"""Whom the keeper sees in the list, and what a person's page tells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from schools.access import can_manage_account
from schools.core.status import StatusKind
from schools.core.thai import arabic_digits, short_date
from schools.enums import Role
from schools.models import Appointment, Cluster, ClusterMembership, School, User
from schools.people.forms import AccountStatus, AppointmentStatus, PeopleFilterForm

APPOINTMENTS_WITH_PLACES = Prefetch(
    "appointments", Appointment.objects.select_related("school", "cluster")
)


# --- The list ---


@dataclass(frozen=True)
class PersonRow:
    """One person of the list, and whether this keeper may touch the account."""

    person: User
    can_manage_account: bool
    today: date

    @property
    def appointments(self) -> list[Appointment]:
        """Held today; if none, those to come."""
        appointments = [
            appointment
            for appointment in self.person.appointments.all()
            if not appointment.is_over(self.today)
        ]
        return [
            appointment for appointment in appointments if appointment.is_in_force_on(self.today)
        ] or appointments

    @property
    def state(self) -> tuple[StatusKind, str]:
        """Kind and word of the pill."""
        if not self.person.is_active:
            return StatusKind.LATE, "ปิดบัญชี"
        if not self.appointments:
            return StatusKind.IDLE, "ไม่มีตำแหน่ง"
        if not self.appointments[0].is_in_force_on(self.today):
            return StatusKind.WAITING, f"เริ่ม {short_date(self.appointments[0].starts_on)}"
        if self.person.last_login is None:
            return StatusKind.YOURS, "ยังไม่เคยเข้าสู่ระบบ"
        return StatusKind.DONE, "ใช้งานได้"


def person_rows(people: Iterable[User], keeper: User, today: date) -> list[PersonRow]:
    return [PersonRow(person, can_manage_account(keeper, person), today) for person in people]


def bound_people_filter(asked: Mapping[str, str]) -> PeopleFilterForm:
    """Bound always, so that the boxes show what the page shows."""
    form = PeopleFilterForm(
        asked,
        clusters=Cluster.objects.values_list("pk", "name"),
        schools=School.objects.values_list("pk", "name"),
    )
    form.is_valid()
    return form


def filtered_people(wanted: Mapping[str, str], today: date) -> QuerySet[User]:
    """In the order of names, each with the appointments and their places."""
    people = User.objects.prefetch_related(APPOINTMENTS_WITH_PLACES).order_by("sort_key", "pk")
    people = people.filter(
        _name_matches(wanted.get("q", "")), _account_status(wanted.get("account", ""))
    )
    appointments = _filtered_appointments(wanted, today)
    if appointments is not None:
        people = people.filter(Exists(appointments.filter(user=OuterRef("pk"))))
    if wanted.get("holding") == AppointmentStatus.NONE:
        lasting = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today))
        people = people.exclude(Exists(lasting.filter(user=OuterRef("pk"))))
    return people


def _name_matches(words: str) -> Q:
    if not words:
        return Q()
    number = arabic_digits(words)
    written = Appointment.objects.filter(Q(title__icontains=words) | Q(position_number=number))
    return (
        Q(full_name__icontains=words)
        | Q(username__icontains=number)
        | Q(Exists(written.filter(user=OuterRef("pk"))))
    )


def _account_status(wanted: str) -> Q:
    return {
        AccountStatus.NEVER: Q(is_active=True, last_login=None),
        AccountStatus.TEMPORARY: Q(is_active=True, must_change_password=True),
        AccountStatus.CLOSED: Q(is_active=False),
    }.get(wanted, Q())


def _filtered_appointments(wanted: Mapping[str, str], today: date) -> QuerySet[Appointment] | None:
    """The appointments one of which a person must have; None where nothing is asked of
    appointments."""
    asked = _role_and_place(wanted, today)
    when = {
        AppointmentStatus.IN_FORCE: Appointment.objects.in_force(today),
        AppointmentStatus.COMING: Appointment.objects.filter(starts_on__gt=today),
        AppointmentStatus.ENDED: Appointment.objects.filter(ends_on__lt=today),
    }.get(wanted.get("holding"))
    if not asked and when is None:
        return None
    return (Appointment.objects.all() if when is None else when).filter(asked)


def _role_and_place(wanted: Mapping[str, str], today: date) -> Q:
    found = Q()
    if role := wanted.get("role"):
        found &= Q(role=role)
    if school := wanted.get("school"):
        found &= Q(school=school)
    if cluster := wanted.get("cluster"):
        members = ClusterMembership.objects.in_force(today).filter(cluster=cluster)
        found &= Q(cluster=cluster) | Q(school__in=members.values("school"))
    return found


# --- A person's page ---


@dataclass(frozen=True)
class AppointmentsByPeriod:
    """A person's appointments by the day."""

    present: Sequence[Appointment]
    coming: Sequence[Appointment]
    past: Sequence[Appointment]


def appointments_by_period(person: User, today: date) -> AppointmentsByPeriod:
    appointments = list(person.appointments.all())
    return AppointmentsByPeriod(
        [appointment for appointment in appointments if appointment.is_in_force_on(today)],
        [appointment for appointment in appointments if appointment.starts_on > today],
        [appointment for appointment in appointments if appointment.is_over(today)][::-1],
    )


@dataclass(frozen=True)
class PersonChange:
    """One line of a person's history as the keeper reads it."""

    what: str
    about: str
    who: str
    when: datetime
    details: Sequence[str]


HISTORY_TYPE_LABELS = {"+": "เพิ่ม", "~": "แก้ไข", "-": "ลบ"}
ACCOUNT_FIELD_LABELS = {
    "username": "ชื่อผู้ใช้",
    "full_name": "ชื่อที่แสดง",
    "email": "อีเมล",
    "is_active": "ใช้งานได้",
}
APPOINTMENT_FIELD_LABELS = {
    "role": "บทบาท",
    "cluster": "กลุ่มโรงเรียน",
    "school": "โรงเรียน",
    "title": "ตำแหน่งที่พิมพ์ในเอกสาร",
    "position_number": "ตำแหน่งเลขที่",
    "academic_standing": "วิทยฐานะ",
    "acting": "รักษาการ",
    "starts_on": "ตั้งแต่วันที่",
    "ends_on": "ถึงวันที่",
}


def person_history(person: User) -> list[PersonChange]:
    """Every change of the account and the appointments, newest first."""
    account = person.history.select_related("history_user").order_by("history_date", "history_id")
    appointments = Appointment.history.filter(user=person.pk).order_by(
        "id", "history_date", "history_id"
    )
    appointments = appointments.select_related("history_user", "school", "cluster")
    told = [*_changes(account, ACCOUNT_FIELD_LABELS, "บัญชี")]
    for _, rows in groupby(appointments, key=lambda row: row.id):
        told += _changes(rows, APPOINTMENT_FIELD_LABELS, "ตำแหน่ง")
    return sorted(told, key=lambda change: change.when, reverse=True)


def _changes(rows: Iterable[Any], fields: Mapping[str, str], kind: str) -> Iterator[PersonChange]:
    """What each row changed against the one before; a row that changed nothing tells nothing."""
    before = None
    for row in rows:
        details = [
            f"{label}: {display_value(before, name)} → {display_value(row, name)}"
            for name, label in fields.items()
            if before is not None and display_value(before, name) != display_value(row, name)
        ]
        if details or row.history_change_reason or row.history_type != "~":
            what = row.history_change_reason or f"{HISTORY_TYPE_LABELS[row.history_type]}{kind}"
            about = _appointment_in_words(row) if fields is APPOINTMENT_FIELD_LABELS else ""
            yield PersonChange(
                what, about, str(row.history_user or "ระบบ"), row.history_date, details
            )
        before = row


def _appointment_in_words(row: Any) -> str:
    place = row.school or row.cluster
    days = f"ตั้งแต่ {short_date(row.starts_on)}"
    until = f" ถึง {short_date(row.ends_on)}" if row.ends_on else ""
    return " · ".join(filter(None, [row.get_role_display(), str(place or ""), days + until]))


def display_value(row: Any, name: str) -> str:
    """A value as people read it: a choice by its word, a date in the Buddhist Era."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่"
    if isinstance(value, date):
        return short_date(value)
    word = getattr(row, f"get_{name}_display", None)
    return str((word() if word else value) or "ว่าง")


def supervisors_by_cluster(day: date) -> dict[int | None, list[User]]:
    """Who has each cluster in charge on that day."""
    appointments = Appointment.objects.in_force(day).filter(
        role=Role.SUPERVISOR, cluster__isnull=False
    )
    found: dict[int | None, list[User]] = {}
    for appointment in appointments.select_related("user"):
        found.setdefault(appointment.cluster_id, []).append(appointment.user)
    return found
