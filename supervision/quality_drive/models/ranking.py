"""The order of schools in a drive (การจัดลำดับคุณภาพโรงเรียน), and objections to it (E, 7.1)."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from schools.access import Permission, rights_of
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.url_cache import cached_url
from schools.models import School, User
from supervision.committees.models import Meeting
from supervision.quality_drive.models.drives import QualityDrive
from supervision.quality_drive.ranking.enums import (
    ObjectionAction,
    ObjectionState,
    RankingAction,
    RankingList,
    RankingState,
)
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states

TOLD_STATES = (RankingState.SHOWN, RankingState.FINAL)


class Ranking(WorkflowModel):
    """The order of the area's schools in a drive, computed once from frozen figures.

    Each school is shown its own place and may object until `objections_until`; a corrected order
    is a new version. ก.ต.ป.น. confirms it. It stays inside the office for ever: what the public
    learns are honours that a meeting released. `inputs` are the figures that it was computed from
    (supervision/quality_drive/ranking/), so that the same order can be computed again.
    """

    TRANSITIONS = {
        RankingAction.COMPUTE: TransitionRule(
            "คำนวณลำดับ", ("",), RankingState.COMPUTED, office_only=True
        ),
        RankingAction.SHOW: TransitionRule(
            "แจ้งผลแก่โรงเรียน", (RankingState.COMPUTED,), RankingState.SHOWN
        ),
        RankingAction.FINISH: TransitionRule(
            "บันทึกมติรับรองของ ก.ต.ป.น.", (RankingState.SHOWN,), RankingState.FINAL
        ),
        RankingAction.REPLACE: TransitionRule(
            "คำนวณใหม่แทน",
            (RankingState.COMPUTED, RankingState.SHOWN),
            RankingState.REPLACED,
            needs_reason=True,
        ),
    }

    drive = models.ForeignKey(QualityDrive, models.PROTECT, related_name="rankings")
    version = models.PositiveSmallIntegerField("ครั้งที่", default=1)
    state = models.CharField("สถานะ", max_length=20, choices=RankingState)
    inputs = models.JSONField("ข้อมูลที่ใช้คำนวณ")
    computed_at = models.DateTimeField("คำนวณเมื่อ")
    computed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    objections_until = models.DateField("รับข้อทักท้วงถึงวันที่", null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rankings",
        verbose_name="การประชุม ก.ต.ป.น.",
    )
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    class Meta:
        verbose_name = "การจัดลำดับคุณภาพโรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("-drive__academic_year__year", "-version")
        constraints = (
            models.UniqueConstraint(fields=("drive", "version"), name="one_ranking_per_version"),
            models.UniqueConstraint(
                fields=("drive",),
                condition=~Q(state=RankingState.REPLACED),
                name="one_ranking_in_use_per_drive",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=TOLD_STATES) | Q(objections_until__isnull=False),
                name="ranking_told_to_schools_takes_objections",
                violation_error_message="โปรดระบุวันสุดท้ายที่รับข้อทักท้วง",
            ),
            fields_required_in_states(
                "final_ranking_names_its_meeting", [RankingState.FINAL], "meeting"
            ),
        )

    def __str__(self) -> str:
        return f"การจัดลำดับคุณภาพโรงเรียน ปีการศึกษา {self.drive.academic_year} ครั้งที่ {self.version}"

    def get_absolute_url(self) -> str:
        return cached_url("ranking", self.drive.academic_year.year)

    @property
    def is_told(self) -> bool:
        """Whether each school sees its own place."""
        return self.state in TOLD_STATES

    def takes_objections_on(self, day: date) -> bool:
        until = self.objections_until
        return self.state == RankingState.SHOWN and until is not None and day <= until


class RankingPlaceQuerySet(SchoolScopedQuerySet):
    """Places of schools; another school's is never shown to a school."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All for who may see the order; else one's own school's, once schools were told."""
        rights = rights_of(user)
        if rights.allows(Permission.VIEW_RANKING):
            return self
        own = self.filter(school__in=rights.schools(Permission.VIEW_OWN_PLACE))
        return own.filter(ranking__state__in=TOLD_STATES)


