"""What a school is like and what it says of itself: circumstances, projects, annual report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schools.access import Permission, can
from schools.core.thai import academic_year
from schools.models import School, User
from supervision.profiles.circumstances.queries import (
    EXPANSION_SCHOOL,
    SchoolCircumstances,
    load_circumstances,
)
from supervision.profiles.circumstances.registry_facts import RegistryFact, registry_facts
from supervision.profiles.sar.queries import SchoolAnnualReport, load_annual_reports

REPORT_YEARS = 5


@dataclass(frozen=True)
class ProfileBackground:
    """Circumstances on the day, and the newest annual report that the school sent.

    `sees_report` says whether the reader may read what the school reports of itself. `due_year`
    is the academic year (BE) of which a report is expected by now.
    """

    school: School
    circumstances: SchoolCircumstances
    registry: Sequence[RegistryFact]
    sees_report: bool
    report: SchoolAnnualReport | None
    due_year: int

    @property
    def kind_words(self) -> list[str]:
        """Grades taught, size and kind of school, as far as the registry knows."""
        now = self.circumstances
        size = f"ขนาด{now.size}" if now.size else ""
        expansion = EXPANSION_SCHOOL if now.teaches_secondary else ""
        return [words for words in (self.school.grades, size, expansion) if words]

    @property
    def is_sample(self) -> bool:
        of_report = self.report is not None and self.report.report.is_sample
        return self.circumstances.is_sample or of_report

    @property
    def lacks_report(self) -> bool:
        """Whether a school that is open could have sent a newer report than its newest, if any."""
        if not self.school.is_open_on(self.circumstances.day):
            return False
        return self.report is None or self.report.year < self.due_year


def load_profile_background(user: User, school: School, today: date) -> ProfileBackground:
    """Of a school that the person may see, in a constant number of queries."""
    due_year = academic_year(today) - 1
    sees_report = can(user, Permission.VIEW_PROFILE, school.pk)
    years = range(due_year - REPORT_YEARS + 1, due_year + 2)
    reports = load_annual_reports(school, years) if sees_report else []
    own = [one for one in reports if one.merged_school is None]
    return ProfileBackground(
        school=school,
        circumstances=load_circumstances(school, today, reader=user),
        registry=registry_facts(school),
        sees_report=sees_report,
        report=next(iter([*own, *reports]), None),
        due_year=due_year,
    )
