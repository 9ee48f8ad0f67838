"""Where an open meeting of ก.ต.ป.น. does its work, for the meeting's page."""

from django.urls import reverse

from schools.access import Permission, rights_of
from schools.models import User
from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Meeting
from supervision.committees.queries import MeetingLink

# The pages that record what was resolved, and who may do so.
RESOLVING_PAGES = (
    ("meeting_sets", "เห็นชอบชุดเกณฑ์และวิธีการ", Permission.ENDORSE_CRITERIA),
    ("meeting_practices", "คัดเลือกวิธีปฏิบัติ", Permission.SELECT_PRACTICE),
)


def resolution_links(meeting: Meeting, reader: User) -> list[MeetingLink]:
    """The table of the schools for who sees the area, the others for who records there."""
    rights = rights_of(reader)
    if meeting.committee.kind != CommitteeKind.AREA or not rights.allows(Permission.VIEW_AREA):
        return []
    if not meeting.is_open:
        return []
    table = MeetingLink("โต๊ะประชุม", reverse("meeting_table", args=[meeting.pk]), is_main=True)
    pages = [
        MeetingLink(label, reverse(name, args=[meeting.pk]))
        for name, label, permission in RESOLVING_PAGES
        if rights.allows_anywhere(permission)
    ]
    return [table, *pages]
