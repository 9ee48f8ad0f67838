"""An answer sheet filled in without a script: the page's own form."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from supervision.assessments import actions
from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import MAX_ANSWER_TEXT_LENGTH, SubmittedEdit, record_edits
from supervision.assessments.models import AnswerEdit
from supervision.visits import actions as visits
from tests import scenarios
from tests.supervision.assessments.html_forms import html_form_data


@pytest.fixture
def page(sheet):
    return scenarios.standard_url(sheet.pk, 1)


@pytest.fixture
def visit(round_, supervisor, school_director):
    scenarios.self_assessment_confirmed(round_, by=school_director, level=5)
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    return visit


def line(indicator, field, value, **more):
    return {"id": str(uuid.uuid4()), "indicator": indicator, "field": field, "value": value} | more


def send(client, sheet, user, edits):
    body = {"user": user.pk, "edits": edits}
    return client.post(
        reverse("sheet_edits", args=[sheet.pk]), body, content_type="application/json"
    )


def text(response):
    return response.content.decode()


def test_the_form_saves_what_was_changed(login, sheet, indicator, page, academic_teacher):
    client = login(academic_teacher)
    data = html_form_data(text(client.get(page)))
    data |= {f"level-{indicator.pk}": "4", f"note-{indicator.pk}": "บรรทัดหนึ่ง\r\nบรรทัดสอง"}
    response = client.post(page, data, follow=True)
    assert "บันทึกแล้ว 2 ช่อง" in text(response)
    assert AnswerEdit.objects.count() == 2
    assert sheet.answers.get().note == "บรรทัดหนึ่ง\nบรรทัดสอง"


def test_the_form_sent_twice_changes_nothing(login, sheet, indicator, page, academic_teacher):
    client = login(academic_teacher)
    data = html_form_data(text(client.get(page))) | {f"level-{indicator.pk}": "4"}
    for _ in range(2):
        client.post(page, data)
    assert AnswerEdit.objects.count() == 1


def test_other_words_after_the_back_button_are_saved_too(
    login, sheet, indicator, page, academic_teacher
):
    client = login(academic_teacher)
    data = html_form_data(text(client.get(page)))
    for words in ("แรก", "หลัง"):
        client.post(page, data | {f"note-{indicator.pk}": words})
    assert {edit.value for edit in AnswerEdit.objects.all()} == {"แรก", "หลัง"}
    assert sheet.answers.get().note == "หลัง"


def test_an_untouched_field_does_not_undo_another_person(
    login, sheet, indicator, page, academic_teacher, school_director
):
    client = login(academic_teacher)
    data = html_form_data(text(client.get(page)))
    edit = SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.LEVEL, "5")
    record_edits(sheet, [edit], by=school_director)
    client.post(page, data | {f"note-{indicator.pk}": "ดี"})
    assert sheet.answers.get().level == 5


@pytest.mark.parametrize(("verb", "kept"), [("use", "ของผู้อำนวยการ"), ("keep", "ของครู")])
def test_a_choice_by_button(
    login, sheet, indicator, page, academic_teacher, school_director, verb, kept
):
    theirs = SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.NOTE, "ของผู้อำนวยการ")
    record_edits(sheet, [theirs], by=school_director)
    mine = SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.NOTE, "ของครู")
    record_edits(sheet, [mine], by=academic_teacher)
    client = login(academic_teacher)
    html = text(client.get(page))
    assert "อีกค่าหนึ่ง" in html
    assert str(school_director) in html
    after = text(client.post(page, html_form_data(html) | {verb: str(theirs.id)}, follow=True))
    assert sheet.answers.get().note == kept
    assert 'data-other="' not in after


def test_words_too_long_stay_on_the_page(login, sheet, indicator, page, academic_teacher):
    client = login(academic_teacher)
    words = "ยาว" * MAX_ANSWER_TEXT_LENGTH
    data = html_form_data(text(client.get(page)))
    data |= {f"note-{indicator.pk}": words, f"level-{indicator.pk}": "4"}
    response = client.post(page, data)
    assert response.status_code == 422
    assert words in text(response)
    assert "โปรดย่อให้ไม่เกิน" in text(response)
    summary = text(response).split("data-error-summary")[1].split("</ul>")[0]
    assert f'href="#indicator-{indicator.pk}"' in summary
    assert f"ข้อ {indicator.code} หมายเหตุ" in summary
    assert sheet.answers.get().level == 4
    shorter = html_form_data(text(response)) | {f"note-{indicator.pk}": "สั้น"}
    client.post(page, shorter)
    assert sheet.answers.get().note == "สั้น"


def test_words_that_come_too_late_are_shown_for_copying(
    login, sheet, indicator, page, academic_teacher
):
    client = login(academic_teacher)
    data = html_form_data(text(client.get(page))) | {f"note-{indicator.pk}": "คำที่มาช้า"}
    actions.freeze_sheet(sheet)
    response = client.post(page, data)
    assert response.status_code == 409
    assert "คำที่มาช้า" in text(response)
    assert "โปรดคัดลอกเก็บไว้" in text(response)


@pytest.mark.parametrize(
    "go", ["https://elsewhere.example/", "//elsewhere.example", "/sheets/0/1/"]
)
def test_the_form_leads_only_to_its_own_pages(login, sheet, page, academic_teacher, go):
    assert login(academic_teacher).post(page, {"go": go}).url == page


def test_the_form_leads_on(login, sheet, page, academic_teacher):
    following = scenarios.standard_url(sheet.pk, 2)
    assert login(academic_teacher).post(page, {"go": following}).url == following


def test_who_may_not_write_cannot_post(login, sheet, page, supervisor):
    assert login(supervisor).post(page, {}).status_code == 403


def test_the_texts_are_saved_by_form(login, visit, supervisor):
    client = login(supervisor)
    url = reverse("sheet_texts", args=[visit.sheet_id])
    client.post(url, html_form_data(text(client.get(url))) | {"strengths": "ครูเตรียมการสอนดี"})
    assert visit.sheet.texts.get(field="strengths").text == "ครูเตรียมการสอนดี"


def test_anonymous_is_asked_to_sign_in(sheet, page):
    assert Client().get(page).url.startswith(reverse("account_login"))
