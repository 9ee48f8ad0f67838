"""The handbook of position 16 as its reader gets it: parts, pages, what is drawn from data."""

import io

import pypdf
import pytest
from django.core.management import call_command
from django.urls import reverse

from reports.book.part_files import keep_part
from reports.handbook.content import handbook_content
from reports.handbook.jobs import draw_handbook_parts
from reports.handbook.making import missing_handbook_parts
from reports.handbook.models import HandbookJob
from reports.handbook.officers import posts_of_officer
from schools.core.thai import thai_digits
from supervision.assignments.models import Duty
from tests.pdf_readers import READERS
from tests.reports.handbook.conftest import YEAR

pytestmark = pytest.mark.db_agnostic


def plain(text: str) -> str:
    return "".join(thai_digits(text).split())


@pytest.fixture
def handbook(handbook_bytes):
    return pypdf.PdfReader(io.BytesIO(handbook_bytes))


@pytest.fixture
def queue(settings):
    """Background work is only written down."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.mark.parametrize("read", READERS)
def test_its_words_are_found_as_typed(handbook_bytes, read):
    text = "".join(read(handbook_bytes).split())
    for words in ("คำนำ", "ภาระงานที่ได้รับมอบหมาย", "กำหนดวิธีการ", "ขอบข่ายความรับผิดชอบในการปฏิบัติงาน"):
        assert words in text


def test_front_pages_have_letters_and_the_contents_tell_the_pages(handbook):
    labels = handbook.page_labels
    assert labels[:4] == ["ปก", "ก", "ข", "๑"]
    contents = plain(handbook.pages[2].extract_text())
    for chapter in ("คำนำ", "สารบัญ", "โครงสร้าง", "ภาระงาน", "ขอบข่ายความรับผิดชอบ", "ภาคผนวก"):
        assert chapter in contents
    bookmarks = {plain(str(mark["/Title"])): mark for mark in handbook.outline if "/Title" in mark}
    chapter = plain("ภาระงานที่ได้รับมอบหมาย")
    page = labels[handbook.get_destination_page_number(bookmarks[chapter])]
    assert plain(f"{chapter}") in contents
    assert page in contents.partition(chapter)[2][:200]


def test_the_structure_is_that_of_the_year_s_last_day(content, group_director):
    structure = content.structure
    assert content.of.reading_day.isoformat() == "2024-09-30"
    people = {box.label.split()[0]: (box.heads, box.assistants) for box in structure.boxes}
    assert people["4.5"] == ([str(content.of.officer)], [])
    assert people["4.3"] == ([], [str(content.of.officer)])
    assert people["4.1"] == ([], [])
    assert structure.directors == [str(group_director)]
    assert structure.supervisors == [f"{content.of.officer} · กลุ่มโรงเรียนของเรา"]


def test_the_duties_are_those_of_the_year_and_say_when_they_ended(content, author):
    Duty.objects.filter(code="5.3").update(ends_on="2024-12-31", end_reason="ย้ายกลุ่ม")
    [order] = handbook_content(posts_of_officer(author, 2568)).orders
    assert (order.order.number, order.since) == ("195/2567", "9 พฤษภาคม 2567")
    ended = {duty.code: duty.until for duty in order.duties if duty.until}
    assert ended == {"5.3": "31 ธันวาคม 2567"}
    codes = [
        duty.code for duty in handbook_content(posts_of_officer(author, 2569)).orders[0].duties
    ]
    assert "5.2" in codes
    assert "5.3" not in codes


def test_the_manual_s_list_stands_beside_the_order_and_the_order_in_the_appendix(handbook):
    pages = [plain(page.extract_text()) for page in handbook.pages]
    [listed] = [at for at, text in enumerate(pages) if plain("รายการในคู่มือต้นฉบับเทียบกับคำสั่ง") in text]
    beside = "".join(pages[listed : listed + 3])
    assert plain("ภาระงานระบุชื่อ 5 โรงเรียน คำสั่งระบุ 7 โรงเรียน") in beside
    assert plain("1) งานส่งเสริมและพัฒนากระบวนการนิเทศ") in beside
    [appendix] = [at for at, text in enumerate(pages) if plain("คำสั่งที่ 195/2567 พร้อม") in text]
    assert pages[appendix + 1].startswith(plain("คำสั่งสำนักงานเขตพื้นที่"))
    assert plain("สั่ง ณ วันที่ 9 พฤษภาคม พ.ศ. 2567") in pages[appendix + 1]


def test_the_readings_begin_below_their_heading(handbook):
    pages = [plain(page.extract_text()) for page in handbook.pages]
    [first] = [text for text in pages if plain("ข้อความที่อ่านต่างไปมีเลขในวงเล็บกำกับไว้") in text]
    assert plain("ตามที่คู่มือต้นฉบับพิมพ์") in first
    assert plain("กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา สำนักงานเขตพื้นที่") in first


def test_without_an_order_the_handbook_says_so(author, login):
    call_command("load_manual")
    content = handbook_content(posts_of_officer(author, YEAR))
    assert content.orders == []
    page = login(author).get(reverse("handbook", args=[YEAR, author.pk])).content.decode()
    assert "ยังไม่มีคำสั่งที่มอบหมายหน้าที่ในปีงบประมาณนี้" in page
    assert "แบบสรุปมาตรฐานงาน P1 มีช่องที่คู่มือเว้นว่าง" in page


def test_many_missing_parts_are_drawn_in_the_background(
    login, ordered, queue, django_capture_on_commit_callbacks
):
    client, page = login(ordered), reverse("handbook", args=[YEAR, ordered.pk])
    start = reverse("handbook_start", args=[YEAR, ordered.pk])
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(start).headers["Location"] == page
    assert HandbookJob.objects.get().attempt == 1
    assert "กำลังจัดทำคู่มือ" in client.get(page, headers={"HX-Request": "true"}).content.decode()
    client.post(reverse("handbook_cancel", args=[YEAR, ordered.pk]))
    assert "ยกเลิกการจัดทำแล้ว" in client.get(page).content.decode()


def test_what_is_kept_opens_at_once_and_a_job_has_nothing_to_draw(login, content, ordered):
    for _, file in missing_handbook_parts(content):
        keep_part(file, b"%PDF-1.7")
    job = HandbookJob.objects.create(officer=ordered, fiscal_year=YEAR)
    draw_handbook_parts.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.to_draw, job.drawn) == ("done", 0, 0)
    start = reverse("handbook_start", args=[YEAR, ordered.pk])
    paper = reverse("handbook_paper", args=[YEAR, ordered.pk])
    assert login(ordered).post(start).headers["Location"] == paper
