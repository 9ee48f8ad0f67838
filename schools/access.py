"""Who may do what: the office's policy in one place.

Rights come from the appointments that a person holds today. An appointment at a cluster or
school counts there, one that names no place counts everywhere (SCOPED_PERMISSIONS). Where a role
may do something everywhere, whatever place its appointment names, GLOBAL_PERMISSIONS says so.
Source: the responsible parties of the office's manual.
"""

from collections.abc import Callable, Iterable, Mapping
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
    """One thing that an appointment may allow its holder to do."""

    VIEW_AREA = "view_area"
    OVERSEE_AREA = "oversee_area"
    VIEW_PROGRESS = "view_progress"
    VIEW_SCHOOL = "view_school"
    VIEW_REPORTS = "view_reports"
    VIEW_MEETINGS = "view_meetings"
    EDIT_REGISTRY = "edit_registry"
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
    NOMINATE_UNIT_PRACTICE = "nominate_unit_practice"
    REVIEW_PRACTICE = "review_practice"
    SELECT_PRACTICE = "select_practice"
    MANAGE_MEETINGS = "manage_meetings"
    SUMMARISE = "summarise"
    AGREE_SUMMARY = "agree_summary"
    REPORT_PROGRESS = "report_progress"
    PREPARE_REPORT = "prepare_report"
    ISSUE_REPORT = "issue_report"
    PUBLISH_REPORT = "publish_report"
    EDIT_PROGRAMMES = "edit_programmes"
    MANAGE_PLAN = "manage_plan"
    APPROVE_PLAN = "approve_plan"
    RECORD_DISSEMINATION = "record_dissemination"
    DRAFT_ORDER = "draft_order"
    ISSUE_ORDER = "issue_order"
    WRITE_HANDBOOK = "write_handbook"
    READ_HANDBOOKS = "read_handbooks"
    VIEW_PROFILE = "view_profile"
    VIEW_SMALL_RESULTS = "view_small_results"
    EDIT_PROFILE = "edit_profile"
    EDIT_LEARNING_RESULTS = "edit_learning_results"
    MANAGE_PROFILES = "manage_profiles"
    CONFIRM_DATA = "confirm_data"
    TAKE_UP_NEED = "take_up_need"
    READ_SATISFACTION = "read_satisfaction"
    MANAGE_DRIVE = "manage_drive"
    EDIT_SCHOOL_DRIVE = "edit_school_drive"
    RESOLVE_DRIVE = "resolve_drive"
    SIGN_AGREEMENT = "sign_agreement"
    SIGN_AGREEMENT_FOR_SCHOOL = "sign_agreement_for_school"
    MONITOR_DRIVE = "monitor_drive"
    VIEW_RANKING = "view_ranking"
    VIEW_OWN_PLACE = "view_own_place"
    OBJECT_TO_PLACE = "object_to_place"
    ANSWER_CLIMATE_SURVEY = "answer_climate_survey"
    REQUEST_STUDY_VISIT = "request_study_visit"
    CONFIRM_SIGNER = "confirm_signer"
    ADMINISTER = "administer"


P = Permission

