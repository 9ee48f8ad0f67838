"""Evidence on an answer sheet: who adds, sees and removes it, and what becomes of its files."""

import io
import uuid
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from schools.uploads import Safe
from supervision.assessments import actions
from supervision.assessments.evidence import actions as evidence
from supervision.assessments.evidence.models import Evidence
from supervision.assessments.queries import indicators_of
from supervision.visits import actions as visits
from supervision.workflow.errors import Refused
from tests import walk
from tests.files import stored_files
from tests.supervision.assessments.pages import form_of

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def photo(name="ห้องเรียน.jpg", colour="red"):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue())


def paper(name="แผน.pdf"):
    return SimpleUploadedFile(name, PDF)


def word():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return SimpleUploadedFile("บันทึก.docx", file.getvalue())


@pytest.fixture
def sheet(round_, academic_teacher):
    return actions.start(round_, by=academic_teacher).sheet


@pytest.fixture
def indicator(sheet):
    return indicators_of(sheet)[0]


@pytest.fixture
def page(sheet):
    return walk.part_url(sheet.pk, 1)


@pytest.fixture
def visit_sheet(round_, supervisor):
    visit = walk.visit_planned(round_, by=supervisor)
    visits.start_record(visit, by=supervisor)
    return visit.sheet


def send(client, sheet, user, indicator, **more):
    """As the page's script sends one piece."""
    sent = {"user": user.pk, "indicator": indicator.pk if indicator else "", "id": uuid.uuid4()}
    return client.post(reverse("sheet_evidence", args=[sheet.pk]), sent | more)


def kept(sheet, indicator, *, by, file=None, **more):
    """A small document that is there already."""
    safe = Safe("แผน.pdf", file or paper())
    return evidence.add_file(sheet, indicator.pk, safe, by=by, id=uuid.uuid4(), **more)


def text(response):
    return response.content.decode()


def on_disk():
    return {name for name in Evidence.objects.values_list("file", flat=True) if name}


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


# --- Files ---


def body(response):
    return b"".join(response.streaming_content)


def test_a_photo_is_shown_and_cannot_act(login, sheet, indicator, academic_teacher):
    client = login(academic_teacher)
    send(client, sheet, academic_teacher, indicator, file=photo())
    piece = Evidence.objects.get()
    large = client.get(reverse("evidence", args=[piece.pk]))
    small = client.get(reverse("evidence_small", args=[piece.pk]))
    for response in (large, small):
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["Content-Disposition"].startswith("inline")
        assert response["Cache-Control"].startswith("private")
    assert "immutable" in small["Cache-Control"]
    assert Image.open(io.BytesIO(body(small))).size == (320, 240)
    assert Image.open(io.BytesIO(body(large))).size == (640, 480)


@pytest.mark.parametrize(("file", "how"), [(paper, "inline"), (word, "attachment")])
def test_a_document_is_sent_as_what_it_is(login, sheet, indicator, academic_teacher, file, how):
    client, upload = login(academic_teacher), file()
    content = upload.read()
    upload.seek(0)
    send(client, sheet, academic_teacher, indicator, file=upload)
    piece = Evidence.objects.get()
    response = client.get(piece.get_absolute_url())
    assert response["Content-Disposition"].startswith(how)
    assert response["Cache-Control"] == "private, no-store"
    assert body(response) == content
    assert client.get(reverse("evidence_small", args=[piece.pk])).status_code == 404


def test_no_file_without_the_right_to_its_school(
    login, sheet, indicator, academic_teacher, supervisor, outsider_director, cluster_chair
):
    send(login(academic_teacher), sheet, academic_teacher, indicator, file=photo())
    piece = Evidence.objects.get()
    for name in ("evidence", "evidence_small"):
        url = reverse(name, args=[piece.pk])
        assert Client().get(url).url.startswith(reverse("account_login"))
        assert login(outsider_director).get(url).status_code == 404
        assert login(cluster_chair).get(url).status_code == 404
        assert body(login(supervisor).get(url))
    assert Client().get(f"/media/{piece.file.name}").status_code in (302, 404)


