"""How far a page has read an answer sheet, so that nobody closes a sheet over what they never saw.

The page that asks before a sheet is confirmed, signed or handed in carries a mark of the sheet
as it showed it; the act is refused when the sheet has moved on, and the page shows what changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.utils.text import Truncator

from schools.thai import short_moment
from supervision.assessments.enums import NOT_APPLICABLE, Field
from supervision.assessments.evidence.models import Evidence
from supervision.assessments.journal import standings
from supervision.assessments.models import AnswerEdit, AnswerSheet
from supervision.assessments.queries import counted
from supervision.criteria.models import Indicator
from supervision.workflow.errors import Outdated

MOST_TOLD = 20
OUTDATED = "แบบประเมินมีการแก้ไขหลังจากที่คุณเปิดหน้านี้ โปรดตรวจสิ่งที่เปลี่ยนไป แล้วดำเนินการอีกครั้ง"


@dataclass(frozen=True)
class SheetMark:
    """Edits, pieces of evidence, and pieces removed again: numbers that only grow."""

    edits: int = 0
    pieces: int = 0
    removed: int = 0

    @classmethod
    def parse(cls, text: str) -> "SheetMark":
        """As a page sends it back; what cannot be read has seen nothing."""
        parts = text.split(".")
        is_mark = len(parts) == 3 and all(part.isdecimal() and len(part) < 10 for part in parts)
        return cls(*map(int, parts)) if is_mark else cls()

    def __str__(self) -> str:
        return f"{self.edits}.{self.pieces}.{self.removed}"


def sheet_mark(sheet: OuterRef) -> Concat:
    """The mark of a sheet as text, to be asked for beside another row."""
    pieces = Evidence.objects.filter(sheet=sheet)
    rows = (AnswerEdit.objects.filter(sheet=sheet), pieces, pieces.exclude(removed_at=None))
    edits, added, removed = (Cast(counted(found, by="sheet"), CharField()) for found in rows)
    return Concat(edits, Value("."), added, Value("."), removed)


def mark_of(sheet: AnswerSheet) -> SheetMark:
    rows = AnswerSheet.objects.filter(pk=sheet.pk).annotate(mark=sheet_mark(OuterRef("pk")))
    return SheetMark.parse(rows.values_list("mark", flat=True)[0])


def check_seen(sheet: AnswerSheet, seen: SheetMark | None) -> None:
    """Raises Outdated when the sheet moved on since the page was made; it must be locked.

    None stands for an act that no page asked for, as in the demonstration.
    """
    if seen is not None and mark_of(sheet) != seen:
        raise Outdated(OUTDATED)


# --- What changed ---


@dataclass(frozen=True)
class Change:
    """One change of a sheet as people read it."""

    what: str
    who: str
    when: datetime

    def __str__(self) -> str:
        return f"{self.what} โดย {self.who} เมื่อ {short_moment(self.when)}"


def changes_between(sheet: AnswerSheet, seen: SheetMark, now: SheetMark) -> list[Change]:
    """The newest changes that a page with the mark `seen` has not shown, newest first."""
    changes = [
        *_edits(sheet, now.edits - seen.edits),
        *_added(sheet, now.pieces - seen.pieces),
        *_removed(sheet, now.removed - seen.removed),
    ]
    return sorted(changes, key=lambda change: change.when, reverse=True)[:MOST_TOLD]


def _newest(rows: QuerySet, count: int, *order: str) -> QuerySet:
    return rows.order_by(*order)[: min(max(count, 0), MOST_TOLD)]


def _edits(sheet: AnswerSheet, count: int) -> Iterator[Change]:
    rows = sheet.edits.select_related("indicator", "by")
    for edit in _newest(rows, count, "-received_at", "-made_at", "-pk"):
        place = f"{edit.indicator} " if edit.indicator_id else ""
        what = f"{place}{edit.get_field_display()}: {_told(edit)}"
        yield Change(what, str(edit.by), edit.made_at)


def _told(edit: AnswerEdit) -> str:
    if edit.field == Field.LEVEL and edit.value == NOT_APPLICABLE:
        return "ไม่ประเมิน"
    return f"“{Truncator(edit.value).chars(200)}”" if edit.value else "ลบออก"


def _added(sheet: AnswerSheet, count: int) -> Iterator[Change]:
    for piece in _newest(sheet.evidence.select_related("by"), count, "-at", "-pk"):
        yield Change(f"แนบ {piece}", str(piece.by), piece.at)


def _removed(sheet: AnswerSheet, count: int) -> Iterator[Change]:
    rows = sheet.evidence.exclude(removed_at=None).select_related("removed_by")
    for piece in _newest(rows, count, "-removed_at", "-pk"):
        yield Change(f"นำ {piece} ออก", str(piece.removed_by), piece.removed_at)


# --- The page that asks ---


def mark_sent(request: HttpRequest) -> SheetMark:
    """What the page has shown that this form was sent from."""
    return SheetMark.parse(request.POST.get("seen", ""))


def page_marks(request: HttpRequest, sheet: AnswerSheet) -> dict[str, Any]:
    """What the page carries, and what changed since the page before it that carried a mark."""
    now = mark_of(sheet)
    shown = (request.POST if request.method == "POST" else request.GET).get("seen")
    changes = changes_between(sheet, SheetMark.parse(shown), now) if shown else []
    return {"seen": str(now), "changes": changes, "undecided": undecided_fields(sheet)}


def undecided_fields(sheet: AnswerSheet) -> list[str]:
    """Fields in which somebody wrote another value that the newest had not seen, by name."""
    edited = set(sheet.edits.values_list("indicator", flat=True))
    newest = [where.edit for where in standings(sheet, edited).values() if where.others]
    indicators = Indicator.objects.in_bulk({edit.indicator_id for edit in newest})
    return [
        f"{indicators.get(edit.indicator_id, '')} {edit.get_field_display()}".strip()
        for edit in newest
    ]
