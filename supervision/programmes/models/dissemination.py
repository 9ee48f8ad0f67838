from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from schools.core.thai import short_date
from schools.core.url_cache import cached_url
from schools.models import Term
from supervision.programmes.dissemination.enums import (
    Audience,
    DisseminatedKind,
    DisseminationAction,
    DisseminationChannel,
    DisseminationState,
)
from supervision.standards.models import SUPERVISION_PROCESS
from supervision.workflow.models import TransitionRule, WorkflowModel


class DisseminationQuerySet(models.QuerySet["Dissemination"]):
    """Lines that people wrote into the register of dissemination."""

    def recorded(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(state=DisseminationState.RECORDED)

    def of_process(self, process: str, fiscal_year: int) -> Self:
        """What completes the last step of P1 or P2 in that fiscal year (BE)."""
        return self.recorded().filter(process=process, fiscal_year=fiscal_year)

    def latest_of_term(self, term: models.OuterRef) -> Self:
        """The last that was disseminated of the supervision (P3) of a term, for a subquery."""
        rows = self.recorded().filter(process=SUPERVISION_PROCESS, term=term)
        return rows.order_by("-disseminated_on", "-pk")[:1]


class Dissemination(WorkflowModel):
    """One line of the register of dissemination (ทะเบียนเผยแพร่): what went to whom, when and how.

    `process` names the process whose last step it completes: P1 and P2 in a fiscal year (BE), P3
    in a term. A line is put right with a reason or withdrawn; none is ever deleted.
    """

    TRANSITIONS = {
        DisseminationAction.RECORD: TransitionRule(
            "บันทึกการเผยแพร่", ("",), DisseminationState.RECORDED
        ),
        DisseminationAction.CORRECT: TransitionRule(
            "แก้ไขรายการเผยแพร่",
            (DisseminationState.RECORDED,),
            DisseminationState.RECORDED,
            needs_reason=True,
        ),
        DisseminationAction.WITHDRAW: TransitionRule(
            "ถอนรายการเผยแพร่",
            (DisseminationState.RECORDED,),
            DisseminationState.WITHDRAWN,
            needs_reason=True,
        ),
    }

    state = models.CharField("สถานะ", max_length=20, choices=DisseminationState)
    kind = models.CharField("สิ่งที่เผยแพร่", max_length=20, choices=DisseminatedKind)
    title = models.CharField("ชื่อเรื่อง", max_length=300)
    audience = models.CharField("เผยแพร่ต่อ", max_length=20, choices=Audience)
    receivers = models.CharField("ผู้รับหรือกลุ่มเป้าหมาย", max_length=300, blank=True)
    channel = models.CharField("วิธีเผยแพร่", max_length=20, choices=DisseminationChannel)
    disseminated_on = models.DateField("เผยแพร่เมื่อวันที่")
    letter_number = models.CharField("ที่ (เลขที่หนังสือ)", max_length=60, blank=True)
    letter_on = models.DateField("ลงวันที่", null=True, blank=True)
    link = models.URLField("ลิงก์", max_length=500, blank=True)
    file = models.FileField(upload_to="dissemination/%Y/%m/", blank=True)
    file_name = models.CharField("ชื่อไฟล์", max_length=200, blank=True)
    process = models.CharField("เป็นผลของกระบวนงาน", max_length=5, blank=True)
    fiscal_year = models.PositiveSmallIntegerField("ของปีงบประมาณ", null=True, blank=True)
    term = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="disseminations",
        verbose_name="ของภาคเรียนที่",
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = DisseminationQuerySet.as_manager()

    class Meta:
        verbose_name = "รายการเผยแพร่"
        verbose_name_plural = verbose_name
        ordering = ("-disseminated_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(letter_number="", letter_on=None)
                | (~Q(letter_number="") & Q(letter_on__isnull=False)),
                name="letter_has_number_and_day",
                violation_error_message="โปรดระบุทั้งเลขที่และวันที่ของหนังสือ",
            ),
            models.CheckConstraint(
                condition=~Q(process__in=["P1", "P2"]) | Q(fiscal_year__isnull=False),
                name="yearly_process_names_its_year",
                violation_error_message="โปรดระบุปีงบประมาณของผลการดำเนินงานที่เผยแพร่",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return cached_url("dissemination", self.pk)

    @property
    def is_withdrawn(self) -> bool:
        return self.state == DisseminationState.WITHDRAWN

    @property
    def letter(self) -> str:
        """The letter by its number and day; empty where there was none."""
        if self.letter_on is None:
            return ""
        return f"{self.letter_number} ลงวันที่ {short_date(self.letter_on)}"
