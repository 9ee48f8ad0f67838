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


@dataclass(frozen=True)
class StandardSheetPaper(OfficePaper):
    """The sheet as the office has it today; a cell that nobody filled in says so."""

    template = "reports/paper/standard_sheet.html"
    name = "แบบสรุปมาตรฐานงาน"
    is_sample = False
    symbols = FlowSymbol

    process: WorkProcess
    sheets: Sequence[StepSheet]
    chart: FlowChart
    objectives: Sequence[ManualPassage]
    references: Sequence[ManualPassage]
    area: AreaHeading

    @property
    def title(self) -> str:
        return f"{self.name} {self.process}"


def standard_sheet(request: SignedInRequest, code: str) -> HttpResponse:
    """To all who see the process's page; the manual has no sheet of P2."""
    process = get_object_or_404(WorkProcess, code=code)
    sheets = list(StepSheet.objects.filter(process=code))
    if not sheets:
        raise Http404
    return paper_response(_standard_sheet_paper(process, sheets))


def _standard_sheet_paper(process: WorkProcess, sheets: Sequence[StepSheet]) -> StandardSheetPaper:
    passages = ManualPassage.objects.filter(process=process.code)
    return StandardSheetPaper(
        process=process,
        sheets=sheets,
        chart=flow_chart(process.code),
        objectives=list(passages.filter(kind=PassageKind.SHEET_OBJECTIVE)),
        references=list(passages.filter(kind=PassageKind.SHEET_REFERENCE)),
        area=area_heading(Area.objects.get()),
    )
