"""What anybody may read without signing in, and what nobody outside ever reads."""

import pytest
from django.urls import reverse

from reports import actions
from supervision.practices import actions as practices
from tests import scenarios

# From tests/scenarios.py: what was found, advised, decided and by whom.
SECRETS = (
    "ข้อค้นพบจากการทดสอบ",
    "การวัดผลระหว่างเรียน",
    "จัดกิจกรรมชุมชนแห่งการเรียนรู้",
    "จัดทำแผนนิเทศภายในรายเดือน",
    "ผลการนิเทศเป็นไปตามเกณฑ์ที่กำหนด",
    "สื่อการเรียนรู้ภาษาไทย",
    "(supervisor)",
    "(school_director)",
    "(area_director)",
    "เล่าขั้นตอนละเอียด",
)


@pytest.fixture
def with_practice(agreed, school_director, group_director):
    practice = practices.nominate_practice(
        agreed, by=school_director, title="ห้องเรียนรักการอ่าน", process="เล่าขั้นตอนละเอียด", outcome="ดี"
    )
    practices.select_practice(practice, by=group_director)
    return agreed


@pytest.fixture
def shown(with_practice, group_director, issue, area_director):
    document = issue(scenarios.report_prepared(with_practice, by=group_director))
    actions.publish_report(document, by=area_director)
    return document


def summary_url(document):
    return reverse("published_report", args=[document.code])


def verify_url(code):
    return reverse("verify", args=[code])


def test_the_public_reads_the_allowed_summary(shown, client, school):
    assert school.name in client.get(reverse("published")).content.decode()
    text = client.get(summary_url(shown)).content.decode()
    for words in (school.name, "บรรลุ", "มาตรฐานทดสอบ 1", "4.00", "ดีเลิศ", "ห้องเรียนรักการอ่าน"):
        assert words in text


def test_no_secret_reaches_the_public(shown, client):
    for url in (reverse("published"), summary_url(shown), verify_url(shown.code)):
        text = client.get(url).content.decode()
        assert [secret for secret in SECRETS if secret in text] == []


def test_inside_they_are_all_to_be_read(shown, login, area_director):
    text = login(area_director).get(shown.get_absolute_url()).content.decode()
    inside = [secret for secret in SECRETS if not secret.startswith(("(supervisor", "(school"))]
    assert [secret for secret in inside if secret not in text] == []


def test_the_file_is_not_public(shown, client):
    response = client.get(reverse("report_file", args=[shown.pk]))
    assert reverse("account_login") in response["Location"]
    assert client.get(f"/media/{shown.file.name}").status_code in (302, 404)


@pytest.mark.parametrize("state", ["prepared", "issued"])
def test_what_is_not_published_is_not_found(state, client, request):
    document = request.getfixturevalue(state)
    assert client.get(summary_url(document)).status_code == 404
    assert document.number not in client.get(reverse("published")).content.decode()


def test_of_what_is_withdrawn_only_that_is_told(published, client, area_director):
    assert client.get(summary_url(published)).status_code == 200
    actions.withdraw_report(published, by=area_director, reason="ตรวจตัวเลข")
    response = client.get(summary_url(published))
    text = response.content.decode()
    assert response.status_code == 410
    assert "สำนักงานถอนการเผยแพร่สรุปผลนี้แล้ว" in text
    assert "ตรวจตัวเลข" not in text
    assert published.number not in text


def test_what_is_replaced_leads_to_the_published_correction(
    published, client, group_director, area_director, issue
):
    corrected = issue(
        actions.revise_report(published, number="8/2569", reason="แก้", by=group_director)
    )
    text = client.get(summary_url(published)).content.decode()
    assert "สำนักงานถอนการเผยแพร่สรุปผลนี้แล้ว" in text
    assert summary_url(corrected) not in text
    actions.publish_report(corrected, by=area_director)
    text = client.get(summary_url(published)).content.decode()
    assert "โปรดอ่านฉบับแก้ไข" in text
    assert summary_url(corrected) in text


def test_the_year_shows_area_figures_only(year_prepared, issue, area_director, client, school):
    document = issue(year_prepared)
    actions.publish_report(document, by=area_director)
    text = client.get(summary_url(document)).content.decode()
    assert "โรงเรียนทั้งหมด 1 แห่ง" in text
    assert f"<h1>{document.title} {document.academic_year}</h1>" in text
    assert school.short_name not in text
    assert [secret for secret in SECRETS if secret in text] == []


def test_a_printed_code_can_be_typed(client, shown):
    typed = f"{shown.code[:4]}-{shown.code[4:]} ".lower()
    answer = client.get(reverse("verify_form"), {"code": typed})
    assert answer["Location"] == verify_url(shown.code)
    assert shown.number in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("nothing", ["", "  ", "ก-ข", "\x00"])
def test_a_code_with_nothing_to_read_is_asked_again(client, db, nothing):
    text = client.get(reverse("verify_form"), {"code": nothing}).content.decode()
    assert "โปรดพิมพ์รหัสตรวจสอบ" in text


def test_a_paper_is_proved_by_its_code(issued, client):
    code = issued.code
    for typed in (code, f"{code[:4]}-{code[4:8]}-{code[8:]}".lower()):
        text = client.get(verify_url(typed)).content.decode()
        for words in (issued.number, issued.sha256, "ออกโดยระบบนี้จริง", "รายงานผลการนิเทศรายภาคเรียน"):
            assert words in text
        # The holder compares the paper with it: whose report it is, and none of its results.
        assert f"{issued.round.school} ภาคเรียนที่ {issued.round.term}" in text
    assert [secret for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize("code", ["ABCD", "ก", "A" * 300])
def test_an_unknown_code_is_told_kindly(code, db, client):
    response = client.get(verify_url(code))
    assert response.status_code == 404
    assert "ไม่มีเอกสารที่ออกด้วยรหัสนี้" in response.content.decode()


def test_a_prepared_report_is_not_yet_proved(prepared, client):
    assert client.get(verify_url(prepared.code)).status_code == 404


@pytest.mark.parametrize("code", ["%00", "ABCD%00", "😀", "A" * 5_000])
@pytest.mark.parametrize("page", ["verify", "published"])
def test_a_code_that_nobody_printed_is_not_found(client, db, page, code):
    assert client.get(f"/{page}/{code}/").status_code == 404


def test_an_anonymous_visitor_finds_what_is_published(client, db):
    assert reverse("published") in client.get(reverse("account_login")).content.decode()
