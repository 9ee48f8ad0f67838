"""Who may do what: the office's policy in one place (DESIGN rule 6).

Rights come from the posts a person holds today. A post at a cluster or school counts there,
a post that names no place counts everywhere; where a role may do less (or more) beyond its
own place, EVERYWHERE says so. Source: domain notes 1.2; the manual's responsible parties.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F
from django.utils import timezone

from schools.enums import Role


class Permission(StrEnum):
    """One thing that a post may allow its holder to do."""

    VIEW_AREA = "view_area"
    VIEW_PROGRESS = "view_progress"
    VIEW_SCHOOL = "view_school"
    VIEW_REPORTS = "view_reports"
    KEEP_REGISTRY = "keep_registry"
    EDIT_STANDARDS = "edit_standards"
    PREPARE_CRITERIA = "prepare_criteria"
    ENDORSE_CRITERIA = "endorse_criteria"
    OPEN_ROUNDS = "open_rounds"
    ANSWER_NEEDS = "answer_needs"
    RETURN_NEEDS = "return_needs"
    DRAFT_SELF_ASSESSMENT = "draft_self_assessment"
    CONFIRM_SELF_ASSESSMENT = "confirm_self_assessment"
    RETURN_SELF_ASSESSMENT = "return_self_assessment"
    REMIND_SCHOOL = "remind_school"
    RECORD_VISIT = "record_visit"
    ACKNOWLEDGE_VISIT = "acknowledge_visit"
    DECIDE = "decide"
    NOMINATE_PRACTICE = "nominate_practice"
    REVIEW_PRACTICE = "review_practice"
    SELECT_PRACTICE = "select_practice"
    SUMMARISE = "summarise"
    AGREE_SUMMARY = "agree_summary"
    REPORT_PROGRESS = "report_progress"
    PREPARE_REPORT = "prepare_report"
    ISSUE_REPORT = "issue_report"
    PUBLISH_REPORT = "publish_report"
    CONFIRM_SIGNER = "confirm_signer"
    ADMINISTER = "administer"


P = Permission

_READ_ALL = {P.VIEW_AREA, P.VIEW_PROGRESS, P.VIEW_SCHOOL, P.VIEW_REPORTS}
_SUPERVISE = {
    P.RETURN_NEEDS,
    P.RETURN_SELF_ASSESSMENT,
    P.REMIND_SCHOOL,
    P.RECORD_VISIT,
    P.NOMINATE_PRACTICE,
    P.SUMMARISE,
}
_LEAD_THE_GROUP = {
    P.EDIT_STANDARDS,
    P.PREPARE_CRITERIA,
    P.OPEN_ROUNDS,
    P.DECIDE,
    P.REVIEW_PRACTICE,
    P.SELECT_PRACTICE,
    P.PREPARE_REPORT,
    P.CONFIRM_SIGNER,
}
_DRAFT_FOR_SCHOOL = {
    P.VIEW_SCHOOL,
    P.ANSWER_NEEDS,
    P.DRAFT_SELF_ASSESSMENT,
    P.NOMINATE_PRACTICE,
    P.REPORT_PROGRESS,
}
_ANSWER_FOR_SCHOOL = {P.CONFIRM_SELF_ASSESSMENT, P.ACKNOWLEDGE_VISIT, P.AGREE_SUMMARY}

# What a role may do in the place its post names, or everywhere if it names none.
IN_PLACE: Mapping[Role, frozenset[Permission]] = {
    Role.SUPERVISOR: frozenset(_READ_ALL | _SUPERVISE),
    Role.WORK_GROUP_HEAD: frozenset(_READ_ALL | {P.PREPARE_CRITERIA}),
    Role.GROUP_DIRECTOR: frozenset(_READ_ALL | _SUPERVISE | _LEAD_THE_GROUP),
    # The deputy signs when delegated: then a post of acting area director is added.
    Role.DEPUTY_AREA_DIRECTOR: frozenset(_READ_ALL),
    Role.AREA_DIRECTOR: frozenset(_READ_ALL | {P.ISSUE_REPORT, P.PUBLISH_REPORT, P.CONFIRM_SIGNER}),
    Role.COMMITTEE_MEMBER: frozenset(_READ_ALL | {P.ENDORSE_CRITERIA, P.REVIEW_PRACTICE}),
    Role.SUBCOMMITTEE_MEMBER: frozenset({P.VIEW_PROGRESS, P.VIEW_SCHOOL, P.REVIEW_PRACTICE}),
    # A chair is a colleague of the other directors: how far they are, never what was judged.
    # Forwarding the unit's notices in the cluster is the chair's work too.
    Role.CLUSTER_CHAIR: frozenset({P.VIEW_PROGRESS, P.REMIND_SCHOOL}),
    Role.SCHOOL_DIRECTOR: frozenset(_DRAFT_FOR_SCHOOL | _ANSWER_FOR_SCHOOL),
    Role.ACADEMIC_TEACHER: frozenset(_DRAFT_FOR_SCHOOL),
    Role.CLERK: frozenset(_READ_ALL | {P.KEEP_REGISTRY, P.REMIND_SCHOOL, P.CONFIRM_SIGNER}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({P.ADMINISTER, P.KEEP_REGISTRY, P.CONFIRM_SIGNER}),
}

# What these roles may do everywhere, whatever place their post names.
EVERYWHERE: Mapping[Role, frozenset[Permission]] = {
    Role.SUPERVISOR: frozenset(_READ_ALL),
    Role.COMMITTEE_MEMBER: frozenset(_READ_ALL | {P.ENDORSE_CRITERIA, P.REVIEW_PRACTICE}),
}


# What is signed for the whole office: one such act binds all schools, so it is never the work
# of one person alone to let somebody do it. A school's own signatures (confirming, acknowledging,
# agreeing) bind that school, whose director is known to the office; they are not among these.
OFFICE_SIGNATURES = frozenset(
    {P.ISSUE_REPORT, P.PUBLISH_REPORT, P.DECIDE, P.SELECT_PRACTICE, P.ENDORSE_CRITERIA}
)
# What a post does not give while its signing waits for a second person.
WITHHELD = OFFICE_SIGNATURES | {P.CONFIRM_SIGNER}


@dataclass(frozen=True)
class Rights:
    """All that one person may do today, and at which schools."""

    everywhere: frozenset[Permission]
    at_school: Mapping[int, frozenset[Permission]]

    def allows(self, permission: Permission, school_id: int | None = None) -> bool:
        """With a school: there. Without: everywhere."""
        if permission in self.everywhere:
            return True
        return school_id is not None and permission in self.at_school.get(school_id, frozenset())

    def allows_anywhere(self, permission: Permission) -> bool:
        return permission in self.everywhere or bool(self.schools(permission))

    def schools(self, permission: Permission) -> set[int]:
        """Schools where the permission is held by a local post."""
        return {school for school, held in self.at_school.items() if permission in held}


NO_RIGHTS = Rights(frozenset(), {})


def rights_of(user: Any) -> Rights:
    """The rights of the person's posts in force today, kept on the request's user."""
    if not user.is_authenticated or not user.is_active:
        return NO_RIGHTS
    return _kept(user, "_rights", lambda today: _add_up(posts_in_force(user)))


def posts_in_force(user: Any) -> list[Any]:
    """The posts the person holds today, kept on the request's user."""
    return _kept(user, "_posts", lambda today: load_posts(user, today))


