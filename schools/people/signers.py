"""Nobody is let in to sign for the office by one person alone.

A signing post that is newly given, or whose holder gets a new way to a password, signs nothing
until a second person has asked the holder and confirms it. That person may do so by
Permission.CONFIRM_SIGNER, and is neither the holder nor whoever gave the post or issued the way.

How an office begins: while nobody has ever been at work in the role, an administrator gives it
without a second person; and while nobody else has ever been at work who could confirm, nothing
is withheld, for it would wait for ever. Both ask of ever, not of today: or it would be enough to
close the second person's account first. Should everybody who could confirm have left, the
command confirm_signer does it on the server.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from schools.access import CONFIRMERS, SIGNERS, Permission, can
from schools.enums import AccessKind
from schools.models import AccessEvent, Post, User
from schools.people.access_log import record
from schools.people.telling import tell_by_mail
from schools.signing import sign
from schools.thai import long_date

# Whose password was issued by somebody so recently is not yet a second person beside them.
NOT_YET_APART = timedelta(days=7)
WITHHELD, CONFIRMED = "การลงนามรอการยืนยันจากบุคคลที่สอง", "ยืนยันผู้ลงนาม"
OWN_PASSWORD = Q(user__must_change_password=False) & ~Q(
    user__password__startswith=UNUSABLE_PASSWORD_PREFIX
)
# Whoever has been at work with the post, whatever became of the account since.
EVER_AT_WORK = (
    OWN_PASSWORD | Q(user__last_login__isnull=False) | Q(signing_withheld_at__isnull=False)
)


# --- Withholding ---


def withhold_where_needed(post: Post, *, by: User) -> bool:
    """Let the post sign nothing until it is confirmed; the caller saves it. True if withheld."""
    if post.role not in SIGNERS or not needs_second_person(post, by=by):
        return False
    post.signing_withheld_at, post.signing_withheld_by = timezone.now(), by
    return True


def needs_second_person(post: Post, *, by: User) -> bool:
    """Whether the doing of one person is not enough, as the head of this module says."""
    held_before = Post.objects.filter(EVER_AT_WORK, role=post.role)
    if can(by, Permission.ADMINISTER) and not held_before.exists():
        return False
    others = Post.objects.filter(EVER_AT_WORK, role__in=CONFIRMERS)
    return others.exclude(user__in=(post.user, by)).exists()


def posts_that_confirm(*, except_for: Sequence[User]) -> QuerySet[Post]:
    """Posts in force whose holders may confirm a signer; of each, the person with the post."""
    posts = Post.objects.in_force(timezone.localdate()).filter(OWN_PASSWORD, role__in=CONFIRMERS)
    posts = posts.filter(user__is_active=True, signing_withheld_at=None)
    return posts.exclude(user__in=except_for).select_related("user", "school", "cluster")


def withhold_posts_of(person: User, *, by: User) -> None:
    """Everything that the person signs for the office, for their password is issued anew."""
    today = timezone.localdate()
    for post in person.posts.all():
        if not post.is_over(today) and withhold_where_needed(post, by=by):
            _save(post, WITHHELD, by=by)
            record_withheld(post, by=by)


def record_withheld(post: Post, *, by: User) -> None:
    record(AccessKind.SIGNING_WITHHELD, account=post.user, by=by, note=post.in_full)


def _save(post: Post, what: str, *, by: User | None) -> None:
    sign(post, by=by, reason=what)
    post.save(update_fields=["signing_withheld_at", "signing_withheld_by"])


# --- Confirming ---


def withheld_posts() -> QuerySet[Post]:
    """Posts that wait for a second person, those to come among them, longest waiting first."""
    lasting = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    posts = Post.objects.filter(lasting, signing_withheld_at__isnull=False, user__is_active=True)
    posts = posts.select_related("user", "school", "cluster", "signing_withheld_by")
    return posts.order_by("signing_withheld_at", "pk")


def reasons_against(posts: Sequence[Post], *, by: User) -> dict[int, str]:
    """For each post in Thai why this person may not confirm it, or not yet; empty if they may."""
    issued = AccessEvent.objects.filter(account=by, kind=AccessKind.PASSWORD_ISSUED)
    issued = issued.filter(at__gt=timezone.now() - NOT_YET_APART, by__isnull=False)
    last = {event.by_id: event for event in issued.order_by("at")} if posts else {}
    return {post.pk: _reason(post, last.get(post.signing_withheld_by_id), by) for post in posts}


def _reason(post: Post, issued: AccessEvent | None, by: User) -> str:
    """`issued` is the password that whoever caused the waiting gave this person of late."""
    if post.signing_withheld_at is None:
        return "ยืนยันแล้ว"
    if by == post.user:
        return "เป็นตำแหน่งของคุณเอง ต้องให้ผู้อื่นยืนยัน"
    if by == post.signing_withheld_by:
        return "คุณเป็นผู้ให้ตำแหน่งหรือออกลิงก์นี้ ต้องให้ผู้อื่นยืนยัน"
    if post.user.must_change_password or not post.user.has_usable_password():
        return "เจ้าของตำแหน่งยังไม่ได้ตั้งรหัสผ่านของตนเอง ยืนยันได้หลังจากนั้น"
    if issued:  # who issued a password a moment ago could have signed in with it
        return (
            f"รหัสผ่านของคุณเพิ่งออกให้โดย {post.signing_withheld_by} ซึ่งเป็นผู้ทำรายการนี้ "
            f"คุณยืนยันได้ตั้งแต่ {long_date(issued.at + NOT_YET_APART)} หรือให้ผู้อื่นยืนยัน"
        )
    return ""


@transaction.atomic
def confirm_signing(posts: Sequence[Post], *, by: User) -> None:
    """Somebody has asked the holders of these posts, who may sign from now on.

    Raises ValidationError for a post that this person may not confirm; then none is confirmed.
    """
    if not can(by, Permission.CONFIRM_SIGNER):
        raise PermissionDenied
    locked = _lock(posts)
    reasons = reasons_against(locked, by=by)
    for post in locked:
        if reasons[post.pk]:
            raise ValidationError(f"{post.user} · {post.in_full}: {reasons[post.pk]}")
        _release(post, by=by)


@transaction.atomic
def confirm_on_the_server(person: User) -> list[Post]:
    """The last resort of an office where nobody is left to confirm: whoever runs the server does.

    Returns the posts that were confirmed.
    """
    posts = _lock(withheld_posts().filter(user=person))
    for post in posts:
        _release(post, by=None)
    return posts


def _lock(posts: Sequence[Post] | QuerySet[Post]) -> list[Post]:
    """The persons first, as everywhere, then their posts."""
    keys = [post.pk for post in posts]
    list(User.objects.select_for_update().filter(posts__in=keys).order_by("pk"))
    locked = Post.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return list(locked.select_related("user", "school", "cluster", "signing_withheld_by"))


def _release(post: Post, *, by: User | None) -> None:
    post.signing_withheld_at = post.signing_withheld_by = None
    _save(post, CONFIRMED, by=by)
    note = post.in_full if by else f"{post.in_full} (ด้วยคำสั่งบนเครื่องแม่ข่าย)"
    record(AccessKind.SIGNING_CONFIRMED, account=post.user, by=by, note=note)
    who = by or "ผู้ดูแลเครื่องแม่ข่าย"
    tell_by_mail(post.user, f"{who} ยืนยันแล้วว่าคุณเป็นผู้ลงนามในตำแหน่ง {post.in_full}")