class RankingPlace(models.Model):
    """One school's place in one list of an order.

    Ties share a `place`. `lowest` and `highest` are the worst and best places that it takes when
    each weight moves by a fifth either way; schools whose ranges overlap share a `group`.
    `out_of` is the number of schools in the list, for a size group those of that size. A school
    that cannot be placed has `why_not` and no place.
    """

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="places")
    school = models.ForeignKey(School, models.PROTECT, related_name="ranking_places")
    list = models.CharField("รายการ", max_length=20, choices=RankingList)
    size_group = models.CharField("กลุ่มขนาด", max_length=100, blank=True)
    place = models.PositiveSmallIntegerField("ลำดับที่", null=True, blank=True)
    highest = models.PositiveSmallIntegerField("ลำดับดีที่สุด", null=True, blank=True)
    lowest = models.PositiveSmallIntegerField("ลำดับต่ำที่สุด", null=True, blank=True)
    group = models.PositiveSmallIntegerField("กลุ่มที่", null=True, blank=True)
    out_of = models.PositiveSmallIntegerField("จากทั้งหมด (โรงเรียน)")
    score = models.DecimalField("คะแนน", max_digits=6, decimal_places=2, null=True, blank=True)
    why_not = models.CharField("เหตุที่ไม่จัดลำดับ", max_length=300, blank=True)
    detail = models.JSONField("รายละเอียด", default=dict)

    objects = RankingPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "ลำดับของโรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("ranking", "list", F("place").asc(nulls_last=True), "school__sort_key")
        constraints = (
            models.UniqueConstraint(
                fields=("ranking", "school", "list"), name="one_place_per_school_and_list"
            ),
            models.CheckConstraint(
                condition=Q(
                    place__isnull=False,
                    highest__isnull=False,
                    lowest__isnull=False,
                    group__isnull=False,
                    score__isnull=False,
                    highest__lte=F("place"),
                    lowest__gte=F("place"),
                    why_not="",
                )
                | (Q(place=None, highest=None, lowest=None, group=None) & ~Q(why_not="")),
                name="school_has_a_place_or_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school} {self.get_list_display()}"


class ObjectionQuerySet(SchoolScopedQuerySet):
    """Objections of schools to their places."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All for who may see the order; else those of one's own school."""
        rights = rights_of(user)
        if rights.allows(Permission.VIEW_RANKING):
            return self
        return self.filter(school__in=rights.schools(Permission.VIEW_OWN_PLACE))


class RankingObjection(WorkflowModel):
    """A school's objection (ข้อทักท้วง) to its place before the order is final, and its answer.

    The office corrects what the order was computed from, computes it again and names the new
    order (`corrected_in`), or it keeps the place and says why.
    """

    TRANSITIONS = {
        ObjectionAction.SUBMIT: TransitionRule("ยื่นข้อทักท้วง", ("",), ObjectionState.SUBMITTED),
        ObjectionAction.CORRECT: TransitionRule(
            "แก้ไขตามข้อทักท้วง", (ObjectionState.SUBMITTED,), ObjectionState.CORRECTED
        ),
        ObjectionAction.KEEP: TransitionRule(
            "คงผลเดิม", (ObjectionState.SUBMITTED,), ObjectionState.KEPT
        ),
        ObjectionAction.WITHDRAW: TransitionRule(
            "ถอนข้อทักท้วง", (ObjectionState.SUBMITTED,), ObjectionState.WITHDRAWN
        ),
    }

    ranking = models.ForeignKey(Ranking, models.PROTECT, related_name="objections")
    school = models.ForeignKey(School, models.PROTECT, related_name="ranking_objections")
    state = models.CharField("สถานะ", max_length=20, choices=ObjectionState)
    text = models.TextField("ข้อทักท้วง")
    answer = models.TextField("คำตอบของสำนักงาน", blank=True)
    # The order that was computed again after the office had corrected what it is computed from.
    corrected_in = models.ForeignKey(
        Ranking, models.PROTECT, null=True, blank=True, related_name="corrected_objections"
    )
    submitted_at = models.DateTimeField("ยื่นเมื่อ")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField("ตอบเมื่อ", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = "ข้อทักท้วง"
        verbose_name_plural = verbose_name
        ordering = ("-submitted_at", "-pk")
        constraints = (
            fields_required_in_states(
                "answered_objection_says_who_and_when",
                [ObjectionState.CORRECTED, ObjectionState.KEPT],
                "answered_at",
                "answered_by",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ObjectionState.CORRECTED, ObjectionState.KEPT])
                | ~Q(answer=""),
                name="answered_objection_has_its_answer",
                violation_error_message="โปรดระบุคำตอบ",
            ),
            fields_required_in_states(
                "corrected_objection_names_the_new_order",
                [ObjectionState.CORRECTED],
                "corrected_in",
            ),
            models.UniqueConstraint(
                fields=("ranking", "school"),
                condition=Q(state=ObjectionState.SUBMITTED),
                name="one_open_objection_per_school",
            ),
        )

    def __str__(self) -> str:
        return f"ข้อทักท้วง {self.school}"

    def get_absolute_url(self) -> str:
        return cached_url("ranking_objection", self.pk)
