"""Honours of a drive, made by the portal's own actions."""

from supervision.quality_drive.honours.actions import (
    award_honour,
    create_honour_category,
    propose_honour,
    release_honour,
)
from tests.factories import MeetingFactory


def honour_proposed(drive, school, *, by, category="โรงเรียนคุณภาพ", reason="นักเรียนอ่านออกทุกคน"):
    """A school proposed in a category, which the drive has from then on."""
    row = drive.honour_categories.filter(name=category).first()
    row = row or create_honour_category(drive, name=category, criteria="บรรลุค่าเป้าหมาย")
    return propose_honour(row, by=by, school=school, reason=reason)


def honour_awarded(drive, school, *, by, **fields):
    """An honour by the word of a meeting, not released to the public."""
    honour = honour_proposed(drive, school, by=by, **fields)
    award_honour(honour, by=by, meeting=MeetingFactory())
    return honour


def honour_released(drive, school, *, by, **fields):
    """An honour that a second meeting released to the public."""
    honour = honour_awarded(drive, school, by=by, **fields)
    release_honour(honour, by=by, meeting=MeetingFactory())
    return honour
