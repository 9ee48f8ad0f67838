"""The handbook of an officer as a Word file; it says what its PDF says, chapter by chapter.

Page numbers and the contents are fields that Word works out.
"""

from typing import Any

from django.http import HttpResponse

from reports.emblem import emblem_content
from reports.handbook.content import HandbookContent, handbook_content
from reports.handbook.duties import AssignedOrder
from reports.handbook.officers import officer_in_year
from reports.papers.order_paper import OrderPaper, order_context
from reports.word.handbook_processes import write_mission_table, write_process
from reports.word.handbook_writer import HandbookWriter, said
from reports.word.template_writer import THAI_LETTERS, THAI_NUMBERS, Column
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest
from schools.core.thai import long_date
from supervision.assignments.assignment_list import AssignmentComparison

NO_ORDER = "(ยังไม่มีคำสั่งที่มอบหมายหน้าที่ในปีงบประมาณนี้)"
NOT_ORDERED = "(ยังไม่มีคำสั่ง)"
DOTS = "." * 40


def handbook_word(request: SignedInRequest, year: int, officer: int) -> HttpResponse:
    """To whom the page of the handbook shows it."""
    content = handbook_content(officer_in_year(request.user, year, officer))
    name = f"{content.title} {content.of.officer}.docx"
    return bytes_response(handbook_word_file(content), name)


def handbook_word_file(content: HandbookContent) -> bytes:
    """Cover, pages ก ข ค, then the chapters."""
    page = HandbookWriter()
    properties = page.document.core_properties
    properties.title = said(f"{content.title} {content.of.officer}")
    properties.author = f"{content.area['group_name']} {content.area['name']}"
    page.header(said(content.title))
    _write_cover(page, content)
    page.new_section(THAI_LETTERS)
    _write_front(page, content)
    page.new_section(THAI_NUMBERS)
    _write_roles(page, content)
    _write_structure(page, content)
    _write_duties(page, content)
    page.chapter("ขอบข่ายความรับผิดชอบในการปฏิบัติงาน")
    for chapter in content.processes:
        write_process(page, chapter, content.area)
    page.chapter("ขั้นตอนการขับเคลื่อนการพัฒนาคุณภาพการศึกษา")
    page.texts(content.quality_drive)
    _write_appendix(page, content)
    _write_readings(page, content)
    return page.content()


def _write_cover(page: HandbookWriter, content: HandbookContent) -> None:
    of, area = content.of, content.area
    page.bare_first_page()
    page.emblem(emblem_content(area))
    year = f"ประจำปีงบประมาณ พ.ศ. {of.fiscal_year}"
    for lines in (
        ("\nคู่มือการปฏิบัติงาน", year),
        ("", area["group_name"], area["name"]),
        ("\n\n\n", str(of.officer), of.title_below_name and f"ตำแหน่ง {of.title_below_name}"),
        ("\n\n\n\n", *area["agencies"]),
    ):
        page.paragraph(said("\n".join(lines)), style="Title")


def _write_front(page: HandbookWriter, content: HandbookContent) -> None:
    page.chapter("คำนำ")
    for paragraph in content.handbook.paragraphs:
        page.body(paragraph)
    page.paragraph(
        said(f"\n{content.of.officer}\n{content.of.title_below_name}"), style="Signature"
    )
    page.page_break()
    page.paragraph("สารบัญ", style="Title")
    page.contents()


def _write_roles(page: HandbookWriter, content: HandbookContent) -> None:
    page.chapter("บทบาท หน้าที่และความรับผิดชอบของศึกษานิเทศก์")
    page.section("1. งานตามหน้าที่ ความรับผิดชอบตามมาตรฐานตำแหน่ง")
    page.texts(content.duties)
    page.section("2. งานตามขอบข่าย ภารกิจของกลุ่มนิเทศ ติดตาม และประเมินผลการจัดการศึกษา")
    page.texts(content.mission)
    page.section("3. ภารกิจ สาระความรู้ และลักษณะงานที่ปฏิบัติ")
    page.texts(content.knowledge)
    page.section("4. ขอบข่ายภารกิจ")
    for group in content.work_groups:
        named = page.paragraph(f"**{said(str(group))}**")
        named.paragraph_format.keep_with_next = True
        for work in group.works.all():
            page.paragraph(said(str(work)), style="Order Duty 1")
    write_mission_table(page, content.processes)


def _write_structure(page: HandbookWriter, content: HandbookContent) -> None:
    structure = content.structure
    page.chapter(f"โครงสร้าง{content.area['group_name']}")
    page.small(f"จัดทำจากตำแหน่งและคำสั่ง ณ วันที่ {long_date(content.of.reading_day)}")
    for note in content.structure_notes:
        page.small(f"{note.text} [{note.reading}]" if note.reading else note.text)
    page.paragraph(f"**ผู้อำนวยการ{said(content.area['group_name'])}**", centred=True)
    for name in structure.directors:
        page.paragraph(said(name), centred=True)
    page.rows(
        [Column("กลุ่มงาน", 7.0), Column("หัวหน้า", 4.5), Column("ผู้ช่วยหัวหน้า", 4.5)],
        [
            [box.label, ", ".join(box.heads) or NOT_ORDERED, ", ".join(box.assistants) or "–"]
            for box in structure.boxes
        ],
    )
    page.paragraph("**ศึกษานิเทศก์และกลุ่มโรงเรียนที่รับผิดชอบ**")
    for line in structure.supervisors:
        page.paragraph(said(line))


