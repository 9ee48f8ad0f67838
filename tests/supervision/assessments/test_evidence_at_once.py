"""Two people on the evidence of one sheet at once, on real connections."""

import io
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from schools.uploads import Safe
from supervision.assessments import actions
from supervision.assessments.evidence import actions as evidence
from supervision.assessments.evidence.models import Evidence
from supervision.assessments.queries import indicators_of
from supervision.workflow.errors import Refused
from tests import walk
from tests.files import stored_files
from tests.two_at_once.acts import during, of, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def assessment(round_, school_director):
    assessment = actions.start(round_, by=school_director)
    walk.fill(assessment.sheet, 4, by=school_director)
    return assessment


@pytest.fixture
def sheet(assessment):
    return assessment.sheet


def add(sheet, *, by, id=None):
    place = indicators_of(sheet)[0].pk
    safe = Safe("แผน.pdf", ContentFile(b"%PDF"))
    return evidence.add_file(of(sheet), place, safe, by=by, id=id or uuid.uuid4())


def named():
    return {name for piece in Evidence.objects.all() for name in piece.files}


def test_one_photo_sent_twice_at_once(sheet, school_director, login):
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(file, "JPEG")
    sent = {
        "user": school_director.pk,
        "indicator": indicators_of(sheet)[0].pk,
        "id": str(uuid.uuid4()),
    }

    def send():
        photo = SimpleUploadedFile("ภาพ.jpg", file.getvalue())
        url = reverse("sheet_evidence", args=[sheet.pk])
        return login(school_director).post(url, sent | {"file": photo}).status_code

    assert together(send, send) == [200, 200]
    assert Evidence.objects.count() == 1
    assert stored_files() == named()


def test_two_add_to_one_place(sheet, school_director, academic_teacher):
    together(lambda: add(sheet, by=school_director), lambda: add(sheet, by=academic_teacher))
    assert {piece.by for piece in sheet.evidence.all()} == {school_director, academic_teacher}
    assert len(stored_files()) == 2


def test_two_fill_the_last_free_place(sheet, school_director, academic_teacher):
    for _ in range(evidence.MOST_PIECES - 1):
        add(sheet, by=school_director)
    outcomes = together(
        lambda: add(sheet, by=school_director), lambda: add(sheet, by=academic_teacher)
    )
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert sheet.evidence.count() == evidence.MOST_PIECES
    assert stored_files() == named()


def test_two_remove_one_piece(sheet, school_director, academic_teacher):
    piece = add(sheet, by=school_director)
    outcomes = together(
        *(
            lambda by=by: evidence.remove(of(piece), by=by)
            for by in (school_director, academic_teacher)
        )
    )
    assert outcomes == [None, None]
    assert of(piece).removed_by in (school_director, academic_teacher)
    assert stored_files() == set()


def test_a_piece_is_described_while_it_is_removed(sheet, school_director):
    piece = add(sheet, by=school_director)
    late = during(
        lambda: evidence.remove(of(piece), by=school_director),
        lambda: evidence.describe(of(piece), caption="ใหม่"),
    )
    assert isinstance(late, Refused)
    assert of(piece).caption == ""


def test_a_file_arrives_while_the_sheet_is_confirmed(assessment, sheet, school_director):
    late = during(
        lambda: actions.confirm(assessment, by=school_director),
        lambda: add(sheet, by=school_director),
    )
    assert isinstance(late, Refused)
    assert not sheet.evidence.exists()
    assert stored_files() == set()


def test_a_piece_is_removed_while_the_sheet_is_confirmed(assessment, sheet, school_director):
    piece = add(sheet, by=school_director)
    late = during(
        lambda: actions.confirm(assessment, by=school_director),
        lambda: evidence.remove(of(piece), by=school_director),
    )
    assert isinstance(late, Refused)
    assert stored_files() == named() != set()
