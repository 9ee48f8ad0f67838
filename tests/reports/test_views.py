"""The register and each report's page, as the people of the cast meet them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import actions
from reports.enums import DocumentState
from reports.models import IssuedDocument


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def term_url(round_):
    return reverse("term_report", args=[round_.pk])


@pytest.fixture
def year_url(term):
    return reverse("year_report", args=[term.academic_year.year])


def act(document, name):
    return reverse(f"report_{name}", args=[document.pk])


# --- The register ---


def test_the_register_shows_what_waits_for_the_signature_first(prepared, login, area_director):
    text = text_of(login(area_director).get(reverse("reports")))
    assert "รอคุณลงนาม 1 ฉบับ" in text
    assert prepared.number in text


def test_the_register_filters(issued, login, clerk):
    url = reverse("reports")
    assert issued.number in text_of(login(clerk).get(url, {"kind": "term"}))
    assert issued.number in text_of(login(clerk).get(url, {"term": issued.round.term_id}))
    assert "ไม่พบรายงานตามตัวกรองนี้" in text_of(login(clerk).get(url, {"kind": "year"}))
    assert login(clerk).get(url, {"term": "x", "kind": "x"}).status_code == 200


def test_a_school_finds_its_issued_reports_only(prepared, issue, login, school_director):
    client = login(school_director)
    assert "ยังไม่มีรายงาน" in text_of(client.get(reverse("reports")))
    assert client.get(prepared.get_absolute_url()).status_code == 404
    issue(prepared)
    assert prepared.number in text_of(client.get(reverse("reports")))
    assert client.get(prepared.get_absolute_url()).status_code == 200


def test_the_register_is_not_the_administrators(login, administrator):
    assert login(administrator).get(reverse("reports")).status_code == 403


@pytest.mark.parametrize("name", ["reports", "term", "year", "report"])
def test_strangers_are_asked_to_sign_in(name, prepared, client, term_url, year_url):
    urls = {"term": term_url, "year": year_url, "report": prepared.get_absolute_url()}
    response = client.get(urls.get(name) or reverse(name))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


# --- Putting a report forward ---


def test_the_page_says_what_is_missing(round_, login, group_director, term_url):
    text = text_of(login(group_director).get(term_url))
    assert "ยังเสนอลงนามไม่ได้" in text
    assert "ขั้นที่ 6" in text
    response = login(group_director).post(term_url, {"number": "5/2569"})
    assert "รายงานยังไม่ครบ" in text_of(response)
    assert not IssuedDocument.objects.exists()


def test_the_group_director_puts_the_report_forward(agreed, login, group_director, term_url):
    assert "ผลการประเมินรายมาตรฐาน" in text_of(login(group_director).get(term_url))
    response = login(group_director).post(term_url, {"number": " 5/2569 "})
    document = IssuedDocument.objects.get()
    assert response["Location"] == document.get_absolute_url()
    assert (document.number, document.state) == ("5/2569", DocumentState.PREPARED)


@pytest.mark.parametrize(
    ("number", "message"),
    [("", "โปรดกรอกเลขที่รายงาน"), ("1" * 51, "ไม่เกิน 50 ตัวอักษร"), ("1/2569", "ใช้กับรายงานฉบับอื่น")],
)
def test_a_bad_number_is_told_at_the_field(
    number, message, issued, login, group_director, year_url
):
    response = login(group_director).post(year_url, {"number": number})
    assert message in text_of(response)
    assert f'value="{number}"' in text_of(response) or not number
    assert IssuedDocument.objects.count() == 1


def test_others_read_but_do_not_put_forward(agreed, login, supervisor, term_url):
    assert "เสนอ ผอ.สพป. ลงนาม" not in text_of(login(supervisor).get(term_url))
    assert login(supervisor).post(term_url, {"number": "5/2569"}).status_code == 403


def test_a_school_reads_that_its_report_is_not_out(prepared, login, school_director, term_url):
    text = text_of(login(school_director).get(term_url))
    assert "รายงานของรอบนี้ยังไม่ออก" in text
    assert "ผลการประเมินรายมาตรฐาน" not in text
    assert login(school_director).post(term_url, {"number": "5"}).status_code == 200
    assert IssuedDocument.objects.count() == 1


def test_another_school_finds_nothing(issued, login, outsider_director, term_url, year_url):
    client = login(outsider_director)
    for url in (term_url, issued.get_absolute_url(), act(issued, "file")):
        assert client.get(url).status_code == 404
    assert client.get(year_url).status_code == 403


def test_the_rounds_page_leads_to_its_report(prepared, login, clerk, term_url):
    assert login(clerk).get(term_url)["Location"] == prepared.get_absolute_url()


def test_the_year_is_previewed_and_put_forward(issued, login, group_director, year_url):
    text = text_of(login(group_director).get(year_url))
    assert "บทสรุปผู้บริหาร" in text
    login(group_director).post(year_url, {"number": "7/2569"})
    document = IssuedDocument.objects.get(kind="year")
    assert login(group_director).get(year_url)["Location"] == document.get_absolute_url()


def test_an_unknown_year_is_not_found(term, login, clerk):
    assert login(clerk).get(reverse("year_report", args=[2500])).status_code == 404


# --- Signing, file, publishing ---


def test_the_area_director_signs(
    prepared, login, area_director, django_capture_on_commit_callbacks
):
    client = login(area_director)
    assert "ลงนามออกรายงาน" in text_of(client.get(prepared.get_absolute_url()))
    assert "รายงานที่ลงนามแล้วแก้ไขหรือยกเลิกการลงนามไม่ได้" in text_of(client.get(act(prepared, "issue")))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(act(prepared, "issue"))
    text = text_of(client.get(prepared.get_absolute_url()))
    prepared.refresh_from_db()
    assert prepared.sha256 in text
    assert "ดาวน์โหลด PDF" in text
    assert client.post(act(prepared, "issue")).status_code == 409
    assert client.get(act(prepared, "issue")).status_code == 409


@pytest.mark.parametrize("name", ["issue", "publish", "withdraw", "render"])
def test_only_the_right_role_may_act(name, issued, login, group_director, client):
    assert login(group_director).post(act(issued, name)).status_code == 403
    assert client.post(act(issued, name)).status_code == 302
    issued.refresh_from_db()
    assert issued.state == DocumentState.ISSUED


def test_a_failure_is_told_and_tried_again(prepared, login, area_director, clerk, issue):
    actions.issue_report(prepared, by=area_director)  # nothing works on the file
    url = prepared.get_absolute_url()
    assert "โปรดแจ้ง ผอ.สพป." in text_of(login(clerk).get(url))
    client = login(area_director)
    assert "จัดทำเอกสารอีกครั้ง" in text_of(client.get(url))
    client.post(act(prepared, "render"))
    assert "ดาวน์โหลด PDF" in text_of(client.get(url, headers={"HX-Request": "true"}))
    assert client.post(act(prepared, "render")).status_code == 409
    assert client.get(act(prepared, "render")).headers["Location"] == url


@pytest.mark.parametrize("reader", ["school_director", "academic_teacher", "supervisor", "clerk"])
def test_the_file_goes_to_those_who_see_the_report(reader, issued, login, request):
    response = login(request.getfixturevalue(reader)).get(act(issued, "file"))
    content = b"".join(response)
    response.close()
    assert content.startswith(b"%PDF")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E0%B8%A3")


def test_a_report_without_file_has_none_to_give(prepared, login, clerk):
    assert login(clerk).get(act(prepared, "file")).status_code == 404


def test_publishing_shows_first_what_the_public_will_see(issued, login, area_director):
    client = login(area_director)
    text = text_of(client.get(act(issued, "publish")))
    assert "มาตรฐานทดสอบ 1" in text
    assert "การวัดผลระหว่างเรียน" not in text
    client.post(act(issued, "publish"))
    issued.refresh_from_db()
    assert issued.state == DocumentState.PUBLISHED
    assert client.post(act(issued, "publish")).status_code == 409


def test_withdrawing_asks_why(published, login, area_director):
    client = login(area_director)
    assert "โปรดระบุเหตุผล" in text_of(client.post(act(published, "withdraw"), {"reason": " "}))
    client.post(act(published, "withdraw"), {"reason": "ตัวเลขต้องตรวจอีกครั้ง"})
    assert "ตัวเลขต้องตรวจอีกครั้ง" in text_of(client.get(published.get_absolute_url()))
    assert client.get(act(published, "withdraw")).status_code == 409


def test_pages_cost_few_queries(issued, year_prepared, login, area_director):
    client = login(area_director)
    for url in (reverse("reports"), issued.get_absolute_url()):
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        assert len(found) <= 15
