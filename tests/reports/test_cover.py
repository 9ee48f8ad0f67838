"""The cover of a book, with the emblem and the words that the office had when it was signed."""

import pytest
from django.urls import reverse

from reports import actions
from reports.rendering import report_pdf
from schools.models import Area
from tests import scenarios
from tests.reports.conftest import PdfDocument, normalized

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(issued):
    return issued.round.term.academic_year


@pytest.mark.db_agnostic
def test_the_cover_names_the_office_and_those_above_it(year, group_director, issue):
    document = actions.prepare_year_report(
        year, number="2/2569", by=group_director, cover_number="เอกสาร ศน. ที่ 34/2569"
    )
    cover = PdfDocument(issue(document)).pages[0]
    area = Area.objects.get()
    for words in (
        *("เอกสาร ศน. ที่ ๓๔/๒๕๖๙", "เลขที่ ๒/๒๕๖๙", "ระหว่างปีการศึกษา ๒๕๖๙", area.group_name),
        *("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "กระทรวงศึกษาธิการ"),
    ):
        assert normalized(words) in cover


@pytest.mark.db_agnostic
def test_a_paper_is_made_again_with_the_emblem_that_it_was_issued_with(
    year, group_director, clerk, issue
):
    first = scenarios.emblem_in_use(by=clerk)
    document = issue(actions.prepare_year_report(year, number="2/2569", by=group_director))
    paper = PdfDocument(document)
    assert [image.name for image in paper.reader.pages[0].images]
    scenarios.emblem_in_use(by=clerk, colour="red")
    assert document.frozen["figures"]["area"]["emblem"] == first.pk
    assert report_pdf(document.frozen) == paper.content


@pytest.mark.db_agnostic
def test_without_an_emblem_there_is_room_for_one(year_prepared, issue):
    document = issue(year_prepared)
    assert document.frozen["figures"]["area"]["emblem"] == ""
    assert not PdfDocument(document).reader.pages[0].images


def test_the_number_on_the_cover_is_asked_for_and_kept(login, group_director, year):
    client, url = login(group_director), reverse("year_report", args=[year.year])
    assert "ลำดับเอกสารบนปก" in client.get(url).content.decode()
    client.post(url, {"number": "2/2569", "cover_number": "ศน. 34/2569"})
    assert year.reports.get().cover_number == "ศน. 34/2569"
