"""What a meeting decided on rounds and on practices, for its page."""

from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import User
from supervision.committees.models import Meeting
from supervision.committees.queries import MeetingOutcome, MeetingOutcomes
from supervision.practices.enums import PracticeState
from supervision.practices.models import Decision, GoodPractice


def decisions_of_meeting(meeting: Meeting, reader: User) -> MeetingOutcomes:
    """By term and school, of the schools whose results the reader may see."""
    decisions = Decision.objects.visible_to(reader).filter(meeting=meeting)
    decisions = decisions.select_related("round__school", "round__term__academic_year")
    decisions = decisions.order_by(
        "round__term__opens_on", "round__school__sort_key", "round__number"
    )
    return MeetingOutcomes("ผลการพิจารณา", [_outcome(one) for one in decisions])


def _outcome(decision: Decision) -> MeetingOutcome:
    round_ = decision.round
    later = f" รอบที่ {round_.number}" if round_.number > 1 else ""
    return MeetingOutcome(
        f"{round_.school.short_name} ภาคเรียนที่ {round_.term}{later}",
        cached_url("decision", round_.pk),
        StatusKind.DONE if decision.is_achieved else StatusKind.LATE,
        decision.get_state_display(),
    )


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
