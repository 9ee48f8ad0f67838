"""Putting right what an appointment says, beside its day and its leader."""

from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.needs.enums import SupervisionMode
from supervision.visits import actions, ratings
from supervision.visits.actions import update_visit_plan
from supervision.visits.enums import VisitKind, VisitState
from supervision.workflow.models import Transition
from supervision.workflow.queries import last_transition
from tests import scenarios
from tests.factories import RoundFactory, SchoolFactory


@pytest.fixture
def planned(round_, supervisor):
    return scenarios.visit_planned(round_, by=supervisor)


def url_of(visit):
    return reverse("visit_edit", args=[visit.pk])


def details(visit, **changes):
    """The page as it opens, changed in some fields."""
    fields = {
        "kind": visit.kind,
        "mode": visit.mode,
        "purpose": visit.purpose,
        "team": [person.pk for person in visit.team.all()],
    }
    return fields | changes


def as_opened(client, visit, **changes):
    """The same, with the page's own mark of what it showed."""
    version = client.get(url_of(visit)).context["form"]["version"].value()
    return details(visit, version=version) | changes


def revised(visit, *, by, **changes):
    facts = {"kind": visit.kind, "mode": visit.mode, "purpose": visit.purpose}
    return update_visit_plan(visit, by=by, **{**facts, "team": visit.team.all(), **changes})


def page_after(client, visit, **changes):
    data = as_opened(client, visit, **changes)
    return client.post(url_of(visit), data, follow=True).content.decode()


# --- What changes ---


def test_the_plan_is_updated_and_the_school_sees_what_changed(
    login, supervisor, school_director, committee_member, planned
):
    page = page_after(
        login(supervisor),
        planned,
        kind=VisitKind.TERM_OPENING,
        mode=SupervisionMode.ONLINE,
        purpose="ความพร้อมก่อนเปิดภาคเรียน",
        team=[committee_member.pk],
    )
    assert "แก้ไขรายละเอียดนัดหมายแล้ว" in page
    planned.refresh_from_db()
    assert (planned.kind, planned.mode) == (VisitKind.TERM_OPENING, SupervisionMode.ONLINE)
    assert (planned.purpose, planned.state) == ("ความพร้อมก่อนเปิดภาคเรียน", VisitState.PLANNED)
    assert list(planned.team.all()) == [committee_member]
    page = login(school_director).get(planned.get_absolute_url()).content.decode()
    assert "เปลี่ยนประเภทจาก “นิเทศ ติดตามปกติ” เป็น “เปิดภาคเรียน”" in page
    assert "เปลี่ยนรูปแบบจาก “ลงพื้นที่” เป็น “ออนไลน์”" in page
    assert "เปลี่ยนเรื่องที่นิเทศจาก “นิเทศประจำภาคเรียน” เป็น “ความพร้อมก่อนเปิดภาคเรียน”" in page
    assert f"เพิ่มผู้ร่วมนิเทศ {committee_member}" in page
    assert "เหตุผล: เปลี่ยน" not in page


def test_the_team_is_told_who_left(login, supervisor, committee_member, planned):
    planned.team.add(committee_member)
    page = page_after(login(supervisor), planned, team=[])
    assert f"นำ {committee_member} ออกจากผู้ร่วมนิเทศ" in page
    assert not planned.team.exists()


def test_nothing_changed_is_nothing_logged(login, supervisor, committee_member, planned):
    planned.team.add(committee_member)
    before = Transition.objects.count()
    assert "ไม่มีสิ่งใดเปลี่ยน" in page_after(login(supervisor), planned)
    assert Transition.objects.count() == before


def test_while_recording_all_but_the_kind_may_change(
    login, supervisor, committee_member, recording
):
    client = login(supervisor)
    assert "เปลี่ยนประเภทไม่ได้" in client.get(url_of(recording)).content.decode()
    page_after(
        client, recording, mode=SupervisionMode.HYBRID, purpose="ใหม่", team=[committee_member.pk]
    )
    recording.refresh_from_db()
    assert (recording.mode, recording.purpose) == (SupervisionMode.HYBRID, "ใหม่")
    assert (recording.state, list(recording.team.all())) == ("recording", [committee_member])
    assert last_transition(recording).verb == "update_record"
    page = page_after(client, recording, kind=VisitKind.CLASSROOM, purpose="พิมพ์ไว้")
    assert "เปลี่ยนประเภทไม่ได้" in page
    assert "พิมพ์ไว้" in page
    recording.refresh_from_db()
    assert recording.kind == VisitKind.ORDINARY
    with pytest.raises(ActionRefused, match="เปลี่ยนประเภทไม่ได้"):
        revised(recording, by=supervisor, kind=VisitKind.CLASSROOM)


