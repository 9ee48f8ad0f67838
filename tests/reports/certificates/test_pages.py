"""The register of certificates, issuing, the paper and its proof, as people use them."""

import io

import pypdf
import pytest
from django.urls import reverse

from reports.certificates.actions import cancel_certificate
from reports.certificates.models import Certificate
from reports.certificates.paper import CertificatePaper
from tests import scenarios
from tests.exported_files import exported_table
from tests.pdf_readers import READERS
from tests.reports.conftest import normalized
from tests.schools.registry.conftest import count_queries

pytestmark = pytest.mark.django_db
REGISTER, ISSUE = reverse("certificates"), reverse("certificate_issue")


def text(client, url: str) -> str:
    return client.get(url).content.decode()


# --- Issuing ---


def test_the_director_issues_for_several_practices_at_once(
    login, area_director, practice, other_practice
):
    client = login(area_director)
    assert "2 ผลงานยังไม่มี" in text(client, REGISTER)
    page = text(client, f"{ISSUE}?practice={practice.pk}")
    assert page.count(" checked") == 1
    assert 'name="first_number" value="1"' in page
    assert text(client, f"{ISSUE}?all=1").count(" checked") == 2
    facts = {
        "practices": [practice.pk, other_practice.pk],
        "given_on": "15/9/2569",
        "first_number": "12",
    }
    assert client.post(ISSUE, facts).url == REGISTER
    numbers = Certificate.objects.values_list("number", "year")
    assert sorted(numbers) == [(12, 2569), (13, 2569)]
    assert "ไม่มีผลงานที่รอเกียรติบัตร" in text(client, ISSUE)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"practices": []}, "โปรดเลือกผลงานอย่างน้อย 1 ผลงาน"),
        ({"given_on": "15/9/2026"}, "พ.ศ."),
        ({"first_number": "1"}, "เลขที่ 1/2569 ใช้แล้ว"),
        ({"first_number": "0"}, "ต้องไม่น้อยกว่า 1"),
    ],
)
def test_what_cannot_be_is_explained_and_ticks_stay(
    login, area_director, certificate, other_practice, typed, message
):
    facts = {"practices": [other_practice.pk], "given_on": "15/9/2569", "first_number": "2"}
    response = login(area_director).post(ISSUE, facts | typed)
    assert response.status_code == 200
    assert message in str(response.context["form"].errors)
    ticked = response.content.decode().count(" checked")
    assert ticked == len((facts | typed)["practices"])
    assert Certificate.objects.count() == 1


def test_a_number_beyond_any_key_is_no_practice(login, area_director, practice):
    given = {"practices": ["9" * 25], "given_on": "1/1/2569", "first_number": 1}
    response = login(area_director).post(reverse("certificate_issue"), given)
    assert response.status_code == 200
    assert not Certificate.objects.exists()


def test_only_who_signs_for_the_office_issues_and_cancels(login, group_director, certificate):
    client = login(group_director)
    assert client.get(ISSUE).status_code == 403
    assert "ออกเกียรติบัตร (" not in text(client, REGISTER)
    url = reverse("certificate_cancel", args=[certificate.pk])
    assert client.post(url, {"reason": "ผิด"}).status_code == 403


# --- The register ---


def test_a_school_reads_its_own_and_no_other(
    login, certificate, school_director, outsider_director
):
    own = login(school_director)
    assert certificate.title in text(own, REGISTER)
    assert own.get(certificate.get_absolute_url()).status_code == 200
    other = login(outsider_director)
    assert certificate.title not in text(other, REGISTER)
    for name in ("certificate", "certificate_paper"):
        assert other.get(reverse(name, args=[certificate.pk])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "7"}, ["7/2569"]),
        ({"q": "๘/๒๕๖๙"}, ["8/2569"]),
        ({"q": "8/2568"}, []),
        ({"q": "ตลาดนัด"}, ["8/2569"]),
        ({"q": "ของเรา"}, ["7/2569"]),
        ({"year": "2568"}, []),
        ({"state": "issued"}, ["8/2569", "7/2569"]),
        ({"state": "wrong"}, ["8/2569", "7/2569"]),
    ],
)
def test_certificates_are_found(login, area_director, give, practice, other_practice, asked, found):
    give(practice, other_practice, first_number=7)
    page = login(area_director).get(REGISTER, asked).context["page"]
    assert [one.printed_number for one in page] == found


