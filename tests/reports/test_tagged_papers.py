"""What a PDF tells a program that reads aloud: parts, heads of tables, words for drawings."""

import io
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pytest
from django.urls import reverse

from reports.certificates.paper import CertificatePaper
from reports.rendering import report_pdf
from reports.verification import QR_TITLE
from tests import scenarios
from tests.reports.conftest import PdfDocument

pytestmark = pytest.mark.db_agnostic


class TagTree:
    """The tags of a PDF in reading order, none where it is not tagged."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(pdf))
        self.root = self.pdf.Root
        self.tags = list(
            self._below(self.root.get("/StructTreeRoot", pikepdf.Dictionary()).get("/K", []))
        )

    def _below(self, kids) -> Iterator[pikepdf.Dictionary]:
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from self._below(kid.get("/K", []))

    def named(self, *names: str) -> list[pikepdf.Dictionary]:
        return [tag for tag in self.tags if tag.S in names]


@pytest.fixture
def term_tags(prepared, issue):
    return TagTree(PdfDocument(issue(prepared)).content)


def test_a_paper_says_that_it_is_tagged_and_opens_with_its_title(term_tags):
    assert term_tags.root.MarkInfo.Marked
    assert term_tags.root.ViewerPreferences.DisplayDocTitle
    assert str(term_tags.root.Lang) == "th"


def test_no_level_of_headings_is_left_out(term_tags):
    levels = [int(str(tag.S)[2:]) for tag in term_tags.named("/H1", "/H2", "/H3", "/H4", "/H5")]
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_a_cell_names_its_own_heads_and_no_others(term_tags):
    heads = {bytes(tag.ID) for tag in term_tags.named("/TH")}
    cells = [cell.A for cell in term_tags.named("/TD")]
    assert any(len(cell.Headers) == 2 for cell in cells)  # of its row and of its column
    assert all(len(cell.Headers) <= cell.get("/RowSpan", 1) + 1 for cell in cells)
    assert {bytes(head) for cell in cells for head in cell.Headers} <= heads


def test_every_drawing_has_words(term_tags):
    words = {str(tag.Alt) for tag in term_tags.named("/Figure")}
    assert words == {
        "ค่าเฉลี่ยของโรงเรียน",
        "ค่าเฉลี่ยของศึกษานิเทศก์",
        "คิวอาร์โค้ดของที่อยู่สำหรับตรวจสอบเอกสาร",
    }


def test_forms_and_the_overview_are_tagged_too(login, area_director, supervisor, agreed):
    form = reverse("blank_form", args=[agreed.indicator_sets.get().pk])
    assert TagTree(login(supervisor).get(form).content).named("/TH")
    overview = TagTree(login(area_director).get(reverse("overview_pdf")).content)
    assert overview.named("/Figure")
    assert all("/Alt" in tag for tag in overview.named("/Figure"))


def test_a_letter_and_a_plan_are_tagged(login, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    client = login(supervisor)
    letter = TagTree(client.get(reverse("visit_notice_paper", args=[visit.pk])).content)
    assert len(letter.named("/H1")) == 1
    plan = TagTree(client.get(reverse("supervision_plan")).content)
    assert [str(tag.S) for tag in plan.named("/H1", "/H2")] == ["/H1", *["/H2"] * 3]
    assert plan.named("/TH")


@pytest.mark.parametrize(
    "name", ["needs_paper", "round_needs_form", "decision_paper", "summary_paper"]
)
def test_the_papers_of_a_round_name_the_heads_of_their_cells(name, login, supervisor, agreed):
    pk = agreed.summary.pk if name == "summary_paper" else agreed.pk
    _has_sound_tables_and_headings(TagTree(login(supervisor).get(reverse(name, args=[pk])).content))


def _has_sound_tables_and_headings(tags: TagTree) -> None:
    """Cells name heads that are there, and no level of headings is left out."""
    heads = {bytes(tag.ID) for tag in tags.named("/TH")}
    cells = [cell.A for cell in tags.named("/TD")]
    assert str(tags.root.Lang) == "th"
    assert heads
    levels = [int(str(tag.S)[2:]) for tag in tags.named("/H1", "/H2", "/H3", "/H4", "/H5")]
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
    assert {bytes(head) for cell in cells for head in cell.get("/Headers", [])} <= heads


@pytest.mark.parametrize(
    "name", ["agreement_paper_url", "monitoring_paper_url", "answers_paper_url"]
)
def test_the_tables_of_a_drives_papers_name_their_heads(name, login, group_director, request):
    address = request.getfixturevalue(name)
    tags = TagTree(login(group_director).get(address).content)
    _has_sound_tables_and_headings(tags)


def test_the_report_on_a_drive_is_tagged(drive_report_prepared, issue):
    tags = TagTree(PdfDocument(issue(drive_report_prepared)).content)
    _has_sound_tables_and_headings(tags)
    assert all(str(tag.Alt) for tag in tags.named("/Figure"))


def test_the_record_of_mentoring_and_an_honours_certificate_are_tagged(
    mentoring_paper_url, honour_certificate_url, login, area_director
):
    client = login(area_director)
    record = TagTree(client.get(mentoring_paper_url).content)
    assert len(record.named("/H1")) == 1
    assert record.named("/TH")
    certificate = TagTree(client.get(honour_certificate_url).content)
    assert len(certificate.named("/H1")) == 1
    assert [str(tag.Alt) for tag in certificate.named("/Figure")] == [QR_TITLE]


def test_a_certificate_is_tagged_too(round_, supervisor, group_director, area_director):
    certificate = scenarios.certificate_issued(
        round_, supervisor=supervisor, group_director=group_director, by=area_director
    )
    tags = TagTree(CertificatePaper([certificate]).as_pdf())
    assert len(tags.named("/H1")) == 1
    assert [str(tag.Alt) for tag in tags.named("/Figure")] == [QR_TITLE]


def test_the_book_of_the_year_is_not_tagged(year_prepared, issue):
    """It would be twice as large."""
    assert TagTree(PdfDocument(issue(year_prepared)).content).tags == []


@pytest.mark.parametrize("name", ["prepared", "year_prepared"])
def test_the_same_snapshot_gives_the_same_bytes(name, issue, request):
    issued = issue(request.getfixturevalue(name))
    assert report_pdf(issued.frozen) == PdfDocument(issued).content
