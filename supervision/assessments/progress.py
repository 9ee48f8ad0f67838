"""How far one school's self-assessment is: its stage, whether it is late, what is told of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, When

from schools.core.status import StatusKind
from schools.core.thai import local_day, short_date
from schools.core.url_cache import cached_url
from schools.models import School, User
from supervision.assessments.enums import SelfAssessmentState
from supervision.assessments.models import AnswerEdit, Reminder, SelfAssessment
from supervision.assessments.queries import with_progress
from supervision.rounds.due_dates import (
    NOT_REACHED,
    StepTiming,
    StepWindow,
    TimingFacts,
    step_timing,
)
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round
from supervision.rounds.queries import RoundDays


class SelfAssessmentStage(StrEnum):
    """Where a school's self-assessment stands, in the order it goes through."""

    NOT_READY = "not_ready"
    NOT_STARTED = "not_started"
    DRAFTING = "drafting"
    COMPLETE = "complete"
    RETURNED = "returned"
    CONFIRMED = "confirmed"

    @property
    def word(self) -> str:
        return STAGE_LABELS[self][0]

    @property
    def kind(self) -> StatusKind:
        """The colour and sign of its pill."""
        return STAGE_LABELS[self][1]


STAGE_LABELS = {
    SelfAssessmentStage.NOT_READY: ("รอกลุ่มนิเทศฯ", StatusKind.IDLE),
    SelfAssessmentStage.NOT_STARTED: ("ยังไม่เริ่ม", StatusKind.WAITING),
    SelfAssessmentStage.DRAFTING: ("กำลังกรอก", StatusKind.WAITING),
    SelfAssessmentStage.COMPLETE: ("รอผู้อำนวยการยืนยัน", StatusKind.WAITING),
    SelfAssessmentStage.RETURNED: ("ส่งกลับให้แก้ไข", StatusKind.YOURS),
    SelfAssessmentStage.CONFIRMED: ("ยืนยันแล้ว", StatusKind.DONE),
}
# What the school is asked for: a reminder makes sense here.
AWAITED_STAGES = (
    SelfAssessmentStage.NOT_STARTED,
    SelfAssessmentStage.DRAFTING,
    SelfAssessmentStage.COMPLETE,
    SelfAssessmentStage.RETURNED,
)


def with_stage_facts(rows: QuerySet[SelfAssessment]) -> QuerySet[SelfAssessment]:
    """Versions with what `stage_of` and `timing_of_step_3` ask of them, oldest first.

    `completed_at` is the last edit of a draft in which nothing is missing any more.
    """
    edits = AnswerEdit.objects.filter(sheet=OuterRef("sheet"))
    last = Subquery(edits.order_by("-received_at").values("received_at")[:1])
    is_complete = When(state=SelfAssessmentState.DRAFT, answered=F("total"), then=last)
    rows = with_progress(rows).annotate(has_edits=Exists(edits), completed_at=Case(is_complete))
    return rows.order_by("version")


def self_assessment_stage(
    round_: Round | None, latest: SelfAssessment | None
) -> SelfAssessmentStage:
    """Where the latest version of a round stands.

    A returned version starts as a full copy, so it waits for its correction until somebody
    has written in it and nothing is missing.
    """
    if latest is None:
        return (
            SelfAssessmentStage.NOT_STARTED
            if round_ and round_.has_criteria
            else SelfAssessmentStage.NOT_READY
        )
    if latest.state == SelfAssessmentState.CONFIRMED:
        return SelfAssessmentStage.CONFIRMED
    is_complete = latest.answered == latest.total
    if latest.version > 1:
        return (
            SelfAssessmentStage.COMPLETE
            if is_complete and latest.has_edits
            else SelfAssessmentStage.RETURNED
        )
    return SelfAssessmentStage.COMPLETE if is_complete else SelfAssessmentStage.DRAFTING


def lateness_text(timing: StepTiming) -> str:
    """How late in words: still awaited, or handed in so many days after its day."""
    return overdue_text(timing.days_overdue) or submitted_late_text(timing.days_late)


def overdue_text(days: int) -> str:
    return f"เกินกำหนด {days} วัน" if days else ""


def submitted_late_text(days: int) -> str:
    return f"ช้ากว่ากำหนด {days} วัน" if days else ""


def first_confirmed_at(versions: Iterable[SelfAssessment]) -> datetime | None:
    """When the school first handed in this round's self-assessment."""
    return min((v.confirmed_at for v in versions if v.confirmed_at), default=None)


def self_assessment_timing(
    round_: Round, versions: Sequence[SelfAssessment], days: RoundDays, today: date
) -> StepTiming:
    """When the round's self-assessment is due and how late it is, of its versions (`with_stage`).

    The first confirmation counts and no later one: the days after a return are the
    supervisor's reading and the correction, which has a day of its own.
    """
    latest = versions[-1] if versions else None
    is_done = latest is not None and latest.state == SelfAssessmentState.CONFIRMED
    sent_back = latest is not None and latest.version > 1 and not is_done
    handed_in = first_confirmed_at(versions)
    began = round_.criteria_chosen_at
    if latest and began and not handed_in:
        began = max(began, latest.completed_at or began)
    return step_timing(
        TimingFacts(
            today=today,
            due_on=days.window_for(CycleStep.SELF_ASSESSMENT).due_on,
            turn_started_on=began and local_day(began),
            returned_on=local_day(latest.started_at) if latest and sent_back else None,
            correct_by=latest.correct_by if latest and sent_back else None,
            handed_in_on=handed_in and local_day(handed_in),
            is_done=is_done,
            turn_days=days.turn_days,
        )
    )


