"""Which policies of the year a set's indicators answer, as a higher app knows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schools.core.registry import Registry
from supervision.criteria.models import Indicator, IndicatorSet


@dataclass(frozen=True)
class FocusAnswer:
    """One policy of the year with the indicators of a set that answer it, if any."""

    text: str
    origin: str
    is_sample: bool
    indicators: Sequence[Indicator]


@dataclass(frozen=True)
class SetFocus:
    """The policies of one fiscal year beside one set; `url` shows them all."""

    fiscal_year: int
    url: str
    answers: Sequence[FocusAnswer]

    @property
    def answered(self) -> list[FocusAnswer]:
        return [one for one in self.answers if one.indicators]

    @property
    def unanswered(self) -> list[FocusAnswer]:
        return [one for one in self.answers if not one.indicators]


set_focus_sources: Registry[str, Callable[[IndicatorSet], SetFocus]] = Registry(
    "Which policies of the year does a set answer?"
)
SET_FOCUS = "set_focus"
