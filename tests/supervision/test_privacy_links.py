"""Nobody reads of a school that is not theirs, and the school nothing that is the office's own.

tests/test_access_table.py says who may open which address; here somebody reads all that can be
reached and asked for, and looks for words that stand in one school's records only.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.enums import Role
from tests import leak_canaries, scenarios
from tests.crawler import addresses_of_words, crawl
from tests.factories import ClusterFactory
from tests.personas import user_with_role

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]

HOME = reverse("todos")
NUMBER = "QZNUMBER"


@pytest.fixture
def canary_round(request, round_):
    """With its report before the area director: put forward, not signed."""
    people = leak_canaries.participants(request)
    leak_canaries.fill_round_with_canaries(round_, people)
    scenarios.report_prepared(round_, by=people.group_director, number=NUMBER)
    return round_


@pytest.fixture
def former_director(school):
    """Who left the school yesterday, and whose account is still open."""
    user = user_with_role(Role.SCHOOL_DIRECTOR, "former_director", school=school)
    user.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    return user


@pytest.fixture
def other_chair(db):
    return user_with_role(Role.CLUSTER_CHAIR, "other_chair", cluster=ClusterFactory())


@pytest.fixture
def other_subcommittee(db):
    return user_with_role(Role.SUBCOMMITTEE_MEMBER, "other_subcommittee", cluster=ClusterFactory())


# How each stands to the marked school; the area's own people read it all.
STRANGERS = ("outsider_director", "former_director", "other_chair", "other_subcommittee")
BY_NAME_ONLY = ("cluster_chair", "administrator")
OF_THE_SCHOOL = ("school_director", "academic_teacher")


def test_each_reads_what_is_theirs(request, login, canary_round, school, group_director):
    """Followed by links from home, and asked for at every address where somebody read a secret."""
    secrets = (*leak_canaries.SECRET_CANARIES, *leak_canaries.PUBLIC_CANARIES, NUMBER)
    told = crawl(login(group_director), HOME)
    assert set(addresses_of_words(secrets, told)) == set(secrets), (
        "somebody must be able to read each"
    )
    addresses = [url for url, text in told.items() if any(word in text for word in secrets)]

    def read_by(who):
        return crawl(login(request.getfixturevalue(who)), HOME, *addresses)

    for who in STRANGERS:
        assert addresses_of_words((*secrets, school.short_name), read_by(who)) == {}, who
    for who in BY_NAME_ONLY:
        assert addresses_of_words(secrets, read_by(who)) == {}, who
    for who in OF_THE_SCHOOL:
        found = addresses_of_words(leak_canaries.SECRET_CANARIES, read_by(who))
        assert set(found) == set(leak_canaries.SCHOOL_CANARIES), who
