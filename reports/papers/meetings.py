"""The papers of a meeting: its agenda, the sheet of its decisions on schools, its minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.data.signers import PaperSigner
from reports.papers.meeting_facts import (
    CHAIRS,
    RECORDERS,
    MeetingDecisionLine,
    clock,
    meeting_decisions,
    meeting_signer,
    minutes_context,
)
from reports.papers.office_paper import DRAFT_WORD, OfficePaper, paper_response
from schools.core.http import SignedInRequest
from schools.models import Area
from supervision.committees.enums import AgendaKind, CommitteeKind
from supervision.committees.meeting_pages import get_visible_meeting
from supervision.committees.models import AgendaItem, Meeting
from supervision.committees.queries import attendance_of
from supervision.criteria.enums import SetState
from supervision.criteria.models import IndicatorSet
from supervision.resolutions.meeting_table import area_meeting
from supervision.resolutions.practice_table import PracticeTableRow, practice_table_rows
from supervision.resolutions.waiting_rounds import WaitingRound, load_waiting_rounds
from supervision.rounds.overview import (
    choose_term,
)


@dataclass(frozen=True)
class MeetingPaper(OfficePaper):
    """A paper of one meeting, with the names of the schools that it is about."""

    meeting: Meeting
    area: AreaHeading

    @property
    def title(self) -> str:
        return f"{self.title_prefix}{self.name} {self.meeting.committee.short_name} {self.meeting}"

    @property
    def is_sample(self) -> bool:
        return self.meeting.is_sample

    @property
    def times(self) -> str:
        """When it begins, as papers say it: เวลา 09.30 น."""
        begins_at = clock(self.meeting.begins_at)
        return f"เวลา {begins_at} น." if begins_at else ""


# --- The agenda, before the meeting ---


@dataclass(frozen=True)
class AgendaPaper(MeetingPaper):
    """The agenda with what the meeting is to decide on: schools, practices, indicator sets."""

    template = "reports/paper/agenda.html"
    name = "ระเบียบวาระการประชุม"

    items: Sequence[AgendaItem]
    rounds: Sequence[WaitingRound]
    practices: Sequence[PracticeTableRow]
    sets: Sequence[IndicatorSet]

    @property
    def school_names(self) -> list[str]:
        return [row.school.name for row in self.rounds]


def meeting_agenda(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agenda to whom the meeting's page shows it; what waits as far as they see it."""
    meeting = get_visible_meeting(request, pk)
    items = list(meeting.agenda.all())
    kinds = {item.kind for item in items}
    is_area = meeting.committee.kind == CommitteeKind.AREA
    today = timezone.localdate()
    choice = choose_term(request.GET, today)
    user = request.user
    with_rounds = is_area and AgendaKind.ROUNDS in kinds and choice
    sets = IndicatorSet.objects.visible_to(user).filter(state=SetState.IN_REVIEW)
    paper = AgendaPaper(
        meeting=meeting,
        area=area_heading(Area.objects.get()),
        items=items,
        rounds=load_waiting_rounds(user, choice, today) if with_rounds and choice else [],
        practices=practice_table_rows(user, meeting, None) if AgendaKind.PRACTICES in kinds else [],
        sets=list(sets) if AgendaKind.SETS in kinds else [],
    )
    return paper_response(paper)


# --- What the meeting decided on schools ---


@dataclass(frozen=True)
class DecisionSheetPaper(MeetingPaper):
    """Each school with its result and reason, to be signed by chair and secretary."""

    template = "reports/paper/decision_sheet.html"
    name = "บันทึกมติผลการพิจารณา"

    lines: Sequence[MeetingDecisionLine]
    signers: Sequence[PaperSigner]

    @property
    def watermark(self) -> str:
        return "" if self.meeting.is_closed else DRAFT_WORD

    @property
    def achieved(self) -> int:
        return sum(line.is_achieved for line in self.lines)

    @property
    def not_achieved(self) -> int:
        return len(self.lines) - self.achieved

    @property
    def school_names(self) -> list[str]:
        return [line.school for line in self.lines]


def meeting_decision_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The decisions of a meeting of ก.ต.ป.น., for who sees the area's results."""
    meeting = area_meeting(request, pk)
    attendance = attendance_of(meeting)
    paper = DecisionSheetPaper(
        meeting=meeting,
        area=area_heading(Area.objects.get()),
        lines=meeting_decisions(meeting),
        signers=[
            meeting_signer("ประธานที่ประชุม", attendance, CHAIRS),
            meeting_signer("เลขานุการที่ประชุม", attendance, RECORDERS),
        ],
    )
    return paper_response(paper)


# --- The minutes ---


@dataclass(frozen=True)
class MinutesPaper(MeetingPaper):
    """The minutes as official rules set them; a draft until the meeting is closed."""

    template = "reports/paper/minutes.html"
    name = "รายงานการประชุม"

    said: Mapping[str, Any]

    @property
    def watermark(self) -> str:
        return "" if self.meeting.is_closed else DRAFT_WORD

    def context(self) -> dict[str, Any]:
        return {"r": self, "minutes": self.said}


def minutes_paper_of(meeting: Meeting) -> MinutesPaper:
    area = area_heading(Area.objects.get())
    return MinutesPaper(meeting=meeting, area=area, said=minutes_context(meeting))


def meeting_to_minute(request: SignedInRequest, pk: int) -> Meeting:
    """The meeting whose minutes are asked for: those of ก.ต.ป.น. name what was judged."""
    meeting = get_visible_meeting(request, pk)
    return area_meeting(request, pk) if meeting.committee.kind == CommitteeKind.AREA else meeting


def meeting_minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    return paper_response(minutes_paper_of(meeting_to_minute(request, pk)))
