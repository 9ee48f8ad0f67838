"""Files that the storage has lost: each address that sends one says so in Thai and logs it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from reports.book.enums import BookJobState
from reports.book.models import BookJob
from reports.papers.bundles import rights_fingerprint
from schools.core.uploads import SanitizedFile
from schools.imports.actions import upload_import_file
from schools.models import Import
from supervision.improvement.actions import report_progress
from supervision.visits.signed_copies import attach_signed_copy
from tests import scenarios
from tests.factories import AreaFactory
from tests.sample_files import jpeg, stored_files
from tests.test_access_table import (
    create_bundle,
    create_photo,
    create_word_template,
    draft_targets,
)


@pytest.fixture
def addresses(round_, supervisor, school_director, group_director, clerk):
    """Every address that sends a stored file, but the report's, by who asks."""
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    scan = SanitizedFile("scan.pdf", ContentFile(b"%PDF-1.7", "scan.pdf"))
    photo = SanitizedFile("ภาพ.jpg", ContentFile(jpeg(), "ภาพ.jpg"))
    copy = attach_signed_copy(round_.visits.get(), scan, by=supervisor)
    advice = round_.recommendations.get()
    progress = report_progress(advice, by=school_director, text="ก", file=photo)
    piece = create_photo(round_.self_assessments.get().sheet, by=school_director)
    import_ = upload_import_file(ContentFile(b"a,b", "a.csv"), kind="schools", by=clerk)
    template = create_word_template(by=group_director)
    year = round_.term.academic_year
    draft_targets(round_.term, round_)
    return {
        reverse("bundle_file", args=[made_bundle(round_, by=supervisor).pk]): supervisor,
        reverse("report_draft_file", args=["year", year.year]): supervisor,
        reverse("word_template_file", args=[template.pk]): supervisor,
        reverse("emblem", args=[scenarios.emblem_in_use(by=clerk).pk]): supervisor,
        reverse("visit_copy", args=[copy.pk]): supervisor,
        reverse("progress_file", args=[progress.pk]): supervisor,
        reverse("evidence", args=[piece.pk]): supervisor,
        reverse("evidence_small", args=[piece.pk]): supervisor,
        reverse("import_file", args=[import_.pk]): clerk,
    }


def made_bundle(round_, *, by):
    bundle = create_bundle(round_, by=by)
    bundle.state, bundle.rights = BookJobState.DONE, rights_fingerprint(by, bundle.school_keys)
    bundle.done_at = timezone.now()
    bundle.save()
    return bundle


def test_the_pages_of_a_lost_bundle_and_of_a_lost_draft_offer_to_make_it_again(
    login, supervisor, round_
):
    bundle = made_bundle(round_, by=supervisor)
    draft_targets(round_.term, round_)
    BookJob.objects.update(state=BookJobState.DONE)
    for name in stored_files():
        default_storage.delete(name)
    draft = reverse("report_draft", args=["year", round_.term.academic_year.year])
    for url, offer in ((bundle.get_absolute_url(), "รวมใหม่"), (draft, "จัดทำตัวอย่าง PDF")):
        page = login(supervisor).get(url).content.decode()
        assert offer in page
        assert "/file/" not in page


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
    import_ = upload_import_file(
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
