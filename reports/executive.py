"""The executive summary on one page of paper: a report of many schools at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse

from reports.composer.composed import document_parts
from reports.composer.enums import PartKey
from reports.data.schema import (
    AreaHeading,
    GroupRow,
    ReportPart,
    SummaryReport,
    SummarySchool,
    TermFigures,
    TextBlock,
    TrendFigures,
    YearReport,
)
from reports.data.term import OVERDUE
from reports.drafts import draft_document
from reports.interim import is_interim_now
from reports.models import IssuedDocument
from reports.papers.office_paper import DRAFT_WORD, OfficePaper, paper_response
from reports.queries import report_figures
from reports.views import get_visible_report
from schools.core.http import SignedInRequest
from supervision.improvement.enums import RecommendationState

# What fits the page beside the charts.
MOST_ROWS = 15
LONGEST_TEXT = 1000


@dataclass(frozen=True)
class ExecutiveCard:
    """One figure in large letters, with the facts beside it."""

    label: str
    number: str
    facts: Sequence[str]


@dataclass(frozen=True)
class ExecutivePaper(OfficePaper):
    """One page of a year's report or a term's summary, frozen or as it would be today.

    It shows the last term that has rounds, and of the written summary the paragraphs that fit.
    """

    template = "reports/paper/executive.html"
    name = "สรุปผู้บริหาร"

    document: IssuedDocument
    figures: SummaryReport | YearReport
    parts: Sequence[ReportPart]

    @property
    def title(self) -> str:
        return f"{self.name} {self.document}"

    @property
    def watermark(self) -> str:
        return "" if self.document.is_issued else DRAFT_WORD

    @property
    def area(self) -> AreaHeading:
        return self.figures["area"]

    @property
    def is_sample(self) -> bool:
        return self.figures["is_sample"]

    @property
    def school_names(self) -> list[str]:
        return [row["school"] for row in self.schools]

    @property
    def terms(self) -> list[TermFigures]:
        """Those that have rounds, first to last; where none has, all."""
        figures = self.figures
        terms = [figures["figures"]] if figures["kind"] == "summary" else figures["terms"]
        return [term for term in terms if term["opened"]] or terms

    @property
    def term(self) -> TermFigures | None:
        return self.terms[-1] if self.terms else None

    @property
    def trend(self) -> TrendFigures | None:
        """All standards together; papers issued before template 5 have none."""
        return next(iter(self.figures.get("trends", [])), None)

    @property
    def clusters(self) -> list[GroupRow]:
        """Of the area, as long as all of them fit."""
        rows = self.term["clusters"] if self.term and not self.schools else []
        return rows if 1 < len(rows) <= MOST_ROWS else []

    @property
    def schools(self) -> list[SummarySchool]:
        """Of one cluster, as long as all of them fit."""
        figures = self.figures
        if figures["kind"] != "summary" or not figures["cluster"]:
            return []
        return figures["schools"] if len(figures["schools"]) <= MOST_ROWS else []

    @property
    def brief(self) -> list[TextBlock]:
        """The first paragraphs of what people wrote for those who decide."""
        blocks = next((p["blocks"] for p in self.parts if p["key"] == PartKey.EXECUTIVE), [])
        fitting, length = [], 0
        for block in blocks:
            length += sum(len(run["text"]) for item in block["items"] for run in item)
            if length > LONGEST_TEXT:
                break
            fitting.append(block)
        return fitting

    @property
    def cards(self) -> list[ExecutiveCard]:
        if self.term is None:
            return []
        return [
            self._visited_card(self.term),
            _achieved_card(self.term),
            self._advice_card(),
            ExecutiveCard("วิธีปฏิบัติที่เป็นเลิศ", str(len(self.figures["practices"])), ["ได้รับคัดเลือก"]),
        ]

    def _visited_card(self, term: TermFigures) -> ExecutiveCard:
        facts = [f"{term['visited']} จาก {term['schools']} โรงเรียน"]
        facts += [f"ภาคเรียนที่ {t['term']} {_percent_visited(t)}" for t in self.terms[:-1]]
        return ExecutiveCard("โรงเรียนที่ได้รับการนิเทศแล้ว", _percent_visited(term), facts)

    def _advice_card(self) -> ExecutiveCard:
        lines = self.figures["recommendations"]
        waiting = sum(line["state"] != RecommendationState.CLOSED.label for line in lines)
        overdue = sum(line["state"] == OVERDUE for line in lines)
        facts = [f"จาก {len(lines)} ข้อ", f"เกินกำหนด {overdue}"]
        return ExecutiveCard("ข้อเสนอแนะที่ยังไม่ปิด", str(waiting), facts)


def _percent_visited(term: TermFigures) -> str:
    """Whole percent, half up; a dash without schools."""
    schools = term["schools"]
    return f"{(200 * term['visited'] + schools) // (2 * schools)}%" if schools else "–"


def _achieved_card(term: TermFigures) -> ExecutiveCard:
    facts = [f"จาก {term['achieved'] + term['not_achieved']} ที่พิจารณารอบล่าสุดแล้ว"]
    if term["not_achieved"]:
        facts.append(f"ไม่บรรลุ {term['not_achieved']}")
    if term["repeated"]:
        facts.append(f"มีรอบที่สอง {term['repeated']}")
    return ExecutiveCard("พิจารณาแล้วว่าบรรลุ", str(term["achieved"]), facts)


def executive_paper(document: IssuedDocument) -> ExecutivePaper:
    """Raises Http404 for a drive's report, and for a school's, which says as much by itself."""
    figures = report_figures(document)
    if figures["kind"] == "term" or figures["kind"] == "drive":
        raise Http404
    return ExecutivePaper(document, figures, document_parts(document, figures))


def report_draft_executive(request: SignedInRequest, kind: str, target: str) -> HttpResponse:
    """How the page would read now, for whom the report's draft is there too."""
    document = draft_document(request, kind, target)
    if document.pk is None:
        document.is_interim = is_interim_now(document)
    return paper_response(executive_paper(document))


def report_executive(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page as PDF, for those who may see the report."""
    return paper_response(executive_paper(get_visible_report(request, pk)))
