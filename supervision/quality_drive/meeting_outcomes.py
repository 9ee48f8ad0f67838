"""What a meeting did in quality drives, for its page: endorsed, ordered, honoured; in one query."""

from typing import Any, NamedTuple

from django.db.models import CharField, IntegerField, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse

from schools.access import Permission, can
from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import School, User
from supervision.committees.models import Meeting
from supervision.committees.queries import MeetingOutcome, MeetingOutcomes
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.honours.enums import HonourState
from supervision.quality_drive.models import Honour, QualityDrive, Ranking

DRIVE, RANKING, HONOUR = range(3)


class DriveOutcomeRow(NamedTuple):
    """One drive, order or honour as the union of their tables gives it.

    Only an honour has the three meetings; one meeting may have both awarded and released it.
    """

    source: int
    year: int
    position: int
    school_order: str
    pk: int
    name: str
    school: str
    state: str
    awarded_by: int | None
    released_by: int | None
    revoked_by: int | None


def drive_outcomes(meeting: Meeting, reader: User) -> MeetingOutcomes:
    """As far as the reader may see them.

    That an order of schools was confirmed is for all who read of the meeting; its page is not.
    """
    rows = sorted(_rows(meeting, reader))
    outcomes = [one for row in rows for one in _outcomes(row, meeting, reader)]
    return MeetingOutcomes("การขับเคลื่อนคุณภาพการศึกษา", outcomes)


def _rows(meeting: Meeting, reader: User) -> list[DriveOutcomeRow]:
    by_meeting = Q(award_meeting=meeting) | Q(release_meeting=meeting) | Q(revoke_meeting=meeting)
    drives = QualityDrive.objects.visible_to(reader).filter(meeting=meeting).order_by()
    rankings = Ranking.objects.filter(meeting=meeting).order_by()
    honours = Honour.objects.visible_to(reader).filter(by_meeting).order_by()
    found = drives.values_list(*_columns(DRIVE, "academic_year__year", "model_name")).union(
        rankings.values_list(*_columns(RANKING, "drive__academic_year__year", _text())),
        honours.values_list(*_honour_columns()),
        all=True,
    )
    return [DriveOutcomeRow(*row) for row in found]


def _columns(source: int, year: str, name: Any) -> list[Any]:
    no_meetings = [Cast(Value(None), IntegerField()) for _ in range(3)]
    return [Value(source), year, Value(0), _text(), "pk", name, _text(), "state", *no_meetings]


def _honour_columns() -> list[Any]:
    order = ("category__drive__academic_year__year", "category__position", "school__sort_key")
    what = ("pk", "category__name", "school__name", "state")
    return [Value(HONOUR), *order, *what, "award_meeting", "release_meeting", "revoke_meeting"]


def _text() -> Value:
    return Value("", output_field=CharField())


def _outcomes(row: DriveOutcomeRow, meeting: Meeting, reader: User) -> list[MeetingOutcome]:
    if row.source == HONOUR:
        return _of_honour(row, meeting)
    if row.source == DRIVE:
        text, word = f"{row.name} ปีการศึกษา {row.year}", DriveState(row.state).label
        return [MeetingOutcome(text, reverse("drive", args=[row.year]), StatusKind.DONE, word)]
    may_see = can(reader, Permission.VIEW_RANKING)
    url = reverse("ranking", args=[row.year]) if may_see else ""
    text = f"การจัดลำดับคุณภาพโรงเรียน ปีการศึกษา {row.year}"
    return [MeetingOutcome(text, url, StatusKind.DONE, "รับรองแล้ว")]


def _of_honour(row: DriveOutcomeRow, meeting: Meeting) -> list[MeetingOutcome]:
    declined = row.state == HonourState.DECLINED
    decided = (StatusKind.IDLE, "ไม่ยกย่อง") if declined else (StatusKind.DONE, "ยกย่อง")
    said = (
        (row.awarded_by, *decided),
        (row.released_by, StatusKind.DONE, "ให้เผยแพร่"),
        (row.revoked_by, StatusKind.LATE, "เพิกถอน"),
    )
    text = f"{School(name=row.school).short_name}: {row.name}"
    url = cached_url("honour", row.pk)
    return [MeetingOutcome(text, url, kind, word) for pk, kind, word in said if pk == meeting.pk]
