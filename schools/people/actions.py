"""What the office does about people: accounts, posts, passwords.

A verb that cannot be done now raises ValidationError, by field where a field is at fault; one
that this keeper may never do raises PermissionDenied. Each leaves its line in the history.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from schools.access import SINGLE_SIGNERS, may_give, may_keep, signs_for_the_office
from schools.enums import CLUSTER_ROLES, SCHOOL_ROLES, AccessKind, Role
from schools.models import Post, School, User
from schools.people.access_log import record
from schools.people.links import LinkSlip, issue_link, readable_code, withdraw_links_of
from schools.people.reopening import drop_all_of
from schools.people.signers import record_withheld, withhold_where_needed
from schools.people.telling import tell_by_mail
from schools.thai import long_date

A_DAY = timedelta(days=1)
OPENED, AMENDED, CLOSED, REOPENED = "เปิดบัญชี", "แก้ไขบัญชี", "ปิดบัญชี", "เปิดใช้บัญชีอีกครั้ง"
GIVEN, REWORDED, ENDED, WITHDRAWN = "เพิ่มตำแหน่ง", "แก้ไขตำแหน่ง", "สิ้นสุดตำแหน่ง", "ยกเลิกตำแหน่ง"
PASSWORD_ISSUED = "ออกรหัสผ่านชั่วคราว"


def _keep(row: models.Model, what: str, *, by: User, fields: Sequence[str] | None = None) -> None:
    """Save the row; its history tells what was done, and by whom."""
    row._history_user, row._change_reason = by, what
    row.save(update_fields=fields)


def _lock(person: User, *schools: School | None) -> None:
    """The person first, then schools by key, so that two keepers never wait for each other."""
    person.refresh_from_db(from_queryset=User.objects.select_for_update())
    for school in sorted(filter(None, schools), key=lambda school: school.pk):
        school.refresh_from_db(from_queryset=School.objects.select_for_update())


def _check_may_keep(person: User, *, by: User) -> None:
    if not may_keep(by, person):
        raise PermissionDenied


# --- Accounts ---


@transaction.atomic
def open_account(person: User, post: Post, *, by: User, beside: bool = False) -> None:
    """A new account with its first post; nobody can sign in until its password is issued.

    `beside` as for give_post.
    """
    if User.objects.filter(username__iexact=person.username).exists():
        raise ValidationError({"username": f"มีชื่อผู้ใช้ {person.username} แล้ว โปรดใช้ชื่ออื่น"})
    person.set_unusable_password()
    person.must_change_password = True
    _keep(person, OPENED, by=by)
    record(AccessKind.ACCOUNT_OPENED, account=person, by=by)
    post.user = person
    give_post(post, by=by, beside=beside)


@transaction.atomic
def amend_account(person: User, *, by: User, full_name: str, email: str) -> None:
    """Put the name shown or the e-mail right; the user name stays, for people know it."""
    _lock(person)
    _check_may_keep(person, by=by)
    before, person.full_name, person.email = person.email, full_name, email
    _keep(person, AMENDED, by=by, fields=["full_name", "sort_key", "email"])
    if email != before:
        record(AccessKind.EMAIL_CHANGED, account=person, by=by)
        if before:
            tell_by_mail(person, f"{by} เปลี่ยนอีเมลของบัญชีคุณ", address=before)


@transaction.atomic
def close_account(person: User, *, by: User) -> None:
    """Who has left signs in no more, at once; what they did and signed keeps their name."""
    _lock(person)
    _check_may_keep(person, by=by)
    if person.is_active:
        person.is_active = False
        _keep(person, CLOSED, by=by, fields=["is_active"])
        withdraw_links_of(person)
        record(AccessKind.ACCOUNT_CLOSED, account=person, by=by)


@transaction.atomic
def reopen_account(person: User, *, by: User) -> None:
    """Who is back, or was closed by mistake, begins anew with a password newly issued.

    Sessions, calendar addresses and the password of before stay closed: nobody knows who has
    come by them meanwhile.
    """
    _lock(person)
    _check_may_keep(person, by=by)
    if person.is_active:
        return
    person.is_active, person.must_change_password = True, True
    person.set_unusable_password()
    _keep(person, REOPENED, by=by, fields=["is_active", "must_change_password", "password"])
    drop_all_of(person)
    record(AccessKind.ACCOUNT_REOPENED, account=person, by=by)


# --- Posts ---


@transaction.atomic
def give_post(post: Post, *, by: User, beside: bool = False) -> None:
    """Let a person hold a post from a day on.

    A post that signs for the office is held beside somebody else's only if `beside` says that
    the keeper knows of the other; and it may wait for a second person (people/signers.py).
    """
    _lock(post.user, post.school)
    _check_may_keep(post.user, by=by)
    _give(post, by=by, beside=beside)


def _give(post: Post, *, by: User, beside: bool = False) -> None:
    if not may_give(by, post.role):
        raise PermissionDenied
    _check_place(post)
    if not post.user.is_active:
        raise ValidationError("บัญชีนี้ปิดอยู่ โปรดเปิดใช้บัญชีอีกครั้งก่อนเพิ่มตำแหน่ง")
    _check_days(post)
    others = other_signers(post)
    if others and not beside:
        raise ValidationError({"beside": _asks_beside(post, others)})
    withheld = withhold_where_needed(post, by=by)
    _keep(post, GIVEN, by=by)
    if withheld:
        record_withheld(post, by=by)
    for other in others:
        _tell_of_second_holder(other, post, by=by)


def other_signers(post: Post) -> list[Post]:
    """Who holds the same single signing post while this one is held, acting holders too."""
    if post.role not in SINGLE_SIGNERS:
        return []
    others = Post.objects.filter(role=post.role, user__is_active=True).exclude(user=post.user_id)
    return list(filter(post.overlaps, others.select_related("user")))


def _asks_beside(post: Post, others: Sequence[Post]) -> str:
    role, names = Role(post.role).label, " และ ".join(f"{other.user}" for other in others)
    return (
        f"{names} ดำรงตำแหน่ง{role}อยู่แล้ว{_span(others[0])} หากผู้ใหม่มาแทน โปรดให้ตำแหน่งเดิมสิ้นสุดก่อน "
        "หากต้องการให้ลงนามได้สองคน โปรดทำเครื่องหมายยืนยัน ผู้ดำรงตำแหน่งเดิมจะได้รับแจ้ง"
    )


def _tell_of_second_holder(other: Post, post: Post, *, by: User) -> None:
    note = f"{post.user} · {post.in_full}{_span(post)}"[:300]
    record(AccessKind.SECOND_HOLDER, account=other.user, by=by, note=note)
    tell_by_mail(other.user, f"{by} ให้ผู้อื่นดำรงตำแหน่งเดียวกับคุณเพิ่มอีกคน คือ {note}")


def _check_place(post: Post) -> None:
    """The role decides which place is named: a school, a cluster, or neither."""
    wrong, role = {}, Role(post.role).label
    if post.role in SCHOOL_ROLES and post.school is None:
        wrong["school"] = f"โปรดเลือกโรงเรียน เพราะ{role}เป็นตำแหน่งในโรงเรียน"
    if post.role not in SCHOOL_ROLES and post.school is not None:
        wrong["school"] = f"{role}ไม่ใช่ตำแหน่งในโรงเรียน โปรดเว้นช่องโรงเรียนว่าง หรือแก้บทบาท"
    if post.role in CLUSTER_ROLES and post.cluster is None:
        wrong["cluster"] = f"โปรดเลือกกลุ่มโรงเรียน เพราะ{role}เป็นตำแหน่งของกลุ่มโรงเรียน"
    if post.role not in (*CLUSTER_ROLES, Role.SUPERVISOR) and post.cluster is not None:
        wrong["cluster"] = f"{role}ไม่ใช่ตำแหน่งของกลุ่มโรงเรียน โปรดเว้นช่องกลุ่มโรงเรียนว่าง หรือแก้บทบาท"
    if wrong:
        raise ValidationError(wrong)


def _check_days(post: Post) -> None:
    """A post that its school outlives, held once, and of full directors one at a time."""
    if post.ends_on and post.ends_on < post.starts_on:
        raise ValidationError({"ends_on": "วันสิ้นสุดอยู่ก่อนวันเริ่ม โปรดตรวจทั้งสองวัน"})
    closed_on = post.school.closed_on if post.school else None
    if closed_on and (post.ends_on is None or post.ends_on >= closed_on):
        raise ValidationError(
            f"{post.school}เลิกหรือรวมตั้งแต่ {long_date(closed_on)} โปรดเลือกโรงเรียนอื่น "
            "หรือระบุวันสิ้นสุดก่อนวันนั้น"
        )
    others = Post.objects.filter(role=post.role).exclude(pk=post.pk).select_related("user")
    _check_held_once(post, others.filter(user=post.user, cluster=post.cluster, school=post.school))
    if post.role == Role.SCHOOL_DIRECTOR and not post.acting:
        _check_one_director(post, others.filter(school=post.school, acting=False))


def _check_held_once(post: Post, same: models.QuerySet[Post]) -> None:
    if other := next(filter(post.overlaps, same), None):
        raise ValidationError(
            f"{post.user} มีตำแหน่งนี้อยู่แล้ว{_span(other)} โปรดสิ้นสุดตำแหน่งเดิมก่อน หรือเปลี่ยนวันที่"
        )


def _check_one_director(post: Post, directors: models.QuerySet[Post]) -> None:
    if other := next(filter(post.overlaps, directors), None):
        raise ValidationError(
            f"{post.school}มี {other.user} เป็นผู้อำนวยการอยู่แล้ว{_span(other)} "
            "โปรดสิ้นสุดตำแหน่งนั้นก่อนวันที่ผู้ใหม่เริ่ม หรือระบุว่าผู้ใหม่รักษาการในตำแหน่ง"
        )


def _span(post: Post) -> str:
    until = f" ถึง {long_date(post.ends_on)}" if post.ends_on else ""
    return f" ตั้งแต่ {long_date(post.starts_on)}{until}"


@transaction.atomic
def reword_post(post: Post, *, by: User, **words: str) -> None:
    """Put right how the post is written from now on; papers already signed keep their words."""
    _lock(post.user)
    _check_may_keep(post.user, by=by)
    for name, word in words.items():
        setattr(post, name, word)
    _keep(post, REWORDED, by=by, fields=[*words])


@transaction.atomic
def end_post(post: Post, *, by: User, last_day: date) -> None:
    """Let the post be held for the last time on that day."""
    _lock(post.user, post.school)
    _check_may_keep(post.user, by=by)
    _end(post, last_day, by=by)


def _end(post: Post, last_day: date, *, by: User) -> None:
    post.refresh_from_db(fields=["ends_on"])
    if post.is_over(timezone.localdate()):
        raise ValidationError(f"ตำแหน่งนี้สิ้นสุดไปแล้วเมื่อ {long_date(post.ends_on)} จึงไม่เปลี่ยนอีก")
    if last_day < post.starts_on:
        started = long_date(post.starts_on)
        raise ValidationError({"last_day": f"ตำแหน่งนี้เริ่ม {started} โปรดระบุวันนั้นหรือวันหลังจากนั้น"})
    post.ends_on = last_day
    _check_days(post)
    _keep(post, ENDED, by=by, fields=["ends_on"])


@transaction.atomic
def move(post: Post, to: Post, *, by: User) -> None:
    """From a school to another: the old post ends the day before the new one begins."""
    if to.school == post.school:
        raise ValidationError({"school": "โรงเรียนนี้คือโรงเรียนเดิม โปรดเลือกโรงเรียนที่ย้ายไป"})
    if to.starts_on <= post.starts_on:
        started = long_date(post.starts_on)
        raise ValidationError({"starts_on": f"ตำแหน่งเดิมเริ่ม {started} โปรดระบุวันหลังจากนั้น"})
    _lock(post.user, post.school, to.school)
    _check_may_keep(post.user, by=by)
    _end(post, to.starts_on - A_DAY, by=by)
    to.user, to.role, to.academic_standing = post.user, post.role, post.academic_standing
    _give(to, by=by)


@transaction.atomic
def withdraw_post(post: Post, *, by: User) -> None:
    """Take back a post that has not begun, entered by mistake or overtaken by a new order."""
    _lock(post.user)
    _check_may_keep(post.user, by=by)
    if post.starts_on <= timezone.localdate():
        raise ValidationError("ตำแหน่งนี้เริ่มแล้ว จึงยกเลิกไม่ได้ โปรดสิ้นสุดตำแหน่งตามวันที่แทน")
    post._history_user, post._change_reason = by, WITHDRAWN
    try:
        post.delete()
    except models.ProtectedError:
        raise ValidationError(
            "มีคำสั่งมอบหมายงานอ้างถึงตำแหน่งนี้ จึงยกเลิกไม่ได้ โปรดสิ้นสุดตำแหน่งตามวันที่แทน"
        ) from None


# --- Passwords ---


@dataclass(frozen=True)
class Slip:
    """A temporary password as it is handed over, once; the portal keeps only its digest."""

    person: User
    password: str


def issue_passwords(people: Sequence[User], *, by: User, seen: str) -> list[Slip | LinkSlip]:
    """Give each a temporary password, to be changed at the next sign-in; running sessions end.

    Who signs for the office gets a link instead, for nobody else may know their password.
    `seen` is the digest of the passwords as they were when the keeper was asked: the same
    request sent twice must not make the slips just printed worthless.
    """
    made = [Slip(each, temporary_password()) for each in people if not signs_for_the_office(each)]
    # Slow on purpose, so it is done before any row is locked.
    digests = {slip.person.pk: make_password(slip.password) for slip in made}
    slips: dict[int, Slip | LinkSlip] = {slip.person.pk: slip for slip in made}
    with transaction.atomic():
        locked = list(
            User.objects.select_for_update()
            .filter(pk__in=[person.pk for person in people])
            .order_by("pk")
            .prefetch_related("posts")
        )
        _check_may_issue(locked, by=by, seen=seen)
        for person in locked:
            if person.pk not in digests or signs_for_the_office(person):
                slips[person.pk] = issue_link(person, by=by)
            else:
                _set_temporary(person, digests[person.pk], by=by)
    return [slips[person.pk] for person in people]


def _set_temporary(person: User, digest: str, *, by: User) -> None:
    person.password, person.must_change_password = digest, True
    _keep(person, PASSWORD_ISSUED, by=by, fields=["password", "must_change_password"])
    record(AccessKind.PASSWORD_ISSUED, account=person, by=by)


def _check_may_issue(people: Sequence[User], *, by: User, seen: str) -> None:
    for person in people:
        _check_may_keep(person, by=by)
        if not person.is_active:
            raise ValidationError(f"บัญชีของ {person} ปิดอยู่ โปรดเปิดใช้บัญชีอีกครั้งก่อนออกรหัสผ่าน")
    if seen_passwords(people) != seen:
        raise ValidationError(
            "รหัสผ่านของบัญชีที่เลือกเปลี่ยนไปหลังจากเปิดหน้านี้ จึงยังไม่ออกซ้ำ "
            "ใบแจ้งที่พิมพ์ล่าสุดยังใช้ได้ หากต้องการออกใหม่จริง โปรดกดออกรหัสผ่านอีกครั้ง"
        )


def temporary_password() -> str:
    """Three groups of four, such as kmre-7fhp-w3nd."""
    return readable_code(3)


def seen_passwords(people: Sequence[User]) -> str:
    """Which passwords these people have, without telling anything about them."""
    hashes = sorted(f"{person.pk}:{person.get_session_auth_hash()}" for person in people)
    return sha256("\n".join(hashes).encode()).hexdigest()
