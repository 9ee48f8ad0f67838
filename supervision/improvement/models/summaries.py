from django.conf import settings
from django.db import models

from schools.access import Permission, rights_of
from schools.core.url_cache import cached_url
from schools.models import User
from supervision.assessments.models import RoundScopedQuerySet
from supervision.improvement.enums import SummaryAction, SummaryState
from supervision.rounds.models import Round
from supervision.workflow.models import (
    RevisableModel,
    TransitionRule,
    fields_required_in_states,
)


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
