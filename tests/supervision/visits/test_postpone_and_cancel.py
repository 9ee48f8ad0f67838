"""What changes in an appointment: its day, its leader, or that it takes place at all."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date, short_date
from supervision.special_days.models import SpecialDay
from supervision.visits import actions
from supervision.visits.enums import VisitState
from tests import scenarios


def url_of(visit, act):
    return reverse(f"visit_{act}", args=[visit.pk])


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def another_day(**changes):
    """Tomorrow may be a Saturday."""
    day = {"visit_on": numeric_date(tomorrow()), "special_day": "on"}
    return day | {"reason": "ถนนขาด"} | changes


# --- Postpone ---


def test_a_postponement_sent_twice_on_a_slow_line_is_told_once(login, supervisor, planned):
    before, client = short_date(planned.visit_on), login(supervisor)
    sent = another_day(starts_at="13:00", ends_at="15:00")
    client.post(url_of(planned, "postpone"), sent)
    again = client.post(url_of(planned, "postpone"), sent).content.decode()
    assert f"นัดหมายไว้วันที่ {short_date(tomorrow())} 13.00–15.00 น. อยู่แล้ว" in again
    assert "โปรดเปลี่ยนวันหรือเวลา" in again
    assert "ถนนขาด" in again
    note = client.get(planned.get_absolute_url()).content.decode()
    assert f"เดิมนัด {before} · ถนนขาด" in note
    assert f"เดิมนัด {short_date(tomorrow())}" not in note


def test_a_refused_postponement_still_names_the_day_that_stands(login, supervisor, planned):
    facts = {"visit_on": tomorrow(), "purpose": "นิเทศ", "leader": supervisor}
    actions.plan_visit(planned.round, by=supervisor, **facts)
    page = login(supervisor).post(url_of(planned, "postpone"), another_day()).content.decode()
    assert "มีนัดหมายวันและเวลานี้แล้ว" in page
    assert f"วันนัดเดิม {short_date(timezone.localdate())}" in page


def test_only_the_end_of_a_visit_may_be_moved(login, supervisor, planned):
    client = login(supervisor)
    client.post(url_of(planned, "postpone"), another_day(starts_at="13:00", ends_at="15:00"))
    client.post(url_of(planned, "postpone"), another_day(starts_at="13:00", ends_at="16:00"))
    planned.refresh_from_db()
    assert planned.ends_at == time(16)


def test_postpone_moves_the_day_and_tells_the_school_why(
    login, supervisor, school_director, planned
):
    before = short_date(planned.visit_on)
    client = login(supervisor)
    assert "เก็บไว้ในประวัติ" in client.get(url_of(planned, "postpone")).content.decode()
    client.post(url_of(planned, "postpone"), another_day(starts_at="13:00"))
    planned.refresh_from_db()
    assert (planned.visit_on, planned.starts_at) == (tomorrow(), time(13))
    assert planned.state == VisitState.PLANNED
    for address in (planned.get_absolute_url(), planned.round.get_absolute_url()):
        page = login(school_director).get(address).content.decode()
        assert f"เดิมนัด {before} · ถนนขาด" in page
        assert "เหตุผล: เดิมนัด" not in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": " "}, "โปรดระบุเหตุผลที่เลื่อน"),
        ({"visit_on": ""}, "โปรดกรอกวันที่นิเทศ"),
        ({"ends_at": "10:00"}, "โปรดกรอกเวลาเริ่ม"),
        ({"starts_at": "10:00", "ends_at": "9:00"}, "เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม"),
    ],
)
def test_postpone_says_what_is_wrong(login, supervisor, planned, changes, message):
    page = login(supervisor).post(url_of(planned, "postpone"), another_day() | changes)
    assert message in page.content.decode()
    planned.refresh_from_db()
    assert planned.visit_on == timezone.localdate()


def test_postpone_out_of_the_term_asks_first(login, supervisor, planned, term):
    client, late = login(supervisor), another_day(visit_on=numeric_date(term.closes_on))
    page = client.post(url_of(planned, "postpone"), late).content.decode()
    assert "วันที่อยู่นอกภาคเรียน" in page
    client.post(url_of(planned, "postpone"), late | {"outside_term": "on"})
    page = client.get(planned.get_absolute_url()).content.decode()
    assert f"นับเป็นของภาคเรียนที่ {term}" in page


def test_postpone_to_a_marked_day_asks_first(login, supervisor, planned):
    client, data = login(supervisor), another_day(special_day="")
    SpecialDay.objects.create(
        name="สอบ NT",
        kind="test",
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=30),
    )
    page = client.post(url_of(planned, "postpone"), data).content.decode()
    assert "วันที่เลือกตรงกับวันสอบ สอบ NT" in page
    client.post(url_of(planned, "postpone"), data | {"special_day": "on"})
    planned.refresh_from_db()
    assert planned.visit_on != timezone.localdate()


def test_postpone_asks_about_a_clash(login, supervisor, elsewhere, planned):
    data = another_day(visit_on=numeric_date(elsewhere.visit_on), starts_at="10:00")
    page = login(supervisor).post(url_of(planned, "postpone"), data).content.decode()
    assert "โรงเรียนบนดอย" in page


def test_a_record_under_way_is_not_postponed(login, supervisor, recording):
    assert login(supervisor).get(url_of(recording, "postpone")).status_code == 409
    response = login(supervisor).post(url_of(recording, "postpone"), another_day())
    assert response.status_code == 409


# --- Cancel ---


def test_cancel_tells_the_school_why(login, supervisor, school_director, planned):
    client = login(supervisor)
    assert "นัดหมายเป็นครั้งใหม่" in client.get(url_of(planned, "cancel")).content.decode()
    client.post(url_of(planned, "cancel"), {"reason": "โรงเรียนปิดเพราะน้ำท่วม"})
    planned.refresh_from_db()
    assert planned.state == VisitState.CANCELLED
    for address in (planned.get_absolute_url(), planned.round.get_absolute_url()):
        page = login(school_director).get(address).content.decode()
        assert "โรงเรียนปิดเพราะน้ำท่วม" in page


def test_cancel_needs_a_reason(login, supervisor, planned):
    page = login(supervisor).post(url_of(planned, "cancel"), {"reason": ""}).content.decode()
    assert "โปรดระบุเหตุผลที่ยกเลิก" in page
    planned.refresh_from_db()
    assert planned.state == VisitState.PLANNED


def test_a_cancelled_record_is_kept_for_the_office_alone(
    login, supervisor, school_director, recording
):
    scenarios.fill_sheet(recording.sheet, 3, by=supervisor, note="บันทึกค้างที่ถูกยกเลิก")
    client, part = login(supervisor), scenarios.standard_url(recording.sheet_id, 1)
    assert "โรงเรียนไม่เห็น" in client.get(url_of(recording, "cancel")).content.decode()
    client.post(url_of(recording, "cancel"), {"reason": "นิเทศไม่ครบ"})
    page = client.get(part).content.decode()
    assert "บันทึกค้างที่ถูกยกเลิก" in page
    assert "ลงนามแล้ว" not in page
    assert client.post(part, {"token": ""}).status_code == 409
    assert client.get(recording.get_absolute_url()).context["comparison"]
    director = login(school_director)
    assert director.get(part).status_code == 404
    assert director.get(recording.get_absolute_url()).context["comparison"] is None


def test_a_cancelled_visit_leaves_step_4_to_do(login, supervisor, school_director, planned):
    scenarios.needs_submitted(planned.round, by=school_director)
    scenarios.self_assessment_confirmed(planned.round, by=school_director)
    actions.cancel_visit(planned, by=supervisor, reason="น้ำท่วม")
    page = login(supervisor).get(planned.round.get_absolute_url()).content.decode()
    assert "ยังไม่มีนัดหมายการนิเทศ" in page


def test_a_cancelled_visit_leads_to_a_new_plan_while_the_round_is_open(
    login, supervisor, school_director, group_director, planned, plan_url
):
    actions.cancel_visit(planned, by=supervisor, reason="น้ำท่วม")
    client, url = login(supervisor), planned.get_absolute_url()
    assert plan_url in client.get(url).content.decode()
    assert plan_url not in login(school_director).get(url).content.decode()
    scenarios.self_assessment_confirmed(planned.round, by=school_director)
    scenarios.visit_acknowledged(planned.round, supervisor=supervisor, director=school_director)
    scenarios.round_decided(planned.round, by=group_director)
    assert plan_url not in client.get(url).content.decode()


@pytest.mark.parametrize("act", ["postpone", "cancel", "change_leader", "sign", "record"])
def test_a_cancelled_visit_goes_no_further(login, supervisor, planned, act):
    actions.cancel_visit(planned, by=supervisor, reason="น้ำท่วม")
    response = login(supervisor).post(url_of(planned, act), another_day(leader=supervisor.pk))
    assert response.status_code == 409
    assert "ยกเลิกการนิเทศไปแล้ว" in response.content.decode()


def test_a_signed_visit_is_not_cancelled(login, supervisor, round_):
    visit = scenarios.visit_signed(round_, by=supervisor)
    assert login(supervisor).post(url_of(visit, "cancel"), {"reason": "ก"}).status_code == 409


# --- Hand over ---


@pytest.mark.parametrize("state", ["planned", "recording"])
def test_hand_over_gives_the_signature_away(request, login, supervisor, group_director, state):
    visit = request.getfixturevalue(state)
    visit.team.add(group_director)
    data = {"leader": group_director.pk, "reason": "ไปราชการ"}
    login(supervisor).post(url_of(visit, "change_leader"), data)
    visit.refresh_from_db()
    assert (visit.leader, visit.state) == (group_director, state)
    assert list(visit.team.all()) == []
    page = login(supervisor).get(visit.get_absolute_url()).content.decode()
    assert "ไปราชการ" in page
    if state == "recording":
        scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
        sent = scenarios.shown_version(visit.sheet)
        assert login(supervisor).post(url_of(visit, "sign"), sent).status_code == 409
        assert login(group_director).post(url_of(visit, "sign"), sent).status_code == 302


def test_hand_over_offers_only_who_may_lead_here(
    login, supervisor, other_supervisor, group_director, planned
):
    form = login(supervisor).get(url_of(planned, "change_leader")).context["form"]
    assert list(form.fields["leader"].queryset) == [group_director]
    data = {"leader": other_supervisor.pk, "reason": "ไปราชการ"}
    page = login(supervisor).post(url_of(planned, "change_leader"), data).content.decode()
    assert "ไม่มีหน้าที่นิเทศโรงเรียนนี้" in page
    assert "ไปราชการ" in page


def test_hand_over_asks_about_a_clash(login, supervisor, group_director, elsewhere, planned):
    actions.change_visit_leader(elsewhere, by=supervisor, leader=group_director, reason="ไปราชการ")
    data = {"leader": group_director.pk, "reason": "ลาป่วย"}
    page = login(supervisor).post(url_of(planned, "change_leader"), data).content.decode()
    assert f"{group_director} มีนัดหมายที่โรงเรียนบนดอย" in page
    login(supervisor).post(url_of(planned, "change_leader"), data | {"confirm_clash": "on"})
    planned.refresh_from_db()
    assert planned.leader == group_director


@pytest.mark.parametrize("act", ["postpone", "cancel", "change_leader"])
def test_only_who_records_here_changes_a_planned_visit(
    login, client, other_supervisor, school_director, outsider_director, planned, act
):
    url = url_of(planned, act)
    assert login(other_supervisor).get(url).status_code == 403
    assert login(school_director).post(url).status_code == 403
    assert login(outsider_director).post(url).status_code == 404
    assert client.post(url).status_code == 302
