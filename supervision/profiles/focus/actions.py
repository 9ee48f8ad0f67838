"""What the office does with the policies of a year."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.core.history import save_with_history, set_history_author
from schools.models import Area, User
from supervision.criteria.models import Indicator
from supervision.profiles.models import PolicyFocus


@transaction.atomic
def save_policy_focus(focus: PolicyFocus, *, by: User, fields: Mapping[str, Any]) -> PolicyFocus:
    """Enter a policy of a year, or put right what is written of one.

    Raises ActionRefused where the year has it already.
    """
    for name, value in fields.items():
        setattr(focus, name, value)
    refusal = f"ปีงบประมาณ {focus.fiscal_year} มี{focus.get_origin_display()}ข้อนี้แล้ว โปรดแก้ไขข้อเดิม"
    with unique_violation_as_refusal(refusal):
        save_with_history(focus, by=by)
    return focus


def next_position(fiscal_year: int) -> int:
    """Behind the last policy of the year."""
    last = PolicyFocus.objects.filter(fiscal_year=fiscal_year).aggregate(Max("position"))
    return (last["position__max"] or 0) + 1


@transaction.atomic
def link_focus_indicators(
    focus: PolicyFocus, *, by: User, indicators: Collection[Indicator]
) -> None:
    """Say which indicators answer the policy; who did it stands in its history."""
    focus.indicators.set(indicators)
    save_with_history(focus, by=by, reason=f"เชื่อมกับตัวชี้วัด {len(indicators)} ข้อ")


@transaction.atomic
def delete_policy_focus(focus: PolicyFocus, *, by: User) -> None:
    """Take a policy off its year; its history keeps what it said."""
    set_history_author(focus, by=by)
    focus.delete()


@transaction.atomic
def copy_focus_year(*, by: User, from_year: int, to_year: int) -> list[PolicyFocus]:
    """Begin a year from the policies of another, to be compared with what is announced for it.

    Raises ActionRefused where the year has policies already, or the other has none.
    """
    Area.objects.select_for_update().first()  # two people begin the year once
    if PolicyFocus.objects.filter(fiscal_year=to_year).exists():
        raise ActionRefused(f"ปีงบประมาณ {to_year} มีจุดเน้นแล้ว โปรดแก้ไขรายการที่มีอยู่")
    earlier = list(PolicyFocus.objects.filter(fiscal_year=from_year).prefetch_related("indicators"))
    if not earlier:
        raise ActionRefused(f"ปีงบประมาณ {from_year} ไม่มีจุดเน้นให้ยกมา โปรดเพิ่มทีละข้อ")
    return [_copy(focus, to_year, by) for focus in earlier]


def _copy(focus: PolicyFocus, year: int, by: User) -> PolicyFocus:
    copy = PolicyFocus(
        fiscal_year=year,
        origin=focus.origin,
        position=focus.position,
        text=focus.text,
        source=f"ยกมาจากปีงบประมาณ {focus.fiscal_year} ยังไม่ได้เทียบกับประกาศของปี {year}",
        is_sample=focus.is_sample,
    )
    save_with_history(copy, by=by)
    copy.indicators.set(focus.indicators.all())
    return copy
