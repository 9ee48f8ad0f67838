"""The standard-of-work sheet of a process as a Word file; it says what its PDF says."""

from collections.abc import Sequence

from django.http import HttpResponse

from reports.papers.standard_sheet import StandardSheetPaper, asked_sheet
from reports.word.flow_shapes import flow_drawing
from reports.word.paper_words import paper_text
from reports.word.template_writer import Column, TemplateWriter
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest
from supervision.standards.models import ManualPassage, StepSheet

NOT_IN_MANUAL = "(ไม่มีในคู่มือ)"
DOTS = "……………………"
HEAD = [Column("", 6.0), Column("", 6.0), Column("", 4.0)]
COLUMNS = [
    Column("ลำดับที่", 1.4),
    Column("รายละเอียดงาน", 5.6),
    Column("เวลาดำเนินการ", 2.6),
    Column("มาตรฐานคุณภาพงาน", 3.4),
    Column("ผู้รับผิดชอบ", 3.0),
]
SYMBOLS = (
    ("รูปสี่เหลี่ยมมุมมน", "จุดเริ่มต้นหรือสิ้นสุดกระบวนการ"),
    ("รูปสี่เหลี่ยมผืนผ้า", "กิจกรรมงานหรือการปฏิบัติ"),
    ("รูปสี่เหลี่ยมขนมเปียกปูน", "การตัดสินใจ"),
    ("ลูกศร", "ทิศทางหรือการเคลื่อนไหวของงาน"),
    ("วงกลม", "จุดเชื่อมต่อระหว่างหน้า (ถ้าไม่จบภายใน 1 หน้า)"),
)


def standard_sheet_word(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """To all who see the process's page."""
    paper = asked_sheet(code, year)
    return bytes_response(_word_file(paper), f"{paper.title}.docx")


def _word_file(paper: StandardSheetPaper) -> bytes:
    page = TemplateWriter()
    page.document.core_properties.title = paper.title
    page.paragraph(paper_text(f"{paper.name} ปีงบประมาณ {paper.year}"), style="Title")
    page.table(HEAD, [_head(paper)], has_head=False)
    _write_passages(page, "วัตถุประสงค์", paper.objectives)
    if paper.chart.boxes:
        _write_chart(page, paper)
    if paper.process.note:
        page.paragraph(paper_text(f"ข้อสังเกตข้อมูล: {paper.process.note}"), style="Small")
    page.heading("ขั้นตอนและมาตรฐานงาน", 2)
    page.table(COLUMNS, [_step(sheet) for sheet in paper.sheets])
    _write_passages(page, "เอกสารอ้างอิง", paper.references)
    return page.content()


def _write_passages(page: TemplateWriter, heading: str, passages: Sequence[ManualPassage]) -> None:
    if passages:
        page.paragraph(f"**{heading}**")
    for passage in passages:
        page.paragraph(paper_text(f"{passage.number}. {passage.text}"))


def _write_chart(page: TemplateWriter, paper: StandardSheetPaper) -> None:
    page.heading("ผังขั้นตอนการดำเนินงาน", 2)
    chart = page.paragraph("", centred=True)
    chart.add_run()._r.append(flow_drawing(paper.chart, f"ผังขั้นตอน{paper.process.name}"))
    page.table([Column("สัญลักษณ์", 5.0), Column("ความหมาย", 11.0)], _symbol_rows())


def _head(paper: StandardSheetPaper) -> list[str]:
    return [
        f"**ชื่องาน** {paper_text(paper.process.name)}",
        paper_text(f"{paper.area['name']}\n{paper.area['group_name']}"),
        f"**รหัสเอกสาร** {paper_text(paper.document_code) or DOTS}",
    ]


def _symbol_rows() -> list[list[str]]:
    return [[shape, paper_text(meaning)] for shape, meaning in SYMBOLS]


def _step(sheet: StepSheet) -> list[str]:
    cells = (sheet.timing, sheet.quality_standard, sheet.responsible)
    return [
        paper_text(str(sheet.number)),
        paper_text(sheet.detail),
        *(paper_text(cell) or NOT_IN_MANUAL for cell in cells),
    ]
