"""The drive of a page about cooperation, and whether anything can still be planned in it."""

from django.shortcuts import get_object_or_404

from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.models import QualityDrive


def visible_drive_or_404(request: SignedInRequest, year: int) -> QualityDrive:
    """The drive of the academic year (BE), as far as the person may know of it."""
    drives = QualityDrive.objects.visible_to(request.user).select_related("academic_year")
    return get_object_or_404(drives, academic_year__year=year)


def check_drive_goes_on(drive: QualityDrive) -> None:
    """Raises ActionRefused once the year's drive is over."""
    if drive.state == DriveState.CLOSED:
        raise ActionRefused(f"การขับเคลื่อนปีการศึกษา {drive.academic_year} สิ้นสุดแล้ว จึงเพิ่มหรือแก้ไขไม่ได้")
