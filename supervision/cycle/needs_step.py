"""Step 1 asked of the facts: what the unit asks, and how far the school has answered."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils import timezone

from schools.access import Permission
from schools.core.thai import short_date
from schools.core.url_cache import cached_url
from supervision.cycle.facts import RoundStepFacts
from supervision.needs.enums import SurveyState
from supervision.needs.queries import NeedsRequest, needs_requests
from supervision.rounds.models import Round

_NOT_SENT = "โรงเรียนยังไม่ส่งแบบสำรวจสภาพปัญหาและความต้องการ"
# What a survey not handed in says, the next act, and the word on the board.
UNANSWERED = {
    "": (_NOT_SENT, "กรอกแบบสำรวจ", ""),
    SurveyState.DRAFT: (_NOT_SENT, "กรอกแบบสำรวจต่อ", "กำลังกรอก"),
    SurveyState.RETURNED: ("ศึกษานิเทศก์ส่งกลับให้แก้ไข", "แก้ไขแบบสำรวจ", "ส่งกลับแก้ไข"),
}


def needs_facts(rounds: Sequence[Round]) -> dict[int, RoundStepFacts]:
    """Step 1: the survey belongs to school and campaign, so a second round finds it done."""
    asked = needs_requests(rounds)
    return {r.pk: _needs_fact(r, asked[r.pk]) for r in rounds}


def _needs_fact(round_: Round, asked: NeedsRequest | None) -> RoundStepFacts:
    if asked is None:
        return RoundStepFacts(
            detail="ยังไม่เปิดแบบสำรวจสภาพปัญหาและความต้องการ",
            since=round_.opened_at,
            act="เปิดแบบสำรวจ",
            permission=Permission.OPEN_ROUNDS,
            url=cached_url("needs_open", round_.term_id),
            for_all_schools=True,
        )
    if asked.state == SurveyState.SUBMITTED:
        return RoundStepFacts(
            done=True,
            detail=f"ส่งแบบสำรวจเมื่อ {short_date(asked.submitted_at)}",
            since=asked.submitted_at,
            first_done_at=asked.first_submitted_at,
            url=cached_url("needs", round_.pk),
            due_on=asked.closes_on,
        )
    return _unanswered(round_, asked)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _unanswered(round_: Round, asked: NeedsRequest) -> RoundStepFacts:
    first_day = asked.opens_on if asked.opens_on > timezone.localdate() else None
    detail, act, word = UNANSWERED[asked.state]
    return RoundStepFacts(
        detail=f"เปิดให้กรอกวันที่ {short_date(first_day)}" if first_day else detail,
        since=_start_of(asked.opens_on),
        first_done_at=asked.first_submitted_at,
        act=act,
        permission=Permission.ANSWER_NEEDS,
        url=cached_url("needs", round_.pk),
        word=f"เปิด {short_date(first_day)}" if first_day else word,
        has_page=bool(asked.state),
        returned_on=asked.returned_on,
        correct_by=asked.correct_by,
        due_on=asked.closes_on,
        not_before=first_day,
    )