_READ_PERMISSIONS = {
    P.VIEW_AREA,
    P.VIEW_PROGRESS,
    P.VIEW_SCHOOL,
    P.VIEW_REPORTS,
    P.VIEW_MEETINGS,
}
# Whose first page is the area's overview.
_DIRECTORS_PERMISSIONS = _READ_PERMISSIONS | {P.OVERSEE_AREA, P.VIEW_PROFILE, P.VIEW_RANKING}
# What a school's own people and its supervisors know of it, results of one or two pupils too.
_PROFILE_PERMISSIONS = {P.VIEW_PROFILE, P.VIEW_SMALL_RESULTS, P.EDIT_PROFILE}
# An officer's own activities, practices, handbook, and what they disseminated: of no one place.
_OFFICER_PERMISSIONS = {
    P.EDIT_PROGRAMMES,
    P.RECORD_DISSEMINATION,
    P.NOMINATE_UNIT_PRACTICE,
    P.WRITE_HANDBOOK,
}
_SUPERVISION_PERMISSIONS = {
    P.RETURN_NEEDS,
    P.RETURN_SELF_ASSESSMENT,
    P.REMIND_SCHOOL,
    P.RECORD_VISIT,
    P.NOMINATE_PRACTICE,
    P.SUMMARISE,
    P.TAKE_UP_NEED,
    P.EDIT_SCHOOL_DRIVE,
} | _PROFILE_PERMISSIONS
_GROUP_DIRECTOR_PERMISSIONS = {
    P.EDIT_STANDARDS,
    P.PREPARE_CRITERIA,
    P.OPEN_ROUNDS,
    P.DECIDE,
    P.REVIEW_PRACTICE,
    P.SELECT_PRACTICE,
    P.MANAGE_MEETINGS,
    P.PREPARE_REPORT,
    P.MANAGE_PLAN,
    P.DRAFT_ORDER,
    P.READ_HANDBOOKS,
    P.EDIT_LEARNING_RESULTS,
    P.MANAGE_PROFILES,
    P.READ_SATISFACTION,
    P.MANAGE_DRIVE,
    P.RESOLVE_DRIVE,
    P.CONFIRM_SIGNER,
}
# ก.ต.ป.น. evaluates the drive, so its members see the order of schools wherever they sit.
_COMMITTEE_PERMISSIONS = frozenset(
    _READ_PERMISSIONS | {P.ENDORSE_CRITERIA, P.REVIEW_PRACTICE, P.MONITOR_DRIVE, P.VIEW_RANKING}
)
_SCHOOL_DRAFT_PERMISSIONS = {
    P.VIEW_SCHOOL,
    P.ANSWER_NEEDS,
    P.DRAFT_SELF_ASSESSMENT,
    P.NOMINATE_PRACTICE,
    P.REPORT_PROGRESS,
    P.VIEW_OWN_PLACE,
    P.ANSWER_CLIMATE_SURVEY,
    P.REQUEST_STUDY_VISIT,
} | _PROFILE_PERMISSIONS
_SCHOOL_SIGNING_PERMISSIONS = {
    P.CONFIRM_SELF_ASSESSMENT,
    P.ACKNOWLEDGE_VISIT,
    P.AGREE_SUMMARY,
    P.CONFIRM_DATA,
    P.SIGN_AGREEMENT_FOR_SCHOOL,
    P.OBJECT_TO_PLACE,
}

