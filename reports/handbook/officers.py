"""Whose handbooks there are: the officers of the supervision group in a fiscal year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Min, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from schools.access import Permission, can
from schools.core.thai import FIRST_BE_YEAR, LAST_BE_YEAR, fiscal_year, fiscal_year_days
from schools.enums import Role
from schools.models import Appointment, User
from schools.models.dated import in_force_between_q

# Who heads a work group is a supervisor first: the cover names that post.
OFFICER_ROLES = (Role.GROUP_DIRECTOR, Role.SUPERVISOR, Role.WORK_GROUP_HEAD)


@dataclass(frozen=True)
class OfficerYear:
    """One officer in one fiscal year (BE), with the posts that they held in it, first the main."""

    officer: User
    fiscal_year: int
    posts: tuple[Appointment, ...]

    @property
    def title(self) -> str:
        """The post as papers print it."""
        return self.posts[0].printed_title

    @property
    def title_below_name(self) -> str:
        """The post for below the name, empty where the name says it already."""
        return "" if self.title in str(self.officer) else self.title

    @property
    def post_title(self) -> str:
        """The post without the standing."""
        return self.title.removesuffix(self.standing)

    @property
    def position_number(self) -> str:
        return next((post.position_number for post in self.posts if post.position_number), "")

    @property
    def standing(self) -> str:
        """The academic standing in words, empty where the register has none."""
        found = (post.get_academic_standing_display() for post in self.posts)
        return next((words for words in found if words), "")

    @property
    def reading_day(self) -> date:
        """The day of which the handbook speaks: the last of its year, or today while it runs."""
        return min(timezone.localdate(), fiscal_year_days(self.fiscal_year)[1])


def officers_in_year(reader: User, year: int) -> list[OfficerYear]:
    """The officers whose handbooks of the year this person may read, in Thai order.

    Raises PermissionDenied for who reads none.
    """
    return _officers(year, _readable_by(reader))


def officer_in_year(reader: User, year: int, officer: int) -> OfficerYear:
    """One of them. Raises Http404 where the person learns of no such handbook."""
    if FIRST_BE_YEAR <= year <= LAST_BE_YEAR and _reads_handbooks(reader):
        for found in _officers(year, _readable_by(reader) & Q(user=officer)):
            return found
    raise Http404


def years_of_officer(officer: User) -> list[int]:
    """The fiscal years in which they were an officer of the group, newest first."""
    today = timezone.localdate()
    posts = officer.appointments.filter(role__in=OFFICER_ROLES, starts_on__lte=today)
    years: set[int] = set()
    for post in posts:
        last = min(post.ends_on or today, today)
        years |= set(range(fiscal_year(post.starts_on), fiscal_year(last) + 1))
    return sorted(years, reverse=True)


def posts_of_officer(officer: User, year: int) -> OfficerYear:
    """The officer's year, whoever asks. Raises ValueError where they held no post in it."""
    for found in _officers(year, Q(user=officer)):
        return found
    raise ValueError(f"{officer.pk} was no officer in {year}")


def _officers(year: int, whose: Q) -> list[OfficerYear]:
    found: dict[User, list[Appointment]] = {}
    for post in _posts_in_year(year).filter(whose):
        found.setdefault(post.user, []).append(post)
    return [
        OfficerYear(officer, year, tuple(sorted(posts, key=_rank)))
        for officer, posts in found.items()
    ]


def handbook_years(reader: User) -> list[int]:
    """The fiscal years with handbooks that this person may read, newest first."""
    today = timezone.localdate()
    posts = Appointment.objects.filter(role__in=OFFICER_ROLES, starts_on__lte=today)
    first = posts.filter(_readable_by(reader)).aggregate(first=Min("starts_on"))["first"]
    newest = fiscal_year(today)
    return list(range(newest, fiscal_year(first) - 1, -1)) if first else [newest]


def _posts_in_year(year: int) -> QuerySet[Appointment]:
    """The appointments of officers that were in force on a day of the year, to today."""
    first, last = fiscal_year_days(year)
    held = in_force_between_q(first, min(last, timezone.localdate()))
    rows = Appointment.objects.filter(held, role__in=OFFICER_ROLES)
    return rows.select_related("user", "school", "cluster").order_by("user__sort_key", "user")


def _rank(post: Appointment) -> tuple[int, int]:
    """The main post first, of equal ones the later."""
    return OFFICER_ROLES.index(Role(post.role)), -post.starts_on.toordinal()


def _reads_handbooks(reader: User) -> bool:
    return any(can(reader, one) for one in (Permission.READ_HANDBOOKS, Permission.WRITE_HANDBOOK))


def _readable_by(reader: User) -> Q:
    if can(reader, Permission.READ_HANDBOOKS):
        return Q()
    if can(reader, Permission.WRITE_HANDBOOK):
        return Q(user=reader)
    raise PermissionDenied


def matching(officers: Iterable[OfficerYear], words: str) -> list[OfficerYear]:
    """Those whose name or post holds the words."""
    return [one for one in officers if words in f"{one.officer} {one.title}"]
