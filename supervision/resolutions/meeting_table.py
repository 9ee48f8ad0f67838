"""The table of a meeting (โต๊ะประชุม): the schools that wait for its decision, cluster by cluster."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict

from django import forms
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, require, rights_of, roles_with
from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest
from schools.core.thai import search_key
from schools.models import Appointment, School, User
from schools.registry.school_lists import (
    ClusterGroup,
    cluster_names,
    group_by_cluster,
    is_in_cluster,
)
from supervision.committees.enums import AgendaKind, AttendanceKind
from supervision.committees.models import AgendaItem, Meeting
from supervision.practices.models import Decision
from supervision.resolutions.waiting_rounds import WaitingRound, load_waiting_rounds
from supervision.rounds.overview import (
    TermChoice,
    TermFilterForm,
    choose_term,
)

TICK_PROPOSED = "proposed"  # in the address: tick every school that is proposed as achieved


class MeetingTableFilter(TermFilterForm):
    """Which schools the table shows: of a term, of a cluster, by name."""

    q = forms.CharField(label="ค้นหาโรงเรียน", required=False, max_length=100)
    field_order = ("q", "term", "cluster")


@dataclass(frozen=True)
class MeetingTableRow:
    """One school of the table; `recusal_notes` say which members take no part in its decision.

    `is_open` says whether the reader may decide on it in this meeting now. `is_ticked` and
    `typed_changes` are what was chosen and typed before.
    """

    waiting: WaitingRound
    recusal_notes: Sequence[str]
    is_open: bool
    is_ticked: bool
    typed_changes: str

    @property
    def school(self) -> School:
        return self.waiting.school


class MeetingTableGroup(ClusterGroup[MeetingTableRow]):
    """One cluster of the table."""

    @property
    def proposed_achieved(self) -> int:
        return sum(row.waiting.is_proposed_achieved for row in self.rows)


@dataclass(frozen=True)
class MeetingTable:
    """All that the table shows: `rows` are the schools that wait, `shown` those asked for.

    `decided` are the rounds of the term that this meeting has decided already.
    """

    meeting: Meeting
    choice: TermChoice
    form: MeetingTableFilter
    rows: Sequence[MeetingTableRow]
    shown: Sequence[MeetingTableRow]
    decided: Sequence[Decision]

    @property
    def groups(self) -> list[MeetingTableGroup]:
        return group_by_cluster(self.shown, self.rows, MeetingTableGroup)

    @cached_property
    def proposed_achieved(self) -> int:
        return sum(row.waiting.is_proposed_achieved for row in self.rows)

    @cached_property
    def proposed_not_achieved(self) -> int:
        return sum(row.waiting.is_proposed_not_achieved for row in self.rows)

    @property
    def is_open(self) -> bool:
        """Whether the reader may decide on some school of it."""
        return any(row.is_open for row in self.rows)

    @property
    def ticked(self) -> int:
        return sum(row.is_ticked for row in self.shown)

    @property
    def shown_rounds(self) -> str:
        """The rounds that the page shows, as it sends them."""
        return " ".join(str(row.waiting.round_id) for row in self.shown)

    @property
    def is_sample(self) -> bool:
        return self.meeting.is_sample


class AttendedColumns(TypedDict):
    """How many members are present, of how many, and the item under which schools are decided."""

    present: int
    members: int
    agenda_position: int | None
    agenda_title: str | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    AttendedMeeting = WithAnnotations[Meeting, AttendedColumns]
else:
    AttendedMeeting = Meeting


def area_meeting(request: SignedInRequest, pk: int) -> AttendedMeeting:
    """A meeting of ก.ต.ป.น. with its attendance, for who sees the area's results."""
    meetings = Meeting.objects.visible_to(request.user).of_area_committee()
    present = Count("attendance", filter=Q(attendance__kind=AttendanceKind.PRESENT))
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"), kind=AgendaKind.ROUNDS)
    meetings = meetings.annotate(
        present=present,
        members=Count("attendance"),
        agenda_position=Subquery(items.values("position")[:1]),
        agenda_title=Subquery(items.values("title")[:1]),
    )
    meeting = get_object_or_404(meetings.select_related("committee"), pk=pk)
    require(request.user, Permission.VIEW_AREA)
    return meeting


def check_meeting_is_open(meeting: Meeting) -> None:
    """Raises ActionRefused unless the meeting resolves just now."""
    if not meeting.is_open:
        raise ActionRefused("ประชุมนี้ไม่ได้เปิดอยู่ จึงลงมติที่โต๊ะประชุมไม่ได้ โปรดเปิดประชุมก่อน")


