"""Edits that arrive after the sheet was closed: kept with the record, shown, used or dismissed."""

import uuid

import pytest
from django.urls import reverse

from supervision.assessments import actions
from supervision.assessments.enums import AnswerField, LateEditState
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.late_edits import store_late_edits
from supervision.assessments.models import AnswerEdit, LateEdit
from supervision.assessments.queries import sheet_indicators
from supervision.visits import actions as visits
from supervision.workflow.models import Transition
from tests import scenarios

FINDING = "พบกิจกรรมเพียงชั้นเดียว พิมพ์ไว้ขณะไม่มีสัญญาณ"


@pytest.fixture
def visit(round_, supervisor):
    return scenarios.visit_signed(round_, by=supervisor)


@pytest.fixture
def indicator(visit):
    return sheet_indicators(visit.sheet)[0]


@pytest.fixture
def late(visit, indicator, supervisor):
    edit = SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.NOTE, FINDING)
    store_late_edits(visit.sheet, [edit], by=supervisor)
    return LateEdit.objects.get()


def line(indicator, field, value, **more):
    return {"id": str(uuid.uuid4()), "indicator": indicator, "field": field, "value": value} | more


def send(client, sheet, user, edits):
    body = {"user": user.pk, "edits": edits}
    return client.post(
        reverse("sheet_edits", args=[sheet.pk]), body, content_type="application/json"
    )


def text(response):
    return response.content.decode()


# --- What comes in ---


def test_words_after_the_signature_are_kept_and_the_record_stays(
    login, visit, indicator, supervisor
):
    edit = line(indicator.pk, "note", FINDING, age_ms=60_000)
    before = list(visit.sheet.answers.values())
    response = send(login(supervisor), visit.sheet, supervisor, [edit])
    receipt = response.json()
    assert (response.status_code, receipt["saved"], receipt["kept"]) == (200, [], [edit["id"]])
    assert receipt["closed"]["url"] == visit.get_absolute_url()
    late = LateEdit.objects.get()
    assert (late.value, late.by, late.state) == (FINDING, supervisor, LateEditState.WAITING)
    assert 59 < (late.received_at - late.made_at).total_seconds() < 61
    assert list(visit.sheet.answers.values()) == before


def test_late_words_sent_again_are_kept_once(login, visit, indicator, supervisor):
    edit = line(indicator.pk, "note", FINDING)
    for _ in range(2):
        answer = send(login(supervisor), visit.sheet, supervisor, [edit]).json()
        assert answer["kept"] == [edit["id"]]
    assert LateEdit.objects.count() == 1


def test_one_id_for_two_texts_is_not_taken_for_the_first(login, visit, indicator, supervisor):
    edit = line(indicator.pk, "note", FINDING)
    send(login(supervisor), visit.sheet, supervisor, [edit])
    answer = send(login(supervisor), visit.sheet, supervisor, [edit | {"value": "อื่น"}]).json()
    assert answer["kept"] == []
    assert answer["rejected"][0]["id"] == edit["id"]


def test_what_the_record_holds_already_is_not_late(login, round_, supervisor):
    """Its answer was lost on the way, and the record was signed before it was sent again."""
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    edit = line(sheet_indicators(visit.sheet)[0].pk, "note", FINDING)
    send(login(supervisor), visit.sheet, supervisor, [edit])
    visits.sign_visit(visit, by=supervisor)
    answer = send(login(supervisor), visit.sheet, supervisor, [edit]).json()
    assert (answer["saved"], answer["kept"]) == ([edit["id"]], [])
    assert not LateEdit.objects.exists()


def test_words_too_long_for_the_record_are_kept_whole(login, visit, indicator, supervisor):
    send(login(supervisor), visit.sheet, supervisor, [line(indicator.pk, "note", "ก" * 6000)])
    assert LateEdit.objects.get().value == "ก" * 6000


def test_words_of_no_place_are_not_kept(login, visit, supervisor):
    answer = send(login(supervisor), visit.sheet, supervisor, [line(10**9, "note", "ก")]).json()
    assert answer["kept"] == []
    assert len(answer["rejected"]) == 1


@pytest.mark.parametrize("who", ["school_director", "other_supervisor"])
def test_nobody_sends_late_what_they_could_not_write_before(login, request, visit, indicator, who):
    user = request.getfixturevalue(who)
    answer = send(login(user), visit.sheet, user, [line(indicator.pk, "note", "ก")])
    assert answer.status_code == 403
    assert not LateEdit.objects.exists()


def test_a_form_without_script_that_comes_too_late_is_kept(login, round_, supervisor):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    part, client = scenarios.standard_url(visit.sheet_id, 1), login(supervisor)
    note = client.get(part).context["cards"][0].boxes["note"]
    visits.sign_visit(visit, by=supervisor)
    page = text(client.post(part, {f"version-{note.name}": note.shown_token, note.name: FINDING}))
    assert "เก็บไว้ในหน้าบันทึก" in page
    assert FINDING in page
    assert LateEdit.objects.get().value == FINDING


