"""The chapters of processes in the Word file of a handbook."""

from reports.data.schema import AreaHeading
from reports.handbook.processes import ProcessChapter
from reports.handbook.readings import HandbookText
from reports.word.flow_shapes import flow_drawing
from reports.word.handbook_writer import NOT_IN_MANUAL, HandbookWriter, text_lines
from reports.word.standard_sheet import COLUMNS, DOTS, SYMBOLS
from reports.word.standard_sheet import NOT_IN_MANUAL as EMPTY_CELL
from reports.word.template_writer import Column

ROLE = "นิเทศ ติดตาม และประเมินผลการจัดการศึกษา"


def write_mission_table(page: HandbookWriter, chapters: list[ProcessChapter]) -> None:
    """Role, works, steps and persons, a row a process."""
    page.rows(
        [
            Column("บทบาท/อำนาจ/หน้าที่ตามประกาศ ศธ.", 3.1),
            Column("งาน / เรื่อง", 3.4),
            Column("ขั้นตอนการปฏิบัติงาน", 6.4),
            Column("บุคคล / หน่วยงานที่เกี่ยวข้อง", 3.1),
        ],
        [
            [
                f"{ROLE} (ต่อ)" if at else ROLE,
                *map(text_lines, (row.table.works, row.table.steps, row.table.persons)),
            ]
            for at, row in enumerate(chapters)
        ],
    )


def write_process(page: HandbookWriter, chapter: ProcessChapter, area: AreaHeading) -> None:
    """The nine headings of a process, as the manual numbers them."""
    process = chapter.process
    page.section(process.name)
    page.item("1. ชื่องาน (กระบวนงาน)")
    page.body(process.name)
    for name in chapter.other_names:
        page.small(f"คู่มือพิมพ์ในที่อื่นว่า {name}")
    if process.note:
        page.small(f"ข้อสังเกตข้อมูล: {process.note}")
    _write_texts(page, "2. วัตถุประสงค์", chapter.objectives)
    _write_texts(page, "3. ขอบเขตของงาน", chapter.scope)
    _write_texts(page, "4. คำจำกัดความ", chapter.definitions)
    _write_procedure(page, chapter)
    page.item("6. Flow Chart การปฏิบัติงาน")
    _write_chart(page, chapter)
    page.item("7. แบบฟอร์มที่ใช้")
    for form in chapter.forms:
        page.body(f"{form.code} {form.name}")
    if not chapter.forms:
        page.body(NOT_IN_MANUAL)
    _write_texts(page, "8. เอกสาร/หลักฐานอ้างอิง", chapter.references)
    page.item("9. แบบสรุปมาตรฐานงาน")
    _write_sheet(page, chapter, area)


def _write_texts(page: HandbookWriter, title: str, texts: list[HandbookText]) -> None:
    page.item(title)
    page.texts(texts)


def _write_procedure(page: HandbookWriter, chapter: ProcessChapter) -> None:
    """The manual's procedure; of P2 the steps of the table of missions."""
    page.item("5. ขั้นตอนการปฏิบัติงาน")
    if not chapter.procedure:
        page.body("(คู่มือมีเฉพาะขั้นตอนในตารางขอบข่ายภารกิจ ดังนี้)")
    page.texts(chapter.procedure or chapter.table.steps)


def _write_chart(page: HandbookWriter, chapter: ProcessChapter) -> None:
    if not chapter.chart.boxes:
        page.body(NOT_IN_MANUAL)
        return
    drawing = flow_drawing(chapter.chart, f"ผังขั้นตอน{chapter.process.name}")
    page.paragraph("", centred=True).add_run()._r.append(drawing)
    if chapter.chart_reading:
        page.small(f"ข้อความในผังอ่านต่างจากคู่มือ [{chapter.chart_reading}]")


def _write_sheet(page: HandbookWriter, chapter: ProcessChapter, area: AreaHeading) -> None:
    """The standard-of-work sheet; its flow chart is that of heading 6."""
    if not chapter.sheets:
        page.body(NOT_IN_MANUAL)
        return
    page.rows(
        [Column("ชื่องาน", 6.0), Column("หน่วยงาน", 6.0), Column("รหัสเอกสาร", 4.0)],
        [
            [
                chapter.process.name,
                f"{area['name']}\n{area['group_name']}",
                chapter.document_code or DOTS,
            ]
        ],
    )
    if chapter.sheet_objectives:
        page.paragraph("**วัตถุประสงค์**")
        page.texts(chapter.sheet_objectives)
    if chapter.chart.boxes:
        page.rows([Column("สัญลักษณ์", 5.0), Column("ความหมาย", 11.0)], SYMBOLS)
    if not chapter.sheet_readings:
        page.small("คู่มือไม่มีแบบสรุปมาตรฐานงานของกระบวนงานนี้ ข้อความในช่องเป็นของสำนักงาน")
    page.rows(
        COLUMNS,
        [
            [
                str(sheet.number),
                sheet.detail,
                sheet.timing or EMPTY_CELL,
                sheet.quality_standard or EMPTY_CELL,
                sheet.responsible or EMPTY_CELL,
            ]
            for sheet in chapter.sheets
        ],
    )
    if chapter.sheet_references:
        page.paragraph("**เอกสารอ้างอิง**")
        page.texts(chapter.sheet_references)
