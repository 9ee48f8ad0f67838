"""What the registry says of a school that a visit should know of, and since when it says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schools.core.thai import local_day
from schools.models import School
from schools.registry.school_fields import ELECTRICITY_WORDS


@dataclass(frozen=True)
class RegistryFact:
    """One fact of the registry in words; `since` is the day of its last change there."""

    label: str
    words: str
    since: date | None


def registry_facts(school: School) -> list[RegistryFact]:
    """Electricity and internet; empty words for what the registry does not know."""
    records = list(
        school.history.order_by("history_date").values_list(
            "history_date", "has_electricity", "internet"
        )
    )
    electricity = ELECTRICITY_WORDS[school.has_electricity]
    return [
        RegistryFact("ไฟฟ้า", electricity, _last_change([(at, power) for at, power, _ in records])),
        RegistryFact(
            "อินเทอร์เน็ต",
            school.get_internet_display(),
            _last_change([(at, internet) for at, _, internet in records]),
        ),
    ]


def _last_change(values: Sequence[tuple]) -> date | None:
    """The day on which the last value was written first; None without a history."""
    changed = None
    before: object = object()
    for at, value in values:
        if value != before:
            changed, before = at, value
    return local_day(changed) if changed else None
