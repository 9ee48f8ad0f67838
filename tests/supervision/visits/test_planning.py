from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.thai import numeric_date, short_date
from supervision.days.models import CalendarDay
from supervision.needs.enums import Mode
from supervision.visits import actions
from supervision.visits.enums import VisitKind, VisitState
from supervision.visits.models import Visit
from tests import walk
from tests.factories import RoundFactory, SchoolFactory


def appointment(leader, **changes):
    fields = {
        "visit_on": numeric_date(timezone.localdate()),
        "starts_at": "09:30",
        "kind": VisitKind.ORDINARY,
        "mode": Mode.ON_SITE,
        "purpose": "นิเทศประจำภาคเรียน",
        "leader": leader.pk,
    }
    return fields | changes


@pytest.fixture
def plan_url(round_):
    return reverse("visit_plan", args=[round_.pk])


# --- Plan ---


def test_plan_makes_an_appointment(login, supervisor, committee_member, plan_url):
    data = appointment(supervisor, team=[committee_member.pk, supervisor.pk])
    response = login(supervisor).post(plan_url, data, follow=True)
    visit = Visit.objects.get()
    assert response.redirect_chain[0][0] == visit.get_absolute_url()
    assert (visit.leader, visit.starts_at) == (supervisor, time(9, 30))
    assert list(visit.team.all()) == [committee_member]
    assert "นัดหมายการนิเทศวันที่" in response.content.decode()


def test_plan_shows_what_the_school_wanted(login, supervisor, school_director, round_, plan_url):
    survey = walk.needs_submitted(round_, by=school_director)
    survey.preferred_mode = Mode.ONLINE
    survey.save()
    page = login(supervisor).get(plan_url).content.decode()
    assert "สื่อการเรียนรู้ภาษาไทย" in page
    assert "ออนไลน์" in page


def test_plan_offers_only_people_who_may_record_here(
    login, supervisor, other_supervisor, group_director, school_director, plan_url
):
    form = login(supervisor).get(plan_url).context["form"]
    assert set(form.fields["leader"].queryset) == {supervisor, group_director}
    assert form.initial["leader"] == supervisor.pk
    assert school_director not in form.fields["team"].queryset
    assert other_supervisor in form.fields["team"].queryset


def test_plan_refuses_a_leader_from_another_cluster(login, supervisor, other_supervisor, plan_url):
    data = appointment(other_supervisor, purpose="เรื่องที่พิมพ์ไว้")
    page = login(supervisor).post(plan_url, data).content.decode()
    assert "ผู้นี้ไม่มีหน้าที่นิเทศโรงเรียนนี้" in page
    assert "เรื่องที่พิมพ์ไว้" in page
    assert not Visit.objects.exists()


def test_plan_outside_the_term_asks_first(login, supervisor, term, plan_url):
    client = login(supervisor)
    data = appointment(supervisor, visit_on=numeric_date(term.closes_on))
    page = client.post(plan_url, data).content.decode()
    assert "วันที่อยู่นอกภาคเรียน" in page
    assert not Visit.objects.exists()
    client.post(plan_url, data | {"outside_term": "on"})
    assert Visit.objects.get().visit_on == term.closes_on


def test_plan_on_a_marked_day_asks_first(login, supervisor, plan_url):
    today = timezone.localdate()
    CalendarDay.objects.create(name="วันครู", kind="holiday", starts_on=today, ends_on=today)
    client, data = login(supervisor), appointment(supervisor)
    page = client.post(plan_url, data).content.decode()
    assert "วันที่เลือกตรงกับวันหยุด วันครู โปรดแก้วันที่" in page
    assert not Visit.objects.exists()
    client.post(plan_url, data | {"marked_day": "on"})
    assert Visit.objects.get().visit_on == today


def test_plan_inside_the_term_asks_nothing(login, supervisor, plan_url):
    page = login(supervisor).get(plan_url).content.decode()
    assert "outside_term" not in page
    assert "marked_day" not in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"visit_on": ""}, "โปรดกรอกวันที่นิเทศ"),
        ({"visit_on": "1/1/2026"}, "เป็น ค.ศ."),
        ({"visit_on": "31/2/2569"}, "ไม่มีวันที่ 31"),
        ({"starts_at": "สายๆ"}, "อ่านเวลาไม่ได้"),
        ({"mode": "walk"}, "โปรดเลือกรูปแบบการนิเทศจากรายการ"),
        ({"purpose": "  "}, "โปรดกรอกเรื่องที่นิเทศ"),
        ({"purpose": "ก" * 301}, "ยาวเกิน 300 ตัวอักษร"),
        ({"leader": ""}, "โปรดเลือกหัวหน้าคณะนิเทศ"),
    ],
)
def test_plan_says_what_is_wrong(login, supervisor, plan_url, changes, message):
    page = login(supervisor).post(plan_url, appointment(supervisor) | changes).content.decode()
    assert message in page
    assert not Visit.objects.exists()


