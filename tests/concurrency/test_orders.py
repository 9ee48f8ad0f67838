"""Orders that two people sign at once, or that replace the same order."""

import pytest

from supervision.assignments.drafting import actions as drafting
from supervision.assignments.enums import DutyKind
from supervision.assignments.models import Duty
from tests.concurrency.parallel import (
    ONE_DONE_ONE_REFUSED,
    count_outcomes,
    reloaded,
    run_together,
)
from tests.supervision.assignments.conftest import (  # noqa: F401  used as fixtures
    cluster_duty,
    day,
    draft_order,
    issue,
    new_cluster,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_sign_one_order(cluster_duty, area_director, supervisor, new_cluster):  # noqa: F811
    outcomes = run_together(
        lambda: issue(reloaded(cluster_duty), by=area_director, first=1),
        lambda: issue(reloaded(cluster_duty), by=area_director, first=2),
    )
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED
    assert supervisor.appointments.filter(cluster=new_cluster).count() == 1


def test_two_orders_replace_the_same(draft_order, supervisor, cluster, area_director, clerk):  # noqa: F811
    old = draft_order((supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    issue(old, by=area_director, effective_on=day(-9))
    drafts = [drafting.copy_order(old, by=clerk) for _ in range(2)]
    outcomes = run_together(
        lambda: issue(reloaded(drafts[0]), by=area_director, first=2),
        lambda: issue(reloaded(drafts[1]), by=area_director, first=3),
    )
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED
    assert Duty.objects.in_force(day()).count() == 1
