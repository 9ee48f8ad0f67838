"""Two people on the evidence of one sheet at once, on real connections."""

import io
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from schools.core.errors import ActionRefused
from schools.core.uploads import SanitizedFile
from supervision.assessments import actions, evidence
from supervision.assessments.models import Evidence
from supervision.assessments.queries import sheet_indicators
from tests import scenarios
from tests.concurrency.parallel import reloaded, run_during, run_together
from tests.sample_files import stored_files

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def assessment(round_, school_director):
    assessment = actions.start_self_assessment(round_, by=school_director)
    scenarios.fill_sheet(assessment.sheet, 4, by=school_director)
    return assessment


@pytest.fixture
def sheet(assessment):
    return assessment.sheet


def add(sheet, *, by, id=None):
    place = sheet_indicators(sheet)[0].pk
    safe = SanitizedFile("แผน.pdf", ContentFile(b"%PDF"))
    return evidence.add_evidence_file(reloaded(sheet), place, safe, by=by, id=id or uuid.uuid4())


def named():
    return {name for piece in Evidence.objects.all() for name in piece.files}


def test_one_photo_sent_twice_at_once(sheet, school_director, login):
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(file, "JPEG")
    sent = {
        "user": school_director.pk,
        "indicator": sheet_indicators(sheet)[0].pk,
        "id": str(uuid.uuid4()),
    }

    def send():
        photo = SimpleUploadedFile("ภาพ.jpg", file.getvalue())
        url = reverse("sheet_evidence", args=[sheet.pk])
        return login(school_director).post(url, sent | {"file": photo}).status_code

    assert run_together(send, send) == [200, 200]
    assert Evidence.objects.count() == 1
    assert stored_files() == named()


def test_two_add_to_one_place(sheet, school_director, academic_teacher):
    run_together(lambda: add(sheet, by=school_director), lambda: add(sheet, by=academic_teacher))
    assert {piece.by for piece in sheet.evidence.all()} == {school_director, academic_teacher}
    assert len(stored_files()) == 2


def test_two_fill_the_last_free_place(sheet, school_director, academic_teacher):
    for _ in range(evidence.MAX_EVIDENCE_PER_FIELD - 1):
        add(sheet, by=school_director)
    outcomes = run_together(
        lambda: add(sheet, by=school_director), lambda: add(sheet, by=academic_teacher)
    )
    assert sum(isinstance(outcome, ActionRefused) for outcome in outcomes) == 1
    assert sheet.evidence.count() == evidence.MAX_EVIDENCE_PER_FIELD
    assert stored_files() == named()


def test_two_remove_one_evidence_item(sheet, school_director, academic_teacher):
    piece = add(sheet, by=school_director)
    outcomes = run_together(
        *(
            lambda by=by: evidence.remove_evidence(reloaded(piece), by=by)
            for by in (school_director, academic_teacher)
        )
    )
    assert outcomes == [None, None]
    assert reloaded(piece).removed_by in (school_director, academic_teacher)
    assert stored_files() == set()


def test_evidence_is_described_while_it_is_removed(sheet, school_director):
    piece = add(sheet, by=school_director)
    late = run_during(
        lambda: evidence.remove_evidence(reloaded(piece), by=school_director),
        lambda: evidence.update_evidence(reloaded(piece), caption="ใหม่"),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(piece).caption == ""


def test_a_file_arrives_while_the_sheet_is_confirmed(assessment, sheet, school_director):
    late = run_during(
        lambda: actions.confirm_self_assessment(assessment, by=school_director),
        lambda: add(sheet, by=school_director),
    )
    assert isinstance(late, ActionRefused)
    assert not sheet.evidence.exists()
    assert stored_files() == set()


def test_evidence_is_removed_while_the_sheet_is_confirmed(assessment, sheet, school_director):
    piece = add(sheet, by=school_director)
    late = run_during(
        lambda: actions.confirm_self_assessment(assessment, by=school_director),
        lambda: evidence.remove_evidence(reloaded(piece), by=school_director),
    )
    assert isinstance(late, ActionRefused)
    assert stored_files() == named() != set()
