"""The tools and methods of supervision that a meeting endorsed, for its page."""

from schools.core.status import StatusKind
from schools.models import User
from supervision.committees.models import Meeting
from supervision.committees.queries import MeetingOutcome, MeetingOutcomes
from supervision.rounds.methods import methods_of_meeting


def method_outcomes(meeting: Meeting, reader: User) -> MeetingOutcomes:
    """As far as the reader may see them."""
    rows = [
        MeetingOutcome(str(one), one.get_absolute_url(), StatusKind.DONE, one.get_state_display())
        for one in methods_of_meeting(meeting).visible_to(reader)
    ]
    return MeetingOutcomes("เครื่องมือและวิธีการนิเทศที่เห็นชอบ", rows)
