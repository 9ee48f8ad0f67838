"""All that a handbook says, gathered from the manual's data, duties and appointments."""

from dataclasses import dataclass

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.handbook.duties import AssignedOrder, orders_of_year
from reports.handbook.foreword import handbook_of
from reports.handbook.models import Handbook
from reports.handbook.officers import OfficerYear
from reports.handbook.processes import ProcessChapter, process_chapters, process_tables
from reports.handbook.readings import HEADING_READINGS, HandbookText, ReadingList
from reports.handbook.structure import GroupStructure, group_structure
from reports.papers.order_paper import OrderPaper
from schools.models import Area
from supervision.assignments.models import OfficialOrder
from supervision.standards.enums import FlowSymbol, PassageKind
from supervision.standards.models import ManualPassage, WorkGroup

ROLE_KINDS = (PassageKind.DUTY, PassageKind.MISSION, PassageKind.KNOWLEDGE)


@dataclass(frozen=True)
class HandbookContent:
    """The handbook of one officer and year, chapter by chapter.

    Readings without a number are of the cover, of headings and of the foreword: place and words.
    """

    of: OfficerYear
    area: AreaHeading
    handbook: Handbook
    duties: list[HandbookText]
    mission: list[HandbookText]
    knowledge: list[HandbookText]
    work_groups: list[WorkGroup]
    processes: list[ProcessChapter]
    structure: GroupStructure
    structure_notes: list[HandbookText]
    orders: list[AssignedOrder]
    quality_drive: list[HandbookText]
    readings: ReadingList
    unnumbered_readings: list[tuple[str, str]]
    symbols = FlowSymbol

    @property
    def is_sample(self) -> bool:
        """Whether duties of the year come from sample orders."""
        return any(given.order.is_sample for given in self.orders)

    @property
    def order_papers(self) -> list[OrderPaper]:
        """The orders of the appendix, each once."""
        keys = {given.order.pk for given in self.orders}
        orders = OfficialOrder.objects.filter(pk__in=keys).order_by("effective_on", "pk")
        rows = orders.prefetch_related("supersessions", "officers__duties__lines")
        return [OrderPaper(order, self.area, is_appendix=True) for order in rows]

    @property
    def title(self) -> str:
        return f"คู่มือการปฏิบัติงาน ประจำปีงบประมาณ พ.ศ. {self.of.fiscal_year}"


def handbook_content(of: OfficerYear) -> HandbookContent:
    """Gathered in the order of printing, for so the readings are numbered."""
    readings, handbook = ReadingList(), handbook_of(of)
    duties, mission, knowledge = (_marked(kind, readings) for kind in ROLE_KINDS)
    tables = process_tables(readings)
    return HandbookContent(
        of=of,
        area=area_heading(Area.objects.get()),
        handbook=handbook,
        duties=duties,
        mission=mission,
        knowledge=knowledge,
        work_groups=list(WorkGroup.objects.prefetch_related("works")),
        structure=group_structure(of.reading_day),
        structure_notes=_marked(PassageKind.STRUCTURE, readings),
        orders=orders_of_year(of),
        processes=process_chapters(tables, readings, of.fiscal_year),
        quality_drive=_marked(PassageKind.QUALITY_DRIVE, readings),
        readings=readings,
        unnumbered_readings=[*HEADING_READINGS, *_foreword_readings(handbook)],
    )


def _foreword_readings(handbook: Handbook) -> list[tuple[str, str]]:
    """The manual's words of the foreword, as long as that is the draft."""
    passages = ManualPassage.objects.filter(process="", kind=PassageKind.FOREWORD)
    if handbook.pk:
        return []
    return [(PassageKind.FOREWORD.label, one.printed) for one in passages if one.printed]


def _marked(kind: PassageKind, readings: ReadingList) -> list[HandbookText]:
    """The manual's texts of this kind that belong to no process."""
    return readings.all_marked(ManualPassage.objects.filter(process="", kind=kind))
