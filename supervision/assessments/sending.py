"""Edits as they come in from a page: as JSON from its script, or as its form without one."""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from supervision.assessments.enums import Field
from supervision.assessments.journal import MAX_AGE, Edit

MOST_EDITS = 500
UNREADABLE = "ระบบอ่านข้อมูลที่ส่งมาไม่ได้ จึงยังไม่บันทึก โปรดเปิดหน้านี้ใหม่แล้วลองอีกครั้ง"
TOO_MANY = f"ส่งข้อมูลเกิน {MOST_EDITS} ช่องในครั้งเดียว จึงยังไม่บันทึก โปรดเปิดหน้านี้ใหม่"


class Unreadable(Exception):
    """What came in is not what a page of ours sends. `str()` is the Thai text."""


def read_json(body: bytes) -> tuple[int, list[Edit]]:
    """The person the page was made for, and the edits. Raises Unreadable."""
    try:
        sent = json.loads(body)
        user, edits = sent["user"], sent["edits"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable(UNREADABLE) from None
    if not is_whole(user) or not isinstance(edits, list):
        raise Unreadable(UNREADABLE)
    if len(edits) > MOST_EDITS:
        raise Unreadable(TOO_MANY)
    return user, [_edit(line) for line in edits]


def _edit(line: Any) -> Edit:
    try:
        indicator, age = line["indicator"], line.get("age_ms", 0)
        if not (indicator is None or is_whole(indicator)) or not is_finite(age):
            raise ValueError
        return Edit(
            id=UUID(line["id"]),
            indicator_id=indicator,
            field=Field(line["field"]),
            value=clean(line["value"]),
            base=UUID(line["base"]) if line.get("base") else None,
            age=timedelta(milliseconds=min(max(age, 0), MAX_AGE / timedelta(milliseconds=1))),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable(UNREADABLE) from None


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_finite(value: Any) -> bool:
    return is_whole(value) or (isinstance(value, float) and math.isfinite(value))


def clean(text: str) -> str:
    """Line ends as one sign, and nothing that a database cannot keep."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.encode(errors="replace").decode()


# --- The form of a page without script ---


def place_name(indicator_id: int | None, field: str) -> str:
    """The name of a field's input."""
    return field if indicator_id is None else f"{field}-{indicator_id}"


def seen_mark(value: str, base: UUID | None) -> str:
    """What the page showed in a field: tells later whether the person changed it."""
    return f"{base or ''}:{hashlib.sha256(clean(value).encode()).hexdigest()[:16]}"


def read_form(
    data: Mapping[str, str], places: Iterable[tuple[int | None, str]], token: UUID
) -> list[Edit]:
    """The fields that differ from what the page showed.

    The id is made of the page's token, the place and the words: the same form sent twice is
    the same edits, and other words after the back button are another edit.
    """
    edits = []
    for indicator, field in places:
        name = place_name(indicator, field)
        seen, value = data.get(f"seen-{name}", ""), clean(data.get(name, ""))
        base = _base(seen)
        if f"seen-{name}" in data and seen_mark(value, base) != seen:
            id_ = uuid5(token, f"{name}:{value}")
            edits.append(Edit(id_, indicator, Field(field), value, base))
    return edits


def _base(seen: str) -> UUID | None:
    return read_uuid(seen.partition(":")[0])


def read_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