# --- One school ---


@dataclass(frozen=True)
class SelfAssessmentRow:
    """One school in a term as one person sees it; `round` is None while it has none there.

    `may_read` says that the person may open the school's pages; who may not (a cluster's
    chair) learns how far it is, and nothing of what was written.
    """

    school: School
    supervisors: Sequence[User]
    round: Round | None
    versions: Sequence[SelfAssessment]
    days: RoundDays
    today: date
    reminder: Reminder | None = None
    may_read: bool = False
    may_remind: bool = False

    @property
    def latest(self) -> SelfAssessment | None:
        return self.versions[-1] if self.versions else None

    @cached_property
    def stage(self) -> SelfAssessmentStage:
        return self_assessment_stage(self.round, self.latest)

    @property
    def window(self) -> StepWindow:
        return self.days.window_for(CycleStep.SELF_ASSESSMENT)

    @cached_property
    def timing(self) -> StepTiming:
        if self.round is None:
            return NOT_REACHED
        return self_assessment_timing(self.round, self.versions, self.days, self.today)

    @property
    def due_on(self) -> date | None:
        return self.timing.due_on

    @property
    def is_awaited(self) -> bool:
        """The school is there still, has something to do, and does not wait for the unit."""
        return self.stage in AWAITED_STAGES and self.school.is_open_on(self.today)

    @cached_property
    def handed_in(self) -> datetime | None:
        return first_confirmed_at(self.versions)

    @property
    def is_overdue(self) -> bool:
        """Still waited for, and its day has passed; a school that is gone is not waited for."""
        return self.is_awaited and self.timing.days_overdue > 0

    @property
    def was_late(self) -> bool:
        """Handed in after its day."""
        return self.timing.days_late > 0

    @property
    def late_word(self) -> str:
        return lateness_text(self.timing) if self.is_overdue or self.was_late else ""

    @property
    def detail(self) -> str:
        return STAGE_DETAILS[self.stage](self)

    @property
    def round_word(self) -> str:
        """A later round tells that the one before came to ไม่บรรลุ: only for who may read that."""
        is_later = self.may_read and self.round and self.round.number > 1
        return f"รอบที่ {self.round.number}" if is_later else ""

    @property
    def reminded_today(self) -> bool:
        return bool(self.reminder and self.reminder.counts_on(self.today))

    @property
    def url(self) -> str:
        """Where the reader reads on; empty for who sees states only."""
        if not self.may_read:
            return ""
        if self.latest:
            return self.latest.get_absolute_url()
        return self.round.get_absolute_url() if self.round else cached_url("school", self.school.pk)

    @property
    def closed_before_confirming(self) -> bool:
        """Closed or merged before it handed in: in no count any more (domain notes 1.2)."""
        return not self.school.is_open_on(self.today) and self.handed_in is None


def _why_not_ready(row: SelfAssessmentRow) -> str:
    return "ยังไม่กำหนดชุดตัวชี้วัด" if row.round else "ยังไม่เปิดรอบ"


def _when_it_opens(row: SelfAssessmentRow) -> str:
    opens_on = row.window.opens_on_after(row.today)
    return f"เปิดรับตั้งแต่ {short_date(opens_on)}" if opens_on else ""


def _how_far(row: SelfAssessmentRow) -> str:
    return f"กรอกแล้ว {row.latest.answered}/{row.latest.total} ตัวชี้วัด"


def _why_returned(row: SelfAssessmentRow) -> str:
    days = (row.today - local_day(row.latest.started_at)).days
    since = f"ส่งกลับเมื่อ {days} วันก่อน" if days else "ส่งกลับวันนี้"
    return f"{since}: {row.versions[-2].return_reason}" if row.may_read else since


def _who_confirmed(row: SelfAssessmentRow) -> str:
    day = short_date(row.latest.confirmed_at)
    if not row.may_read:
        return day
    lacking = row.latest.indicators_without_evidence_count
    who = f"{day} โดย{row.latest.confirmed_as}"
    return f"{who} · ขาดหลักฐาน {lacking} ข้อ" if lacking else who


STAGE_DETAILS = {
    SelfAssessmentStage.NOT_READY: _why_not_ready,
    SelfAssessmentStage.NOT_STARTED: _when_it_opens,
    SelfAssessmentStage.DRAFTING: _how_far,
    SelfAssessmentStage.COMPLETE: _how_far,
    SelfAssessmentStage.RETURNED: _why_returned,
    SelfAssessmentStage.CONFIRMED: _who_confirmed,
}
