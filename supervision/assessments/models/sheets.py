from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from schools.access import Permission, can
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.url_cache import cached_url
from schools.models import User
from supervision.assessments.enums import (
    INDICATOR_FIELDS,
    SHEET_FIELDS,
    AnswerField,
    LateEditAction,
    LateEditState,
    SelfAssessmentAction,
    SelfAssessmentState,
    SheetKind,
)
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.rounds.models import Round
from supervision.workflow.models import (
    RevisableModel,
    TransitionRule,
    WorkflowModel,
    fields_required_in_states,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class RoundScopedQuerySet(SchoolScopedQuerySet):
    """Rows reached through the round they belong to."""

    school_path = "round__school"


class AnswerSheetQuerySet(RoundScopedQuerySet):
    """Sheets of scores: the schools' own, and what was found on visits."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """A school sees a visit's scores only once the supervisor has signed them.

        What each rater found by themselves is the office's own once it is closed; before that,
        and beyond the office, it is the rater's alone.
        """
        rows, own = super().visible_to(user), Q(rating__rater=user)
        if can(user, Permission.VIEW_AREA):
            return rows.filter(~Q(kind=SheetKind.RATER) | Q(frozen_at__isnull=False) | own)
        signed = Q(kind=SheetKind.VISIT, visit__signed_at__isnull=False)
        return rows.filter(Q(kind=SheetKind.SELF) | signed | own)


class AnswerSheet(models.Model):
    """Scores, notes and evidence on a set of indicators; frozen when its record is signed.

    A self-assessment has one, and so have a visit's record and each of its raters. The
    indicators are those of the round's sets, unless `own_indicator_set` names another (a
    classroom observation). `frozen_at` is set by the action that confirms, signs, submits or
    cancels the record; a frozen sheet takes no more edits.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    kind = models.CharField("ประเภท", max_length=10, choices=SheetKind)
    own_indicator_set = models.ForeignKey(
        IndicatorSet, models.PROTECT, null=True, blank=True, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "แบบประเมิน"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.round}"

    def get_absolute_url(self) -> str:
        return cached_url("sheet", self.pk)

    def get_record_url(self) -> str:
        """The page of the record that this sheet belongs to."""
        # Visits are a later app than this one: known here by their relations only.
        if self.kind == SheetKind.SELF:
            return self.self_assessment.get_absolute_url()
        visit = self.visit if self.kind == SheetKind.VISIT else self.rating.visit
        return visit.get_absolute_url()

    @property
    def is_of_visit(self) -> bool:
        """Filled in by the supervising side, beside the school's own scores."""
        return self.kind != SheetKind.SELF

    @property
    def closed_label(self) -> str:
        """How it was closed to further edits."""
        if self.kind == SheetKind.SELF:
            return "ยืนยันแล้ว"
        if self.kind == SheetKind.RATER:
            return "ส่งแล้ว" if self.rating.submitted_at else "ไม่ได้ส่ง"
        return "ลงนามแล้ว" if self.visit.signed_at else "ยกเลิกแล้ว"

    def lock(self) -> None:
        """Hold the sheet until the transaction ends, so that no edit comes in meanwhile."""
        self.refresh_from_db(
            fields=["frozen_at"], from_queryset=AnswerSheet.objects.select_for_update()
        )

    def indicator_sets(self) -> models.QuerySet[IndicatorSet]:
        """The indicator sets that this sheet judges by."""
        if self.own_indicator_set_id:
            return IndicatorSet.objects.filter(pk=self.own_indicator_set_id)
        return IndicatorSet.objects.filter(rounds=self.round_id)

    def indicators(self) -> models.QuerySet[Indicator]:
        return Indicator.objects.filter(standard__indicator_set__in=self.indicator_sets())

    def is_assigned_to(self, user: User) -> bool:
        """Whether to write it is this person's: to draft, to record, or to rate by themselves."""
        if self.kind == SheetKind.RATER:
            return self.rating.rater_id == user.pk
        needed = Permission.RECORD_VISIT if self.is_of_visit else Permission.DRAFT_SELF_ASSESSMENT
        return can(user, needed, self.round.school_id)

    def can_be_written_by(self, user: User) -> bool:
        """Open, and for this person to write."""
        return self.frozen_at is None and self.is_assigned_to(user)


