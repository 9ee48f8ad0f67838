"""Step 5: the decision on a round, as the group director makes it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.thai import numeric_date
from supervision.practices import actions
from supervision.practices.enums import Result
from supervision.practices.models import Decision
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from tests import walk
from tests.supervision.practices.pieces import PRACTICE


@pytest.fixture
def ready(round_, school_director, supervisor):
    walk.self_assessment_confirmed(round_, by=school_director)
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    return round_


@pytest.fixture
def decision_url(round_):
    return reverse("decision", args=[round_.pk])


def judgement(**changes):
    fields = {
        "result": Result.ACHIEVED,
        "reason": "ผลการนิเทศเป็นไปตามเกณฑ์",
        "meeting_no": "3/2569",
        "meeting_on": numeric_date(timezone.localdate()),
        "will_change": "",
    }
    return fields | changes


NOT_ACHIEVED = {"result": Result.NOT_ACHIEVED, "will_change": "ปรับเครื่องมือนิเทศ"}


def test_the_page_proposes_but_chooses_nothing(login, group_director, ready, decision_url):
    response = login(group_director).get(decision_url)
    page = response.content.decode()
    assert "ต่ำกว่าเกณฑ์" in page
    assert "checked" not in page


def test_decide_asks_before_it_acts(login, group_director, ready, decision_url):
    page = login(group_director).post(decision_url, judgement(**NOT_ACHIEVED)).content.decode()
    assert "เปิดรอบที่ 2" in page
    assert not Decision.objects.exists()
    back = login(group_director).post(decision_url, judgement(**NOT_ACHIEVED) | {"edit": "yes"})
    assert "ปรับเครื่องมือนิเทศ" in back.content.decode()
    assert not Decision.objects.exists()


def test_decide_achieved(login, group_director, ready, decision_url):
    confirmed = judgement(confirmed="yes")
    page = login(group_director).post(decision_url, confirmed, follow=True).content.decode()
    decision = Decision.objects.get()
    assert decision.is_achieved
    assert decision.decided_as == "ผู้อำนวยการกลุ่มนิเทศฯ"
    assert "ผลการนิเทศเป็นไปตามเกณฑ์" in page
    assert Round.objects.count() == 1


def test_not_achieved_opens_round_two_at_step_two(login, group_director, ready, decision_url):
    confirmed = judgement(**NOT_ACHIEVED, confirmed="yes")
    page = login(group_director).post(decision_url, confirmed, follow=True).content.decode()
    following = Round.objects.get(previous=ready)
    assert (following.number, following.will_change) == (2, "ปรับเครื่องมือนิเทศ")
    assert not following.has_criteria
    assert following.get_absolute_url() in page
    assert ready.decision.state == Result.NOT_ACHIEVED
    assert "ต่ำกว่าเกณฑ์" in page


def test_decide_twice_is_refused(login, group_director, ready, decision_url):
    confirmed = judgement(confirmed="yes")
    login(group_director).post(decision_url, confirmed)
    response = login(group_director).post(decision_url, confirmed)
    assert response.status_code == 409
    assert "พิจารณาซ้ำไม่ได้" in response.content.decode()
    assert Decision.objects.count() == 1


def test_decide_before_acknowledged_is_refused(
    login, group_director, round_, supervisor, school_director, decision_url
):
    walk.self_assessment_confirmed(round_, by=school_director)
    walk.visit_signed(round_, by=supervisor)
    page = login(group_director).get(decision_url).content.decode()
    assert "ยังพิจารณาไม่ได้" in page
    assert "<form class=" not in page
    response = login(group_director).post(decision_url, judgement(confirmed="yes"))
    assert response.status_code == 409
    assert not Decision.objects.exists()


@pytest.fixture
def amended(ready, supervisor):
    return visits.amend(ready.visits.get(), by=supervisor, reason="คลาดเคลื่อน")


def test_while_an_amendment_is_open_the_page_says_so_instead_of_asking(
    login, group_director, school_director, amended, decision_url
):
    for reader in (group_director, school_director):
        page = login(reader).get(decision_url).content.decode()
        assert "ยังพิจารณาไม่ได้" in page
        assert f"โรงเรียนยังไม่รับทราบ{amended.label}" in page
        assert amended.get_absolute_url() in page
        assert "<form class=" not in page


@pytest.mark.parametrize("step", [{}, {"confirmed": "yes"}])
def test_an_amendment_opened_meanwhile_loses_nothing_typed(
    login, group_director, amended, decision_url, step
):
    data = judgement(reason="เหตุผลที่พิมพ์ไว้") | step
    page = login(group_director).post(decision_url, data).content.decode()
    assert f"โรงเรียนยังไม่รับทราบ{amended.label}" in page
    assert "เหตุผลที่พิมพ์ไว้</textarea>" in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"result": ""}, "โปรดเลือกบรรลุหรือไม่บรรลุ"),
        ({"result": "perhaps"}, "โปรดเลือกบรรลุหรือไม่บรรลุ"),
        ({"result": Result.NOT_ACHIEVED}, "ผลไม่บรรลุต้องระบุสิ่งที่จะปรับ"),
        ({"reason": " "}, "โปรดระบุเหตุผลของผลการพิจารณา"),
        ({"meeting_no": ""}, "โปรดกรอกครั้งที่ประชุม ตามรายงานการประชุม ก.ต.ป.น."),
        ({"meeting_no": "3" * 21}, "ยาวเกิน 20 ตัวอักษร"),
        ({"meeting_on": "9/5/2024"}, "เป็น ค.ศ."),
        (
            {"meeting_on": numeric_date(timezone.localdate() + timedelta(days=2))},
            "วันที่ประชุมยังมาไม่ถึง",
        ),
    ],
)
def test_decide_says_what_is_wrong(login, group_director, ready, decision_url, changes, message):
    data = judgement(reason="เหตุผลที่พิมพ์ไว้", confirmed="yes") | changes
    page = login(group_director).post(decision_url, data).content.decode()
    assert message in page
    assert "เหตุผลที่พิมพ์ไว้" in page or "reason" in changes
    assert not Decision.objects.exists()


def test_everyone_at_the_school_reads_the_decision(
    login, academic_teacher, group_director, ready, decision_url
):
    assert "ต่ำกว่าเกณฑ์" not in login(academic_teacher).get(decision_url).content.decode()
    walk.decided(ready, by=group_director)
    page = login(academic_teacher).get(decision_url).content.decode()
    assert "ผลการนิเทศเป็นไปตามเกณฑ์ที่กำหนด" in page
    assert "ต่ำกว่าเกณฑ์" in page


def test_decide_is_for_those_who_decide(
    login, client, supervisor, school_director, outsider_director, ready, decision_url
):
    for person in (supervisor, school_director):
        assert "พิจารณาผล " not in login(person).get(decision_url).content.decode()
        assert login(person).post(decision_url, judgement(confirmed="yes")).status_code == 403
    assert login(outsider_director).get(decision_url).status_code == 404
    assert client.get(decision_url).status_code == 302


def test_the_decision_page_costs_few_queries(
    login, group_director, ready, decision_url, django_assert_max_num_queries
):
    for number in range(3):
        actions.nominate(ready, by=group_director, **PRACTICE | {"title": f"ผลงาน {number}"})
    walk.decided(ready, by=group_director, result=Result.NOT_ACHIEVED, will_change="ปรับ")
    client = login(group_director)
    client.get(decision_url)
    with django_assert_max_num_queries(15):
        client.get(decision_url)


def test_the_rules_propose_and_people_decide(
    login, group_director, round_, supervisor, school_director
):
    walk.self_assessment_confirmed(round_, by=school_director)
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    page = login(group_director).get(reverse("decision", args=[round_.pk])).content.decode()
    assert "ระบบเสนอ <strong>ไม่บรรลุ</strong>" in page