def test_plan_sent_twice_makes_one_appointment(login, supervisor, plan_url):
    client = login(supervisor)
    client.post(plan_url, appointment(supervisor))
    page = client.post(plan_url, appointment(supervisor)).content.decode()
    assert "มีนัดหมายวันและเวลานี้แล้ว" in page
    assert Visit.objects.count() == 1


def test_plan_is_refused_in_a_round_that_ended(
    login, supervisor, school_director, group_director, round_, plan_url
):
    walk.self_assessment_confirmed(round_, by=school_director)
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    walk.decided(round_, by=group_director, result="not_achieved", will_change="ปรับเครื่องมือ")
    assert login(supervisor).get(plan_url).status_code == 409
    assert login(supervisor).post(plan_url, appointment(supervisor)).status_code == 409


def test_plan_is_for_those_who_record_here(
    login, client, other_supervisor, school_director, outsider_director, plan_url
):
    assert login(other_supervisor).get(plan_url).status_code == 403
    assert login(school_director).post(plan_url).status_code == 403
    assert login(outsider_director).get(plan_url).status_code == 404
    assert client.get(plan_url).status_code == 302


def test_plan_refuses_a_person_beyond_any_number(login, supervisor, plan_url):
    response = login(supervisor).post(plan_url, appointment(supervisor, team=[10**20]))
    assert "มีผู้ร่วมนิเทศที่พ้นหน้าที่แล้ว" in response.content.decode()


def test_plan_takes_kind_and_times(login, supervisor, plan_url):
    data = appointment(supervisor, ends_at="11.30", kind=VisitKind.TERM_OPENING)
    login(supervisor).post(plan_url, data)
    visit = Visit.objects.get()
    assert (visit.times, visit.kind) == ("09.30–11.30 น.", VisitKind.TERM_OPENING)


def test_plan_offers_the_clusters_sub_committee_for_the_team(
    login, supervisor, subcommittee_member, deputy_area_director, plan_url
):
    team = login(supervisor).get(plan_url).context["form"].fields["team"].queryset
    assert {subcommittee_member, deputy_area_director} <= set(team)


# --- The same person at two schools ---


@pytest.fixture
def elsewhere(cluster, term, supervisor, committee_member):
    """The supervisor and a committee member are at another school this morning."""
    round_ = RoundFactory(school=SchoolFactory(name="โรงเรียนบนดอย", cluster=cluster), term=term)
    return actions.plan(
        round_,
        by=supervisor,
        visit_on=timezone.localdate(),
        starts_at=time(9),
        ends_at=time(11),
        purpose="นิเทศ",
        leader=supervisor,
        team=[committee_member],
    )


def test_a_clash_names_person_school_and_time_and_may_be_confirmed(
    login, supervisor, elsewhere, plan_url, round_
):
    client = login(supervisor)
    page = client.post(plan_url, appointment(supervisor)).content.decode()
    assert f"{supervisor} มีนัดหมายที่โรงเรียนบนดอย วันเดียวกัน 09.00–11.00 น." in page
    assert "นิเทศประจำภาคเรียน" in page
    assert not round_.visits.exists()
    client.post(plan_url, appointment(supervisor, elsewhere="on"))
    assert round_.visits.count() == 1


def test_a_member_of_the_team_clashes_too(
    login, group_director, committee_member, elsewhere, plan_url
):
    data = appointment(group_director, team=[committee_member.pk])
    page = login(group_director).post(plan_url, data).content.decode()
    assert f"{committee_member} มีนัดหมายที่โรงเรียนบนดอย" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_at": "11:00"},
        {"starts_at": "07:00", "ends_at": "09:00"},
        {"visit_on": numeric_date(timezone.localdate() + timedelta(days=1))},
    ],
)
def test_another_time_is_no_clash(login, supervisor, elsewhere, plan_url, round_, changes):
    login(supervisor).post(plan_url, appointment(supervisor) | changes)
    assert round_.visits.count() == 1


def test_an_unknown_time_takes_the_whole_day(login, supervisor, elsewhere, plan_url, round_):
    login(supervisor).post(plan_url, appointment(supervisor, starts_at=""))
    assert not round_.visits.exists()


def test_a_cancelled_visit_clashes_with_nothing(login, supervisor, elsewhere, plan_url, round_):
    actions.cancel(elsewhere, by=supervisor, reason="ฝนตกหนัก")
    login(supervisor).post(plan_url, appointment(supervisor))
    assert round_.visits.count() == 1


def test_two_classes_of_one_school_are_seen_at_once(
    login, supervisor, group_director, plan_url, round_
):
    for leader in (supervisor, group_director):
        data = appointment(leader, kind=VisitKind.CLASSROOM)
        login(supervisor).post(plan_url, data)
    assert [visit.number for visit in round_.visits.all()] == [1, 2]


# --- Postpone ---


@pytest.fixture
def planned(round_, supervisor):
    return walk.visit_planned(round_, by=supervisor)


