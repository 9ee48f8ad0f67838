from collections.abc import Collection
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from schools.access import Permission, appointments_in_force, can, rights_of
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.thai import local_day
from schools.core.url_cache import cached_url
from schools.enums import SCHOOL_ROLES
from schools.models import School, User
from supervision.criteria.models import Indicator
from supervision.improvement.enums import (
    OFFICE_ASSIGNEES,
    AdviceOrigin,
    Assignee,
    RecommendationAction,
    RecommendationState,
    SummaryState,
)
from supervision.profiles.models import ExternalAssessment
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states

AWAITING_ASSIGNEE_STATES = (RecommendationState.OPEN, RecommendationState.IN_PROGRESS)
OPEN_RECOMMENDATION_STATES = (*AWAITING_ASSIGNEE_STATES, RecommendationState.DONE)


def days_until_closed(agreed_at: datetime | None, closed_at: datetime | None) -> int | None:
    """Days from the school's agreement to a recommendation until it was closed, if it was."""
    if agreed_at is None or closed_at is None:
        return None
    return (local_day(closed_at) - local_day(agreed_at)).days


def followed_up_at(schools: Collection[int] | QuerySet[School]) -> Q:
    """Recommendations that these schools follow up today.

    What was said from outside about a school that has merged goes on at the school it was merged
    into, or at the one that took that over; what a round of it was advised ends with the school.
    """
    today = timezone.localdate()
    moved = Q(
        origin=AdviceOrigin.EXTERNAL_ASSESSMENT,
        school__merged_into__isnull=False,
        school__closed_on__lte=today,
    )
    moved_again = moved & Q(
        school__merged_into__merged_into__isnull=False, school__merged_into__closed_on__lte=today
    )
    return (
        (Q(school__in=schools) & ~moved)
        | (moved & ~moved_again & Q(school__merged_into__in=schools))
        | (moved_again & Q(school__merged_into__merged_into__in=schools))
    )


def receiving_school(school: School) -> School:
    """The school that goes on with what was said from outside: itself, or whom it merged into."""
    today = timezone.localdate()
    while school.merged_into and not school.is_open_on(today):
        school = school.merged_into
    return school


class RecommendationQuerySet(SchoolScopedQuerySet):
    """Recommendations of the ledger."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Findings from outside by who knows the school's profile, the rest by who sees the school.

        What is new in a reopened summary is seen in the office only until it is proposed.
        """
        rights = rights_of(user)
        external = Q(origin=AdviceOrigin.EXTERNAL_ASSESSMENT)
        own_work = ~external
        if not rights.allows(Permission.VIEW_SCHOOL):
            own_work &= Q(school__in=rights.schools(Permission.VIEW_SCHOOL))
        if not rights.allows(Permission.VIEW_PROFILE):
            known = rights.schools(Permission.VIEW_PROFILE)
            external &= Q(school__in=known) | followed_up_at(known)
        rows = self.filter(own_work | external)
        if rights.allows(Permission.VIEW_AREA):
            return rows
        reopened = Q(
            round__summary__state=SummaryState.DRAFT, round__summary__first_agreed_at__isnull=False
        )
        return rows.exclude(reopened, agreed_at=None)

    def of_rounds(self) -> Self:
        """Those that a round's summary gives: the only ones in figures and papers of a term."""
        return self.filter(origin=AdviceOrigin.ROUND)

    def not_withdrawn(self) -> Self:
        """All but those withdrawn because they were given by mistake."""
        return self.exclude(state=RecommendationState.WITHDRAWN)

    def agreed(self) -> Self:
        """Recommendations in force: agreed to by the school, or recorded from outside."""
        return self.not_withdrawn().exclude(agreed_at=None)

    def still_open(self) -> Self:
        """Recommendations that nobody has closed with proof, whatever was reported."""
        return self.filter(state__in=OPEN_RECOMMENDATION_STATES)

    def assigned_to(self, user: User) -> Self:
        """Recommendations that the user's position carries out.

        A school's post at the school, a supervisor's at those in charge, the office's everywhere.
        """
        in_charge = rights_of(user).schools(Permission.RECORD_VISIT)
        owned = Q(assignee=Assignee.SUPERVISOR) & followed_up_at(in_charge)
        for post in appointments_in_force(user):
            if post.role in SCHOOL_ROLES:
                owned |= Q(assignee=post.role) & followed_up_at([post.school_id])
            elif post.role in OFFICE_ASSIGNEES:
                owned |= Q(assignee=post.role)
        return self.filter(owned)


