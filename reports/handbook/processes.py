"""A process of the manual as a chapter of the handbook holds it."""

from collections import defaultdict
from dataclasses import dataclass

from reports.handbook.readings import HandbookText, ReadingList, SheetReading, sheet_readings
from supervision.standards.enums import PassageKind
from supervision.standards.flow import FlowChart, flow_chart
from supervision.standards.models import ManualForm, ManualPassage, StepSheet, WorkProcess
from supervision.standards.sheets import document_codes, printed_sheets


@dataclass(frozen=True)
class TableRow:
    """A process in the table of missions: its works, its steps, and who is concerned."""

    works: list[HandbookText]
    steps: list[HandbookText]
    persons: list[HandbookText]


@dataclass(frozen=True)
class ProcessChapter:
    """A process with all that the manual says of it; an empty list is empty in the manual."""

    process: WorkProcess
    table: TableRow
    objectives: list[HandbookText]
    scope: list[HandbookText]
    definitions: list[HandbookText]
    procedure: list[HandbookText]
    forms: list[ManualForm]
    references: list[HandbookText]
    chart: FlowChart
    chart_reading: int
    sheets: list[StepSheet]
    document_code: str
    sheet_objectives: list[HandbookText]
    sheet_references: list[HandbookText]
    sheet_readings: list[SheetReading]

    @property
    def other_names(self) -> list[str]:
        """The names that the manual has for it elsewhere."""
        return self.process.printed_names.split("\n") if self.process.printed_names else []


def process_tables(readings: ReadingList) -> dict[str, TableRow]:
    """The rows of the table of missions, by process."""
    found: defaultdict[str, dict[str, list[HandbookText]]] = defaultdict(lambda: defaultdict(list))
    kinds = (PassageKind.TABLE_WORK, PassageKind.TABLE_STEP, PassageKind.TABLE_PERSON)
    for passage in ManualPassage.objects.filter(kind__in=kinds):
        found[passage.process][passage.kind].append(readings.marked(passage, passage.process))
    return {code: TableRow(*(by_kind[kind] for kind in kinds)) for code, by_kind in found.items()}


def process_chapters(
    tables: dict[str, TableRow], readings: ReadingList, year: int
) -> list[ProcessChapter]:
    """P1, P2 and P3 in this order, with their sheets as they hold in a fiscal year (BE)."""
    return [
        _chapter(process, tables.get(process.code, TableRow([], [], [])), readings, year)
        for process in WorkProcess.objects.select_related("work")
    ]


def _chapter(
    process: WorkProcess, table: TableRow, readings: ReadingList, year: int
) -> ProcessChapter:
    code, texts = process.code, _texts_by_kind(process.code, readings)
    chart = flow_chart(code)
    return ProcessChapter(
        process=process,
        table=table,
        objectives=texts[PassageKind.OBJECTIVE],
        scope=texts[PassageKind.SCOPE],
        definitions=texts[PassageKind.DEFINITION],
        procedure=texts[PassageKind.PROCEDURE],
        forms=list(ManualForm.objects.filter(process=code)),
        references=texts[PassageKind.REFERENCE],
        chart=chart,
        chart_reading=readings.add_boxes(chart.readings, code),
        sheets=printed_sheets(year).get(code, []),
        document_code=document_codes(year).get(code, ""),
        sheet_objectives=texts[PassageKind.SHEET_OBJECTIVE],
        sheet_references=texts[PassageKind.SHEET_REFERENCE],
        sheet_readings=sheet_readings(code),
    )


def _texts_by_kind(code: str, readings: ReadingList) -> dict[str, list[HandbookText]]:
    """The texts of a process that are not in the table of missions."""
    found: defaultdict[str, list[HandbookText]] = defaultdict(list)
    passages = ManualPassage.objects.filter(process=code)
    for passage in passages.exclude(kind__startswith="table_"):
        found[passage.kind].append(readings.marked(passage, code))
    return found
