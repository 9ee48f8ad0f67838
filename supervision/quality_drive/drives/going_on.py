"""Whether anything can still be planned in a year's drive."""

from schools.core.errors import ActionRefused
from supervision.quality_drive.models import QualityDrive


def check_drive_goes_on(drive: QualityDrive) -> None:
    """Raises ActionRefused once the year's drive is over."""
    if drive.is_over:
        raise ActionRefused(f"การขับเคลื่อนปีการศึกษา {drive.academic_year} สิ้นสุดแล้ว จึงเพิ่มหรือแก้ไขไม่ได้")
