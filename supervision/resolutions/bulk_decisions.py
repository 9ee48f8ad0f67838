"""Deciding on many rounds in a meeting: confirmed once, then each by the action of a single one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, require_anywhere
from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import Term, User
from supervision.committees.models import Meeting
from supervision.practices.actions import decide_round
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision
from supervision.practices.queries import differs_from_proposal
from supervision.resolutions.meeting_table import (
    MeetingTableRow,
    area_meeting,
    check_meeting_is_open,
    load_meeting_table,
    table_page,
)
from supervision.rounds.forms import NextRoundDeadlinesForm
from supervision.rounds.models import Round
from supervision.rounds.queries import propose_next_round_windows

LONGEST_TEXT = 2000


def _text_box(label: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": required},
    )


class RoundResolutionForm(PortalForm):
    """What the meeting says of one school: why, what will change, and why against the proposal.

    It asks only what its result needs.
    """

    reason = _text_box("เหตุผล", "โปรดระบุเหตุผลของผลการพิจารณา")
    planned_changes = _text_box("สิ่งที่จะปรับในรอบถัดไป", "ผลไม่บรรลุต้องระบุสิ่งที่จะปรับ")
    against_reason = _text_box(
        "เหตุผลที่พิจารณาต่างจากผลที่ระบบเสนอ", "โปรดระบุเหตุผลที่พิจารณาต่างจากผลที่ระบบเสนอ"
    )

    def __init__(
        self, *args: Any, row: MeetingTableRow, result: DecisionResult, **kwargs: Any
    ) -> None:
        waiting = row.waiting
        known = {
            "reason": waiting.default_reason(result),
            "planned_changes": row.typed_changes,
        }
        super().__init__(*args, prefix=str(waiting.round_id), initial=known, **kwargs)
        if result == DecisionResult.ACHIEVED:
            del self.fields["planned_changes"]
        if not differs_from_proposal(waiting.proposed, result):
            del self.fields["against_reason"]
        for box in self.fields.values():
            box.widget.attrs |= {"rows": 2, "class": "form-control"}

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to be written before it can be confirmed."""
        return self.is_bound or all(bound.value() for bound in self)


@dataclass(frozen=True, eq=False)
class ResolutionLine:
    """One school of the page that asks, with the form of what is said of it."""

    row: MeetingTableRow
    form: RoundResolutionForm


@dataclass(frozen=True)
class BulkResolution:
    """One press at the table: the result, its schools, and the days of the rounds it opens.

    `sent` are the rounds (pk) that the page that asks was sent with; some may be decided by now.
    """

    meeting: Meeting
    term: Term
    result: DecisionResult
    lines: Sequence[ResolutionLine]
    days: NextRoundDeadlinesForm | None
    sent: frozenset[str]

    @property
    def opens_rounds(self) -> bool:
        return self.result == DecisionResult.NOT_ACHIEVED

    @property
    def round_field(self) -> str:
        """The name under which the page that asks sends its rounds."""
        return round_field_name(self.result)


@dataclass(frozen=True)
class ResolutionOutcome:
    """What came of recording: `overtaken` were decided otherwise meanwhile, by somebody else."""

    recorded: int
    refused: Sequence[ResolutionLine]
    overtaken: Sequence[Decision]


