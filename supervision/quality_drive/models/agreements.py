"""Agreements (บันทึกข้อตกลงความร่วมมือ, MOU) between the area director and a school's director."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from schools.access import Permission, can
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import School, User
from supervision.improvement.enums import Assignee
from supervision.improvement.models import Recommendation
from supervision.quality_drive.agreements.enums import (
    AGREEMENT_PILLS,
    AgreementAction,
    AgreementState,
)
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models.drives import DriveIndicator, QualityDrive
from supervision.workflow.models import (
    RevisableModel,
    Transition,
    TransitionRule,
    fields_required_in_states,
)

SCHOOL_SIGNED_STATES = (
    AgreementState.SCHOOL_SIGNED,
    AgreementState.SIGNED,
    AgreementState.SUPERSEDED,
)
SIGNED_AGREEMENT_STATES = (AgreementState.SIGNED, AgreementState.SUPERSEDED)
OPEN_AGREEMENT_STATES = (
    AgreementState.DRAFT,
    AgreementState.PROPOSED,
    AgreementState.SCHOOL_SIGNED,
)


class AgreementQuerySet(SchoolScopedQuerySet):
    """Versions of agreements."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of schools that one sees; outside the office only what was once proposed."""
        rows = super().visible_to(user)
        if can(user, Permission.VIEW_AREA):
            return rows
        return rows.filter(Exists(_proposals_of(OuterRef("pk"))))

    def in_force(self) -> Self:
        """The version of each school that both have signed and no later one replaces."""
        return self.filter(state=AgreementState.SIGNED)

    def still_open(self) -> Self:
        """Versions that wait for somebody's word or signature."""
        return self.filter(state__in=OPEN_AGREEMENT_STATES)


def _proposals_of(agreement: OuterRef) -> models.QuerySet[Transition]:
    """The lines of the log in which a version was put before its school."""
    return Transition.objects.filter(
        record_type=Agreement._meta.label_lower, record_id=agreement, verb=AgreementAction.PROPOSE
    )


class Agreement(RevisableModel):
    """One version of a school's agreement in a year's drive, in the drive's dimensions (M).

    The office proposes it, both discuss it, the school's director signs, then the area director.
    Baselines and targets are copied into it, so that a drive that changes later changes no
    agreement. Once signed it is amended only by a new version, which replaces it when signed.
    `previous` is the version numbered before, be it signed or cancelled.
    Source: the manual, step 3 of TUMHOME, 1.
    """

    TRANSITIONS = {
        AgreementAction.DRAFT: TransitionRule("ร่างบันทึกข้อตกลง", ("",), AgreementState.DRAFT),
        AgreementAction.REVISE: TransitionRule(
            "จัดทำบันทึกข้อตกลงฉบับใหม่", ("",), AgreementState.DRAFT, needs_reason=True
        ),
        AgreementAction.EDIT: TransitionRule(
            "แก้ไขร่างบันทึกข้อตกลง",
            (AgreementState.DRAFT,),
            AgreementState.DRAFT,
            office_only=True,
        ),
        AgreementAction.PROPOSE: TransitionRule(
            "เสนอโรงเรียนพิจารณา", (AgreementState.DRAFT,), AgreementState.PROPOSED
        ),
        AgreementAction.RETURN: TransitionRule(
            "โรงเรียนขอให้ปรับ",
            (AgreementState.PROPOSED,),
            AgreementState.DRAFT,
            needs_reason=True,
        ),
        AgreementAction.SIGN_FOR_SCHOOL: TransitionRule(
            "ผู้อำนวยการโรงเรียนลงนาม", (AgreementState.PROPOSED,), AgreementState.SCHOOL_SIGNED
        ),
        AgreementAction.RETURN_TO_DRAFT: TransitionRule(
            "ส่งกลับให้ปรับก่อนลงนาม",
            (AgreementState.SCHOOL_SIGNED,),
            AgreementState.DRAFT,
            needs_reason=True,
        ),
        AgreementAction.SIGN: TransitionRule(
            "ผู้อำนวยการเขตพื้นที่ลงนาม", (AgreementState.SCHOOL_SIGNED,), AgreementState.SIGNED
        ),
        AgreementAction.SUPERSEDE: TransitionRule(
            "มีฉบับใหม่แทน", (AgreementState.SIGNED,), AgreementState.SUPERSEDED
        ),
        AgreementAction.CANCEL: TransitionRule(
            "ยกเลิกร่างบันทึกข้อตกลง",
            (AgreementState.DRAFT, AgreementState.PROPOSED),
            AgreementState.CANCELLED,
            needs_reason=True,
        ),
    }
    REVISION_COPIES = ("drive", "school", "intentions", "is_sample")
    REVISION_RESETS = (
        "version",
        "previous",
        "state",
        "school_signed_at",
        "school_signed_by",
        "school_signed_as",
        "signed_at",
        "signed_by",
        "signed_as",
    )

    drive = models.ForeignKey(QualityDrive, models.PROTECT, related_name="agreements")
    school = models.ForeignKey(School, models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField("ฉบับที่", default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_version"
    )
    state = models.CharField("สถานะ", max_length=20, choices=AgreementState)
    intentions = models.TextField("ข้อตกลงร่วมกัน", blank=True)
    school_signed_at = models.DateTimeField(null=True, blank=True)
    school_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    school_signed_as = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_as = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "บันทึกข้อตกลง"
        verbose_name_plural = verbose_name
        ordering = ("drive", "school__sort_key", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("drive", "school", "version"), name="one_agreement_per_version"
            ),
            models.UniqueConstraint(
                fields=("drive", "school"),
                condition=Q(state=AgreementState.SIGNED),
                name="one_agreement_in_force_per_school",
            ),
            models.UniqueConstraint(
                fields=("drive", "school"),
                condition=Q(state__in=OPEN_AGREEMENT_STATES),
                name="one_open_agreement_per_school",
                violation_error_message="มีร่างบันทึกข้อตกลงของโรงเรียนนี้อยู่แล้ว",
            ),
            models.CheckConstraint(
                condition=Q(version=1, previous=None) | Q(version__gt=1, previous__isnull=False),
                name="amended_agreement_names_the_one_before",
            ),
            fields_required_in_states(
                "agreement_signed_by_school_says_who_and_when",
                SCHOOL_SIGNED_STATES,
                "school_signed_at",
                "school_signed_by",
            ),
            fields_required_in_states(
                "signed_agreement_says_who_and_when",
                SIGNED_AGREEMENT_STATES,
                "signed_at",
                "signed_by",
            ),
        )

    def __str__(self) -> str:
        return f"บันทึกข้อตกลง {self.school} ปีการศึกษา {self.drive.academic_year}{self.suffix}"

    def get_absolute_url(self) -> str:
        return cached_url("agreement", self.pk)

    @property
    def pill(self) -> StatusKind:
        """The sign of its state."""
        return AGREEMENT_PILLS[AgreementState(self.state)]

    @property
    def is_draft(self) -> bool:
        return self.state == AgreementState.DRAFT

    @property
    def is_in_force(self) -> bool:
        return self.state == AgreementState.SIGNED

    @property
    def is_discussed(self) -> bool:
        """Whether it waits for somebody's word or signature."""
        return self.state in OPEN_AGREEMENT_STATES

    @property
    def suffix(self) -> str:
        """The number of a version after the first, for the end of a title."""
        return f" ฉบับที่ {self.version}" if self.version > 1 else ""


