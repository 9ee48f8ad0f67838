"""Evidence that is there: who sees and removes it, and what becomes of its files."""

import io
import uuid

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from schools.core.errors import ActionRefused
from schools.core.uploads import SanitizedFile
from supervision.assessments import actions, evidence
from supervision.assessments.models import Evidence
from supervision.assessments.queries import sheet_indicators
from supervision.visits import actions as visits
from tests import scenarios
from tests.sample_files import stored_files
from tests.supervision.assessments.evidence_uploads import (
    PDF,
    add_evidence,
    docx_upload,
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


# --- Files ---


def body(response):
    return b"".join(response.streaming_content)


def test_a_photo_is_shown_and_cannot_act(login, sheet, indicator, academic_teacher):
    client = login(academic_teacher)
    post_evidence(client, sheet, academic_teacher, indicator, file=photo_upload())
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


@pytest.mark.parametrize(("file", "how"), [(pdf_upload, "inline"), (docx_upload, "attachment")])
def test_a_document_is_sent_as_what_it_is(login, sheet, indicator, academic_teacher, file, how):
    client, upload = login(academic_teacher), file()
    content = upload.read()
    upload.seek(0)
    post_evidence(client, sheet, academic_teacher, indicator, file=upload)
    piece = Evidence.objects.get()
    response = client.get(piece.get_absolute_url())
    assert response["Content-Disposition"].startswith(how)
    assert response["Cache-Control"] == "private, no-store"
    assert body(response) == content
    assert client.get(reverse("evidence_small", args=[piece.pk])).status_code == 404


def test_no_file_without_the_right_to_its_school(
    login, sheet, indicator, academic_teacher, supervisor, outsider_director, cluster_chair
):
    post_evidence(login(academic_teacher), sheet, academic_teacher, indicator, file=photo_upload())
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
    piece = add_evidence(visit_sheet, indicator, by=supervisor)
    url = reverse("evidence", args=[piece.pk])
    assert login(school_director).get(url).status_code == 404
    scenarios.fill_sheet(visit_sheet, 4, by=supervisor)
    visits.sign_visit(round_.visits.get(), by=supervisor)
    assert body(login(school_director).get(url)) == PDF


def test_a_link_has_no_file(login, sheet, indicator, academic_teacher):
    piece = evidence.add_evidence_link(
        sheet, indicator.pk, "https://example.com/", by=academic_teacher, id=uuid.uuid4()
    )
    assert login(academic_teacher).get(reverse("evidence", args=[piece.pk])).status_code == 404
    assert piece.get_absolute_url() == "https://example.com/"


def test_a_file_that_got_lost_is_not_found(login, sheet, indicator, academic_teacher):
    piece = add_evidence(sheet, indicator, by=academic_teacher)
    default_storage.delete(piece.file.name)
    assert login(academic_teacher).get(piece.get_absolute_url()).status_code == 404


# --- Saying more, removing ---


def test_words_and_consent_are_changed(login, sheet, indicator, academic_teacher):
    client = login(academic_teacher)
    post_evidence(client, sheet, academic_teacher, indicator, file=photo_upload())
    piece = Evidence.objects.get()
    url = reverse("evidence_edit", args=[piece.pk])
    assert "ได้รับความยินยอมจากผู้ที่อยู่ในภาพ" in page_text(client.get(url))
    response = client.post(url, {"caption": "นักเรียนนำเสนองาน", "has_consent": "on"})
    assert response.url == piece.get_sheet_url()
    piece.refresh_from_db()
    assert (piece.caption, piece.has_consent) == ("นักเรียนนำเสนองาน", True)
    too_long = client.post(url, {"caption": "ก" * 301})
    assert "ยาวเกิน 300 ตัวอักษร" in page_text(too_long)
    assert "ก" * 301 in page_text(too_long)


def test_a_document_needs_no_consent(login, sheet, indicator, academic_teacher):
    piece = add_evidence(sheet, indicator, by=academic_teacher)
    html = page_text(login(academic_teacher).get(reverse("evidence_edit", args=[piece.pk])))
    assert "ความยินยอม" not in html


def test_removed_it_leaves_a_trace_and_no_file(
    login, sheet, indicator, page, academic_teacher, django_capture_on_commit_callbacks
):
    client = login(academic_teacher)
    post_evidence(client, sheet, academic_teacher, indicator, file=photo_upload())
    piece = Evidence.objects.get()
    url = reverse("evidence_remove", args=[piece.pk])
    assert "ห้องเรียน.jpg" in page_text(client.get(url))
    files = piece.files
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url).url == piece.get_sheet_url()
    piece.refresh_from_db()
    assert (piece.removed_by, piece.name, piece.files) == (academic_teacher, "ห้องเรียน.jpg", [])
    assert not any(default_storage.exists(name) for name in files)
    assert "ห้องเรียน.jpg" not in page_text(client.get(page))
    for name in ("evidence", "evidence_small", "evidence_edit", "evidence_remove"):
        assert client.get(reverse(name, args=[piece.pk])).status_code == 404


def test_who_may_not_change_it(login, sheet, indicator, academic_teacher, supervisor):
    piece = add_evidence(sheet, indicator, by=academic_teacher)
    for name in ("evidence_edit", "evidence_remove"):
        url = reverse(name, args=[piece.pk])
        assert login(supervisor).get(url).status_code == 403
        assert login(supervisor).post(url).status_code == 403
    assert sheet.evidence.present().exists()