def meeting_resolve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask before recording, then record, as the table or the page that asks was sent."""
    meeting = area_meeting(request, pk)
    require_anywhere(request.user, Permission.DECIDE)
    if request.method != "POST" or "edit" in request.POST:  # a GET comes from signing in again
        return table_page(request, meeting, request.POST or request.GET)
    check_can_resolve(meeting, request.POST)
    asked = _bulk_resolution(request, meeting)
    is_confirmed = "confirmed" in request.POST and (not asked.days or asked.days.is_valid())
    if not is_confirmed:
        return _page(request, asked, None)
    outcome = record_resolutions(asked, by=request.user)
    if outcome.refused or outcome.overtaken:
        return _page(request, replace(asked, lines=outcome.refused), outcome)
    message = f"บันทึกมติ “{asked.result.label}” {outcome.recorded} โรงเรียนแล้ว"
    table = f"{reverse('meeting_table', args=[pk])}?term={asked.term.pk}"
    return redirect_with_message(request, message, table, draft=draft_name(pk))


def check_can_resolve(meeting: Meeting, sent: QueryDict) -> None:
    """Raises ActionRefused unless the meeting is open and a result was pressed."""
    check_meeting_is_open(meeting)
    if sent.get("result") not in DecisionResult.values:
        raise ActionRefused("โปรดเลือกลงมติบรรลุหรือไม่บรรลุที่โต๊ะประชุม")


def round_field_name(result: DecisionResult) -> str:
    """Ticks say บรรลุ: who goes back to the table from ไม่บรรลุ finds its schools not ticked."""
    return "round" if result == DecisionResult.ACHIEVED else "left"


def draft_name(pk: int) -> str:
    """The name under which the browser keeps what was typed at the table of this meeting."""
    return f"meeting-{pk}"


def _bulk_resolution(request: SignedInRequest, meeting: Meeting) -> BulkResolution:
    sent, result = request.POST, DecisionResult(request.POST["result"])
    table = load_meeting_table(request.user, meeting, sent, timezone.localdate())
    is_confirmed, is_achieved = "confirmed" in sent, result == DecisionResult.ACHIEVED
    chosen = frozenset(sent.getlist(round_field_name(result)))
    if is_confirmed or is_achieved:
        rows = [row for row in table.rows if str(row.waiting.round_id) in chosen]
    else:
        rows = _left_rows(table.rows, frozenset(sent.get("shown", "").split()))
    data = sent if is_confirmed else None
    return BulkResolution(
        meeting=meeting,
        term=table.choice.term,
        result=result,
        lines=[
            ResolutionLine(row, RoundResolutionForm(data, row=row, result=result)) for row in rows
        ],
        days=None if is_achieved else _days_form(rows, table.choice.term, data),
        sent=chosen if is_confirmed else frozenset(),
    )


def _left_rows(rows: Iterable[MeetingTableRow], shown: frozenset[str]) -> list[MeetingTableRow]:
    """For ไม่บรรลุ: those shown and not ticked that are proposed so, or that were written of."""
    return [
        row
        for row in rows
        if row.is_open
        and not row.is_ticked
        and str(row.waiting.round_id) in shown
        and (row.waiting.is_proposed_not_achieved or row.typed_changes.strip())
    ]


def _days_form(
    rows: Sequence[MeetingTableRow], term: Term, data: QueryDict | None
) -> NextRoundDeadlinesForm | None:
    """The days of the rounds that ไม่บรรลุ opens: the same for all, since all are of one term."""
    windows = propose_next_round_windows(term, timezone.localdate()) if rows else {}
    if not windows:
        return None
    return NextRoundDeadlinesForm(data, term=term, proposed_windows=windows)


def record_resolutions(asked: BulkResolution, *, by: User) -> ResolutionOutcome:
    """Record them one by one, each in a transaction of its own; what is refused is kept.

    What an earlier press of the same page has recorded counts as recorded.
    """
    recorded = {
        line.row.waiting.round_id for line in asked.lines if _is_recorded(line, asked, by=by)
    }
    others = [
        one
        for one in Decision.objects.visible_to(by)
        .filter(round__term=asked.term)
        .select_related("round__school", "meeting")
        if str(one.round_id) in asked.sent and one.round_id not in recorded
    ]
    same = [one for one in others if (one.meeting, one.state) == (asked.meeting, asked.result)]
    decided = recorded.union(one.round_id for one in others)
    return ResolutionOutcome(
        recorded=len(recorded) + len(same),
        refused=[line for line in asked.lines if line.row.waiting.round_id not in decided],
        overtaken=[one for one in others if one not in same],
    )


def _is_recorded(line: ResolutionLine, asked: BulkResolution, *, by: User) -> bool:
    """Record one; its form has the reason where it was refused."""
    if not line.form.is_valid():
        return False
    with refusal_as_form_error(line.form):
        if not line.row.is_open:
            raise ActionRefused(line.row.waiting.blocked or "คุณไม่มีสิทธิ์ลงมติของโรงเรียนนี้")
        decide_round(
            Round.objects.select_related("school", "term").get(pk=line.row.waiting.round_id),
            by=by,
            result=asked.result,
            meeting=asked.meeting,
            windows=asked.days.windows() if asked.days else None,
            **line.form.cleaned_data,
        )
        return True
    return False


def _page(
    request: SignedInRequest, asked: BulkResolution, outcome: ResolutionOutcome | None
) -> HttpResponse:
    context = {
        "asked": asked,
        "meeting": asked.meeting,
        "days": asked.days,
        "outcome": outcome,
        "incomplete": sum(not line.form.is_complete for line in asked.lines),
    }
    return render(request, "resolutions/confirm.html", context)
