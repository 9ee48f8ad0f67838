"""The handbook as a Word file: what its PDF says, in Word's own headings and fields."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from reports.handbook.foreword import handbook_of, save_foreword
from reports.handbook.officers import posts_of_officer
from reports.typography import official_digits
from reports.word.handbook import handbook_word_file
from tests.reports.handbook.conftest import YEAR
from tests.word_readers import word_headings, word_text

pytestmark = pytest.mark.db_agnostic


def test_it_says_what_the_pdf_says(content):
    file = handbook_word_file(content)
    text = word_text(file)
    for texts in (content.duties, content.knowledge, content.processes[0].procedure):
        for one in texts:
            assert official_digits(one.text) in text
    for reading in content.readings.rows:
        assert official_digits(reading.printed) in text
    for duty in content.orders[0].duties:
        assert official_digits(duty.text) in text
    assert word_headings(file, 1) == [
        "คำนำ",
        "บทบาท หน้าที่และความรับผิดชอบของศึกษานิเทศก์",
        "โครงสร้างกลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา",
        "ภาระงานที่ได้รับมอบหมาย",
        "ขอบข่ายความรับผิดชอบในการปฏิบัติงาน",
        "ขั้นตอนการขับเคลื่อนการพัฒนาคุณภาพการศึกษา",
        "ภาคผนวก",
        "ข้อความที่อ่านต่างจากคู่มือต้นฉบับ",
    ]
    assert "ไม่บรรลุ" in text  # an arrow of the flow chart


def test_what_people_paste_into_the_foreword_spoils_no_file(login, ordered):
    of = posts_of_officer(ordered, YEAR)
    save_foreword(handbook_of(of), by=ordered, foreword="หนึ่ง\x0bสอง {{ x }} <w:p>")
    response = login(ordered).get(reverse("handbook_word", args=[YEAR, ordered.pk]))
    assert "หนึ่ง" in word_text(response.content)
    assert "สอง {{ x }} <w:p>" in word_text(response.content)


def test_rows_as_long_as_a_page_may_break(content):
    for table in Document(BytesIO(handbook_word_file(content))).tables:
        if table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None:
            assert all(row._tr.trPr.find(qn("w:cantSplit")) is None for row in table.rows[1:])
