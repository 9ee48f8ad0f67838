from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from schools.access import Permission, rights_of
from schools.core.url_cache import cached_url
from schools.enums import AcademicStanding
from schools.models import User
from schools.models.dated import not_over_q
from supervision.assignments.enums import OrderAction, OrderState
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states

SIGNED_STATES = (OrderState.ISSUED, OrderState.SUPERSEDED)


class OfficialOrderQuerySet(models.QuerySet["OfficialOrder"]):
    """Orders of the office, from drafts to those that others have replaced."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Signed ones for the whole office, drafts for those who write and sign them."""
        rights = rights_of(user)
        if not rights.allows_anywhere(Permission.VIEW_AREA):
            return self.none()
        if rights.allows_anywhere(Permission.DRAFT_ORDER):
            return self
        if rights.allows_anywhere(Permission.ISSUE_ORDER):
            return self
        return self.signed()

    def signed(self) -> Self:
        """Orders that were issued, whatever became of them since."""
        return self.filter(state__in=SIGNED_STATES)

    def in_force(self, day: date) -> Self:
        """Orders of which at least a part holds on that day."""
        return self.signed().filter(not_over_q(day), effective_on__lte=day)


class OfficialOrder(WorkflowModel):
    """An order (คำสั่ง) of the office that gives duties to its officers.

    `reason` begins with ด้วย or เพื่อให้, `legal_basis` is what stands after อาศัยอำนาจตามความใน,
    `closing` what the order then says is to be done. The day it was ordered and the day from
    which it holds are different facts. The number comes from the office's register and is empty
    in a draft until it is known. Once signed it is frozen; `ends_on` is the last day of one that a
    newer order replaced as a whole. Who signed is unknown where that was outside the portal.
    """

    TRANSITIONS = {
        OrderAction.DRAFT: TransitionRule("จัดทำร่างคำสั่ง", ("",), OrderState.DRAFT),
        OrderAction.COPY: TransitionRule("จัดทำร่างคำสั่งโดยคัดลอกจากคำสั่งเดิม", ("",), OrderState.DRAFT),
        OrderAction.REVISE: TransitionRule("จัดทำร่างคำสั่งที่แก้ไขคำสั่งเดิม", ("",), OrderState.DRAFT),
        OrderAction.UPDATE: TransitionRule("แก้ไขร่างคำสั่ง", (OrderState.DRAFT,), OrderState.DRAFT),
        OrderAction.DELETE: TransitionRule("ลบร่างคำสั่ง", (OrderState.DRAFT,), OrderState.DRAFT),
        OrderAction.ISSUE: TransitionRule("ลงนามคำสั่ง", (OrderState.DRAFT,), OrderState.ISSUED),
        OrderAction.SUPERSEDE: TransitionRule(
            "ยกเลิกโดยคำสั่งใหม่", (OrderState.ISSUED,), OrderState.SUPERSEDED
        ),
        OrderAction.SUPERSEDE_OFFICERS: TransitionRule(
            "ยกเลิกเฉพาะราย โดยคำสั่งใหม่", (OrderState.ISSUED,), OrderState.ISSUED
        ),
        OrderAction.END_DUTIES: TransitionRule(
            "สิ้นสุดหน้าที่ของผู้ปฏิบัติ", (OrderState.ISSUED,), OrderState.ISSUED, needs_reason=True
        ),
        OrderAction.END_DUTIES_OF_SUPERSEDED: TransitionRule(
            "สิ้นสุดหน้าที่ของผู้ปฏิบัติ",
            (OrderState.SUPERSEDED,),
            OrderState.SUPERSEDED,
            needs_reason=True,
        ),
        OrderAction.FILE_SCAN: TransitionRule(
            "เก็บสำเนาคำสั่งที่ลงนาม", (OrderState.ISSUED,), OrderState.ISSUED
        ),
        OrderAction.FILE_SCAN_OF_SUPERSEDED: TransitionRule(
            "เก็บสำเนาคำสั่งที่ลงนาม", (OrderState.SUPERSEDED,), OrderState.SUPERSEDED
        ),
    }

    state = models.CharField("สถานะ", max_length=20, choices=OrderState)
    number = models.CharField("คำสั่งที่", max_length=30, blank=True)
    subject = models.CharField("เรื่อง", max_length=300)
    reason = models.TextField("เหตุผลในการออกคำสั่ง", blank=True)
    legal_basis = models.TextField("อาศัยอำนาจตามความใน", blank=True)
    closing = models.TextField("ข้อความสั่งการ", blank=True)
    ordered_on = models.DateField("สั่ง ณ วันที่", null=True, blank=True)
    effective_on = models.DateField("ทั้งนี้ ตั้งแต่วันที่", null=True, blank=True)
    ends_on = models.DateField("มีผลถึงวันที่", null=True, blank=True)
    annex_title = models.CharField("ชื่อบัญชีแนบท้ายคำสั่ง", max_length=300, blank=True)
    signatory_name = models.CharField("ชื่อผู้ลงนาม", max_length=150, blank=True)
    signatory_post = models.CharField("ตำแหน่งผู้ลงนาม", max_length=200, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField("ลงนามในพอร์ทัลเมื่อ", null=True, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    data_note = models.TextField("ข้อสังเกตข้อมูล", blank=True)
    is_from_manual = models.BooleanField("มาจากคู่มือ", default=False)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    scan = models.FileField("สำเนาคำสั่งที่ลงนาม", upload_to="orders/%Y/%m/", blank=True)
    scan_name = models.CharField("ชื่อไฟล์สำเนา", max_length=200, blank=True)

    objects = OfficialOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "คำสั่ง"
        verbose_name_plural = verbose_name
        ordering = ("-effective_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("number",),
                condition=~Q(number=""),
                name="one_order_per_number",
                violation_error_message="มีคำสั่งเลขที่นี้แล้ว",
            ),
            models.CheckConstraint(
                condition=Q(state=OrderState.DRAFT)
                | (~Q(number="") & Q(ordered_on__isnull=False, effective_on__isnull=False)),
                name="signed_order_has_number_and_days",
                violation_error_message="คำสั่งที่ลงนามต้องมีเลขที่ วันที่สั่ง และวันที่มีผล",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | (
                    Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(state=OrderState.DRAFT)
                ),
                name="order_signed_by_somebody_at_once",
            ),
            fields_required_in_states(
                "superseded_order_has_its_last_day", [OrderState.SUPERSEDED], "ends_on"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SIGNED_STATES) | Q(scan=""),
                name="only_a_signed_order_has_a_scan",
            ),
        )

    def __str__(self) -> str:
        return f"คำสั่งที่ {self.number}" if self.number else f"ร่างคำสั่ง เรื่อง {self.subject}"

    def get_absolute_url(self) -> str:
        return cached_url("order", self.pk)

    @property
    def is_draft(self) -> bool:
        return self.state == OrderState.DRAFT

    @property
    def is_effective_before_ordered(self) -> bool:
        """Whether it holds from a day before it was signed, which the order then says."""
        both = self.effective_on and self.ordered_on
        return bool(both and self.effective_on < self.ordered_on)  # type: ignore[operator]  # checked