class AgreementTarget(models.Model):
    """What school and office agreed on for one indicator: from which level to which, and by when.

    The words and the dimension are copied, for the drive may change. `baseline` is empty where
    nobody knew it.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="targets")
    drive_indicator = models.ForeignKey(
        DriveIndicator, models.PROTECT, related_name="agreement_targets"
    )
    dimension_code = models.CharField("ด้าน", max_length=5, choices=DimensionCode)
    text = models.CharField("ตัวชี้วัด", max_length=450)
    weight = models.DecimalField("น้ำหนัก (ร้อยละของด้าน)", max_digits=5, decimal_places=2)
    baseline = models.DecimalField("ก่อนพัฒนา", max_digits=4, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("ค่าเป้าหมายของโรงเรียน", max_digits=4, decimal_places=2)

    class Meta:
        verbose_name = "ค่าเป้าหมายตามข้อตกลง"
        verbose_name_plural = verbose_name
        ordering = ("agreement", "dimension_code", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "drive_indicator"), name="one_agreed_target_per_indicator"
            ),
            models.CheckConstraint(
                condition=Q(target__gt=0),
                name="agreed_target_is_positive",
                violation_error_message="ค่าเป้าหมายต้องมากกว่า 0",
            ),
        )

    def __str__(self) -> str:
        return self.text


class AgreementSupport(models.Model):
    """Support that the office promises in an agreement, with the post that owes it and by when.

    Once both have signed it stands in the ledger as a recommendation that the office carries out;
    a later version that carries it over names the same one.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="supports")
    dimension_code = models.CharField("ด้าน", max_length=5, choices=DimensionCode, blank=True)
    text = models.TextField("การสนับสนุนของสำนักงาน")
    assignee = models.CharField("ผู้รับผิดชอบ", max_length=30, choices=Assignee)
    due_on = models.DateField("กำหนดเสร็จ")
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="agreement_supports"
    )

    class Meta:
        verbose_name = "การสนับสนุนตามข้อตกลง"
        verbose_name_plural = verbose_name
        ordering = ("agreement", "due_on", "pk")

    def __str__(self) -> str:
        return self.text


class AgreementComment(models.Model):
    """What one side said about an agreement while it was discussed; never changed."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="comments")
    text = models.TextField("ความเห็น")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_as = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "ความเห็นต่อบันทึกข้อตกลง"
        verbose_name_plural = verbose_name
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text