def test_a_school_sees_a_visits_photos_once_it_is_signed(
    login, round_, visit_sheet, indicator, supervisor, school_director
):
    piece = kept(visit_sheet, indicator, by=supervisor)
    url = reverse("evidence", args=[piece.pk])
    assert login(school_director).get(url).status_code == 404
    walk.fill(visit_sheet, 4, by=supervisor)
    visits.sign(round_.visits.get(), by=supervisor)
    assert body(login(school_director).get(url)) == PDF


def test_a_link_has_no_file(login, sheet, indicator, academic_teacher):
    piece = evidence.add_link(
        sheet, indicator.pk, "https://example.com/", by=academic_teacher, id=uuid.uuid4()
    )
    assert login(academic_teacher).get(reverse("evidence", args=[piece.pk])).status_code == 404
    assert piece.get_absolute_url() == "https://example.com/"


def test_a_file_that_got_lost_is_not_found(login, sheet, indicator, academic_teacher):
    piece = kept(sheet, indicator, by=academic_teacher)
    default_storage.delete(piece.file.name)
    assert login(academic_teacher).get(piece.get_absolute_url()).status_code == 404


# --- Saying more, removing ---


def test_words_and_consent_are_changed(login, sheet, indicator, academic_teacher):
    client = login(academic_teacher)
    send(client, sheet, academic_teacher, indicator, file=photo())
    piece = Evidence.objects.get()
    url = reverse("evidence_edit", args=[piece.pk])
    assert "ได้รับความยินยอมจากผู้ที่อยู่ในภาพ" in text(client.get(url))
    response = client.post(url, {"caption": "นักเรียนนำเสนองาน", "has_consent": "on"})
    assert response.url == piece.get_place_url()
    piece.refresh_from_db()
    assert (piece.caption, piece.has_consent) == ("นักเรียนนำเสนองาน", True)
    too_long = client.post(url, {"caption": "ก" * 301})
    assert "ยาวเกิน 300 ตัวอักษร" in text(too_long)
    assert "ก" * 301 in text(too_long)


def test_a_document_needs_no_consent(login, sheet, indicator, academic_teacher):
    piece = kept(sheet, indicator, by=academic_teacher)
    html = text(login(academic_teacher).get(reverse("evidence_edit", args=[piece.pk])))
    assert "ความยินยอม" not in html


def test_removed_it_leaves_a_trace_and_no_file(
    login, sheet, indicator, page, academic_teacher, django_capture_on_commit_callbacks
):
    client = login(academic_teacher)
    send(client, sheet, academic_teacher, indicator, file=photo())
    piece = Evidence.objects.get()
    url = reverse("evidence_remove", args=[piece.pk])
    assert "ห้องเรียน.jpg" in text(client.get(url))
    files = piece.files
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url).url == piece.get_place_url()
    piece.refresh_from_db()
    assert (piece.removed_by, piece.name, piece.files) == (academic_teacher, "ห้องเรียน.jpg", [])
    assert not any(default_storage.exists(name) for name in files)
    assert "ห้องเรียน.jpg" not in text(client.get(page))
    for name in ("evidence", "evidence_small", "evidence_edit", "evidence_remove"):
        assert client.get(reverse(name, args=[piece.pk])).status_code == 404


def test_who_may_not_change_it(login, sheet, indicator, academic_teacher, supervisor):
    piece = kept(sheet, indicator, by=academic_teacher)
    for name in ("evidence_edit", "evidence_remove"):
        url = reverse(name, args=[piece.pk])
        assert login(supervisor).get(url).status_code == 403
        assert login(supervisor).post(url).status_code == 403
    assert sheet.evidence.present().exists()


# --- Versions ---


@pytest.fixture
def returned(round_, sheet, indicator, academic_teacher, school_director, supervisor):
    """A version with a file, and the next one that copies it."""
    kept(sheet, indicator, by=academic_teacher, caption="แผนการสอน")
    walk.fill(sheet, 4, by=academic_teacher)
    assessment = round_.self_assessments.get()
    actions.confirm(assessment, by=school_director)
    following = actions.return_for_correction(assessment, by=supervisor, reason="ขอเพิ่มภาพ")
    return sheet.evidence.get(), following.sheet.evidence.get()


