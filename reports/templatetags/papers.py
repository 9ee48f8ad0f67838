"""What the report templates need: days out of a snapshot, and lengths of bars."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString, mark_safe

from reports import verification

register = template.Library()


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
def qr_code(address: str) -> SafeString:
    """A QR code as SVG shapes."""
    return mark_safe(verification.qr_svg(address))  # noqa: S308  segno escapes what it draws


@register.filter
def with_sign(gap: int | None) -> str:
    """+1, 0 or −2: a difference with its sign; – where there is none."""
    return "–" if gap is None else f"{gap:+d}".replace("-", "−").replace("+0", "0")


@register.filter
def code_in_groups(code: str) -> str:
    """ABCD-EFGH-JKMN, as people read a code out."""
    return verification.group_code(code)
