"""What a meeting did, in plain values: for its agenda, its decision sheet and its minutes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from reports.data.signers import PaperSigner
from reports.papers.models import filled_lines
from schools.core.thai import long_date
from supervision.committees.enums import AgendaKind, AttendanceKind, CommitteePosition
from supervision.committees.models import AgendaItem, Attendance, Meeting
from supervision.committees.queries import attendance_of
from supervision.criteria.models import IndicatorSet
from supervision.practices.enums import DecisionResult, PracticeState
from supervision.practices.models import Decision, GoodPractice, ResultCorrection
from supervision.resolutions.meeting_table import recusals_by_school
from supervision.rounds.methods import methods_of_meeting

CHAIRS = (CommitteePosition.CHAIR, CommitteePosition.VICE_CHAIR)
RECORDERS = (CommitteePosition.SECRETARY, CommitteePosition.ASSISTANT_SECRETARY)


@dataclass(frozen=True)
class MeetingDecisionLine:
    """One school as this meeting decided on it; `remarks` say what else a reader has to know."""

    school: str
    sort_key: str
    result: DecisionResult
    reason: str
    planned_changes: str
    remarks: Sequence[str]

    @property
    def is_achieved(self) -> bool:
        return self.result == DecisionResult.ACHIEVED


def meeting_decisions(meeting: Meeting) -> list[MeetingDecisionLine]:
    """The schools that the meeting decided on, by name, as it decided then, in three queries.

    A result that a later meeting changed stands as it was, and says so.
    """
    recused = recusals_by_school(meeting)
    related = ("round__school", "round__next_round")
    decisions = Decision.objects.filter(meeting=meeting).select_related(*related)
    corrected = ResultCorrection.objects.filter(previous_meeting=meeting).select_related(
        "decision__round__school", "meeting"
    )
    lines = [_line_of_decision(one, recused) for one in decisions]
    lines += [_line_of_corrected(one, recused) for one in corrected]
    return sorted(lines, key=lambda line: line.sort_key)


def _line_of_decision(decision: Decision, recused: dict[int, list[str]]) -> MeetingDecisionLine:
    school, following = decision.round.school, getattr(decision.round, "next_round", None)
    remarks = [f"{member} ไม่ร่วมพิจารณา" for member in recused.get(school.pk, ())]
    if decision.is_against_proposal:
        remarks.append(f"ต่างจากผลที่ระบบเสนอ เพราะ{decision.against_reason}")
    return MeetingDecisionLine(
        school=school.name,
        sort_key=school.sort_key,
        result=DecisionResult(decision.state),
        reason=decision.reason,
        planned_changes=following.planned_changes if following else "",
        remarks=remarks,
    )


def _line_of_corrected(
    correction: ResultCorrection, recused: dict[int, list[str]]
) -> MeetingDecisionLine:
    school = correction.decision.round.school
    changed = f"แก้ไขเป็น “{correction.get_result_display()}” โดยมติ{correction.meeting}"
    return MeetingDecisionLine(
        school=school.name,
        sort_key=school.sort_key,
        result=correction.previous_result,
        reason=correction.previous_reason,
        planned_changes=correction.withdrawn_changes,
        remarks=[*(f"{m} ไม่ร่วมพิจารณา" for m in recused.get(school.pk, ())), changed],
    )


# --- Who came ---


def attendance_lines(rows: Iterable[Attendance]) -> list[dict[str, str]]:
    """Members as minutes list them: name, post, position in the committee, and the note."""
    return [
        {
            "name": str(row.member),
            "post": row.member.post_beside_name,
            "position": row.member.get_position_display(),
            "note": " ".join(filter(None, (_excused(row), row.note))),
        }
        for row in rows
    ]


def _excused(row: Attendance) -> str:
    return row.get_kind_display() if row.kind == AttendanceKind.EXCUSED else ""


def meeting_signer(
    duty: str, attendance: Sequence[Attendance], positions: Sequence[int]
) -> PaperSigner:
    """The first of those present who holds one of these positions; else room for who signs."""
    present = [row.member for row in attendance if row.kind == AttendanceKind.PRESENT]
    found = next(
        (one for position in positions for one in present if one.position == position), None
    )
    if found is None:
        return PaperSigner(duty)
    post = f"{found.post_beside_name} {found.get_position_display()}".strip()
    return PaperSigner(duty, str(found), post)


# --- The minutes ---


def minutes_context(meeting: Meeting) -> dict[str, Any]:
    """All that the minutes say, for their PDF and their Word file.

    What is not recorded yet is empty: the place, the times, who came, what was resolved.
    """
    attendance = attendance_of(meeting)
    recorder = meeting_signer("ผู้จดรายงานการประชุม", attendance, RECORDERS)
    chair = meeting_signer("ผู้ตรวจรายงานการประชุม", attendance, CHAIRS)
    came = [row for row in attendance if row.kind == AttendanceKind.PRESENT]
    missed = [row for row in attendance if row.kind not in ("", AttendanceKind.PRESENT)]
    return {
        "committee": meeting.committee.name,
        "number": meeting.label,
        "held_on": long_date(meeting.held_on),
        "place": meeting.place,
        "begins_at": clock(meeting.begins_at),
        "ends_at": clock(meeting.ends_at),
        "present": attendance_lines(came),
        "absent": attendance_lines(missed),
        "others": filled_lines(meeting.other_participants),
        "items": [_item(item, meeting) for item in meeting.agenda.all()],
        "signers": [
            {"duty": one.duty, "name": one.name, "post_lines": one.post_lines}
            for one in (recorder, chair)
        ],
    }


def clock(moment: time | None) -> str:
    """A time of day as papers write it: 09.30."""
    return f"{moment:%H.%M}" if moment else ""


def _item(item: AgendaItem, meeting: Meeting) -> dict[str, Any]:
    return {
        "position": item.position,
        "title": item.title,
        "paragraphs": filled_lines(item.detail),
        "outcomes": OUTCOMES[AgendaKind(item.kind)](meeting) if item.kind in OUTCOMES else [],
        "resolution": filled_lines(item.resolution),
    }


def round_outcomes(meeting: Meeting) -> list[str]:
    """What the meeting decided on schools, in sentences; the sheet beside the minutes has each."""
    lines = meeting_decisions(meeting)
    said = []
    for result in DecisionResult:
        names = [line.school for line in lines if line.result == result]
        if names:
            said.append(f"ผล “{result.label}” {len(names)} โรงเรียน ได้แก่ {' '.join(names)}")
    said += [f"{line.school}: {remark}" for line in lines for remark in line.remarks]
    return [*said, "เหตุผลรายโรงเรียนอยู่ในบันทึกมติที่แนบท้าย"] if lines else []


def set_outcomes(meeting: Meeting) -> list[str]:
    """The indicator sets that the meeting endorsed, and the tools and methods beside them."""
    sets = IndicatorSet.objects.filter(meeting=meeting).order_by("name", "version")
    return [f"เห็นชอบ{one}" for one in (*sets, *methods_of_meeting(meeting))]


def practice_outcomes(meeting: Meeting) -> list[str]:
    practices = GoodPractice.objects.filter(meeting=meeting).select_related("round__school")
    return [
        f"{practice.title} ({practice.owner_name}): {_practice_resolution(practice)}"
        for practice in practices.order_by("pk")
    ]


def _practice_resolution(practice: GoodPractice) -> str:
    if practice.state == PracticeState.SELECTED:
        return f"คัดเลือก{practice.get_level_display()}"
    return practice.get_state_display()


OUTCOMES = {
    AgendaKind.ROUNDS: round_outcomes,
    AgendaKind.SETS: set_outcomes,
    AgendaKind.PRACTICES: practice_outcomes,
}
