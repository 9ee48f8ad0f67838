"""Nobody is let in to sign for the office by one person alone.

A signing appointment that is newly given, or whose holder gets a new way to a password, signs
nothing until a second person has asked the holder and confirms it. That person may do so by
Permission.CONFIRM_SIGNER, and is neither the holder nor whoever gave the appointment or issued
the way.

How an office begins: while nobody has ever been at work in the role, an administrator gives it
without a second person; and while nobody else has ever been at work who could confirm, nothing
is withheld, for it would wait for ever. Both ask of ever, not of today: or it would be enough to
close the second person's account first. Should everybody who could confirm have left, the
command confirm_signer does it on the server.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from schools.access import OFFICE_SIGNER_ROLES, SIGNER_CONFIRMING_ROLES, Permission, can
from schools.core.errors import ActionRefused
from schools.core.history import save_with_history
from schools.core.thai import long_date
from schools.enums import AccessKind
from schools.models import AccessEvent, Appointment, User
from schools.models.dated import not_over_q
from schools.people.access_log import log_access_event
from schools.people.access_notices import notify_account_holder_by_mail

# Whose password was issued by somebody so recently is not yet a second person beside them.
INDEPENDENCE_PERIOD = timedelta(days=7)
SIGNING_WITHHELD, SIGNER_CONFIRMED = "การลงนามรอการยืนยันจากบุคคลที่สอง", "ยืนยันผู้ลงนาม"
HAS_OWN_PASSWORD = Q(user__must_change_password=False) & ~Q(
    user__password__startswith=UNUSABLE_PASSWORD_PREFIX
)
# Whoever has been at work with the appointment, whatever became of the account since.
HAS_EVER_WORKED = (
    HAS_OWN_PASSWORD | Q(user__last_login__isnull=False) | Q(signing_withheld_at__isnull=False)
)


# --- Withholding ---


def withhold_signing_if_needed(appointment: Appointment, *, by: User) -> bool:
    """Let the appointment sign nothing until it is confirmed; the caller saves it. True if
    withheld."""
    if appointment.role not in OFFICE_SIGNER_ROLES or not needs_second_person(appointment, by=by):
        return False
    appointment.signing_withheld_at, appointment.signing_withheld_by = timezone.now(), by
    return True


def needs_second_person(appointment: Appointment, *, by: User) -> bool:
    """Whether the doing of one person is not enough, as the head of this module says."""
    held_before = Appointment.objects.filter(HAS_EVER_WORKED, role=appointment.role)
    if can(by, Permission.ADMINISTER) and not held_before.exists():
        return False
    others = Appointment.objects.filter(HAS_EVER_WORKED, role__in=SIGNER_CONFIRMING_ROLES)
    return others.exclude(user__in=(appointment.user, by)).exists()


def confirming_appointments(*, except_for: Sequence[int | None]) -> QuerySet[Appointment]:
    """Appointments in force whose holders may confirm a signer, except for these people's."""
    appointments = Appointment.objects.in_force(timezone.localdate()).filter(
        HAS_OWN_PASSWORD, role__in=SIGNER_CONFIRMING_ROLES
    )
    appointments = appointments.filter(user__is_active=True, signing_withheld_at=None)
    return appointments.exclude(user__in=except_for).select_related("user", "school", "cluster")


def withhold_signing_of(person: User, *, by: User) -> None:
    """Everything that the person signs for the office, for their password is issued anew."""
    today = timezone.localdate()
    for appointment in person.appointments.all():
        if not appointment.is_over(today) and withhold_signing_if_needed(appointment, by=by):
            _save_withholding(appointment, SIGNING_WITHHELD, by=by)
            log_signing_withheld(appointment, by=by)


def log_signing_withheld(appointment: Appointment, *, by: User) -> None:
    log_access_event(
        AccessKind.SIGNING_WITHHELD,
        account=appointment.user,
        by=by,
        note=appointment.title_with_place,
    )


def _save_withholding(appointment: Appointment, what: str, *, by: User | None) -> None:
    fields = ["signing_withheld_at", "signing_withheld_by"]
    save_with_history(appointment, by=by, reason=what, fields=fields)


# --- Confirming ---


def withheld_appointments() -> QuerySet[Appointment]:
    """Appointments, coming ones too, that wait for a second person, longest waiting first."""
    lasting = not_over_q(timezone.localdate())
    appointments = Appointment.objects.filter(
        lasting, signing_withheld_at__isnull=False, user__is_active=True
    )
    appointments = appointments.select_related("user", "school", "cluster", "signing_withheld_by")
    return appointments.order_by("signing_withheld_at", "pk")


