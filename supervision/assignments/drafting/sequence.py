"""Officers and duties of a draft: written, put in sequence, and numbered as in an annex."""

import re
from collections.abc import Iterable, Sequence

from django.db import transaction

from schools.core.errors import unique_violation_as_refusal
from schools.models import User
from supervision.assignments.drafting.actions import note_draft_change
from supervision.assignments.models import Duty, DutyLine, OfficialOrder, OrderOfficer

# --- Officers ---


@transaction.atomic
def save_order_officer(officer: OrderOfficer, *, by: User) -> None:
    """Add an officer to a draft, or change how the paper prints one."""
    note_draft_change(officer.order, f"ผู้ปฏิบัติลำดับที่ {officer.position} {officer}", by=by)
    officer.save()


@transaction.atomic
def delete_order_officer(officer: OrderOfficer, *, by: User) -> None:
    """Take an officer with all duties out of a draft; the others keep their numbers."""
    note_draft_change(officer.order, f"ลบผู้ปฏิบัติ {officer}", by=by)
    officer.delete()


@transaction.atomic
def move_order_officer(officer: OrderOfficer, *, up: bool, by: User) -> None:
    """Exchange the officer with the one before or after; numbers of duties follow."""
    note_draft_change(officer.order, f"เลื่อนลำดับ {officer}", by=by)
    officers = list(officer.order.officers.prefetch_related("duties"))
    here = next(n for n, other in enumerate(officers) if other.pk == officer.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(officers):
        return
    first, second = officers[here], officers[there]
    positions = first.position, second.position
    for row, position in ((first, positions[1]), (second, positions[0])):
        row.position = position
        row.save(update_fields=["position"])
        renumber_duties(row, list(row.duties.all()))


def next_officer_position(order: OfficialOrder) -> int:
    last = order.officers.order_by("position").last()
    return last.position + 1 if last else 1


# --- Duties ---


@transaction.atomic
def save_order_duty(duty: Duty, *, by: User, lines: Iterable[str]) -> None:
    """Add a duty to an officer of a draft, or change one, with the lines below it.

    Raises ActionRefused where the officer has another duty of this number.
    """
    note_draft_change(duty.officer.order, f"ข้อ {duty.code}", by=by)
    if duty.pk is None:
        _make_room_for_duty(duty.officer, duty.position)
    with unique_violation_as_refusal(f"มีข้อ {duty.code} ของผู้นี้แล้ว โปรดใช้เลขข้ออื่น"):
        duty.save()
    duty.lines.all().delete()
    DutyLine.objects.bulk_create(
        DutyLine(duty=duty, position=number, text=text) for number, text in enumerate(lines, 1)
    )


@transaction.atomic
def delete_order_duty(duty: Duty, *, by: User) -> None:
    """Take a duty out of a draft; the others keep their numbers."""
    note_draft_change(duty.officer.order, f"ลบข้อ {duty.code}", by=by)
    duty.delete()


@transaction.atomic
def move_order_duty(duty: Duty, *, up: bool, by: User) -> None:
    """Exchange a duty, with those below it, with its neighbour; all are numbered anew."""
    note_draft_change(duty.officer.order, f"เลื่อนข้อ {duty.code}", by=by)
    duties = list(duty.officer.duties.all())
    here = next(n for n, other in enumerate(duties) if other.pk == duty.pk)
    renumber_duties(duty.officer, moved_block(duties, here, up=up))


def moved_block(duties: Sequence[Duty], here: int, *, up: bool) -> list[Duty]:
    """The duties in their new sequence; as they were where there is no neighbour."""
    starts = [n for n, duty in enumerate(duties) if duty.depth <= duties[here].depth]
    ends = [*starts[1:], len(duties)]
    place = starts.index(here)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(starts) or duties[starts[other]].depth != duties[here].depth:
        return list(duties)
    first, second = sorted((place, other))
    return [
        *duties[: starts[first]],
        *duties[starts[second] : ends[second]],
        *duties[starts[first] : ends[first]],
        *duties[ends[second] :],
    ]


def renumber_duties(officer: OrderOfficer, duties: Sequence[Duty]) -> None:
    """Number the duties in this sequence after the officer's position: 5.1, 5.1.1, 5.2."""
    codes = duty_codes(officer.position, [duty.depth for duty in duties])
    for position, duty in enumerate(duties, 1):
        duty.position, duty.code = position, f"#{position}"
    Duty.objects.bulk_update(duties, ["position", "code"])  # a number is free before it is used
    for duty, code in zip(duties, codes, strict=True):
        duty.code = code
    Duty.objects.bulk_update(duties, ["code"])


def duty_codes(officer_position: int, depths: Sequence[int]) -> list[str]:
    """The numbers of duties of these depths in their sequence; a first one has depth 0."""
    counters: list[int] = []
    codes = []
    for depth in depths:
        depth = min(depth, len(counters))
        counters = [*counters[: depth + 1]]
        counters += [0] * (depth + 1 - len(counters))
        counters[depth] += 1
        codes.append(".".join(map(str, (officer_position, *counters))))
    return codes


def proposed_duty_code(officer: OrderOfficer, parent: Duty | None = None) -> str:
    """The next free number of the officer's duties, or of those below one of them."""
    prefix = parent.code if parent else str(officer.position)
    below = re.compile(rf"{re.escape(prefix)}\.([0-9]+)")
    found = [below.fullmatch(code) for code in officer.duties.values_list("code", flat=True)]
    return f"{prefix}.{max((int(match[1]) for match in found if match), default=0) + 1}"


def position_of_new_duty(officer: OrderOfficer, parent: Duty | None = None) -> int:
    """Behind the last duty, or behind the last of those below `parent`, which make room."""
    duties = list(officer.duties.all())
    if parent is None:
        return max((duty.position for duty in duties), default=0) + 1
    block = [d for d in duties if d == parent or d.code.startswith(f"{parent.code}.")]
    return max(duty.position for duty in block) + 1


def _make_room_for_duty(officer: OrderOfficer, position: int) -> None:
    """Move the officer's duties from this position on one place back."""
    later = list(officer.duties.filter(position__gte=position))
    for duty in later:
        duty.position += 1
    Duty.objects.bulk_update(later, ["position"])
