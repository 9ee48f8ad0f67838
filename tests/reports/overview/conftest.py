"""Schools with results, made by the portal's own actions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import scenarios
from tests.factories import IndicatorSetFactory, RoundFactory, SchoolFactory, TermFactory


@pytest.fixture
def chosen_set(db):
    """The set that all schools of these tests are judged by; its targets are 3.00."""
    return IndicatorSetFactory(name="ชุดของทุกโรงเรียน")


@pytest.fixture
def earlier_term(term):
    """The term before the one in force."""
    opens_on = timezone.localdate() - timedelta(days=200)
    return TermFactory(number=1, opens_on=opens_on, closes_on=opens_on + timedelta(days=150))


@pytest.fixture
def judge(term, cluster, chosen_set, supervisor, school_director):
    """Give a school the same level on all indicators: `judge("ก", 4)`, or `own=5` of its own.

    Returns the visit. Without `own` the school assesses itself as the supervisor does.
    """
    schools = {}

    def give(name, level, *, own=None, of_term=None, in_cluster=None, chosen=None):
        if name not in schools:
            schools[name] = SchoolFactory(
                name=f"โรงเรียน{name}", cluster=in_cluster or cluster, sort_key=name
            )
        round_ = RoundFactory(
            school=schools[name], term=of_term or term, indicator_sets=[chosen or chosen_set]
        )
        scenarios.self_assessment_confirmed(round_, by=school_director, level=own or level)
        return scenarios.visit_signed(round_, by=supervisor, level=level)

    return give
