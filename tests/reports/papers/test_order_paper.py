"""An order with its annex as PDF and Word: the manual's, a draft, and one that is replaced."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.urls import reverse

from reports.papers.order_paper import order_paper_of
from reports.word.context import order_word_context
from reports.word.samples import sample_order
from schools.core.thai import thai_digits
from supervision.assignments.enums import OrderState
from supervision.assignments.models import OfficialOrder
from tests.factories import AreaFactory, DutyFactory, OfficialOrderFactory, OrderOfficerFactory
from tests.pdf_readers import pdfium_text, poppler_text, pypdf_text
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import pages_of, texts_of
from tests.word_readers import word_text

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]

# As the manual prints them at its end, in the digits of official papers.
ORDER_PASSAGES = (
    "คำสั่งสำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต ๓",
    "ที่ ๑๙๕/๒๕๖๗",
    "เรื่อง กำหนดหน้าที่ความรับผิดชอบให้ข้าราชการครูและบุคลากรทางการศึกษาปฏิบัติหน้าที่",
    "ด้วย สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต ๓ ได้กำหนดหน้าที่ความรับผิดชอบและมอบหมายงาน",
    "มาตรา ๒๔ มาตรา แห่งพระราชบัญญัติระเบียบข้าราชการและบุคลากรทางการศึกษา พ.ศ. ๒๕๔๗",
    "จึงยกเลิกคำสั่งสำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต ๓ ที่ ๕๔/๒๕๖๗ ลงวันที่ ๒๒ มกราคม ๒๕๖๗",
    "และให้ใช้กำหนดหน้าที่ความรับผิดชอบ ดังรายละเอียดแนบท้ายคำสั่งนี้",
    "ทั้งนี้ ตั้งแต่วันที่ ๙ พฤษภาคม พ.ศ. ๒๕๖๗",
    "สั่ง ณ วันที่ ๙ พฤษภาคม พ.ศ. ๒๕๖๗",
)
ANNEX_PASSAGES = (
    "รายละเอียดการกำหนดหน้าที่ความรับผิดชอบให้ข้าราชการ",
    "แนบท้ายคำสั่งสำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต ๓ ที่ ๑๙๕/๒๕๖๗",
    "สั่ง ณ วันที่ ๙ เดือน พฤษภาคม ๒๕๖๗ กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา",
    "ตำแหน่ง ศึกษานิเทศก์ วิทยฐานะ ศึกษานิเทศก์ชำนาญการพิเศษ ตำแหน่งเลขที่ ๑๖",
    "๕.๑ ปฏิบัติหน้าที่หัวหน้ากลุ่มงานนิเทศติดตามและประเมินผลระบบบริหารและการจัดการศึกษา มีภาระงานดังนี้",
    "๕.๑.๒ งานส่งเสริมสนับสนุนเครือข่ายการนิเทศของเขตพื้นที่ศึกษาหน่วยงานที่เกี่ยวข้องและชุมชน",
    "๕.๓ กลุ่มโรงเรียนโคกงาม จำนวน ๗ โรงเรียน",
    "- สาระ หน้าที่พลเมือง วัฒนธรรม และการดำเนินชีวิตในสังคม",
    "๕.๖ โครงการการพัฒนาคุณภาพการจัดการเรียนการสอนประวัติศาสตร์และหน้าที่พลเมือง",
    "๕.๗ ปฏิบัติงานอื่นๆ ตามที่ผู้บังคับบัญชามอบหมาย",
)


@pytest.fixture
def manual_order(db):
    call_command("load_manual")
    return OfficialOrder.objects.get(is_from_manual=True)


@pytest.fixture
def draft(db):
    """A draft that has one officer and one duty, and neither number nor days."""
    AreaFactory()
    order = OfficialOrderFactory(
        draft=True, reason="ด้วย มีเหตุ\nเพื่อให้เรียบร้อย", closing="จึงมอบหมายหน้าที่"
    )
    DutyFactory(officer=OrderOfficerFactory(order=order, position=1), text="กลุ่มโรงเรียน")
    return order


def paper(client, order):
    return client.get(reverse("order_paper", args=[order.pk]))


def test_the_manual_s_order_reads_as_the_manual_prints_it(login, clerk, manual_order):
    response = paper(login(clerk), manual_order)
    order, annex = texts_of(response)
    for passage in ORDER_PASSAGES:
        assert normalized(passage) in order
    for passage in ANNEX_PASSAGES:
        assert normalized(passage) in annex
    assert normalized("คงข้อความไว้ตามที่คู่มือพิมพ์") in order
    for read in (pdfium_text, pypdf_text, poppler_text):
        text = "".join(read(response.content).split())
        assert all(word in text for word in ("คำสั่ง", "กำหนดหน้าที่", thai_digits("5.1.3")))


def test_word_says_what_the_paper_says(login, clerk, manual_order):
    response = login(clerk).get(reverse("order_word", args=[manual_order.pk]))
    text = normalized(word_text(response.content))
    for passage in (*ORDER_PASSAGES, *ANNEX_PASSAGES):
        assert normalized(passage) in text
    assert "{" not in text


def test_the_sample_order_has_what_an_order_has(manual_order):
    said = order_word_context(order_paper_of(manual_order))["order"]
    sample = sample_order(is_full=True)["order"]
    assert sample.keys() == said.keys()
    [officer], [sampled, *_] = said["officers"], sample["officers"]
    assert sampled.keys() == officer.keys()
    assert sampled["duties"][0].keys() == officer["duties"][0].keys()


def test_a_draft_says_so_on_each_page_and_leaves_room(login, clerk, area_director, draft):
    response = paper(login(clerk), draft)
    texts = texts_of(response)
    assert len(texts) == 2
    assert all(normalized("ร่าง") in text for text in texts)
    assert normalized("เพื่อให้เรียบร้อย จึงมอบหมายหน้าที่") in texts[0]
    assert normalized(str(area_director)) in texts[0]  # who may sign it today
    box = pages_of(response)[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_a_replaced_order_says_so(login, clerk, draft):
    OfficialOrder.objects.filter(pk=draft.pk).update(
        state=OrderState.SUPERSEDED,
        number="1/2569",
        ordered_on="2026-01-01",
        effective_on="2026-01-01",
        ends_on="2026-06-30",
        signatory_name="ชื่อผู้ลงนาม",
        signatory_post="รองผู้อำนวยการ รักษาราชการแทนผู้อำนวยการ",
    )
    first, _ = texts_of(paper(login(clerk), draft))
    assert normalized("ยกเลิกแล้ว") in first
    assert normalized("(ชื่อผู้ลงนาม)รองผู้อำนวยการ รักษาราชการแทน") in first


def test_a_replaced_order_of_the_manual_in_a_handbook_names_what_replaced_it(db):
    call_command("load_manual")
    order = OfficialOrder.objects.get(number="195/2567")
    newer = OfficialOrder.objects.create(
        state=OrderState.ISSUED,
        number="7/2569",
        ordered_on="2026-01-05",
        effective_on="2026-01-06",
        signatory_name="ชื่อผู้ลงนาม",
        signatory_post="ผู้อำนวยการ",
    )
    newer.supersessions.create(superseded=order, text="คำสั่งที่ 195/2567")
    order.state = OrderState.SUPERSEDED
    appended = replace(order_paper_of(order), is_appendix=True)
    assert appended.watermark == ""
    assert "ยกเลิกโดยคำสั่งที่ 7/2569 ตั้งแต่วันที่ 6 มกราคม 2569" in appended.remark
    assert order_paper_of(order).watermark == "ยกเลิกแล้ว"
