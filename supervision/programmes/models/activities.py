from collections.abc import Iterable
from datetime import date
from typing import Self, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from schools.access import Permission, can, rights_of
from schools.core.url_cache import cached_url
from schools.models import School, User
from schools.models.dated import ends_after_start_constraint
from supervision.assignments.models import Duty, LearningArea
from supervision.programmes.models.plans import PlanSource, SupervisionPlan
from supervision.programmes.plans.enums import (
    ActivityAction,
    ActivityIndicatorKind,
    ActivityKind,
    ActivityState,
    PlanState,
)
from supervision.standards.models import Work, WorkGroup
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states

OPEN_ACTIVITY_STATES = (ActivityState.PLANNED, ActivityState.IN_PROGRESS)
BUDGET_DIGITS = 12
WORK_OR_GROUP = "โปรดเลือกงานตามคู่มือ หรือกลุ่มงานที่คู่มือไม่ได้แยกเป็นงาน อย่างใดอย่างหนึ่ง"


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities of the plans of all years."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All for who sees the area; a school those of an approved plan that it takes part in."""
        rights = rights_of(user)
        if rights.allows(Permission.VIEW_AREA):
            return self
        own = self.with_schools(rights.schools(Permission.VIEW_SCHOOL))
        return own.of_approved_plans().not_cancelled()

    def with_schools(self, schools: Iterable[School] | Iterable[int]) -> Self:
        """Activities that some of these schools take part in."""
        taking_part = Activity.target_schools.through.objects.filter(school__in=schools)
        return self.filter(pk__in=taking_part.values("activity"))

    def of_approved_plans(self) -> Self:
        """Activities that may begin; those of a draft may still change or go."""
        return self.filter(plan__state=PlanState.APPROVED)

    def on_days(self, first: date, last: date) -> Self:
        """Activities that begin or end between two days, both inclusive."""
        return self.filter(Q(starts_on__range=(first, last)) | Q(ends_on__range=(first, last)))

    def under_work_group(self, group: WorkGroup | int) -> Self:
        """Activities of one of the group's works, or of the group itself."""
        return self.filter(Q(work__work_group=group) | Q(work_group=group))

    def not_cancelled(self) -> Self:
        """Activities that are to be held, are being held or were held."""
        return self.exclude(state=ActivityState.CANCELLED)

    def still_open(self) -> Self:
        """Activities whose result is not recorded yet."""
        return self.filter(state__in=OPEN_ACTIVITY_STATES)

    def of_person(self, user: User) -> Self:
        """Activities that the person owns or works on."""
        return self.filter(Q(owner=user) | Q(pk__in=user.activities_joined.values("pk")))


