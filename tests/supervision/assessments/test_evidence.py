"""Evidence on an answer sheet: who adds it, and what is taken."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from supervision.assessments import actions
from supervision.assessments.evidence import actions as evidence
from supervision.assessments.evidence.models import Evidence
from supervision.assessments.queries import indicators_of
from supervision.visits import actions as visits
from supervision.workflow.errors import Refused
from tests import walk
from tests.supervision.assessments.pages import form_of
from tests.supervision.assessments.pieces import kept, on_disk, paper, photo, send, text


@pytest.fixture
def page(sheet):
    return walk.part_url(sheet.pk, 1)


@pytest.fixture
def visit_sheet(round_, supervisor):
    visit = walk.visit_planned(round_, by=supervisor)
    visits.start_record(visit, by=supervisor)
    return visit.sheet


# --- Adding, with the page's script ---


def test_a_photo_is_kept_with_its_words(login, sheet, indicator, academic_teacher):
    response = send(
        login(academic_teacher),
        sheet,
        academic_teacher,
        indicator,
        file=photo(),
        caption="กิจกรรมกลุ่ม",
        has_consent="on",
    )
    piece = sheet.evidence.get()
    assert response.json()["id"] == str(piece.pk)
    assert "กิจกรรมกลุ่ม" in response.json()["html"]
    assert "ได้รับความยินยอมแล้ว" in response.json()["html"]
    assert (piece.kind, piece.indicator, piece.by) == ("photo", indicator, academic_teacher)
    assert default_storage.exists(piece.file.name)
    assert default_storage.exists(piece.small.name)


def test_a_document_and_a_link_are_kept(login, sheet, indicator, academic_teacher):
    client = login(academic_teacher)
    send(client, sheet, academic_teacher, indicator, file=paper(), has_consent="on")
    send(client, sheet, academic_teacher, indicator, url="drive.google.com/file/1")
    document, link = sheet.evidence.all()
    assert (document.kind, document.name, document.has_consent) == ("document", "แผน.pdf", False)
    assert (link.kind, link.url) == ("link", "https://drive.google.com/file/1")


def test_sent_twice_it_is_there_once(login, sheet, indicator, academic_teacher):
    client, id_ = login(academic_teacher), uuid.uuid4()
    for _ in range(2):
        response = send(client, sheet, academic_teacher, indicator, id=id_, file=photo())
        assert response.status_code == 200
    assert Evidence.objects.count() == 1
    assert len(default_storage.listdir(str(next(iter(on_disk())).rpartition("/")[0]))[1]) == 2


def test_one_id_is_one_place(login, sheet, indicator, academic_teacher):
    client, id_ = login(academic_teacher), uuid.uuid4()
    send(client, sheet, academic_teacher, indicator, id=id_, file=paper())
    other = indicators_of(sheet)[1]
    assert send(client, sheet, academic_teacher, other, id=id_, file=paper()).status_code == 422
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
    response = send(login(academic_teacher), sheet, academic_teacher, indicator, **sent)
    assert response.status_code == 422
    assert words in response.json()["message"]
    assert not Evidence.objects.exists()


def test_only_places_of_the_sheet(login, sheet, academic_teacher, visit_sheet, supervisor):
    teacher = login(academic_teacher)
    assert send(teacher, sheet, academic_teacher, None, file=paper()).status_code == 422
    assert send(login(supervisor), visit_sheet, supervisor, None, file=paper()).status_code == 200
    far = {"user": academic_teacher.pk, "indicator": 10**40, "id": uuid.uuid4(), "file": paper()}
    assert teacher.post(reverse("sheet_evidence", args=[sheet.pk]), far).status_code == 422


def test_one_request_has_a_limit(login, sheet, academic_teacher, settings):
    """Told by its length, before any of it is read."""
    url = reverse("sheet_evidence", args=[sheet.pk])
    size = str(settings.UPLOAD_REQUEST_BYTES + 1)
    response = login(academic_teacher).post(url, {}, CONTENT_LENGTH=size)
    assert response.status_code == 413
    assert "รวมกันเกิน 160 MB" in text(response)


def test_a_place_is_full_some_day(login, sheet, indicator, academic_teacher):
    for _ in range(evidence.MOST_PIECES):
        kept(sheet, indicator, by=academic_teacher)
    with pytest.raises(Refused, match="ครบ 30 รายการ"):
        kept(sheet, indicator, by=academic_teacher)


def test_who_may_not_send(login, sheet, indicator, academic_teacher, supervisor, outsider_director):
    file = {"file": paper()}
    assert send(Client(), sheet, academic_teacher, indicator, **file).status_code == 401
    response = send(login(supervisor), sheet, academic_teacher, indicator, **file)
    assert (response.status_code, response.json()["code"]) == (409, "other_person")
    assert send(login(supervisor), sheet, supervisor, indicator, **file).status_code == 403
    outsider = login(outsider_director)
    assert send(outsider, sheet, outsider_director, indicator, **file).status_code == 404
    assert not Evidence.objects.exists()


def test_a_frozen_sheet_takes_none_and_loses_none(
    login, sheet, indicator, academic_teacher, django_capture_on_commit_callbacks
):
    piece = kept(sheet, indicator, by=academic_teacher)
    actions.freeze(sheet)
    client = login(academic_teacher)
    response = send(client, sheet, academic_teacher, indicator, file=photo())
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
    sent = form_of(text(client.get(page))) | {
        f"note-{n}": "พิมพ์ไว้ก่อนแนบ",
        f"file-{n}": [photo(), paper()],
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
    html = text(client.get(page))
    assert "แนบหลักฐานแล้ว 3 รายการ" in html
    assert html.count('class="piece"') == 3


def test_the_form_sent_twice_adds_nothing(login, sheet, indicator, page, academic_teacher):
    client, n = login(academic_teacher), indicator.pk
    fields = form_of(text(client.get(page)))
    for _ in range(2):
        client.post(page, fields | {f"file-{n}": paper(), f"url-{n}": "https://example.com/"})
    assert Evidence.objects.count() == 2


def test_a_refused_file_costs_no_words(login, sheet, indicator, page, academic_teacher):
    client, n = login(academic_teacher), indicator.pk
    sent = form_of(text(client.get(page))) | {
        f"note-{n}": "พิมพ์ไว้ก่อนแนบ",
        f"file-{n}": [SimpleUploadedFile("ตรา.svg", b"<svg/>"), paper()],
        f"url-{n}": "http://example.com/",
        f"words-{n}": "คำอธิบายที่พิมพ์",
    }
    response = client.post(page, sent)
    assert response.status_code == 422
    html = text(response)
    assert "“ตรา.svg” เป็นไฟล์ชนิดที่ระบบไม่รับ" in html
    assert 'value="http://example.com/"' in html
    assert 'value="คำอธิบายที่พิมพ์"' in html
    assert sheet.answers.get().note == "พิมพ์ไว้ก่อนแนบ"
    assert sheet.evidence.get().name == "แผน.pdf"


def test_words_typed_for_a_file_not_chosen_stay(login, sheet, indicator, page, academic_teacher):
    client = login(academic_teacher)
    sent = form_of(text(client.get(page))) | {f"words-{indicator.pk}": "ลืมเลือกไฟล์"}
    response = client.post(page, sent)
    assert response.status_code == 422
    assert 'value="ลืมเลือกไฟล์"' in text(response)


def test_the_form_leads_to_the_pages_of_its_pieces(
    login, sheet, indicator, page, academic_teacher, visit_sheet, supervisor
):
    client = login(academic_teacher)
    own = kept(sheet, indicator, by=academic_teacher)
    theirs = kept(visit_sheet, indicator, by=supervisor)
    for piece, leads in ((own, True), (theirs, False)):
        url = reverse("evidence_remove", args=[piece.pk])
        assert (client.post(page, {"go": url}).url == url) is leads


def test_evidence_of_a_whole_visit(login, visit_sheet, supervisor):
    client = login(supervisor)
    url = reverse("sheet_texts", args=[visit_sheet.pk])
    client.post(url, form_of(text(client.get(url))) | {"file": photo(), "words": "ภาพรวม"})
    piece = visit_sheet.evidence.get()
    assert (piece.indicator, piece.caption) == (None, "ภาพรวม")
    assert "ภาพรวม" in text(client.get(url))
    assert piece.get_place_url() == f"{url}#evidence"
