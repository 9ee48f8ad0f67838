"""The six steps of P1, the calendar, the feed and the home page of who answers for an activity."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.calendar.feeds import build_calendar_feed
from supervision.programmes.dissemination.enums import (
    Audience,
    DisseminatedKind,
    DisseminationChannel,
    DisseminationState,
)
from supervision.programmes.models import Activity, Dissemination
from supervision.programmes.plans import activity_actions, plan_actions
from supervision.programmes.plans.steps import plan_steps
from supervision.standards.models import StepSheet
from tests import scenarios

pytestmark = pytest.mark.django_db
YEAR = 2570


@pytest.fixture
def activity(group_director, area_director, supervisor, school):
    plan = scenarios.plan_approved(
        group_director=group_director,
        area_director=area_director,
        owner=supervisor,
        schools=[school],
    )
    return plan.activities.get()


def done_steps(plan):
    return [step.no for step in plan_steps(YEAR, plan) if step.is_done]


def test_each_step_is_done_when_its_facts_are_there(
    round_, supervisor, group_director, area_director, school_director
):
    assert done_steps(None) == []
    plan = scenarios.plan_drafted(by=group_director)
    assert done_steps(plan) == [1]
    scenarios.needs_submitted(round_, by=school_director)
    assert done_steps(plan) == [1, 2]
    activity = scenarios.activity_planned(plan, by=supervisor, method="ชี้แนะรายบุคคล")
    plan_actions.propose_plan(plan, by=group_director)
    plan_actions.approve_plan(plan, by=area_director)
    assert done_steps(plan) == [1, 2, 3]
    activity_actions.begin_activity(activity, by=supervisor)
    assert done_steps(plan) == [1, 2, 3, 4]
    scenarios.activity_finished(activity, by=supervisor)
    assert done_steps(plan) == [1, 2, 3, 4, 5]
    Dissemination.objects.create(
        state=DisseminationState.RECORDED,
        kind=DisseminatedKind.SUMMARY,
        title="สรุปผล P1",
        audience=Audience.PARENT_AGENCY,
        channel=DisseminationChannel.LETTER,
        disseminated_on=timezone.localdate(),
        process="P1",
        fiscal_year=YEAR,
        recorded_by=group_director,
    )
    assert done_steps(plan) == [1, 2, 3, 4, 5, 6]


def test_the_task_list_says_the_manuals_timing(login, supervisor, activity):
    StepSheet.objects.create(process="P1", number=3, detail="จัดทำแผนส่งเสริม", timing="ทุกภาคเรียน")
    client = login(supervisor)
    page = client.get(reverse("plan_steps")).content.decode()
    assert "ทุกภาคเรียน" in page
    assert "บันทึกผลแล้ว 0 จาก 1 กิจกรรม" in page
    other = client.get(reverse("plan_steps"), {"year": "2569"}).content.decode()
    assert "ปีงบประมาณ 2569 ยังไม่มีแผน" in other
    assert client.get(reverse("plan_steps"), {"year": "๙"}).status_code == 200


def test_the_steps_of_an_old_plan_are_its_own(login, supervisor, group_director):
    plan = scenarios.plan_drafted(by=group_director, year=2561)
    client = login(supervisor)
    for url in (reverse("plan_steps"), reverse("network_steps")):
        page = client.get(url, {"year": plan.fiscal_year}).content.decode()
        assert "ปีงบประมาณ 2561" in page
        assert "2561" not in client.get(url).content.decode()


def test_an_activity_is_in_the_calendars_of_who_takes_part(
    login, supervisor, other_supervisor, school_director, outsider_director, activity
):
    begins, ends = f"เริ่มกิจกรรม {activity}", f"วันสุดท้ายของกิจกรรม {activity}"
    for person in (supervisor, school_director):
        page = login(person).get(reverse("calendar")).content.decode()
        assert begins in page
        assert ends in page
        feed = build_calendar_feed(person).decode().replace("\r\n ", "")
        assert begins in feed
    for person in (other_supervisor, outsider_director):
        mine = login(person).get(reverse("calendar"), {"who": "mine"}).content.decode()
        assert begins not in mine
    cluster = activity.target_schools.get().memberships.get().cluster_id
    asked = {"who": f"cluster-{cluster}"}
    assert begins in login(other_supervisor).get(reverse("calendar"), asked).content.decode()


def test_an_activity_of_a_draft_is_in_no_calendar(login, supervisor, group_director):
    plan = scenarios.plan_drafted(by=group_director)
    activity = scenarios.activity_planned(plan, by=supervisor)
    assert str(activity) not in login(supervisor).get(reverse("calendar")).content.decode()


def test_an_activity_waits_for_its_owner_from_start_to_result(
    login, supervisor, other_supervisor, term, activity
):
    def titles(person=supervisor):
        home = login(person).get(reverse("home")).context["home"]
        return [item.title for item in home.waiting if str(activity) in item.title]

    def move(days):
        today = timezone.localdate()
        Activity.objects.update(
            starts_on=today + timedelta(days=days), ends_on=today + timedelta(days=days + 60)
        )

    assert titles() == [f"เริ่มกิจกรรม {activity}"]
    assert titles(other_supervisor) == []
    activity_actions.begin_activity(activity, by=supervisor)
    move(-10)
    assert titles() == []
    move(-40)
    assert titles() == [f"บันทึกความก้าวหน้ากิจกรรม {activity}"]
    move(-70)
    assert titles() == [f"บันทึกผลกิจกรรม {activity}"]
    scenarios.activity_finished(activity, by=supervisor)
    assert titles() == []


def test_a_plan_waits_for_who_drafts_it_and_then_for_who_approves_it(
    login, group_director, area_director, term
):
    plan = scenarios.plan_drafted(by=group_director)
    drafting, approving = f"จัดทำและเสนอขออนุมัติ{plan}", f"พิจารณาอนุมัติ{plan}"
    assert drafting in login(group_director).get(reverse("todos")).content.decode()
    scenarios.activity_planned(plan, by=group_director)
    plan_actions.propose_plan(plan, by=group_director)
    assert approving in login(area_director).get(reverse("todos")).content.decode()
    assert drafting not in login(group_director).get(reverse("todos")).content.decode()