# What a role may do in the place its appointment names, or everywhere if it names none.
SCOPED_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.SUPERVISOR: frozenset(
        _READ_PERMISSIONS | _SUPERVISION_PERMISSIONS | _OFFICER_PERMISSIONS | {P.VIEW_RANKING}
    ),
    # A head may lead a visit to any school; which ones wait for it is the supervisor's matter.
    Role.WORK_GROUP_HEAD: frozenset(
        _READ_PERMISSIONS
        | _OFFICER_PERMISSIONS
        | {P.PREPARE_CRITERIA, P.RECORD_VISIT, P.VIEW_PROFILE, P.VIEW_RANKING}
    ),
    Role.GROUP_DIRECTOR: frozenset(
        _DIRECTORS_PERMISSIONS
        | _SUPERVISION_PERMISSIONS
        | _OFFICER_PERMISSIONS
        | _GROUP_DIRECTOR_PERMISSIONS
    ),
    # The deputy signs when delegated: then an appointment of acting area director is added.
    Role.DEPUTY_AREA_DIRECTOR: frozenset(_DIRECTORS_PERMISSIONS),
    Role.AREA_DIRECTOR: frozenset(
        _DIRECTORS_PERMISSIONS
        | {
            P.ISSUE_REPORT,
            P.PUBLISH_REPORT,
            P.APPROVE_PLAN,
            P.ISSUE_ORDER,
            P.READ_HANDBOOKS,
            P.SIGN_AGREEMENT,
            P.CONFIRM_SIGNER,
        }
    ),
    Role.COMMITTEE_MEMBER: _COMMITTEE_PERMISSIONS,
    # Its members are colleagues of the schools they visit: places of schools are not theirs to see.
    Role.SUBCOMMITTEE_MEMBER: frozenset(
        {
            P.VIEW_PROGRESS,
            P.VIEW_SCHOOL,
            P.VIEW_MEETINGS,
            P.REVIEW_PRACTICE,
            P.MONITOR_DRIVE,
        }
    ),
    # A chair is a colleague of the other directors: how far they are, never what was judged.
    # Forwarding the unit's notices in the cluster is the chair's work too.
    Role.CLUSTER_CHAIR: frozenset({P.VIEW_PROGRESS, P.REMIND_SCHOOL}),
    Role.SCHOOL_DIRECTOR: frozenset(_SCHOOL_DRAFT_PERMISSIONS | _SCHOOL_SIGNING_PERMISSIONS),
    Role.ACADEMIC_TEACHER: frozenset(_SCHOOL_DRAFT_PERMISSIONS),
    Role.CLERK: frozenset(
        _READ_PERMISSIONS
        | {
            P.EDIT_REGISTRY,
            P.REMIND_SCHOOL,
            P.MANAGE_MEETINGS,
            P.RECORD_DISSEMINATION,
            P.DRAFT_ORDER,
            P.VIEW_PROFILE,
            P.EDIT_PROFILE,
            P.EDIT_LEARNING_RESULTS,
            P.MANAGE_PROFILES,
            P.CONFIRM_SIGNER,
        }
    ),
    Role.SYSTEM_ADMINISTRATOR: frozenset({P.ADMINISTER, P.EDIT_REGISTRY, P.CONFIRM_SIGNER}),
    # No person but another office's system: it reads by a token (reports/api) and never signs in.
    # VIEW_AREA is not among them, for that shows what the office has not told its schools yet.
    Role.EXTERNAL_SYSTEM: frozenset({P.VIEW_SCHOOL, P.VIEW_REPORTS}),
}

# What these roles may do everywhere, whatever place their appointment names.
GLOBAL_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.SUPERVISOR: frozenset(_READ_PERMISSIONS | _OFFICER_PERMISSIONS | {P.VIEW_RANKING}),
    Role.COMMITTEE_MEMBER: _COMMITTEE_PERMISSIONS,
}


# What is signed for the whole office: one such act binds all schools, so it is never the work
# of one person alone to let somebody do it. A school's own signatures (confirming, acknowledging,
# agreeing) bind that school, whose director is known to the office; they are not among these.
OFFICE_SIGNATURES = frozenset(
    {
        P.ISSUE_REPORT,
        P.PUBLISH_REPORT,
        P.APPROVE_PLAN,
        P.ISSUE_ORDER,
        P.DECIDE,
        P.SELECT_PRACTICE,
        P.ENDORSE_CRITERIA,
        P.RESOLVE_DRIVE,
        P.SIGN_AGREEMENT,
    }
)
# What an appointment does not give while its signing waits for a second person.
WITHHELD_PERMISSIONS = OFFICE_SIGNATURES | {P.CONFIRM_SIGNER}


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
        """Schools where the permission is held by a local appointment."""
        return {school for school, held in self.at_school.items() if permission in held}


NO_RIGHTS = Rights(frozenset(), {})


def rights_of(user: Any) -> Rights:
    """The rights of the person's appointments in force today, kept on the request's user."""
    if not user.is_authenticated or not user.is_active:
        return NO_RIGHTS
    return _cached_on_user(user, "_rights", lambda today: _rights_from(appointments_in_force(user)))


def appointments_in_force(user: Any) -> list[Any]:
    """The appointments the person holds today, kept on the request's user."""
    return _cached_on_user(user, "_appointments", lambda today: load_appointments(user, today))


def cache_appointments(user: Any, appointments: list[Any]) -> None:
    """Spare the question where the appointments came with the account."""
    user._appointments = (timezone.localdate(), appointments)


