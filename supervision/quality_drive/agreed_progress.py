"""How far what was agreed is, by indicator: what decides the step O of area and school."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from supervision.quality_drive.progress.enums import ProgressState
from supervision.quality_drive.progress.queries import SchoolProgress

# What a step names as missing while the drive goes on.
OPEN_STATES = (ProgressState.BEHIND, ProgressState.NO_RESULT)


@dataclass(frozen=True)
class AgreedProgress:
    """The agreed indicators of some schools by state, as one indicator of one school each."""

    schools: Sequence[SchoolProgress]

    @property
    def counts(self) -> Counter[ProgressState]:
        return Counter(row.progress.state for one in self.schools for row in one.agreed)

    @property
    def total(self) -> int:
        return self.counts.total()

    def schools_in(self, state: ProgressState) -> int:
        """How many schools have an agreed indicator in that state."""
        return sum(any(row.progress.state == state for row in one.agreed) for one in self.schools)

    @property
    def is_behind(self) -> bool:
        return self.counts[ProgressState.BEHIND] > 0

    def is_achieved(self, *, is_over: bool) -> bool:
        """Whether all targets are reached; once the drive is over, whether all have a result."""
        counts = self.counts
        if not self.total:
            return False
        if is_over:
            return not counts[ProgressState.NO_RESULT]
        return counts[ProgressState.ON_TARGET] == self.total

    @property
    def words(self) -> str:
        """ตัวชี้วัดตามข้อตกลง 40: ถึงค่าเป้าหมายแล้ว 12, เป็นไปตามแผน 20, ช้ากว่าแผน 8."""
        counts = self.counts
        found = [f"{state.label} {counts[state]}" for state in ProgressState if counts[state]]
        return f"ตัวชี้วัดตามข้อตกลง {self.total}: {', '.join(found)}" if found else ""


def agreed_progress(schools: Iterable[SchoolProgress]) -> AgreedProgress:
    """Of these schools those that have an agreement in force."""
    return AgreedProgress([one for one in schools if one.agreed])