class Activity(WorkflowModel):
    """One activity of a year's plan, under any work of 4.1–4.7 of the manual.

    It names its `work`; under a group that the manual does not divide into works (4.1), the
    `work_group` alone.
    Its owner answers for it and `team` works on it. Budgets are in baht: `budget_planned` 0
    means that it needs none, `budget_spent` is empty until it was recorded.
    """

    TRANSITIONS = {
        ActivityAction.PLAN: TransitionRule("วางแผนกิจกรรม", ("",), ActivityState.PLANNED),
        ActivityAction.UPDATE_PLANNED: TransitionRule(
            "แก้ไขกิจกรรม", (ActivityState.PLANNED,), ActivityState.PLANNED
        ),
        ActivityAction.UPDATE_RUNNING: TransitionRule(
            "แก้ไขกิจกรรม", (ActivityState.IN_PROGRESS,), ActivityState.IN_PROGRESS
        ),
        ActivityAction.BEGIN: TransitionRule(
            "เริ่มดำเนินการ", (ActivityState.PLANNED,), ActivityState.IN_PROGRESS
        ),
        ActivityAction.RECORD: TransitionRule(
            "บันทึกความก้าวหน้า", OPEN_ACTIVITY_STATES, ActivityState.IN_PROGRESS
        ),
        ActivityAction.FINISH: TransitionRule(
            "บันทึกผลการดำเนินการ", OPEN_ACTIVITY_STATES, ActivityState.DONE
        ),
        ActivityAction.CORRECT_RESULT: TransitionRule(
            "แก้ไขผลที่บันทึกไว้", (ActivityState.DONE,), ActivityState.DONE, needs_reason=True
        ),
        ActivityAction.CANCEL: TransitionRule(
            "ยกเลิกกิจกรรม", OPEN_ACTIVITY_STATES, ActivityState.CANCELLED, needs_reason=True
        ),
    }

    plan = models.ForeignKey(SupervisionPlan, models.PROTECT, related_name="activities")
    state = models.CharField("สถานะ", max_length=20, choices=ActivityState)
    title = models.CharField("ชื่อกิจกรรม", max_length=200)
    kind = models.CharField("ลักษณะ", max_length=20, choices=ActivityKind)
    project = models.CharField("โครงการ", max_length=200, blank=True)
    work = models.ForeignKey(
        Work,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="งานตามคู่มือ",
    )
    work_group = models.ForeignKey(
        WorkGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="กลุ่มงานที่คู่มือไม่ได้แยกเป็นงาน",
    )
    learning_area = models.ForeignKey(
        LearningArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="กลุ่มสาระการเรียนรู้",
    )
    duty = models.ForeignKey(
        Duty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="หน้าที่ตามคำสั่ง",
    )
    source = models.ForeignKey(
        PlanSource,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="ข้อมูลที่เป็นที่มา",
    )
    objective = models.TextField("วัตถุประสงค์")
    method = models.TextField("วิธีการ เครื่องมือ หรือรูปแบบที่ใช้", blank=True)
    target_schools = models.ManyToManyField(
        School, blank=True, related_name="activities", verbose_name="โรงเรียนเป้าหมาย"
    )
    target_text = models.CharField("กลุ่มเป้าหมายอื่น", max_length=300, blank=True)
    starts_on = models.DateField("ตั้งแต่วันที่")
    ends_on = models.DateField("ถึงวันที่")
    budget_planned = models.DecimalField(
        "งบประมาณที่ตั้งไว้ (บาท)", max_digits=BUDGET_DIGITS, decimal_places=2, default=0
    )
    budget_spent = models.DecimalField(
        "งบประมาณที่ใช้ (บาท)", max_digits=BUDGET_DIGITS, decimal_places=2, null=True, blank=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="activities_owned",
        verbose_name="ผู้รับผิดชอบ",
    )
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="activities_joined",
        verbose_name="ผู้ร่วมดำเนินการ",
    )
    result = models.TextField("ผลการดำเนินการ", blank=True)
    problems = models.TextField("ปัญหาและอุปสรรค", blank=True)
    lessons = models.TextField("สิ่งที่ได้เรียนรู้และแนวทางพัฒนาต่อไป", blank=True)
    finished_at = models.DateTimeField("บันทึกผลเมื่อ", null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "กิจกรรมตามแผน"
        verbose_name_plural = verbose_name
        ordering = ("starts_on", "pk")
        indexes = (models.Index(fields=("starts_on", "ends_on")),)
        constraints = (
            ends_after_start_constraint("activity_ends_after_its_start"),
            fields_required_in_states(
                "done_activity_says_when", [ActivityState.DONE], "finished_at"
            ),
            models.CheckConstraint(
                condition=Q(work=None) ^ Q(work_group=None),
                name="activity_has_work_or_work_group",
                violation_error_message=WORK_OR_GROUP,
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.DONE) | ~Q(result=""),
                name="done_activity_has_its_result",
                violation_error_message="โปรดระบุผลการดำเนินการ",
            ),
            models.CheckConstraint(
                condition=Q(budget_planned__gte=0)
                & (Q(budget_spent=None) | Q(budget_spent__gte=0)),
                name="activity_budgets_are_not_negative",
                violation_error_message="งบประมาณต้องไม่ติดลบ",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return cached_url("activity", self.pk)

    @property
    def subject(self) -> Work | WorkGroup:
        """The work of the manual that it belongs to, or the group that has no works."""
        return self.work or cast("WorkGroup", self.work_group)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ACTIVITY_STATES

    @property
    def is_done(self) -> bool:
        return self.state == ActivityState.DONE

    @property
    def is_over_budget(self) -> bool:
        return self.budget_spent is not None and self.budget_spent > self.budget_planned

    def is_overdue(self, today: date) -> bool:
        """Whether its last day passed and nobody has recorded what came of it."""
        return self.is_open and self.ends_on < today

    def may_be_edited_by(self, user: User) -> bool:
        """Its owner edits it; who manages the plan edits all."""
        if can(user, Permission.MANAGE_PLAN):
            return True
        return self.owner_id == user.pk and can(user, Permission.EDIT_PROGRAMMES)

    def may_be_recorded_by(self, user: User) -> bool:
        """Progress and evidence are added by those who work on it too."""
        if self.may_be_edited_by(user):
            return True
        works_on_it = self.team.filter(pk=user.pk).exists()
        return works_on_it and can(user, Permission.EDIT_PROGRAMMES)


class ActivityIndicator(models.Model):
    """One indicator of an activity: what it aims at, and what came of it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField("ประเภท", max_length=20, choices=ActivityIndicatorKind)
    text = models.CharField("ตัวชี้วัด", max_length=300)
    target = models.CharField("ค่าเป้าหมาย", max_length=200)
    result = models.CharField("ผลที่ได้", max_length=300, blank=True)
    is_achieved = models.BooleanField("บรรลุค่าเป้าหมาย", null=True, blank=True)

    class Meta:
        verbose_name = "ตัวชี้วัดของกิจกรรม"
        verbose_name_plural = verbose_name
        ordering = ("activity", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("activity", "position"), name="one_activity_indicator_per_position"
            ),
            models.CheckConstraint(
                condition=Q(is_achieved=None) | ~Q(result=""),
                name="judged_activity_indicator_has_its_result",
                violation_error_message="โปรดระบุผลที่ได้ของตัวชี้วัด",
            ),
        )

    def __str__(self) -> str:
        return self.text


class ActivityProgress(models.Model):
    """A dated note on how far an activity is, in percent of its work."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="progress")
    noted_on = models.DateField("วันที่")
    percent = models.PositiveSmallIntegerField("ความก้าวหน้า (ร้อยละ)")
    text = models.TextField("สิ่งที่ดำเนินการ")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "ความก้าวหน้าของกิจกรรม"
        verbose_name_plural = verbose_name
        ordering = ("noted_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="activity_progress_is_at_most_100",
                violation_error_message="ความก้าวหน้าต้องไม่เกินร้อยละ 100",
            ),
        )

    def __str__(self) -> str:
        return self.text


class ActivityEvidence(models.Model):
    """A file that shows what an activity did: a photo, programme, list or report."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="evidence")
    caption = models.CharField("คำอธิบาย", max_length=200)
    file = models.FileField(upload_to="activities/%Y/%m/")
    file_name = models.CharField("ชื่อไฟล์", max_length=200)
    # Of the people in a photo (for a child, a parent): they agreed to be shown.
    has_consent = models.BooleanField("ได้รับความยินยอมจากผู้ที่อยู่ในภาพหรือผู้ปกครองแล้ว", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "หลักฐานของกิจกรรม"
        verbose_name_plural = verbose_name
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.caption
