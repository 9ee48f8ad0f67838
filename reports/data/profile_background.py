"""What a school is like: its circumstances, the projects it joined, the teachers it wants."""

from dataclasses import dataclass
from datetime import date

from schools.models import School, User
from supervision.profiles.circumstances.queries import SchoolCircumstances, load_circumstances


@dataclass(frozen=True)
class ProfileBackground:
    """Circumstances on the day, as far as the reader may know."""

    school: School
    circumstances: SchoolCircumstances

    @property
    def is_sample(self) -> bool:
        return self.circumstances.is_sample


def load_profile_background(user: User, school: School, today: date) -> ProfileBackground:
    """Of a school that the person may see, in a constant number of queries."""
    return ProfileBackground(school, load_circumstances(school, today, reader=user))
