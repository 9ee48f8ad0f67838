"""Step 5: the decision on a round, as the group director makes it."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from supervision.practices import actions
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from tests import scenarios
from tests.factories import MeetingFactory
from tests.supervision.practices.sample_practice import PRACTICE_DATA


@pytest.fixture
def ready(round_, school_director, supervisor):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    return round_


@pytest.fixture
def decision_url(round_):
    return reverse("decision", args=[round_.pk])


def judgement(**changes):
    fields = {
        "result": DecisionResult.ACHIEVED,
        "reason": "ผลการนิเทศเป็นไปตามเกณฑ์",
        "meeting": MeetingFactory().pk,
        "planned_changes": "",
    }
    return fields | changes


AGAINST = {"against_reason": "ที่ประชุมเห็นแผนปรับปรุงที่ชัดเจน"}
NOT_ACHIEVED = {"result": DecisionResult.NOT_ACHIEVED, "planned_changes": "ปรับเครื่องมือนิเทศ"}


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
    confirmed = judgement(**AGAINST, confirmed="yes")
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
    assert (following.number, following.planned_changes) == (2, "ปรับเครื่องมือนิเทศ")
    assert not following.has_criteria
    assert following.get_absolute_url() in page
    assert ready.decision.state == DecisionResult.NOT_ACHIEVED
    assert "ต่ำกว่าเกณฑ์" in page


def test_decide_twice_is_refused(login, group_director, ready, decision_url):
    confirmed = judgement(**AGAINST, confirmed="yes")
    login(group_director).post(decision_url, confirmed)
    response = login(group_director).post(decision_url, confirmed)
    assert response.status_code == 409
    assert "พิจารณาซ้ำไม่ได้" in response.content.decode()
    assert Decision.objects.count() == 1


def test_decide_before_acknowledged_is_refused(
    login, group_director, round_, supervisor, school_director, decision_url
):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_signed(round_, by=supervisor)
    page = login(group_director).get(decision_url).content.decode()
    assert "ยังพิจารณาไม่ได้" in page
    assert "<form class=" not in page
    response = login(group_director).post(decision_url, judgement(confirmed="yes"))
    assert response.status_code == 409
    assert not Decision.objects.exists()


@pytest.fixture
def amended(ready, supervisor):
    return visits.revise_visit(ready.visits.get(), by=supervisor, reason="คลาดเคลื่อน")


def test_while_a_new_version_is_open_the_page_says_so_instead_of_asking(
    login, group_director, school_director, amended, decision_url
):
    for reader in (group_director, school_director):
        page = login(reader).get(decision_url).content.decode()
        assert "ยังพิจารณาไม่ได้" in page
        assert f"โรงเรียนยังไม่รับทราบ{amended.label}" in page
        assert amended.get_absolute_url() in page
        assert "<form class=" not in page


@pytest.mark.parametrize("step", [{}, {"confirmed": "yes"}])
def test_a_new_version_opened_meanwhile_loses_nothing_typed(
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
        ({"result": DecisionResult.NOT_ACHIEVED}, "ผลไม่บรรลุต้องระบุสิ่งที่จะปรับ"),
        ({"reason": " "}, "โปรดระบุเหตุผลของผลการพิจารณา"),
        ({"meeting": ""}, "โปรดเลือกการประชุม ก.ต.ป.น."),
        ({"meeting": "9" * 30}, "การประชุมที่เลือกยังไม่เปิดหรือไม่มีแล้ว"),
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
    scenarios.round_decided(ready, by=group_director)
    page = login(academic_teacher).get(decision_url).content.decode()
    assert "ผลการนิเทศเป็นไปตามเกณฑ์ที่กำหนด" in page
    assert "ต่ำกว่าเกณฑ์" in page


def test_decide_is_for_those_who_decide(
    login, client, supervisor, school_director, outsider_director, ready, decision_url
):
    for user in (supervisor, school_director):
        assert "พิจารณาผล " not in login(user).get(decision_url).content.decode()
        assert login(user).post(decision_url, judgement(confirmed="yes")).status_code == 403
    assert login(outsider_director).get(decision_url).status_code == 404
    assert client.get(decision_url).status_code == 302


def test_the_decision_page_costs_few_queries(
    login, group_director, ready, decision_url, django_assert_max_num_queries
):
    for number in range(3):
        actions.nominate_practice(
            ready, by=group_director, **PRACTICE_DATA | {"title": f"ผลงาน {number}"}
        )
    scenarios.round_decided(
        ready, by=group_director, result=DecisionResult.NOT_ACHIEVED, planned_changes="ปรับ"
    )
    client = login(group_director)
    client.get(decision_url)
    with django_assert_max_num_queries(15):
        client.get(decision_url)


def test_the_rules_propose_and_people_decide(
    login, group_director, round_, supervisor, school_director
):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    page = login(group_director).get(reverse("decision", args=[round_.pk])).content.decode()
    assert "ระบบเสนอ <strong>ไม่บรรลุ</strong>" in page


# --- Against what the rules propose ---


def test_the_confirm_page_sets_the_means_beside_the_targets(
    login, group_director, ready, decision_url
):
    page = login(group_director).post(decision_url, judgement(**NOT_ACHIEVED)).content.decode()
    assert "ระบบเสนอ" in page
    assert "· เกณฑ์ 3.00" in page
    assert "x̄ 2.00 (ปานกลาง)" in page
    assert "ผลที่เลือกต่างจากผลที่ระบบเสนอ" not in page


def test_a_decision_against_the_proposal_asks_why(login, group_director, ready, decision_url):
    client = login(group_director)
    page = client.post(decision_url, judgement()).content.decode()
    assert "ผลที่เลือกต่างจากผลที่ระบบเสนอ" in page
    assert "ระบบเสนอ “ไม่บรรลุ”" in page
    again = client.post(decision_url, judgement(confirmed="yes")).content.decode()
    assert "โปรดระบุเหตุผลที่พิจารณาต่างออกไป" in again
    assert not Decision.objects.exists()


def test_what_was_said_against_the_proposal_is_kept_on_the_way_back(
    login, group_director, ready, decision_url
):
    client = login(group_director)
    back = client.post(decision_url, judgement(**AGAINST, confirmed="yes", edit="yes"))
    assert AGAINST["against_reason"] in back.content.decode()
    page = client.post(decision_url, judgement(**AGAINST)).content.decode()
    assert f"{AGAINST['against_reason']}</textarea>" in page


def test_why_against_the_proposal_is_printed_where_the_decision_is(
    login, group_director, school_director, ready, decision_url
):
    login(group_director).post(decision_url, judgement(**AGAINST, confirmed="yes"))
    decision = Decision.objects.get()
    assert (decision.proposed, decision.against_reason) == (
        DecisionResult.NOT_ACHIEVED,
        AGAINST["against_reason"],
    )
    year = ready.term.academic_year.year
    for url in (decision_url, ready.get_absolute_url()):
        assert AGAINST["against_reason"] in login(school_director).get(url).content.decode(), url
    papers = [reverse("term_report", args=[ready.pk]), reverse("year_report", args=[year])]
    for url in papers:
        assert AGAINST["against_reason"] in login(group_director).get(url).content.decode(), url


def test_a_decision_as_proposed_keeps_no_reason_against_it(
    login, group_director, ready, decision_url
):
    sent = judgement(**NOT_ACHIEVED, **AGAINST, confirmed="yes")
    login(group_director).post(decision_url, sent)
    decision = Decision.objects.get()
    assert (decision.proposed, decision.against_reason) == (DecisionResult.NOT_ACHIEVED, "")


def test_a_band_with_a_good_name_below_the_target_is_explained(
    login, group_director, school_director, round_, supervisor, decision_url
):
    for chosen in round_.indicator_sets.all():
        chosen.standards.update(target=4)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=3)
    scenarios.round_decided(round_, by=group_director)
    why = "แปลผลว่า “ดี” แต่ยังต่ำกว่าเกณฑ์ได้"
    assert why in login(group_director).get(decision_url).content.decode()
    report = reverse("term_report", args=[round_.pk])
    paper = login(group_director).get(report).content.decode()
    assert paper.count("แปลผลว่า “ดี” แต่ต่ำกว่าเป้าหมายและไม่บรรลุได้") == 1


# --- The meeting ---


def test_the_meeting_that_is_open_is_chosen_already(login, group_director, ready, decision_url):
    closed, open_now = MeetingFactory(), MeetingFactory(number=4, open=True)
    page = login(group_director).get(decision_url).content.decode()
    assert f'<option value="{open_now.pk}" selected>' in page
    assert page.index(str(open_now)) < page.index(str(closed))
    assert "เปิดประชุมอยู่" in page
    login(group_director).post(decision_url, judgement(**AGAINST, meeting=open_now.pk, confirmed=1))
    assert Decision.objects.get(round=ready).meeting == open_now


@pytest.fixture
def decided(ready, group_director):
    return scenarios.round_decided(ready, by=group_director)


def test_another_meeting_is_named_with_a_reason(
    login, group_director, school_director, decided, decision_url
):
    client, other = login(group_director), MeetingFactory(number=4)
    url = reverse("decision_meeting", args=[decided.round_id])
    assert url in client.get(decision_url).content.decode()
    client.post(url, {"meeting": other.pk, "reason": "พิมพ์ผิด"})
    decided.refresh_from_db()
    assert decided.meeting == other
    page = login(school_director).get(decision_url).content.decode()
    assert "พิมพ์ผิด (เดิม: ครั้งที่ 3/2569 วันที่" in page
    assert url not in page
    history = reverse("round_history", args=[decided.round_id])
    assert "แก้ไขการประชุมที่พิจารณา" in login(school_director).get(history).content.decode()


@pytest.mark.parametrize(
    ("number", "reason", "message"),
    [
        (4, " ", "โปรดระบุเหตุผล"),
        (None, "พิมพ์ผิด", "โปรดเลือกการประชุม"),
        (3, "พิมพ์ผิด", "เหมือนเดิม จึงไม่มีสิ่งที่แก้ไข"),
    ],
)
def test_a_correction_says_what_is_wrong(login, group_director, decided, number, reason, message):
    url = reverse("decision_meeting", args=[decided.round_id])
    chosen = MeetingFactory(number=number).pk if number else ""
    page = login(group_director).post(url, {"meeting": chosen, "reason": reason}).content.decode()
    assert message in page
    decided.refresh_from_db()
    assert decided.meeting_no == "3/2569"


def test_a_round_not_decided_has_no_meeting_to_correct(login, group_director, ready):
    url = reverse("decision_meeting", args=[ready.pk])
    assert login(group_director).get(url).status_code == 409


def test_the_database_holds_the_reason_against_the_proposal(ready, group_director):
    decision = scenarios.round_decided(ready, by=group_director)
    with pytest.raises(IntegrityError):
        Decision.objects.filter(pk=decision.pk).update(against_reason="")
