"""What a meeting of ก.ต.ป.น. decided on honours, and where it does so, for the meeting's page."""

from django.db.models import Q
from django.urls import reverse

from schools.access import Permission, can
from schools.core.status import StatusKind
from schools.models import User
from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Meeting
from supervision.committees.queries import MeetingLink, MeetingOutcome, MeetingOutcomes
from supervision.quality_drive.honours.enums import HonourState
from supervision.quality_drive.honours.queries import honour_rows
from supervision.quality_drive.models import Honour

TABLES = (
    (HonourState.PROPOSED, "honours_decide", "ยกย่องโรงเรียน"),
    (HonourState.AWARDED, "honours_release", "เผยแพร่โรงเรียนที่ได้รับการยกย่อง"),
)


def honours_of_meeting(meeting: Meeting, reader: User) -> MeetingOutcomes:
    """Honours awarded, declined, released or revoked by it, as far as the reader may see them."""
    by_meeting = Q(award_meeting=meeting) | Q(release_meeting=meeting) | Q(revoke_meeting=meeting)
    found = honour_rows(reader).filter(by_meeting).order_by("category", "school__sort_key")
    rows = [outcome for one in found for outcome in _outcomes(one, meeting)]
    return MeetingOutcomes("การยกย่องเชิดชูเกียรติ", rows)


def _outcomes(honour: Honour, meeting: Meeting) -> list[MeetingOutcome]:
    """A meeting may have both awarded and released it."""
    declined = honour.state == HonourState.DECLINED
    said = (
        (honour.award_meeting_id, StatusKind.IDLE if declined else StatusKind.DONE)
        + (("ไม่ยกย่อง",) if declined else ("ยกย่อง",)),
        (honour.release_meeting_id, StatusKind.DONE, "ให้เผยแพร่"),
        (honour.revoke_meeting_id, StatusKind.LATE, "เพิกถอน"),
    )
    text, url = f"{honour.school.short_name}: {honour.category}", honour.get_absolute_url()
    return [MeetingOutcome(text, url, kind, word) for pk, kind, word in said if pk == meeting.pk]


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
