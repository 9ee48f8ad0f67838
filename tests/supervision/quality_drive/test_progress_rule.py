from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.core.status import StatusKind
from supervision.quality_drive.progress.enums import ProgressState
from supervision.quality_drive.progress.rule import (
    Progress,
    ProgressPlan,
    ReportPeriod,
    expected_level,
    next_report_due,
)

SIGNED, ENDS = date(2026, 6, 15), date(2027, 4, 1)
PLAN = ProgressPlan(SIGNED, ENDS, Decimal("0.10"))
HALFWAY = SIGNED + (ENDS - SIGNED) / 2

levels = st.integers(100, 500).map(lambda hundredths: Decimal(hundredths) / 100)
days = st.dates(date(2026, 1, 1), date(2028, 1, 1))
plans = st.builds(
    ProgressPlan,
    st.none() | days,
    st.none() | days,
    st.integers(0, 100).map(lambda hundredths: Decimal(hundredths) / 100),
)
# From the worst to the best that can be said of a level.
ORDER = [
    ProgressState.BEHIND,
    ProgressState.AT_RISK,
    ProgressState.ON_TRACK,
    ProgressState.ON_TARGET,
]


def progress(baseline, now, target, *, plan=PLAN, today=HALFWAY):
    baseline = None if baseline is None else Decimal(baseline)
    now = None if now is None else Decimal(now)
    return Progress(baseline, now, Decimal(target), plan, today)


@pytest.mark.parametrize(
    ("baseline", "now", "state", "word", "reason"),
    [
        (
            "2.40",
            "3.50",
            ProgressState.ON_TARGET,
            "ถึงเป้าหมายแล้ว",
            "ปัจจุบัน 3.50 ถึงค่าเป้าหมาย 3.50 แล้ว",
        ),
        (
            "2.40",
            "3.10",
            ProgressState.ON_TRACK,
            "เหลือ 0.40",
            "ปัจจุบัน 3.10 ตามแผนวันนี้ควรได้ 2.95 เหลือ 0.40 ถึงค่าเป้าหมาย 3.50",
        ),
        (
            "2.40",
            "2.85",
            ProgressState.AT_RISK,
            "ใกล้ช้ากว่าแผน",
            "ปัจจุบัน 2.85 ต่ำกว่าแผนของวันนี้ (2.95) อยู่ 0.10 ซึ่งไม่เกิน 0.10 ที่ยอมให้ "
            "เหลือ 0.65 ถึงค่าเป้าหมาย 3.50",
        ),
        (
            "2.40",
            "2.84",
            ProgressState.BEHIND,
            "ช้ากว่าแผน",
            "ปัจจุบัน 2.84 ต่ำกว่าแผนของวันนี้ (2.95) อยู่ 0.11 ซึ่งเกิน 0.10 ที่ยอมให้ เหลือ 0.66 ถึงค่าเป้าหมาย 3.50",
        ),
        (
            None,
            "3.10",
            ProgressState.NO_PLAN,
            "ยังเทียบกับแผนไม่ได้",
            "ปัจจุบัน 3.10 เหลือ 0.40 ถึงค่าเป้าหมาย 3.50 แต่ยังไม่มีข้อมูลฐานก่อนพัฒนา จึงเทียบกับแผนไม่ได้",
        ),
        (
            "2.40",
            None,
            ProgressState.NO_RESULT,
            "ยังไม่มีผล",
            "ยังไม่มีผลการนิเทศที่ลงนามแล้วหรือรายงานของโรงเรียนในปีนี้",
        ),
    ],
)
def test_state_and_its_reason_in_words(baseline, now, state, word, reason):
    found = progress(baseline, now, "3.50")
    assert (found.state, found.word, found.reason) == (state, word, reason)


def test_every_colour_stands_for_a_state():
    kinds = {state: state.kind for state in ProgressState}
    assert kinds[ProgressState.ON_TARGET] == StatusKind.DONE
    assert kinds[ProgressState.AT_RISK] == StatusKind.YOURS
    assert kinds[ProgressState.BEHIND] == StatusKind.LATE


def test_before_both_have_signed_nobody_is_behind():
    found = progress("2.40", "2.40", "3.50", plan=ProgressPlan(None, ENDS, Decimal("0.10")))
    assert found.state == ProgressState.NO_PLAN
    assert "ยังไม่มีบันทึกข้อตกลงที่ลงนามแล้ว" in found.reason


