import uuid
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.thai import numeric_date
from supervision.assessments.enums import Field
from supervision.assessments.journal import Edit, record_edits
from supervision.assessments.queries import indicators_of
from supervision.needs.enums import Mode
from supervision.visits import actions
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from tests import walk
from tests.factories import RoundFactory


def appointment(leader, **changes):
    fields = {
        "visit_on": numeric_date(timezone.localdate()),
        "starts_at": "09:30",
        "mode": Mode.ON_SITE,
        "purpose": "นิเทศประจำภาคเรียน",
        "leader": leader.pk,
    }
    return fields | changes


@pytest.fixture
def plan_url(round_):
    return reverse("visit_plan", args=[round_.pk])


@pytest.fixture
def recording(round_, supervisor, school_director):
    walk.self_assessment_confirmed(round_, by=school_director)
    visit = walk.visit_planned(round_, by=supervisor)
    actions.start_record(visit, by=supervisor)
    return visit


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


def test_plan_inside_the_term_asks_nothing(login, supervisor, plan_url):
    assert "outside_term" not in login(supervisor).get(plan_url).content.decode()


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


# --- The visit's page ---


def test_the_school_sees_an_appointment(login, school_director, supervisor, round_):
    visit = walk.visit_planned(round_, by=supervisor)
    page = login(school_director).get(visit.get_absolute_url()).content.decode()
    assert "นัดหมายแล้ว" in page
    assert "เริ่มบันทึกการนิเทศ" not in page


def test_the_school_sees_no_unsigned_record(login, school_director, supervisor, recording):
    walk.fill(recording.sheet, 4, by=supervisor, note="ข้อค้นพบที่ยังไม่ลงนาม")
    edit = Edit(uuid.uuid4(), None, Field.STRENGTHS, "จุดเด่นที่ยังไม่ลงนาม")
    record_edits(recording.sheet, [edit], by=supervisor)
    client, sheet = login(school_director), recording.sheet_id
    response = client.get(recording.get_absolute_url())
    assert response.status_code == 200
    assert "จุดเด่นที่ยังไม่ลงนาม" not in response.content.decode()
    assert "x̄" not in response.content.decode()
    for url in (
        reverse("sheet", args=[sheet]),
        walk.part_url(sheet, 1),
        reverse("sheet_texts", args=[sheet]),
    ):
        assert client.get(url).status_code == 404
    assert client.get(reverse("visit_sign", args=[recording.pk])).status_code == 403
    assert client.get(reverse("visit_acknowledge", args=[recording.pk])).status_code == 409


def test_the_school_reads_scores_once_signed(login, school_director, supervisor, round_):
    walk.self_assessment_confirmed(round_, by=school_director, level=5)
    visit = walk.visit_signed(round_, by=supervisor, level=4)
    page = login(school_director).get(visit.get_absolute_url()).content.decode()
    assert "ต่ำกว่าโรงเรียน 1.00" in page
    assert "ครูจัดการเรียนรู้ที่เน้นการปฏิบัติ" in page
    assert "รับทราบผลการนิเทศ" in page


def test_the_record_lists_what_is_missing_with_links(login, supervisor, recording):
    page = login(supervisor).get(recording.get_absolute_url()).content.decode()
    assert "ขาดอีก 4 รายการ" in page
    assert walk.part_url(recording.sheet_id, 2) in page