class AnswerEdit(models.Model):
    """One acknowledged edit of one field: a line of the journal and of the audit trail.

    `id` is made by the page on which it was typed, so sending it again changes nothing.
    `base` is the edit whose value its author saw. `made_at` is the server's clock less the age
    that the page reports, so a phone with a wrong clock cannot win.
    """

    id = models.UUIDField(primary_key=True)
    sheet = models.ForeignKey(AnswerSheet, models.CASCADE, related_name="edits")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    field = models.CharField(max_length=20, choices=AnswerField)
    value = models.TextField(blank=True)
    base = models.UUIDField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at", "received_at", "id")
        indexes = (models.Index(fields=("sheet", "indicator", "field")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, field__in=INDICATOR_FIELDS)
                | Q(indicator=None, field__in=SHEET_FIELDS),
                name="edit_field_fits_its_place",
            ),
            models.CheckConstraint(
                condition=Q(made_at__lte=models.F("received_at")), name="edit_made_before_received"
            ),
        )

    def __str__(self) -> str:
        return f"{self.field} {self.made_at:%Y-%m-%d %H:%M}"


class LateEditQuerySet(SchoolScopedQuerySet):
    """Edits that came after their sheets were closed."""

    school_path = "sheet__round__school"

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """As an unsigned record: what was written on a visit stays within the office."""
        rows = self.filter(sheet__in=AnswerSheet.objects.visible_to(user))
        if can(user, Permission.VIEW_AREA):
            return rows
        return rows.filter(Q(sheet__kind=SheetKind.SELF) | Q(by=user))

    def waiting_for(self, user: User) -> Self:
        """What this person has written and not yet used or dismissed."""
        return self.filter(by=user, state=LateEditState.WAITING)


class LateEdit(WorkflowModel):
    """An edit that reached the server after its sheet was confirmed, signed or called off.

    It is kept with the closed record and is no part of it; its author uses it in the record's
    next version or dismisses it. `edit_id` is made by the page that typed it, so sending it
    again changes nothing.
    """

    TRANSITIONS = {
        LateEditAction.USE: TransitionRule(
            "นำข้อความที่มาถึงช้าไปใส่ในฉบับใหม่", (LateEditState.WAITING,), LateEditState.USED
        ),
        LateEditAction.DISMISS: TransitionRule(
            "ไม่นำข้อความที่มาถึงช้าไปใช้", (LateEditState.WAITING,), LateEditState.DISMISSED
        ),
    }

    edit_id = models.UUIDField(unique=True)
    sheet = models.ForeignKey(AnswerSheet, models.CASCADE, related_name="late_edits")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    field = models.CharField(max_length=20, choices=AnswerField)
    value = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(
        "สถานะ", max_length=20, choices=LateEditState, default=LateEditState.WAITING
    )

    objects = LateEditQuerySet.as_manager()

    class Meta:
        verbose_name = "ข้อความที่มาถึงหลังปิดแบบประเมิน"
        verbose_name_plural = verbose_name
        ordering = ("made_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, field__in=INDICATOR_FIELDS)
                | Q(indicator=None, field__in=SHEET_FIELDS),
                name="late_edit_field_fits_its_place",
            ),
            models.CheckConstraint(
                condition=Q(made_at__lte=models.F("received_at")),
                name="late_edit_made_before_received",
            ),
        )

    def __str__(self) -> str:
        place = f"{self.indicator} " if self.indicator_id else ""
        return f"{place}{self.get_field_display()}"

    @property
    def round(self) -> Round:
        """What the log names its school by."""
        return self.sheet.round

    @property
    def is_waiting(self) -> bool:
        return self.state == LateEditState.WAITING


class Answer(models.Model):
    """Where one indicator stands now: the journal's newest value of each field."""

    sheet = models.ForeignKey(AnswerSheet, models.CASCADE, related_name="answers")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField("ระดับ", null=True, blank=True)
    not_applicable = models.BooleanField("ไม่ประเมิน", default=False)
    na_reason = models.TextField("เหตุผลที่ไม่ประเมิน", blank=True)
    evidence = models.TextField("ร่องรอย/หลักฐาน", blank=True)
    note = models.TextField("ข้อค้นพบ", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("sheet", "indicator"), name="one_answer_per_indicator"),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | Q(level=None),
                name="not_applicable_has_no_level",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.level}"

    @property
    def is_answered(self) -> bool:
        """Judged, or set aside with a reason."""
        return self.level is not None or (self.not_applicable and bool(self.na_reason.strip()))