def keep_posts(user: Any, posts: list[Any]) -> None:
    """Spare the question where the posts came with the account."""
    user._posts = (timezone.localdate(), posts)


def _kept(user: Any, name: str, make: Callable[[date], Any]) -> Any:
    today = timezone.localdate()
    kept = getattr(user, name, None)
    if kept is None or kept[0] != today:
        kept = (today, make(today))
        setattr(user, name, kept)
    return kept[1]


def load_posts(user: Any, today: date) -> list[Any]:
    """Posts in force, each with its `user` and its `places`, in one query: every page asks it.

    `places` are the schools that it names by itself or through its cluster on that day;
    `others_wait` says whether another's post waits for a second person, who could be this one.
    The query gives a post once for each member school.
    """
    of_cluster = "cluster__memberships__"
    rows = user.posts.model.objects.filter(user=user).in_force(today)
    rows = rows.select_related("user", "school", "cluster")
    rows = rows.annotate(
        member=F(f"{of_cluster}school"),
        member_from=F(f"{of_cluster}starts_on"),
        member_until=F(f"{of_cluster}ends_on"),
        others_wait=Exists(_waiting_for_others_than(user)),
    )
    posts: dict[int, Any] = {}
    for row in rows:
        post = posts.setdefault(row.pk, row)
        post.places = getattr(post, "places", [row.school_id] if row.school_id else [])
        if row.member and row.member_from <= today <= (row.member_until or date.max):
            post.places.append(row.member)
    return list(posts.values())


