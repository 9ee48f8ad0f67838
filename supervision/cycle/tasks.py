"""The seven steps of one round as the school page lists them."""

from collections.abc import Mapping
from dataclasses import dataclass

from schools.thai import short_date
from supervision.assessments.progress import handed_in_late_word
from supervision.cycle.walk import Place, Walk
from supervision.standards.models import StepSheet


@dataclass(frozen=True)
class Task:
    """One step: its state in words, whom it waits for, and what the manual says of it."""

    place: Place
    manual: StepSheet | None

    @property
    def no(self) -> int:
        return self.place.step.number

    @property
    def title(self) -> str:
        return self.place.step.name

    @property
    def kind(self) -> str:
        return self.place.kind

    @property
    def word(self) -> str:
        return self.place.word

    @property
    def url(self) -> str:
        return self.place.url

    @property
    def detail(self) -> str:
        """What the facts say, and how late it was done or first handed in."""
        place = self.place
        late = handed_in_late_word(place.days_late)
        parts = [place.fact.detail, late] if place.is_reached else []
        return " · ".join(filter(None, parts))

    @property
    def waits(self) -> str:
        """Whom for, since when, from and by when; a step to come says only its window."""
        place = self.place
        if place.fact.done or place.ended or place.gone:
            return ""
        parts = [f"เปิดรับตั้งแต่ {short_date(place.opens_on)}"] if place.opens_on else []
        parts += [_due(place)] if place.due_on else []
        if place.has_its_turn:
            since = f" ตั้งแต่ {short_date(place.since)}" if place.since else ""
            parts.insert(0, f"รอ{place.waits_for}{since}")
        return " · ".join(parts)

    @property
    def action_url(self) -> str:
        return self.place.fact.url if self.place.is_mine else ""

    @property
    def action_label(self) -> str:
        return self.place.fact.act


def _due(place: Place) -> str:
    """Its day, and why that is later than the round's own."""
    due = f"กำหนดเสร็จ {short_date(place.due_on)}"
    if place.timing.is_extended and place.has_its_turn and not place.fact.returned_on:
        return f"{due} (นับจากวันที่ถึงลำดับ)"
    return due


def tasks_of(walk: Walk, sheets: Mapping[int, StepSheet]) -> list[Task]:
    return [Task(place, sheets.get(place.step.number)) for place in walk.places]
