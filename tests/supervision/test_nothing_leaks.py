"""Nobody reads of a school that is not theirs, and the school nothing that is the office's own.

tests/test_access_table.py says who may open which address; here somebody reads all that can be
reached and asked for, and looks for words that stand in one school's records only.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.enums import Role
from tests import marked, walk
from tests.cast import person
from tests.factories import ClusterFactory
from tests.reader import everything_read_by, where

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOME = reverse("home")
NUMBER = "QZNUMBER"


@pytest.fixture
def marked_round(request, round_):
    """With its report before the area director: put forward, not signed."""
    people = marked.people_of(request)
    marked.walked(round_, people)
    walk.report_prepared(round_, by=people.group_director, number=NUMBER)
    return round_


@pytest.fixture
def former_director(school):
    """Who left the school yesterday, and whose account is still open."""
    user = person(Role.SCHOOL_DIRECTOR, "former_director", school=school)
    user.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    return user


@pytest.fixture
def other_chair(db):
    return person(Role.CLUSTER_CHAIR, "other_chair", cluster=ClusterFactory())


@pytest.fixture
def other_subcommittee(db):
    return person(Role.SUBCOMMITTEE_MEMBER, "other_subcommittee", cluster=ClusterFactory())


# How each stands to the marked school; the area's own people read it all.
STRANGERS = ("outsider_director", "former_director", "other_chair", "other_subcommittee")
BY_NAME_ONLY = ("cluster_chair", "administrator")
OF_THE_SCHOOL = ("school_director", "academic_teacher")


def test_each_reads_what_is_theirs(request, login, marked_round, school, group_director):
    """Followed by links from home, and asked for at every address where somebody read a secret."""
    secrets = (*marked.SECRETS, *marked.ALLOWED, NUMBER)
    told = everything_read_by(login(group_director), HOME)
    assert set(where(secrets, told)) == set(secrets), "somebody must be able to read each"
    addresses = [url for url, text in told.items() if any(word in text for word in secrets)]

    def read_by(who):
        return everything_read_by(login(request.getfixturevalue(who)), HOME, *addresses)

    for who in STRANGERS:
        assert where((*secrets, school.short_name), read_by(who)) == {}, who
    for who in BY_NAME_ONLY:
        assert where(secrets, read_by(who)) == {}, who
    for who in OF_THE_SCHOOL:
        found = where(marked.SECRETS, read_by(who))
        assert set(found) == set(marked.SCHOOLS_OWN), who
