"""The policy table by role, place and date."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from schools import access
from schools.access import Permission
from schools.enums import Capacity, Role
from schools.imports.importers.people import ROLE_WORDS
from schools.models import ClusterMembership, School, User
from tests.factories import AppointmentFactory, ClusterFactory, SchoolFactory, UserFactory
from tests.personas import ROLES_OF_PEOPLE, user_with_role
from tests.test_access_table import PERSONAS

pytestmark = pytest.mark.django_db

READ_ALL = {
    Permission.VIEW_AREA,
    Permission.VIEW_PROGRESS,
    Permission.VIEW_SCHOOL,
    Permission.VIEW_REPORTS,
    Permission.VIEW_MEETINGS,
}
RANK = {Permission.VIEW_RANKING}
OVERSEE = READ_ALL | RANK | {Permission.OVERSEE_AREA, Permission.VIEW_PROFILE}
PROFILE = {Permission.VIEW_PROFILE, Permission.VIEW_SMALL_RESULTS, Permission.EDIT_PROFILE}
SUPERVISE = PROFILE | {
    Permission.RETURN_NEEDS,
    Permission.RETURN_SELF_ASSESSMENT,
    Permission.REMIND_SCHOOL,
    Permission.RECORD_VISIT,
    Permission.NOMINATE_PRACTICE,
    Permission.SUMMARISE,
    Permission.TAKE_UP_NEED,
    Permission.EDIT_SCHOOL_DRIVE,
}
OFFICER = {
    Permission.EDIT_PROGRAMMES,
    Permission.RECORD_DISSEMINATION,
    Permission.WRITE_HANDBOOK,
    Permission.NOMINATE_UNIT_PRACTICE,
}
DRAFT = PROFILE | {
    Permission.VIEW_SCHOOL,
    Permission.ANSWER_NEEDS,
    Permission.DRAFT_SELF_ASSESSMENT,
    Permission.NOMINATE_PRACTICE,
    Permission.REPORT_PROGRESS,
    Permission.VIEW_OWN_PLACE,
    Permission.ANSWER_CLIMATE_SURVEY,
    Permission.REQUEST_STUDY_VISIT,
}
ANSWER = {
    Permission.CONFIRM_SELF_ASSESSMENT,
    Permission.ACKNOWLEDGE_VISIT,
    Permission.AGREE_SUMMARY,
    Permission.CONFIRM_DATA,
    Permission.SIGN_AGREEMENT_FOR_SCHOOL,
    Permission.OBJECT_TO_PLACE,
}
LEAD = {
    Permission.EDIT_STANDARDS,
    Permission.PREPARE_CRITERIA,
    Permission.OPEN_ROUNDS,
    Permission.DECIDE,
    Permission.REVIEW_PRACTICE,
    Permission.SELECT_PRACTICE,
    Permission.MANAGE_MEETINGS,
    Permission.PREPARE_REPORT,
    Permission.MANAGE_PLAN,
    Permission.DRAFT_ORDER,
    Permission.READ_HANDBOOKS,
    Permission.EDIT_LEARNING_RESULTS,
    Permission.MANAGE_PROFILES,
    Permission.READ_SATISFACTION,
    Permission.MANAGE_DRIVE,
    Permission.RESOLVE_DRIVE,
    Permission.CONFIRM_SIGNER,
}

# role: what it may do at its own place, and at a school that is not its own
POLICY = {
    "supervisor": (READ_ALL | SUPERVISE | OFFICER | RANK, READ_ALL | OFFICER | RANK),
    "group_director": (OVERSEE | SUPERVISE | OFFICER | LEAD,) * 2,
    "area_director": (
        OVERSEE
        | {
            Permission.ISSUE_REPORT,
            Permission.PUBLISH_REPORT,
            Permission.APPROVE_PLAN,
            Permission.ISSUE_ORDER,
            Permission.READ_HANDBOOKS,
            Permission.SIGN_AGREEMENT,
            Permission.CONFIRM_SIGNER,
        },
    )
    * 2,
    "committee_member": (
        READ_ALL
        | RANK
        | {Permission.ENDORSE_CRITERIA, Permission.REVIEW_PRACTICE, Permission.MONITOR_DRIVE},
    )
    * 2,
    "school_director": (DRAFT | ANSWER, set()),
    "academic_teacher": (DRAFT, set()),
    "clerk": (
        READ_ALL
        | {
            Permission.EDIT_REGISTRY,
            Permission.REMIND_SCHOOL,
            Permission.RECORD_DISSEMINATION,
            Permission.MANAGE_MEETINGS,
            Permission.DRAFT_ORDER,
            Permission.VIEW_PROFILE,
            Permission.EDIT_PROFILE,
            Permission.EDIT_LEARNING_RESULTS,
            Permission.MANAGE_PROFILES,
            Permission.CONFIRM_SIGNER,
        },
    )
    * 2,
    "administrator": ({Permission.ADMINISTER, Permission.EDIT_REGISTRY, Permission.CONFIRM_SIGNER},)
    * 2,
    "deputy_area_director": (OVERSEE, OVERSEE),
    "work_group_head": (
        READ_ALL
        | OFFICER
        | RANK
        | {Permission.PREPARE_CRITERIA, Permission.RECORD_VISIT, Permission.VIEW_PROFILE},
    )
    * 2,
    "subcommittee_member": (
        {
            Permission.VIEW_PROGRESS,
            Permission.VIEW_SCHOOL,
            Permission.VIEW_MEETINGS,
            Permission.REVIEW_PRACTICE,
            Permission.MONITOR_DRIVE,
        },
        set(),
    ),
    "cluster_chair": ({Permission.VIEW_PROGRESS, Permission.REMIND_SCHOOL}, set()),
    "external_system": ({Permission.VIEW_SCHOOL, Permission.VIEW_REPORTS},) * 2,
}


def today():
    return timezone.localdate()


def afresh(user):
    """The same person as the next request would meet them."""
    return User.objects.get(pk=user.pk)


def permissions_of(user, school):
    return {permission for permission in Permission if access.can(user, permission, school.pk)}


@pytest.mark.parametrize("name", POLICY)
def test_policy_table(name, request, school, other_school):
    user = request.getfixturevalue(name)
    at_own, elsewhere = POLICY[name]
    assert permissions_of(user, school) == at_own
    assert permissions_of(user, other_school) == elsewhere


def test_every_role_is_known_everywhere(request):
    """Policy, this test, the table of URLs, tables of people and the help know each role."""
    assert set(access.SCOPED_PERMISSIONS) == set(Role)
    assert set(ROLE_WORDS) == set(ROLES_OF_PEOPLE)
    holders = [request.getfixturevalue(name) for name in POLICY]
    assert {holder.appointments.get().role for holder in holders} == set(Role)
    assert set(POLICY) - {"external_system"} <= set(PERSONAS)
    help_text = "".join(
        page.read_text() for page in (settings.BASE_DIR / "templates" / "help").glob("*.html")
    )
    assert [role for role in Role if role.label not in help_text] == []


def test_only_an_appointment_gives_rights_never_the_superuser_flag(school):
    user = UserFactory(is_superuser=True, is_staff=True)
    assert permissions_of(user, school) == set()


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (-30, None, True),
        (-30, -1, False),
        (-30, 0, True),
        (0, None, True),
        (1, None, False),
        (0, 0, True),
    ],
    ids=["open", "ended yesterday", "last day", "first day", "starts tomorrow", "one day"],
)
def test_an_appointment_counts_from_its_first_day_to_its_last(starts, ends, holds, school):
    user = UserFactory()
    AppointmentFactory(
        user=user,
        role=Role.SCHOOL_DIRECTOR,
        school=school,
        starts_on=today() + timedelta(days=starts),
        ends_on=None if ends is None else today() + timedelta(days=ends),
    )
    assert access.can(user, Permission.CONFIRM_SELF_ASSESSMENT, school.pk) is holds
    assert School.objects.visible_to(user).filter(pk=school.pk).exists() is holds


def test_two_appointments_add_up_each_at_its_place(school, other_school):
    user = user_with_role(Role.SCHOOL_DIRECTOR, "two", school=school)
    AppointmentFactory(user=user, role=Role.ACADEMIC_TEACHER, school=other_school)
    assert permissions_of(user, school) == DRAFT | ANSWER
    assert permissions_of(user, other_school) == DRAFT


def test_a_director_who_is_also_a_committee_member_keeps_both(school, other_school):
    user = user_with_role(Role.SCHOOL_DIRECTOR, "both", school=school)
    AppointmentFactory(user=user, role=Role.COMMITTEE_MEMBER)
    assert access.can(user, Permission.CONFIRM_SELF_ASSESSMENT, school.pk)
    assert not access.can(user, Permission.CONFIRM_SELF_ASSESSMENT, other_school.pk)
    assert access.can(user, Permission.ENDORSE_CRITERIA)


def test_an_acting_appointment_gives_the_same_rights_and_says_so_on_paper(school):
    user = user_with_role(Role.SCHOOL_DIRECTOR, "acting", school=school, capacity=Capacity.ACTING)
    assert permissions_of(user, school) == DRAFT | ANSWER
    capacity = access.capacity_of(user, Permission.ACKNOWLEDGE_VISIT, school.pk)
    assert capacity == "รักษาการในตำแหน่งผู้อำนวยการโรงเรียนของเรา"


def test_capacity_is_the_appointment_that_gives_the_right(school, other_school):
    user = user_with_role(Role.ACADEMIC_TEACHER, "twice", school=school)
    AppointmentFactory(user=user, role=Role.SCHOOL_DIRECTOR, school=other_school)
    assert (
        access.capacity_of(user, Permission.AGREE_SUMMARY, other_school.pk) == "ผู้อำนวยการโรงเรียนอื่น"
    )
    assert access.capacity_of(user, Permission.AGREE_SUMMARY, school.pk) == ""


def test_a_school_that_left_the_cluster_is_only_read(supervisor, school):
    assert access.can(supervisor, Permission.RECORD_VISIT, school.pk)
    ClusterMembership.objects.filter(school=school).update(ends_on=today() - timedelta(days=1))
    user = afresh(supervisor)
    assert not access.can(user, Permission.RECORD_VISIT, school.pk)
    assert access.can(user, Permission.VIEW_SCHOOL, school.pk)


def test_a_school_that_joins_tomorrow_is_not_yet_supervised(supervisor, cluster):
    school = SchoolFactory()
    ClusterMembership.objects.create(
        school=school, cluster=cluster, starts_on=today() + timedelta(days=1)
    )
    assert not access.can(supervisor, Permission.RECORD_VISIT, school.pk)


def test_a_supervisor_without_a_cluster_reads_everywhere_and_supervises_nowhere(school):
    user = user_with_role(Role.SUPERVISOR, "new")
    AppointmentFactory(user=user, role=Role.SUPERVISOR, cluster=ClusterFactory())  # no school in it
    assert permissions_of(user, school) == READ_ALL | OFFICER | RANK
    assert not access.rights_of(user).allows_anywhere(Permission.RECORD_VISIT)


def test_an_inactive_person_and_a_stranger_have_no_rights(group_director, school):
    group_director.is_active = False
    assert permissions_of(group_director, school) == set()
    assert permissions_of(AnonymousUser(), school) == set()


def test_require_refuses_what_is_not_held(academic_teacher, school):
    access.require(academic_teacher, Permission.ANSWER_NEEDS, school.pk)
    with pytest.raises(PermissionDenied):
        access.require(academic_teacher, Permission.CONFIRM_SELF_ASSESSMENT, school.pk)


def test_a_local_right_is_not_a_right_everywhere(school_director, school):
    assert not access.can(school_director, Permission.VIEW_SCHOOL)
    assert access.rights_of(school_director).allows_anywhere(Permission.VIEW_SCHOOL)
    assert access.rights_of(school_director).schools(Permission.VIEW_SCHOOL) == {school.pk}


def test_rights_are_asked_once_a_request(
    school_director, school, other_school, django_assert_num_queries
):
    with django_assert_num_queries(1):
        for place in (school, other_school):
            permissions_of(school_director, place)
