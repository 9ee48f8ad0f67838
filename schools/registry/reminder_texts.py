"""Texts for LINE to schools of which the office still waits for something."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from schools.core.thai import long_date
from schools.models import Area
from schools.registry.school_lists import ClusterGroup


def reminder_by_clusters(
    groups: Iterable[ClusterGroup[Any]], *, greeting: str, request: str, area: Area, closing: str
) -> str:
    """One text for all schools that are awaited, cluster by cluster; empty where there are none.

    `request` is what the office asks of them and by when.
    """
    lines = [
        f"{group.name}: {', '.join(row.school.short_name for row in group.rows)}"
        for group in groups
    ]
    if not lines:
        return ""
    return "\n".join(
        [
            greeting,
            "",
            f"{area.group_name} {area.short_name} ขอความร่วมมือโรงเรียนต่อไปนี้{request}",
            "",
            *lines,
            "",
            f"เข้าระบบที่ {settings.SITE_URL}",
            closing,
        ]
    )


def words_of_due_day(due_on: date | None, today: date) -> str:
    """By when, as a reminder says it; where nothing is due, only where it is done."""
    if due_on is None:
        return "ในระบบ"
    if due_on < today:
        return f"ซึ่งครบกำหนดเมื่อวันที่ {long_date(due_on)} แล้ว ระบบยังเปิดรับอยู่"
    return f"ภายในวันที่ {long_date(due_on)}"
