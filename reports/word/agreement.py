"""An agreement of the quality drive as a Word file; it says what its PDF says."""

from django.http import HttpResponse

from reports.quality_drive.agreement_paper import AgreementPaper, make_agreement_paper
from reports.word.paper_words import paper_text, write_signer
from reports.word.template_writer import Column, TemplateWriter
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest
from schools.core.thai import short_date
from supervision.quality_drive.agreements.agreement_pages import get_agreement_or_404
from supervision.quality_drive.models import AgreementSupport, AgreementTarget

TARGET_COLUMNS = [
    Column("ที่", 1.0, is_number=True),
    Column("ตัวชี้วัด", 10.4),
    Column("ก่อนพัฒนา", 2.3, is_number=True),
    Column("ค่าเป้าหมาย", 2.3, is_number=True),
]
SUPPORT_COLUMNS = [
    Column("ที่", 1.0, is_number=True),
    Column("การสนับสนุน", 7.4),
    Column("ผู้รับผิดชอบ", 4.4),
    Column("กำหนดเสร็จ", 3.2),
]


def agreement_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """Any version, to whom its page shows it."""
    paper = make_agreement_paper(get_agreement_or_404(request, pk))
    return bytes_response(_word_file(paper), f"{paper.title}.docx")


def _word_file(paper: AgreementPaper) -> bytes:
    page = TemplateWriter()
    page.document.core_properties.title = paper.title
    page.header(f"**{paper.watermark}** {'ข้อมูลตัวอย่าง' if paper.is_sample else ''}".strip("* "))
    page.paragraph(paper_text(paper.name), style="Title")
    agreement = paper.agreement
    year = f"ปีการศึกษา {agreement.drive.academic_year}{agreement.suffix}"
    page.paragraph(paper_text(f"{paper.parties}\n{year}"), centred=True)
    page.paragraph(paper_text(paper.opening), style="Body Text")
    for number, line in enumerate(paper.intentions, start=1):
        page.paragraph(paper_text(f"{number}. {line}"), style="Body Text")
    _write_targets(page, paper)
    _write_supports(page, paper)
    page.paragraph(paper_text(paper.closing), style="Body Text")
    for signer in paper.signers:
        write_signer(page, signer)
    return page.content()


def _write_targets(page: TemplateWriter, paper: AgreementPaper) -> None:
    page.heading("ค่าเป้าหมายการพัฒนา", 2)
    for dimension in paper.dimensions:
        page.paragraph(f"**ด้าน{dimension.name}**")
        rows = [_target_cells(*one) for one in enumerate(dimension.targets, start=1)]
        page.table(TARGET_COLUMNS, rows)


def _target_cells(number: int, target: AgreementTarget) -> list[str]:
    baseline = "–" if target.baseline is None else str(target.baseline)
    return [paper_text(cell) for cell in (str(number), target.text, baseline, str(target.target))]


def _write_supports(page: TemplateWriter, paper: AgreementPaper) -> None:
    page.heading("การสนับสนุนของสำนักงานเขตพื้นที่การศึกษา", 2)
    if not paper.supports:
        page.paragraph("ไม่มีการสนับสนุนที่ระบุเป็นรายการ")
        return
    rows = [_support_cells(*one) for one in enumerate(paper.supports, start=1)]
    page.table(SUPPORT_COLUMNS, rows)


def _support_cells(number: int, support: AgreementSupport) -> list[str]:
    dimension = f" ({support.get_dimension_code_display()})" if support.dimension_code else ""
    cells = (
        str(number),
        f"{support.text}{dimension}",
        support.get_assignee_display(),
        short_date(support.due_on),
    )
    return [paper_text(cell) for cell in cells]