def _write_duties(page: HandbookWriter, content: HandbookContent) -> None:
    of = content.of
    page.chapter("ภาระงานที่ได้รับมอบหมาย")
    standing = f" วิทยฐานะ {of.title}" if of.standing else ""
    page.body(f"{of.officer} ตำแหน่ง {of.post_title}{standing}")
    for given in content.orders:
        _write_given_duties(page, given)
        if listed := given.listed:
            _write_listed(page, given.order.number, listed)
    if not content.orders:
        page.body(NO_ORDER)


def _write_given_duties(page: HandbookWriter, given: AssignedOrder) -> None:
    page.item(f"ตามคำสั่งที่ {given.order.number} ตั้งแต่วันที่ {given.since}")
    for duty in given.duties:
        until = f" (ถึงวันที่ {duty.until})" if duty.until else ""
        page.paragraph(said(f"{duty.code}\t{duty.text}{until}"), style=f"Order Duty {duty.level}")
        for line in duty.lines:
            page.paragraph(said(f"- {line}"), style="Order Line")
        if duty.note:
            page.small(f"ข้อสังเกตข้อมูล: {duty.note}")
    if given.order.data_note:
        page.small(f"ข้อสังเกตข้อมูล: {given.order.data_note}")


def _write_listed(page: HandbookWriter, number: str, listed: AssignmentComparison) -> None:
    """The manual's list of assigned work, and where the order differs."""
    page.item("รายการในคู่มือต้นฉบับเทียบกับคำสั่ง")
    for note in listed.notes:
        page.small(note)
    page.rows(
        [
            Column("ภาระงานที่ได้รับมอบหมาย (คู่มือต้นฉบับ)", 6.0),
            Column(f"คำสั่งที่ {number}", 6.0),
            Column("ที่ต่างกัน", 4.0),
        ],
        [
            [
                str(row.listed or "–"),
                f"{row.duty.code} {row.ordered}" if row.duty else "–",
                row.difference or "–",
            ]
            for row in listed.rows
        ],
    )


def _write_appendix(page: HandbookWriter, content: HandbookContent) -> None:
    page.chapter("ภาคผนวก")
    for paper in content.order_papers:
        _write_order(page, paper)
    if not content.orders:
        page.body(NO_ORDER)


def _write_order(page: HandbookWriter, paper: OrderPaper) -> None:
    """The order and its annex; the words are those of its own paper."""
    order = order_context(paper.order, paper.area)
    page.section(f"คำสั่ง{order['office']} ที่ {order['number']}")
    if paper.remark:
        page.small(paper.remark)
    page.paragraph(said(f"เรื่อง {order['subject']}"), centred=True)
    for paragraph in order["paragraphs"]:
        page.body(paragraph)
    page.body(f"ทั้งนี้ ตั้งแต่วันที่ {order['effective_on']}")
    page.paragraph(said(f"สั่ง ณ วันที่ {order['ordered_on']}"), style="Order Day")
    page.paragraph(said(f"\n({order['signer_name'] or DOTS})"), style="Signature")
    for line in order["signer_post_lines"]:
        page.paragraph(said(line), style="Signature")
    annex = page.paragraph(f"**{said(order['annex_title'])}**", centred=True)
    annex.paragraph_format.page_break_before = True
    page.paragraph(
        said(
            f"แนบท้ายคำสั่ง{order['office']} ที่ {order['number']}\n"
            f"สั่ง ณ วันที่ {order['annex_day']} {order['group_name']}"
        ),
        centred=True,
    )
    for officer in order["officers"]:
        _write_annex_officer(page, officer)


def _write_annex_officer(page: HandbookWriter, officer: dict[str, Any]) -> None:
    page.paragraph(f"**{said(officer['heading'])}**")
    for duty in officer["duties"]:
        style = f"Order Duty {duty['level']}"
        page.paragraph(said(f"{duty['code']}\t{duty['text']}"), style=style)
        for line in duty["lines"]:
            page.paragraph(said(f"- {line}"), style="Order Line")


def _write_readings(page: HandbookWriter, content: HandbookContent) -> None:
    page.chapter("ข้อความที่อ่านต่างจากคู่มือต้นฉบับ")
    page.body("คู่มือต้นฉบับเป็นข้อความที่เครื่องอ่านจากภาพ ข้อความที่อ่านต่างไปมีเลขในวงเล็บกำกับไว้ ตามต้นฉบับเป็นดังนี้")
    page.rows(
        [Column("ที่", 1.4), Column("หัวข้อ", 4.0), Column("ตามที่คู่มือต้นฉบับพิมพ์", 10.6)],
        [[str(row.number), row.place, row.printed] for row in content.readings.rows],
    )
    page.rows(
        [Column("ปก คำนำ หัวข้อ และข้อความสั้น", 5.4), Column("ตามที่คู่มือต้นฉบับพิมพ์", 10.6)],
        content.unnumbered_readings,
    )
    for chapter in content.processes:
        if chapter.sheet_readings:
            page.item(f"แถวในแบบสรุปมาตรฐานงาน {chapter.process.code} ตามที่คู่มือต้นฉบับพิมพ์")
            page.rows(
                [
                    Column("ลำดับที่", 1.6),
                    Column("ตามที่คู่มือต้นฉบับพิมพ์", 8.4),
                    Column("ที่พอร์ทัลอ่าน", 6.0),
                ],
                [[row.number, row.cells, row.reading] for row in chapter.sheet_readings],
            )