def test_on_the_day_of_signing_the_baseline_is_on_track():
    assert progress("2.40", "2.40", "3.50", today=SIGNED).state == ProgressState.ON_TRACK
    earlier = SIGNED - timedelta(days=20)
    assert progress("2.40", "2.40", "3.50", today=earlier).state == ProgressState.ON_TRACK


def test_once_the_year_is_over_a_hundredth_below_is_behind():
    found = progress("2.40", "3.49", "3.50", today=ENDS)
    assert found.state == ProgressState.BEHIND
    assert found.reason == "สิ้นปีการศึกษาแล้ว ปัจจุบัน 3.49 เหลือ 0.01 ถึงค่าเป้าหมาย 3.50"
    assert progress(None, "3.49", "3.50", today=ENDS).state == ProgressState.BEHIND


def test_target_below_baseline_never_asks_for_more_than_the_target():
    assert expected_level(Decimal("4.00"), Decimal("3.50"), PLAN, SIGNED) == Decimal("3.50")
    assert progress("4.00", "3.60", "3.50", today=SIGNED).state == ProgressState.ON_TARGET
    assert progress("4.00", "3.45", "3.50", today=SIGNED).state == ProgressState.AT_RISK


def test_agreement_signed_after_the_year_asks_for_the_target_at_once():
    plan = ProgressPlan(ENDS, ENDS, Decimal("0.10"))
    assert expected_level(Decimal(2), Decimal(3), plan, ENDS - timedelta(days=1)) == 3


@given(levels, levels, levels, levels, plans, days)
def test_a_higher_level_is_never_judged_worse(baseline, low, high, target, plan, today):
    low, high = sorted((low, high))
    states = [progress(baseline, now, target, plan=plan, today=today).state for now in (low, high)]
    if ProgressState.NO_PLAN in states:
        assert states[0] == ProgressState.NO_PLAN
        assert states[1] in (ProgressState.NO_PLAN, ProgressState.ON_TARGET)
    else:
        assert ORDER.index(states[0]) <= ORDER.index(states[1])


@given(st.none() | levels, levels, plans, days)
def test_what_has_reached_its_target_is_green_whatever_the_day(baseline, target, plan, today):
    found = progress(baseline, target, target, plan=plan, today=today)
    assert found.state == ProgressState.ON_TARGET
    assert found.lag == found.remaining == 0


@given(levels, levels, plans, days, st.integers(0, 60))
def test_the_plan_asks_for_more_from_day_to_day(baseline, target, plan, today, later):
    first = expected_level(baseline, target, plan, today)
    second = expected_level(baseline, target, plan, today + timedelta(days=later))
    if first is not None and baseline <= target:
        assert baseline <= first <= second <= target


@given(st.none() | levels, st.none() | levels, levels, plans, days)
def test_colour_and_lag_agree(baseline, now, target, plan, today):
    found = progress(baseline, now, target, plan=plan, today=today)
    assert found.reason
    if found.state == ProgressState.AT_RISK:
        assert 0 < found.lag <= plan.tolerance
    if found.state == ProgressState.ON_TRACK:
        assert found.lag == 0


JUNE = ReportPeriod(date(2026, 6, 1), date(2026, 6, 30))
JULY = ReportPeriod(date(2026, 7, 1), date(2026, 7, 31))


@pytest.mark.parametrize(
    ("today", "last", "due"),
    [
        (date(2026, 6, 10), None, (date(2026, 6, 30), False)),
        (date(2026, 6, 30), None, (date(2026, 6, 30), False)),
        (date(2026, 7, 1), None, (date(2026, 6, 30), True)),
        (date(2026, 7, 1), date(2026, 6, 2), (date(2026, 7, 31), False)),
        # a report that came late is the report of the period gone by, and of the one it came in
        (date(2026, 7, 5), date(2026, 7, 2), None),
        (date(2026, 8, 1), date(2026, 6, 20), (date(2026, 7, 31), True)),
        (date(2026, 8, 1), date(2026, 7, 20), None),
    ],
)
def test_what_a_school_owes(today, last, due):
    found = next_report_due([JUNE, JULY], last, today)
    assert (found and (found.due_on, found.is_overdue)) == due


def test_nothing_is_owed_before_there_is_a_period():
    assert next_report_due([], None, date(2026, 7, 1)) is None
