"""What waits apart from the steps: advice with its assignee, proofs, practices to review and to
choose."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.enums import Role
from supervision.cycle.todos import MAX_SEPARATE_TODOS
from supervision.improvement import actions as improvement
from supervision.improvement.enums import Assignee
from supervision.improvement.models import Recommendation, Summary
from supervision.practices import actions as practices
from supervision.practices.enums import AwardLevel
from tests import scenarios
from tests.factories import ClusterFactory
from tests.personas import user_with_role

FOLLOW = "ดำเนินการตามข้อเสนอแนะ ของเรา"
CHECK = "ตรวจหลักฐานตามข้อเสนอแนะ ของเรา"
REVIEW = "ให้ความเห็นวิธีปฏิบัติที่เป็นเลิศ ของเรา"
SELECT = "คัดเลือกวิธีปฏิบัติที่เป็นเลิศ ของเรา"


def waiting(client):
    return client.get("/todos/").context["home"].waiting


def titles(client) -> list[str]:
    return [item.title for item in waiting(client)]


@pytest.fixture
def advice(round_, supervisor, school_director, group_director):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    return round_.recommendations.get()


@pytest.fixture
def nominated(round_, campaign, supervisor):
    return practices.nominate_practice(round_, by=supervisor, title="ก", process="ข", outcome="ค")


# --- Recommendations ---


def test_advice_waits_for_its_owner_alone(
    login, advice, school_director, academic_teacher, supervisor
):
    (item,) = waiting(login(school_director))
    assert (item.title, item.url) == (FOLLOW, advice.get_absolute_url())
    assert titles(login(academic_teacher)) == titles(login(supervisor)) == []


def test_where_a_school_is_led_it_can_report(login, advice, school_director):
    client = login(school_director)
    page = client.get(waiting(client)[0].url).content.decode()
    assert reverse("recommendation_report", args=[advice.pk]) in page


def test_a_supervisor_closes_what_he_owns(login, advice, supervisor):
    Recommendation.objects.update(assignee=Assignee.SUPERVISOR)
    (item,) = waiting(login(supervisor))
    assert item.url == reverse("recommendation_close", args=[advice.pk])


def test_advice_of_a_summary_not_yet_agreed_does_not_wait(login, advice, school_director):
    Summary.objects.update(state="proposed", agreed_at=None, agreed_by=None)
    Recommendation.objects.update(agreed_at=None)
    assert titles(login(school_director)) == ["เห็นชอบสรุปผล ของเรา"]


def test_work_under_way_still_waits_for_its_owner(login, advice, school_director):
    improvement.report_progress(advice, by=school_director, text="เริ่มแล้ว")
    assert titles(login(school_director)) == [FOLLOW]


def test_what_is_reported_as_done_waits_for_who_checks_it(
    login, advice, school_director, supervisor, other_supervisor, group_director
):
    improvement.report_progress(advice, by=school_director, text="เสร็จแล้ว", is_done=True)
    assert titles(login(school_director)) == []
    (item,) = waiting(login(supervisor))
    assert (item.title, item.url) == (CHECK, advice.get_absolute_url())
    assert CHECK not in titles(login(other_supervisor)) + titles(login(group_director))


def test_what_is_reported_as_done_is_late_no_more(login, advice, school_director, supervisor):
    """On the page, in the ledger's count and in its filter alike."""
    Recommendation.objects.update(due_on=timezone.localdate() - timedelta(days=9))
    improvement.report_progress(advice, by=school_director, text="เสร็จแล้ว", is_done=True)
    page = login(school_director).get(advice.get_absolute_url()).content.decode()
    assert "เกินกำหนด" not in page
    assert "รายงานว่าเสร็จ รอตรวจ" in page
    ledger = login(supervisor).get(reverse("recommendations"), {"show": "late"}).context
    assert (ledger["totals"].late, ledger["totals"].done, ledger["lines"]) == (0, 1, [])


def test_what_is_not_done_yet_goes_back_to_its_owner(login, advice, school_director, supervisor):
    improvement.report_progress(advice, by=school_director, text="เสร็จแล้ว", is_done=True)
    improvement.return_recommendation_for_correction(advice, by=supervisor, reason="ยังขาดภาพถ่าย")
    assert titles(login(school_director)) == [FOLLOW]
    assert titles(login(supervisor)) == []


def test_what_is_closed_waits_for_nobody(login, advice, school_director, supervisor):
    improvement.report_progress(advice, by=school_director, text="เสร็จแล้ว", is_done=True)
    improvement.close_recommendation(advice, by=supervisor, proof="บันทึกการประชุม")
    assert titles(login(school_director)) == titles(login(supervisor)) == []


def test_many_proofs_are_one_line_to_the_ledger(login, advice, school_director, supervisor):
    for number in range(MAX_SEPARATE_TODOS + 1):
        due_on = timezone.localdate() + timedelta(days=number)
        one = Recommendation(school=advice.school, round=advice.round, text=f"ข้อ {number}")
        one.assignee = Assignee.SCHOOL_DIRECTOR
        one.due_on, one.state, one.agreed_at = due_on, "done", timezone.now()
        one.save()
    (item,) = waiting(login(supervisor))
    assert item.title == f"ตรวจหลักฐานตามข้อเสนอแนะ {MAX_SEPARATE_TODOS + 1} ข้อ"
    listed = login(supervisor).get(item.url).context["lines"]
    assert {line.recommendation.text for line in listed} == {
        f"ข้อ {n}" for n in range(MAX_SEPARATE_TODOS + 1)
    }


# --- Good practices ---


def test_a_nominated_practice_waits_for_its_reviewers(
    login, nominated, committee_member, subcommittee_member, supervisor, school_director
):
    for reviewer in (committee_member, subcommittee_member):
        (item,) = waiting(login(reviewer))
        assert (item.title, item.url) == (REVIEW, nominated.get_absolute_url())
    assert REVIEW not in titles(login(supervisor)) + titles(login(school_director))


def test_a_subcommittee_is_not_asked_about_another_cluster(login, nominated):
    elsewhere = user_with_role(Role.SUBCOMMITTEE_MEMBER, "elsewhere", cluster=ClusterFactory())
    assert titles(login(elsewhere)) == []


def test_who_has_reviewed_is_not_asked_again(login, nominated, committee_member, group_director):
    practices.review_practice(nominated, by=committee_member, score=80, comment="ดี")
    assert titles(login(committee_member)) == []
    (item,) = waiting(login(group_director))
    assert item.title == SELECT
    assert "มีผู้ให้ความเห็นแล้ว 1 คน" in item.detail


def test_a_chosen_practice_waits_for_nobody(login, nominated, committee_member, group_director):
    practices.select_practice(nominated, by=group_director, level=AwardLevel.AREA)
    assert titles(login(committee_member)) == titles(login(group_director)) == []


def test_many_practices_are_one_line_to_the_list(login, nominated, supervisor, committee_member):
    for number in range(MAX_SEPARATE_TODOS):
        practices.nominate_practice(
            nominated.round, by=supervisor, title=f"เรื่อง {number}", process="ข", outcome="ค"
        )
    (item,) = waiting(login(committee_member))
    assert item.title == f"ให้ความเห็นวิธีปฏิบัติที่เป็นเลิศ {MAX_SEPARATE_TODOS + 1} เรื่อง"
    assert len(login(committee_member).get(item.url).context["page"]) == MAX_SEPARATE_TODOS + 1
