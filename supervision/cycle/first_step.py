"""Step 1 asked of the facts: what the unit asks, and how far the school has answered."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils import timezone

from schools.access import Permission
from schools.links import link
from schools.thai import short_date
from supervision.cycle.facts import Fact
from supervision.needs.enums import SurveyState
from supervision.needs.queries import Asked, asked_of
from supervision.rounds.models import Round

_NOT_SENT = "โรงเรียนยังไม่ส่งแบบสำรวจสภาพปัญหาและความต้องการ"
# What a survey not handed in says, the next act, and the word on the board.
UNANSWERED = {
    "": (_NOT_SENT, "กรอกแบบสำรวจ", ""),
    SurveyState.DRAFT: (_NOT_SENT, "กรอกแบบสำรวจต่อ", "กำลังกรอก"),
    SurveyState.RETURNED: ("ศึกษานิเทศก์ส่งกลับให้แก้ไข", "แก้ไขแบบสำรวจ", "ส่งกลับแก้ไข"),
}


def needs_facts(rounds: Sequence[Round]) -> dict[int, Fact]:
    """Step 1: the survey belongs to school and campaign, so a second round finds it done."""
    asked = asked_of(rounds)
    return {r.pk: _needs_fact(r, asked[r.pk]) for r in rounds}


def _needs_fact(round_: Round, asked: Asked | None) -> Fact:
    if asked is None:
        return Fact(
            detail="ยังไม่เปิดแบบสำรวจสภาพปัญหาและความต้องการ",
            since=round_.opened_at,
            act="เปิดแบบสำรวจ",
            needs=Permission.OPEN_ROUNDS,
            url=link("needs_open", round_.term_id),
            for_all=True,
        )
    if asked.state == SurveyState.SUBMITTED:
        return Fact(
            done=True,
            detail=f"ส่งแบบสำรวจเมื่อ {short_date(asked.submitted_at)}",
            since=asked.submitted_at,
            handed_in=asked.came_at,
            url=link("needs", round_.pk),
            due_on=asked.closes_on,
        )
    return _unanswered(round_, asked)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _unanswered(round_: Round, asked: Asked) -> Fact:
    first_day = asked.opens_on if asked.opens_on > timezone.localdate() else None
    detail, act, word = UNANSWERED[asked.state]
    return Fact(
        detail=f"เปิดให้กรอกวันที่ {short_date(first_day)}" if first_day else detail,
        since=_start_of(asked.opens_on),
        handed_in=asked.came_at,
        act=act,
        needs=Permission.ANSWER_NEEDS,
        url=link("needs", round_.pk),
        word=f"เปิด {short_date(first_day)}" if first_day else word,
        record=bool(asked.state),
        returned_on=asked.returned_on,
        correct_by=asked.correct_by,
        due_on=asked.closes_on,
        not_before=first_day,
    )
