"""Filters of the report templates: days of a snapshot, lengths of bars, codes and QR codes."""

from datetime import date, datetime
from decimal import Decimal

from django import template

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
def percent_of(value: str | int | None, whole: int) -> str:
    """How much of the whole, in percent with one decimal: the length of a bar."""
    if value is None or not whole:
        return "0"
    return f"{Decimal(value) * 100 / whole:.1f}"


@register.filter
def with_sign(gap: int | None) -> str:
    """+1, 0 or −2: a difference with its sign; – where there is none."""
    return "–" if gap is None else f"{gap:+d}".replace("-", "−").replace("+0", "0")
