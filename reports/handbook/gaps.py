"""What a handbook lacks, and who can fill it in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from reports.handbook.duties import AssignedOrder
from reports.handbook.officers import OfficerYear
from supervision.standards.models import StepSheet, WorkProcess
from supervision.standards.sheets import document_codes, printed_sheets


@dataclass(frozen=True)
class HandbookGap:
    """One thing that is missing, what the handbook prints instead, and where it is filled in."""

    text: str
    url: str = ""
    label: str = ""


def handbook_gaps(of: OfficerYear, orders: Sequence[AssignedOrder]) -> list[HandbookGap]:
    """In the order of printing; `orders` are those of the year."""
    no_order = "ยังไม่มีคำสั่งที่มอบหมายหน้าที่ในปีงบประมาณนี้ ภาระงานและภาคผนวกจึงว่าง"
    unordered = [] if orders else [HandbookGap(no_order)]
    return [*_register_gaps(of), *unordered, *_sheet_gaps(of.fiscal_year)]


def _register_gaps(of: OfficerYear) -> Iterator[HandbookGap]:
    if not of.position_number:
        yield HandbookGap("ทะเบียนไม่มีตำแหน่งเลขที่ของผู้ปฏิบัติงาน เจ้าหน้าที่งานธุรการเพิ่มได้")
    if not of.standing:
        yield HandbookGap("ทะเบียนไม่มีวิทยฐานะของผู้ปฏิบัติงาน ปกจึงพิมพ์ตำแหน่งเท่าที่มี")


def _sheet_gaps(year: int) -> Iterator[HandbookGap]:
    """The cells and document codes of a fiscal year that are empty in the manual and since then."""
    sheets, codes = printed_sheets(year), document_codes(year)
    for process in WorkProcess.objects.filter(code__in=sheets):
        if any(map(_has_empty_cell, sheets[process.code])) or not codes.get(process.code):
            yield HandbookGap(
                f"แบบสรุปมาตรฐานงาน {process.code} มีช่องที่คู่มือเว้นว่างและยังไม่มีผู้กรอก",
                reverse("work_process", args=[process.code]),
                f"ดูแบบสรุปมาตรฐานงาน {process.code}",
            )


def _has_empty_cell(row: StepSheet) -> bool:
    return not (row.timing and row.quality_standard and row.responsible)