def test_a_planned_visit_becomes_an_observation_and_is_recorded_as_one(
    login, supervisor, planned, observation_form
):
    stale = type(planned).objects.get()
    page_after(login(supervisor), planned, kind=VisitKind.CLASSROOM)
    assert "เริ่มสังเกตชั้นเรียน" in login(supervisor).get(planned.get_absolute_url()).content.decode()
    with pytest.raises(ActionRefused, match="แบบเฉพาะ"):
        actions.start_visit_record(stale, by=supervisor)


def test_two_planned_visits_do_not_become_one(login, supervisor, round_, planned):
    other = actions.plan_visit(
        round_,
        by=supervisor,
        visit_on=planned.visit_on,
        purpose="สังเกต",
        leader=supervisor,
        kind=VisitKind.CLASSROOM,
    )
    page = page_after(login(supervisor), other, kind=VisitKind.ORDINARY, purpose="ที่พิมพ์ไว้")
    assert "มีนัดหมายวันและเวลานี้แล้ว คือการนิเทศครั้งที่ 1" in page
    assert "ที่พิมพ์ไว้" in page
    other.refresh_from_db()
    assert (other.kind, other.purpose) == (VisitKind.CLASSROOM, "สังเกต")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"purpose": "  "}, "โปรดกรอกเรื่องที่นิเทศ"),
        ({"purpose": "ก" * 301}, "ยาวเกิน 300 ตัวอักษร"),
        ({"mode": "walk"}, "โปรดเลือกรูปแบบการนิเทศจากรายการ"),
        ({"kind": "walk"}, "โปรดเลือกประเภทการนิเทศจากรายการ"),
        ({"team": [10**20]}, "ผู้ร่วมนิเทศ"),
        ({"team": ["ก"]}, "ผู้ร่วมนิเทศ"),
    ],
)
def test_updating_the_plan_says_what_is_wrong(login, supervisor, planned, changes, message):
    page = page_after(login(supervisor), planned, **{"mode": SupervisionMode.ONLINE, **changes})
    assert message in page
    planned.refresh_from_db()
    assert planned.mode == SupervisionMode.ON_SITE


# --- Who joins ---


def test_the_leader_is_not_offered_for_the_team(login, supervisor, planned):
    team = login(supervisor).get(url_of(planned)).context["form"].fields["team"].queryset
    assert supervisor not in team
    revised(planned, by=supervisor, team=[supervisor])
    assert not planned.team.exists()


def test_who_left_the_appointment_stays_on_the_team_until_removed(
    login, supervisor, committee_member, planned
):
    planned.team.add(committee_member)
    committee_member.appointments.update(ends_on=timezone.localdate() - timezone.timedelta(days=1))
    page_after(login(supervisor), planned, purpose="เรื่องใหม่")
    assert list(planned.team.all()) == [committee_member]


def test_who_has_begun_to_rate_stays_with_their_scores(
    login, supervisor, committee_member, subcommittee_member, recording
):
    recording.team.set([committee_member, subcommittee_member])
    ratings.start_rating(recording, by=supervisor)
    rating = ratings.start_rating(recording, by=committee_member)
    client = login(supervisor)
    page = client.get(url_of(recording)).content.decode()
    assert f"เริ่มให้คะแนนแล้ว จึงนำออกไม่ได้: {committee_member}<" in page
    page = page_after(client, recording, team=[], purpose="ที่พิมพ์ไว้")
    assert f"{committee_member} เริ่มให้คะแนนแล้ว" in page
    assert "ที่พิมพ์ไว้" in page
    assert recording.team.count() == 2
    page_after(client, recording, team=[committee_member.pk])
    assert list(recording.team.all()) == [committee_member]
    assert (
        login(committee_member).get(rating.sheet.get_absolute_url(), follow=True).status_code == 200
    )


def test_a_name_is_text_and_never_markup(login, supervisor, committee_member, recording):
    type(committee_member).objects.filter(pk=committee_member.pk).update(full_name="<b>กรรมการ</b>")
    recording.team.add(committee_member)
    ratings.start_rating(recording, by=committee_member)
    page = login(supervisor).get(url_of(recording)).content.decode()
    assert "&lt;b&gt;กรรมการ" in page
    assert "<b>กรรมการ" not in page


def test_who_joins_later_may_rate(login, supervisor, committee_member, recording):
    page_after(login(supervisor), recording, team=[committee_member.pk])
    client = login(committee_member)
    assert client.post(reverse("visit_rate", args=[recording.pk])).status_code == 302


