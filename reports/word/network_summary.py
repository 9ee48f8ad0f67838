"""The summary of the work on networks as a Word file; it says what its PDF says."""

from django.http import HttpResponse

from reports.papers.network_summary import NetworkSummaryPaper, network_summary_paper
from reports.word.paper_words import paper_text, write_signer
from reports.word.template_writer import Column, TemplateWriter
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest
from schools.core.thai import long_date


def network_summary_word(request: SignedInRequest, year: int) -> HttpResponse:
    """To all who see the steps of the year."""
    paper = network_summary_paper(request.user, year)
    return bytes_response(_word_file(paper), f"{paper.title}.docx")


def _word_file(paper: NetworkSummaryPaper) -> bytes:
    page = TemplateWriter()
    page.document.core_properties.title = paper.title
    if paper.is_sample:
        page.header("ข้อมูลตัวอย่าง")
    page.paragraph(paper_text(paper.name), style="Title")
    page.paragraph(
        paper_text(f"ปีงบประมาณ {paper.year}\n{paper.area['group_name']} {paper.area['name']}"),
        centred=True,
    )
    page.paragraph(paper_text(paper.introduction), style="Body Text")
    for table in paper.tables:
        page.heading(paper_text(table.title), 2)
        if table.rows:
            columns = [Column(one.head, one.width, one.is_number) for one in table.columns]
            page.table(columns, [[paper_text(cell) for cell in row] for row in table.rows])
        else:
            page.paragraph(paper_text(table.empty))
    page.paragraph(paper_text(f"ข้อมูล ณ วันที่ {long_date(paper.today)}"))
    for signer in paper.signers:
        write_signer(page, signer)
    return page.content()
