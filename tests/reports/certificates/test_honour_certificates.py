"""Certificates of honours: one register and one numbering with those of practices."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from reports.certificates.actions import cancel_certificate, issue_honour_certificates
from reports.certificates.models import Certificate
from reports.certificates.paper import CertificatePaper
from schools.core.errors import ActionRefused
from supervision.quality_drive.honours.actions import revoke_honour
from tests.drive_scenarios import drive_at_work
from tests.exported_files import exported_table
from tests.factories import MeetingFactory
from tests.honour_scenarios import honour_awarded, honour_proposed, honour_released
from tests.pdf_readers import READERS
from tests.reports.conftest import normalized

pytestmark = pytest.mark.django_db
REGISTER, ISSUE = reverse("certificates"), reverse("honour_certificates_issue")
REASON = "นักเรียนชั้นประถมศึกษาปีที่ 1 อ่านออกเขียนได้ทุกคน และครูทุกคนได้รับการนิเทศครบทุกภาคเรียน"


@pytest.fixture
def drive(term, group_director):
    return drive_at_work(term, [], by=group_director)


@pytest.fixture
def honour(drive, school, group_director):
    return honour_released(drive, school, by=group_director, reason=REASON)


@pytest.fixture
def unreleased(drive, school, group_director):
    """Awarded, and told to nobody but the office and the school."""
    return honour_awarded(drive, school, by=group_director, category="ประเภทลับ")


@pytest.fixture
def give_for(area_director):
    def issue(*honours, first_number=5):
        facts = {"given_on": timezone.localdate(), "first_number": first_number}
        return issue_honour_certificates(honours, by=area_director, **facts)

    return issue


def text(client, url: str) -> str:
    return client.get(url).content.decode()


def test_the_director_issues_for_many_in_the_one_numbering(
    login, area_director, honour, unreleased, certificate
):
    client = login(area_director)
    assert "2 รางวัลยังไม่มี" in text(client, REGISTER)
    facts = {"honours": [honour.pk, unreleased.pk], "given_on": "15/9/2569", "first_number": "1"}
    assert "เลขที่ 1/2569 ใช้แล้ว" in client.post(ISSUE, facts).content.decode()
    assert client.post(ISSUE, facts | {"first_number": "2"}).url == REGISTER
    numbers = Certificate.objects.exclude(honour=None).values_list("number", flat=True)
    assert sorted(numbers) == [2, 3]
    assert "ไม่มีรางวัลที่รอเกียรติบัตร" in text(client, ISSUE)
    assert honour.category.name in text(client, f"{REGISTER}?purpose=honour")
    assert certificate.title not in text(client, f"{REGISTER}?purpose=honour")


def test_only_what_a_meeting_awarded_gets_one_and_only_once(
    drive, honour, give_for, school, group_director
):
    proposed = honour_proposed(drive, school, by=group_director, category="ก")
    with pytest.raises(ActionRefused, match="ยังไม่มีมติยกย่อง"):
        give_for(proposed)
    give_for(honour)
    with pytest.raises(ActionRefused, match="มีเกียรติบัตรแล้ว"):
        give_for(honour, first_number=6)


def test_it_is_for_one_practice_or_one_honour(give_for, honour, certificate):
    [given] = give_for(honour)
    for fields in ({"practice": certificate.practice}, {"honour": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Certificate.objects.filter(pk=given.pk).update(**fields)


@pytest.mark.parametrize("read", READERS)
def test_the_paper_says_category_drive_and_reason(give_for, honour, read):
    said = normalized(read(CertificatePaper(give_for(honour)).as_pdf()))
    for words in (honour.category.name, honour.school.name, "TUMHOME Plus Inno Model"):
        assert normalized(words) in said
    assert normalized("อ่านออกเขียนได้ทุกคน") in said


def test_the_proof_says_for_which_honour_and_that_it_was_revoked(
    client, login, give_for, honour, group_director, school_director
):
    [given] = give_for(honour)
    proof = reverse("verify", args=[given.code])
    page = text(client, proof)
    for words in ("ออกโดยระบบนี้จริง", honour.category.name, "TUMHOME", "ปีการศึกษา 2569"):
        assert words in page
    revoke_honour(honour, by=group_director, meeting=MeetingFactory(), reason="ผิดพลาด")
    assert "เพิกถอนรางวัลแล้ว ใช้ไม่ได้" in text(client, proof)
    own = login(school_director)
    assert "เพิกถอนรางวัลแล้ว" in text(own, given.get_absolute_url())
    assert own.get(reverse("certificate_paper", args=[given.pk])).status_code == 409


def test_a_cancelled_one_is_given_anew(give_for, honour, area_director):
    [given] = give_for(honour)
    cancel_certificate(given, by=area_director, reason="พิมพ์ชื่อผิด")
    [again] = give_for(honour, first_number=6)
    assert again.number == 6


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("school_director", True),
        ("academic_teacher", True),
        ("supervisor", True),
        ("committee_member", True),
        ("outsider_director", False),
        ("subcommittee_member", False),
        ("clerk", False),
    ],
)
def test_the_certificate_of_an_unreleased_honour_is_its_schools_and_the_offices(
    request, login, give_for, unreleased, who, sees
):
    [given] = give_for(unreleased)
    client = login(request.getfixturevalue(who))
    assert (client.get(given.get_absolute_url()).status_code == 200) is sees
    assert ("ประเภทลับ" in text(client, REGISTER)) is sees
    table = exported_table(client.get(reverse("certificates_export")))
    titles = [row["ชื่อผลงานหรือรางวัล"] for row in table.rows]
    assert ("ประเภทลับ" in titles) is sees


def test_the_public_page_tells_the_number_once_it_is_issued(client, give_for, honour):
    page = reverse("honoured_schools")
    assert "เกียรติบัตรเลขที่" not in text(client, page)
    give_for(honour)
    assert "เกียรติบัตรเลขที่ 5/2569" in text(client, page)