class ProgressReportQuerySet(models.QuerySet):
    """Reports on what was done about recommendations."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Reports on the recommendations that the user may see."""
        return self.filter(recommendation__in=Recommendation.objects.visible_to(user))


class Recommendation(WorkflowModel):
    """A recommendation with its assignee and due date; closed only with proof.

    One of a round is in force once the school agrees to the round's summary. One of another
    origin belongs to no round and is in force when it is recorded; one of a drive says in
    `origin_detail` which agreement or mentoring visit it comes from.
    """

    TRANSITIONS = {
        RecommendationAction.GIVE: TransitionRule("ให้ข้อเสนอแนะ", ("",), RecommendationState.OPEN),
        RecommendationAction.RECORD: TransitionRule(
            "บันทึกข้อเสนอแนะจากภายนอก", ("",), RecommendationState.OPEN
        ),
        RecommendationAction.RECORD_FROM_DRIVE: TransitionRule(
            "บันทึกจากการขับเคลื่อนคุณภาพ", ("",), RecommendationState.OPEN
        ),
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

    school = models.ForeignKey(
        School, models.PROTECT, related_name="recommendations", verbose_name="โรงเรียน"
    )
    origin = models.CharField(
        "ที่มา", max_length=30, choices=AdviceOrigin, default=AdviceOrigin.ROUND
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    external_assessment = models.ForeignKey(
        ExternalAssessment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name="การประเมินภายนอก",
    )
    origin_detail = models.CharField("รายละเอียดของที่มา", max_length=200, blank=True)
    origin_is_sample = models.BooleanField("ตัวอย่าง", default=False)
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
    # Followed up from then on, even while its summary is opened again; of another origin, the
    # moment it was recorded.
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
            models.CheckConstraint(
                condition=Q(
                    origin=AdviceOrigin.ROUND,
                    round__isnull=False,
                    external_assessment=None,
                    origin_detail="",
                )
                | Q(
                    origin=AdviceOrigin.EXTERNAL_ASSESSMENT,
                    external_assessment__isnull=False,
                    round=None,
                    visit=None,
                    agreed_at__isnull=False,
                    origin_detail="",
                )
                | Q(
                    ~Q(origin_detail=""),
                    origin=AdviceOrigin.QUALITY_DRIVE,
                    external_assessment=None,
                    round=None,
                    agreed_at__isnull=False,
                ),
                name="recommendation_names_its_origin",
            ),
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

    @property
    def is_external(self) -> bool:
        return self.origin == AdviceOrigin.EXTERNAL_ASSESSMENT

    @property
    def is_of_drive(self) -> bool:
        return self.origin == AdviceOrigin.QUALITY_DRIVE

    @property
    def given_in(self) -> Round:
        """The round that gave it. Raises ValueError for advice of another origin."""
        if self.round is None:
            raise ValueError(f"recommendation {self.pk} is of no round")
        return self.round

    @property
    def following_school(self) -> School:
        """The school that follows it up, of which `followed_up_at` asks for many."""
        return receiving_school(self.school) if self.is_external else self.school

    @property
    def origin_text(self) -> str:
        """Where it comes from, as lists say it: its term, who assessed when, or the agreement."""
        if self.external_assessment:
            return f"{self.get_origin_display()} {self.external_assessment.title}"
        if self.is_of_drive:
            return f"{self.get_origin_display()} {self.origin_detail}"
        return f"ภาคเรียนที่ {self.given_in.term}"

    @property
    def is_sample(self) -> bool:
        if self.is_of_drive:
            return self.origin_is_sample
        source = self.external_assessment or self.given_in
        return source.is_sample

    @property
    def followed_up_since(self) -> date:
        """The first day of the term that gave it, or the day on which it was recorded."""
        if self.round:
            return self.round.term.opens_on
        if self.agreed_at is None:
            raise ValueError(f"recommendation {self.pk} is of no round and not recorded")
        return local_day(self.agreed_at)

    def may_be_reported_on_by(self, user: User) -> bool:
        """Its school says what was done; what the office owes, also who holds the post it names."""
        if can(user, Permission.REPORT_PROGRESS, self.following_school.pk):
            return True
        owes = any(post.role == self.assignee for post in appointments_in_force(user))
        return self.is_owed_by_office and owes

    @property
    def is_owed_by_office(self) -> bool:
        """Whether a post of the office carries it out, for whatever school."""
        return self.assignee in OFFICE_ASSIGNEES

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