def _waiting_for_others_than(user: Any) -> Any:
    """Posts withheld that are neither the person's nor withheld by their own doing."""
    waiting = user.posts.model.objects.filter(
        signing_withheld_at__isnull=False,
        user__is_active=True,
        user__must_change_password=False,
    )
    return waiting.exclude(user=user).exclude(signing_withheld_by=user)


def _add_up(posts: list[Any]) -> Rights:
    everywhere: set[Permission] = set()
    at_school: dict[int, frozenset[Permission]] = {}
    for post in posts:
        withheld = WITHHELD if post.signing_withheld_at else frozenset()
        in_place = IN_PLACE[Role(post.role)] - withheld
        bound = post.school_id or post.cluster_id
        everywhere |= EVERYWHERE.get(post.role, frozenset() if bound else in_place) - withheld
        for school in post.places:
            at_school[school] = at_school.get(school, frozenset()) | in_place
    return Rights(frozenset(everywhere), at_school)


def can(user: Any, permission: Permission, school_id: int | None = None) -> bool:
    return rights_of(user).allows(permission, school_id)


class SigningWithheld(PermissionDenied):
    """The person's post signs, but not before a second person has confirmed it."""


def require(user: Any, permission: Permission, school_id: int | None = None) -> None:
    """Raises PermissionDenied (403) when the person sees the thing but may not act on it."""
    if can(user, permission, school_id):
        return
    if permission in WITHHELD and withheld_post(user):
        raise SigningWithheld
    raise PermissionDenied


def withheld_post(user: Any) -> Any | None:
    """The post of the person, in force today, whose signing waits for a second person; if any."""
    posts = posts_in_force(user) if user.is_authenticated else []
    return next((post for post in posts if post.signing_withheld_at), None)


def require_anywhere(user: Any, permission: Permission) -> None:
    """Raises PermissionDenied unless the person holds the permission at one school at least."""
    if not rights_of(user).allows_anywhere(permission):
        raise PermissionDenied


def capacity_of(user: Any, permission: Permission, school_id: int | None = None) -> str:
    """The printed title of the post that gives this right, as it stands under a signature."""
    for post in posts_in_force(user):
        if _add_up([post]).allows(permission, school_id):
            return post.printed_title
    return ""


def may_be_second_person(user: Any) -> bool:
    """Whether a signer waits whom this person may confirm."""
    waits = any(post.others_wait for post in posts_in_force(user))
    return waits and can(user, P.CONFIRM_SIGNER)


def has_to_use_second_factor(user: Any) -> bool:
    """Whether a post held today is of a role that the office obliges to a second factor."""
    return any(post.role in settings.TWO_FACTOR_ROLES for post in posts_in_force(user))


# --- Who keeps whose account ---


def _roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that hold this permission in their place."""
    return frozenset(role for role, held in IN_PLACE.items() if permission in held)


KEEPERS, CONFIRMERS = _roles_with(P.KEEP_REGISTRY), _roles_with(P.CONFIRM_SIGNER)
# Area director, group director and the members of ก.ต.ป.น., whoever is acting among them.
SIGNERS = frozenset(role for role, held in IN_PLACE.items() if held & OFFICE_SIGNATURES)
# Of these the office has one each; ก.ต.ป.น. has many members.
SINGLE_SIGNERS = SIGNERS - {Role.COMMITTEE_MEMBER}


def may_give(user: Any, role: str) -> bool:
    """Whether the person may give somebody a post of this role.

    Who keeps the registry could open every door, so only an administrator makes a keeper.
    """
    return can(user, P.ADMINISTER) or (can(user, P.KEEP_REGISTRY) and role not in KEEPERS)


def may_keep(user: Any, other: Any) -> bool:
    """Whether the person may touch the other's account, posts and password.

    Nobody their own; those of a keeper, present or to come, only an administrator: a clerk who
    could take over another clerk would be the second person of their own doings.
    """
    if user.pk == other.pk:
        return False
    if any(post.role in KEEPERS for post in _posts_to_hold(other)):
        return can(user, P.ADMINISTER)
    return can(user, P.KEEP_REGISTRY)


def signs_for_the_office(person: Any) -> bool:
    """Whether the person holds, or is to hold, a post that signs for the whole office."""
    return any(post.role in SIGNERS for post in _posts_to_hold(person))


def _posts_to_hold(person: Any) -> list[Any]:
    """The posts in force today and those to come."""
    today = timezone.localdate()
    return [post for post in person.posts.all() if not post.is_over(today)]
