"""Evidence on an answer sheet: who adds it, and what is taken."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from schools.core.errors import ActionRefused
from supervision.assessments import actions, evidence
from supervision.assessments.models import Evidence
from supervision.assessments.queries import sheet_indicators
from supervision.visits import actions as visits
from tests import scenarios
from tests.supervision.assessments.evidence_uploads import (
    add_evidence,
    page_text,
    pdf_upload,
    photo_upload,
    post_evidence,
    stored_file_names,
)
from tests.supervision.assessments.html_forms import html_form_data


@pytest.fixture
def page(sheet):
    return scenarios.standard_url(sheet.pk, 1)


@pytest.fixture
def visit_sheet(round_, supervisor):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    return visit.sheet


# --- Adding, with the page's script ---


def test_a_photo_is_kept_with_its_words(login, sheet, indicator, academic_teacher):
    response = post_evidence(
        login(academic_teacher),
        sheet,
        academic_teacher,
        indicator,
        file=photo_upload(),
        caption="กิจกรรมกลุ่ม",
        has_consent="on",
    )
    piece = sheet.evidence.get()
    assert response.json()["id"] == str(piece.pk)
    assert "กิจกรรมกลุ่ม" in response.json()["html"]
    assert "ได้รับความยินยอมแล้ว" in response.json()["html"]
    assert (piece.kind, piece.indicator, piece.by) == ("photo", indicator, academic_teacher)
    assert default_storage.exists(piece.file.name)
    assert default_storage.exists(piece.thumbnail.name)


def test_a_document_and_a_link_are_kept(login, sheet, indicator, academic_teacher):
    client = login(academic_teacher)
    post_evidence(client, sheet, academic_teacher, indicator, file=pdf_upload(), has_consent="on")
    post_evidence(client, sheet, academic_teacher, indicator, url="drive.google.com/file/1")
    document, link = sheet.evidence.all()
    assert (document.kind, document.name, document.has_consent) == ("document", "แผน.pdf", False)
    assert (link.kind, link.url) == ("link", "https://drive.google.com/file/1")


def test_sent_twice_it_is_there_once(login, sheet, indicator, academic_teacher):
    client, id_ = login(academic_teacher), uuid.uuid4()
    for _ in range(2):
        response = post_evidence(
            client, sheet, academic_teacher, indicator, id=id_, file=photo_upload()
        )
        assert response.status_code == 200
    assert Evidence.objects.count() == 1
    assert (
        len(default_storage.listdir(str(next(iter(stored_file_names())).rpartition("/")[0]))[1])
        == 2
    )


def test_one_id_is_one_place(login, sheet, indicator, academic_teacher):
    client, id_ = login(academic_teacher), uuid.uuid4()
    post_evidence(client, sheet, academic_teacher, indicator, id=id_, file=pdf_upload())
    other = sheet_indicators(sheet)[1]
    assert (
        post_evidence(client, sheet, academic_teacher, other, id=id_, file=pdf_upload()).status_code
        == 422
    )
    assert Evidence.objects.get().indicator == indicator


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (
            {"file": SimpleUploadedFile("ภาพ.jpg", b"MZ" + bytes(600))},
            "“ภาพ.jpg” เป็นไฟล์ชนิดที่ระบบไม่รับ",
        ),
        ({"file": SimpleUploadedFile("ว่าง.pdf", b"")}, "ไฟล์ว่าง"),
        ({"url": "http://example.com/"}, "https://"),
        ({"url": "javascript:alert(1)"}, "https://"),
        ({"url": "https://" + "a" * 600 + ".com"}, "ยาวเกิน 500"),
        ({"caption": "ก" * 301, "url": "https://example.com/"}, "ยาวเกิน 300"),
        ({"id": "x", "url": "https://example.com/"}, ""),
        ({}, "โปรดเลือกไฟล์"),
    ],
    ids=range(8),
)
def test_what_is_not_taken_is_told(login, sheet, indicator, academic_teacher, sent, words):
    response = post_evidence(login(academic_teacher), sheet, academic_teacher, indicator, **sent)
    assert response.status_code == 422
    assert words in response.json()["message"]
    assert not Evidence.objects.exists()


def test_only_places_of_the_sheet(login, sheet, academic_teacher, visit_sheet, supervisor):
    teacher = login(academic_teacher)
    assert (
        post_evidence(teacher, sheet, academic_teacher, None, file=pdf_upload()).status_code == 422
    )
    assert (
        post_evidence(
            login(supervisor), visit_sheet, supervisor, None, file=pdf_upload()
        ).status_code
        == 200
    )
    far = {
        "user": academic_teacher.pk,
        "indicator": 10**40,
        "id": uuid.uuid4(),
        "file": pdf_upload(),
    }
    assert teacher.post(reverse("sheet_evidence", args=[sheet.pk]), far).status_code == 422


def test_one_request_has_a_limit(login, sheet, academic_teacher, settings):
    """Told by its length, before any of it is read."""
    url = reverse("sheet_evidence", args=[sheet.pk])
    size = str(settings.UPLOAD_REQUEST_BYTES + 1)
    response = login(academic_teacher).post(url, {}, CONTENT_LENGTH=size)
    assert response.status_code == 413
    assert "รวมกันเกิน 160 MB" in page_text(response)


def test_a_place_is_full_some_day(login, sheet, indicator, academic_teacher):
    for _ in range(evidence.MAX_EVIDENCE_PER_FIELD):
        add_evidence(sheet, indicator, by=academic_teacher)
    with pytest.raises(ActionRefused, match="ครบ 30 รายการ"):
        add_evidence(sheet, indicator, by=academic_teacher)


def test_who_may_not_send(login, sheet, indicator, academic_teacher, supervisor, outsider_director):
    file = {"file": pdf_upload()}
    assert post_evidence(Client(), sheet, academic_teacher, indicator, **file).status_code == 401
    response = post_evidence(login(supervisor), sheet, academic_teacher, indicator, **file)
    assert (response.status_code, response.json()["code"]) == (409, "other_person")
    assert post_evidence(login(supervisor), sheet, supervisor, indicator, **file).status_code == 403
    outsider = login(outsider_director)
    assert post_evidence(outsider, sheet, outsider_director, indicator, **file).status_code == 404
    assert not Evidence.objects.exists()


def test_a_frozen_sheet_takes_none_and_loses_none(
    login, sheet, indicator, academic_teacher, django_capture_on_commit_callbacks
):
    piece = add_evidence(sheet, indicator, by=academic_teacher)
    actions.freeze_sheet(sheet)
    client = login(academic_teacher)
    response = post_evidence(client, sheet, academic_teacher, indicator, file=photo_upload())
    assert (response.status_code, response.json()["code"]) == (409, "frozen")
    for name in ("evidence_edit", "evidence_remove"):
        url = reverse(name, args=[piece.pk])
        assert client.get(url).status_code == 409
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(url, {"caption": "ใหม่"}).status_code == 409
    piece.refresh_from_db()
    assert (piece.removed_at, piece.caption) == (None, "")
    assert default_storage.exists(piece.file.name)


# --- Adding, without a script ---


def test_the_form_keeps_words_and_files_together(login, sheet, indicator, page, academic_teacher):
    client, n = login(academic_teacher), indicator.pk
    sent = html_form_data(page_text(client.get(page))) | {
        f"note-{n}": "พิมพ์ไว้ก่อนแนบ",
        f"file-{n}": [photo_upload(), pdf_upload()],
        f"url-{n}": "https://example.com/plan",
        f"words-{n}": "แผนและภาพ",
        f"yes-{n}": "on",
        "go": f"{page}#evidence-{n}",
    }
    response = client.post(page, sent)
    assert response.url == f"{page}#evidence-{n}"
    assert sheet.answers.get().note == "พิมพ์ไว้ก่อนแนบ"
    assert [(p.kind, p.has_consent) for p in sheet.evidence.all()] == [
        ("photo", True),
        ("document", False),
        ("link", False),
    ]
    assert {p.caption for p in sheet.evidence.all()} == {"แผนและภาพ"}
    html = page_text(client.get(page))
    assert "แนบหลักฐานแล้ว 3 รายการ" in html
    assert html.count('class="evidence-item"') == 3


def test_the_form_sent_twice_adds_nothing(login, sheet, indicator, page, academic_teacher):
    client, n = login(academic_teacher), indicator.pk
    fields = html_form_data(page_text(client.get(page)))
    for _ in range(2):
        client.post(page, fields | {f"file-{n}": pdf_upload(), f"url-{n}": "https://example.com/"})
    assert Evidence.objects.count() == 2


def test_a_refused_file_costs_no_words(login, sheet, indicator, page, academic_teacher):
    client, n = login(academic_teacher), indicator.pk
    sent = html_form_data(page_text(client.get(page))) | {
        f"note-{n}": "พิมพ์ไว้ก่อนแนบ",
        f"file-{n}": [SimpleUploadedFile("ตรา.svg", b"<svg/>"), pdf_upload()],
        f"url-{n}": "http://example.com/",
        f"words-{n}": "คำอธิบายที่พิมพ์",
    }
    response = client.post(page, sent)
    assert response.status_code == 422
    html = page_text(response)
    assert "“ตรา.svg” เป็นไฟล์ชนิดที่ระบบไม่รับ" in html
    assert 'value="http://example.com/"' in html
    assert 'value="คำอธิบายที่พิมพ์"' in html
    assert sheet.answers.get().note == "พิมพ์ไว้ก่อนแนบ"
    assert sheet.evidence.get().name == "แผน.pdf"


def test_words_typed_for_a_file_not_chosen_stay(login, sheet, indicator, page, academic_teacher):
    client = login(academic_teacher)
    sent = html_form_data(page_text(client.get(page))) | {f"words-{indicator.pk}": "ลืมเลือกไฟล์"}
    response = client.post(page, sent)
    assert response.status_code == 422
    assert 'value="ลืมเลือกไฟล์"' in page_text(response)


def test_the_form_leads_to_the_pages_of_its_evidence(
    login, sheet, indicator, page, academic_teacher, visit_sheet, supervisor
):
    client = login(academic_teacher)
    own = add_evidence(sheet, indicator, by=academic_teacher)
    theirs = add_evidence(visit_sheet, indicator, by=supervisor)
    for piece, leads in ((own, True), (theirs, False)):
        url = reverse("evidence_remove", args=[piece.pk])
        assert (client.post(page, {"go": url}).url == url) is leads


def test_evidence_of_a_whole_visit(login, visit_sheet, supervisor):
    client = login(supervisor)
    url = reverse("sheet_texts", args=[visit_sheet.pk])
    client.post(
        url,
        html_form_data(page_text(client.get(url))) | {"file": photo_upload(), "words": "ภาพรวม"},
    )
    piece = visit_sheet.evidence.get()
    assert (piece.indicator, piece.caption) == (None, "ภาพรวม")
    assert "ภาพรวม" in page_text(client.get(url))
    assert piece.get_sheet_url() == f"{url}#evidence"
