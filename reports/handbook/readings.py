"""What we read differently from the manual: marked where it is printed, listed at the end."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from supervision.standards.enums import PassageKind
from supervision.standards.models import FlowNode, ManualPassage, PrintedSheetRow


@dataclass(frozen=True)
class HandbookText:
    """A text of the manual as we read it; `reading` is its number in the list of readings, or 0."""

    number: str
    title: str
    text: str
    reading: int = 0


@dataclass(frozen=True)
class ManualReading:
    """One place that we read differently: where it is, and the manual's own words."""

    number: int
    place: str
    printed: str


@dataclass
class ReadingList:
    """The readings of one handbook, numbered in the order in which its texts are made."""

    rows: list[ManualReading] = field(default_factory=list)

    def marked(self, passage: ManualPassage, process: str = "") -> HandbookText:
        """The text, with the number of its reading where we differ from the manual."""
        number = printed_number(passage.number)
        place = " ".join(
            part for part in (process, PassageKind(passage.kind).label, number) if part
        )
        reading = self.add(place, passage.printed) if passage.printed else 0
        return HandbookText(number, passage.title, passage.text, reading)

    def all_marked(
        self, passages: Iterable[ManualPassage], process: str = ""
    ) -> list[HandbookText]:
        return [self.marked(passage, process) for passage in passages]

    def add(self, place: str, printed: str) -> int:
        """Note one reading; return its number."""
        self.rows.append(ManualReading(len(self.rows) + 1, place, printed))
        return len(self.rows)

    def add_boxes(self, nodes: Iterable[FlowNode], process: str) -> int:
        """Note the boxes of a flow chart that we read differently, as one; 0 for none."""
        said = [f"ช่องที่ {node.step} {node.printed}" for node in nodes]
        return self.add(f"{process} ผังขั้นตอน", " · ".join(said)) if said else 0


def printed_number(number: str) -> str:
    """A number as the manual prints it: 1. but 1.1."""
    return f"{number}." if number.isdigit() else number


# The manual's cover, headings and other short words as it prints them, where ours differ by more
# than spaces; its longer texts are passages.
HEADING_READINGS = (
    ("ปก", "กลุ่มนิเทศ ติดตามและประเมินผลการศึกษา"),
    ("ปก", "ประถมศึกษาลอย เขต 3"),
    ("ปก", "ตำแหน่ง ศึกษาธิการ"),
    ("ปก", "สำนักงานคณะกรรมการศึกษาขั้นพื้นฐาน"),
    ("สารบัญ", "ขั้นตอนขับเคลื่อนการพัฒนาคุณภาพการศึกษา"),
    ("หัวข้อที่ 3", "3. การกิจ สารความรู้ และ ลักษณะงานที่ปฏิบัติ"),
    ("ตารางขอบข่ายภารกิจ", "นิเทศติดตามและประเมินผลผลการจัดการศึกษา (ต่อ)"),
    ("หัวข้อกระบวนงาน", "ขอข่ายความรับผิดชอบในการปฏิบัติงาน"),
    ("P3 คำอธิบายสัญลักษณ์", "จุดเชื่อมต่อระหว่างหน้า(ถ้าไม่บอกภายใน 1 หน้า)"),
    (
        "P1 แบบฟอร์มที่ใช้",
        "7.4 เอกสารสรุปรายงานผลการดำเนินงานพัฒนาระบบการนิเทศและการจัด 6 ้นการเรียนรู้",
    ),
    ("P1 แบบสรุปมาตรฐานงาน", "กลุ่มเป็นเขตติดตามและประเมินผลการจัดการศึกษา"),
    ("P1 คำอธิบายสัญลักษณ์", "จุดเชื่อมต่อระหว่างหน้าถัดไปฉบับภายใน 1 หน้า"),
    ("หัวข้อ TUMHOME", "ขั้นตอนการขับเคลื่อนคุณภาพการศึกษา"),
)


@dataclass(frozen=True)
class SheetReading:
    """A row of a standard-of-work sheet to the letter, and how we read it."""

    number: str
    cells: str
    reading: str


def sheet_readings(process: str) -> list[SheetReading]:
    """The rows of the manual's sheet of a process, empty cells left out."""
    rows = PrintedSheetRow.objects.filter(step__process=process)
    return [SheetReading(row.number, _cells(row), row.reading) for row in rows]


def _cells(row: PrintedSheetRow) -> str:
    cells = (row.detail, row.timing, row.quality_standard, row.responsible)
    return " | ".join(cell for cell in cells if cell)
