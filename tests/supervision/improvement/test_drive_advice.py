"""Advice of a quality drive: in the one ledger, owed by a post of the office or the school's."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from reports.data.year import carried_over_recommendations
from schools.core.errors import ActionRefused
from supervision.improvement.actions import close_recommendation
from supervision.improvement.drive_advice import record_drive_advice
from supervision.improvement.enums import AdviceOrigin, Assignee, RecommendationState
from supervision.improvement.models import Recommendation
from supervision.results.advice import load_advice
from tests import scenarios
from tests.exported_files import exported_table

TEXT = "จัดสรรสื่อซ่อมเสริมการอ่าน"
ORIGIN = "บันทึกข้อตกลง ปีการศึกษา 2569"


def record(school, *, by, text=TEXT, assignee=Assignee.WORK_GROUP_HEAD, due_in=3, **facts):
    due_on = timezone.localdate() + timedelta(days=due_in)
    named = {"origin_detail": ORIGIN, "is_sample": False} | facts
    return record_drive_advice(
        school=school, by=by, text=text, assignee=assignee, due_on=due_on, **named
    )


@pytest.fixture
def advice(school, area_director):
    return record(school, by=area_director)


def html(client, url):
    return client.get(url).content.decode()


def waiting(client):
    return [item.title for item in client.get("/todos/").context["home"].waiting]


def test_it_is_in_force_at_once_and_only_once(school, advice, area_director):
    assert (advice.state, advice.round) == (RecommendationState.OPEN, None)
    assert advice in Recommendation.objects.agreed()
    with pytest.raises(ActionRefused, match="มีข้อเสนอแนะนี้อยู่แล้ว"):
        record(school, by=area_director)
    record(school, by=area_director, origin_detail="การนิเทศแบบพี่เลี้ยง")
    assert Recommendation.objects.count() == 2


def test_none_is_recorded_at_a_school_that_has_closed(school, area_director):
    school.closed_on = timezone.localdate()
    school.save()
    with pytest.raises(ActionRefused, match="ยุบหรือรวมแล้ว"):
        record(school, by=area_director)


def test_the_origin_is_never_without_words(advice, round_):
    for change in ({"round": round_}, {"origin_detail": ""}, {"agreed_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.filter(pk=advice.pk).update(**change)


def test_every_page_that_lists_advice_names_its_origin(
    login, term, round_, advice, school_director, supervisor, work_group_head
):
    for person in (school_director, supervisor, work_group_head):
        client = login(person)
        for url in (reverse("recommendations"), advice.get_absolute_url()):
            assert ORIGIN in html(client, url)
    pages = [reverse("school", args=[advice.school_id])]
    pages.append(reverse("school_profile", args=[advice.school_id]))
    for url in pages:
        assert ORIGIN in html(login(supervisor), url)
    for url in ("/", "/calendar/", "/notices/", reverse("overview")):
        assert login(supervisor).get(url).status_code == 200


def test_a_visit_of_the_school_shows_it(login, round_, advice, supervisor, school_director):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    visit = scenarios.visit_planned(round_, by=supervisor)
    assert ORIGIN in html(login(supervisor), visit.get_absolute_url())


def test_the_sample_says_so(login, school, area_director, supervisor):
    sample = record(school, by=area_director, is_sample=True)
    assert "ตัวอย่าง" in html(login(supervisor), sample.get_absolute_url())


def test_the_file_of_the_ledger_names_the_agreement(login, advice, supervisor):
    url = reverse("ledger_export") + f"?origin={AdviceOrigin.QUALITY_DRIVE}"
    table = exported_table(login(supervisor).get(url))
    assert table.column("ที่มา") == ["การขับเคลื่อนคุณภาพ"]
    assert table.column("รายละเอียดของที่มา") == [ORIGIN]


def test_it_waits_for_the_post_that_owes_it_and_the_school_reads_it(
    login, term, advice, work_group_head, group_director, school_director
):
    act = "ดำเนินการตามข้อเสนอแนะ ของเรา"
    assert act in waiting(login(work_group_head))
    assert act not in waiting(login(group_director)) + waiting(login(school_director))
    assert "โรงเรียนได้รับแล้ว" in html(login(school_director), advice.get_absolute_url())


def test_what_is_owed_to_many_schools_is_one_line(
    login, term, school, area_director, work_group_head
):
    for number in range(6):
        record(school, by=area_director, text=f"{TEXT} ครั้งที่ {number}", due_in=number - 1)
    items = login(work_group_head).get("/todos/").context["home"].waiting
    [item] = [one for one in items if "ตามบันทึกข้อตกลง" in one.title]
    assert item.title == "ให้การสนับสนุนโรงเรียนตามบันทึกข้อตกลง 6 ข้อ"
    assert item.overdue == 1
    lines = login(work_group_head).get(item.url).context["lines"]
    assert len(lines) == 6


def test_the_school_says_it_came_and_the_supervisor_closes_with_proof(
    login, advice, school_director, supervisor
):
    report = reverse("recommendation_report", args=[advice.pk])
    login(school_director).post(report, {"text": "ได้รับสื่อ 2 ชุดแล้ว", "is_done": "on"})
    advice.refresh_from_db()
    assert advice.state == RecommendationState.DONE
    close = reverse("recommendation_close", args=[advice.pk])
    assert login(school_director).get(close).status_code == 403
    login(supervisor).post(close, {"proof": "ใบรับสื่อ"})
    advice.refresh_from_db()
    assert advice.state == RecommendationState.CLOSED


def test_its_words_stay_and_a_wrong_one_is_withdrawn(login, advice, supervisor):
    answer = login(supervisor).get(reverse("recommendation_edit", args=[advice.pk]))
    assert answer.status_code == 409
    assert "การขับเคลื่อนคุณภาพแก้ไขข้อความไม่ได้" in answer.content.decode()
    withdraw = reverse("recommendation_withdraw", args=[advice.pk])
    assert withdraw in html(login(supervisor), advice.get_absolute_url())
    login(supervisor).post(withdraw, {"reason": "บันทึกผิดโรงเรียน"})
    advice.refresh_from_db()
    assert advice.state == RecommendationState.WITHDRAWN


def test_figures_and_papers_of_a_term_leave_it_out(advice, term, supervisor):
    assert load_advice(supervisor, [term]) == []
    until = timezone.localdate() + timedelta(days=400)
    rows = carried_over_recommendations(Recommendation.objects.all(), until, until)
    assert rows == []
    close_recommendation(advice, by=supervisor, proof="ใบรับสื่อ")
    assert load_advice(supervisor, [term]) == []


def test_another_school_sees_nothing_of_it(login, advice, outsider_director):
    assert login(outsider_director).get(advice.get_absolute_url()).status_code == 404
    assert ORIGIN not in html(login(outsider_director), reverse("recommendations"))
