"""The policy table by role, place and date."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from schools import access
from schools.access import Permission as P
from schools.enums import Role
from schools.models import ClusterMembership, School, User
from tests.cast import person
from tests.factories import ClusterFactory, PostFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db

READ_ALL = {P.VIEW_AREA, P.VIEW_PROGRESS, P.VIEW_SCHOOL, P.VIEW_REPORTS}
SUPERVISE = {
    P.RETURN_NEEDS,
    P.RETURN_SELF_ASSESSMENT,
    P.REMIND_SCHOOL,
    P.RECORD_VISIT,
    P.NOMINATE_PRACTICE,
    P.SUMMARISE,
}
DRAFT = {
    P.VIEW_SCHOOL,
    P.ANSWER_NEEDS,
    P.DRAFT_SELF_ASSESSMENT,
    P.NOMINATE_PRACTICE,
    P.REPORT_PROGRESS,
}
ANSWER = {P.CONFIRM_SELF_ASSESSMENT, P.ACKNOWLEDGE_VISIT, P.AGREE_SUMMARY}
LEAD = {
    P.EDIT_STANDARDS,
    P.PREPARE_CRITERIA,
    P.OPEN_ROUNDS,
    P.DECIDE,
    P.REVIEW_PRACTICE,
    P.SELECT_PRACTICE,
    P.PREPARE_REPORT,
    P.CONFIRM_SIGNER,
}

# role: what it may do at its own place, and at a school that is not its own
POLICY = {
    "supervisor": (READ_ALL | SUPERVISE, READ_ALL),
    "group_director": (READ_ALL | SUPERVISE | LEAD, READ_ALL | SUPERVISE | LEAD),
    "area_director": (READ_ALL | {P.ISSUE_REPORT, P.PUBLISH_REPORT, P.CONFIRM_SIGNER},) * 2,
    "committee_member": (READ_ALL | {P.ENDORSE_CRITERIA, P.REVIEW_PRACTICE},) * 2,
    "school_director": (DRAFT | ANSWER, set()),
    "academic_teacher": (DRAFT, set()),
    "clerk": (READ_ALL | {P.KEEP_REGISTRY, P.REMIND_SCHOOL, P.CONFIRM_SIGNER},) * 2,
    "administrator": ({P.ADMINISTER, P.KEEP_REGISTRY, P.CONFIRM_SIGNER},) * 2,
    "deputy_area_director": (READ_ALL, READ_ALL),
    "work_group_head": (READ_ALL | {P.PREPARE_CRITERIA},) * 2,
    "subcommittee_member": ({P.VIEW_PROGRESS, P.VIEW_SCHOOL, P.REVIEW_PRACTICE}, set()),
    "cluster_chair": ({P.VIEW_PROGRESS, P.REMIND_SCHOOL}, set()),
}


def today():
    return timezone.localdate()


def afresh(user):
    """The same person as the next request would meet them."""
    return User.objects.get(pk=user.pk)


def held(user, school):
    return {permission for permission in P if access.can(user, permission, school.pk)}


@pytest.mark.parametrize("name", POLICY)
def test_policy_table(name, request, school, other_school):
    user = request.getfixturevalue(name)
    at_own, elsewhere = POLICY[name]
    assert held(user, school) == at_own
    assert held(user, other_school) == elsewhere


def test_only_a_post_gives_rights_never_the_superuser_flag(school):
    user = UserFactory(is_superuser=True, is_staff=True)
    assert held(user, school) == set()


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
def test_a_post_counts_from_its_first_day_to_its_last(starts, ends, holds, school):
    user = UserFactory()
    PostFactory(
        user=user,
        role=Role.SCHOOL_DIRECTOR,
        school=school,
        starts_on=today() + timedelta(days=starts),
        ends_on=None if ends is None else today() + timedelta(days=ends),
    )
    assert access.can(user, P.CONFIRM_SELF_ASSESSMENT, school.pk) is holds
    assert School.objects.visible_to(user).filter(pk=school.pk).exists() is holds


def test_two_posts_add_up_each_at_its_place(school, other_school):
    user = person(Role.SCHOOL_DIRECTOR, "two", school=school)
    PostFactory(user=user, role=Role.ACADEMIC_TEACHER, school=other_school)
    assert held(user, school) == DRAFT | ANSWER
    assert held(user, other_school) == DRAFT


def test_a_director_who_is_also_a_committee_member_keeps_both(school, other_school):
    user = person(Role.SCHOOL_DIRECTOR, "both", school=school)
    PostFactory(user=user, role=Role.COMMITTEE_MEMBER)
    assert access.can(user, P.CONFIRM_SELF_ASSESSMENT, school.pk)
    assert not access.can(user, P.CONFIRM_SELF_ASSESSMENT, other_school.pk)
    assert access.can(user, P.ENDORSE_CRITERIA)


def test_an_acting_post_gives_the_same_rights_and_says_so_on_paper(school):
    user = person(Role.SCHOOL_DIRECTOR, "acting", school=school, acting=True)
    assert held(user, school) == DRAFT | ANSWER
    capacity = access.capacity_of(user, P.ACKNOWLEDGE_VISIT, school.pk)
    assert capacity == "รักษาการในตำแหน่งผู้อำนวยการโรงเรียนของเรา"


def test_capacity_is_the_post_that_gives_the_right(school, other_school):
    user = person(Role.ACADEMIC_TEACHER, "twice", school=school)
    PostFactory(user=user, role=Role.SCHOOL_DIRECTOR, school=other_school)
    assert access.capacity_of(user, P.AGREE_SUMMARY, other_school.pk) == "ผู้อำนวยการโรงเรียนอื่น"
    assert access.capacity_of(user, P.AGREE_SUMMARY, school.pk) == ""


def test_a_school_that_left_the_cluster_is_only_read(supervisor, school):
    assert access.can(supervisor, P.RECORD_VISIT, school.pk)
    ClusterMembership.objects.filter(school=school).update(ends_on=today() - timedelta(days=1))
    user = afresh(supervisor)
    assert not access.can(user, P.RECORD_VISIT, school.pk)
    assert access.can(user, P.VIEW_SCHOOL, school.pk)


def test_a_school_that_joins_tomorrow_is_not_yet_supervised(supervisor, cluster):
    school = SchoolFactory()
    ClusterMembership.objects.create(
        school=school, cluster=cluster, starts_on=today() + timedelta(days=1)
    )
    assert not access.can(supervisor, P.RECORD_VISIT, school.pk)


def test_a_supervisor_without_a_cluster_reads_everywhere_and_supervises_nowhere(school):
    user = person(Role.SUPERVISOR, "new")
    PostFactory(user=user, role=Role.SUPERVISOR, cluster=ClusterFactory())  # no school in it
    assert held(user, school) == READ_ALL
    assert not access.rights_of(user).allows_anywhere(P.RECORD_VISIT)


def test_an_inactive_person_and_a_stranger_have_no_rights(group_director, school):
    group_director.is_active = False
    assert held(group_director, school) == set()
    assert held(AnonymousUser(), school) == set()


def test_require_refuses_what_is_not_held(academic_teacher, school):
    access.require(academic_teacher, P.ANSWER_NEEDS, school.pk)
    with pytest.raises(PermissionDenied):
        access.require(academic_teacher, P.CONFIRM_SELF_ASSESSMENT, school.pk)


def test_a_local_right_is_not_a_right_everywhere(school_director, school):
    assert not access.can(school_director, P.VIEW_SCHOOL)
    assert access.rights_of(school_director).allows_anywhere(P.VIEW_SCHOOL)
    assert access.rights_of(school_director).schools(P.VIEW_SCHOOL) == {school.pk}


def test_rights_are_asked_once_a_request(
    school_director, school, other_school, django_assert_num_queries
):
    with django_assert_num_queries(1):
        for place in (school, other_school):
            held(school_director, place)
