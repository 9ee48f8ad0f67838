"""The summary of a term from its page to the paper and on to the public."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import actions
from reports.composer.composed import report_parts
from reports.composer.queries import composition_of_term
from reports.composer.sources import text_sources
from reports.data.public import public_summary
from reports.data.summary import summary_report
from reports.enums import DocumentState
from reports.models import IssuedDocument
from reports.rendering import attach_pdf
from schools.core.errors import ActionRefused
from schools.enums import Role
from tests.factories import ClusterFactory, RoundFactory
from tests.personas import user_with_role
from tests.reports.conftest import PdfDocument, document_text


def page_of(term, cluster=None) -> str:
    if cluster:
        return reverse("summary_report_cluster", args=[term.pk, cluster.pk])
    return reverse("summary_report_area", args=[term.pk])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def prepared_summary(agreed, cluster, group_director):
    return actions.prepare_summary_report(agreed.term, cluster, number="3/2569", by=group_director)


@pytest.fixture
def issued_summary(prepared_summary, area_director):
    actions.issue_report(prepared_summary, by=area_director)
    attach_pdf(prepared_summary.pk, b"%PDF-1.7")
    return IssuedDocument.objects.get(pk=prepared_summary.pk)


# --- Its page ---


@pytest.mark.parametrize("of_cluster", [True, False])
def test_the_page_shows_the_term_and_puts_the_summary_forward(
    agreed, cluster, login, group_director, of_cluster
):
    wanted = cluster if of_cluster else None
    client, url = login(group_director), page_of(agreed.term, wanted)
    text = text_of(client.get(url))
    assert agreed.school.name in text
    assert "ยังดำเนินการไม่ครบทุกขั้น 1 โรงเรียน" in text
    assert client.post(url, {"number": "3/2569"}).status_code == 302
    document = IssuedDocument.objects.get(number="3/2569")
    assert (document.term, document.cluster) == (agreed.term, wanted)
    assert document.state == DocumentState.PREPARED
    assert client.get(url).url == document.get_absolute_url()


def test_nothing_to_sum_up_is_not_put_forward(round_, cluster, login, group_director):
    client, url = login(group_director), page_of(round_.term, cluster)
    assert "ยังเสนอลงนามไม่ได้" in text_of(client.get(url))
    answer = client.post(url, {"number": "3/2569"})
    assert "ยังไม่มีโรงเรียนใดมีบันทึกการนิเทศที่ลงนามแล้ว" in text_of(answer)
    assert not IssuedDocument.objects.filter(number="3/2569").exists()


def test_bad_addresses_and_numbers(agreed, cluster, prepared_summary, login, group_director):
    client = login(group_director)
    assert client.get(reverse("summary_report_area", args=[0])).status_code == 404
    unknown = reverse("summary_report_cluster", args=[agreed.term_id, 0])
    assert client.get(unknown).status_code == 404
    taken = client.post(page_of(agreed.term), {"number": prepared_summary.number})
    assert "ใช้กับรายงานฉบับอื่นแล้ว" in text_of(taken)


def test_who_may_read_but_not_prepare_gets_no_form(agreed, cluster, login, supervisor):
    client, url = login(supervisor), page_of(agreed.term, cluster)
    assert "เสนอ ผอ.สพป. ลงนาม" not in text_of(client.get(url))
    assert client.post(url, {"number": "3/2569"}).status_code == 403


def test_a_school_finds_no_page(agreed, cluster, login, school_director):
    assert login(school_director).get(page_of(agreed.term, cluster)).status_code == 403


def test_queries_of_the_page_are_constant(agreed, cluster, more_schools, login, group_director):
    client, url = login(group_director), page_of(agreed.term, cluster)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    queries()
    few = queries()
    more_schools(3, 5)
    assert queries() == few


def test_the_register_leads_to_summaries_that_are_not_there_yet(
    agreed, cluster, login, group_director, school_director
):
    client = login(group_director)
    here = (page_of(agreed.term), page_of(agreed.term, cluster))
    text = text_of(client.get(reverse("reports")))
    assert all(url in text for url in here)
    actions.prepare_summary_report(agreed.term, cluster, number="3/2569", by=group_director)
    text = text_of(client.get(reverse("reports")))
    assert [url in text for url in here] == [True, False]
    assert here[0] not in text_of(login(school_director).get(reverse("reports")))


# --- Signed ---


def test_the_area_director_finds_it_among_what_waits(prepared_summary, login, area_director):
    waiting = login(area_director).get("/todos/").context["home"].waiting
    title = f"ลงนามออกรายงาน รายงานสรุป {prepared_summary.subject}"
    assert title in [item.title for item in waiting]


def test_what_is_signed_stays_as_it_was(issued_summary, more_schools, login, group_director):
    more_schools(2)
    document = IssuedDocument.objects.get(pk=issued_summary.pk)
    assert len(document.frozen["figures"]["schools"]) == 1
    changes = login(group_director).get(reverse("report_changes", args=[document.pk]))
    assert "โรงเรียนทั้งหมดเพิ่ม 1 โรงเรียน" in text_of(changes)
    assert f"cluster={document.cluster_id}" in text_of(changes)


def test_a_corrected_version_replaces_it(issued_summary, group_director, area_director):
    revised = actions.revise_report(
        issued_summary, number="4/2569", reason="แก้ชื่อโรงเรียน", by=group_director
    )
    assert (revised.term, revised.cluster) == (issued_summary.term, issued_summary.cluster)
    actions.issue_report(revised, by=area_director)
    replaced = IssuedDocument.objects.with_is_replaced().get(pk=issued_summary.pk)
    assert replaced.is_replaced


def test_a_returned_summary_says_where_to_correct_it(
    prepared_summary, area_director, login, group_director
):
    actions.return_report_for_correction(prepared_summary, by=area_director, reason="ยังไม่ครบ")
    text = text_of(login(group_director).get(prepared_summary.get_absolute_url()))
    assert "ส่วนตัวเลขสรุปรวมจากข้อมูลของโรงเรียน" in text


@pytest.mark.db_agnostic
def test_the_paper_has_what_the_page_has(agreed, cluster, group_director, issue):
    document = issue(
        actions.prepare_summary_report(agreed.term, cluster, number="3/2569", by=group_director)
    )
    paper = PdfDocument(document)
    figures = document.frozen["figures"]
    assert cluster.name in paper
    assert agreed.school.name in paper
    assert "กลุ่มโรงเรียนนี้มีโรงเรียนน้อยกว่า ๓ โรงเรียน" in paper
    assert "รอขั้นที่ ๗" in paper
    assert figures["meetings"][0]["meeting_no"] == "3/2569"
    for heading in ("ผลการดำเนินงาน", "ผลรายโรงเรียน", "ภาคผนวก", "คำนวณ"):
        assert heading in paper


def test_an_empty_term_makes_a_paper_too(term):
    cluster = ClusterFactory()
    figures = summary_report(term, cluster)
    parts = report_parts(composition_of_term(term, cluster), text_sources(figures))
    text = document_text(figures, parts)
    assert "ยังไม่มีรอบการนิเทศ" in text
    assert "ไม่มีโรงเรียนในภาคเรียนนี้" in text


def test_the_subcommittee_opens_what_is_signed_of_its_cluster(issued_summary, cluster, login):
    member = user_with_role(Role.SUBCOMMITTEE_MEMBER, "subcommittee", cluster=cluster)
    client = login(member)
    page = text_of(client.get(issued_summary.get_absolute_url()))
    assert "ผลรายโรงเรียน" in page
    assert reverse("memo", args=[issued_summary.pk]) not in page
    for name in ("report_changes", "report_executive"):
        assert client.get(reverse(name, args=[issued_summary.pk])).status_code == 200
    assert reverse("report_file", args=[issued_summary.pk]) in page
    assert client.get(page_of(issued_summary.term, cluster)).status_code == 403


# --- Published ---


def test_a_summary_of_fewer_than_three_schools_is_not_published(
    issued_summary, area_director, login
):
    with pytest.raises(ActionRefused, match="น้อยกว่า 3 แห่ง"):
        actions.publish_report(issued_summary, by=area_director)
    page = login(area_director).get(issued_summary.get_absolute_url())
    assert reverse("report_publish", args=[issued_summary.pk]) not in text_of(page)


def test_of_a_cluster_the_public_reads_how_many_were_visited_and_no_means(
    agreed, cluster, more_schools, group_director, area_director, client
):
    more_schools(*[3] * 11)
    RoundFactory(term=agreed.term)
    text = published_text(agreed.term, cluster, group_director, area_director, client)
    assert "ได้รับการนิเทศ 12 แห่ง" in text
    assert "ค่าเฉลี่ยและผลการพิจารณาเผยแพร่เฉพาะระดับเขตพื้นที่" in text
    assert [word for word in ("3.08", "มาตรฐานทดสอบ", " บรรลุ ") if word in text] == []


def test_of_the_area_the_public_reads_what_the_year_tells(
    agreed, more_schools, group_director, area_director, client
):
    more_schools(*[3] * 11)
    text = published_text(agreed.term, None, group_director, area_director, client)
    assert "3.08" in text
    assert "ไม่แสดงจำนวนโรงเรียนที่บรรลุและไม่บรรลุ" in text


def published_text(term, cluster, group_director, area_director, client) -> str:
    document = actions.prepare_summary_report(term, cluster, number="3/2569", by=group_director)
    actions.issue_report(document, by=area_director)
    attach_pdf(document.pk, b"%PDF-1.7")
    document.refresh_from_db()
    actions.publish_report(document, by=area_director)
    assert document.subject in text_of(client.get(reverse("published")))
    assert document.subject in text_of(client.get(reverse("verify", args=[document.code])))
    return text_of(client.get(reverse("published_report", args=[document.code])))


def test_no_name_of_a_school_is_public(agreed):
    assert agreed.school.name not in str(public_summary(summary_report(agreed.term)))
