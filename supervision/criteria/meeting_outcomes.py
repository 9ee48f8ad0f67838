"""The indicator sets that a meeting endorsed, for its page."""

from schools.core.status import StatusKind
from schools.models import User
from supervision.committees.models import Meeting
from supervision.committees.queries import MeetingOutcome, MeetingOutcomes
from supervision.criteria.models import IndicatorSet


def sets_of_meeting(meeting: Meeting, reader: User) -> MeetingOutcomes:
    """As far as the reader may see them."""
    sets = IndicatorSet.objects.visible_to(reader).filter(meeting=meeting)
    rows = [
        MeetingOutcome(str(one), one.get_absolute_url(), StatusKind.DONE, one.get_state_display())
        for one in sets
    ]
    return MeetingOutcomes("ชุดเกณฑ์ ตัวชี้วัดที่เห็นชอบ", rows)
