"""An order that names a person, and the end of their duties, stand among that person's notices."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from supervision.assignments.drafting import actions as drafting
from supervision.assignments.ending import end_officer_duties
from supervision.assignments.enums import DutyKind
from tests.supervision.assignments.conftest import (
    cluster_duty,
    day,
    draft_order,
    issue,
    new_cluster,
)

__all__ = ["cluster_duty", "draft_order", "new_cluster"]
pytestmark = pytest.mark.django_db


def titles(client):
    page = client.get(reverse("notices"))
    return [row.title for row in page.context["notices"].coming if "หน้าที่" in row.title]


@pytest.fixture
def issued(cluster_duty, area_director):
    return issue(cluster_duty, by=area_director, first=195)


def test_who_is_named_learns_of_it_and_nobody_else(
    login, issued, supervisor, other_supervisor, area_director
):
    (title,) = titles(login(supervisor))
    assert f"{issued} มอบหมายหน้าที่ให้คุณ" in title
    page = login(supervisor).get(reverse("notices")).content.decode()
    assert reverse("my_duties") in page
    assert "เพื่อทราบ" in page
    assert titles(login(other_supervisor)) == titles(login(area_director)) == []
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert titles(login(supervisor)) == []


def test_the_end_of_duties_is_told(login, issued, supervisor, clerk):
    end_officer_duties(issued.officers.get(), by=clerk, last_day=day(2), reason="ย้าย")
    told = titles(login(supervisor))
    assert any(f"หน้าที่ของคุณตาม{issued} สิ้นสุด มีผลถึง" in title for title in told)
    assert len(told) == 2


def test_a_newer_order_ends_them(
    login, issued, supervisor, other_supervisor, new_cluster, draft_order, area_director, clerk
):
    newer = draft_order((other_supervisor, DutyKind.CLUSTER, {"cluster": new_cluster}))
    drafting.add_supersession(newer, by=clerk, superseded=issued, text="")
    issue(newer, by=area_director, first=196, effective_on=day(5))
    assert any("สิ้นสุด" in title for title in titles(login(supervisor)))
    assert not any("สิ้นสุด" in title for title in titles(login(other_supervisor)))
