"""The page of a person: account, appointments, and who changed what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import can_manage_account, is_system_account, signs_for_office
from schools.core.history import display_value
from schools.core.http import SignedInRequest
from schools.core.thai import short_date
from schools.models import Appointment, User
from schools.people.appointment_orders import present_appointments
from schools.people.lookup import get_person_for_edit
from schools.people.second_factor import can_remove_second_factor, has_second_factor


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
    """One line of a person's history as the registrar reads it."""

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
    "capacity": "ลักษณะการดำรงตำแหน่ง",
    "own_title": "ตำแหน่งเดิมของผู้ทำการแทน",
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
    changes = [*_changes(account, ACCOUNT_FIELD_LABELS, "บัญชี")]
    for _, rows in groupby(appointments, key=lambda row: row.id):
        changes += _changes(rows, APPOINTMENT_FIELD_LABELS, "ตำแหน่ง")
    return sorted(changes, key=lambda change: change.when, reverse=True)


def _changes(rows: Iterable[Any], fields: Mapping[str, str], kind: str) -> Iterator[PersonChange]:
    """What each row changed against the one before; a row that changed nothing is left out."""
    before: Any = None
    for row in rows:
        details = _differences(before, row, fields) if before is not None else []
        if details or row.history_change_reason or row.history_type != "~":
            what = row.history_change_reason or f"{HISTORY_TYPE_LABELS[row.history_type]}{kind}"
            about = _appointment_in_words(row) if fields is APPOINTMENT_FIELD_LABELS else ""
            who = str(row.history_user or "ระบบ")
            yield PersonChange(what, about, who, row.history_date, details)
        before = row


def _differences(before: Any, row: Any, fields: Mapping[str, str]) -> list[str]:
    return [
        f"{label}: {display_value(before, name)} → {display_value(row, name)}"
        for name, label in fields.items()
        if display_value(before, name) != display_value(row, name)
    ]


def _appointment_in_words(row: Any) -> str:
    place = row.school or row.cluster
    days = f"ตั้งแต่ {short_date(row.starts_on)}"
    until = f" ถึง {short_date(row.ends_on)}" if row.ends_on else ""
    said = [row.get_role_display(), row.get_capacity_display(), str(place or ""), days + until]
    return " · ".join(filter(None, said))


def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_person_for_edit(request, pk, to_change=False)
    today = timezone.localdate()
    appointments = appointments_by_period(found, today)
    context = {
        "person": found,
        "appointments": appointments,
        "present": present_appointments(appointments.present, today),
        "can_manage_account": can_manage_account(request.user, found),
        "is_me": found.pk == request.user.pk,
        "signs": signs_for_office(found),
        "is_system": is_system_account(found),
        "link": found.password_links.first(),
        "can_remove_second_factor": has_second_factor(found)
        and can_remove_second_factor(request.user, found),
        "history": person_history(found),
    }
    return render(request, "schools/people/person.html", context)
