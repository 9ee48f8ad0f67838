"""Advice that the area office owes: a post of the office sees it through for a school."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.improvement import actions
from supervision.improvement.enums import Owner, RecommendationState
from tests import walk

TEXT = "จัดสรรสื่อซ่อมเสริมการอ่านให้โรงเรียน"


@pytest.fixture
def owed(round_, supervisor, school_director, group_director):
    """The work group's head owes the school reading material; the school agreed to it."""
    walk.self_assessment_confirmed(round_, by=school_director)
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    walk.decided(round_, by=group_director)
    summary = actions.start(round_, by=supervisor)
    facts = {"owner": Owner.WORK_GROUP_HEAD, "due_on": timezone.localdate() + timedelta(days=3)}
    advice = actions.recommend(summary, by=supervisor, text=TEXT, **facts)
    actions.propose(summary, by=supervisor)
    actions.agree(summary, by=school_director)
    advice.refresh_from_db()
    return advice


def titles(login, user):
    return [item.title for item in login(user).get("/").context["home"].waiting]


def test_the_form_offers_posts_of_the_office(login, supervisor, owed):
    actions.reopen(owed.round.summary, by=supervisor, reason="เพิ่มข้อ")
    url = reverse("recommendation_add", args=[owed.round.summary.pk])
    page = login(supervisor).get(url).content.decode()
    assert "สำนักงานเขตพื้นที่ฯ · ผู้อำนวยการกลุ่มนิเทศฯ" in page
    due = timezone.localdate() + timedelta(days=9)
    sent = {"text": "ติดตั้งอินเทอร์เน็ต", "owner": "group_director"}
    login(supervisor).post(url, sent | {"due_on": f"{due:%d/%m}/{due.year + 543}"})
    added = owed.round.recommendations.get(text="ติดตั้งอินเทอร์เน็ต")
    assert added.owner == Owner.GROUP_DIRECTOR


def test_it_waits_on_the_home_of_who_holds_the_post_alone(
    login, owed, work_group_head, area_director, group_director
):
    act = "ดำเนินการตามข้อเสนอแนะ ของเรา"
    assert act in titles(login, work_group_head)
    assert act not in titles(login, area_director) + titles(login, group_director)


def test_the_ledger_names_the_office_and_can_be_asked_for_it(login, owed, school_director):
    url = reverse("recommendations")
    page = login(school_director).get(url).content.decode()
    assert "สำนักงานเขตพื้นที่ฯ · " in page
    asked = login(school_director).get(url, {"owner": Owner.WORK_GROUP_HEAD})
    assert [line.advice for line in asked.context["lines"]] == [owed]


def test_the_post_reports_and_the_supervisor_closes(login, owed, work_group_head, supervisor):
    head, page = login(work_group_head), owed.get_absolute_url()
    assert "รายงานความก้าวหน้า" in head.get(page).content.decode()
    report = reverse("recommendation_report", args=[owed.pk])
    head.post(report, {"text": "ส่งสื่อ 2 ชุดแล้ว", "is_done": "on"})
    owed.refresh_from_db()
    assert owed.state == RecommendationState.DONE
    assert "ดำเนินการตามข้อเสนอแนะ ของเรา" not in titles(login, work_group_head)
    assert "ตรวจหลักฐานตามข้อเสนอแนะ ของเรา" in titles(login, supervisor)
    close = reverse("recommendation_close", args=[owed.pk])
    login(supervisor).post(close, {"proof": "ใบรับสื่อ"})
    owed.refresh_from_db()
    assert owed.state == RecommendationState.CLOSED


def test_not_yet_goes_back_to_the_post(login, owed, work_group_head, supervisor):
    actions.report_progress(owed, by=work_group_head, text="ส่งแล้ว", is_done=True)
    not_yet = reverse("recommendation_not_yet", args=[owed.pk])
    page = login(supervisor).get(not_yet).content.decode()
    assert "ผู้รับผิดชอบจะเห็นเหตุผลนี้" in page
    login(supervisor).post(not_yet, {"reason": "ยังขาดอีก 1 ชุด"})
    assert "ดำเนินการตามข้อเสนอแนะ ของเรา" in titles(login, work_group_head)


@pytest.mark.parametrize("who", ["area_director", "clerk", "group_director"])
def test_other_posts_of_the_office_do_not_report(request, login, owed, who):
    client = login(request.getfixturevalue(who))
    report = reverse("recommendation_report", args=[owed.pk])
    assert client.post(report, {"text": "ก"}).status_code == 403


def test_a_post_that_ended_owes_nothing(login, owed, work_group_head):
    work_group_head.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    report = reverse("recommendation_report", args=[owed.pk])
    assert login(work_group_head).post(report, {"text": "ก"}).status_code == 404


def test_the_paper_names_the_post(login, owed, group_director):
    paper = login(group_director).get(reverse("term_report", args=[owed.round_id]))
    assert "สำนักงานเขตพื้นที่ฯ · " in paper.content.decode()
