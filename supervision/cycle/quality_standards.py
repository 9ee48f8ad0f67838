"""Whether what a step did reaches the manual's quality standard, as far as facts can tell.

The manual's words: step 1 ข้อมูลถูกต้องเป็นปัจจุบัน, steps 2 to 5 สอดคล้องกับมาตรฐานการศึกษาและ
จุดเน้น สพฐ. What they are measured by is assumed: of step 1 the school's confirmation, of step 2 the
levels and the year's policies that its sets answer, of steps 3 to 5 that they are done in the
term. Nothing here asks the database or the clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from schools.core.thai import short_date
from supervision.rounds.enums import CycleStep

STEPS_OF_TERM = (CycleStep.SELF_ASSESSMENT, CycleStep.VISIT, CycleStep.DECISION)


@dataclass(frozen=True, kw_only=True)
class QualityFacts:
    """What is known of one step of one round.

    `done_on` is when the step was first done. `asks_for_data` says that the term's schools are
    asked to confirm their data, `lacking_levels` names levels taught without a set. `policies`
    counts those of the year, `unanswered_policies` those of them that no indicator answers.
    """

    step: CycleStep
    today: date
    term_closes_on: date
    done_on: date | None = None
    asks_for_data: bool = False
    data_confirmed_on: date | None = None
    lacking_levels: str = ""
    policies: int = 0
    unanswered_policies: int = 0


class QualityCheck(NamedTuple):
    """Whether the standard is reached, and what tells so."""

    is_met: bool
    why: str


def quality_check(facts: QualityFacts) -> QualityCheck | None:
    """None where no fact can tell yet."""
    if facts.step == CycleStep.NEEDS:
        return _data_check(facts)
    if facts.step == CycleStep.CRITERIA:
        return _criteria_check(facts)
    return _term_check(facts) if facts.step in STEPS_OF_TERM else None


def _data_check(facts: QualityFacts) -> QualityCheck | None:
    if not facts.asks_for_data:
        return None
    if facts.data_confirmed_on is None:
        return QualityCheck(False, "โรงเรียนยังไม่ยืนยันข้อมูล")
    return QualityCheck(True, f"โรงเรียนยืนยันข้อมูลเมื่อ {short_date(facts.data_confirmed_on)}")


def _criteria_check(facts: QualityFacts) -> QualityCheck | None:
    if facts.done_on is None:
        return None
    missing = [f"ขาดชุดตัวชี้วัดของ{facts.lacking_levels}"] if facts.lacking_levels else []
    if facts.unanswered_policies:
        missing.append(f"จุดเน้นของปี {facts.unanswered_policies} ข้อยังไม่มีตัวชี้วัดตอบ")
    if missing:
        return QualityCheck(False, " · ".join(missing))
    if not facts.policies:  # nobody has entered what the year asks for
        return None
    return QualityCheck(True, "ชุดตัวชี้วัดครบทุกระดับที่เปิดสอน และตอบจุดเน้นของปีทุกข้อ")


def _term_check(facts: QualityFacts) -> QualityCheck | None:
    """A closing day is the first day without class."""
    if facts.done_on is None:
        has_closed = facts.today >= facts.term_closes_on
        return QualityCheck(False, "ปิดภาคเรียนแล้ว ยังไม่เสร็จ") if has_closed else None
    day = short_date(facts.done_on)
    if facts.done_on < facts.term_closes_on:
        return QualityCheck(True, f"เสร็จภายในภาคเรียน เมื่อ {day}")
    return QualityCheck(False, f"เสร็จหลังปิดภาคเรียน เมื่อ {day}")


# --- Over all rounds of a term ---


class QualityCount(NamedTuple):
    """At how many schools the standard of a step is reached, of those of which facts can tell."""

    met: int
    told: int


def count_quality(
    checks: Iterable[tuple[CycleStep, QualityCheck | None]],
) -> Mapping[CycleStep, QualityCount]:
    """By step; a step of which nothing can be told at any school is left out."""
    found: dict[CycleStep, QualityCount] = {}
    for step, check in checks:
        if check is not None:
            before = found.get(step, QualityCount(0, 0))
            found[step] = QualityCount(before.met + check.is_met, before.told + 1)
    return found
