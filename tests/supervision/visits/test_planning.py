from calendar import SATURDAY
from datetime import time, timedelta

import pytest
from django.utils import timezone

from schools.core.thai import numeric_date
from supervision.needs.enums import SupervisionMode
from supervision.special_days.models import SpecialDay
from supervision.visits import actions
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit
from tests import scenarios


def plan_data(leader, **changes):
    fields = {
        "visit_on": numeric_date(timezone.localdate()),
        "special_day": "on",  # today may be a Saturday
        "starts_at": "09:30",
        "kind": VisitKind.ORDINARY,
        "mode": SupervisionMode.ON_SITE,
        "purpose": "นิเทศประจำภาคเรียน",
        "leader": leader.pk,
    }
    return fields | changes


# --- Plan ---


def test_plan_creates_a_visit(login, supervisor, committee_member, plan_url):
    data = plan_data(supervisor, team=[committee_member.pk, supervisor.pk])
    response = login(supervisor).post(plan_url, data, follow=True)
    visit = Visit.objects.get()
    assert response.redirect_chain[0][0] == visit.get_absolute_url()
    assert (visit.leader, visit.starts_at) == (supervisor, time(9, 30))
    assert list(visit.team.all()) == [committee_member]
    assert "นัดหมายการนิเทศวันที่" in response.content.decode()


def test_plan_shows_what_the_school_wanted(login, supervisor, school_director, round_, plan_url):
    survey = scenarios.needs_submitted(round_, by=school_director)
    survey.preferred_mode = SupervisionMode.ONLINE
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
    data = plan_data(other_supervisor, purpose="เรื่องที่พิมพ์ไว้")
    page = login(supervisor).post(plan_url, data).content.decode()
    assert "ผู้นี้ไม่มีหน้าที่นิเทศโรงเรียนนี้" in page
    assert "เรื่องที่พิมพ์ไว้" in page
    assert not Visit.objects.exists()


def test_plan_outside_the_term_asks_first(login, supervisor, term, plan_url):
    client = login(supervisor)
    data = plan_data(supervisor, visit_on=numeric_date(term.closes_on))
    page = client.post(plan_url, data).content.decode()
    assert "วันที่อยู่นอกภาคเรียน" in page
    assert not Visit.objects.exists()
    client.post(plan_url, data | {"outside_term": "on"})
    assert Visit.objects.get().visit_on == term.closes_on


def test_plan_on_a_marked_day_asks_first(login, supervisor, plan_url):
    today = timezone.localdate()
    SpecialDay.objects.create(name="วันครู", kind="holiday", starts_on=today, ends_on=today)
    client, data = login(supervisor), plan_data(supervisor, special_day="")
    page = client.post(plan_url, data).content.decode()
    assert "วันที่เลือกตรงกับวันหยุด วันครู" in page
    assert not Visit.objects.exists()
    client.post(plan_url, data | {"special_day": "on"})
    assert Visit.objects.get().visit_on == today


def test_plan_on_a_weekend_asks_first(login, supervisor, plan_url):
    today = timezone.localdate()
    saturday = today + timedelta(days=(SATURDAY - today.weekday()) % 7)
    client = login(supervisor)
    data = plan_data(supervisor, visit_on=numeric_date(saturday), special_day="")
    page = client.post(plan_url, data).content.decode()
    assert "วันที่เลือกตรงกับวันเสาร์ โปรดแก้วันที่" in page
    assert not Visit.objects.exists()
    client.post(plan_url, data | {"special_day": "on"})
    assert Visit.objects.get().visit_on == saturday


def test_plan_inside_the_term_asks_nothing(login, supervisor, plan_url):
    page = login(supervisor).get(plan_url).content.decode()
    assert "outside_term" not in page
    assert "special_day" not in page


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
    page = login(supervisor).post(plan_url, plan_data(supervisor) | changes).content.decode()
    assert message in page
    assert not Visit.objects.exists()


