"""The decision on a round, and what a later meeting changed of it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from supervision.assessments.models import RoundScopedQuerySet
from supervision.committees.models import Meeting
from supervision.practices.enums import (
    DecisionAction,
    DecisionResult,
)
from supervision.rounds.models import Round
from supervision.workflow.models import TransitionRule, WorkflowModel


class Decision(WorkflowModel):
    """The unit's decision on a round, with its reason and ก.ต.ป.น. meeting (step 5).

    ไม่บรรลุ opens the next round. The result is changed by nothing but a later meeting's resolution
    (ResultCorrection); what was mistyped is corrected, with a reason. `proposed` is what the sets'
    rules proposed on that day, empty where they proposed nothing; a decision against it says why in
    `against_reason`.
    """

    TRANSITIONS = {
        DecisionAction.ACHIEVE: TransitionRule("พิจารณาว่าบรรลุ", ("",), DecisionResult.ACHIEVED),
        DecisionAction.NOT_ACHIEVE: TransitionRule(
            "พิจารณาว่าไม่บรรลุ", ("",), DecisionResult.NOT_ACHIEVED
        ),
        DecisionAction.CORRECT_ACHIEVED: TransitionRule(
            "แก้ไขการประชุมที่พิจารณา",
            (DecisionResult.ACHIEVED,),
            DecisionResult.ACHIEVED,
            needs_reason=True,
        ),
        DecisionAction.CORRECT_NOT_ACHIEVED: TransitionRule(
            "แก้ไขการประชุมที่พิจารณา",
            (DecisionResult.NOT_ACHIEVED,),
            DecisionResult.NOT_ACHIEVED,
            needs_reason=True,
        ),
        DecisionAction.CORRECT_REASON_ACHIEVED: TransitionRule(
            "แก้ไขเหตุผลของผลการพิจารณา",
            (DecisionResult.ACHIEVED,),
            DecisionResult.ACHIEVED,
            needs_reason=True,
        ),
        DecisionAction.CORRECT_REASON_NOT_ACHIEVED: TransitionRule(
            "แก้ไขเหตุผลของผลการพิจารณา",
            (DecisionResult.NOT_ACHIEVED,),
            DecisionResult.NOT_ACHIEVED,
            needs_reason=True,
        ),
        DecisionAction.CHANGE_TO_ACHIEVED: TransitionRule(
            "แก้ไขผลเป็นบรรลุตามมติที่ประชุม",
            (DecisionResult.NOT_ACHIEVED,),
            DecisionResult.ACHIEVED,
            needs_reason=True,
        ),
        DecisionAction.CHANGE_TO_NOT_ACHIEVED: TransitionRule(
            "แก้ไขผลเป็นไม่บรรลุตามมติที่ประชุม",
            (DecisionResult.ACHIEVED,),
            DecisionResult.NOT_ACHIEVED,
            needs_reason=True,
        ),
    }

    round = models.OneToOneField(Round, models.PROTECT, related_name="decision")
    state = models.CharField("ผลการพิจารณา", max_length=20, choices=DecisionResult)
    reason = models.TextField("เหตุผล")
    proposed = models.CharField("ผลที่ระบบเสนอ", max_length=20, choices=DecisionResult, blank=True)
    against_reason = models.TextField("เหตุผลที่พิจารณาต่างจากผลที่ระบบเสนอ", blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="decisions", verbose_name="การประชุม ก.ต.ป.น."
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_as = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField()

    objects = RoundScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "ผลการพิจารณา"
        verbose_name_plural = verbose_name
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="decision_gives_its_reason",
                violation_error_message="โปรดระบุเหตุผลของผลการพิจารณา",
            ),
            models.CheckConstraint(
                condition=Q(proposed="") | Q(proposed=F("state")) | ~Q(against_reason=""),
                name="decision_against_the_proposal_says_why",
                violation_error_message="โปรดระบุเหตุผลที่พิจารณาต่างจากผลที่ระบบเสนอ",
            ),
        )

    def __str__(self) -> str:
        return f"{self.round}: {self.get_state_display()}"

    @property
    def meeting_no(self) -> str:
        """The number of the meeting, as 4/2569."""
        return self.meeting.label

    @property
    def meeting_on(self) -> date:
        return self.meeting.held_on

    @property
    def is_against_proposal(self) -> bool:
        return bool(self.against_reason)

    @property
    def is_achieved(self) -> bool:
        return self.state == DecisionResult.ACHIEVED

    @property
    def other_result(self) -> DecisionResult:
        """The result to which a meeting may change this one."""
        return DecisionResult.NOT_ACHIEVED if self.is_achieved else DecisionResult.ACHIEVED

    @property
    def proposed_result(self) -> DecisionResult | None:
        """What the rules proposed on that day; None where they proposed nothing."""
        return DecisionResult(self.proposed) if self.proposed else None


class ResultCorrection(models.Model):
    """A later meeting's resolution that changed a decided result, with what it was before.

    `withdrawn_changes` is what was to change in the round that ไม่บรรลุ had opened, where the
    correction took that round back.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="corrections")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="result_corrections")
    result = models.CharField("ผลที่แก้ไขเป็น", max_length=20, choices=DecisionResult)
    reason = models.TextField("เหตุผลที่แก้ไขผล")
    previous_reason = models.TextField("เหตุผลเดิม")
    previous_against_reason = models.TextField("เหตุผลเดิมที่ต่างจากผลที่ระบบเสนอ", blank=True)
    previous_meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="corrected_results")
    withdrawn_changes = models.TextField("สิ่งที่จะปรับของรอบที่ถอน", blank=True)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    corrected_as = models.CharField(max_length=200, blank=True)
    corrected_at = models.DateTimeField()

    class Meta:
        verbose_name = "การแก้ไขผลโดยมติที่ประชุม"
        verbose_name_plural = verbose_name
        ordering = ("corrected_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="result_correction_gives_its_reason",
                violation_error_message="โปรดระบุเหตุผลที่ที่ประชุมมีมติแก้ไขผล",
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision.round}: แก้ไขเป็น{self.get_result_display()}"

    @property
    def previous_result(self) -> DecisionResult:
        was_achieved = self.result == DecisionResult.NOT_ACHIEVED
        return DecisionResult.ACHIEVED if was_achieved else DecisionResult.NOT_ACHIEVED
