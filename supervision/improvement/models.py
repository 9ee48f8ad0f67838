from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from schools.links import link
from supervision.assessments.models import RoundScoped
from supervision.improvement.enums import Owner, RecommendationState, SummaryState
from supervision.rounds.models import Round
from supervision.workflow.models import Move, Stated, filled_in_states


class Summary(Stated):
    """Strengths, points to improve and guidelines, agreed with the school (step 6)."""

    MOVES = {
        "draft": Move("เริ่มสรุปผล", ("",), SummaryState.DRAFT),
        "propose": Move("เสนอโรงเรียน", (SummaryState.DRAFT,), SummaryState.PROPOSED),
        "return": Move(
            "ขอให้ปรับสรุปผล", (SummaryState.PROPOSED,), SummaryState.DRAFT, needs_reason=True
        ),
        "agree": Move("เห็นชอบสรุปผล", (SummaryState.PROPOSED,), SummaryState.AGREED),
    }

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

    objects = RoundScoped.as_manager()

    class Meta:
        verbose_name = "สรุปผลการนิเทศ"
        verbose_name_plural = verbose_name
        constraints = (
            filled_in_states(
                "agreed_summary_names_who_and_when", [SummaryState.AGREED], "agreed_at", "agreed_by"
            ),
        )

    def __str__(self) -> str:
        return f"สรุปผลการนิเทศ {self.round}"

    def get_absolute_url(self) -> str:
        return link("summary", self.pk)


class Recommendation(Stated):
    """One piece of advice in the ledger, with its owner and due date; closed only with proof."""

    MOVES = {
        "give": Move("ให้ข้อเสนอแนะ", ("",), RecommendationState.OPEN),
        "amend": Move(
            "แก้ไขข้อเสนอแนะ",
            (RecommendationState.OPEN,),
            RecommendationState.OPEN,
            needs_reason=True,
        ),
        "close": Move("ปิดข้อเสนอแนะ", (RecommendationState.OPEN,), RecommendationState.CLOSED),
    }

    round = models.ForeignKey(Round, models.PROTECT, related_name="recommendations")
    state = models.CharField("สถานะ", max_length=20, choices=RecommendationState)
    text = models.TextField("ข้อเสนอแนะ")
    owner = models.CharField("ผู้รับผิดชอบ", max_length=30, choices=Owner)
    due_on = models.DateField("กำหนดเสร็จ")
    proof = models.TextField("หลักฐานการดำเนินการ", blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RoundScoped.as_manager()

    class Meta:
        verbose_name = "ข้อเสนอแนะ"
        verbose_name_plural = verbose_name
        ordering = ("due_on", "pk")
        constraints = (
            filled_in_states(
                "closed_recommendation_names_who_and_when",
                [RecommendationState.CLOSED],
                "closed_at",
                "closed_by",
            ),
            models.CheckConstraint(
                condition=Q(state=RecommendationState.OPEN) | ~Q(proof=""),
                name="closed_recommendation_has_proof",
                violation_error_message="โปรดระบุหลักฐานก่อนปิดข้อเสนอแนะ",
            ),
        )

    def __str__(self) -> str:
        return self.text

    def is_overdue(self, today: date) -> bool:
        return self.state == RecommendationState.OPEN and self.due_on < today
