"""Edits as they come in from a page: as JSON from its script, or as its form without one."""

import json
import math
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from schools.core.version_token import version_token
from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import MAX_EDIT_AGE, SubmittedEdit

MAX_EDITS_PER_REQUEST = 500
UNREADABLE_EDITS = "ระบบอ่านข้อมูลที่ส่งมาไม่ได้ จึงยังไม่บันทึก โปรดเปิดหน้านี้ใหม่แล้วลองอีกครั้ง"
TOO_MANY_EDITS = f"ส่งข้อมูลเกิน {MAX_EDITS_PER_REQUEST} ช่องในครั้งเดียว จึงยังไม่บันทึก โปรดเปิดหน้านี้ใหม่"


class UnreadableEdits(Exception):
    """What came in is not what a page of ours sends. `str()` is the Thai text."""


def parse_edits_json(body: bytes) -> tuple[int, list[SubmittedEdit]]:
    """The person the page was made for, and the edits. Raises UnreadableEdits."""
    try:
        sent = json.loads(body)
        user, edits = sent["user"], sent["edits"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreadableEdits(UNREADABLE_EDITS) from None
    if not is_integer(user) or not isinstance(edits, list):
        raise UnreadableEdits(UNREADABLE_EDITS)
    if len(edits) > MAX_EDITS_PER_REQUEST:
        raise UnreadableEdits(TOO_MANY_EDITS)
    return user, [_edit(line) for line in edits]


def _edit(line: Any) -> SubmittedEdit:
    try:
        indicator, age = line["indicator"], line.get("age_ms", 0)
        if not (indicator is None or is_integer(indicator)) or not is_finite_number(age):
            raise ValueError
        return SubmittedEdit(
            id=UUID(line["id"]),
            indicator_id=indicator,
            field=AnswerField(line["field"]),
            value=normalize_text(line["value"]),
            base=UUID(line["base"]) if line.get("base") else None,
            age=timedelta(milliseconds=min(max(age, 0), MAX_EDIT_AGE / timedelta(milliseconds=1))),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableEdits(UNREADABLE_EDITS) from None


def is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_finite_number(value: Any) -> bool:
    return is_integer(value) or (isinstance(value, float) and math.isfinite(value))


def normalize_text(text: str) -> str:
    """Line ends as one sign, and nothing that a database cannot keep."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.encode(errors="replace").decode()


# --- The form of a page without script ---


def field_input_name(indicator_id: int | None, field: str) -> str:
    """The name of a field's input."""
    return field if indicator_id is None else f"{field}-{indicator_id}"


def shown_value_token(value: str, base: UUID | None) -> str:
    """What the page showed in a field: tells later whether the person changed it."""
    return f"{base or ''}:{version_token(normalize_text(value))[:16]}"


def parse_edits_form(
    data: Mapping[str, str], places: Iterable[tuple[int | None, str]], token: UUID
) -> list[SubmittedEdit]:
    """The fields that differ from what the page showed.

    The id is made of the page's token, the place and the words: the same form sent twice is
    the same edits, and other words after the back button are another edit.
    """
    edits = []
    for indicator, field in places:
        name = field_input_name(indicator, field)
        shown, value = data.get(f"version-{name}", ""), normalize_text(data.get(name, ""))
        base = _base(shown)
        if f"version-{name}" in data and shown_value_token(value, base) != shown:
            id_ = uuid5(token, f"{name}:{value}")
            edits.append(SubmittedEdit(id_, indicator, AnswerField(field), value, base))
    return edits


def _base(shown: str) -> UUID | None:
    return parse_uuid(shown.partition(":")[0])


def parse_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
