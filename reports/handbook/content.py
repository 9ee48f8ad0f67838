"""All that a handbook says, gathered from the manual's data, duties and appointments."""

from collections import defaultdict
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


@dataclass(frozen=True)
class HandbookContent:
    """The handbook of one officer and year, chapter by chapter."""

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
    heading_readings = HEADING_READINGS
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
        return [OrderPaper(order, self.area) for order in rows]

    @property
    def title(self) -> str:
        return f"คู่มือการปฏิบัติงาน ประจำปีงบประมาณ พ.ศ. {self.of.fiscal_year}"


def handbook_content(of: OfficerYear) -> HandbookContent:
    """Gathered in the order of printing, for so the readings are numbered."""
    readings, handbook = ReadingList(), handbook_of(of)
    if handbook.pk is None:
        readings.all_marked(ManualPassage.objects.filter(kind=PassageKind.FOREWORD))
    texts = _texts_without_process(readings)
    tables = process_tables(readings)
    return HandbookContent(
        of=of,
        area=area_heading(Area.objects.get()),
        handbook=handbook,
        duties=texts[PassageKind.DUTY],
        mission=texts[PassageKind.MISSION],
        knowledge=texts[PassageKind.KNOWLEDGE],
        work_groups=list(WorkGroup.objects.prefetch_related("works")),
        processes=process_chapters(tables, readings, of.fiscal_year),
        structure=group_structure(of.reading_day),
        structure_notes=texts[PassageKind.STRUCTURE],
        orders=orders_of_year(of),
        quality_drive=texts[PassageKind.QUALITY_DRIVE],
        readings=readings,
    )


def _texts_without_process(readings: ReadingList) -> dict[str, list[HandbookText]]:
    """The manual's texts that belong to no process, but for its foreword."""
    found: defaultdict[str, list[HandbookText]] = defaultdict(list)
    passages = ManualPassage.objects.filter(process="")
    for passage in passages.exclude(kind=PassageKind.FOREWORD):
        found[passage.kind].append(readings.marked(passage))
    return found
