from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from schools.models import Appointment, Cluster, User
from schools.models.dated import DatedQuerySet, ends_after_start_constraint
from supervision.assignments.enums import DutyKind
from supervision.assignments.models.learning_areas import LearningArea
from supervision.assignments.models.orders import (
    SIGNED_STATES,
    OfficialOrder,
    OrderOfficer,
)
from supervision.standards.models import Work, WorkGroup


class DutyQuerySet(DatedQuerySet):
    """Duties of all orders; those of drafts have no days yet."""

    def in_force(self, on: date) -> Self:
        """Duties of signed orders that hold on that day."""
        return super().in_force(on).filter(officer__order__state__in=SIGNED_STATES)

    def of_person(self, user: User) -> Self:
        """The person's duties of all times, those of drafts left out."""
        return self.filter(officer__user=user, officer__order__state__in=SIGNED_STATES)

    def with_order(self) -> Self:
        """Each duty with its officer, order and all that it is about, in one query."""
        return self.select_related(
            *("officer__order", "officer__user", "work_group", "work__work_group"),
            *("cluster", "learning_area", "appointment", "ended_by"),
        )


class Duty(models.Model):
    """One numbered duty of an officer in an order's annex.

    `text` is what the paper says; the kind and its place say the same in the portal's terms. It
    holds from the day of the order to its last one, which is open until a newer order
    (`ended_by`) or a reason of its own ends it, on record since `end_recorded_at`. `appointment`
    is what gives the rights that go with it, none for duties that give none.
    """

    officer = models.ForeignKey(OrderOfficer, models.CASCADE, related_name="duties")
    position = models.PositiveSmallIntegerField("ลำดับ")
    code = models.CharField("ข้อ", max_length=15)
    kind = models.CharField("ประเภทหน้าที่", max_length=25, choices=DutyKind)
    text = models.CharField("หน้าที่", max_length=400)
    data_note = models.CharField("ข้อสังเกตข้อมูล", max_length=300, blank=True)
    work_group = models.ForeignKey(
        WorkGroup, models.PROTECT, null=True, blank=True, verbose_name="กลุ่มงาน"
    )
    work = models.ForeignKey(Work, models.PROTECT, null=True, blank=True, verbose_name="งาน")
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, verbose_name="กลุ่มโรงเรียน"
    )
    learning_area = models.ForeignKey(
        LearningArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name="กลุ่มสาระการเรียนรู้",
    )
    project = models.CharField("ชื่อโครงการ", max_length=300, blank=True)
    committee_name = models.CharField("ชื่อคณะกรรมการหรือคณะทำงาน", max_length=200, blank=True)
    starts_on = models.DateField("ตั้งแต่วันที่", null=True, blank=True)
    ends_on = models.DateField("ถึงวันที่", null=True, blank=True)
    ended_by = models.ForeignKey(
        OfficialOrder, models.PROTECT, null=True, blank=True, related_name="ended_duties"
    )
    end_reason = models.TextField("เหตุที่สิ้นสุด", blank=True)
    end_recorded_at = models.DateTimeField("บันทึกการสิ้นสุดเมื่อ", null=True, blank=True)
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="duties"
    )

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "หน้าที่ตามคำสั่ง"
        verbose_name_plural = verbose_name
        ordering = ("position", "pk")
        constraints = (
            ends_after_start_constraint("duty_ends_after_start"),
            models.UniqueConstraint(
                fields=("officer", "code"),
                name="one_duty_per_code",
                violation_error_message="มีหน้าที่ข้อนี้แล้ว โปรดใช้เลขข้ออื่น",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None, ended_by=None, end_reason="")
                | (Q(ends_on__isnull=False) & (Q(ended_by__isnull=False) | ~Q(end_reason=""))),
                name="ended_duty_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def depth(self) -> int:
        """0 for a duty such as 5.1, 1 for one below it such as 5.1.1."""
        return max(self.code.count(".") - 1, 0)


class DutyLine(models.Model):
    """An unnumbered line below a duty, such as a strand of its learning area."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField("ลำดับ")
    text = models.CharField("ข้อความ", max_length=300)

    class Meta:
        verbose_name = "รายการย่อยของหน้าที่"
        verbose_name_plural = verbose_name
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text
