"""The facts of step 1: the needs survey, and the school's data where the unit asks to confirm them.

The survey is asked in one query; the confirmation comes with the rounds (`with_step_facts`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from django.utils import timezone

from schools.access import Permission
from schools.core.thai import short_date
from schools.core.url_cache import cached_url
from supervision.cycle.steps import NextAction, RoundStepFacts, RoundWithFacts, SentBack
from supervision.needs.enums import SurveyState
from supervision.needs.queries import NeedsRequest, needs_requests
from supervision.profiles.confirmation.enums import ConfirmationState
from supervision.rounds.due_dates import StepWindow
from supervision.rounds.models import Round

_NOT_SENT = "โรงเรียนยังไม่ส่งแบบสำรวจสภาพปัญหาและความต้องการ"
# What a survey not handed in says, the next action, and the word on the board.
UNANSWERED = {
    "": (_NOT_SENT, "กรอกแบบสำรวจ", ""),
    SurveyState.DRAFT: (_NOT_SENT, "กรอกแบบสำรวจต่อ", "กำลังกรอก"),
    SurveyState.RETURNED: ("ศึกษานิเทศก์ส่งกลับให้แก้ไข", "แก้ไขแบบสำรวจ", "ส่งกลับแก้ไข"),
}
# The same for data not confirmed, with the permission that the action takes.
UNCONFIRMED: Mapping[str | None, tuple[str, str, Permission]] = {
    None: ("โรงเรียนยังไม่ยืนยันข้อมูล", "ตรวจและยืนยันข้อมูล", Permission.ANSWER_NEEDS),
    ConfirmationState.DRAFT: (
        "โรงเรียนตรวจข้อมูลแล้ว รอผู้อำนวยการยืนยัน",
        "ยืนยันข้อมูล",
        Permission.CONFIRM_DATA,
    ),
}


def needs_facts(rounds: Sequence[RoundWithFacts]) -> dict[int, RoundStepFacts]:
    """Survey and confirmation belong to the school, so a second round finds them done."""
    asked = needs_requests(rounds)
    return {r.pk: _step_facts(r, _survey_facts(r, asked[r.pk])) for r in rounds}


def _step_facts(round_: RoundWithFacts, survey: RoundStepFacts) -> RoundStepFacts:
    """Both together; whichever is missing and can be done now is the next act, the survey first."""
    if round_.data_opens_on is None:
        return survey
    data = _data_facts(round_, round_.data_opens_on)
    detail = f"{survey.detail} · {data.detail}"
    if survey.done and data.done:
        return _both_done(survey, data, detail)
    if survey.done or (_can_be_done_now(data) and not _can_be_done_now(survey)):
        return replace(data, detail=detail, page_url=survey.page_url)
    handed_in = _later(survey.first_done_at, data.since) if data.done else None
    word = survey.word or "รอแบบสำรวจ"
    return replace(survey, detail=detail, word=word, first_done_at=handed_in)


def _can_be_done_now(facts: RoundStepFacts) -> bool:
    return not facts.done and not facts.window.opens_on_after(timezone.localdate())


def _both_done(survey: RoundStepFacts, data: RoundStepFacts, detail: str) -> RoundStepFacts:
    """Done since the later of the two, and due on the later of their days."""
    due_days = [one.window.due_on for one in (survey, data) if one.window.due_on]
    return replace(
        survey,
        detail=detail,
        since=_later(survey.since, data.since),
        first_done_at=_later(survey.handed_in_at, data.handed_in_at),
        window=StepWindow(survey.window.opens_on, max(due_days, default=None)),
    )


def _later(*moments: datetime | None) -> datetime | None:
    """The later one, None while one of them is missing."""
    known = [moment for moment in moments if moment]
    return max(known) if len(known) == len(moments) else None


# --- The survey ---


def _survey_facts(round_: Round, asked: NeedsRequest | None) -> RoundStepFacts:
    if asked is None:
        return RoundStepFacts(
            detail="ยังไม่เปิดแบบสำรวจสภาพปัญหาและความต้องการ",
            since=round_.opened_at,
            next_action=NextAction(
                "เปิดแบบสำรวจ",
                Permission.OPEN_ROUNDS,
                cached_url("needs_open", round_.term_id),
                for_all_schools=True,
            ),
        )
    if asked.state == SurveyState.SUBMITTED and asked.submitted_at:
        return RoundStepFacts(
            done=True,
            detail=f"ส่งแบบสำรวจเมื่อ {short_date(asked.submitted_at)}",
            page_url=cached_url("needs", round_.pk),
            since=asked.submitted_at,
            first_done_at=asked.first_submitted_at,
            window=StepWindow(asked.opens_on, asked.closes_on),
        )
    return _unanswered(round_, asked)


def _unanswered(round_: Round, asked: NeedsRequest) -> RoundStepFacts:
    window = StepWindow(asked.opens_on, asked.closes_on)
    first_day = window.opens_on_after(timezone.localdate())
    detail, action, word = UNANSWERED[asked.state]
    url = cached_url("needs", round_.pk)
    return RoundStepFacts(
        detail=f"เปิดให้กรอกวันที่ {short_date(first_day)}" if first_day else detail,
        word=f"เปิด {short_date(first_day)}" if first_day else word,
        page_url=url if asked.state else "",
        since=_start_of(asked.opens_on),
        first_done_at=asked.first_submitted_at,
        next_action=NextAction(action, Permission.ANSWER_NEEDS, url),
        sent_back=SentBack(asked.returned_on, asked.correct_by) if asked.returned_on else None,
        window=window,
    )


# --- The confirmation ---


def _data_facts(round_: RoundWithFacts, opens_on: date) -> RoundStepFacts:
    window = StepWindow(opens_on, round_.data_closes_on)
    if round_.data_confirmed_at:
        return RoundStepFacts(
            done=True,
            detail=f"ยืนยันข้อมูลเมื่อ {short_date(round_.data_confirmed_at)}",
            since=round_.data_confirmed_at,
            window=window,
        )
    first_day = window.opens_on_after(timezone.localdate())
    detail, action, permission = UNCONFIRMED[round_.data_state]
    return RoundStepFacts(
        detail=f"ยืนยันข้อมูลได้ตั้งแต่วันที่ {short_date(first_day)}" if first_day else detail,
        word=f"เปิด {short_date(first_day)}" if first_day else "รอยืนยันข้อมูล",
        since=_start_of(opens_on),
        next_action=NextAction(
            action, permission, cached_url("data_confirmation", round_.school_id)
        ),
        window=window,
    )


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