def _cached_on_user(user: Any, name: str, make: Callable[[date], Any]) -> Any:
    today = timezone.localdate()
    kept = getattr(user, name, None)
    if kept is None or kept[0] != today:
        kept = (today, make(today))
        setattr(user, name, kept)
    return kept[1]


def load_appointments(user: Any, today: date) -> list[Any]:
    """The appointments in force with their `user` and `places`, in one query: every page asks it.

    `places` are the schools that it names by itself or through its cluster on that day;
    `others_wait` says whether another's appointment waits for a second person, who could be this
    one. The query gives an appointment once for each member school.
    """
    of_cluster = "cluster__memberships__"
    rows = user.appointments.model.objects.filter(user=user).in_force(today)
    rows = rows.select_related("user", "school", "cluster")
    rows = rows.annotate(
        member=F(f"{of_cluster}school"),
        member_from=F(f"{of_cluster}starts_on"),
        member_until=F(f"{of_cluster}ends_on"),
        others_wait=Exists(_waiting_for_others_than(user)),
    )
    appointments: dict[int, Any] = {}
    for row in rows:
        appointment = appointments.setdefault(row.pk, row)
        appointment.places = getattr(
            appointment, "places", [row.school_id] if row.school_id else []
        )
        if row.member and row.member_from <= today <= (row.member_until or date.max):
            appointment.places.append(row.member)
    return list(appointments.values())


def _waiting_for_others_than(user: Any) -> Any:
    """Appointments withheld that are neither the person's nor withheld by their own doing."""
    waiting = user.appointments.model.objects.filter(
        signing_withheld_at__isnull=False,
        user__is_active=True,
        user__must_change_password=False,
    )
    return waiting.exclude(user=user).exclude(signing_withheld_by=user)


def _rights_from(appointments: list[Any]) -> Rights:
    everywhere: set[Permission] = set()
    at_school: dict[int, frozenset[Permission]] = {}
    for appointment in appointments:
        withheld = WITHHELD_PERMISSIONS if appointment.signing_withheld_at else frozenset()
        in_place = SCOPED_PERMISSIONS[Role(appointment.role)] - withheld
        bound = appointment.school_id or appointment.cluster_id
        everywhere |= (
            GLOBAL_PERMISSIONS.get(appointment.role, frozenset() if bound else in_place) - withheld
        )
        for school in appointment.places:
            at_school[school] = at_school.get(school, frozenset()) | in_place
    return Rights(frozenset(everywhere), at_school)


def can(user: Any, permission: Permission, school_id: int | None = None) -> bool:
    return rights_of(user).allows(permission, school_id)


class SigningWithheld(PermissionDenied):
    """The person's appointment signs, but not before a second person has confirmed it."""


def require(user: Any, permission: Permission, school_id: int | None = None) -> None:
    """Raises PermissionDenied (403) when the person sees the thing but may not act on it."""
    if can(user, permission, school_id):
        return
    if permission in WITHHELD_PERMISSIONS and withheld_appointment(user):
        raise SigningWithheld
    raise PermissionDenied


def withheld_appointment(user: Any) -> Any | None:
    """The appointment of the person, in force today, whose signing waits for a second person; if
    any."""
    appointments = appointments_in_force(user) if user.is_authenticated else []
    return next(
        (appointment for appointment in appointments if appointment.signing_withheld_at), None
    )


def require_anywhere(user: Any, permission: Permission) -> None:
    """Raises PermissionDenied unless the person holds the permission at one school at least."""
    if not rights_of(user).allows_anywhere(permission):
        raise PermissionDenied


def clusters_with(user: Any, permission: Permission) -> set[int]:
    """Clusters that the person's appointments giving this permission name, by key."""
    return {
        appointment.cluster_id
        for appointment in appointments_in_force(user)
        if appointment.cluster_id and permission in SCOPED_PERMISSIONS[Role(appointment.role)]
    }


def capacity_of(user: Any, permission: Permission, school_id: int | None = None) -> str:
    """The printed title of the appointment that gives this right, as it stands under a
    signature."""
    for appointment in appointments_in_force(user):
        if _rights_from([appointment]).allows(permission, school_id):
            return appointment.printed_title
    return ""


