from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from schools.models import School, Term
from supervision.profiles.confirmation.enums import (
    ConfirmationAction,
    ConfirmationState,
    DataKind,
    IssueAction,
    IssueState,
)
from supervision.profiles.querysets import ProfileQuerySet
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states


class ConfirmationRequest(models.Model):
    """The unit asks all schools to confirm their data in a term (step 1).

    A term without one asks nothing. Nothing is confirmed before `opens_on`; what is confirmed
    after `closes_on` is taken and counts as late.
    """

    term = models.OneToOneField(Term, models.PROTECT, related_name="confirmation_request")
    opens_on = models.DateField("วันที่เริ่ม")
    closes_on = models.DateField("ภายในวันที่", null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "การขอให้โรงเรียนยืนยันข้อมูล"
        verbose_name_plural = verbose_name
        ordering = ("-opens_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="data_request_closes_after_it_opens",
                violation_error_message="วันสุดท้ายต้องไม่ก่อนวันที่เริ่ม",
            ),
        )

    def __str__(self) -> str:
        return f"การยืนยันข้อมูล ภาคเรียนที่ {self.term}"

    def has_opened(self, on: date) -> bool:
        return self.opens_on <= on


class DataConfirmation(WorkflowModel):
    """A school says once a term that what is known of it is right, apart from what it reported.

    `figures` are the data as they stood that moment, kind by kind. What changes afterwards is
    shown beside them and takes nothing back.
    """

    TRANSITIONS = {
        ConfirmationAction.PREPARE: TransitionRule(
            "ตรวจข้อมูลและแจ้งผู้อำนวยการ", ("",), ConfirmationState.DRAFT
        ),
        ConfirmationAction.CONFIRM: TransitionRule(
            "ยืนยันข้อมูล", ("", ConfirmationState.DRAFT), ConfirmationState.CONFIRMED
        ),
    }

    school = models.ForeignKey(School, models.PROTECT, related_name="data_confirmations")
    request = models.ForeignKey(ConfirmationRequest, models.PROTECT, related_name="confirmations")
    state = models.CharField("สถานะ", max_length=20, choices=ConfirmationState)
    confirmed_at = models.DateTimeField("ยืนยันเมื่อ", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_as = models.CharField("ตำแหน่งผู้ยืนยัน", max_length=200, blank=True)
    figures = models.JSONField("ข้อมูลที่ยืนยัน", null=True, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "การยืนยันข้อมูลของโรงเรียน"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("school", "request"), name="one_data_confirmation_per_request"
            ),
            fields_required_in_states(
                "data_confirmed_by_whom_and_when",
                [ConfirmationState.CONFIRMED],
                "confirmed_at",
                "confirmed_by",
                "figures",
            ),
        )

    def __str__(self) -> str:
        return f"{self.request} {self.school}"


class DataIssue(WorkflowModel):
    """A school says that data which somebody else keeps are wrong, and what they should be."""

    TRANSITIONS = {
        IssueAction.REPORT: TransitionRule("แจ้งว่าข้อมูลไม่ถูกต้อง", ("",), IssueState.OPEN),
        IssueAction.CORRECT: TransitionRule(
            "แก้ไขข้อมูลตามที่แจ้ง", (IssueState.OPEN,), IssueState.CORRECTED
        ),
        IssueAction.KEEP: TransitionRule(
            "คงข้อมูลเดิม", (IssueState.OPEN,), IssueState.KEPT, needs_reason=True
        ),
    }

    school = models.ForeignKey(School, models.PROTECT, related_name="data_issues")
    data_kind = models.CharField("ข้อมูล", max_length=20, choices=DataKind)
    text = models.CharField("สิ่งที่ไม่ถูกต้อง", max_length=500)
    should_be = models.CharField("ที่ถูกต้องคือ", max_length=500)
    state = models.CharField("สถานะ", max_length=20, choices=IssueState)
    reported_at = models.DateTimeField("แจ้งเมื่อ")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.CharField("คำตอบ", max_length=500, blank=True)
    answered_at = models.DateTimeField("ตอบเมื่อ", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "ข้อมูลที่โรงเรียนแจ้งว่าไม่ถูกต้อง"
        verbose_name_plural = verbose_name
        ordering = ("-reported_at", "-pk")
        constraints = (
            fields_required_in_states(
                "answered_data_issue_names_who_and_when",
                [IssueState.CORRECTED, IssueState.KEPT],
                "answered_at",
                "answered_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_data_kind_display()}: {self.text}"

    @property
    def is_open(self) -> bool:
        return self.state == IssueState.OPEN


class DataAnswer(models.Model):
    """What a school answered to a question about its data.

    It holds as long as the question reads the same: other figures ask another question.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="data_answers")
    question = models.CharField("คำถาม", max_length=300)
    text = models.CharField("คำตอบ", max_length=300)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "คำตอบเรื่องข้อมูลของโรงเรียน"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(fields=("school", "question"), name="one_answer_per_question"),
        )

    def __str__(self) -> str:
        return f"{self.question} {self.text}"
