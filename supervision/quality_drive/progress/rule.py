"""The rule that says how far a school is on its way to a target, with its reason in words (O).

The plan is the straight line from the level before the work, on the day on which both signed the
agreement, to the target on the day on which the academic year's last term closes. Pure functions:
they ask neither database nor clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from schools.core.status import StatusKind
from supervision.criteria.scoring import half_up
from supervision.quality_drive.progress.enums import ProgressState

NOTHING_KNOWN = "ยังไม่มีผลการนิเทศที่ลงนามแล้วหรือรายงานของโรงเรียนในปีนี้"


@dataclass(frozen=True)
class ProgressPlan:
    """Between which days a target is to be reached, and how many levels one may lag behind.

    `starts_on` is None while there is no agreement, `ends_on` while no term is registered.
    """

    starts_on: date | None
    ends_on: date | None
    tolerance: Decimal

    def is_over(self, today: date) -> bool:
        return self.ends_on is not None and today >= self.ends_on


def expected_level(
    baseline: Decimal, target: Decimal, plan: ProgressPlan, today: date
) -> Decimal | None:
    """The level of the straight line on the day, two decimals, never more than the target.

    None while the plan has no beginning or no end. Before its first day it is that of the
    baseline; where it would end before it begins, the target is asked for at once.
    """
    if plan.starts_on is None or plan.ends_on is None:
        return None
    days = (plan.ends_on - plan.starts_on).days
    if days <= 0:
        return target
    passed = min(max((today - plan.starts_on).days, 0), days)
    return min(half_up(baseline + (target - baseline) * passed / days), target)


@dataclass(frozen=True)
class Progress:
    """From which level to which, and where it is on a day; levels have two decimals.

    `baseline` and `now` are None where nobody knows them.
    """

    baseline: Decimal | None
    now: Decimal | None
    target: Decimal
    plan: ProgressPlan
    today: date

    @cached_property
    def expected(self) -> Decimal | None:
        """What the plan asks for on the day; None where there is nothing to compare with."""
        if self.now is None or self.baseline is None:
            return None
        return expected_level(self.baseline, self.target, self.plan, self.today)

    @cached_property
    def state(self) -> ProgressState:
        """What has reached its target is done whatever the day is."""
        if self.now is None:
            return ProgressState.NO_RESULT
        if self.now >= self.target:
            return ProgressState.ON_TARGET
        if self._is_over:
            return ProgressState.BEHIND
        if self.expected is None:
            return ProgressState.NO_PLAN
        if self.now >= self.expected:
            return ProgressState.ON_TRACK
        is_near = self.expected - self.now <= self.plan.tolerance
        return ProgressState.AT_RISK if is_near else ProgressState.BEHIND

    @property
    def _is_over(self) -> bool:
        """Whether the year of an agreement has ended."""
        return self.plan.starts_on is not None and self.plan.is_over(self.today)

    @property
    def kind(self) -> StatusKind:
        return self.state.kind

    @property
    def word(self) -> str:
        """The state as a list says it: what is on its way says how much is left."""
        if self.state == ProgressState.ON_TRACK:
            return f"เหลือ {self.remaining:.2f}"
        return self.state.label

    @property
    def remaining(self) -> Decimal | None:
        """What is missing to the target; 0 once it is reached, None where nothing is known."""
        return None if self.now is None else max(self.target - self.now, Decimal(0))

    @property
    def lag(self) -> Decimal:
        """How far it is below the plan of the day; 0 where it is not, or cannot be compared."""
        if self.now is None or self.expected is None:
            return Decimal(0)
        return max(self.expected - self.now, Decimal(0))

    @property
    def reason(self) -> str:
        """Why it is in its state: one sentence with the numbers."""
        if self.now is None:
            return NOTHING_KNOWN
        is_now = f"ปัจจุบัน {self.now:.2f}"
        if self.state == ProgressState.ON_TARGET:
            return f"{is_now} ถึงค่าเป้าหมาย {self.target:.2f} แล้ว"
        left = f"เหลือ {self.remaining:.2f} ถึงค่าเป้าหมาย {self.target:.2f}"
        if self._is_over:
            return f"สิ้นปีการศึกษาแล้ว {is_now} {left}"
        if self.expected is None:
            return f"{is_now} {left} แต่{self._why_not_compared}จึงเทียบกับแผนไม่ได้"
        return f"{is_now} {self._compared_with(self.expected)} {left}"

    def _compared_with(self, expected: Decimal) -> str:
        if self.state == ProgressState.ON_TRACK:
            return f"ตามแผนวันนี้ควรได้ {expected:.2f}"
        limit = "ไม่เกิน" if self.state == ProgressState.AT_RISK else "เกิน"
        below = f"ต่ำกว่าแผนของวันนี้ ({expected:.2f}) อยู่ {self.lag:.2f}"
        return f"{below} ซึ่ง{limit} {self.plan.tolerance:.2f} ที่ยอมให้"

    @property
    def _why_not_compared(self) -> str:
        if self.plan.starts_on is None:
            return "ยังไม่มีบันทึกข้อตกลงที่ลงนามแล้ว "
        if self.baseline is None:
            return "ยังไม่มีข้อมูลฐานก่อนพัฒนา "
        return "ยังไม่มีวันสิ้นปีการศึกษาในระบบ "


@dataclass(frozen=True)
class ReportPeriod:
    """A month or term of the drive for which a school reports, first and last day inclusive."""

    first: date
    last: date


@dataclass(frozen=True)
class ReportDue:
    """By when a school's next report is due, and whether that day has passed."""

    due_on: date
    is_overdue: bool


def next_report_due(
    periods: Sequence[ReportPeriod], last_report: date | None, today: date
) -> ReportDue | None:
    """What the school owes: the last period gone by without a report in it or since, else the next.

    `periods` are in order and do not overlap. None before there are any, and once all are reported.
    """
    ended = [one for one in periods if one.last < today]
    if ended and (last_report is None or last_report < ended[-1].first):
        return ReportDue(ended[-1].last, is_overdue=True)
    coming = [one for one in periods if one.last >= today]
    waiting = [one for one in coming if last_report is None or last_report < one.first]
    return ReportDue(waiting[0].last, is_overdue=False) if waiting else None
