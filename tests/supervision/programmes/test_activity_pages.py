"""An activity of the plan: planned, changed, begun, noted, finished, called off, its evidence."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.programmes.models import Activity
from supervision.programmes.models.activities import WORK_OR_GROUP
from supervision.programmes.plans import activity_actions as actions
from supervision.programmes.plans import plan_actions
from supervision.programmes.plans.enums import ActivityState
from supervision.standards.models import WorkGroup
from supervision.workflow.queries import workflow_history
from tests import scenarios
from tests.factories import WorkFactory
from tests.sample_files import jpeg, stored_files
from tests.school_facts import ProjectKindFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(group_director):
    return scenarios.plan_drafted(by=group_director)


@pytest.fixture
def activity(group_director, area_director, supervisor, school):
    """Of an approved plan, owned by the supervisor, for our school."""
    plan = scenarios.plan_approved(
        group_director=group_director,
        area_director=area_director,
        owner=supervisor,
        schools=[school],
    )
    return plan.activities.get()


def typed(**changes):
    """What a person types into the form of an activity."""
    return {
        "title": "อบรมครูสอนอ่าน",
        "kind": "school_based",
        "work": WorkFactory().pk,
        "objective": "ครูสอนอ่านได้ผล",
        "target_text": "ครู 20 คน",
        "starts_on": "1/12/2569",
        "ends_on": "2/12/2569",
        "budget_planned": "๑๒,๕๐๐",
        "indicator_text_1": "ครูที่ร่วม",
        "indicator_target_1": "ร้อยละ 80",
        "indicator_kind_1": "quantitative",
    } | changes


def add(client, plan, **changes):
    return client.post(reverse("activity_new", args=[plan.pk]), typed(**changes))


def test_a_supervisor_plans_an_activity_of_their_own(login, supervisor, plan, school):
    response = add(login(supervisor), plan, target_schools=[school.pk])
    activity = plan.activities.get()
    assert response.url == activity.get_absolute_url()
    assert (activity.owner, activity.budget_planned) == (supervisor, Decimal(12500))
    assert list(activity.target_schools.all()) == [school]
    assert [str(one) for one in activity.indicators.all()] == ["ครูที่ร่วม"]


def test_a_group_without_works_stands_for_its_work(login, supervisor, plan):
    """The manual gives 4.1 งานธุรการ no works; a group that has works is not offered."""
    general = WorkGroup.objects.create(code="4.1", name="งานธุรการ")
    divided = WorkFactory().work_group
    client = login(supervisor)
    assert add(client, plan, work="", work_group=divided.pk).status_code == 200
    both = add(client, plan, work_group=general.pk).content.decode()
    neither = add(client, plan, work="").content.decode()
    assert both.count(WORK_OR_GROUP) == neither.count(WORK_OR_GROUP) == 2  # the box and the summary
    add(client, plan, work="", work_group=general.pk, target_schools=[])
    activity = plan.activities.get()
    assert (activity.work, activity.subject) == (None, general)
    for page in (activity.get_absolute_url(), plan.get_absolute_url()):
        assert "4.1 งานธุรการ" in client.get(page).content.decode()
    listed = client.get(reverse("activities"), {"work_group": general.pk})
    assert [line.activity for line in listed.context["lines"]] == [activity]
    other = client.get(reverse("activities"), {"work_group": divided.pk})
    assert not other.context["lines"]


def test_an_activity_sent_twice_is_one(login, supervisor, plan):
    client, work = login(supervisor), WorkFactory().pk
    add(client, plan, work=work)
    assert "อยู่แล้ว" in add(client, plan, work=work).content.decode()
    assert plan.activities.count() == 1


def test_the_group_director_names_the_owner(login, group_director, supervisor, plan):
    add(login(group_director), plan, owner=supervisor.pk)
    assert plan.activities.get().owner == supervisor


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"starts_on": "1/9/2569"}, "วันเริ่มต้องอยู่ในปีงบประมาณ 2570"),
        ({"ends_on": "30/11/2569"}, "วันสิ้นสุดต้องไม่ก่อนวันเริ่ม"),
        ({"budget_planned": "-1"}, "ต้องไม่น้อยกว่า 0"),
        ({"budget_planned": "มาก"}, "เป็นตัวเลข"),
        ({"kind": "project_based"}, "โปรดระบุโครงการ"),
        ({"target_text": ""}, "โปรดเลือกโรงเรียนเป้าหมาย"),
        ({"indicator_target_1": ""}, "โปรดกรอกค่าเป้าหมายของตัวชี้วัดที่ 1"),
        ({"indicator_text_1": ""}, "โปรดกรอกตัวชี้วัดที่ 1"),
        ({"indicator_kind_1": ""}, "โปรดเลือกประเภทของตัวชี้วัดที่ 1"),
        ({"objective": "ก" * 10_001}, "ยาวเกิน 10,000 ตัวอักษร"),
        ({"target_schools": ["0"]}, "โรงเรียนเป้าหมาย"),
    ],
)
def test_what_makes_no_sense_is_asked_for_again(login, supervisor, plan, changes, message):
    assert message in add(login(supervisor), plan, **changes).content.decode()
    assert not plan.activities.exists()


def test_an_activity_begun_from_information_keeps_it(login, supervisor, plan):
    source, client = plan.sources.get(), login(supervisor)
    url = f"{reverse('activity_new', args=[plan.pk])}?source={source.pk}"
    assert f"เพื่อแก้ไขหรือพัฒนา: {source}" in client.get(url).content.decode()
    assert client.get(reverse("activity_new", args=[plan.pk]) + "?source=" + "9" * 5_000)
    client.post(url, typed())
    assert plan.activities.get().source == source


def test_the_projects_of_manual_and_office_are_offered_with_their_origin(login, supervisor, plan):
    ProjectKindFactory(name="โรงเรียนวิถีพุทธ", provenance="คู่มือ ข้อ 4.2")
    page = login(supervisor).get(reverse("activity_new", args=[plan.pk])).content.decode()
    assert 'value="โรงเรียนวิถีพุทธ" label="คู่มือ ข้อ 4.2"' in page


def test_nothing_begins_before_the_plan_is_approved(login, supervisor, plan):
    activity = scenarios.activity_planned(plan, by=supervisor)
    client = login(supervisor)
    for name in ("activity_begin", "activity_progress", "activity_finish"):
        assert client.post(reverse(name, args=[activity.pk])).status_code == 409
    activity.refresh_from_db()
    assert activity.state == ActivityState.PLANNED


def test_a_change_of_an_approved_plan_says_why_and_what_stood_there(login, supervisor, activity):
    client, url = login(supervisor), reverse("activity_edit", args=[activity.pk])
    version = client.get(url).context["form"].initial["version"]
    changed = typed(title="นิเทศการเขียน", version=version)
    assert "โปรดระบุเหตุผล" in client.post(url, changed).content.decode()
    client.post(url, changed | {"reason": "โรงเรียนขอ"})
    activity.refresh_from_db()
    assert activity.title == "นิเทศการเขียน"
    said = workflow_history(activity)[0].reason
    assert "โรงเรียนขอ" in said
    assert "ชื่อกิจกรรม (เดิม: นิเทศการอ่าน)" in said
    assert "โรงเรียนเป้าหมาย (เดิม: 1 โรงเรียน)" in said


def test_what_another_saved_meanwhile_is_not_overwritten(login, supervisor, activity):
    client, url = login(supervisor), reverse("activity_edit", args=[activity.pk])
    version = client.get(url).context["form"].initial["version"]
    facts = scenarios.activity_facts(owner=supervisor, title="ของผู้อื่น")
    actions.update_activity(activity, facts, by=supervisor, reason="ก")
    page = client.post(url, typed(version=version, reason="ข")).content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของผู้อื่น”" in page


def test_an_activity_saved_as_it_was_changes_nothing(supervisor, activity):
    facts = scenarios.activity_facts(owner=supervisor, schools=activity.target_schools.all())
    assert not actions.update_activity(activity, facts, by=supervisor)


def test_another_supervisors_activity_is_read_only(login, other_supervisor, activity):
    client = login(other_supervisor)
    page = client.get(activity.get_absolute_url()).content.decode()
    assert reverse("activity_progress", args=[activity.pk]) not in page
    assert client.post(reverse("activity_begin", args=[activity.pk])).status_code == 403


def test_who_works_on_it_notes_progress(login, other_supervisor, activity):
    activity.team.add(other_supervisor)
    client, url = login(other_supervisor), reverse("activity_progress", args=[activity.pk])
    tomorrow = "19/11/2569"
    note = {"noted_on": "18/11/2569", "percent": "40", "text": "อบรมรุ่นที่ 1 แล้ว"}
    assert "ยังมาไม่ถึง" in client.post(url, note | {"noted_on": tomorrow}).content.decode()
    assert "ไม่เกิน 100" in client.post(url, note | {"percent": "101"}).content.decode()
    client.post(url, note)
    activity.refresh_from_db()
    assert activity.state == ActivityState.IN_PROGRESS
    assert activity.progress.get().percent == 40


def test_spending_more_than_planned_is_asked_about(login, supervisor, activity):
    client, url = login(supervisor), reverse("activity_finish", args=[activity.pk])
    row = activity.indicators.get()
    result = {
        "result": "ครูทุกคนนำไปใช้",
        "budget_spent": "1,500",
        f"result_{row.pk}": "ร้อยละ 85",
        f"achieved_{row.pk}": "yes",
    }
    assert "เกินที่ตั้งไว้" in client.post(url, result).content.decode()
    client.post(url, result | {"over_budget": "on"})
    activity.refresh_from_db()
    row.refresh_from_db()
    assert (activity.state, activity.budget_spent) == (ActivityState.DONE, Decimal(1500))
    assert (row.result, row.is_achieved) == ("ร้อยละ 85", True)
    assert client.post(url, result).status_code == 409


def test_an_indicator_is_not_judged_without_its_result(login, supervisor, activity):
    row = activity.indicators.get()
    url = reverse("activity_finish", args=[activity.pk])
    result = {"result": "ก", "budget_spent": "0", f"achieved_{row.pk}": "no"}
    page = login(supervisor).post(url, result).content.decode()
    assert "ก่อนตัดสิน" in page


def test_a_recorded_result_is_corrected_with_a_reason(login, supervisor, activity):
    scenarios.activity_finished(activity, by=supervisor)
    client, url = login(supervisor), reverse("activity_correct", args=[activity.pk])
    result = {"result": "ครูเกือบทุกคน", "budget_spent": "950"}
    assert "โปรดระบุเหตุผล" in client.post(url, result).content.decode()
    client.post(url, result | {"reason": "พิมพ์ผิด"})
    activity.refresh_from_db()
    assert activity.result == "ครูเกือบทุกคน"
    assert workflow_history(activity)[0].reason == "พิมพ์ผิด (งบประมาณที่ใช้ เดิม: 900 บาท)"


def test_an_activity_is_called_off_with_a_reason_and_leaves_the_school(
    login, supervisor, school_director, activity
):
    client, url = login(supervisor), reverse("activity_cancel", args=[activity.pk])
    assert "โปรดระบุเหตุผล" in client.post(url).content.decode()
    client.post(url, {"reason": "งบประมาณไม่ได้รับ"})
    activity.refresh_from_db()
    assert activity.state == ActivityState.CANCELLED
    assert login(school_director).get(activity.get_absolute_url()).status_code == 404
    with pytest.raises(ActionRefused):
        actions.begin_activity(activity, by=supervisor)


def test_a_school_reads_its_activity_without_budget_or_other_schools(
    login, school_director, outsider_director, other_school, activity
):
    activity.target_schools.add(other_school)
    page = login(school_director).get(activity.get_absolute_url()).content.decode()
    assert "ครูสอนอ่านได้ผล" in page
    assert "บาท" not in page
    assert other_school.name not in page
    listed = login(school_director).get(reverse("activities")).content.decode()
    assert str(activity) in listed
    activity.target_schools.remove(other_school)
    assert login(outsider_director).get(activity.get_absolute_url()).status_code == 404


def test_activities_of_a_draft_are_the_offices_alone(login, supervisor, school, school_director):
    plan = scenarios.plan_drafted(by=supervisor)
    activity = scenarios.activity_planned(plan, by=supervisor, schools=[school])
    assert login(school_director).get(activity.get_absolute_url()).status_code == 404


def test_evidence_is_kept_shown_and_taken_away(
    login, supervisor, clerk, activity, django_capture_on_commit_callbacks
):
    client = login(supervisor)
    photo = SimpleUploadedFile("ภาพ.jpg", jpeg())
    add_url = reverse("activity_evidence_add", args=[activity.pk])
    client.post(add_url, {"caption": "ภาพการอบรม", "file": photo})
    evidence = activity.evidence.get()
    shown = login(clerk).get(reverse("activity_file", args=[evidence.pk]))
    assert shown.getvalue()
    remove = reverse("activity_evidence_remove", args=[evidence.pk])
    assert "โปรดระบุเหตุผล" in client.post(remove).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(remove, {"reason": "ผู้ปกครองไม่ยินยอม"})
    assert not activity.evidence.exists()
    assert "ภาพการอบรม" in workflow_history(activity)[0].reason
    assert not stored_files()


def test_the_list_is_filtered(login, supervisor, group_director, activity):
    plan = activity.plan
    late = scenarios.activity_planned(
        plan,
        by=group_director,
        reason="ก",
        title="วิจัยชั้นเรียน",
        kind="research",
        starts_on=timezone.localdate() - timedelta(days=20),
        ends_on=timezone.localdate() - timedelta(days=10),
    )
    cluster = activity.target_schools.get().memberships.get().cluster

    def titles(**asked):
        page = login(supervisor).get(reverse("activities"), asked)
        return {line.activity.title for line in page.context["lines"]}

    both = {activity.title, late.title}
    assert titles() == both
    assert titles(kind="research") == titles(state="late") == titles(q="วิจัย") == {late.title}
    assert titles(owner=supervisor.pk) == titles(cluster=cluster.pk) == {activity.title}
    assert titles(work=activity.work_id, plan=plan.pk) == both
    assert titles(work_group=activity.work.work_group_id) == both
    assert titles(kind="unknown") == both


def test_the_list_asks_as_often_for_three_as_for_one(login, supervisor, group_director, activity):
    client = login(supervisor)

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("activities"))
        return len(found)

    queries()  # the first page of a session asks more
    once = queries()
    for title in ("ก", "ข"):
        scenarios.activity_planned(activity.plan, by=group_director, reason="ก", title=title)
    assert queries() == once <= 15


def test_the_form_asks_little(login, group_director, activity, django_assert_max_num_queries):
    client, url = login(group_director), reverse("activity_edit", args=[activity.pk])
    client.get(url)  # the first page of a session asks more
    with django_assert_max_num_queries(15):
        assert client.get(url).status_code == 200


def test_a_proposed_plan_takes_no_change(supervisor, group_director, plan):
    activity = scenarios.activity_planned(plan, by=supervisor)
    plan_actions.propose_plan(plan, by=group_director)
    facts = scenarios.activity_facts(owner=supervisor, title="อื่น")
    with pytest.raises(ActionRefused, match="ระหว่างเสนอขออนุมัติ"):
        actions.update_activity(activity, facts, by=supervisor)
    assert Activity.objects.get().title == "นิเทศการอ่าน"