def test_all_of_a_page_are_ticked_at_once(login, area_director, certificate):
    client = login(area_director)
    assert " checked" not in text(client, REGISTER)
    assert text(client, f"{REGISTER}?all=1").count(" checked") == 1


def test_many_certificates_cost_no_more_queries(
    login, area_director, give, select_practice, round_
):
    give(select_practice(round_, "ก"))
    client = login(area_director)
    one = count_queries(client, REGISTER)
    give(select_practice(round_, "ข"), select_practice(round_, "ค"), first_number=2)
    assert count_queries(client, REGISTER) == one


def test_the_register_is_taken_along(login, area_director, certificate):
    response = login(area_director).get(reverse("certificates_export"))
    [row] = exported_table(response).rows
    assert (row["เลขที่"], row["รหัสตรวจสอบ"]) == (1, certificate.code)


def test_a_certificate_is_cancelled_with_its_reason(login, area_director, client, certificate):
    director, url = login(area_director), reverse("certificate_cancel", args=[certificate.pk])
    assert "เลขนี้ไม่ใช้ซ้ำ" in text(director, url)
    assert "โปรดระบุ" in director.post(url, {"reason": ""}).content.decode()
    director.post(url, {"reason": "ชื่อผลงานผิด"})
    page = text(director, certificate.get_absolute_url())
    assert "ชื่อผลงานผิด" in page
    assert "พิมพ์เกียรติบัตร" not in page
    paper = reverse("certificate_paper", args=[certificate.pk])
    assert director.get(paper).status_code == 409
    proof = text(client, reverse("verify", args=[certificate.code]))
    assert "ยกเลิกแล้ว ใช้ไม่ได้" in proof
    assert director.get(url).status_code == 409


# --- Proof ---


def test_anybody_proves_a_certificate_by_its_code(client, certificate, area_director):
    page = text(client, reverse("verify", args=[certificate.code]))
    for words in ("ออกโดยระบบนี้จริง", "1/2569", certificate.recipient, certificate.title):
        assert words in page
    assert str(area_director) not in page


def test_practice_and_school_lead_to_the_certificate(login, school_director, certificate):
    client = login(school_director)
    practice = text(client, certificate.practice.get_absolute_url())
    assert f"{REGISTER}?q=" in practice
    found = client.get(REGISTER, {"q": certificate.title}).context["page"]
    assert list(found) == [certificate]
    school = reverse("school", args=[certificate.round.school_id])
    assert f"{REGISTER}?q=" in text(client, school)


# --- The paper ---


@pytest.mark.db_agnostic
@pytest.mark.parametrize("read", READERS)
def test_the_paper_says_to_whom_for_what_and_by_whom(read, login, area_director, certificate):
    response = login(area_director).get(reverse("certificate_paper", args=[certificate.pk]))
    page = normalized(read(response.content))
    for words in (
        *("มอบเกียรติบัตรฉบับนี้ให้ไว้เพื่อแสดงว่า", certificate.recipient, certificate.title),
        *("วิธีปฏิบัติที่เป็นเลิศ", "ระดับเขตพื้นที่การศึกษา", "เลขที่ ๑/๒๕๖๙"),
        *("ให้ไว้ ณ วันที่ ๑๘ พฤศจิกายน พ.ศ. ๒๕๖๙", f"({area_director})"),
    ):
        assert normalized(words) in page


@pytest.mark.db_agnostic
def test_the_paper_never_changes(login, area_director, clerk, certificate):
    scenarios.emblem_in_use(by=clerk)
    before = CertificatePaper([certificate]).as_pdf()
    area_director.full_name = "ชื่อใหม่"
    area_director.save()
    certificate.practice.round.school.name = "โรงเรียนชื่อใหม่"
    certificate.practice.round.school.save()
    kept = Certificate.objects.get(pk=certificate.pk)
    assert CertificatePaper([kept]).as_pdf() == before


@pytest.mark.db_agnostic
def test_chosen_certificates_are_one_file(login, area_director, give, practice, other_practice):
    first, second = give(practice, other_practice)
    client, url = login(area_director), reverse("certificate_papers")
    paper = client.get(url, {"certificate": [second.pk, first.pk]})
    pages = pypdf.PdfReader(io.BytesIO(paper.content)).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [True, True]
    assert normalized(first.recipient) in normalized(pages[0].extract_text())
    assert client.get(url).status_code == 409
    cancel_certificate(first, by=area_director, reason="ผิด")
    assert client.get(url, {"certificate": [first.pk]}).status_code == 409