def test_only_who_joins_now_is_asked_to_be_at_two_schools(
    login, cluster, term, supervisor, committee_member, deputy_area_director, planned
):
    elsewhere = RoundFactory(school=SchoolFactory(name="โรงเรียนบนดอย", cluster=cluster), term=term)
    actions.plan_visit(
        elsewhere,
        by=supervisor,
        visit_on=planned.visit_on,
        starts_at=time(9),
        purpose="นิเทศ",
        leader=supervisor,
        team=[committee_member, deputy_area_director],
    )
    planned.team.add(deputy_area_director)
    client, both = login(supervisor), [committee_member.pk, deputy_area_director.pk]
    page = page_after(client, planned, team=both)
    assert f"{committee_member} มีนัดหมายที่โรงเรียนบนดอย" in page
    assert f"{deputy_area_director} มีนัดหมาย" not in page
    assert planned.team.count() == 1
    page_after(client, planned, team=both, confirm_clash="on")
    assert planned.team.count() == 2


# --- Two people at it ---


def test_nobody_overwrites_unseen_what_another_saved(
    login, supervisor, group_director, committee_member, planned
):
    client = login(supervisor)
    stale = as_opened(client, planned, purpose="ของฉัน")
    revised(planned, by=group_director, purpose="ของเขา", team=[committee_member])
    response = client.post(url_of(planned), stale)
    page = response.content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของเขา”" in page
    assert f"ผู้อื่นบันทึกช่องนี้ไว้ว่า “{committee_member}”" in page
    assert "ของฉัน" in page
    planned.refresh_from_db()
    assert planned.purpose == "ของเขา"
    again = stale | {"version": response.context["form"]["version"].value()}
    client.post(url_of(planned), again)
    planned.refresh_from_db()
    assert planned.purpose == "ของฉัน"


def test_a_record_begun_meanwhile_keeps_its_kind(login, supervisor, school_director, planned):
    scenarios.self_assessment_confirmed(planned.round, by=school_director)
    client = login(supervisor)
    stale = as_opened(client, planned, kind=VisitKind.CLASSROOM)
    actions.start_visit_record(planned, by=supervisor)
    page = client.post(url_of(planned), stale).content.decode()
    assert "เปลี่ยนประเภทไม่ได้" in page


def test_a_stale_page_does_not_touch_what_is_signed(login, supervisor, school_director, recording):
    scenarios.fill_sheet(recording.sheet, 4, by=supervisor)
    stale = type(recording).objects.get()
    actions.sign_visit(recording, by=supervisor)
    with pytest.raises(ActionRefused, match="ลงนามบันทึกการนิเทศไปแล้ว"):
        revised(stale, by=supervisor, purpose="ใหม่")


# --- Who may, and when ---


@pytest.mark.parametrize("end", ["signed", "cancelled"])
def test_the_plan_of_a_signed_or_cancelled_visit_is_not_updated(login, supervisor, recording, end):
    scenarios.fill_sheet(recording.sheet, 4, by=supervisor)
    if end == "signed":
        actions.sign_visit(recording, by=supervisor)
    else:
        actions.cancel_visit(recording, by=supervisor, reason="น้ำท่วม")
    client = login(supervisor)
    assert url_of(recording) not in client.get(recording.get_absolute_url()).content.decode()
    assert client.get(url_of(recording)).status_code == 409
    assert client.post(url_of(recording), details(recording)).status_code == 409


def test_only_who_records_here_updates_the_plan(
    login, client, supervisor, other_supervisor, school_director, outsider_director, planned
):
    assert url_of(planned) in login(supervisor).get(planned.get_absolute_url()).content.decode()
    assert login(other_supervisor).get(url_of(planned)).status_code == 403
    assert login(school_director).post(url_of(planned), details(planned)).status_code == 403
    assert login(outsider_director).post(url_of(planned)).status_code == 404
    assert client.post(url_of(planned)).status_code == 302


def test_the_form_asks_the_same_for_one_member_and_for_three(
    login,
    supervisor,
    committee_member,
    deputy_area_director,
    subcommittee_member,
    recording,
    queries_of,
):
    recording.team.add(committee_member)
    ratings.start_rating(recording, by=committee_member)
    few = queries_of(login(supervisor), url_of(recording))
    for person in (deputy_area_director, subcommittee_member):
        recording.team.add(person)
        ratings.start_rating(recording, by=person)
    assert queries_of(login(supervisor), url_of(recording)) == few
