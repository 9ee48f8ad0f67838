"""What a meeting decided on rounds and on practices, for its page."""

from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import User
from supervision.committees.models import Meeting
from supervision.committees.queries import MeetingOutcome, MeetingOutcomes
from supervision.practices.enums import PracticeState
from supervision.practices.models import Decision, GoodPractice, ResultCorrection


def decisions_of_meeting(meeting: Meeting, reader: User) -> MeetingOutcomes:
    """By term and school, of the schools whose results the reader may see.

    A result that a later meeting changed stands here as it was, and says so.
    """
    seen = Decision.objects.visible_to(reader).order_by(
        "round__term__opens_on", "round__school__sort_key", "round__number"
    )
    seen = seen.select_related("round__school", "round__term__academic_year")
    corrected = ResultCorrection.objects.filter(
        previous_meeting=meeting, decision__in=seen.order_by().values("pk")
    )
    related = ("decision__round__school", "decision__round__term__academic_year", "meeting")
    rows = [_outcome(one) for one in seen.filter(meeting=meeting)]
    rows += [_corrected_outcome(one) for one in corrected.select_related(*related)]
    return MeetingOutcomes("ผลการพิจารณา", rows)


def _outcome(decision: Decision) -> MeetingOutcome:
    kind = StatusKind.DONE if decision.is_achieved else StatusKind.LATE
    return _line(decision, kind, decision.get_state_display())


def _corrected_outcome(correction: ResultCorrection) -> MeetingOutcome:
    was, now = correction.previous_result.label, correction.get_result_display()
    word = f"{was} แก้ไขเป็น{now} โดยมติ{correction.meeting}"
    return _line(correction.decision, StatusKind.IDLE, word)


def _line(decision: Decision, kind: StatusKind, word: str) -> MeetingOutcome:
    round_ = decision.round
    later = f" รอบที่ {round_.number}" if round_.number > 1 else ""
    text = f"{round_.school.short_name} ภาคเรียนที่ {round_.term}{later}"
    return MeetingOutcome(text, cached_url("decision", round_.pk), kind, word)


def practices_of_meeting(meeting: Meeting, reader: User) -> MeetingOutcomes:
    """Practices selected or declined, as far as the reader may see them."""
    practices = GoodPractice.objects.visible_to(reader).filter(meeting=meeting).order_by("pk")
    rows = [
        MeetingOutcome(
            one.title,
            one.get_absolute_url(),
            StatusKind.DONE if one.state == PracticeState.SELECTED else StatusKind.IDLE,
            one.get_state_display(),
        )
        for one in practices
    ]
    return MeetingOutcomes("วิธีปฏิบัติที่เป็นเลิศ", rows)
