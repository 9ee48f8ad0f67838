"""The seven steps of one round as the school page lists them."""

from collections.abc import Mapping
from dataclasses import dataclass

from schools.core.thai import short_date
from supervision.assessments.progress import submitted_late_text
from supervision.cycle.progress import RoundProgress, RoundStep
from supervision.standards.models import StepSheet


@dataclass(frozen=True)
class StepTask:
    """One step: its state in words, whom it waits for, and what the manual says of it."""

    round_step: RoundStep
    manual: StepSheet | None

    @property
    def no(self) -> int:
        return self.round_step.step.number

    @property
    def title(self) -> str:
        return self.round_step.step.name

    @property
    def kind(self) -> str:
        return self.round_step.kind

    @property
    def word(self) -> str:
        return self.round_step.word

    @property
    def url(self) -> str:
        return self.round_step.url

    @property
    def detail(self) -> str:
        """What the facts say, and how late it was done or first handed in."""
        round_step = self.round_step
        late = submitted_late_text(round_step.days_late)
        parts = [round_step.fact.detail, late] if round_step.is_reached else []
        return " · ".join(filter(None, parts))

    @property
    def waits(self) -> str:
        """Whom for, since when, from and by when; a step to come says only its window."""
        round_step = self.round_step
        if round_step.fact.done or round_step.ended or round_step.closure:
            return ""
        parts = [f"เปิดรับตั้งแต่ {short_date(round_step.opens_on)}"] if round_step.opens_on else []
        parts += [_due(round_step)] if round_step.due_on else []
        if round_step.has_its_turn:
            since = f" ตั้งแต่ {short_date(round_step.since)}" if round_step.since else ""
            parts.insert(0, f"รอ{round_step.waits_for}{since}")
        return " · ".join(parts)

    @property
    def action_url(self) -> str:
        return self.round_step.fact.url if self.round_step.is_mine else ""

    @property
    def action_label(self) -> str:
        return self.round_step.fact.act


def _due(round_step: RoundStep) -> str:
    """Its day, and why that is later than the round's own."""
    due = f"กำหนดเสร็จ {short_date(round_step.due_on)}"
    if (
        round_step.timing.is_extended
        and round_step.has_its_turn
        and not round_step.fact.returned_on
    ):
        return f"{due} (นับจากวันที่ถึงลำดับ)"
    return due


def step_tasks(progress: RoundProgress, sheets: Mapping[int, StepSheet]) -> list[StepTask]:
    return [
        StepTask(round_step, sheets.get(round_step.step.number)) for round_step in progress.steps
    ]
