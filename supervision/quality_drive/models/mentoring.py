"""Mentoring visits of a drive (M, step 6), and what the committees report on it (step 3)."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from schools.access import Permission, clusters_with, rights_of
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.url_cache import cached_url
from schools.models import User
from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Committee
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.mentoring.enums import MonitoringAction, MonitoringState
from supervision.quality_drive.models.drives import QualityDrive
from supervision.visits.models import Visit
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states


class MentoringQuerySet(SchoolScopedQuerySet):
    """Mentoring visits."""

    school_path = "visit__round__school"


class Mentoring(models.Model):
    """What a visit of kind "mentoring" is about, and how both sides look back on it.

    Planning, team, signing and acknowledging are the visit's own. Its advice goes into the ledger.
    """

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="mentoring")
    drive = models.ForeignKey(QualityDrive, models.PROTECT, related_name="mentoring_visits")
    observed = models.TextField("สิ่งที่พบ", blank=True)
    supervisor_reflection = models.TextField("การสะท้อนผลของผู้นิเทศ", blank=True)
    school_reflection = models.TextField("การสะท้อนผลของผู้รับการนิเทศ", blank=True)
    next_steps = models.TextField("สิ่งที่จะทำต่อไปร่วมกัน", blank=True)

    objects = MentoringQuerySet.as_manager()

    class Meta:
        verbose_name = "การลงพื้นที่ให้คำปรึกษา"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"การให้คำปรึกษา {self.visit}"


class MentoringDimension(models.Model):
    """A dimension that a mentoring visit is about."""

    mentoring = models.ForeignKey(Mentoring, models.CASCADE, related_name="dimensions")
    code = models.CharField("ด้าน", max_length=5, choices=DimensionCode)

    class Meta:
        verbose_name = "ด้านที่ให้คำปรึกษา"
        verbose_name_plural = verbose_name
        ordering = ("mentoring", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("mentoring", "code"), name="one_mentoring_dimension_per_code"
            ),
        )

    def __str__(self) -> str:
        return self.get_code_display()


class MonitoringReportQuerySet(models.QuerySet["MonitoringReport"]):
    """What committees report on the drives."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All for who manages the drive; submitted ones for who sees the area; one's own body's."""
        rights = rights_of(user)
        if rights.allows(Permission.MANAGE_DRIVE):
            return self
        seen = Q(committee__in=Committee.objects.filter(monitoring_bodies_q(user)).values("pk"))
        if rights.allows(Permission.VIEW_AREA):
            seen |= Q(state=MonitoringState.SUBMITTED)
        return self.filter(seen)


def monitoring_bodies_q(user: User | AnonymousUser) -> Q:
    """The committees for which the person monitors: ก.ต.ป.น., or the อ.ก.ต.ป.น. of a cluster."""
    clusters = clusters_with(user, Permission.MONITOR_DRIVE) if user.is_authenticated else set()
    bodies = Q(kind=CommitteeKind.SUBCOMMITTEE, cluster__in=clusters)
    if rights_of(user).allows(Permission.MONITOR_DRIVE):
        bodies |= Q(kind=CommitteeKind.AREA)
    return bodies


class MonitoringReport(WorkflowModel):
    """What ก.ต.ป.น. or an อ.ก.ต.ป.น. reports to the office on how the drive goes (M, 3)."""

    TRANSITIONS = {
        MonitoringAction.DRAFT: TransitionRule("เริ่มรายงานการติดตาม", ("",), MonitoringState.DRAFT),
        MonitoringAction.EDIT: TransitionRule(
            "แก้ไขรายงานการติดตาม", (MonitoringState.DRAFT,), MonitoringState.DRAFT
        ),
        MonitoringAction.SUBMIT: TransitionRule(
            "รายงานสำนักงาน", (MonitoringState.DRAFT,), MonitoringState.SUBMITTED
        ),
        MonitoringAction.REOPEN: TransitionRule(
            "เปิดแก้ไขรายงานการติดตาม",
            (MonitoringState.SUBMITTED,),
            MonitoringState.DRAFT,
            needs_reason=True,
        ),
    }

    drive = models.ForeignKey(QualityDrive, models.PROTECT, related_name="monitoring_reports")
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="monitoring_reports", verbose_name="คณะ"
    )
    state = models.CharField("สถานะ", max_length=20, choices=MonitoringState)
    starts_on = models.DateField("ตั้งแต่วันที่")
    ends_on = models.DateField("ถึงวันที่")
    progress = models.TextField("ความก้าวหน้าที่พบ")
    problems = models.TextField("ปัญหาและอุปสรรค", blank=True)
    proposals = models.TextField("ข้อเสนอแนะต่อสำนักงาน", blank=True)
    submitted_at = models.DateTimeField("รายงานเมื่อ", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_as = models.CharField(max_length=200, blank=True)
    # The counts of its schools on the day it was submitted (mentoring/monitored_figures.py).
    figures = models.JSONField("ข้อมูลประกอบ ณ วันที่รายงาน", null=True, blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = MonitoringReportQuerySet.as_manager()

    class Meta:
        verbose_name = "รายงานการติดตามการขับเคลื่อน"
        verbose_name_plural = verbose_name
        ordering = ("-ends_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="monitoring_report_ends_after_start",
                violation_error_message="วันสุดท้ายต้องไม่ก่อนวันแรก",
            ),
            fields_required_in_states(
                "submitted_monitoring_report_says_who_and_when",
                [MonitoringState.SUBMITTED],
                "submitted_at",
                "submitted_by",
            ),
        )

    def __str__(self) -> str:
        return f"รายงานการติดตามของ {self.committee.short_name}"

    def get_absolute_url(self) -> str:
        return cached_url("monitoring_report", self.pk)

    @property
    def is_submitted(self) -> bool:
        return self.state == MonitoringState.SUBMITTED
