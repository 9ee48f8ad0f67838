from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from schools.access import Permission, appointments_in_force, can, rights_of
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.thai import local_day
from schools.core.url_cache import cached_url
from schools.enums import SCHOOL_ROLES
from schools.models import User
from supervision.assessments.models import RoundScopedQuerySet
from supervision.criteria.models import Indicator
from supervision.improvement.enums import (
    OFFICE_ASSIGNEES,
    Assignee,
    RecommendationAction,
    RecommendationState,
    SummaryAction,
    SummaryState,
)
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.workflow.models import (
    RevisableModel,
    TransitionRule,
    WorkflowModel,
    fields_required_in_states,
)

AWAITING_ASSIGNEE_STATES = (RecommendationState.OPEN, RecommendationState.IN_PROGRESS)
OPEN_RECOMMENDATION_STATES = (*AWAITING_ASSIGNEE_STATES, RecommendationState.DONE)


def days_until_closed(agreed_at: datetime | None, closed_at: datetime | None) -> int | None:
    """Days from the school's agreement to a recommendation until it was closed, if it was."""
    if agreed_at is None or closed_at is None:
        return None
    return (local_day(closed_at) - local_day(agreed_at)).days


class RecommendationQuerySet(RoundScopedQuerySet):
    """Recommendations of the ledger."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What is new in a reopened summary is seen in the office only until it is proposed."""
        rows = super().visible_to(user)
        if rights_of(user).allows(Permission.VIEW_AREA):
            return rows
        reopened = Q(
            round__summary__state=SummaryState.DRAFT, round__summary__first_agreed_at__isnull=False
        )
        return rows.exclude(reopened, agreed_at=None)

    def not_withdrawn(self) -> Self:
        """All but those withdrawn because they were given by mistake."""
        return self.exclude(state=RecommendationState.WITHDRAWN)

    def agreed(self) -> Self:
        """Recommendations that the school has agreed to."""
        return self.not_withdrawn().exclude(agreed_at=None)

    def still_open(self) -> Self:
        """Recommendations that nobody has closed with proof, whatever was reported."""
        return self.filter(state__in=OPEN_RECOMMENDATION_STATES)

    def assigned_to(self, user: User) -> Self:
        """Recommendations that the user's position carries out.

        A school's post at the school, a supervisor's at those in charge, the office's everywhere.
        """
        in_charge = rights_of(user).schools(Permission.RECORD_VISIT)
        owned = Q(assignee=Assignee.SUPERVISOR, round__school__in=in_charge)
        for post in appointments_in_force(user):
            if post.role in SCHOOL_ROLES:
                owned |= Q(assignee=post.role, round__school=post.school_id)
            elif post.role in OFFICE_ASSIGNEES:
                owned |= Q(assignee=post.role)
        return self.filter(owned)


class ProgressReportQuerySet(SchoolScopedQuerySet):
    """Reports on what was done about recommendations."""

    school_path = "recommendation__round__school"


