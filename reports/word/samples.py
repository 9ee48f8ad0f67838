"""Made-up reports that an office's template is tried with: one with everything, one with nothing.

They are made from the shapes of the schema, so that a key added there is in the samples too.
"""

from types import UnionType
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints, is_typeddict

from reports.book.outline import EARLIER_OUTLINE
from reports.composer.enums import PartKey
from reports.data.drive_schema import DriveReport
from reports.data.schema import (
    RegisterEntry,
    ReportPart,
    ReportSnapshot,
    SummaryReport,
    TermReport,
    YearReport,
)
from reports.memos.paper import MemoSection
from reports.papers.office_paper import DRAFT_WORD
from reports.word.context import memo_words, minutes_words, order_words, report_context
from reports.word.enums import WordTemplateKind

SHAPES = {
    WordTemplateKind.TERM: TermReport,
    WordTemplateKind.SUMMARY: SummaryReport,
    WordTemplateKind.YEAR: YearReport,
    WordTemplateKind.DRIVE: DriveReport,
}
PART_KEYS = (*PartKey.values, *(key for key, _, _ in EARLIER_OUTLINE))
UNSIGNED = {"number": "", "code": "", "verify_url": "", "issued_at": "", "issued_as": ""}
SAMPLE_TEXT, SAMPLE_NUMBER = "ข้อความตัวอย่าง", 3
SAMPLE_DAY, SAMPLE_MOMENT = "2026-11-13", "2026-11-13T09:00:00+07:00"


def sample_contexts(kind: WordTemplateKind) -> tuple[dict[str, Any], dict[str, Any]]:
    """A signed report that has all there can be, and a draft of one that has nothing yet."""
    if kind == WordTemplateKind.MEMO:
        return sample_memo(is_full=True), sample_memo(is_full=False)
    if kind == WordTemplateKind.ORDER:
        return sample_order(is_full=True), sample_order(is_full=False)
    if kind == WordTemplateKind.MINUTES:
        return sample_minutes(is_full=True), sample_minutes(is_full=False)
    shape = SHAPES[kind]
    full = {
        "figures": sample_value(shape, is_full=True),
        "parts": [sample_value(ReportPart, is_full=True) | {"key": key} for key in PART_KEYS],
        "document": sample_value(RegisterEntry, is_full=True),
    }
    empty = {
        "figures": sample_value(shape, is_full=False),
        "parts": [],
        "document": sample_value(RegisterEntry, is_full=False) | UNSIGNED,
    }
    return (
        report_context(cast("ReportSnapshot", full)),
        report_context(cast("ReportSnapshot", empty), draft=DRAFT_WORD),
    )


def sample_memo(*, is_full: bool) -> dict[str, Any]:
    """A memo; what an office may leave empty is empty in one that is not full."""
    optional, lines = (SAMPLE_TEXT, [SAMPLE_TEXT] * 2) if is_full else ("", [])
    said = {
        "office_unit": SAMPLE_TEXT,
        "number": optional,
        "date": optional,
        "subject": SAMPLE_TEXT,
        "addressee": SAMPLE_TEXT,
        "enclosures": lines,
        "sections": [MemoSection(1, SAMPLE_TEXT, [SAMPLE_TEXT])],
        "closing": SAMPLE_TEXT,
        "signer_name": optional,
        "signer_post_lines": lines,
        "opinions": [SAMPLE_TEXT] * 3,
    }
    return memo_words(said, is_sample=is_full, emblem=b"", title=SAMPLE_TEXT)


def sample_order(*, is_full: bool) -> dict[str, Any]:
    """An order; a draft that has only begun lacks number, days, signer and annex."""
    optional, lines = (SAMPLE_TEXT, [SAMPLE_TEXT] * 2) if is_full else ("", [])
    duties = [
        {"code": SAMPLE_TEXT, "level": level, "text": SAMPLE_TEXT, "lines": lines}
        for level in (1, 2, 3)
    ]
    said = {
        "office": SAMPLE_TEXT,
        "group_name": SAMPLE_TEXT,
        "number": optional,
        "subject": SAMPLE_TEXT,
        "paragraphs": [SAMPLE_TEXT],
        "effective_on": optional,
        "ordered_on": optional,
        "annex_day": optional,
        "signer_name": optional,
        "signer_post_lines": lines,
        "annex_title": optional,
        "officers": [{"heading": SAMPLE_TEXT, "duties": duties}] if is_full else [],
    }
    draft = "" if is_full else DRAFT_WORD
    return order_words(said, draft=draft, remark=optional, emblem=b"", title=SAMPLE_TEXT)


def sample_minutes(*, is_full: bool) -> dict[str, Any]:
    """The minutes of a meeting; of one that has only begun neither place nor members are known."""
    optional, lines = (SAMPLE_TEXT, [SAMPLE_TEXT] * 2) if is_full else ("", [])
    member = {"name": SAMPLE_TEXT, "post": optional, "position": SAMPLE_TEXT, "note": optional}
    item = {
        "position": SAMPLE_NUMBER,
        "title": SAMPLE_TEXT,
        "paragraphs": lines,
        "outcomes": lines,
        "resolution": lines,
    }
    said = {
        "committee": SAMPLE_TEXT,
        "number": SAMPLE_TEXT,
        "held_on": SAMPLE_TEXT,
        "place": optional,
        "begins_at": optional,
        "ends_at": optional,
        "present": [member] if is_full else [],
        "absent": [member] if is_full else [],
        "others": lines,
        "items": [item],
        "signers": [{"duty": SAMPLE_TEXT, "name": optional, "post_lines": lines}],
    }
    draft = "" if is_full else DRAFT_WORD
    return minutes_words(
        said, is_sample=is_full, draft=draft, title=SAMPLE_TEXT, author=SAMPLE_TEXT
    )


def sample_value(shape: Any, *, is_full: bool, key: str = "") -> Any:
    """A value of this shape: with all it may have, or with no more than it must."""
    if is_typeddict(shape):
        hints = get_type_hints(shape)
        return {name: sample_value(hints[name], is_full=is_full, key=name) for name in hints}
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is list:
        return [sample_value(arguments[0], is_full=True, key=key)] * 2 if is_full else []
    if origin is Literal:
        return arguments[0]
    if origin is UnionType or type(None) in arguments:
        return sample_value(arguments[0], is_full=True, key=key) if is_full else None
    return _plain_value(shape, key, is_full=is_full)


def _plain_value(shape: type, key: str, *, is_full: bool) -> str | int | bool:
    if shape is not str:
        return shape(SAMPLE_NUMBER if is_full else 0)
    if key == "emblem":
        return ""
    if key.split("_")[-1] == "at":
        return SAMPLE_MOMENT
    if key.split("_")[-1] in ("on", "of"):
        return SAMPLE_DAY
    return SAMPLE_TEXT
