"""What was done under a duty: activities that name it or share its subject, and visits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.assignments.enums import DutyKind
from supervision.programmes.duty_work import activities_of_duty, visits_under_duty
from supervision.standards.models import WorkGroup
from tests import scenarios
from tests.factories import DutyFactory, WorkFactory, WorkProcessFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(group_director, area_director):
    return scenarios.plan_approved(group_director=group_director, area_director=area_director)


@pytest.fixture
def duty(supervisor):
    return DutyFactory(officer__user=supervisor, kind=DutyKind.WORK, work=WorkFactory())


def test_activities_of_the_officer_on_the_duty_s_work_count(
    login, supervisor, other_supervisor, group_director, plan, duty
):
    own = scenarios.activity_planned(plan, by=supervisor, reason="ก", title="ของตน")
    scenarios.activity_planned(plan, by=other_supervisor, reason="ก", title="ของผู้อื่น")
    other_work = WorkFactory(code="4.6.1", name="ประกันคุณภาพ")
    named = scenarios.activity_planned(
        plan, by=group_director, reason="ก", title="ระบุข้อ", work=other_work, duty=duty
    )
    assert set(activities_of_duty(duty)) == {own, named}
    page = login(supervisor).get(reverse("duty_work", args=[duty.pk])).content.decode()
    assert "ของตน" in page
    assert "ระบุข้อ" in page
    assert "ของผู้อื่น" not in page


def test_the_head_of_a_group_without_works_has_its_activities(supervisor, plan):
    group = WorkGroup.objects.create(code="4.1", name="งานธุรการ")
    own = scenarios.activity_planned(plan, by=supervisor, reason="ก", work=None, work_group=group)
    duty = DutyFactory(officer__user=supervisor, kind=DutyKind.WORK_GROUP_HEAD, work_group=group)
    assert list(activities_of_duty(duty)) == [own]


def test_what_was_done_after_the_duty_ended_is_not_its_work(supervisor, plan, duty):
    activity = scenarios.activity_planned(plan, by=supervisor, reason="ก")
    duty.ends_on = activity.starts_on - timedelta(days=1)
    assert activity not in activities_of_duty(duty)


def test_a_duty_without_subject_has_only_what_names_it(supervisor, plan):
    scenarios.activity_planned(plan, by=supervisor, reason="ก")
    duty = DutyFactory(officer__user=supervisor)
    assert not activities_of_duty(duty).exists()
    assert visits_under_duty(duty, timezone.localdate()) is None


def test_visits_count_for_the_work_of_visiting_and_for_a_cluster(round_, supervisor, cluster):
    scenarios.visit_signed(round_, by=supervisor)
    today = timezone.localdate()
    for facts in ({"work": WorkProcessFactory().work}, {"cluster": cluster}):
        found = visits_under_duty(DutyFactory(officer__user=supervisor, **facts), today)
        assert (found.planned, found.signed, found.schools) == (1, 1, 1)


def test_duties_lead_to_what_was_done(login, supervisor, duty, clerk, school_director):
    url = reverse("duty_work", args=[duty.pk])
    assert url in login(supervisor).get(reverse("my_duties")).content.decode()
    assert login(clerk).get(url).status_code == 200
    assert login(school_director).get(url).status_code == 404
    draft = DutyFactory(officer__order__draft=True, officer__user=supervisor)
    assert login(supervisor).get(reverse("duty_work", args=[draft.pk])).status_code == 404
