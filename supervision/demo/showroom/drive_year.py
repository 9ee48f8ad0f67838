"""One year's quality drive in the showroom: its schools, what was known of them, and its days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schools.models import School, User
from supervision.demo.office_days import OfficeDays
from supervision.demo.showroom.people import ShowroomPeople
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.scores import DriveDesign

SHARE_OF = 9


@dataclass(frozen=True)
class ShowroomDrive:
    """A drive with what was known before it, its schools, and the office days that it has had.

    `baselines` has the level by school and DriveIndicator (pks), `supervisors` who is in charge by
    school. `ends_on` is the last day of the year's last term, which may lie ahead.
    """

    drive: QualityDrive
    design: DriveDesign
    schools: Sequence[School]
    baselines: Mapping[int, Mapping[int, Decimal]]
    supervisors: Mapping[int, User]
    days: OfficeDays
    ends_on: date
    people: ShowroomPeople
    is_over: bool

    @property
    def office(self) -> User:
        return self.people.office.group

    def place_of(self, school: School) -> int:
        """Which of SHARE_OF it is, so that schools differ and stay the same at each loading."""
        return self.schools.index(school) % SHARE_OF
