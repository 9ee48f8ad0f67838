"""How far the selected schools are in the seven steps, and at which step they are stuck."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.charts import DoneBar
from reports.overview.filters import OverviewFilters, OverviewSelection
from reports.overview.list_links import board_url
from schools.access import Permission, rights_of
from schools.models import Term, User
from supervision.cycle.board import FINISHED
from supervision.cycle.progress import RoundProgress, progress_of_schools
from supervision.cycle.step_facts import with_step_facts
from supervision.cycle.steps import Step, all_steps
from supervision.rounds.models import Round


@dataclass(frozen=True)
class ProgressCard:
    """How many schools have come so far, and where they are listed."""

    label: str
    schools: int
    url: str


ProgressBySchool = Mapping[int, RoundProgress]


def load_selected_progress(
    user: User, selection: OverviewSelection, today: date
) -> dict[int, RoundProgress]:
    """The progress of the selected schools that have a round, by the school's pk.

    Where the person follows progress without seeing the school, it is the outline of it.
    """
    wanted = {row.school.pk for row in selection.schools}
    return {
        school: progress
        for school, progress in _load_progress(user, selection.term, today).items()
        if school in wanted
    }


def _load_progress(user: User, term: Term, today: date) -> dict[int, RoundProgress]:
    rounds = Round.objects.with_permission(user, Permission.VIEW_PROGRESS).for_term(term)
    found = progress_of_schools(with_step_facts(rounds), rights_of(user), today, user=user)
    return {progress.round.school_id: progress for progress in found}


def stuck_step_bars(selection: OverviewSelection, progress: ProgressBySchool) -> list[DoneBar]:
    """A bar for each step: how many schools have done it, and how many are stuck at it.

    Late is a school whose current step it is, while any of its steps is overdue, as the board
    shows them. A closed school counts where it had done the step.
    """
    return [
        _step_bar(at, step, len(selection.schools), progress.values(), selection.filters)
        for at, step in enumerate(all_steps())
    ]


def _step_bar(
    at: int,
    step: Step,
    schools: int,
    progress: Collection[RoundProgress],
    filters: OverviewFilters,
) -> DoneBar:
    closed = sum(bool(one.steps[at].closure) for one in progress)
    return DoneBar(
        label=f"{step.number} {step.short}",
        done=sum(one.steps[at].facts.done for one in progress),
        late=sum(one.current is one.steps[at] and one.overdue > 0 for one in progress),
        total=schools - closed,
        url=board_url(filters, step=step.number.value),
        late_url=board_url(filters, step=step.number.value, overdue=1),
    )


def progress_context(user: User, selection: OverviewSelection, today: date) -> dict[str, Any]:
    """Template context of the overview of who follows progress alone: three cards and the bars."""
    progress = load_selected_progress(user, selection, today)
    filters, found = selection.filters, list(progress.values())
    return {
        "steps": stuck_step_bars(selection, progress),
        "cards": [
            ProgressCard("เปิดรอบแล้ว", len(found), board_url(filters)),
            ProgressCard(
                "เกินกำหนด", sum(one.overdue > 0 for one in found), board_url(filters, overdue=1)
            ),
            ProgressCard(
                "ครบทุกขั้น",
                sum(one.current is None and not one.stopped for one in found),
                board_url(filters, step=FINISHED),
            ),
        ],
    }
