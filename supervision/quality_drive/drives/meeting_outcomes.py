"""The drives that a meeting endorsed, for its page and its minutes."""

from schools.core.status import StatusKind
from schools.models import User
from supervision.committees.models import Meeting
from supervision.committees.queries import MeetingOutcome, MeetingOutcomes
from supervision.quality_drive.models import QualityDrive


def drives_of_meeting(meeting: Meeting, reader: User) -> MeetingOutcomes:
    """As far as the reader may see them."""
    rows = QualityDrive.objects.visible_to(reader).filter(meeting=meeting)
    outcomes = [
        MeetingOutcome(str(one), one.get_absolute_url(), StatusKind.DONE, one.get_state_display())
        for one in rows.select_related("academic_year")
    ]
    return MeetingOutcomes("การขับเคลื่อนคุณภาพการศึกษาที่เห็นชอบ", outcomes)
