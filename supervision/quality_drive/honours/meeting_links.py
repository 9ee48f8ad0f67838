"""Where a meeting of ก.ต.ป.น. decides on honours, for the meeting's page."""

from django.urls import reverse

from schools.access import Permission, can
from schools.models import User
from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Meeting
from supervision.committees.queries import MeetingLink
from supervision.quality_drive.honours.enums import HonourState
from supervision.quality_drive.models import Honour

TABLES = (
    (HonourState.PROPOSED, "honours_decide", "ยกย่องโรงเรียน"),
    (HonourState.AWARDED, "honours_release", "เผยแพร่โรงเรียนที่ได้รับการยกย่อง"),
)


def honour_links(meeting: Meeting, reader: User) -> list[MeetingLink]:
    """The tables of honours that wait for an open meeting of ก.ต.ป.น., of the newest drive."""
    is_area = meeting.committee.kind == CommitteeKind.AREA
    if not (is_area and meeting.is_open and can(reader, Permission.RESOLVE_DRIVE)):
        return []
    waiting = Honour.objects.filter(state__in=[state for state, _, _ in TABLES])
    years: dict[str, int] = dict(
        waiting.order_by("category__drive__academic_year__year").values_list(
            "state", "category__drive__academic_year__year"
        )
    )
    return [
        MeetingLink(label, f"{reverse(name, args=[years[state]])}?meeting={meeting.pk}")
        for state, name, label in TABLES
        if state in years
    ]