# --- Who reads it ---


def test_the_record_shows_it_as_no_part_of_itself(login, visit, late, supervisor, group_director):
    for user in (supervisor, group_director):
        page = text(login(user).get(visit.get_absolute_url()))
        assert FINDING in page
        assert "ไม่เป็นส่วนหนึ่งของบันทึกการนิเทศ" in page


def test_unsigned_words_on_a_visit_stay_within_the_office(
    login, visit, late, school_director, academic_teacher
):
    for user in (school_director, academic_teacher):
        assert FINDING not in text(login(user).get(visit.get_absolute_url()))


def test_a_page_with_late_words_asks_the_database_little(
    login, visit, late, indicator, supervisor, django_assert_max_num_queries
):
    edits = [SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.LEVEL, "2") for _ in range(5)]
    store_late_edits(visit.sheet, edits, by=supervisor)
    client = login(supervisor)
    client.get(visit.get_absolute_url())
    with django_assert_max_num_queries(16):  # one more than without them, however many they are
        page = text(client.get(visit.get_absolute_url()))
    assert page.count("ระดับ 2") == 5


def test_home_counts_them_for_their_author(login, late, supervisor, group_director):
    assert "ข้อความที่มาถึงหลังปิดแบบประเมิน 1 ช่อง" in text(login(supervisor).get("/todos/"))
    assert "ข้อความที่มาถึงหลังปิดแบบประเมิน" not in text(login(group_director).get("/todos/"))


# --- What its author does with it ---


def test_dismissed_it_waits_no_more_and_stays_on_the_page(login, visit, late, supervisor):
    client = login(supervisor)
    page = text(client.post(reverse("late_edit_dismiss", args=[late.pk]), follow=True))
    assert FINDING in page
    assert "พิจารณาแล้ว ไม่นำไปใช้" in page
    assert "ข้อความที่มาถึงหลังปิดแบบประเมิน" not in text(client.get("/todos/"))
    assert Transition.objects.get(record_type="assessments.lateedit").verb == "dismiss"
    assert client.post(reverse("late_edit_dismiss", args=[late.pk])).status_code == 409


def test_it_is_used_in_the_revised_record(login, visit, late, indicator, supervisor):
    client, use = login(supervisor), reverse("late_edit_use", args=[late.pk])
    assert client.post(use).status_code == 409  # nothing is being amended
    following = visits.revise_visit(visit, by=supervisor, reason="ข้อค้นพบไม่ครบ")
    assert client.post(use).status_code == 302
    assert following.sheet.answers.get(indicator=indicator).note == FINDING
    assert visit.sheet.answers.get(indicator=indicator).note != FINDING
    late.refresh_from_db()
    assert late.state == LateEditState.USED


def test_too_long_it_is_not_used_and_still_waits(login, visit, indicator, supervisor):
    edit = SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.NOTE, "ก" * 6000)
    store_late_edits(visit.sheet, [edit], by=supervisor)
    visits.revise_visit(visit, by=supervisor, reason="ข้อค้นพบไม่ครบ")
    late = LateEdit.objects.get()
    page = login(supervisor).post(reverse("late_edit_use", args=[late.pk]))
    assert page.status_code == 409
    assert "โปรดย่อให้ไม่เกิน 5,000" in text(page)
    late.refresh_from_db()
    assert late.is_waiting


def test_a_teachers_late_words_are_used_after_the_return(
    login, round_, academic_teacher, school_director, supervisor
):
    assessment = scenarios.self_assessment_confirmed(round_, by=school_director)
    indicator = sheet_indicators(assessment.sheet)[0]
    edit = SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.NOTE, FINDING)
    store_late_edits(assessment.sheet, [edit], by=academic_teacher)
    page = text(login(school_director).get(assessment.get_absolute_url()))
    assert FINDING in page
    following = actions.return_self_assessment(assessment, by=supervisor, reason="ไม่ครบ")
    late = LateEdit.objects.get()
    assert login(academic_teacher).post(reverse("late_edit_use", args=[late.pk])).status_code == 302
    assert following.sheet.answers.get(indicator=indicator).note == FINDING
    assert AnswerEdit.objects.get(sheet=following.sheet).by == academic_teacher


def test_it_is_its_authors_alone_to_use_or_dismiss(
    login, late, group_director, school_director, outsider_director
):
    for name in ("late_edit_use", "late_edit_dismiss"):
        url = reverse(name, args=[late.pk])
        assert login(group_director).post(url).status_code == 403
        assert login(school_director).post(url).status_code == 404
        assert login(outsider_director).post(url).status_code == 404


def test_edits_on_an_open_sheet_are_never_late(round_, supervisor):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    indicator = sheet_indicators(visit.sheet)[0]
    edit = SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.NOTE, "ก")
    assert record_edits(visit.sheet, [edit], by=supervisor) == {}
    assert not LateEdit.objects.exists()