def confirmation_obstacles(appointments: Sequence[Appointment], *, by: User) -> dict[int, str]:
    """For each appointment in Thai why this person may not confirm it, or not yet; empty if they
    may."""
    issued = AccessEvent.objects.filter(account=by, kind=AccessKind.PASSWORD_ISSUED)
    issued = issued.filter(at__gt=timezone.now() - INDEPENDENCE_PERIOD, by__isnull=False)
    last = {event.by_id: event for event in issued.order_by("at")} if appointments else {}
    return {
        appointment.pk: _confirmation_obstacle(
            appointment, last.get(appointment.signing_withheld_by_id), by
        )
        for appointment in appointments
    }


def _confirmation_obstacle(appointment: Appointment, issued: AccessEvent | None, by: User) -> str:
    """`issued` is the password that whoever caused the waiting gave this person of late."""
    if appointment.signing_withheld_at is None:
        return "ยืนยันแล้ว"
    if by == appointment.user:
        return "เป็นตำแหน่งของคุณเอง ต้องให้ผู้อื่นยืนยัน"
    if by == appointment.signing_withheld_by:
        return "คุณเป็นผู้ให้ตำแหน่งหรือออกลิงก์นี้ ต้องให้ผู้อื่นยืนยัน"
    if appointment.user.must_change_password or not appointment.user.has_usable_password():
        return "เจ้าของตำแหน่งยังไม่ได้ตั้งรหัสผ่านของตนเอง ยืนยันได้หลังจากนั้น"
    if issued:  # who issued a password a moment ago could have signed in with it
        return (
            f"รหัสผ่านของคุณเพิ่งออกให้โดย {appointment.signing_withheld_by} ซึ่งเป็นผู้ทำรายการนี้ "
            f"คุณยืนยันได้ตั้งแต่ {long_date(issued.at + INDEPENDENCE_PERIOD)} หรือให้ผู้อื่นยืนยัน"
        )
    return ""


@transaction.atomic
def confirm_signing(appointments: Sequence[Appointment], *, by: User) -> None:
    """Somebody has asked the holders of these appointments, who may sign from now on.

    Raises ActionRefused for an appointment that this person may not confirm; then none is
    confirmed.
    """
    if not can(by, Permission.CONFIRM_SIGNER):
        raise PermissionDenied
    locked = _lock(appointments)
    reasons = confirmation_obstacles(locked, by=by)
    for appointment in locked:
        if reasons[appointment.pk]:
            raise ActionRefused(
                f"{appointment.user} · {appointment.title_with_place}: {reasons[appointment.pk]}"
            )
        _confirm_appointment(appointment, by=by)


@transaction.atomic
def confirm_signing_from_command_line(person: User) -> list[Appointment]:
    """The last resort of an office where nobody is left to confirm: whoever runs the server does.

    Returns the appointments that were confirmed.
    """
    appointments = _lock(withheld_appointments().filter(user=person))
    for appointment in appointments:
        _confirm_appointment(appointment, by=None)
    return appointments


def _lock(appointments: Sequence[Appointment] | QuerySet[Appointment]) -> list[Appointment]:
    """The persons first, as everywhere, then their appointments."""
    keys = [appointment.pk for appointment in appointments]
    list(User.objects.select_for_update().filter(appointments__in=keys).order_by("pk"))
    locked = Appointment.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return list(locked.select_related("user", "school", "cluster", "signing_withheld_by"))


def _confirm_appointment(appointment: Appointment, *, by: User | None) -> None:
    appointment.signing_withheld_at = appointment.signing_withheld_by = None
    _save_withholding(appointment, SIGNER_CONFIRMED, by=by)
    note = (
        appointment.title_with_place
        if by
        else f"{appointment.title_with_place} (ด้วยคำสั่งบนเครื่องแม่ข่าย)"
    )
    log_access_event(AccessKind.SIGNING_CONFIRMED, account=appointment.user, by=by, note=note)
    who = by or "ผู้ดูแลเครื่องแม่ข่าย"
    notify_account_holder_by_mail(
        appointment.user, f"{who} ยืนยันแล้วว่าคุณเป็นผู้ลงนามในตำแหน่ง {appointment.title_with_place}"
    )