def meeting_table(request: SignedInRequest, pk: int) -> HttpResponse:
    return table_page(request, area_meeting(request, pk), request.GET)


def table_page(request: SignedInRequest, meeting: Meeting, asked: QueryDict) -> HttpResponse:
    """The table as the address asks for it, or as it was sent by who goes back to it."""
    found = load_meeting_table(request.user, meeting, asked, timezone.localdate())
    context = {
        "table": found,
        "meeting": meeting,
        "form": found.form,
    }
    return render(request, "resolutions/meeting_table.html", context)


def load_meeting_table(user: User, meeting: Meeting, asked: QueryDict, today: date) -> MeetingTable:
    """Raises ActionRefused before the office's first term has opened."""
    choice = choose_term(asked, today)
    if choice is None:
        raise ActionRefused("ยังไม่มีภาคเรียนที่เปิดแล้ว จึงยังไม่มีผลการนิเทศให้พิจารณา")
    waiting = load_waiting_rounds(user, choice, today)
    rows = _table_rows(user, meeting, waiting, asked)
    form = MeetingTableFilter(asked, terms=choice.terms, clusters=cluster_names(rows))
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    return MeetingTable(
        meeting=meeting,
        choice=choice,
        form=form,
        rows=rows,
        shown=_asked_for(rows, form.cleaned_data),
        decided=decided_rounds(user, meeting),
    )


def _table_rows(
    user: User, meeting: Meeting, waiting: Iterable[WaitingRound], asked: QueryDict
) -> list[MeetingTableRow]:
    rights, notes = rights_of(user), recusal_notes(meeting)
    ticked = set(asked.getlist("round"))
    tick_proposed = asked.get("tick") == TICK_PROPOSED
    rows = []
    for one in waiting:
        may_decide = rights.allows(Permission.DECIDE, one.school.pk)
        is_open = meeting.is_open and may_decide and not one.blocked
        row = MeetingTableRow(
            waiting=one,
            recusal_notes=notes.get(one.school.pk, ()),
            is_open=is_open,
            is_ticked=is_open
            and (str(one.round_id) in ticked or (tick_proposed and one.is_proposed_achieved)),
            typed_changes=asked.get(changes_field_name(one.round_id), ""),
        )
        rows.append(row)
    return rows


def changes_field_name(round_id: int) -> str:
    """The box of the table for what will change in the round after this one."""
    return f"{round_id}-planned_changes"


def _asked_for(rows: Sequence[MeetingTableRow], wanted: Mapping[str, Any]) -> list[MeetingTableRow]:
    words = search_key(wanted.get("q", ""))
    return [
        row
        for row in rows
        if words in search_key(row.school.name) and is_in_cluster(row, wanted.get("cluster"))
    ]


def recusals_by_school(meeting: Meeting) -> dict[int, list[str]]:
    """Members who take no part in a school's decision, by the school's pk."""
    found: dict[int, list[str]] = {}
    for row in meeting.recusals.select_related("member__user"):
        found.setdefault(row.school_id, []).append(str(row.member))
    return found


def recusal_notes(meeting: Meeting) -> dict[int, list[str]]:
    """What the table says at a school: who takes no part, and who heads it and came to the meeting.

    By the school's pk, in two queries.
    """
    recused = recusals_by_school(meeting)
    notes = {pk: [f"{one} ไม่ร่วมพิจารณา" for one in names] for pk, names in recused.items()}
    came = "user__committee_members__attendance__"
    heads = Appointment.objects.in_force(meeting.held_on).filter(
        role__in=roles_with(Permission.ACKNOWLEDGE_VISIT),
        **{f"{came}meeting": meeting, f"{came}kind": AttendanceKind.PRESENT},
    )
    for school, name in heads.values_list("school", "user__full_name").distinct():
        if school not in recused:
            note = f"{name} เป็นผู้บริหารโรงเรียนนี้และเข้าประชุม โปรดบันทึกการไม่ร่วมพิจารณา"
            notes.setdefault(school, []).append(note)
    return notes


def decided_rounds(user: User, meeting: Meeting) -> list[Decision]:
    """What the meeting has decided, as far as the person sees it, by school."""
    decisions = Decision.objects.visible_to(user).filter(meeting=meeting)
    return list(decisions.select_related("round__school").order_by("round__school__sort_key"))
