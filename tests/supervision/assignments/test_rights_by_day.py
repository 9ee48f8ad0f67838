"""An order moves a cluster on a day: what its two supervisors may do the day before and after."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.models import User
from supervision.assignments.drafting import actions as drafting
from supervision.assignments.enums import DutyKind
from supervision.visits import actions as visits
from tests import scenarios
from tests.supervision.assignments.conftest import day, issue

pytestmark = pytest.mark.django_db
MOVES_IN = 7
# Who had nothing but the cluster sees nothing afterwards; the other read the school before.
EXPECTED = [200, 404, 403, 200]


@pytest.fixture
def moved(draft_order, supervisor, other_supervisor, cluster, area_director, clerk):
    """The cluster goes from one supervisor to the other in a week."""
    old = draft_order((supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    issue(old, by=area_director, effective_on=day(-9))
    new = draft_order((other_supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    drafting.add_supersession(new, by=clerk, superseded=old, text="")
    issue(new, by=area_director, first=2, effective_on=day(MOVES_IN))


def statuses(ask, *people):
    """What each gets the day before the move and the day after it began."""
    found = []
    for person in people:
        for days in (MOVES_IN - 1, MOVES_IN):
            with time_machine.travel(timezone.now() + timedelta(days=days)):
                client, user = Client(), User.objects.get(pk=person.pk)
                client.force_login(user)
                found.append(ask(client, user).status_code)
    return found


def test_on_a_page(moved, round_, supervisor, other_supervisor):
    page = reverse("visit_plan", args=[round_.pk])
    asked = statuses(lambda client, user: client.get(page), supervisor, other_supervisor)
    assert asked == EXPECTED


def test_in_what_a_page_sends_in_the_background(moved, round_, supervisor, other_supervisor):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    address = reverse("sheet_edits", args=[visit.sheet_id])

    def send(client, user):
        edits = {"user": user.pk, "edits": []}
        return client.post(address, edits, content_type="application/json")

    assert statuses(send, supervisor, other_supervisor) == EXPECTED


def test_on_the_school_page_and_on_the_own_home(moved, round_, supervisor, other_supervisor):
    page, home = round_.get_absolute_url(), reverse("home")
    for days, named in ((MOVES_IN - 1, supervisor), (MOVES_IN, other_supervisor)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            client = Client()
            client.force_login(User.objects.get(pk=named.pk))
            assert str(named) in client.get(page).content.decode()
            assert round_.school.short_name in client.get(home).content.decode()
