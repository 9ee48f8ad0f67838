"""The papers of a meeting, as its page offers them."""

from django.urls import reverse

from schools.access import Permission, can
from schools.models import User
from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Meeting
from supervision.committees.queries import MeetingLink


def meeting_paper_links(meeting: Meeting, reader: User) -> list[MeetingLink]:
    """The agenda always, the others once the meeting was opened."""
    links = [_link("ระเบียบวาระ (PDF)", "meeting_agenda", meeting)]
    if not (meeting.is_open or meeting.is_closed):
        return links
    if meeting.committee.kind == CommitteeKind.AREA and can(reader, Permission.VIEW_AREA):
        links.append(_link("ใบมติ (PDF)", "meeting_decision_sheet", meeting))
    minutes = _link("รายงานการประชุม (PDF)", "meeting_minutes", meeting)
    return [*links, minutes, _link("รายงานการประชุม (Word)", "minutes_word", meeting)]


def _link(label: str, name: str, meeting: Meeting) -> MeetingLink:
    return MeetingLink(label, reverse(name, args=[meeting.pk]))
