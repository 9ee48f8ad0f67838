"""A good practice on paper, opened as a person's reader opens it."""

import pytest
from django.urls import reverse

from supervision.practices import actions as practices
from supervision.practices.enums import AwardLevel, PracticeKind
from tests.factories import WorkProcessFactory
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import text_of

pytestmark = pytest.mark.db_agnostic

WORDS = {
    "background": "นักเรียนอ่านไม่คล่อง",
    "objectives": "ให้อ่านคล่องทุกคน",
    "process": "จับคู่พี่กับน้อง\nอ่านทุกวัน",
    "outcome": "อ่านคล่องร้อยละเก้าสิบ",
    "success_factors": "ผู้ปกครองร่วมดูแล",
    "lessons": "เปลี่ยนคู่ทุกเดือน",
    "dissemination": "นำเสนอในกลุ่มโรงเรียน",
}


def paper_url(practice) -> str:
    return reverse("practice_paper", args=[practice.pk])


@pytest.fixture
def nominated(round_, academic_teacher):
    return practices.nominate_practice(round_, by=academic_teacher, title="เพื่อนช่วยอ่าน", **WORDS)


@pytest.fixture
def reviewed(nominated, committee_member):
    practices.review_practice(nominated, by=committee_member, score=90, comment="นำไปใช้ได้จริง")
    return nominated


def test_a_selected_practice_is_printed_with_all_its_parts_and_level(
    login, supervisor, group_director, academic_teacher, reviewed, round_
):
    practices.select_practice(reviewed, by=group_director, level=AwardLevel.CLUSTER)
    text = text_of(login(supervisor).get(paper_url(reviewed)))
    found = (
        *("แบบวิธีปฏิบัติที่เป็นเลิศ", "เพื่อนช่วยอ่าน", round_.school.name, *WORDS.values()),
        *("ได้รับคัดเลือก ระดับกลุ่มโรงเรียน", "๗. การเผยแพร่", "๙๐", "นำไปใช้ได้จริง"),
        *(f"({academic_teacher})", "เสนอในระบบ", f"({group_director})", "บันทึกในระบบ"),
    )
    for words in found:
        assert normalized(words) in text


def test_the_school_does_not_read_the_reviews(login, school_director, committee_member, reviewed):
    text = text_of(login(school_director).get(paper_url(reviewed)))
    assert normalized("เสนอแล้ว รอพิจารณา") in text
    for words in ("ความเห็นของกรรมการ", "นำไปใช้ได้จริง", str(committee_member)):
        assert normalized(words) not in text


def test_parts_that_nobody_wrote_are_left_out(login, supervisor, round_):
    words = {"title": "ห้องสมุด", "process": "ยืมทุกวัน", "outcome": "อ่านมากขึ้น"}
    practice = practices.nominate_practice(round_, by=supervisor, **words)
    text = text_of(login(supervisor).get(paper_url(practice)))
    assert normalized("๑. กระบวนการ") in text
    for words in ("ความเป็นมา", "บทเรียนที่ได้รับ", "ความเห็นของกรรมการ"):
        assert normalized(words) not in text


def test_a_practice_not_selected_says_why(login, school_director, group_director, nominated):
    practices.decline_practice(nominated, by=group_director, reason="ยังไม่เห็นผลกับผู้เรียน")
    text = text_of(login(school_director).get(paper_url(nominated)))
    for words in ("ไม่ได้รับคัดเลือก", "ยังไม่เห็นผลกับผู้เรียน", f"({group_director})"):
        assert normalized(words) in text


def test_the_page_links_the_paper_and_strangers_do_not_find_it(
    login, supervisor, outsider_director, nominated
):
    page = login(supervisor).get(nominated.get_absolute_url()).content.decode()
    assert paper_url(nominated) in page
    assert login(outsider_director).get(paper_url(nominated)).status_code == 404


def test_a_practice_of_the_unit_names_its_work_instead_of_a_school(login, supervisor, term):
    work = WorkProcessFactory().work
    practice = practices.nominate_unit_practice(
        by=supervisor, kind=PracticeKind.METHOD, work=work, title="นิเทศออนไลน์", **WORDS
    )
    text = text_of(login(supervisor).get(paper_url(practice)))
    for words in ("วิธีการนิเทศ", str(work.name), f"({supervisor})", "เสนอในระบบ"):
        assert normalized(words) in text
    assert normalized("รอบที่") not in text
