"""A decided result is changed by a later meeting's resolution, a mistyped reason by a note."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.enums import Capacity, Role
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision, ResultCorrection
from supervision.rounds.models import Round
from tests import scenarios
from tests.factories import AppointmentFactory, IndicatorSetFactory, MeetingFactory

REASON = "ที่ประชุมตรวจหลักฐานใหม่แล้ว"


@pytest.fixture
def ready(round_, supervisor, school_director):
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    return round_


@pytest.fixture
def failed(ready, group_director):
    return scenarios.round_decided(
        ready,
        by=group_director,
        result=DecisionResult.NOT_ACHIEVED,
        planned_changes="ปรับเครื่องมือ",
    )


@pytest.fixture
def achieved(ready, group_director):
    return scenarios.round_decided(ready, by=group_director)


@pytest.fixture
def later(db):
    return MeetingFactory(open=True, number=5)


def correct(client, decision, name="decision_result", **sent):
    url = reverse(name, args=[decision.round_id])
    return client.post(url, sent, follow=True).content.decode()


def test_the_first_meeting_still_says_what_it_decided(login, group_director, failed, later):
    client, first_meeting = login(group_director), failed.meeting
    correct(client, failed, meeting=later.pk, reason=REASON)
    page = client.get(first_meeting.get_absolute_url()).content.decode()
    assert f"ไม่บรรลุ แก้ไขเป็นบรรลุ โดยมติ{later}" in page
    assert "โดยมติ" not in client.get(later.get_absolute_url()).content.decode()


def test_not_achieved_becomes_achieved_and_takes_the_next_round_back(
    login, group_director, school_director, failed, later
):
    client = login(group_director)
    first_meeting = failed.meeting
    page = correct(client, failed, meeting=later.pk, reason=REASON)
    assert "แก้ไขผลเป็น “บรรลุ” แล้ว" in page
    decision = Decision.objects.get()
    assert (decision.state, decision.meeting, decision.reason) == ("achieved", later, REASON)
    assert decision.against_reason == REASON
    assert not Round.objects.filter(previous=failed.round).exists()
    correction = ResultCorrection.objects.get()
    assert (correction.previous_result, correction.previous_meeting) == (
        DecisionResult.NOT_ACHIEVED,
        first_meeting,
    )
    page = login(school_director).get(reverse("decision", args=[failed.round_id])).content.decode()
    assert "ปรับเครื่องมือ" in page
    assert later.label_with_day in page


def test_a_next_round_in_use_is_not_taken_back(login, group_director, failed, later):
    following = Round.objects.get(previous=failed.round)
    following.indicator_sets.set([IndicatorSetFactory()])
    following.criteria_chosen_at, following.criteria_chosen_by = (
        following.opened_at,
        group_director,
    )
    following.save()
    url = reverse("decision_result", args=[failed.round_id])
    assert login(group_director).get(url).status_code == 409
    page = correct(login(group_director), failed, meeting=later.pk, reason=REASON)
    assert "มีการบันทึกแล้ว" in page
    assert Decision.objects.get().state == DecisionResult.NOT_ACHIEVED


def test_a_planned_visit_protects_the_next_round(login, group_director, supervisor, failed, later):
    scenarios.visit_planned(Round.objects.get(previous=failed.round), by=supervisor)
    page = correct(login(group_director), failed, meeting=later.pk, reason=REASON)
    assert "มีการบันทึกแล้ว" in page
    assert Round.objects.filter(previous=failed.round).exists()


def test_achieved_becomes_not_achieved_and_opens_the_next_round(
    login, group_director, achieved, later
):
    client = login(group_director)
    sent = {"meeting": later.pk, "reason": REASON}
    assert "ผลไม่บรรลุต้องระบุสิ่งที่จะปรับ" in correct(client, achieved, **sent)
    correct(client, achieved, planned_changes="นิเทศชั้นเรียนเพิ่ม", **sent)
    assert Round.objects.get(previous=achieved.round).planned_changes == "นิเทศชั้นเรียนเพิ่ม"
    decision = Decision.objects.get()
    assert (decision.state, decision.against_reason) == (DecisionResult.NOT_ACHIEVED, "")


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"reason": " "}, "โปรดระบุเหตุผล"), ({"meeting": ""}, "โปรดเลือกการประชุม")],
)
def test_a_correction_names_its_meeting_and_reason(
    login, group_director, failed, later, changes, message
):
    sent = {"meeting": later.pk, "reason": REASON} | changes
    assert message in correct(login(group_director), failed, **sent)
    assert not ResultCorrection.objects.exists()


def test_a_mistyped_reason_is_corrected_and_the_old_one_kept(login, group_director, achieved):
    old = achieved.reason
    sent = {"text": "ผลการนิเทศถึงเกณฑ์", "reason": "พิมพ์ผิด"}
    page = correct(login(group_director), achieved, "decision_reason", **sent)
    assert "ผลการนิเทศถึงเกณฑ์" in page
    assert f"พิมพ์ผิด (เดิม: {old})" in page
    again = correct(login(group_director), achieved, "decision_reason", **sent)
    assert "เหตุผลเหมือนเดิม" in again


def test_nobody_corrects_what_was_decided_on_the_own_school(
    login, group_director, school_director, achieved, later
):
    school_director.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    own = {"role": Role.SCHOOL_DIRECTOR, "school": achieved.round.school}
    AppointmentFactory(user=group_director, capacity=Capacity.ACTING, **own)
    client, sent = login(group_director), {"meeting": later.pk, "text": "ผลดี", "reason": "ก"}
    for name in ("decision_result", "decision_reason", "decision_meeting"):
        typed = sent | {"planned_changes": "ก"}
        assert "คุณลงนามแทนโรงเรียนนี้" in correct(client, achieved, name, **typed)


def test_a_round_not_decided_has_nothing_to_correct(login, group_director, supervisor, ready):
    for name in ("decision_result", "decision_reason"):
        url = reverse(name, args=[ready.pk])
        assert login(group_director).get(url).status_code == 409
        assert login(supervisor).get(url).status_code == 403


def test_the_page_names_the_reports_that_were_signed_before(
    login, round_, supervisor, school_director, group_director, area_director, later
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    report = scenarios.report_published(round_, by=group_director, signer=area_director)
    client, url = login(group_director), reverse("decision", args=[round_.pk])
    note = "ลงนามก่อนแก้ไขผลยังแสดงผลเดิม"
    assert note not in client.get(url).content.decode()
    correct(client, round_.decision, meeting=later.pk, reason=REASON, planned_changes="ปรับ")
    for reader in (group_director, school_director):
        page = login(reader).get(url).content.decode()
        assert note in page
        assert report.get_absolute_url() in page
    type(report).objects.filter(pk=report.pk).update(issued_at=timezone.now())
    assert note not in client.get(url).content.decode()