class SheetText(models.Model):
    """A text on the whole sheet (จุดเด่น จุดควรพัฒนา …): the journal's newest value."""

    sheet = models.ForeignKey(AnswerSheet, models.CASCADE, related_name="texts")
    field = models.CharField(max_length=20, choices=AnswerField)
    text = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("sheet", "field"), name="one_text_per_sheet_field"),
            models.CheckConstraint(
                condition=Q(field__in=SHEET_FIELDS), name="sheet_text_is_on_the_sheet"
            ),
        )

    def __str__(self) -> str:
        return self.get_field_display()


class SelfAssessment(RevisableModel):
    """A school's own assessment (step 3). Each return makes a new version of it.

    A returned version keeps its answers and the reason; the next version starts from a copy.
    """

    TRANSITIONS = {
        SelfAssessmentAction.START: TransitionRule("เริ่มประเมิน", ("",), SelfAssessmentState.DRAFT),
        SelfAssessmentAction.CONFIRM: TransitionRule(
            "ยืนยันผลการประเมินตนเอง", (SelfAssessmentState.DRAFT,), SelfAssessmentState.CONFIRMED
        ),
        SelfAssessmentAction.RETURN: TransitionRule(
            "ส่งกลับให้แก้ไข",
            (SelfAssessmentState.CONFIRMED,),
            SelfAssessmentState.RETURNED,
            needs_reason=True,
        ),
    }
    REVISION_COPIES = ("round",)
    REVISION_RESETS = (
        "version",
        "previous",
        "sheet",
        "state",
        "started_at",
        "confirmed_at",
        "confirmed_by",
        "confirmed_as",
        "indicators_without_evidence_count",
        "return_reason",
        "correct_by",
    )

    round = models.ForeignKey(Round, models.PROTECT, related_name="self_assessments")
    version = models.PositiveSmallIntegerField("ฉบับที่", default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_version"
    )
    sheet = models.OneToOneField(
        AnswerSheet, models.PROTECT, related_name="self_assessment", verbose_name="แบบประเมิน"
    )
    state = models.CharField("สถานะ", max_length=20, choices=SelfAssessmentState)
    started_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_as = models.CharField("ยืนยันในตำแหน่ง", max_length=200, blank=True)
    # How many judged indicators had nothing to show for them; empty where nobody counted.
    indicators_without_evidence_count = models.PositiveSmallIntegerField(
        "ยืนยันโดยขาดหลักฐาน (ข้อ)", null=True, blank=True
    )
    return_reason = models.TextField("เหตุผลที่ส่งกลับ", blank=True)
    # Of a version that corrects the one before; older ones have no such day.
    correct_by = models.DateField("แก้ไขภายในวันที่", null=True, blank=True)

    objects = RoundScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "การประเมินตนเอง"
        verbose_name_plural = verbose_name
        ordering = ("round", "version")
        constraints = (
            models.UniqueConstraint(fields=("round", "version"), name="one_assessment_per_version"),
            fields_required_in_states(
                "confirmed_assessment_names_who_and_when",
                [SelfAssessmentState.CONFIRMED, SelfAssessmentState.RETURNED],
                "confirmed_at",
                "confirmed_by",
            ),
            models.CheckConstraint(
                condition=~Q(state=SelfAssessmentState.RETURNED) | ~Q(return_reason=""),
                name="returned_assessment_gives_its_reason",
                violation_error_message="โปรดระบุเหตุผลที่ส่งกลับ",
            ),
            models.CheckConstraint(
                condition=Q(correct_by=None) | Q(version__gt=1),
                name="first_assessment_corrects_none",
            ),
        )

    def __str__(self) -> str:
        return f"การประเมินตนเอง {self.round} ฉบับที่ {self.version}"

    def get_absolute_url(self) -> str:
        return cached_url("self_assessment", self.pk)
