"""Advice that the area office owes: a post of the office sees it through for a school."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.improvement import actions
from supervision.improvement.enums import Assignee, RecommendationState
from tests import scenarios

TEXT = "จัดสรรสื่อซ่อมเสริมการอ่านให้โรงเรียน"


@pytest.fixture
def office_recommendation(round_, supervisor, school_director, group_director):
    """The work group's head owes the school reading material; the school agreed to it."""
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(round_, by=group_director)
    summary = actions.start_summary(round_, by=supervisor)
    facts = {
        "assignee": Assignee.WORK_GROUP_HEAD,
        "due_on": timezone.localdate() + timedelta(days=3),
    }
    advice = actions.create_recommendation(summary, by=supervisor, text=TEXT, **facts)
    actions.propose_summary(summary, by=supervisor)
    actions.agree_to_summary(summary, by=school_director)
    advice.refresh_from_db()
    return advice


def titles(login, user):
    return [item.title for item in login(user).get("/todos/").context["home"].waiting]


def test_the_form_offers_appointments_of_the_office(login, supervisor, office_recommendation):
    actions.reopen_summary(office_recommendation.round.summary, by=supervisor, reason="เพิ่มข้อ")
    url = reverse("recommendation_add", args=[office_recommendation.round.summary.pk])
    page = login(supervisor).get(url).content.decode()
    assert "สำนักงานเขตพื้นที่ฯ · ผู้อำนวยการกลุ่มนิเทศฯ" in page
    due = timezone.localdate() + timedelta(days=9)
    sent = {"text": "ติดตั้งอินเทอร์เน็ต", "assignee": "group_director"}
    login(supervisor).post(url, sent | {"due_on": f"{due:%d/%m}/{due.year + 543}"})
    added = office_recommendation.round.recommendations.get(text="ติดตั้งอินเทอร์เน็ต")
    assert added.assignee == Assignee.GROUP_DIRECTOR


def test_it_is_a_todo_of_the_assigned_appointment_alone(
    login, office_recommendation, work_group_head, area_director, group_director
):
    act = "ดำเนินการตามข้อเสนอแนะ ของเรา"
    assert act in titles(login, work_group_head)
    assert act not in titles(login, area_director) + titles(login, group_director)


def test_the_ledger_names_the_office_and_can_be_asked_for_it(
    login, office_recommendation, school_director
):
    url = reverse("recommendations")
    page = login(school_director).get(url).content.decode()
    assert "สำนักงานเขตพื้นที่ฯ · " in page
    asked = login(school_director).get(url, {"assignee": Assignee.WORK_GROUP_HEAD})
    assert [line.recommendation for line in asked.context["lines"]] == [office_recommendation]


def test_the_assignee_reports_and_the_supervisor_closes(
    login, office_recommendation, work_group_head, supervisor
):
    head, page = login(work_group_head), office_recommendation.get_absolute_url()
    assert "รายงานความก้าวหน้า" in head.get(page).content.decode()
    report = reverse("recommendation_report", args=[office_recommendation.pk])
    head.post(report, {"text": "ส่งสื่อ 2 ชุดแล้ว", "is_done": "on"})
    office_recommendation.refresh_from_db()
    assert office_recommendation.state == RecommendationState.DONE
    assert "ดำเนินการตามข้อเสนอแนะ ของเรา" not in titles(login, work_group_head)
    assert "ตรวจหลักฐานตามข้อเสนอแนะ ของเรา" in titles(login, supervisor)
    close = reverse("recommendation_close", args=[office_recommendation.pk])
    login(supervisor).post(close, {"proof": "ใบรับสื่อ"})
    office_recommendation.refresh_from_db()
    assert office_recommendation.state == RecommendationState.CLOSED


def test_return_for_correction_goes_back_to_the_assignee(
    login, office_recommendation, work_group_head, supervisor
):
    actions.report_progress(office_recommendation, by=work_group_head, text="ส่งแล้ว", is_done=True)
    not_yet = reverse("recommendation_return", args=[office_recommendation.pk])
    page = login(supervisor).get(not_yet).content.decode()
    assert "ผู้รับผิดชอบจะเห็นเหตุผลนี้" in page
    login(supervisor).post(not_yet, {"reason": "ยังขาดอีก 1 ชุด"})
    assert "ดำเนินการตามข้อเสนอแนะ ของเรา" in titles(login, work_group_head)


@pytest.mark.parametrize("who", ["area_director", "clerk", "group_director"])
def test_other_appointments_of_the_office_do_not_report(request, login, office_recommendation, who):
    client = login(request.getfixturevalue(who))
    report = reverse("recommendation_report", args=[office_recommendation.pk])
    assert client.post(report, {"text": "ก"}).status_code == 403


def test_an_appointment_that_ended_owes_nothing(login, office_recommendation, work_group_head):
    work_group_head.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    report = reverse("recommendation_report", args=[office_recommendation.pk])
    assert login(work_group_head).post(report, {"text": "ก"}).status_code == 404


def test_the_report_names_the_appointment(login, office_recommendation, group_director):
    paper = login(group_director).get(reverse("term_report", args=[office_recommendation.round_id]))
    assert "สำนักงานเขตพื้นที่ฯ · " in paper.content.decode()