def test_the_page_costs_few_queries(login, supervisor, recording, django_assert_max_num_queries):
    walk.fill(recording.sheet, 4, by=supervisor)
    client = login(supervisor)
    client.get(recording.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(recording.get_absolute_url())


def test_a_visit_is_hidden_from_others(login, client, outsider_director, supervisor, round_):
    visit = walk.visit_planned(round_, by=supervisor)
    for name in ("visit", "visit_record", "visit_sign", "visit_acknowledge"):
        url = reverse(name, args=[visit.pk])
        assert login(outsider_director).get(url).status_code == 404
        assert client.get(url).status_code == 302


# --- Record ---


def test_record_opens_the_sheet(login, supervisor, round_):
    visit = walk.visit_planned(round_, by=supervisor)
    response = login(supervisor).post(reverse("visit_record", args=[visit.pk]))
    visit.refresh_from_db()
    assert visit.state == VisitState.RECORDING
    assert response.url == visit.sheet.get_absolute_url()


def test_a_record_never_bears_a_day_still_to_come(login, supervisor, round_):
    visit = walk.visit_planned(round_, by=supervisor)
    visit.visit_on = timezone.localdate() + timedelta(days=3)
    visit.save()
    client = login(supervisor)
    assert "ระบบบันทึกวันที่นิเทศเป็นวันนี้" in client.get(visit.get_absolute_url()).content.decode()
    client.post(reverse("visit_record", args=[visit.pk]))
    visit.refresh_from_db()
    assert visit.visit_on == timezone.localdate()


def test_record_twice_makes_one_sheet(login, supervisor, recording):
    url = reverse("visit_record", args=[recording.pk])
    assert login(supervisor).post(url).status_code == 409
    assert recording.round.sheets.filter(kind="visit").count() == 1
    assert login(supervisor).get(url).url == recording.get_absolute_url()


def test_record_needs_criteria(login, supervisor, school, term):
    visit = walk.visit_planned(RoundFactory(school=school, term=term, bare=True), by=supervisor)
    page = login(supervisor).get(visit.get_absolute_url()).content.decode()
    assert "ยังเริ่มบันทึกไม่ได้" in page
    url = reverse("visit_record", args=[visit.pk])
    assert login(supervisor).post(url).status_code == 409


def test_record_is_for_those_who_record_here(login, other_supervisor, school_director, round_):
    visit = walk.visit_planned(round_, by=other_supervisor)
    url = reverse("visit_record", args=[visit.pk])
    assert login(other_supervisor).post(url).status_code == 403
    assert login(school_director).post(url).status_code == 403


# --- Sign ---


def test_sign_freezes_the_record(login, supervisor, recording):
    walk.fill(recording.sheet, 4, by=supervisor)
    url = reverse("visit_sign", args=[recording.pk])
    assert "แก้ไขไม่ได้อีก" in login(supervisor).get(url).content.decode()
    login(supervisor).post(url)
    recording.refresh_from_db()
    assert recording.state == VisitState.SIGNED
    assert recording.signed_by == supervisor
    assert recording.signed_as == "ศึกษานิเทศก์"
    assert recording.sheet.frozen_at


def test_what_the_school_confirms_later_does_not_stand_beside_a_signed_record(
    login, supervisor, school_director, round_
):
    visit = walk.visit_signed(round_, by=supervisor, level=4)
    walk.self_assessment_confirmed(round_, by=school_director, level=1)
    page = login(supervisor).get(visit.get_absolute_url()).content.decode()
    assert "ต่ำกว่าโรงเรียน" not in page
    assert "สูงกว่าโรงเรียน" not in page


def test_sign_lists_missing_indicators(login, supervisor, recording):
    url = reverse("visit_sign", args=[recording.pk])
    page = login(supervisor).get(url).content.decode()
    assert "ยังลงนามไม่ได้" in page
    assert "ตัวชี้วัดทดสอบ 2.2" in page
    response = login(supervisor).post(url)
    assert response.status_code == 409
    assert "2.2 ตัวชี้วัดทดสอบ 2.2: ยังไม่ได้เลือกระดับ" in response.content.decode()


def test_sign_refuses_an_unexplained_gap(login, supervisor, recording):
    walk.fill(recording.sheet, 2, by=supervisor, note="")
    url = reverse("visit_sign", args=[recording.pk])
    assert "โปรดเขียนข้อค้นพบ" in login(supervisor).get(url).content.decode()
    assert login(supervisor).post(url).status_code == 409
    note = [
        Edit(uuid.uuid4(), indicator.pk, Field.NOTE, "พบเพียงบางชั้น")
        for indicator in indicators_of(recording.sheet)
    ]
    record_edits(recording.sheet, note, by=supervisor)
    assert login(supervisor).post(url).status_code == 302


def test_sign_is_for_the_leader(login, supervisor, group_director, recording):
    walk.fill(recording.sheet, 4, by=supervisor)
    url = reverse("visit_sign", args=[recording.pk])
    response = login(group_director).post(url)
    assert response.status_code == 409
    assert str(supervisor) in response.content.decode()
    page = login(group_director).get(recording.get_absolute_url()).content.decode()
    assert f"รอ{supervisor} ลงนาม" in page


def test_sign_twice_is_refused(login, supervisor, round_):
    visit = walk.visit_signed(round_, by=supervisor)
    response = login(supervisor).post(reverse("visit_sign", args=[visit.pk]))
    assert response.status_code == 409
    assert "ลงนามบันทึกการนิเทศไปแล้ว" in response.content.decode()


# --- Acknowledge ---


def test_acknowledge_keeps_the_comment(login, school_director, supervisor, round_):
    visit = walk.visit_signed(round_, by=supervisor)
    url = reverse("visit_acknowledge", args=[visit.pk])
    login(school_director).post(url, {"comment": "ขอบคุณคณะนิเทศ"})
    visit.refresh_from_db()
    assert visit.state == VisitState.ACKNOWLEDGED
    assert visit.acknowledged_by == school_director
    page = login(school_director).get(visit.get_absolute_url()).content.decode()
    assert "ขอบคุณคณะนิเทศ" in page
    assert login(school_director).post(url).status_code == 409


def test_acknowledge_needs_no_comment(login, school_director, supervisor, round_):
    visit = walk.visit_signed(round_, by=supervisor)
    login(school_director).post(reverse("visit_acknowledge", args=[visit.pk]))
    visit.refresh_from_db()
    assert visit.state == VisitState.ACKNOWLEDGED


def test_acknowledge_keeps_a_too_long_comment(login, school_director, supervisor, round_):
    visit = walk.visit_signed(round_, by=supervisor)
    url = reverse("visit_acknowledge", args=[visit.pk])
    page = login(school_director).post(url, {"comment": "ก" * 2001}).content.decode()
    assert "ยาวเกิน 2,000 ตัวอักษร" in page
    assert "ก" * 2001 in page


def test_acknowledge_is_for_the_schools_director(
    login, academic_teacher, supervisor, group_director, round_
):
    visit = walk.visit_signed(round_, by=supervisor)
    url = reverse("visit_acknowledge", args=[visit.pk])
    for person in (academic_teacher, supervisor, group_director):
        assert login(person).post(url).status_code == 403


def test_plan_refuses_a_person_beyond_any_number(login, supervisor, plan_url):
    response = login(supervisor).post(plan_url, appointment(supervisor, team=[10**20]))
    assert "มีผู้ร่วมนิเทศที่พ้นหน้าที่แล้ว" in response.content.decode()