def test_plan_sent_twice_creates_one_visit(login, supervisor, plan_url):
    client = login(supervisor)
    client.post(plan_url, plan_data(supervisor))
    page = client.post(plan_url, plan_data(supervisor)).content.decode()
    assert "มีนัดหมายวันและเวลานี้แล้ว" in page
    assert Visit.objects.count() == 1


def test_plan_is_refused_in_a_round_that_ended(
    login, supervisor, school_director, group_director, round_, plan_url
):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(
        round_, by=group_director, result="not_achieved", planned_changes="ปรับเครื่องมือ"
    )
    assert login(supervisor).get(plan_url).status_code == 409
    assert login(supervisor).post(plan_url, plan_data(supervisor)).status_code == 409


def test_plan_is_for_those_who_record_here(
    login, client, other_supervisor, school_director, outsider_director, plan_url
):
    assert login(other_supervisor).get(plan_url).status_code == 403
    assert login(school_director).post(plan_url).status_code == 403
    assert login(outsider_director).get(plan_url).status_code == 404
    assert client.get(plan_url).status_code == 302


def test_plan_refuses_a_person_beyond_any_number(login, supervisor, plan_url):
    response = login(supervisor).post(plan_url, plan_data(supervisor, team=[10**20]))
    assert "มีผู้ร่วมนิเทศที่พ้นหน้าที่แล้ว" in response.content.decode()


def test_plan_takes_kind_and_times(login, supervisor, plan_url):
    data = plan_data(supervisor, ends_at="11.30", kind=VisitKind.TERM_OPENING)
    login(supervisor).post(plan_url, data)
    visit = Visit.objects.get()
    assert (visit.times, visit.kind) == ("09.30–11.30 น.", VisitKind.TERM_OPENING)


def test_plan_offers_the_clusters_sub_committee_for_the_team(
    login, supervisor, subcommittee_member, deputy_area_director, plan_url
):
    team = login(supervisor).get(plan_url).context["form"].fields["team"].queryset
    assert {subcommittee_member, deputy_area_director} <= set(team)


# --- The same person at two schools ---


def test_a_clash_names_person_school_and_time_and_may_be_confirmed(
    login, supervisor, elsewhere, plan_url, round_
):
    client = login(supervisor)
    page = client.post(plan_url, plan_data(supervisor)).content.decode()
    assert f"{supervisor} มีนัดหมายที่โรงเรียนบนดอย วันเดียวกัน 09.00–11.00 น." in page
    assert "นิเทศประจำภาคเรียน" in page
    assert not round_.visits.exists()
    client.post(plan_url, plan_data(supervisor, confirm_clash="on"))
    assert round_.visits.count() == 1


def test_a_member_of_the_team_clashes_too(
    login, group_director, committee_member, elsewhere, plan_url
):
    data = plan_data(group_director, team=[committee_member.pk])
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
    login(supervisor).post(plan_url, plan_data(supervisor) | changes)
    assert round_.visits.count() == 1


def test_an_unknown_time_takes_the_whole_day(login, supervisor, elsewhere, plan_url, round_):
    login(supervisor).post(plan_url, plan_data(supervisor, starts_at=""))
    assert not round_.visits.exists()


def test_a_cancelled_visit_clashes_with_nothing(login, supervisor, elsewhere, plan_url, round_):
    actions.cancel_visit(elsewhere, by=supervisor, reason="ฝนตกหนัก")
    login(supervisor).post(plan_url, plan_data(supervisor))
    assert round_.visits.count() == 1


def test_two_classes_of_one_school_are_seen_at_once(
    login, supervisor, group_director, plan_url, round_
):
    for leader in (supervisor, group_director):
        data = plan_data(leader, kind=VisitKind.CLASSROOM)
        login(supervisor).post(plan_url, data)
    assert [visit.number for visit in round_.visits.all()] == [1, 2]
