from typing import Self

from django.conf import settings
from django.db import models

from schools.links import link
from supervision.assessments.models import AnswerSheet, RoundScoped
from supervision.needs.enums import Mode
from supervision.rounds.models import Round
from supervision.visits.enums import VisitState
from supervision.workflow.models import Move, Stated, filled_in_states

SIGNED_STATES = (VisitState.SIGNED, VisitState.ACKNOWLEDGED)


class VisitQuerySet(RoundScoped):
    def signed(self) -> Self:
        return self.filter(state__in=SIGNED_STATES)


class Visit(Stated):
    """One supervision visit to one school and its record (form 7.3, step 4).

    The record's scores and texts are an answer sheet; it is frozen when the leader signs,
    and the step is done when the school acknowledges.
    """

    MOVES = {
        "plan": Move("นัดหมายการนิเทศ", ("",), VisitState.PLANNED),
        "record": Move("เริ่มบันทึกการนิเทศ", (VisitState.PLANNED,), VisitState.RECORDING),
        "sign": Move("ลงนามบันทึกการนิเทศ", (VisitState.RECORDING,), VisitState.SIGNED),
        "acknowledge": Move("รับทราบผลการนิเทศ", (VisitState.SIGNED,), VisitState.ACKNOWLEDGED),
    }

    round = models.ForeignKey(Round, models.PROTECT, related_name="visits")
    number = models.PositiveSmallIntegerField("ครั้งที่")
    state = models.CharField("สถานะ", max_length=20, choices=VisitState)
    visit_on = models.DateField("วันที่นิเทศ")
    starts_at = models.TimeField("เวลา", null=True, blank=True)
    mode = models.CharField("รูปแบบการนิเทศ", max_length=20, choices=Mode, default=Mode.ON_SITE)
    purpose = models.CharField("เรื่องที่นิเทศ", max_length=300)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="visits_led",
        verbose_name="หัวหน้าคณะนิเทศ",
    )
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="visits_joined", blank=True, verbose_name="ผู้ร่วมนิเทศ"
    )
    sheet = models.OneToOneField(
        AnswerSheet, models.PROTECT, null=True, blank=True, related_name="visit"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_as = models.CharField(max_length=200, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    acknowledged_as = models.CharField(max_length=200, blank=True)
    school_comment = models.TextField("ความเห็นของโรงเรียน", blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "การนิเทศ"
        verbose_name_plural = verbose_name
        ordering = ("round", "number")
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="one_visit_per_number"),
            filled_in_states(
                "begun_record_has_its_sheet", [VisitState.RECORDING, *SIGNED_STATES], "sheet"
            ),
            filled_in_states(
                "signed_visit_names_who_and_when", SIGNED_STATES, "signed_at", "signed_by"
            ),
            filled_in_states(
                "acknowledged_visit_names_who_and_when",
                [VisitState.ACKNOWLEDGED],
                "acknowledged_at",
                "acknowledged_by",
            ),
        )

    def __str__(self) -> str:
        return f"การนิเทศครั้งที่ {self.number} {self.round}"

    def get_absolute_url(self) -> str:
        return link("visit", self.pk)

    @property
    def is_signed(self) -> bool:
        return self.state in SIGNED_STATES
