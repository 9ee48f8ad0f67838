"""From where to where: a mean before the work, now, and the target, on one scale."""

from dataclasses import dataclass
from decimal import Decimal

from supervision.criteria.axis import Tick, axis_position, axis_ticks


@dataclass(frozen=True)
class TargetRow:
    """A row of the chart; what is None is not drawn."""

    label: str
    before: Decimal | None
    now: Decimal | None
    target: Decimal | None
    low: int
    top: int

    @property
    def before_at(self) -> Decimal | None:
        return self._position(self.before)

    @property
    def now_at(self) -> Decimal | None:
        return self._position(self.now)

    @property
    def target_at(self) -> Decimal | None:
        return self._position(self.target)

    def _position(self, value: Decimal | None) -> Decimal | None:
        return None if value is None else axis_position(value, self.low, self.top)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        return axis_ticks(self.low, self.top)
