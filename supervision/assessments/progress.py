"""How far one school's self-assessment is: its stage, whether it is late, what is said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

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


class StageAnnotations(TypedDict):
    """What `with_stage_facts` loads with each version of a self-assessment.

    `answered` of `total` indicators are answered. `completed_at` is the last edit of a draft in
    which nothing is missing any more.
    """

    answered: int
    total: int
    has_edits: bool
    completed_at: datetime | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    SelfAssessmentWithStage = WithAnnotations[SelfAssessment, StageAnnotations]
else:
    SelfAssessmentWithStage = SelfAssessment


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


def with_stage_facts(rows: QuerySet[SelfAssessment]) -> QuerySet[SelfAssessmentWithStage]:
    """Versions with what their stage and timing depend on (StageAnnotations), oldest first."""
    edits = AnswerEdit.objects.filter(sheet=OuterRef("sheet"))
    last = Subquery(edits.order_by("-received_at").values("received_at")[:1])
    is_complete = When(state=SelfAssessmentState.DRAFT, answered=F("total"), then=last)
    return (
        with_progress(rows)
        .annotate(has_edits=Exists(edits), completed_at=Case(is_complete))
        .order_by("version")
    )


def self_assessment_stage(
    round_: Round | None, latest: SelfAssessmentWithStage | None
) -> SelfAssessmentStage:
    """Where the latest version of a round stands."""
    if latest is None:
        has_criteria = round_ is not None and round_.has_criteria
        return SelfAssessmentStage.NOT_STARTED if has_criteria else SelfAssessmentStage.NOT_READY
    if latest.state == SelfAssessmentState.CONFIRMED:
        return SelfAssessmentStage.CONFIRMED
    return _stage_of_draft(latest)


def _stage_of_draft(draft: SelfAssessmentWithStage) -> SelfAssessmentStage:
    """A returned version starts as a full copy of the one before.

    So it waits for its correction until somebody has written in it and nothing is missing.
    """
    is_correction = draft.version > 1
    if draft.answered == draft.total and (draft.has_edits or not is_correction):
        return SelfAssessmentStage.COMPLETE
    return SelfAssessmentStage.RETURNED if is_correction else SelfAssessmentStage.DRAFTING


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
    round_: Round, versions: Sequence[SelfAssessmentWithStage], days: RoundDays, today: date
) -> StepTiming:
    """When the round's self-assessment is due and how late it is; `versions` are oldest first.

    The first confirmation counts and no later one: the days after a return are the
    supervisor's reading and the correction, which has a day of its own.
    """
    latest = versions[-1] if versions else None
    confirmed_at = first_confirmed_at(versions)
    correction = _open_correction(latest)
    started_at = _turn_started_at(round_, latest, confirmed_at)
    return step_timing(
        TimingFacts(
            today=today,
            due_on=days.window_for(CycleStep.SELF_ASSESSMENT).due_on,
            turn_started_on=local_day(started_at) if started_at else None,
            returned_on=local_day(correction.started_at) if correction else None,
            correct_by=correction.correct_by if correction else None,
            handed_in_on=local_day(confirmed_at) if confirmed_at else None,
            is_done=latest is not None and latest.state == SelfAssessmentState.CONFIRMED,
            turn_days=days.turn_days,
        )
    )


def _open_correction(latest: SelfAssessment | None) -> SelfAssessment | None:
    """The latest version, if it corrects a returned one and is not confirmed again."""
    if latest is None or latest.version == 1 or latest.state == SelfAssessmentState.CONFIRMED:
        return None
    return latest


def _turn_started_at(
    round_: Round, latest: SelfAssessmentWithStage | None, confirmed_at: datetime | None
) -> datetime | None:
    """When the next action came to who does it now: a complete draft waits for the director."""
    started_at = round_.criteria_chosen_at
    if started_at is None or latest is None or confirmed_at:
        return started_at
    return max(started_at, latest.completed_at or started_at)


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
    versions: Sequence[SelfAssessmentWithStage]
    days: RoundDays
    today: date
    reminder: Reminder | None = None
    may_read: bool = False
    may_remind: bool = False

    @property
    def latest(self) -> SelfAssessmentWithStage | None:
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
        """A line that says more of the stage, in Thai; empty where there is nothing to say."""
        if self.latest is None:
            return _when_it_starts(self)
        if self.stage == SelfAssessmentStage.CONFIRMED:
            return _who_confirmed(self.latest, may_read=self.may_read)
        if self.stage == SelfAssessmentStage.RETURNED:
            return _why_returned(self.latest, self)
        return f"กรอกแล้ว {self.latest.answered}/{self.latest.total} ตัวชี้วัด"

    @property
    def opened_round(self) -> Round:
        """The round of a school that has one, as every school has that is awaited."""
        if self.round is None:
            raise ValueError(f"{self.school} has no round")
        return self.round

    @property
    def round_word(self) -> str:
        """A later round tells that the one before came to ไม่บรรลุ: only for who may read that."""
        if not self.may_read or self.round is None or self.round.number == 1:
            return ""
        return f"รอบที่ {self.round.number}"

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
        """Closed or merged before it handed in: in no count any more."""
        return not self.school.is_open_on(self.today) and self.handed_in is None


def _when_it_starts(row: SelfAssessmentRow) -> str:
    if row.round is None:
        return "ยังไม่เปิดรอบ"
    if row.stage == SelfAssessmentStage.NOT_READY:
        return "ยังไม่กำหนดชุดตัวชี้วัด"
    opens_on = row.window.opens_on_after(row.today)
    return f"เปิดรับตั้งแต่ {short_date(opens_on)}" if opens_on else ""


def _why_returned(correction: SelfAssessment, row: SelfAssessmentRow) -> str:
    days = (row.today - local_day(correction.started_at)).days
    since = f"ส่งกลับเมื่อ {days} วันก่อน" if days else "ส่งกลับวันนี้"
    return f"{since}: {row.versions[-2].return_reason}" if row.may_read else since


def _who_confirmed(assessment: SelfAssessment, *, may_read: bool) -> str:
    day = short_date(assessment.confirmed_at) if assessment.confirmed_at else ""
    if not may_read:
        return day
    who = f"{day} โดย{assessment.confirmed_as}"
    lacking = assessment.indicators_without_evidence_count
    return f"{who} · ขาดหลักฐาน {lacking} ข้อ" if lacking else who
