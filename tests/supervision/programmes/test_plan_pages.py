"""The plan of a fiscal year: drafted, what it rests on, proposed, approved, changed afterwards."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.core.errors import ActionRefused
from supervision.programmes.models import SupervisionPlan
from supervision.programmes.plans import plan_actions
from supervision.programmes.plans.enums import PlanSourceKind, PlanState
from supervision.programmes.plans.plan_pages import terms_in_fiscal_year
from supervision.workflow.queries import workflow_history
from tests import scenarios
from tests.factories import NeedsAreaFactory

pytestmark = pytest.mark.django_db
YEAR = 2570  # the clock of the tests stands in November 2569


@pytest.fixture
def plan(group_director):
    return scenarios.plan_drafted(by=group_director)


@pytest.fixture
def approved(group_director, area_director):
    return scenarios.plan_approved(group_director=group_director, area_director=area_director)


def test_the_group_director_begins_the_plan_of_a_year(login, group_director):
    client = login(group_director)
    response = client.post(reverse("year_plan_new"), {"fiscal_year": "๒๕๗๐", "aims": "ก"})
    plan = SupervisionPlan.objects.get()
    assert response.url == plan.get_absolute_url()
    assert (plan.fiscal_year, plan.state) == (YEAR, PlanState.DRAFT)
    again = client.post(reverse("year_plan_new"), {"fiscal_year": YEAR}).content.decode()
    assert "มีแผนของปีงบประมาณ 2570 แล้ว" in again


def test_a_year_of_the_common_era_is_refused(login, group_director):
    page = login(group_director).post(reverse("year_plan_new"), {"fiscal_year": "2027"})
    assert "พ.ศ." in page.content.decode()
    assert not SupervisionPlan.objects.exists()


def test_the_page_says_which_terms_fall_into_the_fiscal_year(login, supervisor, plan, term):
    assert terms_in_fiscal_year(plan) == [term]
    page = login(supervisor).get(plan.get_absolute_url()).content.decode()
    assert f"ภาคเรียนที่ {term}" in page
    assert "ปีงบประมาณกับปีการศึกษา" in page


def test_needs_results_and_advice_are_offered_and_kept_as_they_read(
    login,
    round_,
    supervisor,
    school_director,
    group_director,
    plan,
    django_assert_max_num_queries,
):
    NeedsAreaFactory()
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    client, url = login(supervisor), reverse("year_plan_sources", args=[plan.pk])
    client.get(url)  # the first page of a session asks more
    with django_assert_max_num_queries(15):
        page = client.get(url)
    offered = [one for group in page.context["groups"] for one in group.candidates]
    assert {one.kind for one in offered} == {
        PlanSourceKind.NEED,
        PlanSourceKind.RESULT,
        PlanSourceKind.ADVICE,
    }
    client.post(url, {"source": [one.key for one in offered]})
    kept = plan.sources.exclude(kind=PlanSourceKind.WORK)
    assert {source.text for source in kept} == {one.text for one in offered}
    client.post(url, {"source": [one.key for one in offered]})
    assert kept.count() == len(offered), "nothing is written down twice"


def test_own_information_is_added_once_and_taken_out_of_a_draft(login, supervisor, plan):
    client = login(supervisor)
    add = reverse("year_plan_source_add", args=[plan.pk])
    client.post(add, {"text": "ผลการทดสอบระดับชาติ"})
    assert "ไว้แล้ว" in client.post(add, {"text": "ผลการทดสอบระดับชาติ"}).content.decode()
    assert "โปรดกรอกข้อมูล" in client.post(add, {"text": ""}).content.decode()
    source = plan.sources.get(text="ผลการทดสอบระดับชาติ")
    client.post(reverse("year_plan_source_delete", args=[source.pk]))
    assert not plan.sources.filter(pk=source.pk).exists()


def test_information_that_an_activity_came_of_stays(supervisor, plan):
    source = plan.sources.get()
    activity = scenarios.activity_planned(plan, by=supervisor)
    activity.source = source
    activity.save()
    with pytest.raises(ActionRefused, match="มีกิจกรรมที่เริ่มจากข้อมูลนี้"):
        plan_actions.delete_plan_source(source)


def test_a_plan_without_activities_is_not_proposed(login, group_director, plan):
    client, url = login(group_director), reverse("year_plan_propose", args=[plan.pk])
    refused = client.post(url)
    assert refused.status_code == 409
    assert "กิจกรรม อย่างน้อย 1 กิจกรรม" in refused.content.decode()
    scenarios.activity_planned(plan, by=group_director)
    client.post(url)
    plan.refresh_from_db()
    assert plan.state == PlanState.PROPOSED
    assert client.post(reverse("year_plan_edit", args=[plan.pk])).status_code == 409


def test_the_area_director_returns_with_a_reason_and_approves(
    login, group_director, area_director, plan
):
    scenarios.activity_planned(plan, by=group_director)
    plan_actions.propose_plan(plan, by=group_director)
    client = login(area_director)
    url = reverse("year_plan_return", args=[plan.pk])
    assert "โปรดระบุเหตุผล" in client.post(url, {"reason": ""}).content.decode()
    client.post(url, {"reason": "เพิ่มกิจกรรมวิจัย"})
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT
    plan_actions.propose_plan(plan, by=group_director)
    client.post(reverse("year_plan_approve", args=[plan.pk]))
    plan.refresh_from_db()
    assert (plan.state, plan.approved_by) == (PlanState.APPROVED, area_director)
    assert plan.approved_as


def test_an_approved_plan_changes_with_a_reason_that_is_logged(login, group_director, approved):
    client, url = login(group_director), reverse("year_plan_edit", args=[approved.pk])
    version = client.get(url).context["form"].initial["version"]
    texts = {"aims": "ครบทุกโรงเรียน", "analysis": "", "version": version}
    assert "โปรดระบุเหตุผล" in client.post(url, texts).content.decode()
    client.post(url, texts | {"reason": "นโยบายใหม่"})
    approved.refresh_from_db()
    assert approved.aims == "ครบทุกโรงเรียน"
    assert workflow_history(approved)[0].reason == "นโยบายใหม่"


def test_two_people_do_not_overwrite_each_other(login, group_director, plan):
    client, url = login(group_director), reverse("year_plan_edit", args=[plan.pk])
    version = client.get(url).context["form"].initial["version"]
    plan_actions.update_plan_texts(plan, by=group_director, analysis="", aims="ของผู้อื่น")
    page = client.post(url, {"aims": "ของฉัน", "analysis": "", "version": version})
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของผู้อื่น”" in page.content.decode()


def test_a_school_sees_ways_on_but_no_plan(login, school_director, approved):
    client = login(school_director)
    page = client.get(reverse("year_plans")).content.decode()
    assert approved.get_absolute_url() not in page
    assert reverse("activities") in page
    assert client.get(approved.get_absolute_url()).status_code == 404


def test_the_plan_asks_as_often_for_three_activities_as_for_one(
    login, supervisor, group_director, plan
):
    client = login(supervisor)

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(plan.get_absolute_url())
        return len(found)

    scenarios.activity_planned(plan, by=group_director)
    queries()  # the first page of a session asks more
    once = queries()
    for title in ("ก", "ข"):
        scenarios.activity_planned(plan, by=supervisor, title=title)
    assert queries() == once <= 15