class Summary(RevisableModel):
    """Strengths, points to improve and guidelines, agreed with the school (step 6)."""

    TRANSITIONS = {
        SummaryAction.DRAFT: TransitionRule("เริ่มสรุปผล", ("",), SummaryState.DRAFT),
        SummaryAction.EDIT: TransitionRule(
            "แก้ไขข้อความสรุป", (SummaryState.DRAFT,), SummaryState.DRAFT
        ),
        SummaryAction.PROPOSE: TransitionRule(
            "เสนอโรงเรียน", (SummaryState.DRAFT,), SummaryState.PROPOSED
        ),
        SummaryAction.RETURN: TransitionRule(
            "ขอให้ปรับสรุปผล", (SummaryState.PROPOSED,), SummaryState.DRAFT, needs_reason=True
        ),
        SummaryAction.AGREE: TransitionRule(
            "เห็นชอบสรุปผล", (SummaryState.PROPOSED,), SummaryState.AGREED
        ),
        SummaryAction.REOPEN: TransitionRule(
            "เปิดสรุปผลให้แก้ไขอีกครั้ง",
            (SummaryState.AGREED,),
            SummaryState.DRAFT,
            needs_reason=True,
        ),
    }
    REVISION_COPIES = (
        "strengths",
        "improvement_points",
        "guidelines",
        "agreed_at",
        "agreed_by",
        "agreed_as",
    )
    REVISION_RESETS = (
        "round",
        "state",
        "first_agreed_at",
    )

    round = models.OneToOneField(Round, models.PROTECT, related_name="summary")
    state = models.CharField("สถานะ", max_length=20, choices=SummaryState)
    strengths = models.TextField("จุดเด่น", blank=True)
    improvement_points = models.TextField("จุดควรพัฒนา", blank=True)
    guidelines = models.TextField("แนวทางปรับปรุงแก้ไข", blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_as = models.CharField(max_length=200, blank=True)
    # Kept when it is opened again: what was agreed in time is not late by being put right.
    first_agreed_at = models.DateTimeField(null=True, blank=True)

    objects = RoundScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "สรุปผลการนิเทศ"
        verbose_name_plural = verbose_name
        constraints = (
            fields_required_in_states(
                "agreed_summary_names_who_and_when", [SummaryState.AGREED], "agreed_at", "agreed_by"
            ),
        )

    def __str__(self) -> str:
        return f"สรุปผลการนิเทศ {self.round}"

    def get_absolute_url(self) -> str:
        return cached_url("summary", self.pk)

    @property
    def is_reopened(self) -> bool:
        return self.state != SummaryState.AGREED and self.first_agreed_at is not None

    def version_for(self, user: User) -> "Summary | AgreedSummaryVersion":
        """The summary's texts as the person may read them.

        While an agreed summary is being put right, who is not of the office goes on reading
        what was agreed to.
        """
        in_office = rights_of(user).allows(Permission.VIEW_AREA)
        if in_office or not self.is_reopened or self.state != SummaryState.DRAFT:
            return self
        return self.agreed_versions.latest("agreed_at")


class AgreedSummaryVersion(models.Model):
    """What a summary said when the school agreed to it, kept when it is opened again."""

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="agreed_versions")
    strengths = models.TextField("จุดเด่น")
    improvement_points = models.TextField("จุดควรพัฒนา")
    guidelines = models.TextField("แนวทางปรับปรุงแก้ไข")
    agreed_at = models.DateTimeField("เห็นชอบเมื่อ")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreed_as = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "สรุปผลที่เคยเห็นชอบ"
        verbose_name_plural = verbose_name
        ordering = ("-agreed_at",)

    def __str__(self) -> str:
        return f"{self.summary} {self.agreed_at}"


