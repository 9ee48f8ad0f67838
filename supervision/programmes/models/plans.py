from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from schools.access import Permission, rights_of
from schools.core.thai import fiscal_year_days
from schools.core.url_cache import cached_url
from schools.models import User
from supervision.programmes.plans.enums import PlanAction, PlanSourceKind, PlanState
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states


class SupervisionPlanQuerySet(models.QuerySet["SupervisionPlan"]):
    """Plans of all fiscal years."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The office's own paper: who sees the area reads it."""
        return self if rights_of(user).allows(Permission.VIEW_AREA) else self.none()


class SupervisionPlan(WorkflowModel):
    """The plan of one fiscal year for developing the supervision system (manual P1, step 3).

    `fiscal_year` is in the Buddhist Era and named by the year in which it ends. Once approved,
    the plan's texts and activities change by actions that say why.
    """

    TRANSITIONS = {
        PlanAction.DRAFT: TransitionRule("เริ่มร่างแผน", ("",), PlanState.DRAFT),
        PlanAction.UPDATE: TransitionRule("แก้ไขข้อความของแผน", (PlanState.DRAFT,), PlanState.DRAFT),
        PlanAction.PROPOSE: TransitionRule("เสนอขออนุมัติแผน", (PlanState.DRAFT,), PlanState.PROPOSED),
        PlanAction.RETURN: TransitionRule(
            "ส่งแผนกลับให้แก้ไข", (PlanState.PROPOSED,), PlanState.DRAFT, needs_reason=True
        ),
        PlanAction.APPROVE: TransitionRule("อนุมัติแผน", (PlanState.PROPOSED,), PlanState.APPROVED),
        PlanAction.CHANGE_APPROVED: TransitionRule(
            "แก้ไขแผนหลังอนุมัติ", (PlanState.APPROVED,), PlanState.APPROVED, needs_reason=True
        ),
    }

    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ", unique=True)
    state = models.CharField("สถานะ", max_length=20, choices=PlanState)
    analysis = models.TextField("ผลการวิเคราะห์ภาระงาน นโยบาย และข้อมูลสารสนเทศ", blank=True)
    aims = models.TextField("เป้าหมายของแผน", blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_as = models.CharField(max_length=200, blank=True)

    objects = SupervisionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "แผนส่งเสริมและพัฒนาระบบการนิเทศ"
        verbose_name_plural = verbose_name
        ordering = ("-fiscal_year",)
        constraints = (
            fields_required_in_states(
                "approved_plan_names_who_and_when",
                [PlanState.APPROVED],
                "approved_at",
                "approved_by",
            ),
        )

    def __str__(self) -> str:
        return f"แผนส่งเสริมและพัฒนาระบบการนิเทศฯ ปีงบประมาณ {self.fiscal_year}"

    def get_absolute_url(self) -> str:
        return cached_url("year_plan", self.pk)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of its fiscal year."""
        return fiscal_year_days(self.fiscal_year)

    @property
    def is_approved(self) -> bool:
        return self.state == PlanState.APPROVED


class PlanSource(models.Model):
    """A piece of information that a plan rests on, as it read on the day it was written down.

    The figures of needs, results and advice move on; a plan keeps those it was made from.
    """

    plan = models.ForeignKey(SupervisionPlan, models.CASCADE, related_name="sources")
    kind = models.CharField("ที่มา", max_length=20, choices=PlanSourceKind)
    text = models.CharField("ข้อมูล", max_length=500)
    detail = models.CharField("รายละเอียด", max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "ข้อมูลที่ใช้วางแผน"
        verbose_name_plural = verbose_name
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "kind", "text"), name="one_plan_source_per_text"
            ),
        )

    def __str__(self) -> str:
        return self.text