def url_of(visit, act):
    return reverse(f"visit_{act}", args=[visit.pk])


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def another_day(**changes):
    return {"visit_on": numeric_date(tomorrow()), "reason": "ถนนขาด"} | changes


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
    actions.plan(planned.round, by=supervisor, **facts)
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
    client, data = login(supervisor), another_day()
    CalendarDay.objects.create(
        name="สอบ NT",
        kind="test",
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=30),
    )
    page = client.post(url_of(planned, "postpone"), data).content.decode()
    assert "วันที่เลือกตรงกับวันสอบ สอบ NT" in page
    client.post(url_of(planned, "postpone"), data | {"marked_day": "on"})
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
    walk.fill(recording.sheet, 3, by=supervisor, note="บันทึกค้างที่ถูกยกเลิก")
    client, part = login(supervisor), walk.part_url(recording.sheet_id, 1)
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
    walk.needs_submitted(planned.round, by=school_director)
    walk.self_assessment_confirmed(planned.round, by=school_director)
    actions.cancel(planned, by=supervisor, reason="น้ำท่วม")
    page = login(supervisor).get(planned.round.get_absolute_url()).content.decode()
    assert "ยังไม่มีนัดหมายการนิเทศ" in page


def test_a_cancelled_visit_leads_to_a_new_appointment_while_the_round_is_open(
    login, supervisor, school_director, group_director, planned, plan_url
):
    actions.cancel(planned, by=supervisor, reason="น้ำท่วม")
    client, url = login(supervisor), planned.get_absolute_url()
    assert plan_url in client.get(url).content.decode()
    assert plan_url not in login(school_director).get(url).content.decode()
    walk.self_assessment_confirmed(planned.round, by=school_director)
    walk.visit_acknowledged(planned.round, supervisor=supervisor, director=school_director)
    walk.decided(planned.round, by=group_director)
    assert plan_url not in client.get(url).content.decode()


@pytest.mark.parametrize("act", ["postpone", "cancel", "hand_over", "sign", "record"])
def test_a_cancelled_visit_goes_no_further(login, supervisor, planned, act):
    actions.cancel(planned, by=supervisor, reason="น้ำท่วม")
    response = login(supervisor).post(url_of(planned, act), another_day(leader=supervisor.pk))
    assert response.status_code == 409
    assert "ยกเลิกการนิเทศไปแล้ว" in response.content.decode()


def test_a_signed_visit_is_not_cancelled(login, supervisor, round_):
    visit = walk.visit_signed(round_, by=supervisor)
    assert login(supervisor).post(url_of(visit, "cancel"), {"reason": "ก"}).status_code == 409


# --- Hand over ---


@pytest.mark.parametrize("state", ["planned", "recording"])
def test_hand_over_gives_the_signature_away(request, login, supervisor, group_director, state):
    visit = request.getfixturevalue(state)
    visit.team.add(group_director)
    data = {"leader": group_director.pk, "reason": "ไปราชการ"}
    login(supervisor).post(url_of(visit, "hand_over"), data)
    visit.refresh_from_db()
    assert (visit.leader, visit.state) == (group_director, state)
    assert list(visit.team.all()) == []
    page = login(supervisor).get(visit.get_absolute_url()).content.decode()
    assert "ไปราชการ" in page
    if state == "recording":
        walk.fill(visit.sheet, 4, by=supervisor)
        assert login(supervisor).post(url_of(visit, "sign")).status_code == 409
        assert login(group_director).post(url_of(visit, "sign")).status_code == 302


def test_hand_over_offers_only_who_may_lead_here(
    login, supervisor, other_supervisor, group_director, planned
):
    form = login(supervisor).get(url_of(planned, "hand_over")).context["form"]
    assert list(form.fields["leader"].queryset) == [group_director]
    data = {"leader": other_supervisor.pk, "reason": "ไปราชการ"}
    page = login(supervisor).post(url_of(planned, "hand_over"), data).content.decode()
    assert "ไม่มีหน้าที่นิเทศโรงเรียนนี้" in page
    assert "ไปราชการ" in page


def test_hand_over_asks_about_a_clash(login, supervisor, group_director, elsewhere, planned):
    actions.hand_over(elsewhere, by=supervisor, leader=group_director, reason="ไปราชการ")
    data = {"leader": group_director.pk, "reason": "ลาป่วย"}
    page = login(supervisor).post(url_of(planned, "hand_over"), data).content.decode()
    assert f"{group_director} มีนัดหมายที่โรงเรียนบนดอย" in page
    login(supervisor).post(url_of(planned, "hand_over"), data | {"elsewhere": "on"})
    planned.refresh_from_db()
    assert planned.leader == group_director


@pytest.mark.parametrize("act", ["postpone", "cancel", "hand_over"])
def test_only_who_records_here_changes_an_appointment(
    login, client, other_supervisor, school_director, outsider_director, planned, act
):
    url = url_of(planned, act)
    assert login(other_supervisor).get(url).status_code == 403
    assert login(school_director).post(url).status_code == 403
    assert login(outsider_director).post(url).status_code == 404
    assert client.post(url).status_code == 302
