"""Honours (ยกย่องเชิดชูเกียรติ) of a drive, decided by a meeting (E, 7.2)."""

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from schools.access import Permission, rights_of
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import School, User
from supervision.committees.models import Meeting
from supervision.quality_drive.honours.enums import HONOUR_PILLS, HonourAction, HonourState
from supervision.quality_drive.models.drives import QualityDrive
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states

AWARDED_STATES = (HonourState.AWARDED, HonourState.RELEASED)


class HonourCategory(models.Model):
    """A category in which a drive honours schools, with its criteria. The manual names none."""

    drive = models.ForeignKey(QualityDrive, models.CASCADE, related_name="honour_categories")
    position = models.PositiveSmallIntegerField("ลำดับที่")
    name = models.CharField("ประเภทรางวัล", max_length=200)
    criteria = models.TextField("เกณฑ์การพิจารณา")
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    class Meta:
        verbose_name = "ประเภทรางวัล"
        verbose_name_plural = verbose_name
        ordering = ("drive", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("drive", "name"),
                name="one_honour_category_per_name",
                violation_error_message="มีประเภทรางวัลชื่อนี้แล้ว",
            ),
        )

    def __str__(self) -> str:
        return self.name


class HonourQuerySet(SchoolScopedQuerySet):
    """Honours, those only proposed among them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All for who may see the order; released ones for all; one's own school's once awarded."""
        rights = rights_of(user)
        if rights.allows(Permission.VIEW_RANKING):
            return self
        own = Q(state=HonourState.AWARDED, school__in=rights.schools(Permission.VIEW_OWN_PLACE))
        return self.filter(Q(state=HonourState.RELEASED) | own)

    def awarded(self) -> Self:
        """Those that a meeting gave, published or not."""
        return self.filter(state__in=AWARDED_STATES)

    def released(self) -> Self:
        """Those that a meeting released to the public."""
        return self.filter(state=HonourState.RELEASED)


class Honour(WorkflowModel):
    """A school is honoured in one category by the word of a ก.ต.ป.น. meeting, with its reason.

    The order of schools proposes nothing by itself. Releasing it to the public is a second,
    separate resolution.
    """

    TRANSITIONS = {
        HonourAction.PROPOSE: TransitionRule(
            "เสนอชื่อ", ("",), HonourState.PROPOSED, office_only=True
        ),
        HonourAction.EDIT: TransitionRule(
            "แก้ไขข้อเสนอ", (HonourState.PROPOSED,), HonourState.PROPOSED, office_only=True
        ),
        HonourAction.AWARD: TransitionRule(
            "บันทึกมติยกย่อง", (HonourState.PROPOSED,), HonourState.AWARDED
        ),
        HonourAction.DECLINE: TransitionRule(
            "บันทึกมติไม่ยกย่อง",
            (HonourState.PROPOSED,),
            HonourState.DECLINED,
            needs_reason=True,
            office_only=True,
        ),
        HonourAction.RELEASE: TransitionRule(
            "เผยแพร่ตามมติ", (HonourState.AWARDED,), HonourState.RELEASED
        ),
        HonourAction.WITHDRAW: TransitionRule(
            "ถอนการเผยแพร่", (HonourState.RELEASED,), HonourState.AWARDED, needs_reason=True
        ),
        HonourAction.REVOKE: TransitionRule(
            "เพิกถอนรางวัลตามมติ", AWARDED_STATES, HonourState.REVOKED, needs_reason=True
        ),
    }

    category = models.ForeignKey(HonourCategory, models.PROTECT, related_name="honours")
    school = models.ForeignKey(School, models.PROTECT, related_name="honours")
    state = models.CharField("สถานะ", max_length=20, choices=HonourState)
    reason = models.TextField("เหตุผลที่ยกย่อง")
    award_meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="honours",
        verbose_name="การประชุมที่มีมติ",
    )
    release_meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="released_honours",
        verbose_name="การประชุมที่มีมติให้เผยแพร่",
    )
    revoke_meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="revoked_honours",
        verbose_name="การประชุมที่มีมติเพิกถอน",
    )
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = "การยกย่องเชิดชูเกียรติ"
        verbose_name_plural = verbose_name
        ordering = ("category", "school__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("category", "school"),
                condition=~Q(state__in=[HonourState.DECLINED, HonourState.REVOKED]),
                name="one_honour_per_school_and_category",
                violation_error_message="เสนอชื่อโรงเรียนนี้ในประเภทนี้แล้ว",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="honour_gives_its_reason",
                violation_error_message="โปรดระบุเหตุผลที่ยกย่อง",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AWARDED_STATES) | Q(award_meeting__isnull=False),
                name="awarded_honour_names_its_meeting",
                violation_error_message="โปรดระบุการประชุมที่มีมติ",
            ),
            models.CheckConstraint(
                condition=~Q(state=HonourState.RELEASED) | Q(release_meeting__isnull=False),
                name="released_honour_names_its_meeting",
                violation_error_message="โปรดระบุการประชุมที่มีมติให้เผยแพร่",
            ),
            fields_required_in_states(
                "revoked_honour_names_its_meeting",
                [HonourState.REVOKED],
                "revoke_meeting",
                message="โปรดระบุการประชุมที่มีมติเพิกถอน",
            ),
        )

    def __str__(self) -> str:
        return f"{self.category} {self.school}"

    def get_absolute_url(self) -> str:
        return cached_url("honour", self.pk)

    @property
    def pill(self) -> StatusKind:
        """The sign of its state."""
        return HONOUR_PILLS[HonourState(self.state)]

    @property
    def is_awarded(self) -> bool:
        return self.state in AWARDED_STATES

    @property
    def is_revoked(self) -> bool:
        return self.state == HonourState.REVOKED
