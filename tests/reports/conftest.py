"""Reports at each of their states, and PDFs read as a person's reader would."""

import io
import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from reports import actions
from reports.certificates.actions import issue_honour_certificates
from reports.composer.markup import text_blocks
from reports.models import IssuedDocument
from reports.rendering import attach_pdf, paper_html
from schools.enums import Role
from supervision.criteria.models import Indicator
from tests import scenarios
from tests.drive_scenarios import agreement_in_force, drive_at_work
from tests.factories import NeedsAreaFactory, RoundFactory, SchoolFactory
from tests.honour_scenarios import honour_awarded
from tests.mentoring_scenarios import mentoring_signed, monitoring_submitted
from tests.personas import user_with_role

# What a register says of a document that is not in one.
DOCUMENT_ENTRY = {
    "number": "1",
    "title": "ก",
    "code": "A",
    "verify_url": "http://x/",
    "issued_at": "2026-01-01T09:00:00+07:00",
    "issued_as": "ข",
}


def document_text(figures, parts=()) -> str:
    """The text of the paper that these figures make, before it is drawn, each gap one space."""
    html = paper_html({"figures": figures, "parts": parts, "document": DOCUMENT_ENTRY})
    return " ".join(re.sub("<[^>]*>", "", html).split())


def printed_text(markup: str, numbers: Mapping[str, str]) -> str:
    """A text of a report as its paper prints it, each paragraph and each item on a line."""
    items = [item for block in text_blocks(markup, numbers) for item in block["items"]]
    return "\n".join("".join(run["text"] for run in item) for item in items)


def normalized(text: str) -> str:
    """Text as searching compares it: NFKC, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


class PdfDocument:
    """A PDF opened by two independent readers."""

    def __init__(self, document: IssuedDocument) -> None:
        with document.file.open() as file:
            self.content = file.read()
        self.reader = pypdf.PdfReader(io.BytesIO(self.content))

    @cached_property
    def pages(self) -> list[str]:
        return [normalized(page.extract_text()) for page in self.reader.pages]

    @cached_property
    def texts(self) -> list[str]:
        return ["".join(self.pages), normalized(self._as_drawn())]

    def _as_drawn(self) -> str:
        """pdfminer's letters as drawn: its layout takes raised tone marks for other lines."""
        manager = PDFResourceManager()
        device = PDFPageAggregator(manager, laparams=None)
        letters = []
        for page in PDFPage.get_pages(io.BytesIO(self.content)):
            PDFPageInterpreter(manager, device).process_page(page)
            drawn = device.get_result()
            letters += [thing.get_text() for thing in drawn if isinstance(thing, LTChar)]
        return "".join(letters)

    def __contains__(self, words: str) -> bool:
        return all(normalized(words) in text for text in self.texts)


@pytest.fixture
def agreed(round_, supervisor, school_director, group_director):
    """A round whose summary the school has agreed to."""
    NeedsAreaFactory(name="ด้านวิชาการ")
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    return round_


@pytest.fixture
def prepared(agreed, group_director):
    return scenarios.report_prepared(agreed, by=group_director)


@pytest.fixture
def issue(area_director, django_capture_on_commit_callbacks):
    """Sign a prepared report and let the background work run."""

    def act(document) -> IssuedDocument:
        with django_capture_on_commit_callbacks(execute=True):
            actions.issue_report(document, by=area_director)
        return IssuedDocument.objects.get(pk=document.pk)

    return act


@pytest.fixture
def issued(prepared, area_director):
    """Signed and with its file; a test that reads the paper draws a real one with `issue`."""
    actions.issue_report(prepared, by=area_director)
    attach_pdf(prepared.pk, b"%PDF-1.7")
    return IssuedDocument.objects.get(pk=prepared.pk)


@pytest.fixture
def published(issued, area_director):
    actions.publish_report(issued, by=area_director)
    return issued


@pytest.fixture
def more_schools(cluster, term, round_, supervisor, group_director):
    """Add schools whose rounds are taken to the end of step 6, at the level given."""

    def add(*levels: int) -> None:
        for level in levels:
            school = SchoolFactory(cluster=cluster)
            director = user_with_role(Role.SCHOOL_DIRECTOR, f"director{school.pk}", school=school)
            another = RoundFactory(
                school=school, term=term, indicator_sets=round_.indicator_sets.all(), is_sample=True
            )
            scenarios.round_until_summary_agreed(
                another,
                supervisor=supervisor,
                director=director,
                group_director=group_director,
                level=level,
            )

    return add


@pytest.fixture
def year_prepared(issued, group_director):
    year = issued.round.term.academic_year
    return actions.prepare_year_report(year, number="2/2569", by=group_director)


# --- Papers of a quality drive, each with the address of its PDF ---


@pytest.fixture
def drive(round_, group_director):
    """The endorsed drive of the round's year."""
    indicators = Indicator.objects.filter(standard__indicator_set=round_.indicator_sets.get())
    return drive_at_work(round_.term, indicators, by=group_director)


@pytest.fixture
def agreement_paper_url(drive, school, group_director):
    agreement = agreement_in_force(drive, school, by=group_director)
    return reverse("agreement_paper", args=[agreement.pk])


@pytest.fixture
def mentoring_paper_url(drive, round_, supervisor):
    visit = mentoring_signed(round_, leader=supervisor)
    return reverse("mentoring_paper", args=[visit.pk])


@pytest.fixture
def monitoring_paper_url(drive, round_, group_director):
    report = monitoring_submitted(round_, by=group_director)
    return reverse("monitoring_report_paper", args=[report.pk])


@pytest.fixture
def honour_certificate_url(drive, school, group_director, area_director):
    facts = {"by": area_director, "given_on": timezone.localdate(), "first_number": 1}
    honour = honour_awarded(drive, school, by=group_director)
    [certificate] = issue_honour_certificates([honour], **facts)
    return reverse("certificate_paper", args=[certificate.pk])


@pytest.fixture
def answers_paper_url(drive, agreed):
    year = drive.academic_year.year
    return reverse("school_answers_paper", args=[year, agreed.school_id])


@pytest.fixture
def drive_report_prepared(drive, group_director):
    """The report on the drive, put forward."""
    return actions.prepare_drive_report(drive, number="9/2569", by=group_director)