class Recommendation(WorkflowModel):
    """A recommendation with its assignee and due date; closed only with proof."""

    TRANSITIONS = {
        RecommendationAction.GIVE: TransitionRule("ให้ข้อเสนอแนะ", ("",), RecommendationState.OPEN),
        RecommendationAction.EDIT: TransitionRule(
            "แก้ไขข้อเสนอแนะ",
            (RecommendationState.OPEN,),
            RecommendationState.OPEN,
            needs_reason=True,
        ),
        RecommendationAction.REPORT: TransitionRule(
            "รายงานความก้าวหน้า",
            AWAITING_ASSIGNEE_STATES,
            RecommendationState.IN_PROGRESS,
        ),
        RecommendationAction.ADD: TransitionRule(
            "รายงานเพิ่มเติม", (RecommendationState.DONE,), RecommendationState.DONE
        ),
        RecommendationAction.REPORT_DONE: TransitionRule(
            "รายงานว่าดำเนินการเสร็จ", OPEN_RECOMMENDATION_STATES, RecommendationState.DONE
        ),
        RecommendationAction.RETURN: TransitionRule(
            "ยังไม่ปิดข้อเสนอแนะ",
            (RecommendationState.DONE,),
            RecommendationState.IN_PROGRESS,
            needs_reason=True,
        ),
        RecommendationAction.CLOSE: TransitionRule(
            "ปิดข้อเสนอแนะ", OPEN_RECOMMENDATION_STATES, RecommendationState.CLOSED
        ),
        RecommendationAction.WITHDRAW: TransitionRule(
            "ถอนข้อเสนอแนะ",
            OPEN_RECOMMENDATION_STATES,
            RecommendationState.WITHDRAWN,
            needs_reason=True,
        ),
    }

    round = models.ForeignKey(Round, models.PROTECT, related_name="recommendations")
    state = models.CharField("สถานะ", max_length=20, choices=RecommendationState)
    visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name="มาจากการนิเทศ",
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ตัวชี้วัด"
    )
    text = models.TextField("ข้อเสนอแนะ")
    assignee = models.CharField("ผู้รับผิดชอบ", max_length=30, choices=Assignee)
    due_on = models.DateField("กำหนดเสร็จ")
    # Followed up from then on, even while its summary is opened again.
    agreed_at = models.DateTimeField("โรงเรียนเห็นชอบเมื่อ", null=True, blank=True)
    proof = models.TextField("หลักฐานการดำเนินการ", blank=True)
    closed_on_visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="closed_recommendations",
        verbose_name="ตรวจพบในการนิเทศ",
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = "ข้อเสนอแนะ"
        verbose_name_plural = verbose_name
        ordering = ("due_on", "pk")
        constraints = (
            fields_required_in_states(
                "closed_recommendation_names_who_and_when",
                [RecommendationState.CLOSED],
                "closed_at",
                "closed_by",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecommendationState.CLOSED) | ~Q(proof=""),
                name="closed_recommendation_has_proof",
                violation_error_message="โปรดระบุหลักฐานก่อนปิดข้อเสนอแนะ",
            ),
        )

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return cached_url("recommendation", self.pk)

    def is_overdue(self, today: date) -> bool:
        """Reported as done it waits for who checks it, and its assignee is late no more."""
        return self.state in AWAITING_ASSIGNEE_STATES and self.due_on < today

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_RECOMMENDATION_STATES

    def may_be_reported_on_by(self, user: User) -> bool:
        """Its school says what was done; what the office owes, also who holds the post it names."""
        if can(user, Permission.REPORT_PROGRESS, self.round.school_id):
            return True
        owes = any(post.role == self.assignee for post in appointments_in_force(user))
        return self.assignee in OFFICE_ASSIGNEES and owes

    @property
    def days_to_close(self) -> int | None:
        return days_until_closed(self.agreed_at, self.closed_at)

    @property
    def is_agreed(self) -> bool:
        """Whether the school has agreed to it, as the queryset's `agreed` asks of many."""
        return self.agreed_at is not None and not self.is_withdrawn

    @property
    def is_withdrawn(self) -> bool:
        return self.state == RecommendationState.WITHDRAWN


class ProgressReport(models.Model):
    """A report of the school (or another assignee) on what was done about a recommendation."""

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="progress_reports"
    )
    text = models.TextField("สิ่งที่ดำเนินการ")
    is_done = models.BooleanField("ดำเนินการเสร็จแล้ว", default=False)
    file = models.FileField(upload_to="progress/%Y/%m/", blank=True)
    file_name = models.CharField("ชื่อไฟล์", max_length=200, blank=True)
    # Of the people in a photo (for a child, a parent): they agreed to be shown.
    has_consent = models.BooleanField("ได้รับความยินยอมจากผู้ที่อยู่ในภาพหรือผู้ปกครองแล้ว", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = "รายงานความก้าวหน้า"
        verbose_name_plural = verbose_name
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(text=""),
                name="progress_report_says_something",
                violation_error_message="โปรดระบุสิ่งที่ดำเนินการ",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def has_photo(self) -> bool:
        """Whether its file is a photo; schools.core.uploads keeps every photo as a JPEG."""
        return (self.file.name or "").endswith(".jpg")
