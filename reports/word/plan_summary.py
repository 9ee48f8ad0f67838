"""The summary of a year's plan (form 7.4 of P1) as a Word file; it says what its PDF says."""

from django.http import HttpResponse

from reports.data.year_plan import PlanReport, ReportedActivity
from reports.papers.year_plan import PlanSummaryPaper, plan_summary_paper, readable_plan
from reports.word.paper_words import paper_text, write_signer
from reports.word.template_writer import Column, TemplateWriter
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest
from schools.core.thai import baht_text, long_date, short_date
from supervision.programmes.models import ActivityIndicator

STEP_COLUMNS = [
    Column("ขั้นที่", 1.4, is_number=True),
    Column("รายละเอียดงาน", 6.6),
    Column("เวลาดำเนินการ", 3.0),
    Column("ผล", 5.0),
]
ACTIVITY_COLUMNS = [
    Column("ที่", 0.9, is_number=True),
    Column("กิจกรรม (งานตามคู่มือ)", 3.9),
    Column("ระยะเวลา", 2.7),
    Column("ผู้รับผิดชอบ", 2.7),
    Column("ตั้งไว้ (บาท)", 2.1, is_number=True),
    Column("ใช้ไป (บาท)", 2.1, is_number=True),
    Column("สถานะ", 1.6),
]
INDICATOR_COLUMNS = [
    Column("ตัวชี้วัด", 6.6),
    Column("ค่าเป้าหมาย", 3.6),
    Column("ผลที่ได้", 3.8),
    Column("บรรลุ", 2.0),
]
VERDICTS = {True: "บรรลุ", False: "ไม่บรรลุ", None: "–"}
UNSAID = "ไม่ได้ระบุ"


def plan_summary_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """To all who see the plan's page."""
    paper = plan_summary_paper(readable_plan(request.user, pk))
    return bytes_response(_word_file(paper), f"{paper.title}.docx")


def _word_file(paper: PlanSummaryPaper) -> bytes:
    page, report = TemplateWriter(), paper.report
    page.document.core_properties.title = paper.title
    page.header(f"**{paper.watermark}** {'ข้อมูลตัวอย่าง' if paper.is_sample else ''}".strip("* "))
    page.paragraph(paper_text(paper.name), style="Title")
    office = f"{paper.area['group_name']} {paper.area['name']}"
    page.paragraph(paper_text(f"{paper.period}\n{office}"), centred=True)
    page.paragraph(
        paper_text(
            "แบบ 7.4 ของกระบวนงาน P1 คู่มือให้เฉพาะชื่อเอกสาร หัวข้อในเอกสารนี้เป็นตัวอย่างของพอร์ทัล "
            f"ข้อมูล ณ วันที่ {long_date(paper.printed_at)}"
        ),
        style="Small",
    )
    _write_basis(page, report)
    _write_tables(page, report)
    _write_results(page, report)
    for signer in paper.signers:
        write_signer(page, signer)
    return page.content()


def _write_basis(page: TemplateWriter, report: PlanReport) -> None:
    _heading(page, "1. ข้อมูลที่ใช้วางแผน")
    page.paragraph(paper_text(report.plan.analysis or "ยังไม่ได้เขียนผลการวิเคราะห์"))
    for source in report.sources:
        detail = f" – {source.detail}" if source.detail else ""
        page.paragraph(paper_text(f"- {source}{detail} ({source.get_kind_display()})"))
    _heading(page, "2. เป้าหมาย")
    page.paragraph(paper_text(report.plan.aims or "ยังไม่ได้เขียนเป้าหมาย"))


def _write_tables(page: TemplateWriter, report: PlanReport) -> None:
    _heading(page, "3. การดำเนินงานตามขั้นตอนของกระบวนงาน P1")
    steps = [
        [
            str(step.no),
            step.title,
            (step.manual.timing if step.manual else "") or "–",
            f"{step.word} · {step.detail}",
        ]
        for step in report.steps
    ]
    page.table(STEP_COLUMNS, _said(steps))
    _heading(page, "4. กิจกรรมและงบประมาณ")
    totals = report.totals
    last = [
        "",
        f"รวม {totals.count} กิจกรรม",
        "",
        "",
        baht_text(totals.planned),
        baht_text(totals.spent),
        "",
    ]
    page.table(ACTIVITY_COLUMNS, _said([*map(_activity_cells, report.activities), last]))
    if report.cancelled:
        page.paragraph(paper_text(f"ไม่รวมกิจกรรมที่ยกเลิก {report.cancelled} กิจกรรม"), style="Small")
    _heading(page, "5. ผลตามตัวชี้วัด")
    count = len(report.indicators)
    page.paragraph(paper_text(f"ตัวชี้วัดทั้งหมด {count} ตัว บรรลุค่าเป้าหมาย {report.achieved_count} ตัว"))
    rows: list[list[str]] = []
    for row in report.activities:
        if row.indicators:
            rows.append([f"{row.number}) {row.activity}"])
            rows += map(_indicator_cells, row.indicators)
    page.table(INDICATOR_COLUMNS, _said(rows))


def _activity_cells(row: ReportedActivity) -> list[str]:
    activity, spent = row.activity, row.activity.budget_spent
    days = [short_date(activity.starts_on)]
    if activity.ends_on != activity.starts_on:
        days.append(short_date(activity.ends_on))
    return [
        str(row.number),
        f"{activity} ({activity.subject.code})",
        " – ".join(days),
        str(activity.owner),
        baht_text(activity.budget_planned),
        "–" if spent is None else baht_text(spent),
        activity.get_state_display(),
    ]


def _indicator_cells(one: ActivityIndicator) -> list[str]:
    result = one.result or "ยังไม่บันทึก"
    return [f"{one} ({one.get_kind_display()})", one.target, result, VERDICTS[one.is_achieved]]


def _write_results(page: TemplateWriter, report: PlanReport) -> None:
    _heading(page, "6. ผลการดำเนินการและสิ่งที่ได้เรียนรู้")
    for row in report.finished:
        activity = row.activity
        page.paragraph(f"**{paper_text(f'{row.number}) {activity}')}**")
        page.paragraph(f"**ผลการดำเนินการ** {paper_text(activity.result)}")
        page.paragraph(f"**ปัญหาและอุปสรรค** {paper_text(activity.problems or UNSAID)}")
        page.paragraph(f"**สิ่งที่ได้เรียนรู้** {paper_text(activity.lessons or UNSAID)}")
    if not report.finished:
        page.paragraph("ยังไม่มีกิจกรรมที่บันทึกผล")


def _heading(page: TemplateWriter, text: str) -> None:
    page.heading(paper_text(text), 2)


def _said(rows: list[list[str]]) -> list[list[str]]:
    return [[paper_text(cell) for cell in row] for row in rows]
