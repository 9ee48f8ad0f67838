"""The executive summary: a report of many schools on one page."""

import io

import pypdf
import pytest
from django.urls import reverse

from reports import actions
from reports.executive import executive_paper
from reports.models import IssuedDocument
from tests.reports.conftest import normalized


def pages_of(response) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    return [normalized(page.extract_text()) for page in reader.pages]


def url_of(document) -> str:
    return reverse("report_executive", args=[document.pk])


@pytest.fixture
def prepared_summary(agreed, more_schools, cluster, group_director):
    more_schools(3, 5)
    return actions.prepare_summary_report(agreed.term, cluster, number="3/2569", by=group_director)


@pytest.mark.db_agnostic
def test_a_summary_that_waits_is_a_draft_on_one_page(prepared_summary, login, group_director):
    [text] = pages_of(login(group_director).get(url_of(prepared_summary)))
    school = prepared_summary.cluster.memberships.first().school.name
    for words in ("สรุปผู้บริหาร", "ร่าง", "๑๐๐%", "๓ จาก ๓ โรงเรียน", "โรงเรียนในกลุ่ม"):
        assert normalized(words) in text
    assert normalized(school.removeprefix("โรงเรียน")) in text


@pytest.mark.db_agnostic
def test_the_year_on_one_page_says_what_was_signed(
    year_prepared, more_schools, login, area_director
):
    actions.issue_report(year_prepared, by=area_director)
    more_schools(2)
    [text] = pages_of(login(area_director).get(url_of(year_prepared)))
    assert normalized("๑ จาก ๑ โรงเรียน") in text
    assert normalized("ลงนามวันที่ ๑๘ พฤศจิกายน ๒๕๖๙") in text
    assert "ร่าง" not in text


def test_its_figures_are_those_of_the_report(prepared_summary):
    paper = executive_paper(prepared_summary)
    term = paper.figures["figures"]
    visited, achieved, advice, practices = paper.cards
    assert visited.facts == [f"{term['visited']} จาก {term['schools']} โรงเรียน"]
    assert achieved.number == str(term["achieved"])
    assert advice.number == str(len(paper.figures["recommendations"]))
    assert practices.number == "0"
    assert len(paper.schools) == 3


def test_what_people_wrote_is_on_it_as_far_as_it_fits(prepared_summary):
    paper = executive_paper(prepared_summary)
    assert "".join(run["text"] for run in paper.brief[0]["items"][0])
    long = [{"kind": "paragraph", "items": [[{"text": "ก" * 1001, "bold": False}]]}]
    paper.parts[0]["blocks"][:] = long
    assert paper.brief == []


@pytest.mark.db_agnostic
def test_papers_of_before_are_drawn_too(year_prepared, area_director, login):
    """Template 4 knew neither trends nor levels nor written parts."""
    actions.issue_report(year_prepared, by=area_director)
    document = IssuedDocument.objects.get(pk=year_prepared.pk)
    figures = document.snapshot["figures"]
    del document.snapshot["parts"], figures["trends"]
    for term in figures["terms"]:
        for row in term["standards"]:
            del row["levels"], row["low"]
    document.save(update_fields=["snapshot"])
    assert len(pages_of(login(area_director).get(url_of(document)))) == 1


def test_a_schools_term_report_has_none(issued, login, group_director, school_director):
    client = login(group_director)
    assert client.get(url_of(issued)).status_code == 404
    assert url_of(issued) not in client.get(issued.get_absolute_url()).content.decode()


@pytest.mark.db_agnostic
def test_before_a_report_is_put_forward_there_is_a_draft(agreed, cluster, login, supervisor):
    client, year = login(supervisor), agreed.term.academic_year.year
    for kind, target, words in (
        ("summary", f"{agreed.term_id}-{cluster.pk}", cluster.name),
        ("summary", str(agreed.term_id), "ทุกโรงเรียนในสังกัด"),
        ("year", str(year), "ระหว่างปีการศึกษา ๒๕๖๙"),
    ):
        url = reverse("report_draft_executive", args=[kind, target])
        [text] = pages_of(client.get(url))
        assert normalized(words) in text
        assert "ร่าง" in text
    page = client.get(reverse("summary_report_area", args=[agreed.term_id])).content.decode()
    assert reverse("report_draft_executive", args=["summary", str(agreed.term_id)]) in page
    term = reverse("report_draft_executive", args=["term", str(agreed.pk)])
    assert client.get(term).status_code == 404


def test_who_does_not_see_the_report_does_not_see_the_page(
    prepared_summary, login, school_director
):
    assert login(school_director).get(url_of(prepared_summary)).status_code == 404
