"""The standard-of-work sheet of a process (แบบสรุปมาตรฐานงาน) with its flow chart."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.papers.office_paper import OfficePaper, paper_response
from schools.core.http import SignedInRequest
from schools.models import Area
from supervision.standards.enums import FlowSymbol, PassageKind
from supervision.standards.flow import FlowChart, flow_chart
from supervision.standards.models import ManualPassage, StepSheet, WorkProcess
from supervision.standards.sheets import document_codes, printed_sheets, sheet_years


@dataclass(frozen=True)
class StandardSheetPaper(OfficePaper):
    """The sheet of a fiscal year (BE); a cell that nobody filled in says so."""

    template = "reports/paper/standard_sheet.html"
    name = "แบบสรุปมาตรฐานงาน"
    is_sample = False
    symbols = FlowSymbol

    process: WorkProcess
    year: int
    document_code: str
    sheets: Sequence[StepSheet]
    chart: FlowChart
    objectives: Sequence[ManualPassage]
    references: Sequence[ManualPassage]
    area: AreaHeading

    @property
    def title(self) -> str:
        return f"{self.name} {self.process} ปีงบประมาณ {self.year}"


def standard_sheet(request: SignedInRequest, code: str, year: int) -> HttpResponse:
    """To all who see the process's page."""
    return paper_response(asked_sheet(code, year))


def asked_sheet(code: str, year: int) -> StandardSheetPaper:
    """The sheet of a process in a fiscal year. Raises Http404 where it has none (P2)."""
    process = get_object_or_404(WorkProcess, code=code)
    paper = standard_sheet_paper(process, year)
    if not paper.sheets or year not in sheet_years():
        raise Http404
    return paper


def standard_sheet_paper(process: WorkProcess, year: int) -> StandardSheetPaper:
    """The sheet as it holds in a fiscal year (BE)."""
    passages = ManualPassage.objects.filter(process=process.code)
    return StandardSheetPaper(
        process=process,
        year=year,
        document_code=document_codes(year).get(process.code, ""),
        sheets=printed_sheets(year).get(process.code, []),
        chart=flow_chart(process.code),
        objectives=list(passages.filter(kind=PassageKind.SHEET_OBJECTIVE)),
        references=list(passages.filter(kind=PassageKind.SHEET_REFERENCE)),
        area=area_heading(Area.objects.get()),
    )
