"""Which version of an answer sheet a page has shown: nobody closes a sheet over unseen changes.

The page that asks before a sheet is confirmed, signed or submitted carries a version token of the
sheet as it showed it; the action is refused when the sheet has moved on, and the page shows what
changed. The token is made of counts, not of a hash, so that the changes between two are known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.text import Truncator

from schools.core.errors import Outdated
from schools.core.http import SignedInRequest
from schools.core.thai import short_moment
from supervision.assessments.enums import NOT_APPLICABLE, AnswerField
from supervision.assessments.journal import field_states
from supervision.assessments.models import AnswerEdit, AnswerSheet, Evidence
from supervision.assessments.queries import count_subquery
from supervision.criteria.models import Indicator

MAX_SHOWN_CHANGES = 20
SHEET_OUTDATED = "แบบประเมินมีการแก้ไขหลังจากที่คุณเปิดหน้านี้ โปรดตรวจสิ่งที่เปลี่ยนไป แล้วดำเนินการอีกครั้ง"


@dataclass(frozen=True)
class SheetVersionToken:
    """Edits, evidence items, and evidence items removed again: numbers that only grow."""

    edits: int = 0
    evidence_items: int = 0
    removed: int = 0

    @classmethod
    def parse(cls, text: str) -> "SheetVersionToken":
        """As a page sends it back; what cannot be read has seen nothing."""
        parts = text.split(".")
        is_token = len(parts) == 3 and all(part.isdecimal() and len(part) < 10 for part in parts)
        return cls(*map(int, parts)) if is_token else cls()

    def __str__(self) -> str:
        return f"{self.edits}.{self.evidence_items}.{self.removed}"


def version_token_expression(sheet: OuterRef) -> Concat:
    """The version token of a sheet as text, to be loaded with another row."""
    evidence_items = Evidence.objects.filter(sheet=sheet)
    rows = (
        AnswerEdit.objects.filter(sheet=sheet),
        evidence_items,
        evidence_items.exclude(removed_at=None),
    )
    edits, added, removed = (Cast(count_subquery(found, by="sheet"), CharField()) for found in rows)
    return Concat(edits, Value("."), added, Value("."), removed)


def sheet_version_token(sheet: AnswerSheet) -> SheetVersionToken:
    rows = AnswerSheet.objects.filter(pk=sheet.pk).annotate(
        version_token=version_token_expression(OuterRef("pk"))
    )
    return SheetVersionToken.parse(rows.values_list("version_token", flat=True)[0])


def ensure_sheet_unchanged(sheet: AnswerSheet, shown: SheetVersionToken | None) -> None:
    """Raises Outdated when the sheet moved on since the page was made; it must be locked.

    None stands for an action that no page asked for, as in the demonstration.
    """
    if shown is not None and sheet_version_token(sheet) != shown:
        raise Outdated(SHEET_OUTDATED)


# --- What changed ---


@dataclass(frozen=True)
class SheetChange:
    """One change of a sheet as people read it."""

    what: str
    who: str
    when: datetime

    def __str__(self) -> str:
        return f"{self.what} โดย {self.who} เมื่อ {short_moment(self.when)}"


def sheet_changes_between(
    sheet: AnswerSheet, shown: SheetVersionToken, now: SheetVersionToken
) -> list[SheetChange]:
    """The newest changes that a page with the version token `shown` did not show, newest first."""
    changes = [
        *_edits(sheet, now.edits - shown.edits),
        *_added(sheet, now.evidence_items - shown.evidence_items),
        *_removed(sheet, now.removed - shown.removed),
    ]
    return sorted(changes, key=lambda change: change.when, reverse=True)[:MAX_SHOWN_CHANGES]


def _newest(rows: QuerySet, count: int, *order: str) -> QuerySet:
    return rows.order_by(*order)[: min(max(count, 0), MAX_SHOWN_CHANGES)]


def _edits(sheet: AnswerSheet, count: int) -> Iterator[SheetChange]:
    rows = sheet.edits.select_related("indicator", "by")
    for edit in _newest(rows, count, "-received_at", "-made_at", "-pk"):
        place = f"{edit.indicator} " if edit.indicator_id else ""
        what = f"{place}{edit.get_field_display()}: {_value_text(edit)}"
        yield SheetChange(what, str(edit.by), edit.made_at)


def _value_text(edit: AnswerEdit) -> str:
    if edit.field == AnswerField.LEVEL and edit.value == NOT_APPLICABLE:
        return "ไม่ประเมิน"
    return f"“{Truncator(edit.value).chars(200)}”" if edit.value else "ลบออก"


def _added(sheet: AnswerSheet, count: int) -> Iterator[SheetChange]:
    for evidence_item in _newest(sheet.evidence.select_related("by"), count, "-at", "-pk"):
        yield SheetChange(f"แนบ {evidence_item}", str(evidence_item.by), evidence_item.at)


def _removed(sheet: AnswerSheet, count: int) -> Iterator[SheetChange]:
    rows = sheet.evidence.exclude(removed_at=None).select_related("removed_by")
    for evidence_item in _newest(rows, count, "-removed_at", "-pk"):
        yield SheetChange(
            f"นำ {evidence_item} ออก", str(evidence_item.removed_by), evidence_item.removed_at
        )


# --- The page that asks ---


def posted_version_token(request: SignedInRequest) -> SheetVersionToken:
    """What the page has shown that this form was sent from."""
    return SheetVersionToken.parse(request.POST.get("version", ""))


def version_token_context(request: SignedInRequest, sheet: AnswerSheet) -> dict[str, Any]:
    """What the page carries, and what changed since the page before it that carried a token."""
    now = sheet_version_token(sheet)
    shown = (request.POST if request.method == "POST" else request.GET).get("version")
    changes = sheet_changes_between(sheet, SheetVersionToken.parse(shown), now) if shown else []
    return {
        "version": str(now),
        "changes": changes,
        "conflicting_fields": conflicting_field_names(sheet),
    }


def conflicting_field_names(sheet: AnswerSheet) -> list[str]:
    """Fields in which somebody wrote another value that the newest had not seen, by name."""
    edited = set(sheet.edits.values_list("indicator", flat=True))
    newest = [where.edit for where in field_states(sheet, edited).values() if where.others]
    indicators = Indicator.objects.in_bulk({edit.indicator_id for edit in newest})
    return [
        f"{indicators.get(edit.indicator_id, '')} {edit.get_field_display()}".strip()
        for edit in newest
    ]
