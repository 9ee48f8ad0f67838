"""The orders of schools that a meeting confirmed, for its page."""

from schools.access import Permission, can
from schools.core.status import StatusKind
from schools.models import User
from supervision.committees.models import Meeting
from supervision.committees.queries import MeetingOutcome, MeetingOutcomes
from supervision.quality_drive.models import Ranking


def rankings_of_meeting(meeting: Meeting, reader: User) -> MeetingOutcomes:
    """That the order was confirmed, for all who read of the meeting; who stands where, for few."""
    rankings = Ranking.objects.filter(meeting=meeting).select_related("drive__academic_year")
    may_see = can(reader, Permission.VIEW_RANKING)
    rows = [
        MeetingOutcome(
            f"การจัดลำดับคุณภาพโรงเรียน ปีการศึกษา {one.drive.academic_year}",
            one.get_absolute_url() if may_see else "",
            StatusKind.DONE,
            "รับรองแล้ว",
        )
        for one in rankings.defer("inputs")
    ]
    return MeetingOutcomes("การจัดลำดับคุณภาพโรงเรียน", rows)
