"""The fixed cast: who is who in every test, and the school they meet at.

`school` is in `cluster`, which `supervisor` has in charge; `other_school` is not theirs.
"""

import pytest
from django.test import Client

from schools.enums import Role
from schools.models import User
from tests.factories import (
    AppointmentFactory,
    ClusterFactory,
    NeedsCampaignFactory,
    RoundFactory,
    SchoolFactory,
    TermFactory,
    UserFactory,
)

# Another office's system reads by a token and never signs in: tests/reports/api holds it.
ROLES_OF_PEOPLE = [role for role in Role if role != Role.EXTERNAL_SYSTEM]


def user_with_role(role: Role, username: str, **place) -> User:
    user = UserFactory(username=username, full_name=f"{role.label} ({username})")
    AppointmentFactory(user=user, role=role, **place)
    return user


@pytest.fixture
def term(db):
    return TermFactory()


@pytest.fixture
def cluster(db):
    return ClusterFactory(name="กลุ่มโรงเรียนของเรา")


@pytest.fixture
def school(cluster):
    return SchoolFactory(name="โรงเรียนของเรา", cluster=cluster)


@pytest.fixture
def other_school(db):
    return SchoolFactory(name="โรงเรียนอื่น", cluster=ClusterFactory(name="กลุ่มโรงเรียนอื่น"))


@pytest.fixture
def round_(school, term):
    return RoundFactory(school=school, term=term)


@pytest.fixture
def campaign(term):
    """The unit asks all schools for their needs of the term."""
    return NeedsCampaignFactory(term=term)


@pytest.fixture
def supervisor(cluster):
    return user_with_role(Role.SUPERVISOR, "supervisor", cluster=cluster, position_number="16")


@pytest.fixture
def other_supervisor(db):
    return user_with_role(Role.SUPERVISOR, "other_supervisor", cluster=ClusterFactory())


@pytest.fixture
def group_director(db):
    return user_with_role(Role.GROUP_DIRECTOR, "group_director")


@pytest.fixture
def area_director(db):
    return user_with_role(Role.AREA_DIRECTOR, "area_director")


@pytest.fixture
def committee_member(db):
    return user_with_role(Role.COMMITTEE_MEMBER, "committee_member")


@pytest.fixture
def school_director(school):
    return user_with_role(Role.SCHOOL_DIRECTOR, "school_director", school=school)


@pytest.fixture
def academic_teacher(school):
    return user_with_role(Role.ACADEMIC_TEACHER, "academic_teacher", school=school)


@pytest.fixture
def outsider_director(other_school):
    return user_with_role(Role.SCHOOL_DIRECTOR, "outsider_director", school=other_school)


@pytest.fixture
def clerk(db):
    return user_with_role(Role.CLERK, "clerk")


@pytest.fixture
def administrator(db):
    user = user_with_role(Role.SYSTEM_ADMINISTRATOR, "administrator")
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def deputy_area_director(db):
    return user_with_role(Role.DEPUTY_AREA_DIRECTOR, "deputy_area_director")


@pytest.fixture
def work_group_head(db):
    return user_with_role(Role.WORK_GROUP_HEAD, "work_group_head")


@pytest.fixture
def subcommittee_member(cluster):
    return user_with_role(Role.SUBCOMMITTEE_MEMBER, "subcommittee_member", cluster=cluster)


@pytest.fixture
def cluster_chair(cluster):
    return user_with_role(Role.CLUSTER_CHAIR, "cluster_chair", cluster=cluster)


@pytest.fixture
def external_system(db):
    """Another office's system that reads of the whole area."""
    return user_with_role(Role.EXTERNAL_SYSTEM, "external_system")


@pytest.fixture
def login():
    """A client signed in as somebody: `login(supervisor).get(url)`."""

    def as_user(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return as_user
