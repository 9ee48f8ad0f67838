"""Filters of the report templates: days of a snapshot, its bars, codes and QR codes."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django import template

from reports.charts import BarPart, BarSegment, DoneBar, bar_parts
from reports.data.schema import JudgedStandard, StepProgress
from reports.verification import group_code, qr_svg

register = template.Library()
register.filter("qr_code", qr_svg)
register.filter("code_in_groups", group_code)


@register.filter
def from_iso(iso: str | None) -> date | None:
    """A day or moment of a snapshot, for the date filters: {{ x|from_iso|be_long }}."""
    if not iso:
        return None
    return datetime.fromisoformat(iso) if "T" in iso else date.fromisoformat(iso)


@register.filter
def mean_bar(standard: JudgedStandard, side: Literal["own", "visit"]) -> tuple[BarPart, ...]:
    """The bar of one side's mean; the highest level of the scale fills it."""
    mean = Decimal(standard[side]["mean"] or 0)
    return bar_parts([BarSegment("", mean, side)], standard["top"])


@register.filter
def step_bars(progress: Sequence[StepProgress]) -> list[DoneBar]:
    """A bar for each of the seven steps: how many schools have done it."""
    return [
        DoneBar(f"{step['number']}. {step['name']}", step["done"], 0, step["total"])
        for step in progress
    ]


@register.filter
def with_sign(gap: int | None) -> str:
    """+1, 0 or −2: a difference with its sign; – where there is none."""
    return "–" if gap is None else f"{gap:+d}".replace("-", "−").replace("+0", "0")
