"""Photos and papers of the whole visit, on its own page."""

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from schools.enums import Grade
from schools.uploads import Safe
from supervision.assessments.evidence.actions import add_file, add_link, remove
from supervision.assessments.queries import indicators_of
from supervision.visits import actions
from supervision.visits.enums import VisitKind
from tests import walk
from tests.files import jpeg

HEADING = "ภาพและเอกสารของการนิเทศครั้งนี้"


def photo(sheet, caption, *, by, indicator=None, has_consent=False):
    safe = Safe("ภาพ.jpg", ContentFile(jpeg(), "large.jpg"), ContentFile(jpeg(), "small.jpg"))
    said = {"by": by, "id": uuid4(), "caption": caption, "has_consent": has_consent}
    return add_file(sheet, indicator, safe, **said)


def small(piece):
    return reverse("evidence_small", args=[piece.pk])


def page_of(client, visit):
    return client.get(visit.get_absolute_url()).content.decode()


@pytest.fixture
def pictured(recording, supervisor):
    """A record under way with a photo of the whole visit and one of its first indicator."""
    recording.whole = photo(recording.sheet, "ห้องสมุดของโรงเรียน", by=supervisor)
    first = indicators_of(recording.sheet)[0].pk
    recording.other = photo(recording.sheet, "แผนการสอน", by=supervisor, indicator=first)
    return recording


def signed(visit, *, by):
    walk.fill(visit.sheet, 4, by=by)
    actions.sign(visit, by=by)


def test_photos_of_the_whole_visit_stand_on_its_page(login, supervisor, school_director, pictured):
    signed(pictured, by=supervisor)
    client = login(school_director)
    page = page_of(client, pictured)
    assert HEADING in page
    assert "ห้องสมุดของโรงเรียน" in page
    assert small(pictured.whole) in page
    assert f'href="{pictured.whole.get_absolute_url()}"' in page
    assert small(pictured.other) not in page
    for url in (small(pictured.whole), pictured.whole.get_absolute_url()):
        assert client.get(url).getvalue() == jpeg()


def test_consent_is_told_photo_by_photo(login, supervisor, pictured):
    assert page_of(login(supervisor), pictured).count("ยังไม่ระบุความยินยอม ใช้ภายในเท่านั้น") == 1
    photo(pictured.sheet, "หน้าเสาธง", by=supervisor, has_consent=True)
    page = page_of(login(supervisor), pictured)
    assert page.count("ยังไม่ระบุความยินยอม ใช้ภายในเท่านั้น") == 1
    assert page.count("ได้รับความยินยอมแล้ว") == 1


def test_papers_stand_below_without_a_picture(login, supervisor, recording):
    add_link(
        recording.sheet, None, "https://example.org/", by=supervisor, id=uuid4(), caption="วีดิทัศน์"
    )
    page = page_of(login(supervisor), recording)
    assert HEADING in page
    assert "วีดิทัศน์" in page
    assert '<ul class="photos">' not in page


@pytest.mark.parametrize("end", ["recording", "cancelled"])
def test_the_school_sees_nothing_of_a_half_filled_record(
    login, supervisor, school_director, academic_teacher, outsider_director, pictured, end
):
    if end == "cancelled":
        actions.cancel(pictured, by=supervisor, reason="น้ำท่วม")
    assert "ห้องสมุดของโรงเรียน" in page_of(login(supervisor), pictured)
    for reader in (school_director, academic_teacher):
        client = login(reader)
        page = page_of(client, pictured)
        assert HEADING not in page
        assert "ห้องสมุดของโรงเรียน" not in page
        for piece in (pictured.whole, pictured.other):
            assert client.get(piece.get_absolute_url()).status_code == 404
            assert client.get(small(piece)).status_code == 404
    assert login(outsider_director).get(pictured.get_absolute_url()).status_code == 404


def test_a_removed_photo_is_gone_from_the_page(login, supervisor, pictured):
    remove(pictured.whole, by=supervisor)
    assert HEADING not in page_of(login(supervisor), pictured)


def test_an_amendment_shows_the_same_photos(login, supervisor, pictured):
    signed(pictured, by=supervisor)
    following = actions.amend(pictured, by=supervisor, reason="คลาดเคลื่อน")
    assert "ห้องสมุดของโรงเรียน" in page_of(login(supervisor), following)


def test_a_classroom_shows_its_photos_with_their_consent(
    login, client, supervisor, school_director, round_, observation_form
):
    visit = walk.visit_planned(round_, by=supervisor)
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
    login, supervisor, school_director, pictured, queries_of
):
    client = login(supervisor)
    few = queries_of(client, pictured.get_absolute_url())
    for number in range(3):
        photo(pictured.sheet, f"ภาพที่ {number}", by=supervisor)
    assert queries_of(client, pictured.get_absolute_url()) == few
