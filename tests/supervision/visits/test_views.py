import uuid
from datetime import timedelta

import time_machine
from django.urls import reverse
from django.utils import timezone

from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.queries import sheet_indicators
from supervision.visits.enums import VisitState
from tests import scenarios
from tests.factories import RoundFactory

# --- The visit's page ---


def test_the_school_sees_a_planned_visit(login, school_director, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    page = login(school_director).get(visit.get_absolute_url()).content.decode()
    assert "นัดหมายแล้ว" in page
    assert "เริ่มบันทึกการนิเทศ" not in page


def test_the_school_sees_no_unsigned_record(login, school_director, supervisor, recording):
    scenarios.fill_sheet(recording.sheet, 4, by=supervisor, note="ข้อค้นพบที่ยังไม่ลงนาม")
    edit = SubmittedEdit(uuid.uuid4(), None, AnswerField.STRENGTHS, "จุดเด่นที่ยังไม่ลงนาม")
    record_edits(recording.sheet, [edit], by=supervisor)
    client, sheet = login(school_director), recording.sheet_id
    response = client.get(recording.get_absolute_url())
    assert response.status_code == 200
    assert "จุดเด่นที่ยังไม่ลงนาม" not in response.content.decode()
    assert "x̄" not in response.content.decode()
    for url in (
        reverse("sheet", args=[sheet]),
        scenarios.standard_url(sheet, 1),
        reverse("sheet_texts", args=[sheet]),
    ):
        assert client.get(url).status_code == 404
    assert client.get(reverse("visit_sign", args=[recording.pk])).status_code == 403
    assert client.get(reverse("visit_acknowledge", args=[recording.pk])).status_code == 409


def test_the_school_reads_scores_once_signed(login, school_director, supervisor, round_):
    scenarios.self_assessment_confirmed(round_, by=school_director, level=5)
    visit = scenarios.visit_signed(round_, by=supervisor, level=4)
    page = login(school_director).get(visit.get_absolute_url()).content.decode()
    assert "ต่ำกว่าโรงเรียน 1.00" in page
    assert "ครูจัดการเรียนรู้ที่เน้นการปฏิบัติ" in page
    assert "รับทราบผลการนิเทศ" in page


def test_the_record_lists_what_is_missing_with_links(login, supervisor, recording):
    page = login(supervisor).get(recording.get_absolute_url()).content.decode()
    assert "ขาดอีก 4 รายการ" in page
    assert scenarios.standard_url(recording.sheet_id, 2) in page


def test_the_page_costs_few_queries(login, supervisor, recording, django_assert_max_num_queries):
    scenarios.fill_sheet(recording.sheet, 4, by=supervisor)
    client = login(supervisor)
    client.get(recording.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(recording.get_absolute_url())


def test_a_visit_is_hidden_from_others(login, client, outsider_director, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    for name in ("visit", "visit_record", "visit_sign", "visit_acknowledge"):
        url = reverse(name, args=[visit.pk])
        assert login(outsider_director).get(url).status_code == 404
        assert client.get(url).status_code == 302


# --- Record ---


def test_record_opens_the_sheet(login, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    response = login(supervisor).post(reverse("visit_record", args=[visit.pk]))
    visit.refresh_from_db()
    assert visit.state == VisitState.RECORDING
    assert response.url == visit.sheet.get_absolute_url()


def test_a_record_never_bears_a_day_still_to_come(login, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
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
    visit = scenarios.visit_planned(
        RoundFactory(school=school, term=term, bare=True), by=supervisor
    )
    page = login(supervisor).get(visit.get_absolute_url()).content.decode()
    assert "ยังเริ่มบันทึกไม่ได้" in page
    url = reverse("visit_record", args=[visit.pk])
    assert login(supervisor).post(url).status_code == 409


def test_record_is_for_those_who_record_here(login, other_supervisor, school_director, round_):
    visit = scenarios.visit_planned(round_, by=other_supervisor)
    url = reverse("visit_record", args=[visit.pk])
    assert login(other_supervisor).post(url).status_code == 403
    assert login(school_director).post(url).status_code == 403


# --- Sign ---


def test_sign_freezes_the_record(login, supervisor, recording):
    scenarios.fill_sheet(recording.sheet, 4, by=supervisor)
    url = reverse("visit_sign", args=[recording.pk])
    assert "แก้ไขไม่ได้อีก" in login(supervisor).get(url).content.decode()
    login(supervisor).post(url, scenarios.shown_version(recording.sheet))
    recording.refresh_from_db()
    assert recording.state == VisitState.SIGNED
    assert recording.signed_by == supervisor
    assert recording.signed_as == "ศึกษานิเทศก์"
    assert recording.sheet.frozen_at


def test_what_the_school_confirms_later_does_not_stand_beside_a_signed_record(
    login, supervisor, school_director, round_
):
    visit = scenarios.visit_signed(round_, by=supervisor, level=4)
    scenarios.self_assessment_confirmed(round_, by=school_director, level=1)
    page = login(supervisor).get(visit.get_absolute_url()).content.decode()
    assert "ต่ำกว่าโรงเรียน" not in page
    assert "สูงกว่าโรงเรียน" not in page


def test_sign_tells_which_texts_are_left_empty(login, supervisor, recording):
    url = reverse("visit_sign", args=[recording.pk])
    scenarios.fill_sheet(recording.sheet, 4, by=supervisor)
    strengths = [SubmittedEdit(uuid.uuid4(), None, AnswerField.STRENGTHS, "สื่อท้องถิ่น")]
    record_edits(recording.sheet, strengths, by=supervisor)
    assert login(supervisor).get(url).context["unfilled_texts"] == ["จุดควรพัฒนา", "ข้อเสนอแนะ"]
    assert login(supervisor).post(url, scenarios.shown_version(recording.sheet)).status_code == 302


def test_sign_lists_missing_indicators(login, supervisor, recording):
    url = reverse("visit_sign", args=[recording.pk])
    page = login(supervisor).get(url).content.decode()
    assert "ยังลงนามไม่ได้" in page
    assert "ตัวชี้วัดทดสอบ 2.2" in page
    response = login(supervisor).post(url, scenarios.shown_version(recording.sheet))
    assert response.status_code == 409
    assert "2.2 ตัวชี้วัดทดสอบ 2.2: ยังไม่ได้เลือกระดับ" in response.content.decode()


def test_sign_refuses_an_unexplained_gap(login, supervisor, recording):
    scenarios.fill_sheet(recording.sheet, 2, by=supervisor, note="")
    url = reverse("visit_sign", args=[recording.pk])
    assert "โปรดเขียนข้อค้นพบ" in login(supervisor).get(url).content.decode()
    assert login(supervisor).post(url, scenarios.shown_version(recording.sheet)).status_code == 409
    note = [
        SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.NOTE, "พบเพียงบางชั้น")
        for indicator in sheet_indicators(recording.sheet)
    ]
    record_edits(recording.sheet, note, by=supervisor)
    assert login(supervisor).post(url, scenarios.shown_version(recording.sheet)).status_code == 302


def test_sign_is_for_the_leader(login, supervisor, group_director, recording):
    scenarios.fill_sheet(recording.sheet, 4, by=supervisor)
    url = reverse("visit_sign", args=[recording.pk])
    response = login(group_director).post(url)
    assert response.status_code == 409
    assert str(supervisor) in response.content.decode()
    page = login(group_director).get(recording.get_absolute_url()).content.decode()
    assert f"รอ{supervisor} ลงนาม" in page


def test_sign_twice_is_refused(login, supervisor, round_):
    visit = scenarios.visit_signed(round_, by=supervisor)
    response = login(supervisor).post(reverse("visit_sign", args=[visit.pk]))
    assert response.status_code == 409
    assert "ลงนามบันทึกการนิเทศไปแล้ว" in response.content.decode()


# --- Acknowledge ---


def test_acknowledge_keeps_the_comment(login, school_director, supervisor, round_):
    visit = scenarios.visit_signed(round_, by=supervisor)
    url = reverse("visit_acknowledge", args=[visit.pk])
    login(school_director).post(url, {"comment": "ขอบคุณคณะนิเทศ"})
    visit.refresh_from_db()
    assert visit.state == VisitState.ACKNOWLEDGED
    assert visit.acknowledged_by == school_director
    page = login(school_director).get(visit.get_absolute_url()).content.decode()
    assert "ขอบคุณคณะนิเทศ" in page
    assert login(school_director).post(url).status_code == 409


def test_acknowledge_needs_no_comment(login, school_director, supervisor, round_):
    visit = scenarios.visit_signed(round_, by=supervisor)
    login(school_director).post(reverse("visit_acknowledge", args=[visit.pk]))
    visit.refresh_from_db()
    assert visit.state == VisitState.ACKNOWLEDGED


def test_acknowledge_keeps_a_too_long_comment(login, school_director, supervisor, round_):
    visit = scenarios.visit_signed(round_, by=supervisor)
    url = reverse("visit_acknowledge", args=[visit.pk])
    page = login(school_director).post(url, {"comment": "ก" * 2001}).content.decode()
    assert "ยาวเกิน 2,000 ตัวอักษร" in page
    assert "ก" * 2001 in page


def test_acknowledge_is_for_the_schools_director(
    login, academic_teacher, supervisor, group_director, round_
):
    visit = scenarios.visit_signed(round_, by=supervisor)
    url = reverse("visit_acknowledge", args=[visit.pk])
    for person in (academic_teacher, supervisor, group_director):
        assert login(person).post(url).status_code == 403


def test_a_signature_stands_above_what_was_written_in_the_same_moment(login, supervisor, round_):
    with time_machine.travel(timezone.now(), tick=False):
        visit = scenarios.visit_signed(round_, by=supervisor)
    history = login(supervisor).get(visit.get_absolute_url()).context["history"]
    assert [line.verb for line in history] == ["sign", "record", "plan", ""]
