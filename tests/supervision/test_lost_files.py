"""Files that the storage has lost: each address that sends one says so in Thai and logs it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from schools.imports.actions import bring_in
from schools.models import Import
from schools.uploads import Safe
from supervision.improvement.actions import report_progress
from supervision.visits.copies import keep_copy
from tests import walk
from tests.factories import AreaFactory
from tests.files import jpeg, stored_files
from tests.test_access_table import photo_on


@pytest.fixture
def addresses(round_, supervisor, school_director, group_director, clerk):
    """Every address that sends a stored file, but the report's, by who asks."""
    walk.until_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    scan = Safe("scan.pdf", ContentFile(b"%PDF-1.7", "scan.pdf"))
    photo = Safe("ภาพ.jpg", ContentFile(jpeg(), "ภาพ.jpg"))
    copy = keep_copy(round_.visits.get(), scan, by=supervisor)
    advice = round_.recommendations.get()
    progress = report_progress(advice, by=school_director, text="ก", file=photo)
    piece = photo_on(round_.self_assessments.get().sheet, by=school_director)
    import_ = bring_in(ContentFile(b"a,b", "a.csv"), kind="schools", by=clerk)
    return {
        reverse("visit_copy", args=[copy.pk]): supervisor,
        reverse("progress_file", args=[progress.pk]): supervisor,
        reverse("evidence", args=[piece.pk]): supervisor,
        reverse("evidence_small", args=[piece.pk]): supervisor,
        reverse("import_file", args=[import_.pk]): clerk,
    }


def test_every_lost_file_is_told_and_logged(addresses, login, caplog):
    for name in stored_files():
        default_storage.delete(name)
    for url, person in addresses.items():
        caplog.clear()
        response = login(person).get(url)
        assert response.status_code == 404, url
        assert "ไม่พบไฟล์ในที่เก็บ" in response.content.decode(), url
        assert "cannot be opened" in caplog.text, url


@pytest.mark.django_db(transaction=True)
def test_an_import_whose_file_is_lost_says_to_choose_it_again(login, clerk):
    AreaFactory()
    import_ = bring_in(
        ContentFile("รหัสโรงเรียน,ชื่อโรงเรียน\n42030001,ก".encode(), "a.csv"), kind="schools", by=clerk
    )
    import_.refresh_from_db()
    assert import_.state == "checked", import_.report
    default_storage.delete(import_.file.name)
    login(clerk).post(reverse("import_confirm", args=[import_.pk]))
    import_ = Import.objects.get(pk=import_.pk)
    assert import_.state == "failed"
    page = login(clerk).get(import_.get_absolute_url()).content.decode()
    assert "ไม่พบไฟล์นี้ในที่เก็บ" in page
