"""A process of the manual on one page: its texts, forms, flow chart and standard-of-work sheet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, rights_of
from schools.core.http import SignedInRequest
from schools.core.registry import Registry
from schools.models import User
from supervision.standards.enums import FlowSymbol, PassageKind
from supervision.standards.flow import flow_chart
from supervision.standards.models import (
    SUPERVISION_PROCESS,
    ManualForm,
    ManualPassage,
    PrintedSheetRow,
    StepSheet,
    Work,
    WorkProcess,
)
from supervision.standards.sheets import document_codes, fiscal_year_today, sheet_years

SHEET_KINDS = (PassageKind.SHEET_OBJECTIVE, PassageKind.SHEET_REFERENCE)


class StepKey(NamedTuple):
    """A step of a process by its number in the sheet, or in the manual's table without a sheet."""

    process: str
    step: int


class StepPage(NamedTuple):
    """A page where the portal does a step of a process, and who may open it."""

    key: StepKey
    url_name: str
    label: str
    permission: Permission


class WorkOfficer(NamedTuple):
    """Who is responsible for a work on a day, by which duty of which order."""

    name: str
    duty: str
    order: str


OfficersOfWork = Callable[[Work, date], Sequence[WorkOfficer]]
WORK_OFFICERS = "officers of a work"

work_officers: Registry[str, OfficersOfWork] = Registry("who is responsible for a work")
step_pages: Registry[tuple[StepKey, str], StepPage] = Registry("where a step is done")


class PassageGroup(NamedTuple):
    """The texts below one heading of the manual."""

    kind: PassageKind
    passages: list[ManualPassage]


@dataclass(frozen=True)
class StepSheetRow:
    """A row of a standard-of-work sheet, who changed it last and when, and where it is done."""

    sheet: StepSheet
    changed_at: datetime | None = None
    changed_by: User | None = None
    pages: Sequence[StepPage] = ()


def passage_groups(passages: Iterable[ManualPassage]) -> list[PassageGroup]:
    """Passages below their headings, which stand in the manual's order."""
    order = {kind.value: place for place, kind in enumerate(PassageKind)}
    in_order = sorted(passages, key=lambda passage: order[passage.kind])
    return [
        PassageGroup(PassageKind(kind), list(rows))
        for kind, rows in groupby(in_order, key=lambda passage: passage.kind)
    ]


def step_sheet_rows(
    process: str, year: int, pages: Mapping[int, Sequence[StepPage]]
) -> list[StepSheetRow]:
    """The rows of a process in a fiscal year (BE) in their order, in two queries."""
    sheets = list(StepSheet.objects.of_year(year).filter(process=process))
    changes = StepSheet.history.filter(id__in=[sheet.pk for sheet in sheets])
    changes = changes.exclude(history_type="+", history_user=None)  # made by loading the manual
    latest = {
        change.number: change
        for change in changes.select_related("history_user").order_by("history_date")
    }
    return [_sheet_row(one, latest.get(one.number), pages.get(one.number, ())) for one in sheets]


def step_pages_of(process: str, reader: User) -> dict[int, list[StepPage]]:
    """The pages that the reader may open, by the number of their step."""
    rights, found = rights_of(reader), dict[int, list[StepPage]]()
    for page in step_pages:
        if page.key.process == process and rights.allows_anywhere(page.permission):
            found.setdefault(page.key.step, []).append(page)
    return found


def _sheet_row(sheet: StepSheet, change: Any, pages: Sequence[StepPage]) -> StepSheetRow:
    if change is None:
        return StepSheetRow(sheet, pages=pages)
    return StepSheetRow(sheet, change.history_date, change.history_user, pages)


def _officers(process: WorkProcess, reader: User) -> Sequence[WorkOfficer] | None:
    """Who is responsible for the process today; None for who does not read the office's orders."""
    if not can(reader, Permission.VIEW_AREA):
        return None
    return work_officers.get(WORK_OFFICERS)(process.work, timezone.localdate())


def work_process_page(request: SignedInRequest, code: str, year: int | None = None) -> HttpResponse:
    """A process with its sheet of a fiscal year, which is this one unless another is named."""
    this_year = fiscal_year_today()
    shown = year or this_year
    if shown not in sheet_years():
        raise Http404
    process = get_object_or_404(WorkProcess.objects.select_related("work__work_group"), code=code)
    pages = step_pages_of(code, request.user)
    groups = passage_groups(ManualPassage.objects.filter(process=code))
    rows = step_sheet_rows(code, shown, pages)
    context = {
        "process": process,
        "groups": [group for group in groups if group.kind not in SHEET_KINDS],
        "sheet_groups": [group for group in groups if group.kind in SHEET_KINDS],
        "forms": ManualForm.objects.filter(process=code),
        "chart": flow_chart(code),
        "symbols": FlowSymbol,
        "year": shown,
        "this_year": this_year,
        "years": sheet_years(),
        "document_code": document_codes(shown).get(code, ""),
        "rows": rows,
        "has_paper": any(row.sheet.is_filled for row in rows),
        "pages": pages,
        "shows_quality": code == SUPERVISION_PROCESS and can(request.user, Permission.VIEW_AREA),
        "officers": _officers(process, request.user),
        "printed_rows": PrintedSheetRow.objects.filter(step__process=code).select_related("step"),
        "may_edit": shown >= this_year and can(request.user, Permission.EDIT_STANDARDS),
    }
    return render(request, "standards/process.html", context)
