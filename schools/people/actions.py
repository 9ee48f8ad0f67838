"""What the office does about people: accounts, appointments, passwords.

An action that cannot be done now raises ActionRefused, by field where a field is at fault; one
that this keeper may never do raises PermissionDenied. Each leaves its line in the history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from schools.access import SINGLE_HOLDER_ROLES, can_grant_role, can_manage_account, signs_for_office
from schools.core.errors import ActionRefused
from schools.core.history import save_with_history, set_history_author
from schools.core.thai import long_date
from schools.core.version_token import version_token
from schools.enums import CLUSTER_ROLES, SCHOOL_ROLES, AccessKind, Role
from schools.models import Appointment, School, User
from schools.people.access_log import log_access_event
from schools.people.access_notices import notify_account_holder_by_mail
from schools.people.account_cleanup import run_account_cleanups
from schools.people.password_links import (
    IssuedPasswordLink,
    generate_readable_code,
    issue_password_link,
    withdraw_password_links,
)
from schools.people.signers import log_signing_withheld, withhold_signing_if_needed

ONE_DAY = timedelta(days=1)
ACCOUNT_OPENED, ACCOUNT_UPDATED, ACCOUNT_CLOSED, ACCOUNT_REOPENED = (
    "เปิดบัญชี",
    "แก้ไขบัญชี",
    "ปิดบัญชี",
    "เปิดใช้บัญชีอีกครั้ง",
)
APPOINTMENT_CREATED, APPOINTMENT_TITLE_UPDATED, APPOINTMENT_ENDED, APPOINTMENT_WITHDRAWN = (
    "เพิ่มตำแหน่ง",
    "แก้ไขตำแหน่ง",
    "สิ้นสุดตำแหน่ง",
    "ยกเลิกตำแหน่ง",
)
PASSWORD_ISSUED = "ออกรหัสผ่านชั่วคราว"


def _lock(person: User, *schools: School | None) -> None:
    """The person first, then schools by key, so that two keepers never wait for each other."""
    person.refresh_from_db(from_queryset=User.objects.select_for_update())
    for school in sorted(filter(None, schools), key=lambda school: school.pk):
        school.refresh_from_db(from_queryset=School.objects.select_for_update())


def _check_can_manage_account(person: User, *, by: User) -> None:
    if not can_manage_account(by, person):
        raise PermissionDenied


# --- Accounts ---


@transaction.atomic
def open_account(
    person: User, appointment: Appointment, *, by: User, allow_second_holder: bool = False
) -> None:
    """A new account with its first appointment; nobody can sign in until its password is issued.

    `allow_second_holder` as for give_post.
    """
    if User.objects.filter(username__iexact=person.username).exists():
        raise ActionRefused(field_errors={"username": f"มีชื่อผู้ใช้ {person.username} แล้ว โปรดใช้ชื่ออื่น"})
    person.set_unusable_password()
    person.must_change_password = True
    save_with_history(person, by=by, reason=ACCOUNT_OPENED)
    log_access_event(AccessKind.ACCOUNT_OPENED, account=person, by=by)
    appointment.user = person
    create_appointment(appointment, by=by, allow_second_holder=allow_second_holder)


@transaction.atomic
def update_account(person: User, *, by: User, full_name: str, email: str) -> None:
    """Put the name shown or the e-mail right; the user name stays, for people know it."""
    _lock(person)
    _check_can_manage_account(person, by=by)
    before, person.full_name, person.email = person.email, full_name, email
    save_with_history(
        person, by=by, reason=ACCOUNT_UPDATED, fields=["full_name", "sort_key", "email"]
    )
    if email != before:
        log_access_event(AccessKind.EMAIL_CHANGED, account=person, by=by)
        if before:
            notify_account_holder_by_mail(person, f"{by} เปลี่ยนอีเมลของบัญชีคุณ", address=before)


@transaction.atomic
def close_account(person: User, *, by: User) -> None:
    """Who has left signs in no more, at once; what they did and signed keeps their name."""
    _lock(person)
    _check_can_manage_account(person, by=by)
    if person.is_active:
        person.is_active = False
        save_with_history(person, by=by, reason=ACCOUNT_CLOSED, fields=["is_active"])
        withdraw_password_links(person)
        log_access_event(AccessKind.ACCOUNT_CLOSED, account=person, by=by)


@transaction.atomic
def reopen_account(person: User, *, by: User) -> None:
    """Who is back, or was closed by mistake, begins anew with a password newly issued.

    Sessions, calendar addresses and the password of before stay closed: nobody knows who has
    come by them meanwhile.
    """
    _lock(person)
    _check_can_manage_account(person, by=by)
    if person.is_active:
        return
    person.is_active, person.must_change_password = True, True
    person.set_unusable_password()
    save_with_history(
        person,
        by=by,
        reason=ACCOUNT_REOPENED,
        fields=["is_active", "must_change_password", "password"],
    )
    run_account_cleanups(person)
    log_access_event(AccessKind.ACCOUNT_REOPENED, account=person, by=by)


# --- Posts ---


@transaction.atomic
def create_appointment(
    appointment: Appointment, *, by: User, allow_second_holder: bool = False
) -> None:
    """Let a person hold a appointment from a day on.

    A appointment that signs for the office is held beside somebody else's only if
    `allow_second_holder` says that
    the keeper knows of the other; and it may wait for a second person (people/signers.py).
    """
    _lock(appointment.user, appointment.school)
    _check_can_manage_account(appointment.user, by=by)
    _create_appointment(appointment, by=by, allow_second_holder=allow_second_holder)


def _create_appointment(
    appointment: Appointment, *, by: User, allow_second_holder: bool = False
) -> None:
    if not can_grant_role(by, appointment.role):
        raise PermissionDenied
    _check_scope(appointment)
    if not appointment.user.is_active:
        raise ActionRefused("บัญชีนี้ปิดอยู่ โปรดเปิดใช้บัญชีอีกครั้งก่อนเพิ่มตำแหน่ง")
    _check_days(appointment)
    others = other_holders_of_signing_role(appointment)
    if others and not allow_second_holder:
        raise ActionRefused(
            field_errors={"allow_second_holder": _second_holder_question(appointment, others)}
        )
    withheld = withhold_signing_if_needed(appointment, by=by)
    save_with_history(appointment, by=by, reason=APPOINTMENT_CREATED)
    if withheld:
        log_signing_withheld(appointment, by=by)
    for other in others:
        _notify_of_second_holder(other, appointment, by=by)


def other_holders_of_signing_role(appointment: Appointment) -> list[Appointment]:
    """Who holds the same single signing appointment while this one is held, acting holders too."""
    if appointment.role not in SINGLE_HOLDER_ROLES:
        return []
    others = Appointment.objects.filter(role=appointment.role, user__is_active=True).exclude(
        user=appointment.user_id
    )
    return list(filter(appointment.overlaps, others.select_related("user")))


def _second_holder_question(appointment: Appointment, others: Sequence[Appointment]) -> str:
    role, names = Role(appointment.role).label, " และ ".join(f"{other.user}" for other in others)
    return (
        f"{names} ดำรงตำแหน่ง{role}อยู่แล้ว{_period_in_words(others[0])} "
        "หากผู้ใหม่มาแทน โปรดให้ตำแหน่งเดิมสิ้นสุดก่อน "
        "หากต้องการให้ลงนามได้สองคน โปรดทำเครื่องหมายยืนยัน ผู้ดำรงตำแหน่งเดิมจะได้รับแจ้ง"
    )


def _notify_of_second_holder(other: Appointment, appointment: Appointment, *, by: User) -> None:
    note = f"{appointment.user} · {appointment.title_with_place}{_period_in_words(appointment)}"[
        :300
    ]
    log_access_event(AccessKind.SECOND_HOLDER, account=other.user, by=by, note=note)
    notify_account_holder_by_mail(other.user, f"{by} ให้ผู้อื่นดำรงตำแหน่งเดียวกับคุณเพิ่มอีกคน คือ {note}")


def _check_scope(appointment: Appointment) -> None:
    """The role decides which place is named: a school, a cluster, or neither."""
    wrong, role = {}, Role(appointment.role).label
    if appointment.role in SCHOOL_ROLES and appointment.school is None:
        wrong["school"] = f"โปรดเลือกโรงเรียน เพราะ{role}เป็นตำแหน่งในโรงเรียน"
    if appointment.role not in SCHOOL_ROLES and appointment.school is not None:
        wrong["school"] = f"{role}ไม่ใช่ตำแหน่งในโรงเรียน โปรดเว้นช่องโรงเรียนว่าง หรือแก้บทบาท"
    if appointment.role in CLUSTER_ROLES and appointment.cluster is None:
        wrong["cluster"] = f"โปรดเลือกกลุ่มโรงเรียน เพราะ{role}เป็นตำแหน่งของกลุ่มโรงเรียน"
    if (
        appointment.role not in (*CLUSTER_ROLES, Role.SUPERVISOR)
        and appointment.cluster is not None
    ):
        wrong["cluster"] = f"{role}ไม่ใช่ตำแหน่งของกลุ่มโรงเรียน โปรดเว้นช่องกลุ่มโรงเรียนว่าง หรือแก้บทบาท"
    if wrong:
        raise ActionRefused(field_errors=wrong)


def _check_days(appointment: Appointment) -> None:
    """A appointment that its school outlives, held once, and of full directors one at a time."""
    if appointment.ends_on and appointment.ends_on < appointment.starts_on:
        raise ActionRefused(field_errors={"ends_on": "วันสิ้นสุดอยู่ก่อนวันเริ่ม โปรดตรวจทั้งสองวัน"})
    closed_on = appointment.school.closed_on if appointment.school else None
    if closed_on and (appointment.ends_on is None or appointment.ends_on >= closed_on):
        raise ActionRefused(
            f"{appointment.school}เลิกหรือรวมตั้งแต่ {long_date(closed_on)} โปรดเลือกโรงเรียนอื่น "
            "หรือระบุวันสิ้นสุดก่อนวันนั้น"
        )
    others = (
        Appointment.objects.filter(role=appointment.role)
        .exclude(pk=appointment.pk)
        .select_related("user")
    )
    _check_no_duplicate(
        appointment,
        others.filter(
            user=appointment.user, cluster=appointment.cluster, school=appointment.school
        ),
    )
    if appointment.role == Role.SCHOOL_DIRECTOR and not appointment.acting:
        _check_one_director(appointment, others.filter(school=appointment.school, acting=False))


def _check_no_duplicate(appointment: Appointment, same: models.QuerySet[Appointment]) -> None:
    if other := next(filter(appointment.overlaps, same), None):
        raise ActionRefused(
            f"{appointment.user} มีตำแหน่งนี้อยู่แล้ว{_period_in_words(other)} "
            "โปรดสิ้นสุดตำแหน่งเดิมก่อน หรือเปลี่ยนวันที่"
        )


def _check_one_director(appointment: Appointment, directors: models.QuerySet[Appointment]) -> None:
    if other := next(filter(appointment.overlaps, directors), None):
        raise ActionRefused(
            f"{appointment.school}มี {other.user} เป็นผู้อำนวยการอยู่แล้ว{_period_in_words(other)} "
            "โปรดสิ้นสุดตำแหน่งนั้นก่อนวันที่ผู้ใหม่เริ่ม หรือระบุว่าผู้ใหม่รักษาการในตำแหน่ง"
        )


def _period_in_words(appointment: Appointment) -> str:
    until = f" ถึง {long_date(appointment.ends_on)}" if appointment.ends_on else ""
    return f" ตั้งแต่ {long_date(appointment.starts_on)}{until}"


@transaction.atomic
def update_appointment_title(appointment: Appointment, *, by: User, **words: str) -> None:
    """Put right how the appointment is written from now on; papers already signed keep their
    words."""
    _lock(appointment.user)
    _check_can_manage_account(appointment.user, by=by)
    for name, word in words.items():
        setattr(appointment, name, word)
    save_with_history(appointment, by=by, reason=APPOINTMENT_TITLE_UPDATED, fields=[*words])


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: User, last_day: date) -> None:
    """Let the appointment be held for the last time on that day."""
    _lock(appointment.user, appointment.school)
    _check_can_manage_account(appointment.user, by=by)
    _end_appointment(appointment, last_day, by=by)


def _end_appointment(appointment: Appointment, last_day: date, *, by: User) -> None:
    appointment.refresh_from_db(fields=["ends_on"])
    if appointment.is_over(timezone.localdate()):
        raise ActionRefused(f"ตำแหน่งนี้สิ้นสุดไปแล้วเมื่อ {long_date(appointment.ends_on)} จึงไม่เปลี่ยนอีก")
    if last_day < appointment.starts_on:
        started = long_date(appointment.starts_on)
        raise ActionRefused(
            field_errors={"last_day": f"ตำแหน่งนี้เริ่ม {started} โปรดระบุวันนั้นหรือวันหลังจากนั้น"}
        )
    appointment.ends_on = last_day
    _check_days(appointment)
    save_with_history(appointment, by=by, reason=APPOINTMENT_ENDED, fields=["ends_on"])


@transaction.atomic
def transfer_appointment(appointment: Appointment, to: Appointment, *, by: User) -> None:
    """From a school to another: the old appointment ends the day before the new one begins."""
    if to.school == appointment.school:
        raise ActionRefused(field_errors={"school": "โรงเรียนนี้คือโรงเรียนเดิม โปรดเลือกโรงเรียนที่ย้ายไป"})
    if to.starts_on <= appointment.starts_on:
        started = long_date(appointment.starts_on)
        raise ActionRefused(field_errors={"starts_on": f"ตำแหน่งเดิมเริ่ม {started} โปรดระบุวันหลังจากนั้น"})
    _lock(appointment.user, appointment.school, to.school)
    _check_can_manage_account(appointment.user, by=by)
    _end_appointment(appointment, to.starts_on - ONE_DAY, by=by)
    to.user, to.role, to.academic_standing = (
        appointment.user,
        appointment.role,
        appointment.academic_standing,
    )
    _create_appointment(to, by=by)


@transaction.atomic
def withdraw_appointment(appointment: Appointment, *, by: User) -> None:
    """Take back a appointment that has not begun, entered by mistake or overtaken by a new
    order."""
    _lock(appointment.user)
    _check_can_manage_account(appointment.user, by=by)
    if appointment.starts_on <= timezone.localdate():
        raise ActionRefused("ตำแหน่งนี้เริ่มแล้ว จึงยกเลิกไม่ได้ โปรดสิ้นสุดตำแหน่งตามวันที่แทน")
    set_history_author(appointment, by=by, reason=APPOINTMENT_WITHDRAWN)
    try:
        appointment.delete()
    except models.ProtectedError:
        raise ActionRefused(
            "มีคำสั่งมอบหมายงานอ้างถึงตำแหน่งนี้ จึงยกเลิกไม่ได้ โปรดสิ้นสุดตำแหน่งตามวันที่แทน"
        ) from None


# --- Passwords ---


@dataclass(frozen=True)
class IssuedPassword:
    """A temporary password as it is handed over, once; the portal keeps only its digest."""

    person: User
    password: str


def issue_passwords(
    people: Sequence[User], *, by: User, version: str
) -> list[IssuedPassword | IssuedPasswordLink]:
    """Give each a temporary password, to be changed at the next sign-in; running sessions end.

    Who signs for the office gets a link instead, for nobody else may know their password.
    `version` is the digest of the passwords as they were when the keeper was asked: the same
    request sent twice must not make the slips just printed worthless.
    """
    made = [
        IssuedPassword(each, generate_temporary_password())
        for each in people
        if not signs_for_office(each)
    ]
    # Slow on purpose, so it is done before any row is locked.
    digests = {each.person.pk: make_password(each.password) for each in made}
    issued: dict[int, IssuedPassword | IssuedPasswordLink] = {each.person.pk: each for each in made}
    with transaction.atomic():
        locked = list(
            User.objects.select_for_update()
            .filter(pk__in=[person.pk for person in people])
            .order_by("pk")
            .prefetch_related("appointments")
        )
        _check_can_issue_passwords(locked, by=by, version=version)
        for person in locked:
            if person.pk not in digests or signs_for_office(person):
                issued[person.pk] = issue_password_link(person, by=by)
            else:
                _set_temporary_password(person, digests[person.pk], by=by)
    return [issued[person.pk] for person in people]


def _set_temporary_password(person: User, digest: str, *, by: User) -> None:
    person.password, person.must_change_password = digest, True
    save_with_history(
        person, by=by, reason=PASSWORD_ISSUED, fields=["password", "must_change_password"]
    )
    log_access_event(AccessKind.PASSWORD_ISSUED, account=person, by=by)


def _check_can_issue_passwords(people: Sequence[User], *, by: User, version: str) -> None:
    for person in people:
        _check_can_manage_account(person, by=by)
        if not person.is_active:
            raise ActionRefused(f"บัญชีของ {person} ปิดอยู่ โปรดเปิดใช้บัญชีอีกครั้งก่อนออกรหัสผ่าน")
    if passwords_version(people) != version:
        raise ActionRefused(
            "รหัสผ่านของบัญชีที่เลือกเปลี่ยนไปหลังจากเปิดหน้านี้ จึงยังไม่ออกซ้ำ "
            "ใบแจ้งที่พิมพ์ล่าสุดยังใช้ได้ หากต้องการออกใหม่จริง โปรดกดออกรหัสผ่านอีกครั้ง"
        )


def generate_temporary_password() -> str:
    """Three groups of four, such as kmre-7fhp-w3nd."""
    return generate_readable_code(3)


def passwords_version(people: Sequence[User]) -> str:
    """The version token of these people's passwords; it tells nothing about them."""
    return version_token(sorted((each.pk, each.get_session_auth_hash()) for each in people))