def has_signers_to_confirm(user: Any) -> bool:
    """Whether a signer waits whom this person may confirm."""
    waits = any(appointment.others_wait for appointment in appointments_in_force(user))
    return waits and can(user, P.CONFIRM_SIGNER)


def has_to_use_second_factor(user: Any) -> bool:
    """Whether an appointment held today is of a role that the office obliges to a second factor."""
    return any(
        appointment.role in settings.TWO_FACTOR_ROLES for appointment in appointments_in_force(user)
    )


# --- Who manages whose account ---


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that hold this permission in their place."""
    return frozenset(role for role, held in SCOPED_PERMISSIONS.items() if permission in held)


REGISTRAR_ROLES = roles_with(P.EDIT_REGISTRY)
SIGNER_CONFIRMING_ROLES = roles_with(P.CONFIRM_SIGNER)
# Area director, group director and the members of ก.ต.ป.น., whoever is acting among them.
OFFICE_SIGNER_ROLES = frozenset(
    role for role, held in SCOPED_PERMISSIONS.items() if held & OFFICE_SIGNATURES
)
# Of these the office has one each; ก.ต.ป.น. has many members.
SINGLE_HOLDER_ROLES = OFFICE_SIGNER_ROLES - {Role.COMMITTEE_MEMBER}


# A registrar can give every other role, so only an administrator appoints a registrar; and only
# an administrator lets another office's system read.
ROLES_GIVEN_BY_ADMINISTRATOR = REGISTRAR_ROLES | {Role.EXTERNAL_SYSTEM}

# What an order of the office may give, with its duties. None of them is held by one alone.
ROLES_GIVEN_BY_ORDER = frozenset(
    {
        Role.SUPERVISOR,
        Role.WORK_GROUP_HEAD,
        Role.COMMITTEE_MEMBER,
        Role.SUBCOMMITTEE_MEMBER,
        Role.CLUSTER_CHAIR,
    }
)


def can_grant_role(user: Any, role: str) -> bool:
    """Whether the person may give somebody an appointment of this role."""
    if can(user, P.ADMINISTER):
        return True
    return can(user, P.EDIT_REGISTRY) and role not in ROLES_GIVEN_BY_ADMINISTRATOR


def can_manage_account(user: Any, other: Any) -> bool:
    """Whether the person may touch the other's account, appointments and password.

    Nobody their own; those of a registrar, present or to come, only an administrator: a clerk
    who could take over another clerk would be the second person of their own doings. The account
    of another office's system is the administrator's too.
    """
    if user.pk == other.pk:
        return False
    if any(
        appointment.role in ROLES_GIVEN_BY_ADMINISTRATOR
        for appointment in _current_and_coming_appointments(other)
    ):
        return can(user, P.ADMINISTER)
    return can(user, P.EDIT_REGISTRY)


def is_system_account(person: Any) -> bool:
    """Whether the account is, was or will be that of another office's system: it never signs in.

    An account is either a person's or a system's, for ever (people/appointment_rules.py).
    """
    return _is_appointed_system(person.appointments.all())


def may_use_token(account: Any) -> bool:
    """Whether the account holds an appointment of another office's system today, and is open."""
    return account.is_active and _is_appointed_system(appointments_in_force(account))


def _is_appointed_system(appointments: Iterable[Any]) -> bool:
    return any(one.role == Role.EXTERNAL_SYSTEM for one in appointments)


def signs_for_office(person: Any) -> bool:
    """Whether the person holds, or is to hold, an appointment that signs for the whole office."""
    return any(
        appointment.role in OFFICE_SIGNER_ROLES
        for appointment in _current_and_coming_appointments(person)
    )


def _current_and_coming_appointments(person: Any) -> list[Any]:
    """The appointments in force today and those to come."""
    today = timezone.localdate()
    return [
        appointment for appointment in person.appointments.all() if not appointment.is_over(today)
    ]