# --- Versions ---


@pytest.fixture
def returned(round_, sheet, indicator, academic_teacher, school_director, supervisor):
    """A version with a file, and the next one that copies it."""
    add_evidence(sheet, indicator, by=academic_teacher, caption="แผนการสอน")
    scenarios.fill_sheet(sheet, 4, by=academic_teacher)
    assessment = round_.self_assessments.get()
    actions.confirm_self_assessment(assessment, by=school_director)
    following = actions.return_self_assessment(assessment, by=supervisor, reason="ขอเพิ่มภาพ")
    return sheet.evidence.get(), following.sheet.evidence.get()


def test_a_new_version_has_the_same_evidence(login, returned, academic_teacher):
    old, new = returned
    assert (new.file, new.caption, new.by, new.at) == (old.file, old.caption, old.by, old.at)
    assert new.pk != old.pk
    assert body(login(academic_teacher).get(new.get_absolute_url())) == PDF


def test_removing_from_the_new_version_leaves_the_old_one_whole(
    login, returned, academic_teacher, django_capture_on_commit_callbacks
):
    old, new = returned
    with django_capture_on_commit_callbacks(execute=True):
        evidence.remove_evidence(new, by=academic_teacher)
    old.refresh_from_db()
    assert body(login(academic_teacher).get(old.get_absolute_url())) == PDF


# --- What is left on the disk ---


def test_a_file_that_is_refused_late_is_not_left_behind(sheet, indicator, academic_teacher):
    actions.freeze_sheet(sheet)
    with pytest.raises(ActionRefused):
        add_evidence(sheet, indicator, by=academic_teacher)
    assert stored_files() == set()


def test_a_file_whose_row_fails_is_not_left_behind(sheet, indicator, academic_teacher):
    with pytest.raises(IntegrityError), transaction.atomic():
        evidence.add_evidence_file(
            *(sheet, indicator.pk, SanitizedFile("แผน.pdf", pdf_upload())),
            by=academic_teacher,
            id=uuid.uuid4(),
            caption=None,
        )
    assert stored_files() == set()


def test_a_removal_that_is_undone_keeps_the_file(
    sheet, indicator, academic_teacher, django_capture_on_commit_callbacks
):
    piece = add_evidence(sheet, indicator, by=academic_teacher)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        evidence.remove_evidence(piece, by=academic_teacher)
        transaction.set_rollback(True)
    assert stored_files() == stored_file_names() != set()


# --- Beside a visit's scores ---


@pytest.fixture
def visit_with_school_evidence(
    round_, sheet, indicator, academic_teacher, school_director, supervisor
):
    """The school's confirmed sheet has a file and a photo of its own; a visit's is open."""
    add_evidence(sheet, indicator, by=academic_teacher, caption="แผนของโรงเรียน")
    scenarios.fill_sheet(sheet, 4, by=academic_teacher)
    actions.confirm_self_assessment(round_.self_assessments.get(), by=school_director)
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    return visit


def test_the_schools_evidence_stands_beside(
    login, visit_with_school_evidence, supervisor, indicator
):
    add_evidence(visit_with_school_evidence.sheet, indicator, by=supervisor, caption="ภาพของผู้นิเทศ")
    url = scenarios.standard_url(visit_with_school_evidence.sheet_id, 1)
    html = page_text(login(supervisor).get(url))
    assert "ร่องรอย/หลักฐานของโรงเรียน 1 ชิ้น" in html
    assert html.index("แผนของโรงเรียน") < html.index("ภาพของผู้นิเทศ")
    actions.freeze_sheet(visit_with_school_evidence.sheet)
    html = page_text(login(supervisor).get(url))
    assert "แผนของโรงเรียน" in html
    assert "ภาพของผู้นิเทศ" in html
    assert "นำออก" not in html


def test_pages_query_as_much_with_one_evidence_item_as_with_many(
    login, visit_with_school_evidence, supervisor, academic_teacher, django_assert_max_num_queries
):
    client = login(supervisor)
    for _ in range(3):
        for indicator in sheet_indicators(visit_with_school_evidence.sheet):
            add_evidence(visit_with_school_evidence.sheet, indicator, by=supervisor)
        safe = SanitizedFile("ภาพ.jpg", pdf_upload(), pdf_upload())
        evidence.add_evidence_file(
            visit_with_school_evidence.sheet, None, safe, by=supervisor, id=uuid.uuid4()
        )
    urls = [
        scenarios.standard_url(visit_with_school_evidence.sheet_id, 1),
        reverse("sheet_texts", args=[visit_with_school_evidence.sheet_id]),
    ]
    for url in urls:
        with django_assert_max_num_queries(15):
            client.get(url)


# --- Clearing a level ---


def test_a_level_is_cleared_without_a_script(login, sheet, indicator, page, academic_teacher):
    scenarios.fill_sheet(sheet, 4, by=academic_teacher)
    client = login(academic_teacher)
    fields = html_form_data(page_text(client.get(page))) | {f"level-{indicator.pk}": "4"}
    response = client.post(page, fields | {"clear": indicator.pk}, follow=True)
    assert sheet.answers.get(indicator=indicator).level is None
    assert sheet.edits.filter(indicator=indicator, field="level").last().value == ""
    assert "3/4" in page_text(response)
