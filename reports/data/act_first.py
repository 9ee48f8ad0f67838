"""ควรลงมือก่อน: the schools to act on first, each with its reasons and their points.

The points are our proposal, not the office's rule, and every page that uses them says so. They
put work in order; they judge no school. docs/decisions/0018 has the table and its reasons.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from schools.core.thai import short_date
from supervision.results.gaps import WideGap

MIN_FALL = Decimal("0.30")  # of the mean over all indicators since last term
DAYS_A_POINT = 7


class ReasonKind(StrEnum):
    """Why a school is among those to act on."""

    OVERDUE = "overdue"
    UNSIGNED = "unsigned"
    NOT_ACHIEVED = "not_achieved"
    UNVISITED = "unvisited"
    WIDE_GAP = "wide_gap"
    ADVICE = "advice"
    FALL = "fall"


@dataclass(frozen=True)
class ReasonWeight:
    """How many points a reason begins with, for what more are added, and the most there are."""

    label: str
    base: int
    more: str
    most: int


REASON_WEIGHTS = {
    ReasonKind.OVERDUE: ReasonWeight("ขั้นปัจจุบันเกินกำหนด", 3, "ทุก 7 วันที่เกิน", 7),
    ReasonKind.UNSIGNED: ReasonWeight("บันทึกการนิเทศยังไม่ลงนาม", 2, "ทุก 7 วันหลังวันนิเทศ", 5),
    ReasonKind.NOT_ACHIEVED: ReasonWeight("ไม่บรรลุ รอบถัดไปยังไม่เสร็จ", 4, "", 4),
    ReasonKind.UNVISITED: ReasonWeight(
        "ยังไม่มีการนิเทศภาคเรียนนี้", 1, "ทุกภาคเรียนก่อนหน้าที่เทียบและไม่ได้รับการนิเทศติดต่อกัน", 4
    ),
    ReasonKind.WIDE_GAP: ReasonWeight("ผลต่างตั้งแต่ 2 ระดับ", 1, "ทุกตัวชี้วัดที่ยังไม่อธิบาย", 4),
    ReasonKind.ADVICE: ReasonWeight("ข้อเสนอแนะเกินกำหนด", 1, "ทุกข้อที่เพิ่ม", 4),
    ReasonKind.FALL: ReasonWeight("ค่าเฉลี่ยลดลงตั้งแต่ 0.30 จากภาคเรียนก่อน", 3, "", 3),
}


@dataclass(frozen=True)
class SchoolFacts:
    """What is known of one school of a term, as far as it may be a reason to act.

    `overdue_step` is its current step in words with its `overdue_days`, 0 while in time.
    `unsigned_days` count from the visit, None without a record that waits. `below_target` are
    the standards under their target in the round that came to ไม่บรรลุ, and `second_round` says
    where the next one is. `is_visited` is whether the term has a signed visit that counts, and
    `terms_unvisited` how many compared terms before it have none in a row, `last_seen_on` the
    last before them. `mean` and `mean_before` are over all indicators, this term and last.
    """

    school_id: int
    overdue_step: str = ""
    overdue_days: int = 0
    unsigned_days: int | None = None
    is_repeating: bool = False
    below_target: Sequence[str] = ()
    second_round: str = ""
    is_visited: bool = True
    terms_unvisited: int = 0
    last_seen_on: date | None = None
    wide_gaps: Sequence[WideGap] = ()
    overdue_advice: int = 0
    mean: Decimal | None = None
    mean_before: Decimal | None = None


@dataclass(frozen=True)
class ActionReason:
    """One reason in words, and the points that it counts for."""

    kind: ReasonKind
    text: str
    points: int

    @property
    def weight(self) -> ReasonWeight:
        return REASON_WEIGHTS[self.kind]


@dataclass(frozen=True)
class SchoolToAct:
    """A school to act on, and all its reasons, the weightiest first."""

    school_id: int
    reasons: Sequence[ActionReason]

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)

    @property
    def text(self) -> str:
        """All reasons in one line."""
        return " · ".join(reason.text for reason in self.reasons)


def schools_to_act_on(facts: Iterable[SchoolFacts]) -> list[SchoolToAct]:
    """Those that have a reason, most points first; with as many points in the order given."""
    found = [SchoolToAct(one.school_id, _reasons(one)) for one in facts]
    return sorted((one for one in found if one.reasons), key=lambda one: -one.points)


def _reasons(facts: SchoolFacts) -> list[ActionReason]:
    asked = (_overdue, _unsigned, _not_achieved, _unvisited, _wide_gap, _advice, _fall)
    found = [reason for ask in asked if (reason := ask(facts))]
    return sorted(found, key=lambda reason: -reason.points)


def _reason(kind: ReasonKind, text: str, more: int = 0) -> ActionReason:
    weight = REASON_WEIGHTS[kind]
    return ActionReason(kind, text, min(weight.base + more, weight.most))


def _overdue(facts: SchoolFacts) -> ActionReason | None:
    if not facts.overdue_days:
        return None
    text = f"{facts.overdue_step} เกินกำหนด {facts.overdue_days} วัน"
    return _reason(ReasonKind.OVERDUE, text, facts.overdue_days // DAYS_A_POINT)


def _unsigned(facts: SchoolFacts) -> ActionReason | None:
    if facts.unsigned_days is None:
        return None
    text = f"บันทึกการนิเทศยังไม่ลงนาม {facts.unsigned_days} วันหลังวันนิเทศ"
    if not facts.unsigned_days:
        text = "บันทึกการนิเทศของวันนี้ยังไม่ลงนาม"
    return _reason(ReasonKind.UNSIGNED, text, facts.unsigned_days // DAYS_A_POINT)


def _not_achieved(facts: SchoolFacts) -> ActionReason | None:
    if not facts.is_repeating:
        return None
    text = " ".join(["ไม่บรรลุ", ", ".join(facts.below_target)]).strip()
    if facts.second_round:
        text = f"{text} · {facts.second_round}"
    return _reason(ReasonKind.NOT_ACHIEVED, text)


def _unvisited(facts: SchoolFacts) -> ActionReason | None:
    if facts.is_visited or facts.unsigned_days is not None:
        return None
    text = "ยังไม่มีการนิเทศภาคเรียนนี้"
    if facts.last_seen_on:
        text = f"{text} ครั้งล่าสุด {short_date(facts.last_seen_on)}"
    elif facts.terms_unvisited:
        text = f"{text} และใน {facts.terms_unvisited} ภาคเรียนก่อน"
    return _reason(ReasonKind.UNVISITED, text, facts.terms_unvisited)


def _wide_gap(facts: SchoolFacts) -> ActionReason | None:
    if not facts.wide_gaps:
        return None
    codes = ", ".join(gap.code for gap in facts.wide_gaps)
    unexplained = [gap.code for gap in facts.wide_gaps if not gap.is_explained]
    text = f"ผลต่างตั้งแต่ 2 ระดับที่ตัวชี้วัด {codes}"
    if unexplained:
        text = f"{text} ยังไม่อธิบาย {len(unexplained)} ข้อ"
    return _reason(ReasonKind.WIDE_GAP, text, len(unexplained))


def _advice(facts: SchoolFacts) -> ActionReason | None:
    if not facts.overdue_advice:
        return None
    text = f"ข้อเสนอแนะเกินกำหนด {facts.overdue_advice} ข้อ"
    return _reason(ReasonKind.ADVICE, text, facts.overdue_advice - 1)


def _fall(facts: SchoolFacts) -> ActionReason | None:
    if facts.mean is None or facts.mean_before is None:
        return None
    fall = facts.mean_before - facts.mean
    if fall < MIN_FALL:
        return None
    text = f"ค่าเฉลี่ยลดลง {fall} จากภาคเรียนก่อน ({facts.mean_before} เป็น {facts.mean})"
    return _reason(ReasonKind.FALL, text)
