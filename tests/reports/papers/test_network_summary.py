"""The summary of networks in a fiscal year: PDF and Word say the same."""

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import fiscal_year, thai_digits
from supervision.programmes.networks.forum_actions import record_forum
from tests.factories import (
    DisseminationFactory,
    ForumFactory,
    LearningSourceFactory,
    NetworkMemberFactory,
)
from tests.pdf_readers import pdfium_text, poppler_text, pypdf_text
from tests.reports.conftest import normalized
from tests.word_readers import word_text

pytestmark = pytest.mark.db_agnostic


@pytest.fixture
def year(db):
    return fiscal_year(timezone.localdate())


@pytest.fixture
def facts(year, supervisor, school):
    """What a year of networks comes to."""
    NetworkMemberFactory(school=school, network__name="เครือข่ายกำหนดคำน้ำ")
    LearningSourceFactory(school=school, name="ห้องเรียนแห่งการอ่าน")
    record_forum(ForumFactory(), by=supervisor, shared="วิธีสอนอ่าน", attendance={"lead_teacher": 12})
    DisseminationFactory(title="ชุดสื่อการอ่าน", process="P2", fiscal_year=year)


WORDS = ("เครือข่ายกำหนดคำน้ำ", "ห้องเรียนแห่งการอ่าน", "วิธีสอนอ่าน", "ชุดสื่อการอ่าน", "ที่ ศธ 04001/1")


def test_pdf_and_word_hold_the_facts_of_the_year(login, supervisor, facts, year):
    client = login(supervisor)
    pdf = client.get(reverse("network_summary", args=[year])).content
    for read in (pdfium_text, pypdf_text, poppler_text):
        text = normalized(read(pdf))
        assert [word for word in WORDS if normalized(thai_digits(word)) not in text] == []
    word = normalized(word_text(client.get(reverse("network_summary_word", args=[year])).content))
    assert [said for said in WORDS if normalized(thai_digits(said)) not in word] == []
    assert normalized(thai_digits("ผู้เข้าร่วมรวม 12 คน")) in word


def test_an_empty_year_says_so(login, supervisor, area_director):
    text = word_text(login(supervisor).get(reverse("network_summary_word", args=[2560])).content)
    assert "ยังไม่มีเครือข่ายที่ดำเนินการในปีนี้" in text
    assert "ยังไม่มีในทะเบียนเผยแพร่" in text
    assert str(area_director) in text
    assert login(supervisor).get(reverse("network_summary", args=[2024])).status_code == 404
