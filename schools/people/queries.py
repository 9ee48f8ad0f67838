"""Whom the keeper sees in the list, and what a person's page tells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from schools.access import may_keep
from schools.models import Cluster, ClusterMembership, Post, School, User
from schools.people.forms import Account, Holding, PeopleFilter
from schools.thai import arabic_digits, short_date

WITH_PLACES = Prefetch("posts", Post.objects.select_related("school", "cluster"))


# --- The list ---


@dataclass(frozen=True)
class Row:
    """One person of the list, and whether this keeper may touch the account."""

    person: User
    may_keep: bool
    today: date

    @property
    def posts(self) -> list[Post]:
        """Held today; if none, those to come."""
        posts = [post for post in self.person.posts.all() if not post.is_over(self.today)]
        return [post for post in posts if post.holds_on(self.today)] or posts

    @property
    def state(self) -> tuple[str, str]:
        """Kind and word of the pill."""
        if not self.person.is_active:
            return "late", "ปิดบัญชี"
        if not self.posts:
            return "idle", "ไม่มีตำแหน่ง"
        if not self.posts[0].holds_on(self.today):
            return "wait", f"เริ่ม {short_date(self.posts[0].starts_on)}"
        if self.person.last_login is None:
            return "mine", "ยังไม่เคยเข้าสู่ระบบ"
        return "done", "ใช้งานได้"


def rows_of(people: Iterable[User], keeper: User, today: date) -> list[Row]:
    return [Row(person, may_keep(keeper, person), today) for person in people]


def filter_of(asked: Mapping[str, str]) -> PeopleFilter:
    """Bound always, so that the boxes show what the page shows."""
    form = PeopleFilter(
        asked,
        clusters=Cluster.objects.values_list("pk", "name"),
        schools=School.objects.values_list("pk", "name"),
    )
    form.is_valid()
    return form


def people_asked_for(wanted: Mapping[str, str], today: date) -> QuerySet[User]:
    """In the order of names, each with the posts and their places."""
    people = User.objects.prefetch_related(WITH_PLACES).order_by("sort_key", "pk")
    people = people.filter(_named(wanted.get("q", "")), _account(wanted.get("account", "")))
    posts = _posts_asked_for(wanted, today)
    if posts is not None:
        people = people.filter(Exists(posts.filter(user=OuterRef("pk"))))
    if wanted.get("holding") == Holding.NONE:
        lasting = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today))
        people = people.exclude(Exists(lasting.filter(user=OuterRef("pk"))))
    return people


def _named(words: str) -> Q:
    if not words:
        return Q()
    number = arabic_digits(words)
    written = Post.objects.filter(Q(title__icontains=words) | Q(position_number=number))
    return (
        Q(full_name__icontains=words)
        | Q(username__icontains=number)
        | Q(Exists(written.filter(user=OuterRef("pk"))))
    )


def _account(wanted: str) -> Q:
    return {
        Account.NEVER: Q(is_active=True, last_login=None),
        Account.TEMPORARY: Q(is_active=True, must_change_password=True),
        Account.CLOSED: Q(is_active=False),
    }.get(wanted, Q())


def _posts_asked_for(wanted: Mapping[str, str], today: date) -> QuerySet[Post] | None:
    """The posts one of which a person must have; None where nothing is asked of posts."""
    asked = _role_and_place(wanted, today)
    when = {
        Holding.IN_FORCE: Post.objects.in_force(today),
        Holding.COMING: Post.objects.filter(starts_on__gt=today),
        Holding.ENDED: Post.objects.filter(ends_on__lt=today),
    }.get(wanted.get("holding"))
    if not asked and when is None:
        return None
    return (Post.objects.all() if when is None else when).filter(asked)


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
class Posts:
    """A person's posts by the day."""

    present: Sequence[Post]
    coming: Sequence[Post]
    past: Sequence[Post]


def posts_of(person: User, today: date) -> Posts:
    posts = list(person.posts.all())
    return Posts(
        [post for post in posts if post.holds_on(today)],
        [post for post in posts if post.starts_on > today],
        [post for post in posts if post.is_over(today)][::-1],
    )


@dataclass(frozen=True)
class Change:
    """One line of a person's history as the keeper reads it."""

    what: str
    about: str
    who: str
    when: datetime
    details: Sequence[str]


BY_TYPE = {"+": "เพิ่ม", "~": "แก้ไข", "-": "ลบ"}
ACCOUNT = {
    "username": "ชื่อผู้ใช้",
    "full_name": "ชื่อที่แสดง",
    "email": "อีเมล",
    "is_active": "ใช้งานได้",
}
POST = {
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


def history_of(person: User) -> list[Change]:
    """Every change of the account and the posts, newest first."""
    account = person.history.select_related("history_user").order_by("history_date", "history_id")
    posts = Post.history.filter(user=person.pk).order_by("id", "history_date", "history_id")
    posts = posts.select_related("history_user", "school", "cluster")
    told = [*_changes(account, ACCOUNT, "บัญชี")]
    for _, rows in groupby(posts, key=lambda row: row.id):
        told += _changes(rows, POST, "ตำแหน่ง")
    return sorted(told, key=lambda change: change.when, reverse=True)


def _changes(rows: Iterable[Any], fields: Mapping[str, str], kind: str) -> Iterator[Change]:
    """What each row changed against the one before; a row that changed nothing tells nothing."""
    before = None
    for row in rows:
        details = [
            f"{label}: {as_read(before, name)} → {as_read(row, name)}"
            for name, label in fields.items()
            if before is not None and as_read(before, name) != as_read(row, name)
        ]
        if details or row.history_change_reason or row.history_type != "~":
            what = row.history_change_reason or f"{BY_TYPE[row.history_type]}{kind}"
            about = _post_in_words(row) if fields is POST else ""
            yield Change(what, about, str(row.history_user or "ระบบ"), row.history_date, details)
        before = row


def _post_in_words(row: Any) -> str:
    place = row.school or row.cluster
    days = f"ตั้งแต่ {short_date(row.starts_on)}"
    until = f" ถึง {short_date(row.ends_on)}" if row.ends_on else ""
    return " · ".join(filter(None, [row.get_role_display(), str(place or ""), days + until]))


def as_read(row: Any, name: str) -> str:
    """A value as people read it: a choice by its word, a date in the Buddhist Era."""
    value = getattr(row, name)
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่"
    if isinstance(value, date):
        return short_date(value)
    word = getattr(row, f"get_{name}_display", None)
    return str((word() if word else value) or "ว่าง")
