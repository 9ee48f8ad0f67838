"""Selected good practices, and their certificates."""

import pytest
from django.utils import timezone

from reports.certificates.actions import issue_certificates
from tests import scenarios
from tests.factories import RoundFactory


@pytest.fixture
def select_practice(supervisor, group_director):
    """Nominate a practice in a round and select it."""

    def select(round_, title="ห้องเรียนแห่งการอ่าน"):
        return scenarios.practice_selected(
            round_, supervisor=supervisor, group_director=group_director, title=title
        )

    return select


@pytest.fixture
def practice(select_practice, round_):
    return select_practice(round_)


@pytest.fixture
def other_practice(select_practice, other_school, term):
    """Selected in another school."""
    return select_practice(RoundFactory(school=other_school, term=term), "ตลาดนัดความรู้")


@pytest.fixture
def give(area_director):
    """Sign the certificates of these practices today, from this number on."""

    def issue(*chosen, first_number=1):
        return issue_certificates(
            chosen, by=area_director, given_on=timezone.localdate(), first_number=first_number
        )

    return issue


@pytest.fixture
def certificate(give, practice):
    [given] = give(practice)
    return given