def test_a_new_version_has_the_same_pieces(login, returned, academic_teacher):
    old, new = returned
    assert (new.file, new.caption, new.by, new.at) == (old.file, old.caption, old.by, old.at)
    assert new.pk != old.pk
    assert body(login(academic_teacher).get(new.get_absolute_url())) == PDF


def test_removing_from_the_new_version_leaves_the_old_one_whole(
    login, returned, academic_teacher, django_capture_on_commit_callbacks
):
    old, new = returned
    with django_capture_on_commit_callbacks(execute=True):
        evidence.remove(new, by=academic_teacher)
    old.refresh_from_db()
    assert body(login(academic_teacher).get(old.get_absolute_url())) == PDF


# --- What is left on the disk ---


def test_a_file_that_is_refused_late_is_not_left_behind(sheet, indicator, academic_teacher):
    actions.freeze(sheet)
    with pytest.raises(Refused):
        kept(sheet, indicator, by=academic_teacher)
    assert stored_files() == set()


def test_a_file_whose_row_fails_is_not_left_behind(sheet, indicator, academic_teacher):
    with pytest.raises(IntegrityError), transaction.atomic():
        evidence.add_file(
            *(sheet, indicator.pk, Safe("แผน.pdf", paper())),
            by=academic_teacher,
            id=uuid.uuid4(),
            caption=None,
        )
    assert stored_files() == set()


def test_a_removal_that_is_undone_keeps_the_file(
    sheet, indicator, academic_teacher, django_capture_on_commit_callbacks
):
    piece = kept(sheet, indicator, by=academic_teacher)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        evidence.remove(piece, by=academic_teacher)
        transaction.set_rollback(True)
    assert stored_files() == on_disk() != set()


# --- Beside a visit's scores ---


@pytest.fixture
def beside(round_, sheet, indicator, academic_teacher, school_director, supervisor):
    """The school's confirmed sheet has a file and a photo of its own; a visit's is open."""
    kept(sheet, indicator, by=academic_teacher, caption="แผนของโรงเรียน")
    walk.fill(sheet, 4, by=academic_teacher)
    actions.confirm(round_.self_assessments.get(), by=school_director)
    visit = walk.visit_planned(round_, by=supervisor)
    visits.start_record(visit, by=supervisor)
    return visit


def test_the_schools_evidence_stands_beside(login, beside, supervisor, indicator):
    kept(beside.sheet, indicator, by=supervisor, caption="ภาพของผู้นิเทศ")
    url = walk.part_url(beside.sheet_id, 1)
    html = text(login(supervisor).get(url))
    assert "ร่องรอย/หลักฐานของโรงเรียน 1 ชิ้น" in html
    assert html.index("แผนของโรงเรียน") < html.index("ภาพของผู้นิเทศ")
    actions.freeze(beside.sheet)
    html = text(login(supervisor).get(url))
    assert "แผนของโรงเรียน" in html
    assert "ภาพของผู้นิเทศ" in html
    assert "นำออก" not in html


def test_pages_ask_as_much_with_one_piece_as_with_many(
    login, beside, supervisor, academic_teacher, django_assert_max_num_queries
):
    client = login(supervisor)
    for _ in range(3):
        for indicator in indicators_of(beside.sheet):
            kept(beside.sheet, indicator, by=supervisor)
        safe = Safe("ภาพ.jpg", paper(), paper())
        evidence.add_file(beside.sheet, None, safe, by=supervisor, id=uuid.uuid4())
    urls = [walk.part_url(beside.sheet_id, 1), reverse("sheet_texts", args=[beside.sheet_id])]
    for url in urls:
        with django_assert_max_num_queries(15):
            client.get(url)


# --- Clearing a level ---


def test_a_level_is_cleared_without_a_script(login, sheet, indicator, page, academic_teacher):
    walk.fill(sheet, 4, by=academic_teacher)
    client = login(academic_teacher)
    fields = form_of(text(client.get(page))) | {f"level-{indicator.pk}": "4"}
    response = client.post(page, fields | {"clear": indicator.pk}, follow=True)
    assert sheet.answers.get(indicator=indicator).level is None
    assert sheet.edits.filter(indicator=indicator, field="level").last().value == ""
    assert "3/4" in text(response)
