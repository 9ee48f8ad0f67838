"""Photos of the visit in a school's term report: only those whose people agreed, and still do."""

import io

import pypdf
import pytest

from reports.data.term import MOST_PHOTOS, term_report
from reports.rendering import report_pdf
from supervision.assessments.models import Evidence
from supervision.visits import actions as visits
from tests import scenarios
from tests.pdf_readers import images_on
from tests.reports.conftest import DOCUMENT_ENTRY, normalized

pytestmark = pytest.mark.db_agnostic


@pytest.fixture
def photograph(round_, supervisor):
    """Sign a visit with so many photos with consent and one without; return the figures."""

    def act(agreed: int):
        visit = scenarios.visit_planned(round_, by=supervisor)
        visits.start_visit_record(visit, by=supervisor)
        scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
        scenarios.add_photo(visit.sheet, by=supervisor, caption="ห้ามพิมพ์ภาพนี้")
        for number in range(agreed):
            caption = f"มุมอ่าน {number + 1}"
            scenarios.add_photo(visit.sheet, by=supervisor, caption=caption, has_consent=True)
        visits.sign_visit(visit, by=supervisor)
        return term_report(round_)

    return act


def pages_of(figures) -> list[pypdf.PageObject]:
    paper = report_pdf({"figures": figures, "document": DOCUMENT_ENTRY})
    return list(pypdf.PdfReader(io.BytesIO(paper)).pages)


def text_of(page) -> str:
    return normalized(page.extract_text())


def test_photos_with_consent_stand_on_the_last_page(photograph):
    last = pages_of(photograph(1))[-1]
    assert "มุมอ่าน๑" in text_of(last)
    assert "ห้ามพิมพ์ภาพนี้" not in text_of(last)
    assert images_on(last) == 1


def test_a_photo_whose_consent_was_withdrawn_later_is_not_drawn_again(photograph):
    figures = photograph(1)
    Evidence.objects.update(has_consent=False)
    last = pages_of(figures)[-1]
    assert "ไม่มีภาพนี้แล้ว" in text_of(last)
    assert images_on(last) == 0


def test_a_report_frozen_before_photos_were_printed_has_none(photograph):
    figures = photograph(1)
    del figures["photos"], figures["more_photos"]
    assert not any("ภาพประกอบ" in text_of(page) for page in pages_of(figures))


def test_more_photos_than_fit_are_counted(photograph):
    figures = photograph(MOST_PHOTOS + 2)
    assert (len(figures["photos"]), figures["more_photos"]) == (MOST_PHOTOS, 2)
    pages = pages_of(figures)
    assert "มีภาพที่ได้รับความยินยอมอีก๒ภาพ" in text_of(pages[-1])
    assert sum(images_on(page) for page in pages) == MOST_PHOTOS
