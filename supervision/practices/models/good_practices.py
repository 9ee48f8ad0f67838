"""Good practices, the criteria by which they are scored, and their reviews."""

from typing import Self, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from schools.access import Permission, rights_of
from schools.core.url_cache import cached_url
from schools.models import School, Term, User
from supervision.assessments.models import RoundScopedQuerySet
from supervision.committees.models import Meeting
from supervision.practices.enums import (
    AwardLevel,
    PracticeAction,
    PracticeKind,
    PracticeState,
)
from supervision.rounds.models import Round
from supervision.standards.models import Work
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states

MAX_REVIEW_SCORE = 100
UNIT_NAME = "กลุ่มนิเทศฯ"


class GoodPracticeQuerySet(RoundScopedQuerySet):
    """Good practices of schools, and the methods, media, handbooks and models of the unit."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """A school's to who sees the school; the unit's own to the office, to others once selected.

        Others are those who see a school at least.
        """
        rights = rights_of(user)
        of_schools = Q(round__isnull=False)
        if not rights.allows(Permission.VIEW_SCHOOL):
            of_schools = Q(round__school__in=rights.schools(Permission.VIEW_SCHOOL))
        of_unit = Q(round=None)
        if not rights.allows(Permission.VIEW_AREA):
            of_unit &= Q(state=PracticeState.SELECTED)
        if rights.allows_anywhere(Permission.VIEW_SCHOOL):
            return self.filter(of_schools | of_unit)
        return self.filter(of_schools)

    def of_unit(self) -> Self:
        return self.filter(round=None)

    def of_term(self, term: Term) -> Self:
        """Those found in the term's rounds, and those that the unit nominated in it."""
        return self.filter(Q(round__term=term) | Q(term=term))


