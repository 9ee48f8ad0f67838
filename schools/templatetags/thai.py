"""Template filters for Thai dates, digits and scores."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template

from schools.core import thai

register = template.Library()


@register.filter
def be_long(value: date | None) -> str:
    """9 พฤษภาคม 2567."""
    return thai.long_date(value) if value else ""


@register.filter
def be_with_era(value: date | None) -> str:
    """9 พฤษภาคม พ.ศ. 2567; nothing for nothing."""
    return thai.long_date_with_era(value) if value else ""


@register.filter
def be_short(value: date | None) -> str:
    """9 พ.ค. 2567."""
    return thai.short_date(value) if value else ""


@register.filter
def be_month(value: date | None) -> str:
    """พฤษภาคม 2567."""
    return thai.month_and_year(value) if value else ""


@register.filter
def be_weekday(value: date | None) -> str:
    """วันพฤหัสบดีที่ 9 พฤษภาคม 2567."""
    return thai.weekday_date(value) if value else ""


@register.filter
def be_moment(value: datetime | None) -> str:
    """22 พ.ย. 2569 10.15 น."""
    return thai.short_moment(value) if value else ""


@register.filter
def baht(value: Decimal | None) -> str:
    """12,500 or 12,500.50, without the unit; nothing for nothing."""
    return "" if value is None else thai.baht_text(value)


@register.filter("thai_digits")
def thai_digits_filter(value: object) -> str:
    """Thai digits for official print; nothing for nothing."""
    return "" if value is None else thai.thai_digits(value)


@register.filter("score")
def format_score(value: Decimal | int | None) -> str:
    """A score or mean with two decimals, half up; – where there is none."""
    if value is None or value == "":
        return "–"
    return str(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))