class OrderOfficer(models.Model):
    """One officer in the sequence of an order's annex, as the paper prints them.

    `user` is empty of who has no account here; then the duties give no rights.
    """

    order = models.ForeignKey(OfficialOrder, models.CASCADE, related_name="officers")
    position = models.PositiveSmallIntegerField("ลำดับที่")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="order_entries",
        verbose_name="บัญชีในพอร์ทัล",
    )
    printed_name = models.CharField("ชื่อที่พิมพ์ในคำสั่ง", max_length=150, blank=True)
    printed_post = models.CharField("ตำแหน่งที่พิมพ์ในคำสั่ง", max_length=200)
    position_number = models.CharField("ตำแหน่งเลขที่", max_length=20, blank=True)
    academic_standing = models.CharField(
        "วิทยฐานะ", max_length=20, choices=AcademicStanding, blank=True
    )

    class Meta:
        verbose_name = "ผู้ปฏิบัติตามคำสั่ง"
        verbose_name_plural = verbose_name
        ordering = ("position", "pk")

    def __str__(self) -> str:
        if self.printed_name:
            return self.printed_name
        number = f" ตำแหน่งเลขที่ {self.position_number}" if self.position_number else ""
        return f"{self.printed_post}{number}"

    @property
    def has_open_duties(self) -> bool:
        """Whether a duty of a signed order is not over, or has not begun."""
        today = timezone.localdate()
        return any(
            duty.starts_on and (duty.ends_on is None or duty.ends_on >= today)
            for duty in self.duties.all()
        )


class OrderSupersession(models.Model):
    """An earlier order that this one replaces, as a whole or for the named officers only.

    `superseded` is empty of an order that the portal does not know; `text` names it as the paper
    does.
    """

    order = models.ForeignKey(OfficialOrder, models.CASCADE, related_name="supersessions")
    superseded = models.ForeignKey(
        OfficialOrder, models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    text = models.CharField("คำสั่งที่ยกเลิก", max_length=300)
    officers = models.ManyToManyField(OrderOfficer, related_name="supersessions", blank=True)

    class Meta:
        verbose_name = "การยกเลิกคำสั่งเดิม"
        verbose_name_plural = verbose_name
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("order", "superseded"), name="one_supersession_per_order"
            ),
        )

    def __str__(self) -> str:
        return self.text