class GoodPractice(WorkflowModel):
    """A good practice (วิธีปฏิบัติที่เป็นเลิศ), nominated and perhaps selected (step 5).

    A school's was found in a round. The supervision unit's own has none: it names its kind, the
    work of the unit that it belongs to, and the term in which it was nominated.
    """

    TRANSITIONS = {
        PracticeAction.NOMINATE: TransitionRule(
            "เสนอวิธีปฏิบัติที่เป็นเลิศ", ("",), PracticeState.NOMINATED
        ),
        PracticeAction.EDIT: TransitionRule(
            "แก้ไขเรื่องที่เสนอ", (PracticeState.NOMINATED,), PracticeState.NOMINATED
        ),
        PracticeAction.SELECT: TransitionRule(
            "คัดเลือก", (PracticeState.NOMINATED,), PracticeState.SELECTED
        ),
        PracticeAction.DECLINE: TransitionRule(
            "ไม่คัดเลือก",
            (PracticeState.NOMINATED,),
            PracticeState.NOT_SELECTED,
            needs_reason=True,
        ),
    }

    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="practices"
    )
    kind = models.CharField(
        "ประเภท", max_length=20, choices=PracticeKind, default=PracticeKind.SCHOOL
    )
    work = models.ForeignKey(
        Work, models.PROTECT, null=True, blank=True, related_name="practices", verbose_name="งาน"
    )
    term = models.ForeignKey(
        Term, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ภาคเรียนที่เสนอ"
    )
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    state = models.CharField("สถานะ", max_length=20, choices=PracticeState)
    title = models.CharField("ชื่อผลงาน", max_length=200)
    background = models.TextField("ความเป็นมา", blank=True)
    objectives = models.TextField("วัตถุประสงค์", blank=True)
    process = models.TextField("กระบวนการ")
    outcome = models.TextField("ผลที่เกิดขึ้น")
    success_factors = models.TextField("ปัจจัยความสำเร็จ", blank=True)
    lessons = models.TextField("บทเรียนที่ได้รับ", blank=True)
    dissemination = models.TextField("การเผยแพร่", blank=True)
    level = models.CharField("ระดับที่คัดเลือก", max_length=20, choices=AwardLevel, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name="การประชุม ก.ต.ป.น.",
    )
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    selected_at = models.DateTimeField(null=True, blank=True)
    selected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = GoodPracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "วิธีปฏิบัติที่เป็นเลิศ"
        verbose_name_plural = verbose_name
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=PracticeKind.SCHOOL, round__isnull=False, work=None, term=None)
                | (
                    ~Q(kind=PracticeKind.SCHOOL)
                    & Q(round=None, work__isnull=False, term__isnull=False)
                ),
                name="practice_is_of_a_round_or_of_the_unit",
                violation_error_message="ผลงานของกลุ่มนิเทศฯ ต้องระบุประเภท งาน และภาคเรียนที่เสนอ",
            ),
            fields_required_in_states(
                "selected_practice_names_who_and_when",
                [PracticeState.SELECTED],
                "selected_at",
                "selected_by",
            ),
            models.CheckConstraint(
                condition=(Q(state=PracticeState.SELECTED) & ~Q(level=""))
                | (~Q(state=PracticeState.SELECTED) & Q(level="")),
                name="selected_practice_has_its_level",
                violation_error_message="โปรดเลือกระดับที่คัดเลือก",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return cached_url("practice", self.pk)

    @property
    def school(self) -> School | None:
        """The school whose practice it is; none of the unit's own."""
        return self.round.school if self.round else None

    @property
    def school_id(self) -> int | None:
        """Where rights on it are asked: at the school, or everywhere for the unit's own."""
        return self.round.school_id if self.round else None

    @property
    def nominated_in(self) -> Term:
        """The term of its round, or the one in which the unit nominated it."""
        return self.round.term if self.round else cast("Term", self.term)

    @property
    def nominating_permission(self) -> Permission:
        """What it takes to nominate such a practice, and to change its texts."""
        if self.round_id:
            return Permission.NOMINATE_PRACTICE
        return Permission.NOMINATE_UNIT_PRACTICE

    @property
    def owner_name(self) -> str:
        """Whose practice it is, in few words."""
        return self.school.short_name if self.school else UNIT_NAME


class PracticeCriterionQuerySet(models.QuerySet):
    """Criteria of today and of before."""

    def in_use(self) -> Self:
        """Those that reviewers score by now; their full marks make 100."""
        return self.filter(replaced_at=None)


class PracticeCriterion(models.Model):
    """One criterion by which reviewers score a nominated practice (เกณฑ์การคัดเลือก).

    The office sets the list as a whole. A criterion that somebody scored by is kept when
    another list replaces it.
    """

    name = models.CharField("เกณฑ์", max_length=200)
    full_marks = models.PositiveSmallIntegerField("คะแนนเต็ม")
    position = models.PositiveSmallIntegerField("ลำดับที่")
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = PracticeCriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "เกณฑ์การคัดเลือกวิธีปฏิบัติที่เป็นเลิศ"
        verbose_name_plural = verbose_name
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(full_marks__gte=1) & Q(full_marks__lte=MAX_REVIEW_SCORE),
                name="full_marks_are_one_to_100",
                violation_error_message=f"คะแนนเต็มต้องอยู่ระหว่าง 1 ถึง {MAX_REVIEW_SCORE}",
            ),
        )

    def __str__(self) -> str:
        return self.name


class PracticeReview(models.Model):
    """What one reviewer (ก.ต.ป.น., อ.ก.ต.ป.น. or the unit) thinks of a nominated practice.

    `score` is the total of the marks by criterion, where the office has criteria.
    """

    practice = models.ForeignKey(GoodPractice, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(
        "คะแนน (0–100)", validators=[MaxValueValidator(MAX_REVIEW_SCORE)]
    )
    comment = models.TextField("ความเห็น")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "ความเห็นต่อวิธีปฏิบัติที่เป็นเลิศ"
        verbose_name_plural = verbose_name
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "reviewer"), name="one_review_per_reviewer"
            ),
            models.CheckConstraint(
                condition=Q(score__lte=MAX_REVIEW_SCORE), name="review_score_is_at_most_100"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.score}"


class CriterionMark(models.Model):
    """The marks that one review gives by one criterion."""

    review = models.ForeignKey(PracticeReview, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(PracticeCriterion, models.PROTECT, related_name="marks")
    marks = models.PositiveSmallIntegerField("คะแนน")

    class Meta:
        verbose_name = "คะแนนตามเกณฑ์"
        verbose_name_plural = verbose_name
        ordering = ("criterion__position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("review", "criterion"), name="one_mark_per_criterion_of_a_review"
            ),
            models.CheckConstraint(
                condition=Q(marks__lte=MAX_REVIEW_SCORE), name="marks_are_at_most_100"
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.marks}"
