"""The manual's list of assigned work beside the annex of its order, and how the two differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.core.http import SignedInRequest
from schools.core.thai import search_key
from schools.models import Cluster, ClusterMembership
from supervision.assignments.models import (
    Duty,
    ListedAssignment,
    OfficialOrder,
    OrderOfficer,
)

LIST, ANNEX = "ภาระงาน", "คำสั่ง"
_MARKS = "ะัาำิีึืฺุู็่้๊๋์ํ๎"  # what no word begins with


@dataclass(frozen=True)
class ComparedRow:
    """One row of the list, or a duty that it lacks, with what the annex says instead."""

    listed: ListedAssignment | None
    duty: Duty | None
    ordered: str
    difference: str

    @property
    def level(self) -> int:
        return self.listed.level if self.listed else 1


@dataclass(frozen=True)
class AssignmentComparison:
    """The list of one officer beside the annex: rows in the list's order, then what it lacks."""

    officer: OrderOfficer
    rows: Sequence[ComparedRow]
    notes: Sequence[str]

    @property
    def differing(self) -> int:
        return sum(bool(row.difference) for row in self.rows)


def compare_assignments(officer: OrderOfficer) -> AssignmentComparison:
    """Row by row, and in notes what is true of the whole."""
    listed = list(officer.listed_assignments.all())
    duties = {duty.code: duty for duty in officer.duties.all()}
    schools = _registered_schools(officer, duties.values())
    rows = [_compared(row, duties, schools) for row in listed]
    named = {row.duty_code for row in listed}
    lacking = [duty for code, duty in duties.items() if code not in named]
    rows += [ComparedRow(None, duty, duty.text, f"ไม่มีใน{LIST}") for duty in lacking]
    return AssignmentComparison(officer, rows, list(_notes(listed, duties)))


def _registered_schools(officer: OrderOfficer, duties: Iterable[Duty]) -> dict[str, str]:
    """The schools of the ordered clusters on the order's day, by the key of their names."""
    clusters = [duty.cluster_id for duty in duties if duty.cluster_id]
    day = officer.order.effective_on
    members = ClusterMembership.objects.in_force(day) if day else ClusterMembership.objects.none()
    names = members.filter(cluster__in=clusters).values_list("school__name", flat=True)
    return {search_key(name): name for name in names}


def _compared(
    row: ListedAssignment, duties: Mapping[str, Duty], schools: Mapping[str, str]
) -> ComparedRow:
    duty = duties.get(row.duty_code)
    if duty is None:
        name = schools.get(search_key(row.text), "")
        return ComparedRow(row, None, "", _name_difference(row.text, name))
    ordered = duty.lines.all()[row.line - 1].text if row.line else duty.text
    return ComparedRow(row, duty, ordered, text_difference(row.text, ordered))


def _name_difference(listed: str, registered: str) -> str:
    if not registered:
        return "ไม่พบชื่อนี้ในทะเบียนโรงเรียน"
    return "" if listed == registered else f"ทะเบียนเขียนว่า “{registered}”"


def text_difference(listed: str, ordered: str) -> str:
    """In words, what one text has and the other has not; spaces make no difference."""
    ours, theirs = _differing_parts("".join(listed.split()), "".join(ordered.split()))
    if ours.isdigit() and theirs.isdigit():
        return f"{LIST}ระบุ {ours} {ANNEX}ระบุ {theirs}"
    if ours and theirs:
        return f"{LIST}ใช้คำว่า “{ours}” {ANNEX}ใช้คำว่า “{theirs}”"
    if theirs:
        return f"{LIST}ไม่มีคำว่า “{theirs}”"
    return f"{ANNEX}ไม่มีคำว่า “{ours}”" if ours else ""


def _differing_parts(one: str, other: str) -> tuple[str, str]:
    """What is left between the beginning and the end that both have, cut between letters."""
    start = _shared_letters(one, other)
    while start and any((text[start : start + 1] or " ") in _MARKS for text in (one, other)):
        start -= 1
    one, other = one[start:], other[start:]
    end = _shared_letters(one[::-1], other[::-1])
    while end and one[-end] in _MARKS:
        end -= 1
    return one[: len(one) - end], other[: len(other) - end]


def _shared_letters(one: str, other: str) -> int:
    """With how many letters both begin."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return len(list(same))


def _notes(listed: Sequence[ListedAssignment], duties: Mapping[str, Duty]) -> Iterator[str]:
    """How many there are on each side, in which sequence, and how many schools are named."""
    tops = [row.duty_code for row in listed if row.level == 1]
    annex = [code for code, duty in duties.items() if duty.depth == 0]
    if len(tops) != len(annex):
        yield f"{LIST}มี {len(tops)} ข้อ {ANNEX}มี {len(annex)} ข้อ"
    if tops != [code for code in annex if code in tops]:
        yield f"{LIST}เรียงลำดับเป็นข้อ {', '.join(tops)} ของ{ANNEX}"
    for duty in duties.values():
        if duty.cluster:
            yield from _school_notes(duty.cluster, sum(row.is_school for row in listed))


def _school_notes(cluster: Cluster, named: int) -> Iterator[str]:
    ordered = cluster.ordered_count
    if ordered is not None and ordered != named:
        yield f"{LIST}ระบุชื่อ {named} โรงเรียน {ANNEX}ระบุ {ordered} โรงเรียนใน{cluster}"


def order_assignment_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """To whom the order's page shows it; only the manual's order has such a list."""
    orders = OfficialOrder.objects.visible_to(request.user)
    order = get_object_or_404(orders, pk=pk)
    officers = order.officers.filter(listed_assignments__isnull=False).distinct()
    officers = officers.select_related("order").prefetch_related(
        "listed_assignments", "duties__lines", "duties__cluster"
    )
    comparisons = [compare_assignments(officer) for officer in officers]
    if not comparisons:
        raise Http404
    context = {"order": order, "comparisons": comparisons}
    return render(request, "assignments/assignment_list.html", context)
