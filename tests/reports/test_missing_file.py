"""A report whose PDF the storage has lost: said on its page, and made anew from what was signed."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from reports import actions
from reports.models import IssuedDocument
from reports.rendering import attach_pdf
from schools.core.errors import ActionRefused


@pytest.fixture
def lost(issued):
    default_storage.delete(issued.file.name)
    return issued


def text_of(response) -> str:
    return response.content.decode()


def page_of(client, document) -> str:
    response = client.get(document.get_absolute_url())
    assert response.status_code == 200
    return text_of(response)


def test_the_page_says_that_the_file_is_lost_and_what_to_do(
    login, lost, area_director, school_director, caplog
):
    mine = page_of(login(area_director), lost)
    assert "ไม่พบไฟล์ PDF ในที่เก็บ" in mine
    assert "จัดทำเอกสารใหม่จากข้อมูลที่ลงนาม" in mine
    theirs = page_of(login(school_director), lost)
    assert "ไม่พบไฟล์ PDF ในที่เก็บ" in theirs
    assert reverse("report_render", args=[lost.pk]) not in theirs
    assert lost.file.name in caplog.text


def test_asking_for_the_lost_file_is_answered_in_thai_and_logged(
    login, lost, area_director, caplog
):
    response = login(area_director).get(reverse("report_file", args=[lost.pk]))
    assert response.status_code == 404
    assert "ไม่พบไฟล์ในที่เก็บ" in text_of(response)
    assert lost.file.name in caplog.text


def test_it_is_made_again_and_the_digest_of_the_lost_file_is_kept(login, lost, area_director):
    client, before = login(area_director), lost.sha256
    assert client.post(reverse("report_render", args=[lost.pk])).status_code == 302
    lost.refresh_from_db()
    assert default_storage.exists(lost.file.name)
    assert lost.sha256 != before
    assert client.get(reverse("report_file", args=[lost.pk])).getvalue().startswith(b"%PDF")
    for page in (page_of(client, lost), text_of(client.get(reverse("verify", args=[lost.code])))):
        assert before in page
        assert lost.sha256 in page
        assert "จัดทำใหม่จากข้อมูลชุดเดิมที่ลงนาม" in page


def test_the_same_content_again_leaves_no_second_digest(lost):
    attach_pdf(lost.pk, b"%PDF-1.7")
    document = IssuedDocument.objects.get(pk=lost.pk)
    assert document.has_file
    assert document.sha256 == lost.sha256
    assert not document.earlier_files.exists()


def test_nothing_is_published_without_its_file(lost, area_director):
    with pytest.raises(ActionRefused, match="ไม่พบไฟล์เอกสารในที่เก็บ"):
        actions.publish_report(lost, by=area_director)


def test_a_published_report_stays_public_without_its_file(client, published):
    default_storage.delete(published.file.name)
    assert client.get(reverse("published_report", args=[published.code])).status_code == 200
    assert client.get(reverse("verify", args=[published.code])).status_code == 200


def test_a_file_that_is_there_is_not_made_again(login, issued, area_director):
    url = reverse("report_render", args=[issued.pk])
    assert login(area_director).post(url).status_code == 409
