"""Photos and papers of the whole visit, on its own page."""

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from schools.core.uploads import SanitizedFile
from schools.enums import Grade
from supervision.assessments.evidence import (
    add_evidence_file,
    add_evidence_link,
    remove_evidence,
)
from supervision.assessments.queries import sheet_indicators
from supervision.visits import actions
from supervision.visits.enums import VisitKind
from tests import scenarios
from tests.sample_files import jpeg

HEADING = "ภาพและเอกสารของการนิเทศครั้งนี้"


def photo(sheet, caption, *, by, indicator=None, has_consent=False):
    safe = SanitizedFile(
        "ภาพ.jpg", ContentFile(jpeg(), "large.jpg"), ContentFile(jpeg(), "small.jpg")
    )
    said = {"by": by, "id": uuid4(), "caption": caption, "has_consent": has_consent}
    return add_evidence_file(sheet, indicator, safe, **said)


def small(piece):
    return reverse("evidence_small", args=[piece.pk])


def page_of(client, visit):
    return client.get(visit.get_absolute_url()).content.decode()


@pytest.fixture
def visit_with_photos(recording, supervisor):
    """A record under way with a photo of the whole visit and one of its first indicator."""
    recording.whole = photo(recording.sheet, "ห้องสมุดของโรงเรียน", by=supervisor)
    first = sheet_indicators(recording.sheet)[0].pk
    recording.other = photo(recording.sheet, "แผนการสอน", by=supervisor, indicator=first)
    return recording


def signed(visit, *, by):
    scenarios.fill_sheet(visit.sheet, 4, by=by)
    actions.sign_visit(visit, by=by)


def test_photos_of_the_whole_visit_stand_on_its_page(
    login, supervisor, school_director, visit_with_photos
):
    signed(visit_with_photos, by=supervisor)
    client = login(school_director)
    page = page_of(client, visit_with_photos)
    assert HEADING in page
    assert "ห้องสมุดของโรงเรียน" in page
    assert small(visit_with_photos.whole) in page
    assert f'href="{visit_with_photos.whole.get_absolute_url()}"' in page
    assert small(visit_with_photos.other) not in page
    for url in (small(visit_with_photos.whole), visit_with_photos.whole.get_absolute_url()):
        assert client.get(url).getvalue() == jpeg()


def test_consent_is_told_photo_by_photo(login, supervisor, visit_with_photos):
    assert page_of(login(supervisor), visit_with_photos).count("ยังไม่ระบุความยินยอม ใช้ภายในเท่านั้น") == 1
    photo(visit_with_photos.sheet, "หน้าเสาธง", by=supervisor, has_consent=True)
    page = page_of(login(supervisor), visit_with_photos)
    assert page.count("ยังไม่ระบุความยินยอม ใช้ภายในเท่านั้น") == 1
    assert page.count("ได้รับความยินยอมแล้ว") == 1


def test_papers_stand_below_without_a_picture(login, supervisor, recording):
    add_evidence_link(
        recording.sheet, None, "https://example.org/", by=supervisor, id=uuid4(), caption="วีดิทัศน์"
    )
    page = page_of(login(supervisor), recording)
    assert HEADING in page
    assert "วีดิทัศน์" in page
    assert '<ul class="photos">' not in page


@pytest.mark.parametrize("end", ["recording", "cancelled"])
def test_the_school_sees_nothing_of_a_half_filled_record(
    login, supervisor, school_director, academic_teacher, outsider_director, visit_with_photos, end
):
    if end == "cancelled":
        actions.cancel_visit(visit_with_photos, by=supervisor, reason="น้ำท่วม")
    assert "ห้องสมุดของโรงเรียน" in page_of(login(supervisor), visit_with_photos)
    for reader in (school_director, academic_teacher):
        client = login(reader)
        page = page_of(client, visit_with_photos)
        assert HEADING not in page
        assert "ห้องสมุดของโรงเรียน" not in page
        for piece in (visit_with_photos.whole, visit_with_photos.other):
            assert client.get(piece.get_absolute_url()).status_code == 404
            assert client.get(small(piece)).status_code == 404
    assert login(outsider_director).get(visit_with_photos.get_absolute_url()).status_code == 404


def test_a_removed_photo_is_gone_from_the_page(login, supervisor, visit_with_photos):
    remove_evidence(visit_with_photos.whole, by=supervisor)
    assert HEADING not in page_of(login(supervisor), visit_with_photos)


def test_a_new_version_shows_the_same_photos(login, supervisor, visit_with_photos):
    signed(visit_with_photos, by=supervisor)
    following = actions.revise_visit(visit_with_photos, by=supervisor, reason="คลาดเคลื่อน")
    assert "ห้องสมุดของโรงเรียน" in page_of(login(supervisor), following)


def test_a_classroom_shows_its_photos_with_their_consent(
    login, client, supervisor, school_director, round_, observation_form
):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visit.kind = VisitKind.CLASSROOM
    visit.save()
    lesson = {"teacher": "ครูประจำชั้น ป.4", "grade": Grade.P4, "subject": "ภาษาไทย"}
    actions.start_observation(visit, by=supervisor, form=observation_form, lesson=lesson)
    seen = photo(visit.sheet, "นักเรียนอ่านออกเสียง", by=supervisor)
    director = login(school_director)
    assert "นักเรียนอ่านออกเสียง" not in page_of(director, visit)
    assert director.get(small(seen)).status_code == 404
    signed(visit, by=supervisor)
    page = page_of(director, visit)
    assert "นักเรียนอ่านออกเสียง" in page
    assert "ยังไม่ระบุความยินยอม ใช้ภายในเท่านั้น" in page
    assert client.get(small(seen)).status_code == 302


def test_the_page_asks_the_same_for_one_photo_and_for_four(
    login, supervisor, school_director, visit_with_photos, queries_of
):
    client = login(supervisor)
    few = queries_of(client, visit_with_photos.get_absolute_url())
    for number in range(3):
        photo(visit_with_photos.sheet, f"ภาพที่ {number}", by=supervisor)
    assert queries_of(client, visit_with_photos.get_absolute_url()) == few
